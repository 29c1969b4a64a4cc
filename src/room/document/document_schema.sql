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
