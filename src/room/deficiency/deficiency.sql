-- name: row
SELECT id, case_id, owner_org, round, step, item, reason, clause, text, is_late, late_reason, raised_by, raised_day, state, answer, answered_by, answered_day
  FROM deficiency WHERE zone_id = $1 AND id = $2;

-- name: add
INSERT INTO deficiency (zone_id, id, case_id, owner_org, round, step, item, reason, clause, text, is_late, late_reason, raised_by, raised_day, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: of_case
SELECT id, case_id, owner_org, round, step, item, reason, clause, text, is_late, late_reason, raised_by, raised_day, state, answer, answered_by, answered_day
  FROM deficiency WHERE zone_id = $1 AND case_id = $2 ORDER BY id LIMIT 500;

-- name: count_in_state
SELECT count(*) FROM deficiency WHERE zone_id = $1 AND case_id = $2 AND state = $3;

-- name: last_round
SELECT max(round) FROM deficiency WHERE zone_id = $1 AND case_id = $2 AND state <> 'noted';

-- name: last_round_at_step
SELECT max(round) FROM deficiency WHERE zone_id = $1 AND case_id = $2 AND step = $3 AND state <> 'noted';

-- name: raised_before
SELECT count(*) FROM deficiency WHERE zone_id = $1 AND case_id = $2 AND item = $3 AND state <> 'noted';

-- name: change_state
UPDATE deficiency SET state = $4 WHERE zone_id = $1 AND case_id = $2 AND state = $3;

-- name: withdraw_it
UPDATE deficiency SET state = 'withdrawn' WHERE zone_id = $1 AND id = $2 AND state IN ('noted', 'open', 'answered');

-- name: put_answer
UPDATE deficiency SET answer = $3, answered_by = $4, answered_day = $5, state = 'answered' WHERE zone_id = $1 AND id = $2 AND state IN ('open', 'answered');

-- name: late_by_person
SELECT raised_by AS person, count(*) AS late FROM deficiency WHERE zone_id = $1 AND is_late = 1 AND state <> 'withdrawn' GROUP BY raised_by ORDER BY late DESC LIMIT 100;
