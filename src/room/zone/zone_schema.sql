-- step: 001
CREATE TABLE zone (
  zone_id @int NOT NULL PRIMARY KEY,
  name @text NOT NULL,
  name_en @text NOT NULL,
  begun_day @day NOT NULL
);
CREATE TABLE setting (
  zone_id @int NOT NULL,
  name @text NOT NULL,
  value @text NOT NULL,
  at @int NOT NULL,
  person_id @int NOT NULL,
  PRIMARY KEY (zone_id, name)
);
