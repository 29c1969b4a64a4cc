-- name: row
SELECT m.id, m.version, m.mentor_id AS mentor, m.startup_id AS startup, m.proposed_by, m.topic, m.goal, m.state, m.end_note, m.until_day, m.made_day,
  m.mentor_agreed_day, m.startup_agreed_day, m.ended_day, a.name AS mentor_name, b.name AS startup_name
  FROM mentoring m JOIN org a ON a.zone_id = m.zone_id AND a.id = m.mentor_id JOIN org b ON b.zone_id = m.zone_id AND b.id = m.startup_id
 WHERE m.zone_id = $1 AND m.id = $2;

-- name: newest
SELECT m.id, m.version, m.mentor_id AS mentor, m.startup_id AS startup, m.proposed_by, m.topic, m.goal, m.state, m.end_note, m.until_day, m.made_day,
  m.mentor_agreed_day, m.startup_agreed_day, m.ended_day, a.name AS mentor_name, b.name AS startup_name
  FROM mentoring m JOIN org a ON a.zone_id = m.zone_id AND a.id = m.mentor_id JOIN org b ON b.zone_id = m.zone_id AND b.id = m.startup_id
 WHERE m.zone_id = $1 AND m.id < $2 ORDER BY m.id DESC LIMIT 51;

-- name: in_state
SELECT m.id, m.version, m.mentor_id AS mentor, m.startup_id AS startup, m.proposed_by, m.topic, m.goal, m.state, m.end_note, m.until_day, m.made_day,
  m.mentor_agreed_day, m.startup_agreed_day, m.ended_day, a.name AS mentor_name, b.name AS startup_name
  FROM mentoring m JOIN org a ON a.zone_id = m.zone_id AND a.id = m.mentor_id JOIN org b ON b.zone_id = m.zone_id AND b.id = m.startup_id
 WHERE m.zone_id = $1 AND m.id < $2 AND m.state = $3 ORDER BY m.id DESC LIMIT 51;

-- name: of_org
SELECT m.id, m.version, m.mentor_id AS mentor, m.startup_id AS startup, m.proposed_by, m.topic, m.goal, m.state, m.end_note, m.until_day, m.made_day,
  m.mentor_agreed_day, m.startup_agreed_day, m.ended_day, a.name AS mentor_name, b.name AS startup_name
  FROM mentoring m JOIN org a ON a.zone_id = m.zone_id AND a.id = m.mentor_id JOIN org b ON b.zone_id = m.zone_id AND b.id = m.startup_id
 WHERE m.zone_id = $1 AND m.id < $2 AND (m.mentor_id = $3 OR m.startup_id = $3) ORDER BY m.id DESC LIMIT 51;

-- name: of_org_in_state
SELECT m.id, m.version, m.mentor_id AS mentor, m.startup_id AS startup, m.proposed_by, m.topic, m.goal, m.state, m.end_note, m.until_day, m.made_day,
  m.mentor_agreed_day, m.startup_agreed_day, m.ended_day, a.name AS mentor_name, b.name AS startup_name
  FROM mentoring m JOIN org a ON a.zone_id = m.zone_id AND a.id = m.mentor_id JOIN org b ON b.zone_id = m.zone_id AND b.id = m.startup_id
 WHERE m.zone_id = $1 AND m.id < $2 AND (m.mentor_id = $3 OR m.startup_id = $3) AND m.state = $4 ORDER BY m.id DESC LIMIT 51;

-- name: to_answer
SELECT m.id, m.version, m.mentor_id AS mentor, m.startup_id AS startup, m.proposed_by, m.topic, m.goal, m.state, m.end_note, m.until_day, m.made_day,
  m.mentor_agreed_day, m.startup_agreed_day, m.ended_day, a.name AS mentor_name, b.name AS startup_name
  FROM mentoring m JOIN org a ON a.zone_id = m.zone_id AND a.id = m.mentor_id JOIN org b ON b.zone_id = m.zone_id AND b.id = m.startup_id
 WHERE m.zone_id = $1 AND m.state = 'proposed' AND ((m.mentor_id = $2 AND m.mentor_agreed_day = 0) OR (m.startup_id = $2 AND m.startup_agreed_day = 0)) ORDER BY m.id LIMIT 100;

-- name: add
INSERT INTO mentoring (zone_id, id, mentor_id, startup_id, topic, goal, until_day, state, mentor_agreed_day, startup_agreed_day, proposed_by, made_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'proposed', $8, $9, $10, $11);

-- name: agree
UPDATE mentoring SET mentor_agreed_day = $3, startup_agreed_day = $4, state = $5, version = version + 1 WHERE zone_id = $1 AND id = $2;

-- name: finish
UPDATE mentoring SET state = $3, ended_day = $4, end_note = $5, version = version + 1 WHERE zone_id = $1 AND id = $2;

-- name: last_meeting
SELECT max(n) FROM mentoring_meeting WHERE zone_id = $1 AND mentoring_id = $2;

-- name: add_meeting
INSERT INTO mentoring_meeting (zone_id, mentoring_id, n, met_day, way, text, next_step, org_id, person_id, at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: meetings
SELECT t.n, t.met_day, t.way, t.text, t.next_step, o.name AS org_name, t.person_id, t.at AS written_at FROM mentoring_meeting t
  JOIN org o ON o.zone_id = t.zone_id AND o.id = t.org_id
 WHERE t.zone_id = $1 AND t.mentoring_id = $2 ORDER BY t.n DESC LIMIT 500;
