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
-- step: 002
-- institutes and departments are members too; an agency is applied, reviewing or warned as well. Who was a member before admission stays active.
CREATE TABLE org_kept (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  uscc @text NOT NULL,
  name @text NOT NULL,
  name_en @text NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('enterprise', 'agency', 'institute', 'department', 'alliance', 'government')),
  state @text NOT NULL CHECK (state IN ('applied', 'reviewing', 'active', 'warned', 'suspended', 'left')),
  registered_day @day NOT NULL,
  address @text NOT NULL,
  contact @text NOT NULL,
  phone @text NOT NULL,
  email @text NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, uscc)
);
INSERT INTO org_kept SELECT zone_id, id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email FROM org;
DROP TABLE org;
ALTER TABLE org_kept RENAME TO org;
CREATE INDEX org_of_kind ON org (zone_id, kind, id);
CREATE INDEX org_of_state ON org (zone_id, state, id);
-- who left a post and who took over what waited
CREATE TABLE hand_over (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  org_id @int NOT NULL,
  post_id @int NOT NULL,
  from_person @int NOT NULL,
  to_person @int NOT NULL,
  messages @int NOT NULL,
  reason @text NOT NULL,
  by_person @int NOT NULL,
  on_day @day NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, post_id),
  CHECK (from_person <> to_person),
  FOREIGN KEY (zone_id, org_id) REFERENCES org (zone_id, id)
);
CREATE INDEX hand_over_of_org ON hand_over (zone_id, org_id, id);
