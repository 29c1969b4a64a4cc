-- a version is in force from its day until the next one's; one that was withdrawn before its day never was
-- name: in_force
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE i.zone_id = $1 AND i.id = $2 AND v.state = 'published' AND v.id = (SELECT w.id FROM item_version w WHERE w.zone_id = i.zone_id AND w.item_id = i.id AND w.state <> 'draft' AND w.from_day <= $3
   AND (w.state = 'published' OR w.withdrawn_day >= w.from_day) ORDER BY w.from_day DESC, w.version DESC LIMIT 1);

-- name: version_row
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE v.zone_id = $1 AND v.id = $2;

-- name: numbered
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE v.zone_id = $1 AND v.item_id = $2 AND v.version = $3;

-- name: draft_of
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE v.zone_id = $1 AND v.item_id = $2 AND v.state = 'draft';

-- name: versions_of
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE v.zone_id = $1 AND v.item_id = $2 ORDER BY v.version DESC LIMIT 100;

-- name: offered_after
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE i.zone_id = $1 AND i.id > $3 AND v.state = 'published' AND v.id = (SELECT w.id FROM item_version w WHERE w.zone_id = i.zone_id AND w.item_id = i.id AND w.state <> 'draft' AND w.from_day <= $2
   AND (w.state = 'published' OR w.withdrawn_day >= w.from_day) ORDER BY w.from_day DESC, w.version DESC LIMIT 1) ORDER BY i.id LIMIT 51;

-- name: offered_of_kind_after
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE i.zone_id = $1 AND i.category = $4 AND i.id > $3 AND v.state = 'published' AND v.id = (SELECT w.id FROM item_version w WHERE w.zone_id = i.zone_id AND w.item_id = i.id AND w.state <> 'draft' AND w.from_day <= $2
   AND (w.state = 'published' OR w.withdrawn_day >= w.from_day) ORDER BY w.from_day DESC, w.version DESC LIMIT 1) ORDER BY i.id LIMIT 51;

-- name: drafts
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE i.zone_id = $1 AND v.state = 'draft' ORDER BY i.id LIMIT 100;

-- name: choices
SELECT i.id, v.id AS version_id, v.version, v.saves, i.code, i.category, v.state, v.name, v.name_en, v.unit, v.mode, v.policy_id AS policy, v.zero_fee,
  v.floor_fen, v.ceiling_fen, v.subsidy_fen, v.reward_fen, v.deliverable, v.evidence, v.note, v.from_day, v.withdrawn_day
  FROM item i JOIN item_version v ON v.zone_id = i.zone_id AND v.item_id = i.id
 WHERE i.zone_id = $1 AND v.state = 'published' AND v.id = (SELECT w.id FROM item_version w WHERE w.zone_id = i.zone_id AND w.item_id = i.id AND w.state <> 'draft' AND w.from_day <= $2
   AND (w.state = 'published' OR w.withdrawn_day >= w.from_day) ORDER BY w.from_day DESC, w.version DESC LIMIT 1) ORDER BY i.category, i.id LIMIT 500;

-- name: steps_of
SELECT name, working_days, deliverable, evidence FROM item_step WHERE zone_id = $1 AND version_id = $2 ORDER BY position LIMIT 30;

-- name: publication
SELECT v.published_at, p.name AS published_by, w.name AS withdrawn_by, v.reason FROM item_version v LEFT JOIN person p ON p.zone_id = v.zone_id AND p.id = v.published_by
  LEFT JOIN person w ON w.zone_id = v.zone_id AND w.id = v.withdrawn_by WHERE v.zone_id = $1 AND v.id = $2;

-- name: add_item
INSERT INTO item (zone_id, id, code, category) VALUES ($1, $2, $3, $4);

-- name: next_version
SELECT max(version) + 1 FROM item_version WHERE zone_id = $1 AND item_id = $2;

-- name: last_from_day
SELECT max(from_day) FROM item_version WHERE zone_id = $1 AND item_id = $2 AND state = 'published';

-- name: add_version
INSERT INTO item_version (zone_id, id, item_id, version, name, name_en, unit, mode, policy_id, zero_fee, floor_fen, ceiling_fen, subsidy_fen, reward_fen,
  deliverable, evidence, note) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: save_version
UPDATE item_version SET name = $3, name_en = $4, unit = $5, mode = $6, policy_id = $7, zero_fee = $8, floor_fen = $9, ceiling_fen = $10, subsidy_fen = $11,
  reward_fen = $12, deliverable = $13, evidence = $14, note = $15, saves = saves + 1 WHERE zone_id = $1 AND id = $2 AND state = 'draft' AND saves = $16;

-- name: drop_steps
DELETE FROM item_step WHERE zone_id = $1 AND version_id = $2;

-- name: add_step
INSERT INTO item_step (zone_id, version_id, position, name, working_days, deliverable, evidence) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: publish_version
UPDATE item_version SET state = 'published', from_day = $3, published_at = $4, published_by = $5 WHERE zone_id = $1 AND id = $2 AND state = 'draft';

-- name: withdraw_version
UPDATE item_version SET state = 'withdrawn', withdrawn_day = $3, withdrawn_by = $4, reason = $5 WHERE zone_id = $1 AND id = $2 AND state = 'published';
