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
CREATE INDEX application_of_month ON application (zone_id, month, id);
CREATE UNIQUE INDEX application_by_number ON application (zone_id, number) WHERE number <> '';
-- what an organisation has running, however much it has had
CREATE INDEX application_live_of_agency ON application (zone_id, agency_id, id) WHERE is_live = 1;
CREATE INDEX application_live_of_enterprise ON application (zone_id, enterprise_id, id) WHERE is_live = 1;
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
-- step: 002
-- an issued paper: never changed
CREATE TABLE paper (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('claim', 'report', 'request', 'notice', 'letter')),
  number @text NOT NULL,
  month @int NOT NULL,
  batch_id @int NOT NULL DEFAULT 0,
  application_id @int NOT NULL DEFAULT 0,
  former_id @int NOT NULL DEFAULT 0,
  count @int NOT NULL CHECK (count > 0),
  total_fen @fen NOT NULL CHECK (total_fen >= 0),
  snapshot @text NOT NULL,
  sha256 @text NOT NULL,
  issued_day @day NOT NULL,
  issued_by @int NOT NULL,
  issued_at @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, number)
);
CREATE INDEX paper_newest ON paper (zone_id, id) WHERE kind <> 'claim';
CREATE INDEX paper_of_month ON paper (zone_id, month, id) WHERE kind <> 'claim';
CREATE INDEX paper_of_kind ON paper (zone_id, kind, id);
CREATE INDEX paper_of_month_and_kind ON paper (zone_id, month, kind, id);
CREATE INDEX paper_of_batch ON paper (zone_id, batch_id, kind, id) WHERE batch_id > 0;
CREATE INDEX paper_of_application ON paper (zone_id, application_id, id) WHERE application_id > 0;
CREATE TABLE paper_line (
  zone_id @int NOT NULL,
  paper_id @int NOT NULL,
  place @int NOT NULL,
  application_id @int NOT NULL,
  number @text NOT NULL,
  agency @text NOT NULL,
  enterprise @text NOT NULL,
  item @text NOT NULL,
  payee @text NOT NULL,
  amount_fen @fen NOT NULL CHECK (amount_fen >= 0),
  PRIMARY KEY (zone_id, paper_id, place),
  UNIQUE (zone_id, paper_id, application_id)
);
CREATE INDEX paper_line_of_application ON paper_line (zone_id, application_id, paper_id);
-- former total + joined - returned = total; an amount that changed is both
CREATE TABLE paper_change (
  zone_id @int NOT NULL,
  paper_id @int NOT NULL,
  application_id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('returned', 'joined')),
  number @text NOT NULL,
  amount_fen @fen NOT NULL,
  step @text NOT NULL,
  note @text NOT NULL,
  PRIMARY KEY (zone_id, paper_id, application_id, kind)
);
-- numbers without gaps, of papers and payment orders
CREATE TABLE paper_number (
  zone_id @int NOT NULL,
  kind @text NOT NULL,
  year @int NOT NULL,
  last @int NOT NULL,
  PRIMARY KEY (zone_id, kind, year)
);
-- the record's head at issue; aside, since the record's salts differ when it is replayed
CREATE TABLE paper_head (
  zone_id @int NOT NULL,
  paper_id @int NOT NULL,
  head @text NOT NULL,
  PRIMARY KEY (zone_id, paper_id)
);
CREATE TABLE payment (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  number @text NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('agency', 'reward')),
  month @int NOT NULL,
  batch_id @int NOT NULL DEFAULT 0,
  count @int NOT NULL CHECK (count > 0),
  total_fen @fen NOT NULL CHECK (total_fen > 0),
  hash @text NOT NULL,
  made_day @day NOT NULL,
  made_by @int NOT NULL,
  former_id @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, number)
);
CREATE INDEX payment_of_month ON payment (zone_id, month, id);
CREATE TABLE payment_line (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  payment_id @int NOT NULL,
  application_id @int NOT NULL,
  case_id @int NOT NULL,
  org_id @int NOT NULL,
  holder @text NOT NULL,
  bank @text NOT NULL,
  account @text NOT NULL,
  amount_fen @fen NOT NULL CHECK (amount_fen > 0),
  state @text NOT NULL DEFAULT 'ordered' CHECK (state IN ('ordered', 'paid', 'failed')),
  bank_ref @text NOT NULL DEFAULT '',
  bank_day @day NOT NULL DEFAULT 0,
  failure @text NOT NULL DEFAULT '',
  retry_of @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (state <> 'paid' OR (bank_ref <> '' AND bank_day > 0)),
  CHECK (state <> 'failed' OR failure <> ''),
  FOREIGN KEY (zone_id, payment_id) REFERENCES payment (zone_id, id)
);
CREATE INDEX payment_line_of_payment ON payment_line (zone_id, payment_id, id);
CREATE INDEX payment_line_of_application ON payment_line (zone_id, application_id, id);
-- a case is ordered once, a failed line retried once
CREATE UNIQUE INDEX payment_line_once ON payment_line (zone_id, case_id) WHERE retry_of = 0;
CREATE UNIQUE INDEX payment_line_retry ON payment_line (zone_id, retry_of) WHERE retry_of > 0;
CREATE INDEX payment_line_unsettled ON payment_line (zone_id, payment_id) WHERE state <> 'paid';
CREATE TABLE payment_month (
  zone_id @int NOT NULL,
  month @int NOT NULL,
  total_fen @fen NOT NULL,
  closed_day @day NOT NULL,
  closed_by @int NOT NULL,
  PRIMARY KEY (zone_id, month)
);
CREATE TABLE reward (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  application_id @int NOT NULL,
  enterprise_id @int NOT NULL,
  amount_fen @fen NOT NULL CHECK (amount_fen > 0),
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, application_id)
);
CREATE INDEX reward_of_enterprise ON reward (zone_id, enterprise_id, id);
-- step: 003
-- an approval taken back before payment: proposed by one, decided by another
CREATE TABLE reversal (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  application_id @int NOT NULL,
  node @text NOT NULL,
  reason @text NOT NULL,
  proposed_by @int NOT NULL,
  proposed_day @day NOT NULL,
  verdict @text NOT NULL DEFAULT '' CHECK (verdict IN ('', 'confirmed', 'declined')),
  note @text NOT NULL DEFAULT '',
  decided_by @int NOT NULL DEFAULT 0,
  decided_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (decided_by <> proposed_by)
);
CREATE INDEX reversal_of_application ON reversal (zone_id, application_id, id);
CREATE UNIQUE INDEX reversal_open ON reversal (zone_id, application_id) WHERE verdict = '';
-- step: 004
CREATE INDEX application_of_agreement ON application (zone_id, agreement_id, id);
-- step: 005
CREATE INDEX payment_line_of_org ON payment_line (zone_id, org_id, id);
-- step: 006
-- a case is ordered once for each whom it pays: agencies that served one after the other share it as they agreed
DROP INDEX payment_line_once;
CREATE UNIQUE INDEX payment_line_once ON payment_line (zone_id, case_id, org_id) WHERE retry_of = 0;
-- step: 007
-- how many cases of a batch waited how many working days at a step: what the pages say of its pace
CREATE TABLE step_pace (
  zone_id @int NOT NULL,
  node @text NOT NULL,
  month @int NOT NULL,
  days @int NOT NULL,
  cases @int NOT NULL CHECK (cases > 0),
  PRIMARY KEY (zone_id, node, month, days)
);
INSERT INTO step_pace (zone_id, node, month, days, cases)
SELECT h.zone_id, h.from_node, a.month, h.waited, count(*) FROM flow_history h JOIN application a ON a.zone_id = h.zone_id AND a.id = h.case_id
 WHERE h.flow = 'subsidy' AND h.choice <> '' AND h.from_node <> 'prepare' AND h.waited IS NOT NULL GROUP BY h.zone_id, h.from_node, a.month, h.waited;
-- step: 008
-- why an alert of a batch is in order, noted by whoever signed it off; now_fen: the sum that was cleared
CREATE TABLE batch_clearing (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  batch_id @int NOT NULL,
  kind @text NOT NULL,
  org_id @int NOT NULL,
  now_fen @fen NOT NULL,
  note @text NOT NULL CHECK (note <> ''),
  node @text NOT NULL,
  cleared_by @int NOT NULL,
  cleared_org @int NOT NULL,
  cleared_day @day NOT NULL,
  PRIMARY KEY (zone_id, id)
);
CREATE INDEX batch_clearing_of_batch ON batch_clearing (zone_id, batch_id, id);
-- step: 009
-- finance's recheck cut an amount: at most cap_fen is paid
CREATE TABLE reduction (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  application_id @int NOT NULL,
  before_fen @fen NOT NULL,
  cap_fen @fen NOT NULL CHECK (cap_fen > 0 AND cap_fen < before_fen),
  reason @text NOT NULL CHECK (reason <> ''),
  made_by @int NOT NULL,
  on_day @day NOT NULL,
  PRIMARY KEY (zone_id, id)
);
CREATE INDEX reduction_of_application ON reduction (zone_id, application_id, id);
-- step: 010
-- a file that a reviewer has seen against its original; another file in its place is another mark
CREATE TABLE original_seen (
  zone_id @int NOT NULL,
  application_id @int NOT NULL,
  document_id @int NOT NULL,
  seen_by @int NOT NULL,
  seen_org @int NOT NULL,
  seen_day @day NOT NULL,
  PRIMARY KEY (zone_id, application_id, document_id)
);
