-- step: 001
CREATE TABLE agreement (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  number @text NOT NULL DEFAULT '',
  enterprise_id @int NOT NULL,
  agency_id @int NOT NULL,
  item_id @int NOT NULL,
  policy_id @int NOT NULL DEFAULT 0,
  subject @text NOT NULL,
  subject_key @text NOT NULL,
  mode @text NOT NULL,
  quantity @int NOT NULL CHECK (quantity > 0),
  fee_fen @fen NOT NULL CHECK (fee_fen >= 0),
  from_day @day NOT NULL,
  to_day @day NOT NULL,
  pay_year @int NOT NULL,
  contract_doc @int NOT NULL,
  draft @int NOT NULL DEFAULT 1,
  signed_enterprise_at @int NOT NULL DEFAULT 0,
  signed_enterprise_by @int NOT NULL DEFAULT 0,
  signed_agency_at @int NOT NULL DEFAULT 0,
  signed_agency_by @int NOT NULL DEFAULT 0,
  filed_day @day NOT NULL DEFAULT 0,
  filed_by @int NOT NULL DEFAULT 0,
  reserved_fen @fen NOT NULL DEFAULT 0,
  is_active @int NOT NULL DEFAULT 1,
  PRIMARY KEY (zone_id, id),
  CHECK (to_day >= from_day),
  CHECK (enterprise_id <> agency_id),
  FOREIGN KEY (zone_id, enterprise_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, agency_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, item_id) REFERENCES item (zone_id, id)
);
-- one active pair for an enterprise, a service and a subject (feature E2)
CREATE UNIQUE INDEX agreement_active_pair ON agreement (zone_id, enterprise_id, item_id, subject_key) WHERE is_active = 1;
CREATE INDEX agreement_of_agency ON agreement (zone_id, agency_id, id);
CREATE INDEX agreement_of_enterprise ON agreement (zone_id, enterprise_id, id);
CREATE UNIQUE INDEX agreement_by_number ON agreement (zone_id, number) WHERE number <> '';
-- gap-free numbers of filings, a row a year
CREATE TABLE filing_number (
  zone_id @int NOT NULL,
  year @int NOT NULL,
  last @int NOT NULL,
  PRIMARY KEY (zone_id, year)
);
-- step: 002
-- an agreement keeps the version of the service it was made on, and the alliance's word on a fee outside that version's price guide
ALTER TABLE agreement ADD COLUMN item_version_id @int NOT NULL DEFAULT 0;
ALTER TABLE agreement ADD COLUMN price_approved_at @int NOT NULL DEFAULT 0;
ALTER TABLE agreement ADD COLUMN price_approved_by @int NOT NULL DEFAULT 0;
ALTER TABLE agreement ADD COLUMN price_reason @text NOT NULL DEFAULT '';
UPDATE agreement SET item_version_id = (SELECT v.id FROM item_version v WHERE v.zone_id = agreement.zone_id AND v.item_id = agreement.item_id AND v.version = 1);
-- step: 003
-- what is signed: the text as it was sent to be signed, once for each sending; its PDF is made at the first asking after both have signed
CREATE TABLE agreement_text (
  zone_id @int NOT NULL,
  agreement_id @int NOT NULL,
  round @int NOT NULL,
  text @text NOT NULL,
  sha256 @text NOT NULL,
  frozen_at @int NOT NULL,
  frozen_by @int NOT NULL,
  pdf_doc @int NOT NULL DEFAULT 0,
  pdf_sha256 @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, agreement_id, round)
);
CREATE INDEX agreement_text_by_hash ON agreement_text (zone_id, sha256);
CREATE INDEX agreement_text_by_pdf ON agreement_text (zone_id, pdf_sha256) WHERE pdf_sha256 <> '';
CREATE TABLE agreement_signature (
  zone_id @int NOT NULL,
  agreement_id @int NOT NULL,
  round @int NOT NULL,
  party @text NOT NULL CHECK (party IN ('enterprise', 'agency')),
  person_id @int NOT NULL,
  org_id @int NOT NULL,
  signed_at @int NOT NULL,
  ip @text NOT NULL,
  sha256 @text NOT NULL,
  PRIMARY KEY (zone_id, agreement_id, round, party)
);
-- step: 004
-- a change of an agreement in service, or another agency in the former's place: a text of its own, signed by all it concerns in their order, then filed
CREATE TABLE agreement_change (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  agreement_id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('terms', 'replacement')),
  to_day @day NOT NULL,                    -- terms: the new last day of service
  fee_fen @fen NOT NULL,                   -- terms: the new fee after success
  successor_id @int NOT NULL DEFAULT 0,    -- replacement: the agency that goes on
  former_percent @int NOT NULL DEFAULT 0 CHECK (former_percent BETWEEN 0 AND 100), -- of every subsidy still to be paid
  reason @text NOT NULL,
  text @text NOT NULL,
  sha256 @text NOT NULL,
  state @text NOT NULL CHECK (state IN ('signing', 'signed', 'filed', 'declined', 'withdrawn', 'refused')),
  signatures @int NOT NULL DEFAULT 0,
  proposed_org @int NOT NULL,
  proposed_by @int NOT NULL,
  proposed_day @day NOT NULL,
  since_day @day NOT NULL,
  ended_by @int NOT NULL DEFAULT 0,
  ended_day @day NOT NULL DEFAULT 0,
  note @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id)
);
CREATE UNIQUE INDEX agreement_change_open ON agreement_change (zone_id, agreement_id) WHERE state IN ('signing', 'signed');
CREATE INDEX agreement_change_of ON agreement_change (zone_id, agreement_id, id);
CREATE INDEX agreement_change_waiting ON agreement_change (zone_id, state, id) WHERE state IN ('signing', 'signed');
CREATE INDEX agreement_change_by_hash ON agreement_change (zone_id, sha256);
CREATE TABLE agreement_change_signature (
  zone_id @int NOT NULL,
  change_id @int NOT NULL,
  place @int NOT NULL,                     -- in the order of signing, from 1
  party @text NOT NULL CHECK (party IN ('enterprise', 'agency', 'successor')),
  person_id @int NOT NULL,
  org_id @int NOT NULL,
  signed_at @int NOT NULL,
  ip @text NOT NULL,
  sha256 @text NOT NULL,
  PRIMARY KEY (zone_id, change_id, place)
);
-- who served before, and which part of every subsidy still to be paid is theirs
CREATE TABLE agreement_former (
  zone_id @int NOT NULL,
  agreement_id @int NOT NULL,
  agency_id @int NOT NULL,
  percent @int NOT NULL CHECK (percent BETWEEN 0 AND 100),
  until_day @day NOT NULL,
  PRIMARY KEY (zone_id, agreement_id, agency_id)
);
CREATE INDEX agreement_former_of_agency ON agreement_former (zone_id, agency_id, agreement_id);
-- step: 005
-- market mode: the fee after success, and what each side and the alliance said of it
CREATE TABLE agreement_fee (
  zone_id @int NOT NULL,
  agreement_id @int NOT NULL,
  agency_id @int NOT NULL,
  enterprise_id @int NOT NULL,
  state @text NOT NULL CHECK (state IN ('due', 'sent', 'paid', 'disputed', 'lifted')),
  amount_fen @fen NOT NULL CHECK (amount_fen >= 0),
  due_day @day NOT NULL,
  since_day @day NOT NULL,
  moves @int NOT NULL DEFAULT 1,
  PRIMARY KEY (zone_id, agreement_id)
);
CREATE INDEX agreement_fee_of_state ON agreement_fee (zone_id, state, agreement_id);
CREATE INDEX agreement_fee_of_agency ON agreement_fee (zone_id, agency_id, agreement_id);
CREATE INDEX agreement_fee_of_enterprise ON agreement_fee (zone_id, enterprise_id, agreement_id);
CREATE TABLE agreement_fee_move (
  zone_id @int NOT NULL,
  agreement_id @int NOT NULL,
  place @int NOT NULL,
  choice @text NOT NULL,
  state @text NOT NULL,
  amount_fen @fen NOT NULL,
  note @text NOT NULL,
  document_id @int NOT NULL,
  person_id @int NOT NULL,
  org_id @int NOT NULL,
  at @int NOT NULL,
  PRIMARY KEY (zone_id, agreement_id, place)
);
CREATE VIEW agreement_fee_seen AS
SELECT f.zone_id, f.agreement_id AS agreement, f.agency_id AS agency, f.enterprise_id AS enterprise, f.state, f.amount_fen, f.due_day, f.since_day, f.moves, m.number, m.subject,
  g.name AS agency_name, e.name AS enterprise_name
  FROM agreement_fee f JOIN agreement m ON m.zone_id = f.zone_id AND m.id = f.agreement_id JOIN org g ON g.zone_id = f.zone_id AND g.id = f.agency_id
  JOIN org e ON e.zone_id = f.zone_id AND e.id = f.enterprise_id;
