-- step: 001
-- what an administrator has taken in addition to the calendar that the program came with, in order
CREATE TABLE workdays_paper (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  csv @text NOT NULL,
  version @text NOT NULL,
  taken_day @day NOT NULL,
  taken_at @int NOT NULL,
  taken_by @int NOT NULL,
  moved @int NOT NULL,
  PRIMARY KEY (zone_id, id)
);
