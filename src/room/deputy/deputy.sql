-- name: row
SELECT d.id, d.post_id AS post, t.person_id AS principal, d.person_id AS person, t.org_id AS org, t.role, d.from_day, d.to_day, d.ended_day
  FROM deputy d JOIN post t ON t.zone_id = d.zone_id AND t.id = d.post_id WHERE d.zone_id = $1 AND d.id = $2;

-- name: add
INSERT INTO deputy (zone_id, id, post_id, person_id, from_day, to_day, reason, named_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: close
UPDATE deputy SET ended_day = $3 WHERE zone_id = $1 AND id = $2;

-- name: of_days
SELECT count(*) FROM deputy WHERE zone_id = $1 AND post_id = $2 AND ended_day = 0 AND from_day <= $4 AND to_day >= $3;

-- name: post_held
SELECT count(*) FROM post WHERE zone_id = $1 AND id = $2 AND (to_day = 0 OR to_day >= $3);

-- name: is_colleague
SELECT count(*) FROM post t JOIN person p ON p.zone_id = t.zone_id AND p.id = t.person_id
 WHERE t.zone_id = $1 AND t.person_id = $2 AND t.org_id = $3 AND (t.to_day = 0 OR t.to_day >= $4) AND p.state = 'active';

-- name: colleagues
SELECT DISTINCT p.id AS code, p.name AS label FROM post t JOIN person p ON p.zone_id = t.zone_id AND p.id = t.person_id
 WHERE t.zone_id = $1 AND t.org_id = $2 AND p.id <> $3 AND (t.to_day = 0 OR t.to_day >= $4) AND p.state = 'active' ORDER BY p.id LIMIT 200;

-- name: named_by
SELECT d.id, d.from_day, d.to_day, d.ended_day, d.reason, t.role, p.name FROM post t JOIN deputy d ON d.zone_id = t.zone_id AND d.post_id = t.id
  JOIN person p ON p.zone_id = d.zone_id AND p.id = d.person_id WHERE t.zone_id = $1 AND t.person_id = $2 ORDER BY d.id DESC LIMIT 50;

-- name: for_others
SELECT d.id, d.from_day, d.to_day, d.ended_day, d.reason, t.role, p.name FROM deputy d JOIN post t ON t.zone_id = d.zone_id AND t.id = d.post_id
  JOIN person p ON p.zone_id = t.zone_id AND p.id = t.person_id WHERE d.zone_id = $1 AND d.person_id = $2 ORDER BY d.id DESC LIMIT 50;
