-- name: line_row
SELECT l.id, l.policy_id AS policy, l.year, l.total_fen, l.reserved_fen, l.committed_fen, l.paid_fen,
  l.total_fen - l.reserved_fen - l.committed_fen - l.paid_fen AS available_fen, p.code FROM budget_line l
  JOIN policy p ON p.zone_id = l.zone_id AND p.id = l.policy_id WHERE l.zone_id = $1 AND l.policy_id = $2 AND l.year = $3;

-- name: line_by_id
SELECT l.id, l.policy_id AS policy, l.year, l.total_fen, l.reserved_fen, l.committed_fen, l.paid_fen,
  l.total_fen - l.reserved_fen - l.committed_fen - l.paid_fen AS available_fen, p.code FROM budget_line l
  JOIN policy p ON p.zone_id = l.zone_id AND p.id = l.policy_id WHERE l.zone_id = $1 AND l.id = $2;

-- name: lines_after
SELECT l.id, l.policy_id AS policy, l.year, l.total_fen, l.reserved_fen, l.committed_fen, l.paid_fen,
  l.total_fen - l.reserved_fen - l.committed_fen - l.paid_fen AS available_fen, p.code FROM budget_line l
  JOIN policy p ON p.zone_id = l.zone_id AND p.id = l.policy_id WHERE l.zone_id = $1 AND l.id > $2 ORDER BY l.id LIMIT 51;

-- name: line_add
INSERT INTO budget_line (zone_id, id, policy_id, year, total_fen) VALUES ($1, $2, $3, $4, 0);

-- the one place where money moves: it moves only while the line has it
-- name: line_move
UPDATE budget_line SET total_fen = total_fen + $3, reserved_fen = reserved_fen + $4, committed_fen = committed_fen + $5, paid_fen = paid_fen + $6
 WHERE zone_id = $1 AND id = $2
   AND reserved_fen + $4 + committed_fen + $5 + paid_fen + $6 <= total_fen + $3
   AND reserved_fen + $4 >= 0 AND committed_fen + $5 >= 0 AND paid_fen + $6 >= 0;

-- name: entry_add
INSERT INTO budget_entry (zone_id, id, line_id, case_id, kind, total_fen, reserved_fen, committed_fen, paid_fen, on_day, at, person_id, reason)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13);

-- name: hold_row
SELECT hold_id, line_id, item_id, reserved_fen FROM budget_hold WHERE zone_id = $1 AND hold_id = $2;

-- name: hold_put
INSERT INTO budget_hold (zone_id, hold_id, line_id, item_id, reserved_fen) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, hold_id) DO UPDATE SET line_id = excluded.line_id, reserved_fen = excluded.reserved_fen;

-- name: claim_row
SELECT case_id, hold_id, line_id, drawn_fen, committed_fen, paid_fen FROM budget_claim WHERE zone_id = $1 AND case_id = $2;

-- name: claim_put
INSERT INTO budget_claim (zone_id, case_id, hold_id, line_id, drawn_fen, committed_fen, paid_fen) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (zone_id, case_id) DO UPDATE SET hold_id = excluded.hold_id, line_id = excluded.line_id, drawn_fen = excluded.drawn_fen,
  committed_fen = excluded.committed_fen, paid_fen = excluded.paid_fen;

-- name: entries_of_line
SELECT id, case_id, kind, total_fen, reserved_fen, committed_fen, paid_fen, on_day, at AS done_at, person_id, reason FROM budget_entry
 WHERE zone_id = $1 AND line_id = $2 AND id < $3 ORDER BY id DESC LIMIT 51;

-- name: unbalanced_lines
SELECT l.id, l.total_fen, l.reserved_fen, l.committed_fen, l.paid_fen, coalesce(sum(e.total_fen), 0) AS entries_total_fen,
  coalesce(sum(e.reserved_fen), 0) AS entries_reserved_fen, coalesce(sum(e.committed_fen), 0) AS entries_committed_fen,
  coalesce(sum(e.paid_fen), 0) AS entries_paid_fen
  FROM budget_line l LEFT JOIN budget_entry e ON e.zone_id = l.zone_id AND e.line_id = l.id WHERE l.zone_id = $1
 GROUP BY l.id, l.total_fen, l.reserved_fen, l.committed_fen, l.paid_fen
HAVING l.total_fen <> coalesce(sum(e.total_fen), 0) OR l.reserved_fen <> coalesce(sum(e.reserved_fen), 0)
    OR l.committed_fen <> coalesce(sum(e.committed_fen), 0) OR l.paid_fen <> coalesce(sum(e.paid_fen), 0);

-- name: unbalanced_holds
SELECT l.id, l.reserved_fen, (SELECT coalesce(sum(h.reserved_fen), 0) FROM budget_hold h WHERE h.zone_id = l.zone_id AND h.line_id = l.id) AS held_fen
  FROM budget_line l WHERE l.zone_id = $1
   AND l.reserved_fen <> (SELECT coalesce(sum(h.reserved_fen), 0) FROM budget_hold h WHERE h.zone_id = l.zone_id AND h.line_id = l.id);

-- name: unbalanced_claims
SELECT l.id, l.committed_fen, l.paid_fen FROM budget_line l WHERE l.zone_id = $1
   AND (l.committed_fen <> (SELECT coalesce(sum(h.committed_fen), 0) FROM budget_claim h WHERE h.zone_id = l.zone_id AND h.line_id = l.id)
     OR l.paid_fen <> (SELECT coalesce(sum(h.paid_fen), 0) FROM budget_claim h WHERE h.zone_id = l.zone_id AND h.line_id = l.id));

-- name: unbalanced_months
SELECT l.id, l.reserved_fen, l.committed_fen, l.paid_fen FROM budget_line l LEFT JOIN budget_month m ON m.zone_id = l.zone_id AND m.line_id = l.id WHERE l.zone_id = $1
 GROUP BY l.id, l.reserved_fen, l.committed_fen, l.paid_fen
HAVING l.reserved_fen <> coalesce(sum(m.reserved_fen), 0) OR l.committed_fen <> coalesce(sum(m.committed_fen), 0) OR l.paid_fen <> coalesce(sum(m.paid_fen), 0);

-- name: month_add
INSERT INTO budget_month (zone_id, line_id, item_id, month, reserved_fen, committed_fen, paid_fen) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (zone_id, line_id, item_id, month) DO UPDATE SET reserved_fen = budget_month.reserved_fen + excluded.reserved_fen,
  committed_fen = budget_month.committed_fen + excluded.committed_fen, paid_fen = budget_month.paid_fen + excluded.paid_fen;
