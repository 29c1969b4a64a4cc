-- name: id_of_code
SELECT id FROM policy WHERE zone_id = $1 AND code = $2;

-- name: add
INSERT INTO policy (zone_id, id, code) VALUES ($1, $2, $3);

-- name: last_version
SELECT max(version) FROM policy_version WHERE zone_id = $1 AND policy_id = $2;

-- name: last_from_day
SELECT max(from_day) FROM policy_version WHERE zone_id = $1 AND policy_id = $2;

-- name: version_add
INSERT INTO policy_version (zone_id, id, policy_id, version, title, title_en, level, issuer, document_number, clause, source, is_example,
  outcome_kinds, agency_rule, reward_rule, standard_fen, payee, window_days, from_day, to_day, published_at, published_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22);

-- name: version_row
SELECT v.id, v.policy_id AS policy, v.version, p.code, v.title, v.title_en, v.level, v.issuer, v.document_number, v.clause, v.source,
  v.is_example AS example, v.outcome_kinds, v.agency_rule, v.reward_rule, v.standard_fen, v.payee, v.window_days, v.from_day, v.to_day
  FROM policy_version v JOIN policy p ON p.zone_id = v.zone_id AND p.id = v.policy_id WHERE v.zone_id = $1 AND v.id = $2;

-- name: version_on
SELECT v.id, v.policy_id AS policy, v.version, p.code, v.title, v.title_en, v.level, v.issuer, v.document_number, v.clause, v.source,
  v.is_example AS example, v.outcome_kinds, v.agency_rule, v.reward_rule, v.standard_fen, v.payee, v.window_days, v.from_day, v.to_day
  FROM policy_version v JOIN policy p ON p.zone_id = v.zone_id AND p.id = v.policy_id
 WHERE v.zone_id = $1 AND v.policy_id = $2 AND v.from_day <= $3 AND (v.to_day = 0 OR v.to_day >= $3) ORDER BY v.from_day DESC, v.version DESC LIMIT 1;

-- name: list_after
SELECT id AS policy_id, code FROM policy WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 51;

-- name: versions_of
SELECT id, version, title, from_day, to_day, standard_fen, document_number, published_at FROM policy_version
 WHERE zone_id = $1 AND policy_id = $2 ORDER BY version DESC LIMIT 100;

-- name: choices
SELECT id FROM policy WHERE zone_id = $1 ORDER BY id LIMIT 200;
