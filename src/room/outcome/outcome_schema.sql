-- step: 001
CREATE TABLE outcome (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  agreement_id @int NOT NULL,
  agency_id @int NOT NULL,
  enterprise_id @int NOT NULL,
  kind @text NOT NULL,
  number @text NOT NULL,                   -- as typed
  normal @text NOT NULL,                   -- the one form by which it is compared
  obtained_day @day NOT NULL,
  proof_doc @int NOT NULL DEFAULT 0,       -- 0: not given yet
  state @text NOT NULL CHECK (state IN ('entered', 'confirmed', 'declined', 'withdrawn')),
  entry_id @int NOT NULL DEFAULT 0,        -- the table it came with; 0: typed alone
  is_of_application @int NOT NULL DEFAULT 0, -- entered by an application that named it first
  application_id @int NOT NULL DEFAULT 0,  -- which claims it now
  entered_by @int NOT NULL,
  entered_day @day NOT NULL,
  decided_by @int NOT NULL DEFAULT 0,
  decided_day @day NOT NULL DEFAULT 0,
  note @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id)
);
CREATE UNIQUE INDEX outcome_of_agreement ON outcome (zone_id, agreement_id, kind, normal) WHERE state IN ('entered', 'confirmed');
-- confirmed once, for one agreement, in every zone
CREATE UNIQUE INDEX outcome_held ON outcome (kind, normal) WHERE state = 'confirmed';
CREATE INDEX outcome_of_agency ON outcome (zone_id, agency_id, id);
CREATE INDEX outcome_of_enterprise ON outcome (zone_id, enterprise_id, id);
CREATE INDEX outcome_waiting ON outcome (zone_id, enterprise_id, id) WHERE state = 'entered';
CREATE INDEX outcome_of_state ON outcome (zone_id, state, id);
CREATE INDEX outcome_of_number ON outcome (zone_id, kind, normal);
CREATE INDEX outcome_of_proof ON outcome (zone_id, proof_doc) WHERE proof_doc > 0;
CREATE INDEX outcome_of_application ON outcome (zone_id, application_id) WHERE application_id > 0;
-- a table that was sent: what became of its rows
CREATE TABLE outcome_entry (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  agency_id @int NOT NULL,
  file_name @text NOT NULL,
  read @int NOT NULL,
  entered @int NOT NULL,
  unchanged @int NOT NULL,
  refused @int NOT NULL,
  entered_by @int NOT NULL,
  entered_day @day NOT NULL,
  PRIMARY KEY (zone_id, id),
  CHECK (read = entered + unchanged + refused)
);
CREATE INDEX outcome_entry_of_agency ON outcome_entry (zone_id, agency_id, id);
CREATE TABLE outcome_refused (
  zone_id @int NOT NULL,
  entry_id @int NOT NULL,
  line @int NOT NULL,
  agreement @text NOT NULL,
  kind @text NOT NULL,
  number @text NOT NULL,
  obtained @text NOT NULL,
  reason @text NOT NULL,                   -- a message id and what stands in it: every reader has it in his language
  arg0 @text NOT NULL,
  arg1 @text NOT NULL,
  PRIMARY KEY (zone_id, entry_id, line)
);
-- an outcome with the names of what it belongs to
CREATE VIEW outcome_seen AS
SELECT o.zone_id, o.id, o.agreement_id AS agreement, o.agency_id AS agency, o.enterprise_id AS enterprise, o.kind, o.number, o.normal, o.obtained_day,
  o.proof_doc AS proof, o.state, o.application_id AS application, o.entered_day, o.decided_day, o.note, m.number AS agreement_number, m.subject,
  g.name AS agency_name, e.name AS enterprise_name
  FROM outcome o JOIN agreement m ON m.zone_id = o.zone_id AND m.id = o.agreement_id JOIN org g ON g.zone_id = o.zone_id AND g.id = o.agency_id
  JOIN org e ON e.zone_id = o.zone_id AND e.id = o.enterprise_id;
-- step: 002
-- the list by kind; the same number in whatever zone, be it confirmed or not
CREATE INDEX outcome_of_kind ON outcome (zone_id, kind, id);
CREATE INDEX outcome_anywhere ON outcome (kind, normal) WHERE state IN ('entered', 'confirmed');
