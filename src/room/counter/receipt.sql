-- name: next_number
INSERT INTO receipt_number (zone_id, year, last) VALUES ($1, $2, 1) ON CONFLICT (zone_id, year) DO UPDATE SET last = receipt_number.last + 1 RETURNING last;

-- name: add
INSERT INTO receipt (zone_id, id, number, code, mandate_id, org_id, person_id, entry, at, on_day, act, choice, noun, object)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: add_file
INSERT INTO receipt_file (zone_id, receipt_id, document_id) VALUES ($1, $2, $3) ON CONFLICT (zone_id, receipt_id, document_id) DO NOTHING;

-- name: add_files_of
INSERT INTO receipt_file (zone_id, receipt_id, document_id) SELECT zone_id, $2, document_id FROM document_link WHERE zone_id = $1 AND object = $3 AND object_id = $4
ON CONFLICT (zone_id, receipt_id, document_id) DO NOTHING;

-- name: row
SELECT id, number, code, mandate_id AS mandate, org_id AS org, person_id AS person, entry, at, on_day, act, choice, noun, object FROM receipt WHERE zone_id = $1 AND id = $2;

-- name: with_code
SELECT id, number, code, mandate_id AS mandate, org_id AS org, person_id AS person, entry, at, on_day, act, choice, noun, object FROM receipt WHERE zone_id = $1 AND code = $2;

-- name: newest_of
SELECT id, number, code, mandate_id AS mandate, org_id AS org, person_id AS person, entry, at, on_day, act, choice, noun, object FROM receipt
 WHERE zone_id = $1 AND mandate_id = $2 AND person_id = $3 ORDER BY id DESC LIMIT 1;

-- name: files_of
SELECT d.name, d.bytes, d.sha256 FROM receipt_file f JOIN document d ON d.zone_id = f.zone_id AND d.id = f.document_id
 WHERE f.zone_id = $1 AND f.receipt_id = $2 ORDER BY d.id LIMIT 100;

-- name: of_mandate
SELECT r.id, r.number, r.on_day, r.at AS done_at, r.act, r.choice, p.name AS clerk FROM receipt r JOIN person p ON p.zone_id = r.zone_id AND p.id = r.person_id
 WHERE r.zone_id = $1 AND r.mandate_id = $2 ORDER BY r.id DESC LIMIT 50;

-- name: of_clerk
SELECT r.id, r.number, r.on_day, r.at AS done_at, r.act, r.choice, o.name, o.name_en FROM receipt r JOIN org o ON o.zone_id = r.zone_id AND o.id = r.org_id
 WHERE r.zone_id = $1 AND r.person_id = $2 ORDER BY r.id DESC LIMIT 20;
