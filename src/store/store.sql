-- name: sequence_next
INSERT INTO store_sequence (zone_id, name, last) VALUES ($1, $2, 1)
ON CONFLICT (zone_id, name) DO UPDATE SET last = store_sequence.last + 1 RETURNING last;

-- name: once_row
SELECT person_id, action, result FROM store_once WHERE zone_id = $1 AND once = $2;

-- name: once_add
INSERT INTO store_once (zone_id, once, person_id, action, result, at) VALUES ($1, $2, $3, $4, $5, $6);

-- name: once_prune
DELETE FROM store_once WHERE zone_id = $1 AND at < $2;
