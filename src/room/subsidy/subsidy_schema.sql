-- step: 001
CREATE TABLE month_call (
  zone_id @int NOT NULL,
  month @int NOT NULL,
  opens_day @day NOT NULL,
  closes_day @day NOT NULL,
  PRIMARY KEY (zone_id, month),
  CHECK (closes_day >= opens_day)
);
CREATE TABLE application (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  number @text NOT NULL DEFAULT '',
  agreement_id @int NOT NULL,
  agency_id @int NOT NULL,
  enterprise_id @int NOT NULL,
  policy_version_id @int NOT NULL,
  month @int NOT NULL DEFAULT 0,
  outcome_kind @text NOT NULL DEFAULT '',
  outcome_number @text NOT NULL DEFAULT '',
  outcome_normal @text NOT NULL DEFAULT '',
  outcome_day @day NOT NULL DEFAULT 0,
  service_from @day NOT NULL DEFAULT 0,
  service_to @day NOT NULL DEFAULT 0,
  quantity @int NOT NULL DEFAULT 0,
  base_fen @fen NOT NULL DEFAULT 0,
  grade @text NOT NULL DEFAULT '',
  amount_fen @fen NOT NULL DEFAULT 0 CHECK (amount_fen >= 0),
  reward_fen @fen NOT NULL DEFAULT 0 CHECK (reward_fen >= 0),
  standard_fen @fen NOT NULL DEFAULT 0,
  explained @text NOT NULL DEFAULT '',
  payee_id @int NOT NULL,
  contract_doc @int NOT NULL DEFAULT 0,
  letter_doc @int NOT NULL DEFAULT 0,
  proof_doc @int NOT NULL DEFAULT 0,
  draft @int NOT NULL DEFAULT 1,
  confirmed_at @int NOT NULL DEFAULT 0,
  confirmed_by @int NOT NULL DEFAULT 0,
  confirmed_facts @text NOT NULL DEFAULT '',
  submitted_day @day NOT NULL DEFAULT 0,
  submitted_by @int NOT NULL DEFAULT 0,
  round @int NOT NULL DEFAULT 0,
  is_live @int NOT NULL DEFAULT 1,
  PRIMARY KEY (zone_id, id),
  CHECK (amount_fen + reward_fen <= standard_fen OR standard_fen = 0),
  FOREIGN KEY (zone_id, agreement_id) REFERENCES agreement (zone_id, id)
);
CREATE INDEX application_of_agency ON application (zone_id, agency_id, id);
CREATE INDEX application_of_enterprise ON application (zone_id, enterprise_id, id);
CREATE UNIQUE INDEX application_by_number ON application (zone_id, number) WHERE number <> '';
-- one live application for an agreement: the draft that is there is offered instead of a second (feature G7)
CREATE UNIQUE INDEX application_live ON application (zone_id, agreement_id) WHERE is_live = 1;
-- one outcome pays once, for ever, in every zone
CREATE TABLE outcome_claim (
  zone_id @int NOT NULL,
  kind @text NOT NULL,
  number @text NOT NULL,
  application_id @int NOT NULL,
  PRIMARY KEY (zone_id, kind, number),
  UNIQUE (kind, number)
);
CREATE INDEX outcome_claim_of_application ON outcome_claim (zone_id, application_id);
-- what was submitted, round by round: the reviewer sees what changed
CREATE TABLE application_version (
  zone_id @int NOT NULL,
  application_id @int NOT NULL,
  round @int NOT NULL,
  facts @text NOT NULL,
  submitted_day @day NOT NULL,
  PRIMARY KEY (zone_id, application_id, round)
);
CREATE TABLE application_number (
  zone_id @int NOT NULL,
  month @int NOT NULL,
  last @int NOT NULL,
  PRIMARY KEY (zone_id, month)
);
CREATE TABLE batch (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  month @int NOT NULL,
  flow_id @int NOT NULL,
  number @text NOT NULL,
  node @text NOT NULL,
  version @int NOT NULL DEFAULT 1,
  made_day @day NOT NULL,
  moved_day @day NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, month, flow_id)
);
CREATE INDEX batch_at_node ON batch (zone_id, flow_id, node, month);
