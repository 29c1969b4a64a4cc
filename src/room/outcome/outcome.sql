-- name: row
SELECT id, agreement, agency, enterprise, kind, number, normal, obtained_day, proof, state, application, entered_day, decided_day, note, agreement_number, subject, agency_name,
  enterprise_name FROM outcome_seen WHERE zone_id = $1 AND id = $2;

-- a filter that is empty lets all codes pass: they stand between it and "~", which no code holds
-- name: newest
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: newest_of_kind
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND kind = $3 ORDER BY id DESC LIMIT 51;

-- name: newest_in_state
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND state = $3 AND kind BETWEEN $4 AND $4 || '~' ORDER BY id DESC LIMIT 51;

-- name: of_agency
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND agency = $3 AND kind BETWEEN $4 AND $4 || '~' ORDER BY id DESC LIMIT 51;

-- name: of_agency_in_state
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND agency = $3 AND state = $4 AND kind BETWEEN $5 AND $5 || '~' ORDER BY id DESC LIMIT 51;

-- name: of_enterprise
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND enterprise = $3 AND kind BETWEEN $4 AND $4 || '~' ORDER BY id DESC LIMIT 51;

-- name: of_enterprise_in_state
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND enterprise = $3 AND state = $4 AND kind BETWEEN $5 AND $5 || '~' ORDER BY id DESC LIMIT 51;

-- name: of_one_agreement
SELECT id, agreement, agency, enterprise, kind, number, obtained_day, proof, state, application, entered_day, agreement_number, subject, agency_name, enterprise_name
  FROM outcome_seen WHERE zone_id = $1 AND id < $2 AND agreement = $3 AND state BETWEEN $4 AND $4 || '~' AND kind BETWEEN $5 AND $5 || '~' ORDER BY id DESC LIMIT 51;

-- name: waiting_of
SELECT id, kind, number, entered_day, agency_name FROM outcome_seen WHERE zone_id = $1 AND enterprise = $2 AND state = 'entered' ORDER BY id LIMIT 200;

-- name: add
INSERT INTO outcome (zone_id, id, agreement_id, agency_id, enterprise_id, kind, number, normal, obtained_day, proof_doc, state, entry_id, is_of_application, entered_by, entered_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: decide_it
UPDATE outcome SET state = $3, note = $4, decided_by = $5, decided_day = $6 WHERE zone_id = $1 AND id = $2 AND state = 'entered';

-- name: withdraw_it
UPDATE outcome SET state = 'withdrawn', note = $3, decided_by = $4, decided_day = $5 WHERE zone_id = $1 AND id = $2 AND state IN ('entered', 'confirmed') AND application_id = 0;

-- name: put_proof
UPDATE outcome SET proof_doc = $3 WHERE zone_id = $1 AND id = $2;

-- name: twins
SELECT id FROM outcome WHERE zone_id = $1 AND kind = $2 AND normal = $3 AND id <> $4 AND state IN ('entered', 'confirmed') ORDER BY id LIMIT 20;

-- name: twins_of_zones
SELECT 1 FROM outcome WHERE kind = $2 AND normal = $3 AND zone_id <> $1 AND state IN ('entered', 'confirmed') LIMIT 1;

-- who holds a number that is confirmed: 0 rows, it is another zone's
-- name: holder
SELECT o.id, m.number AS agreement_number FROM outcome o JOIN agreement m ON m.zone_id = o.zone_id AND m.id = o.agreement_id
 WHERE o.zone_id = $1 AND o.kind = $2 AND o.normal = $3 AND o.state = 'confirmed' LIMIT 1;

-- name: live_of_agreement
SELECT id, state, obtained_day FROM outcome WHERE zone_id = $1 AND agreement_id = $2 AND kind = $3 AND normal = $4 AND state IN ('entered', 'confirmed');

-- the same bytes as a proof of another agreement
-- name: proof_elsewhere
SELECT m.number FROM document p JOIN document d ON d.zone_id = p.zone_id AND d.sha256 = p.sha256 JOIN outcome o ON o.zone_id = d.zone_id AND o.proof_doc = d.id
  JOIN agreement m ON m.zone_id = o.zone_id AND m.id = o.agreement_id
 WHERE p.zone_id = $1 AND p.id = $2 AND o.proof_doc > 0 AND o.agreement_id <> $3 AND o.state IN ('entered', 'confirmed') ORDER BY o.id LIMIT 1;

-- the same bytes as the proof that an application gave for another agreement's outcome
-- name: proof_of_application
SELECT m.number FROM document p JOIN document d ON d.zone_id = p.zone_id AND d.sha256 = p.sha256
  JOIN document_link l ON l.zone_id = d.zone_id AND l.document_id = d.id AND l.object = 'application' AND l.used_as = 'proof'
  JOIN outcome o ON o.zone_id = l.zone_id AND o.application_id = l.object_id AND o.application_id > 0
  JOIN agreement m ON m.zone_id = o.zone_id AND m.id = o.agreement_id
 WHERE p.zone_id = $1 AND p.id = $2 AND o.agreement_id <> $3 ORDER BY o.id LIMIT 1;

-- the same bytes as the contract of an agreement
-- name: proof_is_contract
SELECT m.number FROM document p JOIN document d ON d.zone_id = p.zone_id AND d.sha256 = p.sha256
  JOIN document_link l ON l.zone_id = d.zone_id AND l.document_id = d.id AND l.object = 'agreement'
  JOIN agreement m ON m.zone_id = l.zone_id AND m.id = l.object_id
 WHERE p.zone_id = $1 AND p.id = $2 ORDER BY m.id LIMIT 1;

-- name: ready_rows
SELECT kind, number, obtained_day, proof_doc AS proof FROM outcome WHERE zone_id = $1 AND agreement_id = $2 AND state = 'confirmed' AND application_id = 0 ORDER BY id LIMIT 999;

-- name: give_to
UPDATE outcome SET application_id = $3 WHERE zone_id = $1 AND id = $2;

-- name: confirm_for
UPDATE outcome SET state = 'confirmed', application_id = $3, decided_day = $4 WHERE zone_id = $1 AND id = $2;

-- name: free_of
UPDATE outcome SET application_id = 0, state = CASE WHEN is_of_application = 1 THEN 'withdrawn' ELSE state END WHERE zone_id = $1 AND application_id = $2 AND application_id > 0;

-- name: entry_add
INSERT INTO outcome_entry (zone_id, id, agency_id, file_name, read, entered, unchanged, refused, entered_by, entered_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: entry_row
SELECT id, agency_id AS agency, file_name, read, entered, unchanged, refused, entered_day FROM outcome_entry WHERE zone_id = $1 AND id = $2;

-- name: refused_add
INSERT INTO outcome_refused (zone_id, entry_id, line, agreement, kind, number, obtained, reason, arg0, arg1) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: refused_of
SELECT line, agreement, kind, number, obtained, reason, arg0, arg1 FROM outcome_refused WHERE zone_id = $1 AND entry_id = $2 AND line > $3 ORDER BY line LIMIT 501;

-- name: agreement_by_number
SELECT id FROM agreement WHERE zone_id = $1 AND number = $2 AND number <> '' AND agency_id = $3;

-- name: agreement_of_number
SELECT id FROM agreement WHERE zone_id = $1 AND number = $2 AND number <> '';
