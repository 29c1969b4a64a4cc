-- the cases of a run: ended in its twelve months, with what was known of them then (every application has its agreement: LEFT
-- only keeps SQLite from reading all applications first)
-- name: take_applications
INSERT INTO rating_case (zone_id, run_id, case_id, agency_id, kind, success, timely, first_pass, level, price_kept, unobjected)
SELECT k.zone_id, $2, k.id, a.agency_id, 'application', CASE k.node WHEN 'paid' THEN 1 ELSE 0 END,
  CASE WHEN k.node <> 'paid' THEN -1 WHEN a.outcome_day <= m.to_day THEN 1 ELSE 0 END, CASE WHEN a.round <= 1 THEN 1 ELSE 0 END,
  COALESCE((SELECT f.level FROM feedback f WHERE f.zone_id = k.zone_id AND f.case_id = k.id), 0), CASE m.price_approved_at WHEN 0 THEN 1 ELSE 0 END,
  CASE WHEN EXISTS (SELECT 1 FROM objection b WHERE b.zone_id = k.zone_id AND b.case_id = k.id AND b.verdict = 'upheld') THEN 0
       WHEN EXISTS (SELECT 1 FROM notice_line l WHERE l.zone_id = k.zone_id AND l.case_id = k.id) THEN 1 ELSE -1 END
  FROM flow_case k JOIN application a ON a.zone_id = k.zone_id AND a.id = k.id LEFT JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id
 WHERE k.zone_id = $1 AND k.flow = 'subsidy' AND k.node IN ('paid', 'refused') AND k.closed_at >= $3 AND k.closed_at < $4;

-- an agreement counts by itself where no application does: done in market mode, or ended early without an outcome that was decided
-- name: take_agreements
INSERT INTO rating_case (zone_id, run_id, case_id, agency_id, kind, success, timely, first_pass, level, price_kept, unobjected)
SELECT k.zone_id, $2, k.id, m.agency_id, 'agreement', CASE k.node WHEN 'done' THEN 1 ELSE 0 END, CASE WHEN k.node <> 'done' THEN -1 WHEN k.since_day <= m.to_day THEN 1 ELSE 0 END, -1,
  COALESCE((SELECT f.level FROM feedback f WHERE f.zone_id = k.zone_id AND f.case_id = k.id), 0), CASE m.price_approved_at WHEN 0 THEN 1 ELSE 0 END, -1
  FROM flow_case k JOIN agreement m ON m.zone_id = k.zone_id AND m.id = k.id
 WHERE k.zone_id = $1 AND k.flow = 'agreement' AND k.node IN ('done', 'terminated') AND k.closed_at >= $3 AND k.closed_at < $4 AND m.filed_day > 0
   AND (m.policy_id = 0 OR k.node = 'terminated')
   AND NOT EXISTS (SELECT 1 FROM application a JOIN flow_case t ON t.zone_id = a.zone_id AND t.id = a.id
                    WHERE a.zone_id = m.zone_id AND a.agreement_id = m.id AND t.node IN ('paid', 'refused'));

-- name: add_run
INSERT INTO rating_run (zone_id, id, month, from_at, to_at, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: count_cases
UPDATE rating_run SET cases = (SELECT count(*) FROM rating_case c WHERE c.zone_id = $1 AND c.run_id = $2) WHERE zone_id = $1 AND id = $2;

-- name: run_of_month
SELECT id FROM rating_run WHERE zone_id = $1 AND month = $2;

-- name: run_row
SELECT id, month, from_at, to_at, made_at, cases FROM rating_run WHERE zone_id = $1 AND id = $2;

-- name: runs_before
SELECT id, month, from_at, to_at, made_at, cases FROM rating_run WHERE zone_id = $1 AND id < $2 ORDER BY id DESC LIMIT 51;

-- name: last
SELECT id FROM rating_run WHERE zone_id = $1 ORDER BY month DESC LIMIT 1;

-- the facts from the stored input, for the result and for proving it
-- name: sums
SELECT agency_id AS agency, count(*) AS cases, sum(success) AS success_good, count(*) AS success_n,
  sum(CASE timely WHEN 1 THEN 1 ELSE 0 END) AS timeliness_good, sum(CASE timely WHEN -1 THEN 0 ELSE 1 END) AS timeliness_n,
  sum(CASE first_pass WHEN 1 THEN 1 ELSE 0 END) AS first_pass_good, sum(CASE first_pass WHEN -1 THEN 0 ELSE 1 END) AS first_pass_n,
  sum(CASE WHEN level >= 4 THEN 1 ELSE 0 END) AS satisfaction_good, sum(CASE level WHEN 0 THEN 0 ELSE 1 END) AS satisfaction_n,
  sum(price_kept) AS price_good, count(*) AS price_n,
  sum(CASE unobjected WHEN 1 THEN 1 ELSE 0 END) AS objections_good, sum(CASE unobjected WHEN -1 THEN 0 ELSE 1 END) AS objections_n
  FROM rating_case WHERE zone_id = $1 AND run_id = $2 GROUP BY agency_id ORDER BY agency_id LIMIT 10000;

-- name: add_result
INSERT INTO rating_result (zone_id, run_id, agency_id, cases, success_good, success_n, timeliness_good, timeliness_n, first_pass_good, first_pass_n, satisfaction_good, satisfaction_n, price_good, price_n, objections_good, objections_n, score_low, score_high)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: results
SELECT r.run_id AS run, r.agency_id AS agency, r.cases, r.success_good, r.success_n, r.timeliness_good, r.timeliness_n, r.first_pass_good, r.first_pass_n, r.satisfaction_good, r.satisfaction_n, r.price_good, r.price_n, r.objections_good, r.objections_n, r.score_low, r.score_high FROM rating_result r WHERE r.zone_id = $1 AND r.run_id = $2 ORDER BY r.agency_id LIMIT 10000;

-- name: ranking
SELECT r.run_id AS run, r.agency_id AS agency, r.cases, r.success_good, r.success_n, r.timeliness_good, r.timeliness_n, r.first_pass_good, r.first_pass_n, r.satisfaction_good, r.satisfaction_n, r.price_good, r.price_n, r.objections_good, r.objections_n, r.score_low, r.score_high, 1000 - r.score_low AS place, o.name AS agency_name, o.name_en AS agency_name_en FROM rating_result r JOIN org o ON o.zone_id = r.zone_id AND o.id = r.agency_id
 WHERE r.zone_id = $1 AND r.run_id = $2 AND (1000 - r.score_low, r.agency_id) > ($3, $4) ORDER BY 1000 - r.score_low, r.agency_id LIMIT 51;

-- name: result_of
SELECT r.run_id AS run, r.agency_id AS agency, r.cases, r.success_good, r.success_n, r.timeliness_good, r.timeliness_n, r.first_pass_good, r.first_pass_n, r.satisfaction_good, r.satisfaction_n, r.price_good, r.price_n, r.objections_good, r.objections_n, r.score_low, r.score_high FROM rating_result r WHERE r.zone_id = $1 AND r.run_id = $2 AND r.agency_id = $3;

-- name: results_of_agency
SELECT r.run_id AS run, r.agency_id AS agency, r.cases, r.success_good, r.success_n, r.timeliness_good, r.timeliness_n, r.first_pass_good, r.first_pass_n, r.satisfaction_good, r.satisfaction_n, r.price_good, r.price_n, r.objections_good, r.objections_n, r.score_low, r.score_high, u.month FROM rating_result r JOIN rating_run u ON u.zone_id = r.zone_id AND u.id = r.run_id WHERE r.zone_id = $1 AND r.agency_id = $2 ORDER BY r.run_id DESC LIMIT 24;

-- name: cases_of
SELECT case_id, kind, success, timely, first_pass, level, price_kept, unobjected FROM rating_case WHERE zone_id = $1 AND run_id = $2 AND agency_id = $3 ORDER BY case_id LIMIT 500;

-- name: directory
SELECT o.id AS agency, o.name, o.name_en, COALESCE(r.cases, 0) AS cases, COALESCE(r.score_low, -1) AS score_low, COALESCE(r.score_high, -1) AS score_high, 1000 - COALESCE(r.score_low, -1) AS place
  FROM org o LEFT JOIN rating_result r ON r.zone_id = o.zone_id AND r.agency_id = o.id AND r.run_id = $2
 WHERE o.zone_id = $1 AND o.kind = 'agency' AND o.state IN ('active', 'warned') AND (1000 - COALESCE(r.score_low, -1), o.id) > ($3, $4) AND COALESCE(r.score_low, -1) >= $5
 ORDER BY 1000 - COALESCE(r.score_low, -1), o.id LIMIT 51;

-- name: directory_of_kind
SELECT o.id AS agency, o.name, o.name_en, COALESCE(r.cases, 0) AS cases, COALESCE(r.score_low, -1) AS score_low, COALESCE(r.score_high, -1) AS score_high, 1000 - COALESCE(r.score_low, -1) AS place
  FROM org o LEFT JOIN rating_result r ON r.zone_id = o.zone_id AND r.agency_id = o.id AND r.run_id = $2
 WHERE o.zone_id = $1 AND o.kind = 'agency' AND o.state IN ('active', 'warned') AND (1000 - COALESCE(r.score_low, -1), o.id) > ($3, $4) AND COALESCE(r.score_low, -1) >= $5
   AND EXISTS (SELECT 1 FROM agreement m JOIN item i ON i.zone_id = m.zone_id AND i.id = m.item_id
   WHERE m.zone_id = o.zone_id AND m.agency_id = o.id AND m.filed_day > 0 AND i.category = $6)
 ORDER BY 1000 - COALESCE(r.score_low, -1), o.id LIMIT 51;

-- name: agencies
SELECT id AS code, name AS label, name_en FROM org WHERE zone_id = $1 AND kind = 'agency' AND state IN ('active', 'warned') ORDER BY name LIMIT 500;

-- name: kinds_of
SELECT DISTINCT i.category FROM agreement m JOIN item i ON i.zone_id = m.zone_id AND i.id = m.item_id WHERE m.zone_id = $1 AND m.agency_id = $2 AND m.filed_day > 0 ORDER BY i.category LIMIT 8;

-- name: levels_of
SELECT level, count(*) AS answers FROM feedback WHERE zone_id = $1 AND agency_id = $2 GROUP BY level ORDER BY level DESC LIMIT 5;

-- name: words_of
SELECT level, words, given_day, reply, reply_day FROM feedback WHERE zone_id = $1 AND agency_id = $2 AND words <> '' ORDER BY given_day DESC, case_id DESC LIMIT 50;

-- what the enterprise may give its answer to
-- name: ended_application
SELECT a.id, a.agency_id AS agency, a.enterprise_id AS enterprise, m.subject, g.name AS agency_name, k.closed_at FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
 WHERE a.zone_id = $1 AND a.id = $2 AND k.node = 'paid' AND k.closed_at > 0;

-- name: ended_agreement
SELECT m.id, m.agency_id AS agency, m.enterprise_id AS enterprise, m.subject, g.name AS agency_name, k.closed_at FROM agreement m JOIN flow_case k ON k.zone_id = m.zone_id AND k.id = m.id
  JOIN org g ON g.zone_id = m.zone_id AND g.id = m.agency_id
 WHERE m.zone_id = $1 AND m.id = $2 AND m.policy_id = 0 AND k.node = 'done' AND k.closed_at > 0;

-- name: unrated_applications
SELECT a.id, a.agency_id AS agency, a.enterprise_id AS enterprise, m.subject, g.name AS agency_name, k.closed_at FROM application a JOIN flow_case k ON k.zone_id = a.zone_id AND k.id = a.id
  JOIN agreement m ON m.zone_id = a.zone_id AND m.id = a.agreement_id JOIN org g ON g.zone_id = a.zone_id AND g.id = a.agency_id
 WHERE a.zone_id = $1 AND a.enterprise_id = $2 AND k.node = 'paid' AND k.closed_at >= $3 AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.zone_id = a.zone_id AND f.case_id = a.id)
 ORDER BY a.id LIMIT 100;

-- name: unrated_agreements
SELECT m.id, m.agency_id AS agency, m.enterprise_id AS enterprise, m.subject, g.name AS agency_name, k.closed_at FROM agreement m JOIN flow_case k ON k.zone_id = m.zone_id AND k.id = m.id
  JOIN org g ON g.zone_id = m.zone_id AND g.id = m.agency_id
 WHERE m.zone_id = $1 AND m.enterprise_id = $2 AND m.policy_id = 0 AND k.node = 'done' AND k.closed_at >= $3 AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.zone_id = m.zone_id AND f.case_id = m.id)
 ORDER BY m.id LIMIT 100;

-- name: add_feedback
INSERT INTO feedback (zone_id, case_id, agency_id, enterprise_id, level, was_contacted, was_useful, words, given_day, given_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: feedback_row
SELECT case_id AS id, agency_id AS agency, enterprise_id AS enterprise, level, was_contacted AS contacted, was_useful AS useful, words, given_day, reply, reply_day FROM feedback WHERE zone_id = $1 AND case_id = $2;

-- name: feedback_of_agency
SELECT case_id AS id, agency_id AS agency, enterprise_id AS enterprise, level, was_contacted AS contacted, was_useful AS useful, words, given_day, reply, reply_day FROM feedback
 WHERE zone_id = $1 AND agency_id = $2 AND case_id < $3 ORDER BY case_id DESC LIMIT 51;

-- name: put_reply
UPDATE feedback SET reply = $3, reply_day = $4, reply_by = $5 WHERE zone_id = $1 AND case_id = $2 AND reply_day = 0;

-- name: add_proposal
INSERT INTO rating_proposal (zone_id, id, run_id, agency_id, kind, score_low, score_high, made_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: proposal_row
SELECT p.id, p.run_id AS run, p.agency_id AS agency, p.kind, p.score_low, p.score_high, p.state, p.made_day, p.decided_by, p.decided_for, p.decided_day, p.note, p.appeal,
  p.appealed_day, p.judged_by, p.judged_day, p.judgement, o.name AS agency_name, o.name_en AS agency_name_en, u.month
  FROM rating_proposal p JOIN org o ON o.zone_id = p.zone_id AND o.id = p.agency_id JOIN rating_run u ON u.zone_id = p.zone_id AND u.id = p.run_id WHERE p.zone_id = $1 AND p.id = $2;

-- name: proposals_before
SELECT p.id, p.run_id AS run, p.agency_id AS agency, p.kind, p.score_low, p.score_high, p.state, p.made_day, p.decided_by, p.decided_for, p.decided_day, p.note, p.appeal,
  p.appealed_day, p.judged_by, p.judged_day, p.judgement, o.name AS agency_name, o.name_en AS agency_name_en, u.month
  FROM rating_proposal p JOIN org o ON o.zone_id = p.zone_id AND o.id = p.agency_id JOIN rating_run u ON u.zone_id = p.zone_id AND u.id = p.run_id WHERE p.zone_id = $1 AND p.id < $2 ORDER BY p.id DESC LIMIT 51;

-- name: proposals_of_agency
SELECT p.id, p.run_id AS run, p.agency_id AS agency, p.kind, p.score_low, p.score_high, p.state, p.made_day, p.decided_by, p.decided_for, p.decided_day, p.note, p.appeal,
  p.appealed_day, p.judged_by, p.judged_day, p.judgement, o.name AS agency_name, o.name_en AS agency_name_en, u.month
  FROM rating_proposal p JOIN org o ON o.zone_id = p.zone_id AND o.id = p.agency_id JOIN rating_run u ON u.zone_id = p.zone_id AND u.id = p.run_id WHERE p.zone_id = $1 AND p.agency_id = $2 AND p.state NOT IN ('open', 'dismissed') ORDER BY p.id DESC LIMIT 24;

-- name: proposals_waiting
SELECT p.id, p.run_id AS run, p.agency_id AS agency, p.kind, p.score_low, p.score_high, p.state, p.made_day, p.decided_by, p.decided_for, p.decided_day, p.note, p.appeal,
  p.appealed_day, p.judged_by, p.judged_day, p.judgement, o.name AS agency_name, o.name_en AS agency_name_en, u.month
  FROM rating_proposal p JOIN org o ON o.zone_id = p.zone_id AND o.id = p.agency_id JOIN rating_run u ON u.zone_id = p.zone_id AND u.id = p.run_id WHERE p.zone_id = $1 AND p.state IN ('open', 'appealed') ORDER BY p.id LIMIT 100;

-- name: same_of_late
SELECT count(*) FROM rating_proposal WHERE zone_id = $1 AND agency_id = $2 AND kind = $3 AND (state IN ('open', 'appealed') OR made_day > $4);

-- name: decide_proposal
UPDATE rating_proposal SET state = $3, decided_by = $4, decided_day = $5, note = $6, decided_for = $7 WHERE zone_id = $1 AND id = $2 AND state = 'open';

-- name: appeal_proposal
UPDATE rating_proposal SET state = 'appealed', appeal = $3, appealed_by = $4, appealed_day = $5 WHERE zone_id = $1 AND id = $2 AND state = 'confirmed';

-- name: judge_proposal
UPDATE rating_proposal SET state = $3, judged_by = $4, judged_day = $5, judgement = $6 WHERE zone_id = $1 AND id = $2 AND state = 'appealed';
