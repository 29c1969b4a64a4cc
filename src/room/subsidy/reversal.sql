-- name: row
SELECT r.id, r.application_id AS application, r.node, r.reason, r.proposed_by, p.name AS proposer, r.proposed_day, r.verdict, r.note, r.decided_day, a.number
  FROM reversal r JOIN application a ON a.zone_id = r.zone_id AND a.id = r.application_id
  LEFT JOIN person p ON p.zone_id = r.zone_id AND p.id = r.proposed_by
 WHERE r.zone_id = $1 AND r.id = $2;

-- name: open_of
SELECT id FROM reversal WHERE zone_id = $1 AND application_id = $2 AND verdict = '';

-- name: rows_of
SELECT r.id, r.reason, p.name AS proposer, r.proposed_day, r.verdict, r.note, d.name AS decider, r.decided_day
  FROM reversal r LEFT JOIN person p ON p.zone_id = r.zone_id AND p.id = r.proposed_by
  LEFT JOIN person d ON d.zone_id = r.zone_id AND d.id = r.decided_by
 WHERE r.zone_id = $1 AND r.application_id = $2 ORDER BY r.id;

-- name: waiting
SELECT r.id, a.number, r.proposed_day FROM reversal r JOIN application a ON a.zone_id = r.zone_id AND a.id = r.application_id
 WHERE r.zone_id = $1 AND r.verdict = '' ORDER BY r.id LIMIT 100;

-- name: add_reversal
INSERT INTO reversal (zone_id, id, application_id, node, reason, proposed_by, proposed_day) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: put_verdict
UPDATE reversal SET verdict = $3, note = $4, decided_by = $5, decided_day = $6 WHERE zone_id = $1 AND id = $2 AND verdict = '';
