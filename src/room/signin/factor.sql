-- name: factor_row
SELECT person_id, sealed, last_step, made_at FROM second_factor WHERE zone_id = $1 AND person_id = $2;

-- name: factor_add
INSERT INTO second_factor (zone_id, person_id, sealed, last_step, made_at) VALUES ($1, $2, $3, $4, $5);

-- name: factor_step
UPDATE second_factor SET last_step = $3 WHERE zone_id = $1 AND person_id = $2 AND last_step < $3;

-- name: factor_drop
DELETE FROM second_factor WHERE zone_id = $1 AND person_id = $2;

-- name: code_add
INSERT INTO recovery_code (zone_id, person_id, hash) VALUES ($1, $2, $3);

-- name: code_use
UPDATE recovery_code SET used_at = $4 WHERE zone_id = $1 AND person_id = $2 AND hash = $3 AND used_at = 0;

-- name: codes_left_of
SELECT count(*) FROM recovery_code WHERE zone_id = $1 AND person_id = $2 AND used_at = 0;

-- name: codes_drop
DELETE FROM recovery_code WHERE zone_id = $1 AND person_id = $2;
