-- name: known
SELECT id, fingerprint, class <> '' AS is_technology FROM registration WHERE zone_id = $1 AND uscc = $2;

-- name: last_id
SELECT id FROM registration WHERE zone_id = $1 AND id > 0 ORDER BY id DESC LIMIT 1;

-- name: add_firm
INSERT INTO registration (zone_id, id, uscc, name, established_day, kind, capital, district, authority, industry, scope, is_branch, fingerprint, class, score, words,
                          import_id, changed_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
ON CONFLICT (zone_id, uscc) DO NOTHING;

-- what a person has corrected stays
-- name: change_firm
UPDATE registration SET name = $3, established_day = $4, kind = $5, capital = $6, district = $7, authority = $8, industry = $9, scope = $10, is_branch = $11,
       fingerprint = $12, class = CASE WHEN is_corrected = 0 THEN $13 ELSE class END, score = $14, words = $15, import_id = $16, changed_day = $17
 WHERE zone_id = $1 AND id = $2;

-- name: begin_it
INSERT INTO registration_import (zone_id, id, file_name, beginning, header, state, all_bytes, document_id, begun_at, begun_by)
VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9);

-- name: row
SELECT id, file_name, sha256, state, reason, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, document_id AS document, begun_at,
       begun_by, ended_at FROM registration_import WHERE zone_id = $1 AND id = $2;

-- name: unfinished
SELECT id, file_name, sha256, state, reason, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, document_id AS document, begun_at,
       begun_by, ended_at FROM registration_import WHERE zone_id = $1 AND state = 'running' AND beginning = $2 AND all_bytes = $3 AND document_id = $4 ORDER BY id LIMIT 1;

-- name: waiting
SELECT document_id FROM registration_import WHERE zone_id = $1 AND state = 'running' AND document_id > 0 ORDER BY id LIMIT 1;

-- name: newest
SELECT id, file_name, state, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, begun_at, ended_at FROM registration_import
 WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: go_on
UPDATE registration_import SET sha256 = $3, done_bytes = $4, read = read + $5, imported = imported + $6, updated = updated + $7, unchanged = unchanged + $8,
       rejected = rejected + $9, technology = technology + $10
 WHERE zone_id = $1 AND id = $2 AND state = 'running';

-- name: end_it
UPDATE registration_import SET state = $3, reason = $4, ended_at = $5 WHERE zone_id = $1 AND id = $2 AND state = 'running';

-- name: add_reject
INSERT INTO registration_reject (zone_id, import_id, line, raw, reason) VALUES ($1, $2, $3, $4, $5);

-- name: header
SELECT header FROM registration_import WHERE zone_id = $1 AND id = $2;

-- name: rejects_after
SELECT line, raw, reason FROM registration_reject WHERE zone_id = $1 AND import_id = $2 AND line > $3 ORDER BY line LIMIT 500;

-- name: firms_after
SELECT id, uscc, name, established_day, kind, capital, district, authority, industry, scope, is_branch, fingerprint, class, score, words, is_corrected, import_id,
       changed_day FROM registration WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 1000;

-- name: copy_firm
INSERT INTO registration (zone_id, id, uscc, name, established_day, kind, capital, district, authority, industry, scope, is_branch, fingerprint, class, score, words,
                          is_corrected, import_id, changed_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19);
