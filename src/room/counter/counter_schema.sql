-- step: 001
-- what a firm lets the clerks of an office do for it, on paper, from a day to a day
CREATE TABLE mandate (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  office_id @int NOT NULL,
  giver @text NOT NULL,
  scopes @text NOT NULL CHECK (scopes <> ''),
  seed @text NOT NULL,
  from_day @day NOT NULL,
  to_day @day NOT NULL,
  scan @int NOT NULL,
  entered_by @int NOT NULL,
  entered_at @int NOT NULL,
  revoked_by @int NOT NULL DEFAULT 0,
  revoked_day @day NOT NULL DEFAULT 0,
  reason @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id),
  CHECK (to_day >= from_day),
  FOREIGN KEY (zone_id, org_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, office_id) REFERENCES org (zone_id, id)
);
CREATE INDEX mandate_of_org ON mandate (zone_id, org_id, id);
CREATE INDEX mandate_of_office ON mandate (zone_id, office_id, id);
-- one for each act at the counter, numbered without a gap; the code leads to its public page
CREATE TABLE receipt (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  number @text NOT NULL,
  code @text NOT NULL,
  mandate_id @int NOT NULL,
  org_id @int NOT NULL,
  person_id @int NOT NULL,
  entry @int NOT NULL,
  at @int NOT NULL,
  on_day @day NOT NULL,
  act @text NOT NULL,
  choice @text NOT NULL,
  noun @text NOT NULL,
  object @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, number),
  UNIQUE (zone_id, code),
  FOREIGN KEY (zone_id, mandate_id) REFERENCES mandate (zone_id, id)
);
CREATE INDEX receipt_of_mandate ON receipt (zone_id, mandate_id, id);
CREATE INDEX receipt_of_person ON receipt (zone_id, person_id, id);
CREATE TABLE receipt_file (
  zone_id @int NOT NULL,
  receipt_id @int NOT NULL,
  document_id @int NOT NULL,
  PRIMARY KEY (zone_id, receipt_id, document_id),
  FOREIGN KEY (zone_id, receipt_id) REFERENCES receipt (zone_id, id)
);
CREATE TABLE receipt_number (
  zone_id @int NOT NULL,
  year @int NOT NULL,
  last @int NOT NULL,
  PRIMARY KEY (zone_id, year)
);
