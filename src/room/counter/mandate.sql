-- name: row
SELECT id, org_id AS org, office_id AS office, giver, scopes, seed, from_day, to_day, scan, entered_by, entered_at, revoked_by, revoked_day, reason
  FROM mandate WHERE zone_id = $1 AND id = $2;

-- name: add
INSERT INTO mandate (zone_id, id, org_id, office_id, giver, scopes, seed, from_day, to_day, scan, entered_by, entered_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: end
UPDATE mandate SET revoked_by = $3, revoked_day = $4, reason = $5 WHERE zone_id = $1 AND id = $2;

-- name: of_office
SELECT m.id, m.scopes, m.from_day, m.to_day, m.revoked_day, o.name, o.name_en, o.uscc FROM mandate m JOIN org o ON o.zone_id = m.zone_id AND o.id = m.org_id
 WHERE m.zone_id = $1 AND m.office_id = $3 AND m.id < $2 ORDER BY m.id DESC LIMIT 51;

-- name: of_firm
SELECT m.id, m.scopes, m.from_day, m.to_day, m.revoked_day, o.name, o.name_en, o.uscc FROM mandate m JOIN org o ON o.zone_id = m.zone_id AND o.id = m.org_id
 WHERE m.zone_id = $1 AND m.org_id = $3 AND m.id < $2 ORDER BY m.id DESC LIMIT 51;

-- name: newest
SELECT m.id, m.scopes, m.from_day, m.to_day, m.revoked_day, o.name, o.name_en, o.uscc FROM mandate m JOIN org o ON o.zone_id = m.zone_id AND o.id = m.org_id
 WHERE m.zone_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT 51;

-- name: firms_like
SELECT id, uscc, name, name_en FROM org WHERE zone_id = $1 AND kind IN ('agency', 'enterprise') AND (uscc = $2 OR instr(name, $2) > 0 OR instr(name_en, $2) > 0)
 ORDER BY id LIMIT 20;

-- name: holding
SELECT id, scopes, from_day, to_day FROM mandate
 WHERE zone_id = $1 AND org_id = $2 AND office_id = $3 AND revoked_day = 0 AND from_day <= $4 AND to_day >= $4 ORDER BY id DESC LIMIT 20;
