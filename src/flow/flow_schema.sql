-- step: 001
-- a version never changes: cases run on the one that they began on
CREATE TABLE flow_version (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  flow @text NOT NULL,
  version @text NOT NULL,
  title @text NOT NULL,
  xml @text NOT NULL,
  made_at @int NOT NULL,
  made_by @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, flow, version)
);
-- which version new cases begin on
CREATE TABLE flow_newest (
  zone_id @int NOT NULL,
  flow @text NOT NULL,
  flow_id @int NOT NULL,
  since_at @int NOT NULL,
  PRIMARY KEY (zone_id, flow),
  FOREIGN KEY (zone_id, flow_id) REFERENCES flow_version (zone_id, id)
);
CREATE TABLE flow_case (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  flow_id @int NOT NULL,
  flow @text NOT NULL,
  node @text NOT NULL,
  version @int NOT NULL,
  batch @int NOT NULL DEFAULT 0,
  since_at @int NOT NULL,
  since_day @day NOT NULL,
  due_day @day NOT NULL,
  timer @text NOT NULL DEFAULT '',
  timer_day @day NOT NULL,
  left_days @int NOT NULL,
  closed_at @int NOT NULL,
  started_by @int NOT NULL,
  moved_by @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  FOREIGN KEY (zone_id, flow_id) REFERENCES flow_version (zone_id, id),
  CHECK (version > 0),
  CHECK (timer_day = 0 OR closed_at = 0),
  CHECK (left_days >= -1)
);
-- what waits at a step, the most urgent first; timers that end; a month's batch
CREATE INDEX flow_case_waiting ON flow_case (zone_id, flow, node, due_day, id) WHERE closed_at = 0;
CREATE INDEX flow_case_timer ON flow_case (zone_id, timer_day, id) WHERE timer_day > 0;
-- lists of a step, newest first, ended ones too
CREATE INDEX flow_case_at_node ON flow_case (zone_id, flow, node, id);
CREATE INDEX flow_case_batch ON flow_case (zone_id, batch, id) WHERE batch > 0;
-- n: the case's version after the move
CREATE TABLE flow_history (
  zone_id @int NOT NULL,
  case_id @int NOT NULL,
  n @int NOT NULL,
  at @int NOT NULL,
  on_day @day NOT NULL,
  flow @text NOT NULL,
  from_node @text NOT NULL,
  to_node @text NOT NULL,
  choice @text NOT NULL,
  message @text NOT NULL,
  note @text NOT NULL,
  person @int NOT NULL,
  for_person @int NOT NULL,
  org @int NOT NULL,
  role @text NOT NULL,
  waited @int,
  PRIMARY KEY (zone_id, case_id, n),
  FOREIGN KEY (zone_id, case_id) REFERENCES flow_case (zone_id, id)
);
CREATE INDEX flow_history_pace ON flow_history (zone_id, flow, from_node, at);
-- step: 002
-- not batch > 0: SQLite would read that range instead of the one batch
DROP INDEX flow_case_batch;
CREATE INDEX flow_case_batch ON flow_case (zone_id, batch, id) WHERE batch <> 0;
-- step: 003
-- at the counter: a clerk's mandate of the organisation for which he acts; 0: its own person
ALTER TABLE flow_history ADD COLUMN mandate @int NOT NULL DEFAULT 0;
