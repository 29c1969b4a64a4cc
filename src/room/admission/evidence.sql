-- name: newest_of_lines
SELECT e.id, e.admission_id AS admission, e.line, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day FROM admission_evidence e WHERE e.zone_id = $1 AND e.admission_id = $2 AND e.id = (SELECT max(f.id) FROM admission_evidence f WHERE f.zone_id = e.zone_id AND f.admission_id = e.admission_id AND f.line = e.line) ORDER BY e.line;

-- name: newest_of_line
SELECT e.id, e.admission_id AS admission, e.line, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day FROM admission_evidence e WHERE e.zone_id = $1 AND e.admission_id = $2 AND e.line = $3 ORDER BY e.id DESC LIMIT 1;

-- name: history_of_line
SELECT e.id, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day, g.name AS given_name, j.name AS judged_name FROM admission_evidence e
  JOIN person g ON g.zone_id = e.zone_id AND g.id = e.given_by LEFT JOIN person j ON j.zone_id = e.zone_id AND j.id = e.judged_by
 WHERE e.zone_id = $1 AND e.admission_id = $2 AND e.line = $3 ORDER BY e.id DESC LIMIT 50;

-- name: add
INSERT INTO admission_evidence (zone_id, id, admission_id, line, doc, note, given_by, given_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

-- name: judge_it
UPDATE admission_evidence SET verdict = $3, reason = $4, expiry_day = $5, judged_by = $6, judged_day = $7 WHERE zone_id = $1 AND id = $2;

-- name: expiring_on
SELECT e.id, e.admission_id AS admission, e.line, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day, a.org_id AS org, o.name AS org_name FROM admission_evidence e JOIN admission a ON a.zone_id = e.zone_id AND a.id = e.admission_id
  JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id WHERE e.zone_id = $1 AND e.expiry_day = $2 AND e.expiry_day > 0 AND e.verdict = 'passed' AND a.is_open = 1 AND a.admitted_day > 0
   AND e.id = (SELECT max(f.id) FROM admission_evidence f WHERE f.zone_id = e.zone_id AND f.admission_id = e.admission_id AND f.line = e.line AND f.verdict = 'passed') ORDER BY +e.id;

-- name: expiring_of_org
SELECT e.id, e.admission_id AS admission, e.line, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day, a.org_id AS org, o.name AS org_name FROM admission_evidence e JOIN admission a ON a.zone_id = e.zone_id AND a.id = e.admission_id
  JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id WHERE a.zone_id = $1 AND a.org_id = $2 AND a.is_open = 1 AND a.admitted_day > 0 AND e.verdict = 'passed' AND e.expiry_day > 0 AND e.expiry_day <= $3
   AND e.id = (SELECT max(f.id) FROM admission_evidence f WHERE f.zone_id = e.zone_id AND f.admission_id = e.admission_id AND f.line = e.line AND f.verdict = 'passed') ORDER BY e.expiry_day, e.id LIMIT 20;

-- name: expired_of_active
SELECT e.id, e.admission_id AS admission, e.line, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day, a.org_id AS org, o.name AS org_name FROM admission_evidence e JOIN admission a ON a.zone_id = e.zone_id AND a.id = e.admission_id
  JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id WHERE e.zone_id = $1 AND e.expiry_day > 0 AND e.expiry_day < $2 AND e.verdict = 'passed' AND a.is_open = 1 AND a.admitted_day > 0 AND o.state = 'active'
   AND e.id = (SELECT max(f.id) FROM admission_evidence f WHERE f.zone_id = e.zone_id AND f.admission_id = e.admission_id AND f.line = e.line AND f.verdict = 'passed') ORDER BY e.expiry_day, e.id LIMIT 100;

-- name: renewed
SELECT e.id, e.admission_id AS admission, e.line, e.doc, e.note, e.given_day, e.verdict, e.reason, e.expiry_day, e.judged_day, a.org_id AS org, o.name AS org_name FROM admission_evidence e JOIN admission a ON a.zone_id = e.zone_id AND a.id = e.admission_id
  JOIN org o ON o.zone_id = a.zone_id AND o.id = a.org_id WHERE e.zone_id = $1 AND e.verdict = '' AND a.is_open = 1 AND a.admitted_day > 0
   AND e.id = (SELECT max(f.id) FROM admission_evidence f WHERE f.zone_id = e.zone_id AND f.admission_id = e.admission_id AND f.line = e.line) ORDER BY e.id LIMIT 100;

-- name: of_document
SELECT id, admission_id AS admission, line, doc FROM admission_evidence WHERE zone_id = $1 AND admission_id = $2 AND id = $3 AND doc = $4;
