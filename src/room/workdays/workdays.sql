-- name: papers
SELECT id, csv FROM workdays_paper WHERE zone_id = $1 ORDER BY id LIMIT 1000;

-- name: taken
SELECT w.id, w.version, w.taken_day, w.moved, p.name AS taken_by FROM workdays_paper w LEFT JOIN person p ON p.zone_id = w.zone_id AND p.id = w.taken_by
 WHERE w.zone_id = $1 ORDER BY w.id DESC LIMIT 50;

-- name: add_paper
INSERT INTO workdays_paper (zone_id, id, csv, version, taken_day, taken_at, taken_by, moved) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);
