-- name: add
INSERT INTO upload (zone_id, key, org_id, person_id, name, bytes, taken, begun_at, moved_at, state) VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7, 'receiving');

-- name: row
SELECT key, org_id AS org, person_id AS person, name, bytes, taken, begun_at, state, document_id AS document, reason, reason_about
  FROM upload WHERE zone_id = $1 AND key = $2;

-- name: chunk_add
INSERT INTO upload_chunk (zone_id, key, at, data) VALUES ($1, $2, $3, $4);

-- name: chunk_at
SELECT at, data FROM upload_chunk WHERE zone_id = $1 AND key = $2 AND at = $3;

-- name: move
UPDATE upload SET taken = $3, moved_at = $4, state = CASE WHEN $3 = bytes THEN 'checking' ELSE 'receiving' END WHERE zone_id = $1 AND key = $2;

-- name: judge
UPDATE upload SET state = $3, document_id = $4, reason = $5, reason_about = $6, moved_at = $7 WHERE zone_id = $1 AND key = $2;

-- name: chunks_end
DELETE FROM upload_chunk WHERE zone_id = $1 AND key = $2;

-- name: end
DELETE FROM upload WHERE zone_id = $1 AND key = $2;

-- name: of_person_unfinished
SELECT key FROM upload WHERE zone_id = $1 AND person_id = $2 AND state IN ('receiving', 'checking') ORDER BY moved_at DESC, key;

-- name: older
SELECT key FROM upload WHERE zone_id = $1 AND moved_at < $2 ORDER BY moved_at LIMIT 100;

-- name: unchecked
SELECT key FROM upload WHERE zone_id = $1 AND state = 'checking' AND moved_at < $2 ORDER BY moved_at LIMIT 100;

-- name: newest_of_person
SELECT u.key, u.name, u.bytes, u.taken, u.begun_at, u.state, u.reason, u.reason_about, u.document_id AS document, o.name AS org_name FROM upload u
  JOIN org o ON o.zone_id = u.zone_id AND o.id = u.org_id WHERE u.zone_id = $1 AND u.person_id = $2 ORDER BY u.moved_at DESC LIMIT 50;

-- name: newest
SELECT u.key, u.name, u.bytes, u.taken, u.begun_at, u.state, u.reason, u.reason_about, u.document_id AS document, o.name AS org_name FROM upload u
  JOIN org o ON o.zone_id = u.zone_id AND o.id = u.org_id WHERE u.zone_id = $1 ORDER BY u.moved_at DESC LIMIT 50;
