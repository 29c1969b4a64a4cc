-- name: row
SELECT r.id, k.version, r.application_id AS application, r.enterprise_id AS enterprise, r.amount_fen, a.number, k.node, a.month, k.batch, k.flow_id, k.since_day,
  k.due_day, CASE WHEN EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'paid')
                   AND NOT EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                    WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'ordered') THEN 1 ELSE 0 END AS ready,
  e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM reward r JOIN flow_case k ON k.zone_id = r.zone_id AND k.id = r.id JOIN application a ON a.zone_id = k.zone_id AND a.id = r.application_id
  JOIN org e ON e.zone_id = r.zone_id AND e.id = r.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id
 WHERE r.zone_id = $1 AND r.id = $2;

-- name: newest
SELECT r.id, k.version, r.application_id AS application, r.enterprise_id AS enterprise, r.amount_fen, a.number, k.node, a.month, k.batch, k.flow_id, k.since_day,
  k.due_day, CASE WHEN EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'paid')
                   AND NOT EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                    WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'ordered') THEN 1 ELSE 0 END AS ready,
  e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM reward r JOIN flow_case k ON k.zone_id = r.zone_id AND k.id = r.id JOIN application a ON a.zone_id = r.zone_id AND a.id = r.application_id
  JOIN org e ON e.zone_id = r.zone_id AND e.id = r.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id
 WHERE r.zone_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT 51;

-- name: newest_of_enterprise
SELECT r.id, k.version, r.application_id AS application, r.enterprise_id AS enterprise, r.amount_fen, a.number, k.node, a.month, k.batch, k.flow_id, k.since_day,
  k.due_day, CASE WHEN EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'paid')
                   AND NOT EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                    WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'ordered') THEN 1 ELSE 0 END AS ready,
  e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM reward r JOIN flow_case k ON k.zone_id = r.zone_id AND k.id = r.id JOIN application a ON a.zone_id = r.zone_id AND a.id = r.application_id
  JOIN org e ON e.zone_id = r.zone_id AND e.id = r.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id
 WHERE r.zone_id = $1 AND r.enterprise_id = $3 AND r.id < $2 ORDER BY r.id DESC LIMIT 51;

-- name: at_step
SELECT r.id, k.version, r.application_id AS application, r.enterprise_id AS enterprise, r.amount_fen, a.number, k.node, a.month, k.batch, k.flow_id, k.since_day,
  k.due_day, CASE WHEN EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'paid')
                   AND NOT EXISTS (SELECT 1 FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
                                    WHERE l.zone_id = r.zone_id AND l.application_id = r.application_id AND p.kind = 'agency' AND l.state = 'ordered') THEN 1 ELSE 0 END AS ready,
  e.name AS enterprise_name, g.name AS agency_name, i.name AS item_name
  FROM flow_case k JOIN reward r ON r.zone_id = k.zone_id AND r.id = k.id JOIN application a ON a.zone_id = r.zone_id AND a.id = r.application_id
  JOIN org e ON e.zone_id = r.zone_id AND e.id = r.enterprise_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id
 WHERE k.zone_id = $1 AND k.flow = 'reward' AND k.node = $2 AND k.closed_at = 0 AND k.id > $3 ORDER BY k.id LIMIT 10000;

-- name: add
INSERT INTO reward (zone_id, id, application_id, enterprise_id, amount_fen) VALUES ($1, $2, $3, $4, $5);

-- name: of_application
SELECT id FROM reward WHERE zone_id = $1 AND application_id = $2;

-- name: waiting_count
SELECT count(*) FROM (SELECT 1 FROM flow_case WHERE zone_id = $1 AND flow = 'reward' AND node = $2 AND closed_at = 0 LIMIT 1000) AS few;

-- name: basis
SELECT v.document_number FROM reward r JOIN application a ON a.zone_id = r.zone_id AND a.id = r.application_id
  JOIN policy_version v ON v.zone_id = a.zone_id AND v.id = a.policy_version_id WHERE r.zone_id = $1 AND r.id = $2;
