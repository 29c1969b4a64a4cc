-- name: text_last
SELECT agreement_id AS agreement, round, text, sha256, frozen_at, pdf_doc, pdf_sha256 FROM agreement_text
 WHERE zone_id = $1 AND agreement_id = $2 ORDER BY round DESC LIMIT 1;

-- name: text_of_hash
SELECT agreement_id AS agreement, round, text, sha256, frozen_at, pdf_doc, pdf_sha256 FROM agreement_text
 WHERE zone_id = $1 AND sha256 = $2 ORDER BY agreement_id DESC LIMIT 1;

-- name: text_of_pdf
SELECT agreement_id AS agreement, round, text, sha256, frozen_at, pdf_doc, pdf_sha256 FROM agreement_text
 WHERE zone_id = $1 AND pdf_sha256 = $2 AND pdf_sha256 <> '' LIMIT 1;

-- name: add_text
INSERT INTO agreement_text (zone_id, agreement_id, round, text, sha256, frozen_at, frozen_by) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: keep_pdf
UPDATE agreement_text SET pdf_doc = $4, pdf_sha256 = $5 WHERE zone_id = $1 AND agreement_id = $2 AND round = $3 AND pdf_doc = 0;

-- name: add_signature
INSERT INTO agreement_signature (zone_id, agreement_id, round, party, person_id, org_id, signed_at, ip, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: signatures_of
SELECT s.party, p.name, s.signed_at, s.ip, s.sha256 FROM agreement_signature s LEFT JOIN person p ON p.zone_id = s.zone_id AND p.id = s.person_id
 WHERE s.zone_id = $1 AND s.agreement_id = $2 AND s.round = $3 ORDER BY s.signed_at, s.party DESC;

-- name: public_of
SELECT a.id, a.number, a.filed_day, a.signed_enterprise_at, a.signed_agency_at, k.node, k.flow_id, e.name AS enterprise_name, g.name AS agency_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id WHERE a.zone_id = $1 AND a.id = $2;
