-- name: line_add
INSERT INTO access_entry (zone_id, id, at, person_id, login, ip, what, object, result)
VALUES ($1, coalesce((SELECT id FROM access_entry WHERE zone_id = $1 ORDER BY id DESC LIMIT 1), 0) + 1, $2, $3, $4, $5, $6, $7, $8);

-- name: newest
SELECT id, at AS done_at, person_id AS person, login, ip, what, object, result FROM access_entry
 WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: newest_of_what
SELECT id, at AS done_at, person_id AS person, login, ip, what, object, result FROM access_entry
 WHERE zone_id = $1 AND id < $2 AND what = $3 ORDER BY id DESC LIMIT 51;

-- name: newest_of_login
SELECT id, at AS done_at, person_id AS person, login, ip, what, object, result FROM access_entry
 WHERE zone_id = $1 AND id < $2 AND login = $3 ORDER BY id DESC LIMIT 51;

-- name: lines_prune
DELETE FROM access_entry WHERE zone_id = $1 AND at < $2;
