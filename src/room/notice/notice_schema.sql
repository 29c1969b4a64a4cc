-- step: 001
CREATE TABLE notice (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  number @text NOT NULL,
  title @text NOT NULL,
  kind @text NOT NULL,
  basis @text NOT NULL,
  batch_id @int NOT NULL,
  first_day @day NOT NULL,
  last_day @day NOT NULL,
  published_day @day NOT NULL,
  published_at @int NOT NULL,
  calendar @text NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, number)
);
CREATE TABLE notice_line (
  zone_id @int NOT NULL,
  notice_id @int NOT NULL,
  place @int NOT NULL,
  case_id @int NOT NULL,
  number @text NOT NULL,
  agency @text NOT NULL,
  enterprise @text NOT NULL,
  item @text NOT NULL,
  payee @text NOT NULL,
  amount_fen @fen NOT NULL,
  last_day @day NOT NULL,
  state @text NOT NULL CHECK (state IN ('open', 'objected', 'passed', 'withdrawn', 'replaced')),
  PRIMARY KEY (zone_id, notice_id, place)
);
CREATE INDEX notice_line_of_case ON notice_line (zone_id, case_id, notice_id);
CREATE TABLE notice_number (
  zone_id @int NOT NULL,
  year @int NOT NULL,
  last @int NOT NULL,
  PRIMARY KEY (zone_id, year)
);
-- the query code itself is nowhere: only its SHA-256
CREATE TABLE objection (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  notice_id @int NOT NULL,
  case_id @int NOT NULL,
  code_hash @text NOT NULL,
  name @text NOT NULL,
  contact @text NOT NULL,
  text @text NOT NULL,
  lodged_day @day NOT NULL,
  due_day @day NOT NULL,
  evidence @int NOT NULL DEFAULT 0,
  answer @text NOT NULL DEFAULT '',
  verdict @text NOT NULL DEFAULT '',
  answered_by @int NOT NULL DEFAULT 0,
  answered_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, code_hash)
);
CREATE INDEX objection_of_case ON objection (zone_id, case_id, id);
CREATE INDEX objection_open ON objection (zone_id, id) WHERE answered_day = 0;
-- step: 002
-- a running notice's end moved by a late change of the working days
CREATE TABLE notice_move (
  zone_id @int NOT NULL,
  notice_id @int NOT NULL,
  moved_at @int NOT NULL,
  on_day @day NOT NULL,
  old_day @day NOT NULL,
  new_day @day NOT NULL,
  PRIMARY KEY (zone_id, notice_id, moved_at)
);
CREATE INDEX notice_running ON notice (zone_id, last_day, id);
