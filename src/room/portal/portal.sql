-- name: latest_notices
SELECT id, number, title, first_day, last_day FROM notice WHERE zone_id = $1 ORDER BY id DESC LIMIT 5;

-- name: paid
SELECT coalesce(sum(paid_fen), 0) AS paid_fen, coalesce(sum(CASE WHEN year = $2 THEN paid_fen ELSE 0 END), 0) AS year_paid_fen FROM budget_line WHERE zone_id = $1;

-- name: members
SELECT count(*) FROM (SELECT 1 FROM org WHERE zone_id = $1 AND kind = $2 AND state IN ('active', 'warned') LIMIT 100000) AS few;

-- name: running_notices
SELECT count(*) FROM (SELECT 1 FROM (SELECT last_day FROM notice WHERE zone_id = $1 ORDER BY id DESC LIMIT 100) AS newest WHERE last_day >= $2) AS running;

-- name: stage_of
SELECT a.number, k.flow_id, k.node, k.since_day, k.due_day, k.timer_day FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
 WHERE a.zone_id = $1 AND a.number = $2 AND a.number <> '';
