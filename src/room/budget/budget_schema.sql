-- step: 001
CREATE TABLE budget_line (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  policy_id @int NOT NULL,
  year @int NOT NULL,
  total_fen @fen NOT NULL CHECK (total_fen >= 0),
  reserved_fen @fen NOT NULL DEFAULT 0 CHECK (reserved_fen >= 0),
  committed_fen @fen NOT NULL DEFAULT 0 CHECK (committed_fen >= 0),
  paid_fen @fen NOT NULL DEFAULT 0 CHECK (paid_fen >= 0),
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, policy_id, year),
  CHECK (reserved_fen + committed_fen + paid_fen <= total_fen),
  FOREIGN KEY (zone_id, policy_id) REFERENCES policy (zone_id, id)
);
-- what one agreement holds of one line; its applications draw on it
CREATE TABLE budget_hold (
  zone_id @int NOT NULL,
  hold_id @int NOT NULL,
  line_id @int NOT NULL,
  reserved_fen @fen NOT NULL CHECK (reserved_fen >= 0),
  PRIMARY KEY (zone_id, hold_id),
  FOREIGN KEY (zone_id, line_id) REFERENCES budget_line (zone_id, id)
);
-- what one application has bound and received
CREATE TABLE budget_claim (
  zone_id @int NOT NULL,
  case_id @int NOT NULL,
  hold_id @int NOT NULL,
  line_id @int NOT NULL,
  drawn_fen @fen NOT NULL CHECK (drawn_fen >= 0),
  committed_fen @fen NOT NULL CHECK (committed_fen >= 0),
  paid_fen @fen NOT NULL CHECK (paid_fen >= 0),
  PRIMARY KEY (zone_id, case_id),
  FOREIGN KEY (zone_id, line_id) REFERENCES budget_line (zone_id, id)
);
-- every change of a line, signed; they always add up to it
CREATE TABLE budget_entry (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  line_id @int NOT NULL,
  case_id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('total', 'reserve', 'commit', 'pay', 'release', 'return', 'move')),
  total_fen @fen NOT NULL,
  reserved_fen @fen NOT NULL,
  committed_fen @fen NOT NULL,
  paid_fen @fen NOT NULL,
  on_day @day NOT NULL,
  at @int NOT NULL,
  person_id @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  FOREIGN KEY (zone_id, line_id) REFERENCES budget_line (zone_id, id)
);
CREATE INDEX budget_entry_of_line ON budget_entry (zone_id, line_id, id);
CREATE INDEX budget_entry_of_case ON budget_entry (zone_id, case_id, id);
-- step: 002
-- why a total was changed
ALTER TABLE budget_entry ADD COLUMN reason @text NOT NULL DEFAULT '';
-- step: 003
CREATE INDEX budget_hold_open ON budget_hold (zone_id, hold_id) WHERE reserved_fen > 0;
-- step: 004
-- for which service an agreement holds money; 0: filed before this was kept
ALTER TABLE budget_hold ADD COLUMN item_id @int NOT NULL DEFAULT 0;
-- what each month has changed of a line, service by service; month 0: before this was kept
CREATE TABLE budget_month (
  zone_id @int NOT NULL,
  line_id @int NOT NULL,
  item_id @int NOT NULL,
  month @int NOT NULL,
  reserved_fen @fen NOT NULL,
  committed_fen @fen NOT NULL,
  paid_fen @fen NOT NULL,
  PRIMARY KEY (zone_id, line_id, item_id, month),
  FOREIGN KEY (zone_id, line_id) REFERENCES budget_line (zone_id, id)
);
CREATE INDEX budget_month_newest ON budget_month (zone_id, month, line_id, item_id);
INSERT INTO budget_month (zone_id, line_id, item_id, month, reserved_fen, committed_fen, paid_fen)
SELECT zone_id, id, 0, 0, reserved_fen, committed_fen, paid_fen FROM budget_line WHERE reserved_fen + committed_fen + paid_fen > 0;
-- how much a line may bind, for a service (0: all) in a month (0: the whole year)
CREATE TABLE budget_limit (
  zone_id @int NOT NULL,
  line_id @int NOT NULL,
  item_id @int NOT NULL,
  month @int NOT NULL,
  limit_fen @fen NOT NULL CHECK (limit_fen >= 0),
  mode @text NOT NULL CHECK (mode IN ('stop', 'warn')),
  PRIMARY KEY (zone_id, line_id, item_id, month),
  FOREIGN KEY (zone_id, line_id) REFERENCES budget_line (zone_id, id)
);
