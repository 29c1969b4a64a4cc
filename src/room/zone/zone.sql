-- name: row
SELECT name, name_en, begun_day FROM zone WHERE zone_id = $1;

-- name: make
INSERT INTO zone (zone_id, name, name_en, begun_day) VALUES ($1, $2, $3, $4);

-- name: mark_begun
UPDATE zone SET begun_day = $2 WHERE zone_id = $1 AND begun_day < $2;

-- name: setting_value
SELECT value FROM setting WHERE zone_id = $1 AND name = $2;

-- name: setting_put
INSERT INTO setting (zone_id, name, value, at, person_id) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, name) DO UPDATE SET value = excluded.value, at = excluded.at, person_id = excluded.person_id;

-- name: change_add
INSERT INTO setting_change (zone_id, id, name, old_value, new_value, on_day, at, person_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: changes_of
SELECT old_value, new_value, at AS changed_at, person_id AS person FROM setting_change WHERE zone_id = $1 AND name = $2 ORDER BY id DESC LIMIT 100;
