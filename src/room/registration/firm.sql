-- name: row
SELECT r.id, r.uscc, r.name, r.established_day, r.kind, r.capital, r.district, r.authority, r.industry, r.scope, r.is_branch, r.class, r.score, r.words, r.is_corrected,
       r.import_id, r.changed_day, coalesce(i.invited_day, 0) AS invited_day, coalesce(i.joined_day, 0) AS joined_day, coalesce(i.org_id, 0) AS org_id
  FROM registration r LEFT JOIN registration_invitation i ON i.zone_id = r.zone_id AND i.uscc = r.uscc
 WHERE r.zone_id = $1 AND r.id = $2;

-- name: id_of_code
SELECT id FROM registration WHERE zone_id = $1 AND uscc = $2;

-- name: newest
SELECT r.id, r.uscc, r.name, r.established_day, r.district, r.class, r.score, r.words, r.is_corrected, coalesce(i.invited_day, 0) AS invited_day,
       coalesce(i.joined_day, 0) AS joined_day
  FROM registration r LEFT JOIN registration_invitation i ON i.zone_id = r.zone_id AND i.uscc = r.uscc
 WHERE r.zone_id = $1 AND r.id < $2 AND r.established_day BETWEEN $3 AND $4 AND instr(r.name, $5) > 0 ORDER BY r.id DESC LIMIT 51;

-- name: newest_of_class
SELECT r.id, r.uscc, r.name, r.established_day, r.district, r.class, r.score, r.words, r.is_corrected, coalesce(i.invited_day, 0) AS invited_day,
       coalesce(i.joined_day, 0) AS joined_day
  FROM registration r LEFT JOIN registration_invitation i ON i.zone_id = r.zone_id AND i.uscc = r.uscc
 WHERE r.zone_id = $1 AND r.class = $6 AND r.class <> '' AND r.id < $2 AND r.established_day BETWEEN $3 AND $4 AND instr(r.name, $5) > 0
 ORDER BY r.id DESC LIMIT 51;

-- name: set_class
UPDATE registration SET class = $3, is_corrected = 1 WHERE zone_id = $1 AND id = $2;

-- name: put_correction
INSERT INTO registration_correction (zone_id, uscc, class, reason, person_id, corrected_day) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (zone_id, uscc) DO UPDATE SET class = $3, reason = $4, person_id = $5, corrected_day = $6;

-- name: correction_of
SELECT c.reason, c.corrected_day, p.name AS person FROM registration_correction c
  LEFT JOIN person p ON p.zone_id = c.zone_id AND p.id = c.person_id WHERE c.zone_id = $1 AND c.uscc = $2;

-- name: put_invitation
INSERT INTO registration_invitation (zone_id, uscc, secret_hash, invited_by, invited_day, import_id) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (zone_id, uscc) DO UPDATE SET secret_hash = $3, invited_by = $4, invited_day = $5, import_id = $6;

-- name: of_invitation
SELECT r.id FROM registration_invitation i JOIN registration r ON r.zone_id = i.zone_id AND r.uscc = i.uscc
 WHERE i.zone_id = $1 AND i.secret_hash = $2 AND i.secret_hash <> '';

-- name: put_joined
UPDATE registration_invitation SET secret_hash = '', org_id = $3, joined_day = $4 WHERE zone_id = $1 AND uscc = $2;

-- name: invited_of_import
SELECT count(*) FROM registration_invitation WHERE zone_id = $1 AND import_id = $2;

-- name: joined_of_import
SELECT count(*) FROM registration_invitation WHERE zone_id = $1 AND import_id = $2 AND joined_day > 0;
