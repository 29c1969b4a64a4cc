-- step: 001
-- a person stands in the post of a colleague from a day to a day
CREATE TABLE deputy (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  post_id @int NOT NULL,
  person_id @int NOT NULL,
  from_day @day NOT NULL,
  to_day @day NOT NULL,
  reason @text NOT NULL,
  named_at @int NOT NULL,
  ended_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (to_day >= from_day),
  FOREIGN KEY (zone_id, post_id) REFERENCES post (zone_id, id),
  FOREIGN KEY (zone_id, person_id) REFERENCES person (zone_id, id)
);
CREATE INDEX deputy_of_post ON deputy (zone_id, post_id, to_day);
CREATE INDEX deputy_of_person ON deputy (zone_id, person_id, to_day);
