-- name: put
INSERT INTO step_pace (zone_id, node, month, days, cases) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, node, month, days) DO UPDATE SET cases = step_pace.cases + $5;

-- of the newest $3 batches that have left this step
-- name: of_step
SELECT days, sum(cases) AS cases FROM step_pace
 WHERE zone_id = $1 AND node = $2
   AND month IN (SELECT DISTINCT month FROM step_pace WHERE zone_id = $1 AND node = $2 ORDER BY month DESC LIMIT $3)
 GROUP BY days ORDER BY days;

-- name: batches_of_step
SELECT count(*) FROM (SELECT DISTINCT month FROM step_pace WHERE zone_id = $1 AND node = $2 ORDER BY month DESC LIMIT $3) AS newest;
