-- name: row
SELECT a.id, k.version, k.node, k.since_day, k.due_day, k.flow_id, a.org_id AS org, a.applied_day, a.admitted_day, a.is_open, a.is_appealed,
  o.name AS org_name, o.name_en AS org_name_en, o.state AS org_state FROM admission a
  JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id
 WHERE a.zone_id = $1 AND a.id = $2;

-- name: running_of_org
SELECT a.id, k.version, k.node, k.since_day, k.due_day, k.flow_id, a.org_id AS org, a.applied_day, a.admitted_day, a.is_open, a.is_appealed,
  o.name AS org_name, o.name_en AS org_name_en, o.state AS org_state FROM admission a
  JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id
 WHERE a.zone_id = $1 AND a.org_id = $2 AND a.is_open = 1;

-- name: all_of_org
SELECT a.id, k.version, k.node, k.since_day, k.due_day, k.flow_id, a.org_id AS org, a.applied_day, a.admitted_day, a.is_open, a.is_appealed,
  o.name AS org_name, o.name_en AS org_name_en, o.state AS org_state FROM admission a
  JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id
 WHERE a.zone_id = $1 AND a.org_id = $2 ORDER BY a.id DESC LIMIT 50;

-- name: all_after
SELECT a.id, k.version, k.node, k.since_day, k.due_day, k.flow_id, a.org_id AS org, a.applied_day, a.admitted_day, a.is_open, a.is_appealed,
  o.name AS org_name, o.name_en AS org_name_en, o.state AS org_state FROM admission a
  JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id
 WHERE a.zone_id = $1 AND a.id < $2 AND (k.node <> 'draft' OR k.version > 1) ORDER BY a.id DESC LIMIT 51;

-- name: at_node_after
SELECT a.id, k.version, k.node, k.since_day, k.due_day, k.flow_id, a.org_id AS org, a.applied_day, a.admitted_day, a.is_open, a.is_appealed,
  o.name AS org_name, o.name_en AS org_name_en, o.state AS org_state FROM flow_case k
  JOIN admission a ON a.zone_id = k.zone_id AND a.id = k.id JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id
 WHERE k.zone_id = $1 AND k.flow = 'admission' AND k.node = $3 AND k.closed_at = 0 AND k.id < $2 AND (k.node <> 'draft' OR k.version > 1) ORDER BY k.id DESC LIMIT 51;

-- name: waiting_at
SELECT a.id, k.version, k.node, k.since_day, k.due_day, k.flow_id, a.org_id AS org, a.applied_day, a.admitted_day, a.is_open, a.is_appealed,
  o.name AS org_name, o.name_en AS org_name_en, o.state AS org_state FROM flow_case k
  JOIN admission a ON a.zone_id = k.zone_id AND a.id = k.id JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id
 WHERE k.zone_id = $1 AND k.flow = 'admission' AND k.node = $2 AND k.closed_at = 0 ORDER BY k.id LIMIT 100;

-- name: add
INSERT INTO admission (zone_id, id, org_id, applied_day) VALUES ($1, $2, $3, $4);

-- name: close
UPDATE admission SET is_open = 0 WHERE zone_id = $1 AND id = $2;

-- name: set_admitted
UPDATE admission SET admitted_day = $3 WHERE zone_id = $1 AND id = $2 AND admitted_day = 0;

-- name: set_appealed
UPDATE admission SET is_appealed = $3 WHERE zone_id = $1 AND id = $2;
