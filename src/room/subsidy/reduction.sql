-- name: add
INSERT INTO reduction (zone_id, id, application_id, before_fen, cap_fen, reason, made_by, on_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: put_amount
UPDATE application SET amount_fen = $3, explained = $4, draft = draft + 1 WHERE zone_id = $1 AND id = $2;

-- name: newest
SELECT before_fen, cap_fen, reason, on_day FROM reduction WHERE zone_id = $1 AND application_id = $2 ORDER BY id DESC LIMIT 1;

-- name: of_application
SELECT before_fen, cap_fen, reason, on_day FROM reduction WHERE zone_id = $1 AND application_id = $2 ORDER BY id DESC LIMIT 100;
