-- step: 001
-- the secret stands sealed (format/seal.h): without the key file a copy of the store makes no codes
CREATE TABLE second_factor (
  zone_id @int NOT NULL,
  person_id @int NOT NULL,
  sealed @text NOT NULL,
  last_step @int NOT NULL,
  made_at @int NOT NULL,
  PRIMARY KEY (zone_id, person_id)
);
CREATE TABLE recovery_code (
  zone_id @int NOT NULL,
  person_id @int NOT NULL,
  hash @text NOT NULL,
  used_at @int NOT NULL DEFAULT 0,
  PRIMARY KEY (zone_id, person_id, hash)
);
-- step: 002
-- who a person is at a provider of sign-ins
CREATE TABLE foreign_login (
  zone_id @int NOT NULL,
  issuer @text NOT NULL,
  subject @text NOT NULL,
  person_id @int NOT NULL,
  made_at @int NOT NULL,
  PRIMARY KEY (zone_id, issuer, subject),
  UNIQUE (zone_id, person_id, issuer)
);
