-- whoever is to be paid here and never was ordered before
-- name: new_payees
SELECT DISTINCT o.id, o.name FROM flow_case k CROSS JOIN application a CROSS JOIN org o
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch > 0 AND k.node = $3 AND a.zone_id = k.zone_id AND a.id = k.id AND o.zone_id = a.zone_id AND o.id = a.payee_id
   AND NOT EXISTS (SELECT 1 FROM payment_line l WHERE l.zone_id = a.zone_id AND l.org_id = a.payee_id AND l.id > 0) ORDER BY o.id LIMIT 200;

-- name: standings
SELECT DISTINCT o.id, o.name, o.state FROM flow_case k CROSS JOIN application a CROSS JOIN org o
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch > 0 AND k.node = $3 AND a.zone_id = k.zone_id AND a.id = k.id AND o.zone_id = a.zone_id AND o.id IN (a.agency_id, a.enterprise_id)
   AND o.state <> 'active' ORDER BY o.id LIMIT 200;

-- name: sums
SELECT a.agency_id AS id, g.name, sum(a.amount_fen) AS now_fen FROM flow_case k CROSS JOIN application a CROSS JOIN org g
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch > 0 AND k.node = $3 AND a.zone_id = k.zone_id AND a.id = k.id AND g.zone_id = a.zone_id AND g.id = a.agency_id
 GROUP BY a.agency_id, g.name ORDER BY a.agency_id LIMIT 200;

-- name: sum_of_month
SELECT coalesce(sum(a.amount_fen), 0) FROM application a WHERE a.zone_id = $1 AND a.agency_id = $2 AND a.month = $3 AND a.number <> '';
