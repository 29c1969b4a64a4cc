-- step: 001
CREATE TABLE message (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  person_id @int NOT NULL,
  at @int NOT NULL,
  on_day @day NOT NULL,
  text_id @text NOT NULL,
  arg0 @text NOT NULL,
  arg1 @text NOT NULL,
  arg2 @text NOT NULL,
  href @text NOT NULL,
  read_at @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id)
);
CREATE INDEX message_of_person ON message (zone_id, person_id, id);
CREATE INDEX message_unread ON message (zone_id, person_id, id) WHERE read_at = 0;
