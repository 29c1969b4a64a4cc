-- step: 001
CREATE TABLE org (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  uscc @text NOT NULL,
  name @text NOT NULL,
  name_en @text NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('enterprise', 'agency', 'alliance', 'government')),
  state @text NOT NULL CHECK (state IN ('active', 'suspended', 'left')),
  registered_day @day NOT NULL,
  address @text NOT NULL,
  contact @text NOT NULL,
  phone @text NOT NULL,
  email @text NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, uscc)
);
CREATE INDEX org_of_kind ON org (zone_id, kind, id);
CREATE TABLE bank_account (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  bank @text NOT NULL,
  holder @text NOT NULL,
  number @text NOT NULL,
  state @text NOT NULL CHECK (state IN ('proposed', 'active', 'former', 'refused')),
  usable_day @day NOT NULL DEFAULT 0,
  proof_doc @int NOT NULL DEFAULT 0,
  proposed_by @int NOT NULL,
  proposed_at @int NOT NULL,
  confirmed_by @int NOT NULL DEFAULT 0,
  confirmed_at @int NOT NULL DEFAULT 0,
  shared_by @int NOT NULL DEFAULT 0,
  note @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id),
  CHECK (confirmed_by = 0 OR confirmed_by <> proposed_by),
  FOREIGN KEY (zone_id, org_id) REFERENCES org (zone_id, id)
);
-- one account that money goes to and one proposal in hand, for each organisation
CREATE UNIQUE INDEX bank_account_active ON bank_account (zone_id, org_id) WHERE state = 'active';
CREATE UNIQUE INDEX bank_account_proposed ON bank_account (zone_id, org_id) WHERE state = 'proposed';
CREATE INDEX bank_account_of_org ON bank_account (zone_id, org_id, id);
CREATE INDEX bank_account_by_number ON bank_account (zone_id, number);
CREATE INDEX bank_account_waiting ON bank_account (zone_id, id) WHERE state = 'proposed';
