-- step: 001
CREATE TABLE person (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  login @text NOT NULL,
  name @text NOT NULL,
  verifier @text NOT NULL,
  lang @text NOT NULL DEFAULT '',
  state @text NOT NULL CHECK (state IN ('active', 'disabled')),
  made_at @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, login)
);
CREATE TABLE post (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  person_id @int NOT NULL,
  org_id @int NOT NULL,
  role @text NOT NULL,
  from_day @day NOT NULL,
  to_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, person_id, org_id, role),
  FOREIGN KEY (zone_id, person_id) REFERENCES person (zone_id, id)
);
CREATE INDEX post_of_org ON post (zone_id, org_id, person_id);
CREATE INDEX post_of_role ON post (zone_id, role, person_id);
-- the token itself is nowhere: only its SHA-256
CREATE TABLE session (
  zone_id @int NOT NULL,
  token_hash @text NOT NULL,
  person_id @int NOT NULL,
  post_id @int NOT NULL,
  csrf @text NOT NULL,
  made_at @int NOT NULL,
  seen_at @int NOT NULL,
  signed_in_at @int NOT NULL,
  ip @text NOT NULL,
  PRIMARY KEY (zone_id, token_hash)
);
CREATE INDEX session_of_person ON session (zone_id, person_id);
CREATE INDEX session_by_seen ON session (zone_id, seen_at);
CREATE TABLE api_token (
  zone_id @int NOT NULL,
  token_hash @text NOT NULL,
  person_id @int NOT NULL,
  post_id @int NOT NULL,
  made_at @int NOT NULL,
  PRIMARY KEY (zone_id, token_hash)
);
CREATE INDEX api_token_of_person ON api_token (zone_id, person_id);
CREATE TABLE sign_in_try (
  zone_id @int NOT NULL,
  login @text NOT NULL,
  failed @int NOT NULL,
  wait_until @int NOT NULL,
  at @int NOT NULL,
  PRIMARY KEY (zone_id, login)
);
CREATE INDEX sign_in_try_by_time ON sign_in_try (zone_id, at);
-- step: 002
-- at the counter: for which organisation, in its role, under which mandate the session acts; 0: for one's own
ALTER TABLE session ADD COLUMN mandate_id @int NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN for_org @int NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN for_role @text NOT NULL DEFAULT '';
-- step: 003
-- in whose post the session stands in, until when; 0: in one's own
ALTER TABLE session ADD COLUMN for_post @int NOT NULL DEFAULT 0;
ALTER TABLE session ADD COLUMN for_until @day NOT NULL DEFAULT 0;
-- step: 004
-- 1: the password was right, the code of the second factor has not come yet
ALTER TABLE session ADD COLUMN awaits_code @int NOT NULL DEFAULT 0;
