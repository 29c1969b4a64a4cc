-- step: 001
-- the register of firms as the registry exports it. Its rows stand beside the record as files do: the record holds how many came
-- with each part of a file and their hash (decision 13); what people decide about a firm is in the tables below, and on the record.
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
  class @text NOT NULL,                    -- by the rules, or by the person who corrected them; empty: no firm of technology
  score @int NOT NULL,
  words @text NOT NULL,
  is_corrected @int NOT NULL DEFAULT 0,
  import_id @int NOT NULL,
  changed_day @day NOT NULL,
  PRIMARY KEY (zone_id, id)
);
CREATE UNIQUE INDEX registration_of_uscc ON registration (zone_id, uscc);
CREATE INDEX registration_of_class ON registration (zone_id, class, id) WHERE class <> '';
CREATE TABLE registration_correction (
  zone_id @int NOT NULL,
  uscc @text NOT NULL,
  class @text NOT NULL,
  reason @text NOT NULL,
  person_id @int NOT NULL,
  corrected_day @day NOT NULL,
  PRIMARY KEY (zone_id, uscc)
);
CREATE TABLE registration_invitation (
  zone_id @int NOT NULL,
  uscc @text NOT NULL,
  secret_hash @text NOT NULL,              -- of the link; empty once it was used
  import_id @int NOT NULL,                 -- which last named the firm when it was invited
  invited_by @int NOT NULL,
  invited_day @day NOT NULL,
  org_id @int NOT NULL DEFAULT 0,
  joined_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, uscc)
);
CREATE UNIQUE INDEX registration_invitation_of_secret ON registration_invitation (zone_id, secret_hash) WHERE secret_hash <> '';
CREATE INDEX registration_invitation_of_import ON registration_invitation (zone_id, import_id, joined_day);
CREATE TABLE registration_import (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  file_name @text NOT NULL,
  beginning @text NOT NULL,                -- SHA-256 of its first bytes: by it a killed import is found again
  header @text NOT NULL,
  sha256 @text NOT NULL DEFAULT '',        -- of all rows read so far, part upon part
  state @text NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed')),
  reason @text NOT NULL DEFAULT '',
  done_bytes @int NOT NULL DEFAULT 0,
  all_bytes @int NOT NULL,
  read @int NOT NULL DEFAULT 0,
  imported @int NOT NULL DEFAULT 0,
  updated @int NOT NULL DEFAULT 0,
  unchanged @int NOT NULL DEFAULT 0,
  rejected @int NOT NULL DEFAULT 0,
  technology @int NOT NULL DEFAULT 0,
  document_id @int NOT NULL DEFAULT 0,     -- of an import by page; 0: by command
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
  raw @blob NOT NULL,
  reason @text NOT NULL,
  PRIMARY KEY (zone_id, import_id, line)
);
CREATE TABLE registration_rules (
  zone_id @int NOT NULL,
  rules @text NOT NULL,
  person_id @int NOT NULL,
  put_day @day NOT NULL,
  PRIMARY KEY (zone_id)
);
-- step: 002
-- new rules go over the known firms too: the last firm that was asked, and how many are marked otherwise since
ALTER TABLE registration_rules ADD COLUMN asked_id @int NOT NULL DEFAULT -1;
ALTER TABLE registration_rules ADD COLUMN asked @int NOT NULL DEFAULT 0;
ALTER TABLE registration_rules ADD COLUMN changed @int NOT NULL DEFAULT 0;
