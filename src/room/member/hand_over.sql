-- name: manager
SELECT p.person_id FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 AND (p.to_day = 0 OR p.to_day >= $3) AND q.state = 'active' ORDER BY p.id LIMIT 1;

-- name: open_post
SELECT id, person_id, org_id, role, from_day, to_day FROM post WHERE zone_id = $1 AND id = $2 AND org_id = $3 AND to_day = 0;

-- name: holds_post
SELECT count(*) FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 AND p.person_id = $3 AND p.role = $4 AND p.to_day = 0 AND q.state = 'active';

-- name: posts_left
SELECT count(*) FROM post WHERE zone_id = $1 AND person_id = $2 AND to_day = 0;

-- name: leavers
SELECT p.id AS code, q.name || ' · ' || q.login AS label FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 AND p.person_id <> $3 AND p.to_day = 0 ORDER BY p.id LIMIT 200;

-- name: successors
SELECT DISTINCT q.id AS code, q.name || ' · ' || q.login AS label FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 AND p.to_day = 0 AND q.state = 'active' ORDER BY q.id LIMIT 200;

-- name: of_org
SELECT h.id, h.on_day AS ended_day, h.reason, h.messages, f.name AS from_name, t.name AS to_name, b.name AS by_name FROM hand_over h
  JOIN person f ON f.zone_id = h.zone_id AND f.id = h.from_person JOIN person t ON t.zone_id = h.zone_id AND t.id = h.to_person
  JOIN person b ON b.zone_id = h.zone_id AND b.id = h.by_person
 WHERE h.zone_id = $1 AND h.org_id = $2 ORDER BY h.id DESC LIMIT 50;

-- name: add
INSERT INTO hand_over (zone_id, id, org_id, post_id, from_person, to_person, messages, reason, by_person, on_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);
