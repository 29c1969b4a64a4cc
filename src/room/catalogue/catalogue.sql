-- name: row
SELECT id, code, name, name_en, category, policy_id AS policy, mode FROM item WHERE zone_id = $1 AND id = $2;

-- name: add_item
INSERT INTO item (zone_id, id, code, name, name_en, category, policy_id, mode) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: after
SELECT id, code, name, name_en, category, policy_id AS policy, mode FROM item WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 51;

-- name: choices
SELECT id AS code, name AS label, name_en FROM item WHERE zone_id = $1 ORDER BY category, id LIMIT 500;
