-- step: 001
-- one answer of the enterprise for each case that ended: an application that was paid, an agreement in market mode that is done
CREATE TABLE feedback (
  zone_id @int NOT NULL,
  case_id @int NOT NULL,
  agency_id @int NOT NULL,
  enterprise_id @int NOT NULL,
  level @int NOT NULL CHECK (level BETWEEN 1 AND 5),
  was_contacted @int NOT NULL CHECK (was_contacted IN (0, 1)),
  was_useful @int NOT NULL CHECK (was_useful IN (0, 1)),
  words @text NOT NULL,
  given_day @day NOT NULL,
  given_by @int NOT NULL,
  reply @text NOT NULL DEFAULT '',
  reply_day @day NOT NULL DEFAULT 0,
  reply_by @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, case_id),
  CHECK ((reply = '') = (reply_day = 0))
);
CREATE INDEX feedback_of_agency ON feedback (zone_id, agency_id, given_day, case_id);
-- a month's rating: of the cases that ended in the twelve months up to its end
CREATE TABLE rating_run (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  month @int NOT NULL,
  from_at @int NOT NULL,
  to_at @int NOT NULL,
  made_at @int NOT NULL,
  made_by @int NOT NULL,
  cases @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, month)
);
-- its input, case by case as it was then: 1 good, 0 not, -1 nothing is known; level 0: no answer
CREATE TABLE rating_case (
  zone_id @int NOT NULL,
  run_id @int NOT NULL,
  case_id @int NOT NULL,
  agency_id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('application', 'agreement')),
  success @int NOT NULL CHECK (success BETWEEN 0 AND 1),
  timely @int NOT NULL CHECK (timely BETWEEN -1 AND 1),
  first_pass @int NOT NULL CHECK (first_pass BETWEEN -1 AND 1),
  level @int NOT NULL CHECK (level BETWEEN 0 AND 5),
  price_kept @int NOT NULL CHECK (price_kept BETWEEN 0 AND 1),
  unobjected @int NOT NULL CHECK (unobjected BETWEEN -1 AND 1),
  PRIMARY KEY (zone_id, run_id, agency_id, case_id),
  FOREIGN KEY (zone_id, run_id) REFERENCES rating_run (zone_id, id)
);
-- its result: the facts of an agency, good cases of n, and the score in per mille; not ranked: score_low -1
CREATE TABLE rating_result (
  zone_id @int NOT NULL,
  run_id @int NOT NULL,
  agency_id @int NOT NULL,
  cases @int NOT NULL,
  success_good @int NOT NULL, success_n @int NOT NULL,
  timeliness_good @int NOT NULL, timeliness_n @int NOT NULL,
  first_pass_good @int NOT NULL, first_pass_n @int NOT NULL,
  satisfaction_good @int NOT NULL, satisfaction_n @int NOT NULL,
  price_good @int NOT NULL, price_n @int NOT NULL,
  objections_good @int NOT NULL, objections_n @int NOT NULL,
  score_low @int NOT NULL CHECK (score_low BETWEEN -1 AND 1000),
  score_high @int NOT NULL CHECK (score_high BETWEEN score_low AND 1000),
  PRIMARY KEY (zone_id, run_id, agency_id),
  FOREIGN KEY (zone_id, run_id) REFERENCES rating_run (zone_id, id),
  FOREIGN KEY (zone_id, agency_id) REFERENCES org (zone_id, id)
);
CREATE INDEX rating_result_ranked ON rating_result (zone_id, run_id, score_low DESC, agency_id);
CREATE INDEX rating_result_of_agency ON rating_result (zone_id, agency_id, run_id);
-- what the thresholds propose; a person decides, the agency may appeal, another person judges
CREATE TABLE rating_proposal (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  run_id @int NOT NULL,
  agency_id @int NOT NULL,
  kind @text NOT NULL CHECK (kind IN ('commend', 'warn', 'suspend')),
  score_low @int NOT NULL,
  score_high @int NOT NULL,
  state @text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'confirmed', 'dismissed', 'appealed', 'upheld', 'lifted')),
  made_day @day NOT NULL,
  decided_by @int NOT NULL DEFAULT 0,
  decided_day @day NOT NULL DEFAULT 0,
  note @text NOT NULL DEFAULT '',
  appeal @text NOT NULL DEFAULT '',
  appealed_day @day NOT NULL DEFAULT 0,
  appealed_by @int NOT NULL DEFAULT 0,
  judged_by @int NOT NULL DEFAULT 0,
  judged_day @day NOT NULL DEFAULT 0,
  judgement @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, run_id, agency_id),
  CHECK (judged_by = 0 OR judged_by <> decided_by),
  CHECK ((state = 'open') = (decided_by = 0)),
  FOREIGN KEY (zone_id, run_id, agency_id) REFERENCES rating_result (zone_id, run_id, agency_id)
);
CREATE INDEX rating_proposal_waiting ON rating_proposal (zone_id, id) WHERE state IN ('open', 'appealed');
CREATE INDEX rating_proposal_of_agency ON rating_proposal (zone_id, agency_id, id);
-- step: 002
-- for whom a deputy decided; 0: for himself
ALTER TABLE rating_proposal ADD COLUMN decided_for @int NOT NULL DEFAULT 0;
