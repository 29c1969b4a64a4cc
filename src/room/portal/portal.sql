-- name: latest_notices
SELECT id, title, last_day FROM notice WHERE zone_id = $1 ORDER BY id DESC LIMIT 5;

-- name: stage_of
SELECT a.number, k.flow_id, k.node, k.since_day FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
 WHERE a.zone_id = $1 AND a.number = $2 AND a.number <> '';
