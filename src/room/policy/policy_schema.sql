-- step: 001
CREATE TABLE policy (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  code @text NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, code)
);
CREATE TABLE policy_version (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  policy_id @int NOT NULL,
  version @int NOT NULL,
  title @text NOT NULL,
  title_en @text NOT NULL,
  level @text NOT NULL,
  issuer @text NOT NULL,
  document_number @text NOT NULL,
  clause @text NOT NULL,
  source @text NOT NULL,
  is_example @int NOT NULL,
  outcome_kinds @text NOT NULL,
  agency_rule @text NOT NULL,
  reward_rule @text NOT NULL,
  standard_fen @fen NOT NULL CHECK (standard_fen > 0),
  payee @text NOT NULL CHECK (payee IN ('agency', 'alliance')),
  window_days @int NOT NULL CHECK (window_days > 0),
  from_day @day NOT NULL,
  to_day @day NOT NULL,
  published_at @int NOT NULL,
  published_by @int NOT NULL,
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, policy_id, version),
  FOREIGN KEY (zone_id, policy_id) REFERENCES policy (zone_id, id),
  CHECK (to_day = 0 OR to_day >= from_day)
);
