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
