-- name: row
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement = $2;

-- name: newest
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement < $2 ORDER BY agreement DESC LIMIT 51;

-- name: newest_in_state
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement < $2 AND state = $3 ORDER BY agreement DESC LIMIT 51;

-- name: of_agency
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement < $2 AND agency = $3 ORDER BY agreement DESC LIMIT 51;

-- name: of_agency_in_state
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement < $2 AND agency = $3 AND state = $4 ORDER BY agreement DESC LIMIT 51;

-- name: of_enterprise
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement < $2 AND enterprise = $3 ORDER BY agreement DESC LIMIT 51;

-- name: of_enterprise_in_state
SELECT agreement, agency, enterprise, state, amount_fen, due_day, since_day, moves, number, subject, agency_name, enterprise_name
  FROM agreement_fee_seen WHERE zone_id = $1 AND agreement < $2 AND enterprise = $3 AND state = $4 ORDER BY agreement DESC LIMIT 51;

-- name: add
INSERT INTO agreement_fee (zone_id, agreement_id, agency_id, enterprise_id, state, amount_fen, due_day, since_day) VALUES ($1, $2, $3, $4, 'due', $5, $6, $7);

-- name: put
UPDATE agreement_fee SET state = $4, amount_fen = $5, since_day = $6, moves = moves + 1 WHERE zone_id = $1 AND agreement_id = $2 AND state = $3;

-- name: add_move
INSERT INTO agreement_fee_move (zone_id, agreement_id, place, choice, state, amount_fen, note, document_id, person_id, org_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: moves_of
SELECT v.place, v.choice, v.state, v.amount_fen, v.note, v.document_id AS document, p.name, o.name AS org_name, v.at AS moved_at FROM agreement_fee_move v
  JOIN person p ON p.zone_id = v.zone_id AND p.id = v.person_id JOIN org o ON o.zone_id = v.zone_id AND o.id = v.org_id
 WHERE v.zone_id = $1 AND v.agreement_id = $2 ORDER BY v.place LIMIT 200;

-- name: document_of
SELECT document_id FROM agreement_fee_move WHERE zone_id = $1 AND agreement_id = $2 AND place = $3;
