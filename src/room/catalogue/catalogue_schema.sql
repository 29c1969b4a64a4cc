-- step: 001
CREATE TABLE item (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  code @text NOT NULL,
  name @text NOT NULL,
  name_en @text NOT NULL,
  category @int NOT NULL CHECK (category BETWEEN 1 AND 8),
  policy_id @int,
  mode @text NOT NULL CHECK (mode IN ('government', 'market')),
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, code),
  CHECK ((mode = 'government') = (policy_id IS NOT NULL)),
  FOREIGN KEY (zone_id, policy_id) REFERENCES policy (zone_id, id)
);
