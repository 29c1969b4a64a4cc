-- name: add
INSERT INTO batch_clearing (zone_id, id, batch_id, kind, org_id, now_fen, note, node, cleared_by, cleared_org, cleared_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: given
SELECT count(*) FROM batch_clearing WHERE zone_id = $1 AND batch_id = $2 AND kind = $3 AND org_id = $4 AND now_fen = $5;

-- name: goes_on
SELECT count(*) FROM flow_case k CROSS JOIN application a
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch <> 0 AND k.node = $3 AND a.zone_id = k.zone_id AND a.id = k.id AND $4 IN (a.agency_id, a.enterprise_id, a.payee_id);

-- name: of_batch
SELECT n.id, n.kind, n.org_id AS organisation, o.name, n.now_fen, n.note, n.node, n.cleared_by, n.cleared_org, n.cleared_day
  FROM batch_clearing n JOIN org o ON o.zone_id = n.zone_id AND o.id = n.org_id WHERE n.zone_id = $1 AND n.batch_id = $2 ORDER BY n.id LIMIT 1000;
