-- name: add
INSERT INTO message (zone_id, id, person_id, at, on_day, text_id, arg0, arg1, arg2, href) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: newest
SELECT id, at AS sent_at, on_day, text_id, arg0, arg1, arg2, href, read_at FROM message
 WHERE zone_id = $1 AND person_id = $2 AND id < $3 ORDER BY id DESC LIMIT 51;

-- name: unread_count
SELECT count(*) FROM (SELECT 1 FROM message WHERE zone_id = $1 AND person_id = $2 AND read_at = 0 LIMIT 100) AS few;

-- name: mark_read
UPDATE message SET read_at = $3 WHERE zone_id = $1 AND person_id = $2 AND read_at = 0 AND id <= $4;

-- name: newest_unread
SELECT id, at AS sent_at, on_day, text_id, arg0, arg1, arg2, href, read_at FROM message
 WHERE zone_id = $1 AND person_id = $2 AND id < $3 AND read_at = 0 ORDER BY id DESC LIMIT 51;

-- name: mark_one
UPDATE message SET read_at = $3 WHERE zone_id = $1 AND person_id = $2 AND read_at = 0 AND id = $4;

-- name: move_all
UPDATE message SET person_id = $3 WHERE zone_id = $1 AND person_id = $2;
