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
-- step: 002
-- an item is its code and kind; what it promises stands in versions. What was there becomes version 1, published, without a guide
CREATE TABLE item_version (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  item_id @int NOT NULL,
  version @int NOT NULL CHECK (version > 0),
  state @text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'published', 'withdrawn')),
  saves @int NOT NULL DEFAULT 1,
  name @text NOT NULL,
  name_en @text NOT NULL DEFAULT '',
  unit @text NOT NULL DEFAULT '',
  mode @text NOT NULL CHECK (mode IN ('government', 'market')),
  policy_id @int,
  zero_fee @int NOT NULL CHECK (zero_fee IN (0, 1)),
  floor_fen @fen NOT NULL DEFAULT 0 CHECK (floor_fen >= 0),
  ceiling_fen @fen NOT NULL DEFAULT 0 CHECK (ceiling_fen = 0 OR ceiling_fen >= floor_fen),
  subsidy_fen @fen NOT NULL DEFAULT 0 CHECK (subsidy_fen >= 0),
  reward_fen @fen NOT NULL DEFAULT 0 CHECK (reward_fen >= 0),
  deliverable @text NOT NULL DEFAULT '',
  evidence @text NOT NULL DEFAULT '',
  note @text NOT NULL DEFAULT '',
  from_day @day NOT NULL DEFAULT 0,
  published_at @int NOT NULL DEFAULT 0,
  published_by @int NOT NULL DEFAULT 0,
  withdrawn_day @day NOT NULL DEFAULT 0,
  withdrawn_by @int NOT NULL DEFAULT 0,
  reason @text NOT NULL DEFAULT '',
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, item_id, version),
  CHECK ((mode = 'government') = (policy_id IS NOT NULL)),
  CHECK (mode = 'market' OR zero_fee = 1),
  CHECK ((state = 'withdrawn') = (withdrawn_day > 0)),
  FOREIGN KEY (zone_id, item_id) REFERENCES item (zone_id, id),
  FOREIGN KEY (zone_id, policy_id) REFERENCES policy (zone_id, id)
);
INSERT INTO item_version (zone_id, id, item_id, version, state, name, name_en, mode, policy_id, zero_fee)
  SELECT zone_id, id, id, 1, 'published', name, name_en, mode, policy_id, CASE mode WHEN 'government' THEN 1 ELSE 0 END FROM item;
INSERT INTO store_sequence (zone_id, name, last) SELECT zone_id, 'item_version', max(id) FROM item GROUP BY zone_id;
-- at most one draft of an item
CREATE UNIQUE INDEX item_draft ON item_version (zone_id, item_id) WHERE state = 'draft';
CREATE TABLE item_step (
  zone_id @int NOT NULL,
  version_id @int NOT NULL,
  position @int NOT NULL,
  name @text NOT NULL,
  working_days @int NOT NULL CHECK (working_days > 0),
  deliverable @text NOT NULL,
  evidence @text NOT NULL,
  PRIMARY KEY (zone_id, version_id, position),
  FOREIGN KEY (zone_id, version_id) REFERENCES item_version (zone_id, id)
);
CREATE TABLE item_kept (
  zone_id @int NOT NULL,
  id @int NOT NULL,
  code @text NOT NULL,
  category @int NOT NULL CHECK (category BETWEEN 1 AND 8),
  PRIMARY KEY (zone_id, id),
  UNIQUE (zone_id, code)
);
INSERT INTO item_kept SELECT zone_id, id, code, category FROM item;
DROP TABLE item;
ALTER TABLE item_kept RENAME TO item;
CREATE INDEX item_of_kind ON item (zone_id, category, id);
-- for lists of other rooms that only name an item: its newest published version, else its draft
CREATE VIEW item_named AS
  SELECT i.zone_id, i.id, i.code, i.category, v.name, v.name_en, v.mode, v.policy_id, v.zero_fee FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
   WHERE v.id = (SELECT w.id FROM item_version w WHERE w.zone_id = i.zone_id AND w.item_id = i.id ORDER BY CASE w.state WHEN 'draft' THEN 1 ELSE 0 END, w.version DESC LIMIT 1);
