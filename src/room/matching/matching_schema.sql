-- step: 001
-- what an agency offers: which service, at which price, in how many working days
CREATE TABLE offer (
  zone_id @int NOT NULL,
  agency_id @int NOT NULL,
  item_id @int NOT NULL,
  price_fen @fen NOT NULL CHECK (price_fen >= 0),
  work_days @int NOT NULL CHECK (work_days > 0),
  note @text NOT NULL,
  is_open @int NOT NULL CHECK (is_open IN (0, 1)),
  changed_at @int NOT NULL,
  changed_by @int NOT NULL,
  PRIMARY KEY (zone_id, item_id, agency_id),
  FOREIGN KEY (zone_id, agency_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, item_id) REFERENCES item (zone_id, id)
);
CREATE INDEX offer_of_agency ON offer (zone_id, agency_id, item_id);
-- how many agreements an agency says it can carry, and until when it takes no needs
CREATE TABLE agency_capacity (
  zone_id @int NOT NULL,
  agency_id @int NOT NULL,
  capacity @int NOT NULL CHECK (capacity >= 0),
  away_until_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, agency_id),
  FOREIGN KEY (zone_id, agency_id) REFERENCES org (zone_id, id)
);
-- who stands behind an organisation, as it states itself: a line each, compared without spaces and case
CREATE TABLE owner_stated (
  zone_id @int NOT NULL,
  org_id @int NOT NULL,
  name_key @text NOT NULL,
  name @text NOT NULL,
  PRIMARY KEY (zone_id, org_id, name_key),
  FOREIGN KEY (zone_id, org_id) REFERENCES org (zone_id, id)
);
CREATE INDEX owner_by_name ON owner_stated (zone_id, name_key, org_id);
-- agencies that an enterprise does not wish to be served by
CREATE TABLE exclusion (
  zone_id @int NOT NULL,
  enterprise_id @int NOT NULL,
  agency_id @int NOT NULL,
  reason @text NOT NULL,
  since_day @day NOT NULL,
  PRIMARY KEY (zone_id, enterprise_id, agency_id),
  FOREIGN KEY (zone_id, enterprise_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, agency_id) REFERENCES org (zone_id, id)
);
CREATE TABLE need (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  enterprise_id @int NOT NULL,
  item_id @int NOT NULL,
  topic @text NOT NULL,
  subject @text NOT NULL,
  wished_day @day NOT NULL,
  note @text NOT NULL,
  state @text NOT NULL CHECK (state IN ('open', 'offered', 'accepted', 'matched', 'withdrawn', 'expired', 'closed')),
  version @int NOT NULL DEFAULT 0,
  by_platform @int NOT NULL DEFAULT 0,
  agency_id @int NOT NULL DEFAULT 0,
  agreement_id @int NOT NULL DEFAULT 0,
  made_day @day NOT NULL,
  since_day @day NOT NULL,
  due_day @day NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  CHECK (state NOT IN ('accepted', 'matched') OR agency_id > 0),
  CHECK ((state = 'matched') = (agreement_id > 0)),
  FOREIGN KEY (zone_id, enterprise_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, item_id) REFERENCES item (zone_id, id)
);
CREATE INDEX need_of_enterprise ON need (zone_id, enterprise_id, id);
CREATE INDEX need_in_state ON need (zone_id, state, id);
CREATE INDEX need_of_topic ON need (zone_id, topic, id);
-- an agency asked about a need: once each
CREATE TABLE need_offer (
  zone_id @int NOT NULL,
  need_id @int NOT NULL,
  agency_id @int NOT NULL,
  state @text NOT NULL CHECK (state IN ('offered', 'accepted', 'declined', 'expired', 'closed', 'chosen')),
  is_picked @int NOT NULL CHECK (is_picked IN (0, 1)),
  asked_day @day NOT NULL,
  answer_by_day @day NOT NULL,
  escalate_day @day NOT NULL,
  pass_on_day @day NOT NULL,
  told @int NOT NULL DEFAULT 0,
  answered_day @day NOT NULL DEFAULT 0,
  answered_by @int NOT NULL DEFAULT 0,
  note @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, need_id, agency_id),
  CHECK (asked_day <= answer_by_day AND answer_by_day <= escalate_day AND escalate_day <= pass_on_day),
  FOREIGN KEY (zone_id, need_id) REFERENCES need (zone_id, id),
  FOREIGN KEY (zone_id, agency_id) REFERENCES org (zone_id, id)
);
CREATE INDEX need_offer_of_agency ON need_offer (zone_id, agency_id, need_id);
CREATE INDEX need_offer_waiting ON need_offer (zone_id, state, need_id, agency_id);
-- one agency at most is chosen for a need
CREATE UNIQUE INDEX need_offer_chosen ON need_offer (zone_id, need_id) WHERE state = 'chosen';
-- how the platform judged each agency, with the facts of that day
CREATE TABLE need_judged (
  zone_id @int NOT NULL,
  need_id @int NOT NULL,
  round @int NOT NULL,
  agency_id @int NOT NULL,
  place @int NOT NULL,
  reason @text NOT NULL,
  rating @int NOT NULL,
  running @int NOT NULL,
  pending @int NOT NULL,
  capacity @int NOT NULL,
  on_day @day NOT NULL,
  PRIMARY KEY (zone_id, need_id, round, agency_id),
  FOREIGN KEY (zone_id, need_id) REFERENCES need (zone_id, id)
);
CREATE TABLE need_event (
  zone_id @int NOT NULL,
  need_id @int NOT NULL,
  n @int NOT NULL,
  at @int NOT NULL,
  on_day @day NOT NULL,
  person_id @int NOT NULL,
  org_id @int NOT NULL,
  what @text NOT NULL,
  agency_id @int NOT NULL,
  note @text NOT NULL,
  PRIMARY KEY (zone_id, need_id, n),
  FOREIGN KEY (zone_id, need_id) REFERENCES need (zone_id, id)
);
-- one helps one: a mentor, enterprise or agency, and a start-up
CREATE TABLE mentoring (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  mentor_id @int NOT NULL,
  startup_id @int NOT NULL,
  topic @text NOT NULL,
  goal @text NOT NULL,
  until_day @day NOT NULL,
  state @text NOT NULL CHECK (state IN ('proposed', 'running', 'declined', 'ended')),
  version @int NOT NULL DEFAULT 0,
  mentor_agreed_day @day NOT NULL DEFAULT 0,
  startup_agreed_day @day NOT NULL DEFAULT 0,
  proposed_by @int NOT NULL,
  made_day @day NOT NULL,
  ended_day @day NOT NULL DEFAULT 0,
  end_note @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id),
  CHECK (mentor_id <> startup_id),
  CHECK (state <> 'running' OR (mentor_agreed_day > 0 AND startup_agreed_day > 0)),
  FOREIGN KEY (zone_id, mentor_id) REFERENCES org (zone_id, id),
  FOREIGN KEY (zone_id, startup_id) REFERENCES org (zone_id, id)
);
CREATE UNIQUE INDEX mentoring_live ON mentoring (zone_id, startup_id, mentor_id) WHERE state IN ('proposed', 'running');
CREATE INDEX mentoring_of_mentor ON mentoring (zone_id, mentor_id, id);
CREATE INDEX mentoring_of_startup ON mentoring (zone_id, startup_id, id);
CREATE INDEX mentoring_in_state ON mentoring (zone_id, state, id);
-- the log that both see and both write; what stands there is never changed
CREATE TABLE mentoring_meeting (
  zone_id @int NOT NULL,
  mentoring_id @int NOT NULL,
  n @int NOT NULL,
  met_day @day NOT NULL,
  way @text NOT NULL,
  text @text NOT NULL,
  next_step @text NOT NULL,
  org_id @int NOT NULL,
  person_id @int NOT NULL,
  at @int NOT NULL,
  PRIMARY KEY (zone_id, mentoring_id, n),
  FOREIGN KEY (zone_id, mentoring_id) REFERENCES mentoring (zone_id, id)
);
