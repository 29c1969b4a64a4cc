-- name: version_row
SELECT id, flow, version, xml FROM flow_version WHERE zone_id = $1 AND id = $2;

-- name: version_mark
SELECT version FROM flow_version WHERE zone_id = $1 AND id = $2;

-- name: version_find
SELECT id FROM flow_version WHERE zone_id = $1 AND flow = $2 AND version = $3;

-- name: version_put
INSERT INTO flow_version (zone_id, id, flow, version, title, xml, made_at, made_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: newest_id
SELECT flow_id FROM flow_newest WHERE zone_id = $1 AND flow = $2;

-- name: newest_put
INSERT INTO flow_newest (zone_id, flow, flow_id, since_at) VALUES ($1, $2, $3, $4)
ON CONFLICT (zone_id, flow) DO UPDATE SET flow_id = excluded.flow_id, since_at = excluded.since_at;

-- name: versions_all
SELECT v.id, v.flow, v.version, v.title, v.made_at, v.made_by, n.since_at,
       CASE WHEN n.flow_id = v.id THEN 1 ELSE 0 END AS is_newest
  FROM flow_version v JOIN flow_newest n ON n.zone_id = v.zone_id AND n.flow = v.flow
 WHERE v.zone_id = $1 ORDER BY v.flow, v.id LIMIT 1000;

-- name: case_row
SELECT id, flow_id, flow, node, version, batch, since_at, since_day, due_day, timer, timer_day, left_days, closed_at,
       started_by, moved_by
  FROM flow_case WHERE zone_id = $1 AND id = $2;

-- name: case_put
INSERT INTO flow_case (zone_id, id, flow_id, flow, node, version, since_at, since_day, due_day, timer, timer_day, left_days,
                       closed_at, started_by, moved_by)
VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, -1, $11, $12, $12);

-- name: case_move
UPDATE flow_case SET node = $4, version = version + 1, since_at = $5, since_day = $6, due_day = $7, timer = $8,
       timer_day = $9, left_days = $10, closed_at = $11, moved_by = $12
 WHERE zone_id = $1 AND id = $2 AND version = $3;

-- name: case_batch
UPDATE flow_case SET batch = $3 WHERE zone_id = $1 AND id = $2;

-- name: timers_over
SELECT id, flow_id, flow, node, version, batch, since_at, since_day, due_day, timer, timer_day, left_days, closed_at,
       started_by, moved_by
  FROM flow_case WHERE zone_id = $1 AND timer_day > 0 AND timer_day < $2
 ORDER BY flow_id, node, batch, id;

-- name: history_put
INSERT INTO flow_history (zone_id, case_id, n, at, on_day, flow, from_node, to_node, choice, message, note, person,
                          for_person, org, role, waited, mandate)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: history_rows
SELECT n, at, on_day, from_node, to_node, choice, message, note, person, for_person, org, role, waited, mandate,
       CASE WHEN waited IS NULL THEN 1 ELSE 0 END AS is_unknown
  FROM flow_history WHERE zone_id = $1 AND case_id = $2 ORDER BY n;

-- which tasks of this case a person (or the one for whom he stands) has decided, as himself or by a deputy
-- name: decided_case
SELECT DISTINCT from_node AS node FROM flow_history
 WHERE zone_id = $1 AND case_id = $2 AND choice <> '' AND (person IN ($3, $4) OR for_person IN ($3, $4));

-- name: decided_batch
SELECT DISTINCT from_node AS node FROM flow_history
 WHERE zone_id = $1 AND case_id IN (SELECT id FROM flow_case WHERE zone_id = $1 AND batch = $2 AND batch <> 0) AND choice <> ''
   AND (person IN ($3, $4) OR for_person IN ($3, $4));

-- name: pace
SELECT waited AS days FROM flow_history
 WHERE zone_id = $1 AND flow = $2 AND from_node = $3 AND waited IS NOT NULL ORDER BY at DESC LIMIT $4;

-- name: version_ids
SELECT id FROM flow_version WHERE zone_id = $1 ORDER BY id LIMIT 1000;

-- name: timers_of
SELECT id, since_day, timer_day FROM flow_case WHERE zone_id = $1 AND timer_day > 0 AND flow_id = $2 AND node = $3 ORDER BY timer_day, id;

-- name: timer_set
UPDATE flow_case SET timer_day = $3 WHERE zone_id = $1 AND id = $2;

-- name: waiting_since
SELECT DISTINCT since_day AS day FROM flow_case WHERE zone_id = $1 AND flow = $2 AND node = $3 AND flow_id = $4 AND closed_at = 0;

-- name: due_set
UPDATE flow_case SET due_day = $6 WHERE zone_id = $1 AND flow = $2 AND node = $3 AND flow_id = $4 AND since_day = $5 AND closed_at = 0 AND due_day <> $6;
