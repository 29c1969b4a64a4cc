-- name: add
INSERT INTO original_seen (zone_id, application_id, document_id, seen_by, seen_org, seen_day) VALUES ($1, $2, $3, $4, $5, $6);

-- name: of_file
SELECT seen_by, seen_org, seen_day FROM original_seen WHERE zone_id = $1 AND application_id = $2 AND document_id = $3;
