-- name: known
SELECT id, fingerprint, marked_by, class FROM registration WHERE zone_id = $1 AND uscc = $2;

-- name: add_firm
INSERT INTO registration (zone_id, id, uscc, name, established_day, kind, capital, district, authority, industry, scope, is_branch, fingerprint, class, score, words,
                          import_id, changed_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (zone_id, uscc) DO NOTHING;

-- what a person has marked stays as he marked it
-- name: change_firm
UPDATE registration SET name = $3, established_day = $4, kind = $5, capital = $6, district = $7, authority = $8, industry = $9, scope = $10, is_branch = $11,
       fingerprint = $12, class = CASE WHEN marked_by = 0 THEN $13 ELSE class END, score = CASE WHEN marked_by = 0 THEN $14 ELSE score END,
       words = CASE WHEN marked_by = 0 THEN $15 ELSE words END, import_id = $16, changed_day = $17
 WHERE zone_id = $1 AND id = $2;

-- name: row
SELECT id, uscc, name, established_day, kind, capital, district, authority, industry, scope, is_branch, class, score, words, marked_by, mark_reason, changed_day,
       invited_day, joined_day FROM registration WHERE zone_id = $1 AND id = $2;

-- name: newest
SELECT id, uscc, name, established_day, district, class, score, words, marked_by, invited_day, joined_day FROM registration
 WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: newest_of_class
SELECT id, uscc, name, established_day, district, class, score, words, marked_by, invited_day, joined_day FROM registration
 WHERE zone_id = $1 AND class = $3 AND class <> '' AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: of_code
SELECT id, uscc, name, established_day, district, class, score, words, marked_by, invited_day, joined_day FROM registration WHERE zone_id = $1 AND uscc = $2;

-- name: put_mark
UPDATE registration SET class = $3, marked_by = $4, mark_reason = $5 WHERE zone_id = $1 AND id = $2;

-- name: put_invitation
UPDATE registration SET invitation_hash = $3, invited_day = $4 WHERE zone_id = $1 AND id = $2 AND joined_day = 0;

-- name: of_invitation
SELECT id, uscc, name, established_day, kind, capital, district, authority, industry, scope, is_branch, class, score, words, marked_by, mark_reason, changed_day,
       invited_day, joined_day FROM registration WHERE zone_id = $1 AND invitation_hash = $2 AND invitation_hash <> '';

-- name: put_joined
UPDATE registration SET joined_day = $3, invitation_hash = '' WHERE zone_id = $1 AND id = $2 AND joined_day = 0;

-- name: import_add
INSERT INTO registration_import (zone_id, id, file_name, sha256, state, all_bytes, document_id, begun_at, begun_by) VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, $8);

-- name: import_row
SELECT id, file_name, sha256, state, reason, done_line, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, document_id AS document, begun_at, begun_by, ended_at
  FROM registration_import WHERE zone_id = $1 AND id = $2;

-- name: import_unfinished
SELECT id, file_name, sha256, state, reason, done_line, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, document_id AS document, begun_at, begun_by, ended_at
  FROM registration_import WHERE zone_id = $1 AND state = 'running' AND sha256 = $2 ORDER BY id LIMIT 1;

-- name: imports_waiting
SELECT id FROM registration_import WHERE zone_id = $1 AND state = 'running' AND document_id > 0 ORDER BY id LIMIT 10;

-- name: imports_newest
SELECT id, file_name, state, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, begun_at, ended_at FROM registration_import
 WHERE zone_id = $1 ORDER BY id DESC LIMIT 50;

-- name: import_went_on
UPDATE registration_import SET done_line = $3, done_bytes = $4, read = read + $5, imported = imported + $6, updated = updated + $7, unchanged = unchanged + $8,
       rejected = rejected + $9, technology = technology + $10
 WHERE zone_id = $1 AND id = $2 AND state = 'running';

-- name: import_end_of
UPDATE registration_import SET state = $3, reason = $4, ended_at = $5 WHERE zone_id = $1 AND id = $2 AND state = 'running';

-- name: reject_add
INSERT INTO registration_reject (zone_id, import_id, line, raw, reason) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, import_id, line) DO NOTHING;

-- name: rejects_after
SELECT line, raw, reason FROM registration_reject WHERE zone_id = $1 AND import_id = $2 AND line > $3 ORDER BY line LIMIT 500;
