-- step: 001
CREATE TABLE store_sequence (
  zone_id @int NOT NULL,
  name @text NOT NULL,
  last @int NOT NULL,
  PRIMARY KEY (zone_id, name) -- @clustered
);
-- one-time keys of forms and programs: the second use answers with the first one's result
CREATE TABLE store_once (
  zone_id @int NOT NULL,
  once @text NOT NULL,
  person_id @int NOT NULL,
  action @text NOT NULL,
  result @text NOT NULL,
  at @int NOT NULL,
  PRIMARY KEY (zone_id, once) -- @clustered
);
CREATE INDEX store_once_by_time ON store_once (zone_id, at);
