-- step: 001
CREATE TABLE phrase (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  text @text NOT NULL CHECK (text <> ''),
  made_by @int NOT NULL,
  made_day @day NOT NULL,
  ended_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id)
);
CREATE UNIQUE INDEX phrase_of_org ON phrase (zone_id, org_id, text) WHERE ended_day = 0;
