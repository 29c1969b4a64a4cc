-- name: blob_bytes
SELECT bytes FROM blob WHERE zone_id = $1 AND sha256 = $2;

-- name: blob_add
INSERT INTO blob (zone_id, sha256, bytes) VALUES ($1, $2, $3) ON CONFLICT (zone_id, sha256) DO NOTHING;

-- name: chunk_add
INSERT INTO blob_chunk (zone_id, sha256, at, data) VALUES ($1, $2, $3, $4);

-- name: chunk_at
SELECT at, data FROM blob_chunk WHERE zone_id = $1 AND sha256 = $2 AND at = $3;

-- name: blobs_after
SELECT sha256, bytes FROM blob WHERE zone_id = $1 AND sha256 > $2 ORDER BY sha256 LIMIT 100;

-- name: row
SELECT id, org_id AS org, person_id AS person, name, type, bytes, sha256, at FROM document WHERE zone_id = $1 AND id = $2;

-- name: add
INSERT INTO document (zone_id, id, org_id, person_id, name, type, bytes, sha256, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: link_add
INSERT INTO document_link (zone_id, object, object_id, used_as, document_id) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, object, object_id, used_as, document_id) DO NOTHING;

-- name: link_end
DELETE FROM document_link WHERE zone_id = $1 AND object = $2 AND object_id = $3 AND used_as = $4;

-- name: link_count
SELECT count(*) FROM document_link WHERE zone_id = $1 AND object = $2 AND object_id = $3 AND document_id = $4;

-- name: of_object
SELECT d.id, l.object_id AS object, l.used_as, d.name, d.type, d.bytes, d.sha256, d.at AS sent_at FROM document_link l
  JOIN document d ON d.zone_id = l.zone_id AND d.id = l.document_id
 WHERE l.zone_id = $1 AND l.object = $2 AND l.object_id = $3 ORDER BY d.id;

-- name: same_content
SELECT m.used_as, o.object, o.object_id FROM document_link m
  JOIN document d ON d.zone_id = m.zone_id AND d.id = m.document_id
  JOIN document e ON e.zone_id = d.zone_id AND e.sha256 = d.sha256
  JOIN document_link o ON o.zone_id = e.zone_id AND o.document_id = e.id
 WHERE m.zone_id = $1 AND m.object = $2 AND m.object_id = $3 AND NOT (o.object = m.object AND o.object_id = m.object_id)
 ORDER BY o.object, o.object_id LIMIT 20;
