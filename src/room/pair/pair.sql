-- name: row
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.id = $2;

-- name: of_agency_after
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.agency_id = $3 AND a.id < $2 ORDER BY a.id DESC LIMIT 51;

-- name: of_org_after
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.id IN (SELECT m.id FROM agreement m WHERE m.zone_id = $1 AND m.agency_id = $3 AND m.id < $2 UNION ALL SELECT m.id FROM agreement m WHERE m.zone_id = $1 AND m.enterprise_id = $3 AND m.id < $2)
   AND (k.node <> 'draft' OR a.filed_day > 0) ORDER BY a.id DESC LIMIT 51;

-- name: of_enterprise_after
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.enterprise_id = $3 AND a.id < $2 ORDER BY a.id DESC LIMIT 51;

-- name: all_after
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.id < $2 AND (k.node <> 'draft' OR a.filed_day > 0) ORDER BY a.id DESC LIMIT 51;

-- name: at_node_after
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE k.zone_id = $1 AND k.flow = 'agreement' AND k.node = $3 AND k.closed_at = 0 AND k.id < $2 AND (k.node <> 'draft' OR a.filed_day > 0) ORDER BY k.id DESC LIMIT 51;

-- name: in_service_of_agency
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.agency_id = $2 AND a.filed_day > 0 AND a.is_active = 1 ORDER BY a.id DESC LIMIT 200;

-- name: todo_of_role
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE k.zone_id = $1 AND k.flow = 'agreement' AND k.node = $2 AND k.closed_at = 0 ORDER BY k.id LIMIT 100;

-- name: todo_of_agency
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.agency_id = $2 AND a.is_active = 1 AND k.node IN ('draft', 'agency_sign') ORDER BY a.id LIMIT 100;

-- name: todo_of_enterprise
SELECT a.id, k.version, a.number, k.node, k.since_day, k.due_day, k.flow_id, a.enterprise_id AS enterprise, a.agency_id AS agency, a.item_id AS item, a.item_version_id AS item_version, a.policy_id AS policy,
  a.subject, a.mode, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.draft, a.signed_enterprise_at, a.signed_agency_at,
  a.filed_day, a.reserved_fen, a.price_approved_at, a.price_reason, e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM agreement a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = a.item_version_id
 WHERE a.zone_id = $1 AND a.enterprise_id = $2 AND a.is_active = 1 AND k.node = 'enterprise_sign' ORDER BY a.id LIMIT 100;

-- name: add_agreement
INSERT INTO agreement (zone_id, id, enterprise_id, agency_id, item_id, policy_id, subject, subject_key, mode, quantity, fee_fen, from_day, to_day, pay_year, contract_doc, item_version_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

-- name: save_agreement
UPDATE agreement SET enterprise_id = $3, item_id = $4, policy_id = $5, subject = $6, subject_key = $7, mode = $8, quantity = $9, fee_fen = $10,
  from_day = $11, to_day = $12, pay_year = $13, contract_doc = $14, item_version_id = $16,
  draft = draft + 1, price_approved_at = 0, price_approved_by = 0, price_reason = '' WHERE zone_id = $1 AND id = $2 AND draft = $15;

-- name: active_pair
SELECT id FROM agreement WHERE zone_id = $1 AND enterprise_id = $2 AND item_id = $3 AND subject_key = $4 AND is_active = 1;

-- name: sign_enterprise
UPDATE agreement SET signed_enterprise_at = $3, signed_enterprise_by = $4 WHERE zone_id = $1 AND id = $2;

-- name: sign_agency
UPDATE agreement SET signed_agency_at = $3, signed_agency_by = $4 WHERE zone_id = $1 AND id = $2;

-- name: unsign
UPDATE agreement SET signed_enterprise_at = 0, signed_enterprise_by = 0, signed_agency_at = 0, signed_agency_by = 0 WHERE zone_id = $1 AND id = $2;

-- name: next_number
INSERT INTO filing_number (zone_id, year, last) VALUES ($1, $2, 1) ON CONFLICT (zone_id, year) DO UPDATE SET last = filing_number.last + 1 RETURNING last;

-- name: file
UPDATE agreement SET number = $3, filed_day = $4, filed_by = $5, reserved_fen = $6 WHERE zone_id = $1 AND id = $2;

-- name: end_pair
UPDATE agreement SET is_active = 0 WHERE zone_id = $1 AND id = $2;

-- name: approve_price
UPDATE agreement SET price_approved_at = $3, price_approved_by = $4, price_reason = $5 WHERE zone_id = $1 AND id = $2;
