-- name: row
SELECT id, number, kind, month, batch_id AS batch, count, total_fen, hash, made_day, made_by, former_id AS former FROM payment WHERE zone_id = $1 AND id = $2;

-- name: newest
SELECT id, number, kind, month, batch_id AS batch, count, total_fen, made_day, former_id AS former FROM payment WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: newest_of_month
SELECT id, number, kind, month, batch_id AS batch, count, total_fen, made_day, former_id AS former FROM payment
 WHERE zone_id = $1 AND id < $2 AND month = $3 ORDER BY id DESC LIMIT 51;

-- name: add
INSERT INTO payment (zone_id, id, number, kind, month, batch_id, count, total_fen, hash, made_day, made_by, former_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: line_add
INSERT INTO payment_line (zone_id, id, payment_id, application_id, case_id, org_id, holder, bank, account, amount_fen, retry_of)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: lines
SELECT l.id, l.payment_id AS payment, l.application_id AS application, l.case_id, l.org_id AS org, l.holder, l.bank, l.account, l.amount_fen, l.state, l.bank_ref,
  l.bank_day, l.failure, l.retry_of, a.number
  FROM payment_line l JOIN application a ON a.zone_id = l.zone_id AND a.id = l.application_id
 WHERE l.zone_id = $1 AND l.payment_id = $2 ORDER BY l.id LIMIT 100000;

-- name: lines_after
SELECT l.id, l.payment_id AS payment, l.application_id AS application, l.case_id, l.org_id AS org, l.holder, l.bank, l.account, l.amount_fen, l.state, l.bank_ref,
  l.bank_day, l.failure, l.retry_of, a.number
  FROM payment_line l JOIN application a ON a.zone_id = l.zone_id AND a.id = l.application_id
 WHERE l.zone_id = $1 AND l.payment_id = $2 AND l.id > $3 ORDER BY l.id LIMIT 201;

-- name: failed_lines
SELECT l.id, l.payment_id AS payment, l.application_id AS application, l.case_id, l.org_id AS org, l.holder, l.bank, l.account, l.amount_fen, l.state, l.bank_ref,
  l.bank_day, l.failure, l.retry_of, a.number
  FROM payment_line l JOIN application a ON a.zone_id = l.zone_id AND a.id = l.application_id
 WHERE l.zone_id = $1 AND l.payment_id = $2 AND l.state = 'failed'
   AND NOT EXISTS (SELECT 1 FROM payment_line t WHERE t.zone_id = l.zone_id AND t.retry_of = l.id AND t.retry_of > 0)
 ORDER BY l.id LIMIT 100000;

-- name: lines_of_application
SELECT l.id, l.payment_id AS payment, p.number, p.kind, l.bank, l.account, l.amount_fen, l.state, l.bank_ref, l.bank_day, l.failure
  FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
 WHERE l.zone_id = $1 AND l.application_id = $2 ORDER BY l.id LIMIT 100;

-- name: line_done
UPDATE payment_line SET state = $3, bank_ref = $4, bank_day = $5, failure = $6 WHERE zone_id = $1 AND id = $2 AND state = 'ordered';

-- name: sums
SELECT coalesce(sum(CASE WHEN state = 'ordered' THEN 1 ELSE 0 END), 0) AS open_count, coalesce(sum(CASE WHEN state = 'ordered' THEN amount_fen ELSE 0 END), 0) AS open_fen,
  coalesce(sum(CASE WHEN state = 'paid' THEN 1 ELSE 0 END), 0) AS paid_count, coalesce(sum(CASE WHEN state = 'paid' THEN amount_fen ELSE 0 END), 0) AS paid_fen,
  coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0) AS failed_count, coalesce(sum(CASE WHEN state = 'failed' THEN amount_fen ELSE 0 END), 0) AS failed_fen
  FROM payment_line WHERE zone_id = $1 AND payment_id = $2;

-- name: failed_left
SELECT count(*) FROM payment_line l WHERE l.zone_id = $1 AND l.payment_id = $2 AND l.state = 'failed'
   AND NOT EXISTS (SELECT 1 FROM payment_line t WHERE t.zone_id = l.zone_id AND t.retry_of = l.id AND t.retry_of > 0);

-- who decided an earlier step of a line's application or reward has reviewed it
-- name: reviewed_by
SELECT count(*) FROM (SELECT case_id FROM payment_line WHERE zone_id = $1 AND payment_id = $2 UNION SELECT application_id FROM payment_line WHERE zone_id = $1 AND payment_id = $2) AS paid
  JOIN flow_history h ON h.zone_id = $1 AND h.case_id = paid.case_id
 WHERE h.choice <> '' AND h.from_node <> 'pay' AND (h.person IN ($3, $4) OR h.for_person IN ($3, $4));

-- name: month_sums
SELECT count(CASE WHEN l.retry_of = 0 THEN 1 END) AS ordered_count, coalesce(sum(CASE WHEN l.retry_of = 0 THEN l.amount_fen ELSE 0 END), 0) AS ordered_fen,
  count(CASE WHEN l.state = 'paid' THEN 1 END) AS paid_count, coalesce(sum(CASE WHEN l.state = 'paid' THEN l.amount_fen ELSE 0 END), 0) AS paid_fen,
  count(CASE WHEN l.state = 'ordered' THEN 1 END) AS open_count, coalesce(sum(CASE WHEN l.state = 'ordered' THEN l.amount_fen ELSE 0 END), 0) AS open_fen,
  count(CASE WHEN l.state = 'failed' AND t.id IS NULL THEN 1 END) AS failed_count,
  coalesce(sum(CASE WHEN l.state = 'failed' AND t.id IS NULL THEN l.amount_fen ELSE 0 END), 0) AS failed_fen
  FROM payment_line l LEFT JOIN payment_line t ON t.zone_id = l.zone_id AND t.retry_of = l.id AND t.retry_of > 0
 WHERE l.zone_id = $1 AND l.payment_id IN (SELECT id FROM payment WHERE zone_id = $1 AND month = $2);

-- what the budget has paid for the lines first ordered in a month
-- name: month_ledger
SELECT coalesce(sum(b.paid_fen), 0) FROM budget_claim b
 WHERE b.zone_id = $1 AND b.case_id IN (SELECT l.application_id FROM payment p CROSS JOIN payment_line l
                                         WHERE l.zone_id = p.zone_id AND l.payment_id = p.id AND p.zone_id = $1 AND p.month = $2 AND l.retry_of = 0);

-- the same applications' lines of any month: an agency's part and a reward may be of two months
-- name: month_ordered
SELECT coalesce(sum(l.amount_fen), 0) FROM payment_line l
 WHERE l.zone_id = $1 AND l.retry_of = 0
   AND l.application_id IN (SELECT x.application_id FROM payment p CROSS JOIN payment_line x
                             WHERE x.zone_id = p.zone_id AND x.payment_id = p.id AND p.zone_id = $1 AND p.month = $2 AND x.retry_of = 0);

-- name: month_open
SELECT l.id, l.payment_id AS payment, p.number AS order_number, a.number, l.holder, l.amount_fen, l.state, l.failure
  FROM payment p JOIN payment_line l ON l.zone_id = p.zone_id AND l.payment_id = p.id JOIN application a ON a.zone_id = l.zone_id AND a.id = l.application_id
  LEFT JOIN payment_line t ON t.zone_id = l.zone_id AND t.retry_of = l.id AND t.retry_of > 0
 WHERE p.zone_id = $1 AND p.month = $2 AND (l.state = 'ordered' OR (l.state = 'failed' AND t.id IS NULL)) ORDER BY l.id LIMIT 200;

-- name: month_closed
SELECT closed_day FROM payment_month WHERE zone_id = $1 AND month = $2;

-- name: month_close
INSERT INTO payment_month (zone_id, month, total_fen, closed_day, closed_by) VALUES ($1, $2, $3, $4, $5);

-- orders whose bank results are missing, or whose failed lines wait for a retry
-- name: waiting
SELECT p.id, p.number, p.made_day, count(*) AS count, sum(l.amount_fen) AS total_fen, sum(CASE WHEN l.state = 'failed' THEN 1 ELSE 0 END) AS failed_count
  FROM payment_line l JOIN payment p ON p.zone_id = l.zone_id AND p.id = l.payment_id
 WHERE l.zone_id = $1 AND l.state <> 'paid'
   AND NOT EXISTS (SELECT 1 FROM payment_line t WHERE t.zone_id = l.zone_id AND t.retry_of = l.id AND t.retry_of > 0)
 GROUP BY p.id, p.number, p.made_day ORDER BY p.id LIMIT 50;
