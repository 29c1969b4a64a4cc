-- step: 001
CREATE TABLE deficiency (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  case_id @int NOT NULL,
  owner_org @int NOT NULL,
  round @int NOT NULL,
  step @text NOT NULL,
  item @text NOT NULL,
  reason @text NOT NULL,
  clause @text NOT NULL,
  text @text NOT NULL,
  is_late @int NOT NULL,
  late_reason @text NOT NULL,
  raised_by @int NOT NULL,
  raised_day @day NOT NULL,
  state @text NOT NULL CHECK (state IN ('noted', 'open', 'answered', 'settled', 'withdrawn')),
  answer @text NOT NULL DEFAULT '',
  answered_by @int NOT NULL DEFAULT 0,
  answered_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (is_late = 0 OR late_reason <> '')
);
CREATE INDEX deficiency_of_case ON deficiency (zone_id, case_id, id);
CREATE INDEX deficiency_of_person ON deficiency (zone_id, raised_by, is_late);
