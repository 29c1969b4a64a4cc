-- step: 001
-- what an agency laid out for an agreement; a mistake is taken back by an entry of its own
CREATE TABLE advance (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  agreement_id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('official_fee', 'testing', 'travel', 'subcontract', 'labour', 'other')),
  paid_day @day NOT NULL,
  amount_fen @fen NOT NULL CHECK (amount_fen <> 0),
  note @text NOT NULL,
  voucher @int NOT NULL DEFAULT 0,
  takes_back @int NOT NULL DEFAULT 0,
  entered_by @int NOT NULL,
  entered_at @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  CHECK ((takes_back > 0) = (amount_fen < 0)),
  FOREIGN KEY (zone_id, agreement_id) REFERENCES agreement (zone_id, id)
);
CREATE INDEX advance_of_agreement ON advance (zone_id, agreement_id, id);
CREATE UNIQUE INDEX advance_taken_back ON advance (zone_id, takes_back) WHERE takes_back > 0;
-- the sum of an agreement, so that lists need not add
CREATE TABLE advance_sum (
  zone_id @int NOT NULL,
  agreement_id @int NOT NULL,
  agency_id @int NOT NULL,
  laid_out_fen @fen NOT NULL CHECK (laid_out_fen >= 0),
  first_day @day NOT NULL,
  PRIMARY KEY (zone_id, agreement_id)
);
CREATE INDEX advance_sum_of_agency ON advance_sum (zone_id, agency_id, agreement_id);
