-- name: row
SELECT g.id, g.agreement_id AS agreement, g.kind, g.to_day, g.fee_fen, g.successor_id AS successor, g.former_percent, g.reason, g.text, g.sha256, g.state, g.signatures,
  g.proposed_org, g.proposed_day, g.since_day, g.ended_day, g.note, coalesce(s.name, '') AS successor_name
  FROM agreement_change g LEFT JOIN org s ON s.zone_id = g.zone_id AND s.id = g.successor_id WHERE g.zone_id = $1 AND g.id = $2;

-- name: of_agreement
SELECT g.id, g.kind, g.state, g.proposed_day, g.ended_day FROM agreement_change g WHERE g.zone_id = $1 AND g.agreement_id = $2 ORDER BY g.id DESC LIMIT 50;

-- name: waiting
SELECT g.id, g.agreement_id AS agreement, g.kind, g.to_day, g.fee_fen, g.successor_id AS successor, g.former_percent, g.reason, g.text, g.sha256, g.state, g.signatures,
  g.proposed_org, g.proposed_day, g.since_day, g.ended_day, g.note, coalesce(s.name, '') AS successor_name
  FROM agreement_change g LEFT JOIN org s ON s.zone_id = g.zone_id AND s.id = g.successor_id
 WHERE g.zone_id = $1 AND g.state IN ('signing', 'signed') ORDER BY g.id LIMIT 1000;

-- name: open_of
SELECT id FROM agreement_change WHERE zone_id = $1 AND agreement_id = $2 AND state IN ('signing', 'signed');

-- name: add
INSERT INTO agreement_change (zone_id, id, agreement_id, kind, to_day, fee_fen, successor_id, former_percent, reason, text, sha256, state, proposed_org, proposed_by, proposed_day, since_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'signing', $12, $13, $14, $14);

-- name: add_signature
INSERT INTO agreement_change_signature (zone_id, change_id, place, party, person_id, org_id, signed_at, ip, sha256) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: signed_by_one
UPDATE agreement_change SET signatures = signatures + 1, state = $4, since_day = $5 WHERE zone_id = $1 AND id = $2 AND state = 'signing' AND signatures = $3;

-- name: end_it
UPDATE agreement_change SET state = $4, note = $5, ended_by = $6, ended_day = $7 WHERE zone_id = $1 AND id = $2 AND state = $3;

-- name: signatures_of
SELECT s.party, p.name, o.name AS org_name, s.signed_at, s.ip FROM agreement_change_signature s JOIN person p ON p.zone_id = s.zone_id AND p.id = s.person_id
  JOIN org o ON o.zone_id = s.zone_id AND o.id = s.org_id WHERE s.zone_id = $1 AND s.change_id = $2 ORDER BY s.place;

-- name: of_hash
SELECT id FROM agreement_change WHERE zone_id = $1 AND sha256 = $2 ORDER BY id DESC LIMIT 1;

-- name: put_terms
UPDATE agreement SET to_day = $3, fee_fen = $4 WHERE zone_id = $1 AND id = $2;

-- name: put_agency
UPDATE agreement SET agency_id = $3 WHERE zone_id = $1 AND id = $2;

-- name: add_former
INSERT INTO agreement_former (zone_id, agreement_id, agency_id, percent, until_day) VALUES ($1, $2, $3, $4, $5);

-- name: formers_of
SELECT f.agency_id AS org, f.percent, f.until_day, o.name FROM agreement_former f JOIN org o ON o.zone_id = f.zone_id AND o.id = f.agency_id
 WHERE f.zone_id = $1 AND f.agreement_id = $2 ORDER BY f.until_day, f.agency_id;

-- name: was_agency
SELECT agency_id FROM agreement_former WHERE zone_id = $1 AND agreement_id = $2 AND agency_id = $3;

-- name: to_be_signed
SELECT a.id, a.subject, k.node, k.since_day, a.enterprise_id AS enterprise, a.agency_id AS agency FROM flow_case k JOIN agreement a ON a.zone_id = k.zone_id AND a.id = k.id
 WHERE k.zone_id = $1 AND k.flow = 'agreement' AND k.node = $2 AND k.closed_at = 0 ORDER BY k.id LIMIT 1000;
