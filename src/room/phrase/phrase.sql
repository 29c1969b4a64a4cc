-- name: add
INSERT INTO phrase (zone_id, id, org_id, text, made_by, made_day) VALUES ($1, $2, $3, $4, $5, $6);

-- name: put_end
UPDATE phrase SET ended_day = $4 WHERE zone_id = $1 AND id = $2 AND org_id = $3 AND ended_day = 0;

-- name: count_of
SELECT count(*) FROM phrase WHERE zone_id = $1 AND org_id = $2 AND ended_day = 0;

-- name: of_org
SELECT id, text FROM phrase WHERE zone_id = $1 AND org_id = $2 AND ended_day = 0 ORDER BY text LIMIT 50;
