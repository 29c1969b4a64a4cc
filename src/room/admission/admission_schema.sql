-- step: 001
CREATE TABLE admission (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  applied_day @day NOT NULL,
  admitted_day @day NOT NULL DEFAULT 0,
  is_open @int NOT NULL DEFAULT 1,
  is_appealed @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  FOREIGN KEY (zone_id, org_id) REFERENCES org (zone_id, id)
);
CREATE UNIQUE INDEX admission_running ON admission (zone_id, org_id) WHERE is_open = 1;
CREATE INDEX admission_of_org ON admission (zone_id, org_id, id);
-- what was given for a line of the checklist and what the reviewer found; never overwritten by what is given later
CREATE TABLE admission_evidence (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  admission_id @int NOT NULL,
  line @text NOT NULL,
  doc @int NOT NULL DEFAULT 0,
  note @text NOT NULL,
  given_by @int NOT NULL,
  given_day @day NOT NULL,
  verdict @text NOT NULL DEFAULT '' CHECK (verdict IN ('', 'passed', 'failed')),
  reason @text NOT NULL DEFAULT '',
  expiry_day @day NOT NULL DEFAULT 0,
  judged_by @int NOT NULL DEFAULT 0,
  judged_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (doc > 0 OR note <> ''),
  CHECK (verdict <> 'failed' OR reason <> ''),
  FOREIGN KEY (zone_id, admission_id) REFERENCES admission (zone_id, id)
);
CREATE INDEX admission_evidence_of_line ON admission_evidence (zone_id, admission_id, line, id);
CREATE INDEX admission_evidence_expiring ON admission_evidence (zone_id, expiry_day) WHERE verdict = 'passed' AND expiry_day > 0;
CREATE INDEX admission_evidence_waiting ON admission_evidence (zone_id, id) WHERE verdict = '';
-- an enterprise's classes by date; a later row counts from its first day on, what was stays
CREATE TABLE org_class (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  class @text NOT NULL CHECK (class IN ('recognised', 'candidate', 'startup', 'other')),
  certificate @text NOT NULL DEFAULT '',
  from_day @day NOT NULL,
  until_day @day NOT NULL DEFAULT 0,
  doc @int NOT NULL DEFAULT 0,
  note @text NOT NULL,
  set_by @int NOT NULL,
  set_day @day NOT NULL,
  PRIMARY KEY (zone_id, id),
  CHECK (until_day = 0 OR until_day >= from_day),
  CHECK ((class = 'recognised') = (certificate <> '')),
  FOREIGN KEY (zone_id, org_id) REFERENCES org (zone_id, id)
);
CREATE INDEX org_class_of_org ON org_class (zone_id, org_id, id);
CREATE INDEX org_class_by_certificate ON org_class (zone_id, certificate) WHERE certificate <> '';
