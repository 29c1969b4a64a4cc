-- step: 001
-- the register of firms as the registry exports it; the mark says whether a firm is one of technology and why
CREATE TABLE registration (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  uscc @text NOT NULL,
  name @text NOT NULL,
  established_day @day NOT NULL,
  kind @text NOT NULL,
  capital @text NOT NULL,
  district @text NOT NULL,
  authority @text NOT NULL,
  industry @text NOT NULL,
  scope @text NOT NULL,
  is_branch @int NOT NULL,
  fingerprint @int NOT NULL,
  class @text NOT NULL,
  score @int NOT NULL,
  words @text NOT NULL,
  marked_by @int NOT NULL DEFAULT 0,
  mark_reason @text NOT NULL DEFAULT '',
  import_id @int NOT NULL,
  changed_day @day NOT NULL,
  invitation_hash @text NOT NULL DEFAULT '',
  invited_day @day NOT NULL DEFAULT 0,
  joined_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id) -- @clustered
);
CREATE UNIQUE INDEX registration_of_uscc ON registration (zone_id, uscc);
CREATE INDEX registration_of_class ON registration (zone_id, class, id) WHERE class <> '';
CREATE UNIQUE INDEX registration_of_invitation ON registration (zone_id, invitation_hash) WHERE invitation_hash <> '';
CREATE TABLE registration_import (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  file_name @text NOT NULL,
  sha256 @text NOT NULL,
  state @text NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  reason @text NOT NULL DEFAULT '',
  done_line @int NOT NULL DEFAULT 0,
  done_bytes @int NOT NULL DEFAULT 0,
  all_bytes @int NOT NULL,
  read @int NOT NULL DEFAULT 0,
  imported @int NOT NULL DEFAULT 0,
  updated @int NOT NULL DEFAULT 0,
  unchanged @int NOT NULL DEFAULT 0,
  rejected @int NOT NULL DEFAULT 0,
  technology @int NOT NULL DEFAULT 0,
  document_id @int NOT NULL DEFAULT 0,
  begun_at @int NOT NULL,
  begun_by @int NOT NULL,
  ended_at @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (read = imported + updated + unchanged + rejected)
);
CREATE INDEX registration_import_running ON registration_import (zone_id, id) WHERE state = 'running';
CREATE TABLE registration_reject (
  zone_id @int NOT NULL,
  import_id @int NOT NULL,
  line @int NOT NULL,
  raw @text NOT NULL,
  reason @text NOT NULL,
  PRIMARY KEY (zone_id, import_id, line)
);
