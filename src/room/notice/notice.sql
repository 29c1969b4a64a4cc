-- name: next_number
INSERT INTO notice_number (zone_id, year, last) VALUES ($1, $2, 1) ON CONFLICT (zone_id, year) DO UPDATE SET last = notice_number.last + 1 RETURNING last;

-- name: add_notice
INSERT INTO notice (zone_id, id, number, title, kind, basis, batch_id, first_day, last_day, published_day, published_at, calendar)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: add_line
INSERT INTO notice_line (zone_id, notice_id, place, case_id, number, agency, enterprise, item, payee, amount_fen, last_day, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open');

-- name: last_line
SELECT case_id, place, number, agency, enterprise, item, payee, amount_fen, state FROM notice_line
 WHERE zone_id = $1 AND case_id = $2 ORDER BY notice_id DESC LIMIT 1;

-- name: line_of
SELECT last_day FROM notice_line WHERE zone_id = $1 AND notice_id = $2 AND case_id = $3;

-- name: mark_line
UPDATE notice_line SET state = $3 WHERE zone_id = $1 AND case_id = $2 AND state IN ('open', 'objected');

-- name: mark_line_until
UPDATE notice_line SET state = $3, last_day = $4 WHERE zone_id = $1 AND case_id = $2 AND state IN ('open', 'objected');

-- name: newest
SELECT id, number, title, first_day, last_day, published_day, published_at FROM notice WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: row
SELECT id, number, title, kind, basis, first_day, last_day, published_day, calendar FROM notice WHERE zone_id = $1 AND id = $2;

-- name: lines_of
SELECT place, case_id, number, agency, enterprise, item, payee, amount_fen, last_day, state FROM notice_line
 WHERE zone_id = $1 AND notice_id = $2 ORDER BY place LIMIT 5000;

-- the same case as it stands in a later notice
-- name: later_line
SELECT l.notice_id AS now_id, n.number AS now_number, l.agency, l.enterprise, l.item, l.payee, l.amount_fen FROM notice_line l JOIN notice n ON n.zone_id = l.zone_id AND n.id = l.notice_id
 WHERE l.zone_id = $1 AND l.case_id = $2 AND l.notice_id > $3 ORDER BY l.notice_id LIMIT 1;

-- name: add_objection
INSERT INTO objection (zone_id, id, notice_id, case_id, code_hash, name, contact, text, lodged_day, due_day, evidence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: objection_by_code
SELECT id, notice_id, lodged_day, due_day, answer, verdict, answered_day FROM objection WHERE zone_id = $1 AND code_hash = $2;

-- name: objections_of_case
SELECT id, notice_id, name, contact, text, lodged_day, due_day, answer, verdict, answered_day FROM objection WHERE zone_id = $1 AND case_id = $2 ORDER BY id;

-- name: open_of_case
SELECT count(*) FROM objection WHERE zone_id = $1 AND case_id = $2 AND answered_day = 0;

-- name: objections_waiting
SELECT id, notice_id, case_id, name, contact, text, lodged_day, due_day FROM objection WHERE zone_id = $1 AND answered_day = 0 ORDER BY id LIMIT 100;

-- name: objection_row
SELECT id, notice_id, case_id, name, contact, text, lodged_day, due_day, answer, verdict, answered_day, evidence FROM objection WHERE zone_id = $1 AND id = $2;

-- name: put_answer
UPDATE objection SET answer = $3, verdict = $4, answered_by = $5, answered_day = $6 WHERE zone_id = $1 AND id = $2 AND answered_day = 0;

-- name: running
SELECT id, published_day, last_day FROM notice WHERE zone_id = $1 AND last_day >= $2 ORDER BY last_day, id;

-- name: put_end
UPDATE notice SET first_day = $3, last_day = $4, calendar = $5 WHERE zone_id = $1 AND id = $2;

-- name: put_line_ends
UPDATE notice_line SET last_day = $4 WHERE zone_id = $1 AND notice_id = $2 AND last_day = $3 AND state IN ('open', 'objected');

-- name: add_move
INSERT INTO notice_move (zone_id, notice_id, moved_at, on_day, old_day, new_day) VALUES ($1, $2, $3, $4, $5, $6);

-- name: moves_of
SELECT on_day, old_day, new_day FROM notice_move WHERE zone_id = $1 AND notice_id = $2 ORDER BY moved_at;
