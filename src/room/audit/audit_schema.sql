-- step: 001
CREATE TABLE audit_entry (
  zone_id @int NOT NULL,
  seq @int NOT NULL,
  at @int NOT NULL,
  today @day NOT NULL,
  person @int NOT NULL,
  for_person @int NOT NULL,
  post @int NOT NULL,
  org @int NOT NULL,
  role @text NOT NULL,
  act @text NOT NULL,
  noun @text NOT NULL,
  object @int NOT NULL,
  input @text NOT NULL,
  result @text NOT NULL,
  prev @text NOT NULL,
  hash @text NOT NULL,
  PRIMARY KEY (zone_id, seq)
);
CREATE INDEX audit_entry_of_object ON audit_entry (zone_id, noun, object, seq);
CREATE INDEX audit_entry_of_person ON audit_entry (zone_id, person, seq);
-- personal values stand aside, so that they can be erased while the chain holds
CREATE TABLE audit_private (
  zone_id @int NOT NULL,
  seq @int NOT NULL,
  field @text NOT NULL,
  salt @text NOT NULL,
  value @text NOT NULL,
  PRIMARY KEY (zone_id, seq, field)
);
CREATE TABLE audit_tree (
  zone_id @int NOT NULL PRIMARY KEY,
  entries @int NOT NULL,
  frontier @text NOT NULL,
  last @text NOT NULL
);
-- append-only: an entry is never changed nor taken out by this program
CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry BEGIN SELECT RAISE(ABORT, 'audit entries are append-only'); END;
-- step: 002
ALTER TABLE audit_entry ADD COLUMN mandate @int NOT NULL DEFAULT 0;
