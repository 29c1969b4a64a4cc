-- step: 001
CREATE TABLE access_entry (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  at @int NOT NULL,
  person_id @int NOT NULL,
  login @text NOT NULL,
  ip @text NOT NULL,
  what @text NOT NULL CHECK (what IN ('sign_in', 'code', 'again', 'refused', 'administrator')),
  object @text NOT NULL,
  result @text NOT NULL CHECK (result IN ('ok', 'wrong', 'waiting', 'denied')),
  PRIMARY KEY (zone_id, id)
);
CREATE INDEX access_entry_by_what ON access_entry (zone_id, what, id);
CREATE INDEX access_entry_by_login ON access_entry (zone_id, login, id);
CREATE INDEX access_entry_by_time ON access_entry (zone_id, at);
-- a line is never changed by this program; it goes when it is older than the zone keeps them
CREATE TRIGGER access_entry_stays BEFORE UPDATE ON access_entry BEGIN SELECT RAISE(ABORT, 'access entries are append-only'); END;
