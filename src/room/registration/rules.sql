-- name: now
SELECT rules FROM registration_rules WHERE zone_id = $1;

-- name: who
SELECT person_id, put_day FROM registration_rules WHERE zone_id = $1;

-- name: put
INSERT INTO registration_rules (zone_id, rules, person_id, put_day) VALUES ($1, $2, $3, $4)
ON CONFLICT (zone_id) DO UPDATE SET rules = $2, person_id = $3, put_day = $4;
