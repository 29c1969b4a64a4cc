-- name: row
SELECT b.id, b.version, b.month, b.flow_id, b.number, b.node, b.made_day, b.moved_day FROM batch b WHERE b.zone_id = $1 AND b.id = $2;

-- name: newest
SELECT b.id, b.version, b.month, b.flow_id, b.number, b.node, b.made_day, b.moved_day FROM batch b WHERE b.zone_id = $1 AND b.id < $2 ORDER BY b.id DESC LIMIT 51;

-- name: of_month
SELECT b.id, b.version, b.month, b.flow_id, b.number, b.node, b.made_day, b.moved_day FROM batch b WHERE b.zone_id = $1 AND b.month = $2 AND b.flow_id = $3;

-- name: at_node
SELECT b.id, b.version, b.month, b.flow_id, b.number, b.node, b.made_day, b.moved_day FROM batch b WHERE b.zone_id = $1 AND b.flow_id = $2 AND b.node = $3 AND b.id <> $4 ORDER BY b.month LIMIT 1;

-- name: add_batch
INSERT INTO batch (zone_id, id, month, flow_id, number, node, made_day, moved_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $7);

-- name: move_batch
UPDATE batch SET node = $3, version = version + 1, moved_day = $4 WHERE zone_id = $1 AND id = $2;

-- name: touch
UPDATE batch SET version = version + 1 WHERE zone_id = $1 AND id = $2;

-- name: case_ids
SELECT k.id FROM flow_case k WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch <> 0 AND k.node = $3 ORDER BY k.id LIMIT 100000;

-- name: strays
SELECT k.id FROM flow_case k WHERE k.zone_id = $1 AND k.flow = 'subsidy' AND k.node = $2 AND k.flow_id = $3 AND k.batch = 0 AND k.closed_at = 0 ORDER BY k.id LIMIT 100000;

-- name: sums
SELECT count(*) AS count, coalesce(sum(a.amount_fen), 0) AS total_fen FROM flow_case k JOIN application a ON a.zone_id = k.zone_id AND a.id = k.id
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch <> 0 AND k.node = $3;

-- name: todo_at_node
SELECT b.id, b.version, b.month, b.flow_id, b.number, b.node, b.made_day, b.moved_day FROM batch b WHERE b.zone_id = $1 AND b.node = $2 ORDER BY b.month LIMIT 50;

-- name: applications_of
SELECT a.id, a.number, a.amount_fen, a.reward_fen, k.version, g.name AS agency_name, e.name AS enterprise_name, i.name AS item_name, a.outcome_kind, a.submitted_by
  FROM flow_case k JOIN application a ON a.zone_id = k.zone_id AND a.id = k.id
  JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id
 WHERE k.zone_id = $1 AND k.batch = $2 AND k.batch <> 0 AND k.node = $3 AND k.id > $4 ORDER BY k.id LIMIT 201;

-- name: others_of
SELECT a.id, a.number, a.amount_fen, k.node, k.flow_id, e.name AS enterprise_name FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
 WHERE a.zone_id = $1 AND a.month = $2 AND NOT (k.batch = $3 AND k.node = $4) ORDER BY a.id LIMIT 200;

-- name: timer_of
SELECT timer_day FROM flow_case WHERE zone_id = $1 AND batch = $2 AND batch <> 0 AND node = $3 ORDER BY id LIMIT 1;
