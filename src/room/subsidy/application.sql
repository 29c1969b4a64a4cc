-- name: row
SELECT a.id, k.version, a.draft, a.number, k.node, a.agreement_id AS agreement, a.agency_id AS agency, a.enterprise_id AS enterprise,
  a.policy_version_id AS policy_version, a.month, k.batch, a.outcome_kind, a.outcome_number, a.outcome_normal, a.outcome_day, a.service_from, a.service_to,
  a.quantity, a.base_fen, a.grade, a.amount_fen, a.reward_fen, a.standard_fen, a.explained, a.payee_id AS payee, a.contract_doc, a.letter_doc, a.proof_doc,
  a.confirmed_at, a.confirmed_by, a.confirmed_facts, a.submitted_day, a.submitted_by, a.round, k.flow_id, k.since_day, k.due_day,
  g.name AS agency_name, e.name AS enterprise_name, i.name AS item_name, y.name AS payee_name, v.title AS policy_title
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
  JOIN org y ON y.zone_id = a.zone_id AND y.id = a.payee_id JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id JOIN policy_version v ON v.zone_id = a.zone_id AND v.id = a.policy_version_id
 WHERE a.zone_id = $1 AND a.id = $2;

-- name: of_agency
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.agency_id = $3 AND a.id < $2 ORDER BY a.id DESC LIMIT 51;

-- name: of_enterprise
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.enterprise_id = $3 AND a.id < $2 ORDER BY a.id DESC LIMIT 51;

-- name: newest
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.id < $2 AND a.number <> '' ORDER BY a.id DESC LIMIT 51;

-- name: of_org
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.id IN (SELECT m.id FROM application m WHERE m.zone_id = $1 AND m.agency_id = $3 AND m.id < $2 UNION ALL SELECT m.id FROM application m WHERE m.zone_id = $1 AND m.enterprise_id = $3 AND m.id < $2)
   AND a.number <> '' ORDER BY a.id DESC LIMIT 51;

-- name: at_step
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM flow_case k JOIN application a ON a.zone_id = k.zone_id AND a.id = k.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE k.zone_id = $1 AND k.flow = 'subsidy' AND k.node = $3 AND k.id < $2 AND a.number <> '' ORDER BY k.id DESC LIMIT 51;

-- name: of_agency_at_step
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.agency_id = $3 AND k.node = $4 AND a.id < $2 ORDER BY a.id DESC LIMIT 51;

-- name: of_enterprise_at_step
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.enterprise_id = $3 AND k.node = $4 AND a.id < $2 ORDER BY a.id DESC LIMIT 51;

-- name: of_month
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.month = $3 AND a.id < $2 AND a.number <> '' ORDER BY a.id DESC LIMIT 51;

-- name: of_month_at_step
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.month = $3 AND k.node = $4 AND a.id < $2 AND a.number <> '' ORDER BY a.id DESC LIMIT 51;

-- name: of_batch
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM flow_case k JOIN application a ON a.zone_id = k.zone_id AND a.id = k.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch <> 0 AND k.id > $3 ORDER BY k.id LIMIT 51;

-- name: by_number
SELECT id FROM application WHERE zone_id = $1 AND number = $2 AND number <> '';

-- name: add_draft
INSERT INTO application (zone_id, id, agreement_id, agency_id, enterprise_id, policy_version_id, payee_id) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: live_of_agreement
SELECT id FROM application WHERE zone_id = $1 AND agreement_id = $2 AND is_live = 1;

-- name: save_draft
UPDATE application SET outcome_kind = $3, outcome_number = $4, outcome_normal = $5, outcome_day = $6, service_from = $7, service_to = $8, quantity = $9,
  base_fen = $10, grade = $11, amount_fen = $12, reward_fen = $13, standard_fen = $14, explained = $15, contract_doc = $16, letter_doc = $17,
  proof_doc = $18, policy_version_id = $19, payee_id = $20, draft = draft + 1 WHERE zone_id = $1 AND id = $2 AND draft = $21;

-- name: put_confirmation
UPDATE application SET confirmed_at = $3, confirmed_by = $4, confirmed_facts = $5 WHERE zone_id = $1 AND id = $2;

-- name: mark_submitted
UPDATE application SET number = $3, month = $4, submitted_day = $5, submitted_by = $6, round = round + 1 WHERE zone_id = $1 AND id = $2;

-- name: mark_ended
UPDATE application SET is_live = 0 WHERE zone_id = $1 AND id = $2;

-- name: next_number
INSERT INTO application_number (zone_id, month, last) VALUES ($1, $2, 1) ON CONFLICT (zone_id, month) DO UPDATE SET last = application_number.last + 1 RETURNING last;

-- name: claim_add
INSERT INTO outcome_claim (zone_id, kind, number, application_id) VALUES ($1, $2, $3, $4);

-- name: claims_end
DELETE FROM outcome_claim WHERE zone_id = $1 AND application_id = $2;

-- name: claimed_by
SELECT a.number FROM outcome_claim o JOIN application a ON a.zone_id = o.zone_id AND a.id = o.application_id
 WHERE o.zone_id = $1 AND o.kind = $2 AND o.number = $3 AND o.application_id <> $4;

-- name: version_add
INSERT INTO application_version (zone_id, application_id, round, facts, submitted_day) VALUES ($1, $2, $3, $4, $5);

-- name: versions_last
SELECT round, facts, submitted_day FROM application_version WHERE zone_id = $1 AND application_id = $2 ORDER BY round DESC LIMIT 2;

-- name: todo_of_agency
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.agency_id = $2 AND a.is_live = 1 AND k.node = 'prepare' ORDER BY a.id LIMIT 100;

-- name: todo_of_enterprise
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.enterprise_id = $2 AND a.is_live = 1 AND k.node = 'prepare' AND a.confirmed_facts = '' AND a.outcome_number <> '' ORDER BY a.id LIMIT 100;

-- name: todo_at_step
SELECT a.id, a.number, k.node, k.version, k.flow_id, k.since_day, k.due_day, k.batch, a.month, a.amount_fen, a.outcome_kind, a.submitted_day,
  g.name AS agency_name, e.name AS enterprise_name
  FROM flow_case k JOIN application a ON a.zone_id = k.zone_id AND a.id = k.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE k.zone_id = $1 AND k.flow = 'subsidy' AND k.node = $2 AND k.closed_at = 0 ORDER BY k.due_day, k.id LIMIT 100;

-- name: waiting_at_step
SELECT count(*) FROM (SELECT 1 FROM flow_case WHERE zone_id = $1 AND flow = 'subsidy' AND node = $2 AND closed_at = 0 LIMIT 1000) AS few;

-- name: call_add
INSERT INTO month_call (zone_id, month, opens_day, closes_day) VALUES ($1, $2, $3, $4) ON CONFLICT (zone_id, month) DO NOTHING;

-- name: call_on
SELECT month, opens_day, closes_day FROM month_call WHERE zone_id = $1 AND opens_day <= $2 AND closes_day >= $2 ORDER BY month LIMIT 1;

-- name: calls_newest
SELECT month, opens_day, closes_day FROM month_call WHERE zone_id = $1 ORDER BY month DESC LIMIT 24;

-- what an agreement still holds when nobody can claim on it any more: it has ended, or its term and the policy's window are over
-- name: holds_expired
SELECT h.hold_id AS id, m.number, m.agency_id AS agency, m.enterprise_id AS enterprise FROM budget_hold h CROSS JOIN agreement m CROSS JOIN flow_case k
 WHERE h.zone_id = $1 AND h.reserved_fen > 0 AND m.zone_id = h.zone_id AND m.id = h.hold_id AND k.zone_id = h.zone_id AND k.id = h.hold_id
   AND (k.closed_at > 0 OR m.to_day + (SELECT max(v.window_days) FROM policy_version v WHERE v.zone_id = m.zone_id AND v.policy_id = m.policy_id) < $2)
   AND NOT EXISTS (SELECT 1 FROM application a WHERE a.zone_id = m.zone_id AND a.agreement_id = m.id AND a.is_live = 1)
 ORDER BY h.hold_id LIMIT 1000;
