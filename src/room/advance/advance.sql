-- name: row
SELECT id, agreement_id AS agreement, kind, paid_day, amount_fen, note, voucher, takes_back FROM advance WHERE zone_id = $1 AND id = $2;

-- name: entries_of
SELECT a.id, a.kind, a.paid_day, a.amount_fen, a.note, a.voucher, a.takes_back, p.name AS entered_by, a.entered_at,
       CASE WHEN EXISTS (SELECT 1 FROM advance b WHERE b.zone_id = a.zone_id AND b.takes_back = a.id AND b.takes_back > 0) THEN 1 ELSE 0 END AS is_taken_back
  FROM advance a LEFT JOIN person p ON p.zone_id = a.zone_id AND p.id = a.entered_by WHERE a.zone_id = $1 AND a.agreement_id = $2 ORDER BY a.paid_day, a.id LIMIT 1000;

-- name: add_entry
INSERT INTO advance (zone_id, id, agreement_id, kind, paid_day, amount_fen, note, voucher, takes_back, entered_by, entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: add_to_sum
INSERT INTO advance_sum (zone_id, agreement_id, agency_id, laid_out_fen, first_day) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, agreement_id) DO UPDATE SET laid_out_fen = advance_sum.laid_out_fen + excluded.laid_out_fen,
  first_day = CASE WHEN excluded.first_day < advance_sum.first_day THEN excluded.first_day ELSE advance_sum.first_day END;

-- name: take_from_sum
UPDATE advance_sum SET laid_out_fen = laid_out_fen + $3 WHERE zone_id = $1 AND agreement_id = $2;

-- in this order: few applications of an agreement, few lines of each
-- what the bank has paid to the agency for this agreement's outcomes
-- name: recovered
SELECT coalesce(sum(l.amount_fen), 0) FROM application a CROSS JOIN payment_line l CROSS JOIN payment p
 WHERE a.zone_id = $1 AND a.agreement_id = $2 AND l.zone_id = a.zone_id AND l.application_id = a.id AND p.zone_id = l.zone_id AND p.id = l.payment_id AND l.state = 'paid' AND p.kind = 'agency' AND l.org_id = a.agency_id;

-- name: recovered_day
SELECT max(l.bank_day) FROM application a CROSS JOIN payment_line l CROSS JOIN payment p
 WHERE a.zone_id = $1 AND a.agreement_id = $2 AND l.zone_id = a.zone_id AND l.application_id = a.id AND p.zone_id = l.zone_id AND p.id = l.payment_id AND l.state = 'paid' AND p.kind = 'agency' AND l.org_id = a.agency_id;

-- what is applied for and neither paid nor refused yet
-- name: expected
SELECT coalesce(sum(a.amount_fen), 0) FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
 WHERE a.zone_id = $1 AND a.agreement_id = $2 AND a.number <> '' AND a.payee_id = a.agency_id
   AND (k.closed_at = 0 OR (k.node = 'paid' AND NOT EXISTS (SELECT 1 FROM payment_line l WHERE l.zone_id = a.zone_id AND l.application_id = a.id AND l.state = 'paid')));

-- name: sums_of_agency
SELECT s.agreement_id AS agreement, s.laid_out_fen, s.first_day, m.number, m.subject, e.name AS enterprise_name, g.name AS agency_name
  FROM advance_sum s JOIN agreement m ON m.zone_id = s.zone_id AND m.id = s.agreement_id JOIN org e ON e.zone_id = m.zone_id AND e.id = m.enterprise_id
  JOIN org g ON g.zone_id = m.zone_id AND g.id = m.agency_id
 WHERE s.zone_id = $1 AND s.agency_id = $2 AND s.agreement_id < $3 ORDER BY s.agreement_id DESC LIMIT 51;

-- name: sums_of_all
SELECT s.agreement_id AS agreement, s.laid_out_fen, s.first_day, m.number, m.subject, e.name AS enterprise_name, g.name AS agency_name
  FROM advance_sum s JOIN agreement m ON m.zone_id = s.zone_id AND m.id = s.agreement_id JOIN org e ON e.zone_id = m.zone_id AND e.id = m.enterprise_id
  JOIN org g ON g.zone_id = m.zone_id AND g.id = m.agency_id
 WHERE s.zone_id = $1 AND s.agreement_id < $2 ORDER BY s.agreement_id DESC LIMIT 51;
