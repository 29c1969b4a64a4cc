-- name: put
INSERT INTO budget_limit (zone_id, line_id, item_id, month, limit_fen, mode) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (zone_id, line_id, item_id, month) DO UPDATE SET limit_fen = excluded.limit_fen, mode = excluded.mode;

-- name: lift
DELETE FROM budget_limit WHERE zone_id = $1 AND line_id = $2 AND item_id = $3 AND month = $4;

-- those that a change of this service in this month may touch, with what is bound under each
-- name: touched
SELECT b.item_id AS item, b.month, b.limit_fen, b.mode,
  (SELECT coalesce(sum(m.reserved_fen + m.committed_fen + m.paid_fen), 0) FROM budget_month m
    WHERE m.zone_id = b.zone_id AND m.line_id = b.line_id AND (b.item_id = 0 OR m.item_id = b.item_id) AND (b.month = 0 OR m.month = b.month)) AS bound_fen
  FROM budget_limit b WHERE b.zone_id = $1 AND b.line_id = $2 AND b.item_id IN (0, $3) AND b.month IN (0, $4) ORDER BY b.item_id, b.month;

-- name: of_line
SELECT b.item_id AS item, b.month, b.limit_fen, b.mode,
  (SELECT coalesce(sum(m.reserved_fen + m.committed_fen + m.paid_fen), 0) FROM budget_month m
    WHERE m.zone_id = b.zone_id AND m.line_id = b.line_id AND (b.item_id = 0 OR m.item_id = b.item_id) AND (b.month = 0 OR m.month = b.month)) AS bound_fen
  FROM budget_limit b WHERE b.zone_id = $1 AND b.line_id = $2 ORDER BY b.month, b.item_id LIMIT 500;

-- name: item_name
SELECT name FROM item_named WHERE zone_id = $1 AND id = $2;

-- each service and month of the lines, newest first; 0 and 0: not asked for
-- name: months_before
SELECT m.month, m.line_id, m.item_id AS item, l.policy_id AS policy, l.year, p.code, m.reserved_fen, m.committed_fen, m.paid_fen,
  m.reserved_fen + m.committed_fen + m.paid_fen AS bound_fen, l.total_fen - l.reserved_fen - l.committed_fen - l.paid_fen AS available_fen,
  (SELECT v.name FROM item_named v WHERE v.zone_id = m.zone_id AND v.id = m.item_id) AS item_name
  FROM budget_month m JOIN budget_line l ON l.zone_id = m.zone_id AND l.id = m.line_id JOIN policy p ON p.zone_id = l.zone_id AND p.id = l.policy_id
 WHERE m.zone_id = $1 AND (m.month, m.line_id, m.item_id) < ($2, $3, $4) AND ($5 = 0 OR m.month = $5) AND ($6 = 0 OR l.policy_id = $6) AND ($7 = 0 OR m.item_id = $7) AND ($8 = 0 OR l.year = $8)
 ORDER BY m.month DESC, m.line_id DESC, m.item_id DESC LIMIT 51;

-- name: bound_between
SELECT coalesce(sum(reserved_fen + committed_fen + paid_fen), 0) FROM budget_month WHERE zone_id = $1 AND line_id = $2 AND month BETWEEN $3 AND $4;
