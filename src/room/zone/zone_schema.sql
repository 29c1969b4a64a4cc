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
-- step: 002
-- what a setting was before, and who changed it
CREATE TABLE setting_change (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  name @text NOT NULL,
  old_value @text NOT NULL,
  new_value @text NOT NULL,
  on_day @day NOT NULL,
  at @int NOT NULL,
  person_id @int NOT NULL,
  PRIMARY KEY (zone_id, id)
);
CREATE INDEX setting_change_of_name ON setting_change (zone_id, name, id);
