-- name: row
SELECT p.id, p.kind, p.number, p.month, p.batch_id AS batch, p.application_id AS application, p.former_id AS former, p.count, p.total_fen, p.snapshot, p.sha256,
  h.head, p.issued_day, p.issued_by, p.issued_at
  FROM paper p JOIN paper_head h ON h.zone_id = p.zone_id AND h.paper_id = p.id WHERE p.zone_id = $1 AND p.id = $2;

-- name: newest
SELECT id, kind, number, month, batch_id AS batch, former_id AS former, count, total_fen, issued_day FROM paper
 WHERE zone_id = $1 AND id < $2 AND kind <> 'claim' ORDER BY id DESC LIMIT 51;

-- name: newest_of_month
SELECT id, kind, number, month, batch_id AS batch, former_id AS former, count, total_fen, issued_day FROM paper
 WHERE zone_id = $1 AND id < $2 AND month = $3 AND kind <> 'claim' ORDER BY id DESC LIMIT 51;

-- name: newest_of_kind
SELECT id, kind, number, month, batch_id AS batch, former_id AS former, count, total_fen, issued_day FROM paper
 WHERE zone_id = $1 AND id < $2 AND kind = $3 ORDER BY id DESC LIMIT 51;

-- name: newest_of_month_and_kind
SELECT id, kind, number, month, batch_id AS batch, former_id AS former, count, total_fen, issued_day FROM paper
 WHERE zone_id = $1 AND id < $2 AND month = $3 AND kind = $4 ORDER BY id DESC LIMIT 51;

-- name: all_of_batch
SELECT id, kind, number, issued_day, count, total_fen FROM paper WHERE zone_id = $1 AND batch_id = $2 AND batch_id > 0 ORDER BY id LIMIT 100;

-- the claims of an application and the papers that it stands in
-- name: all_of_application
SELECT p.id, p.kind, p.number, p.issued_day, p.count, p.total_fen FROM paper_line l JOIN paper p ON p.zone_id = l.zone_id AND p.id = l.paper_id
 WHERE l.zone_id = $1 AND l.application_id = $2 ORDER BY l.paper_id LIMIT 100;

-- name: claims_of_application
SELECT id, kind, number, issued_day, count, total_fen FROM paper WHERE zone_id = $1 AND application_id = $2 AND application_id > 0 ORDER BY id LIMIT 100;

-- name: last_of_batch
SELECT p.id, p.kind, p.number, p.month, p.batch_id AS batch, p.application_id AS application, p.former_id AS former, p.count, p.total_fen, p.snapshot, p.sha256,
  h.head, p.issued_day, p.issued_by, p.issued_at
  FROM paper p JOIN paper_head h ON h.zone_id = p.zone_id AND h.paper_id = p.id
 WHERE p.zone_id = $1 AND p.batch_id = $2 AND p.batch_id > 0 AND p.kind = $3 ORDER BY p.id DESC LIMIT 1;

-- name: next_number
INSERT INTO paper_number (zone_id, kind, year, last) VALUES ($1, $2, $3, 1)
ON CONFLICT (zone_id, kind, year) DO UPDATE SET last = paper_number.last + 1 RETURNING last;

-- name: line_source
SELECT a.id AS application, a.number, g.name AS agency, e.name AS enterprise, i.name AS item, y.name AS payee, a.amount_fen, a.month,
  v.id AS policy_version, v.policy_id AS policy, v.title, v.document_number, v.clause
  FROM application a JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id JOIN org e ON e.zone_id = a.zone_id AND e.id = a.enterprise_id
  JOIN org y ON y.zone_id = a.zone_id AND y.id = a.payee_id JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id
  JOIN item_version i ON i.zone_id = a.zone_id AND i.id = m.item_version_id JOIN policy_version v ON v.zone_id = a.zone_id AND v.id = a.policy_version_id
 WHERE a.zone_id = $1 AND a.id = $2;

-- name: batch_month
SELECT month FROM batch WHERE zone_id = $1 AND id = $2;

-- name: line_add
INSERT INTO paper_line (zone_id, paper_id, place, application_id, number, agency, enterprise, item, payee, amount_fen)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- the lines of one paper that the other does not have with the same amount
-- name: not_in
SELECT t.application_id AS application, t.number, t.amount_fen,
  CASE WHEN EXISTS (SELECT 1 FROM paper_line o WHERE o.zone_id = t.zone_id AND o.paper_id = $3 AND o.application_id = t.application_id) THEN 1 ELSE 0 END AS changed
  FROM paper_line t WHERE t.zone_id = $1 AND t.paper_id = $2
   AND NOT EXISTS (SELECT 1 FROM paper_line o WHERE o.zone_id = t.zone_id AND o.paper_id = $3 AND o.application_id = t.application_id AND o.amount_fen = t.amount_fen)
 ORDER BY t.place;

-- name: last_word
SELECT from_node AS step, message, note FROM flow_history
 WHERE zone_id = $1 AND case_id = $2 AND at >= $3 AND (note <> '' OR message <> '') ORDER BY n DESC LIMIT 1;

-- name: approval
SELECT on_day, note FROM flow_history WHERE zone_id = $1 AND case_id = $2 AND from_node = 'approve' AND choice <> '' ORDER BY n DESC LIMIT 1;

-- name: notice_days
SELECT n.number, n.first_day, n.last_day FROM notice_line l JOIN notice n ON n.zone_id = l.zone_id AND n.id = l.notice_id
 WHERE l.zone_id = $1 AND l.case_id = $2 ORDER BY l.notice_id DESC LIMIT 1;

-- name: change_add
INSERT INTO paper_change (zone_id, paper_id, application_id, kind, number, amount_fen, step, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: add
INSERT INTO paper (zone_id, id, kind, number, month, batch_id, application_id, former_id, count, total_fen, snapshot, sha256, issued_day, issued_by, issued_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: head_add
INSERT INTO paper_head (zone_id, paper_id, head) VALUES ($1, $2, $3);
