-- step: 001
CREATE TABLE blob (
  zone_id @int NOT NULL,
  sha256 @text NOT NULL,
  bytes @int NOT NULL,
  PRIMARY KEY (zone_id, sha256)
);
CREATE TABLE blob_chunk (
  zone_id @int NOT NULL,
  sha256 @text NOT NULL,
  at @int NOT NULL,
  data @blob NOT NULL,
  PRIMARY KEY (zone_id, sha256, at),
  FOREIGN KEY (zone_id, sha256) REFERENCES blob (zone_id, sha256)
);
CREATE TABLE document (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  person_id @int NOT NULL,
  name @text NOT NULL,
  type @text NOT NULL,
  bytes @int NOT NULL CHECK (bytes > 0),
  sha256 @text NOT NULL,
  at @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  FOREIGN KEY (zone_id, sha256) REFERENCES blob (zone_id, sha256)
);
CREATE INDEX document_by_hash ON document (zone_id, sha256);
CREATE TABLE document_link (
  zone_id @int NOT NULL,
  object @text NOT NULL,
  object_id @int NOT NULL,
  used_as @text NOT NULL,
  document_id @int NOT NULL,
  PRIMARY KEY (zone_id, object, object_id, used_as, document_id)
);
CREATE INDEX document_link_back ON document_link (zone_id, document_id);
-- step: 002
CREATE TABLE upload (
  zone_id @int NOT NULL,
  key @text NOT NULL,
  org_id @int NOT NULL,
  person_id @int NOT NULL,
  name @text NOT NULL,
  bytes @int NOT NULL CHECK (bytes > 0),
  taken @int NOT NULL CHECK (taken BETWEEN 0 AND bytes),
  begun_at @int NOT NULL,
  moved_at @int NOT NULL,
  state @text NOT NULL CHECK (state IN ('receiving', 'checking', 'accepted', 'refused')),
  document_id @int,
  reason @text,
  reason_about @text,
  PRIMARY KEY (zone_id, key)
);
CREATE INDEX upload_by_person ON upload (zone_id, person_id, moved_at);
CREATE INDEX upload_by_time ON upload (zone_id, moved_at);
CREATE TABLE upload_chunk (
  zone_id @int NOT NULL,
  key @text NOT NULL,
  at @int NOT NULL,
  data @blob NOT NULL,
  PRIMARY KEY (zone_id, key, at),
  FOREIGN KEY (zone_id, key) REFERENCES upload (zone_id, key)
);
