-- name: now
SELECT rules FROM registration_rules WHERE zone_id = $1;

-- name: who
SELECT person_id, put_day, asked_id, asked, changed FROM registration_rules WHERE zone_id = $1;

-- name: put
INSERT INTO registration_rules (zone_id, rules, person_id, put_day, asked_id) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (zone_id) DO UPDATE SET rules = excluded.rules, person_id = excluded.person_id, put_day = excluded.put_day, asked_id = 0, asked = 0, changed = 0;

-- name: firms_after
SELECT id, name, scope, industry, class, is_corrected FROM registration WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 500;

-- what a person has corrected stays
-- name: mark_firm
UPDATE registration SET class = CASE WHEN is_corrected = 0 THEN $3 ELSE class END, score = $4, words = $5 WHERE zone_id = $1 AND id = $2;

-- name: import_running
SELECT id FROM registration_import WHERE zone_id = $1 AND state = 'running' ORDER BY id LIMIT 1;

-- name: asked_to
UPDATE registration_rules SET asked_id = $3, asked = asked + $4, changed = changed + $5 WHERE zone_id = $1 AND asked_id = $2;
