-- name: row
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name,
  o.state AS offer, o.note AS offer_note, o.answer_by_day, o.pass_on_day
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
  LEFT JOIN need_offer o ON o.zone_id = n.zone_id AND o.need_id = n.id AND o.agency_id = $3
 WHERE n.zone_id = $1 AND n.id = $2;

-- name: newest
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.id < $2 ORDER BY n.id DESC LIMIT 51;

-- name: in_state
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.id < $2 AND n.state = $3 ORDER BY n.id DESC LIMIT 51;

-- name: of_topic
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.id < $2 AND n.topic = $3 ORDER BY n.id DESC LIMIT 51;

-- name: of_topic_in_state
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.id < $2 AND n.topic = $3 AND n.state = $4 ORDER BY n.id DESC LIMIT 51;

-- name: of_enterprise
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.enterprise_id = $3 AND n.id < $2 ORDER BY n.id DESC LIMIT 51;

-- name: of_enterprise_in_state
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.enterprise_id = $3 AND n.id < $2 AND n.state = $4 ORDER BY n.id DESC LIMIT 51;

-- name: of_agency
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name,
  o.state AS offer, o.note AS offer_note, o.answer_by_day, o.pass_on_day
  FROM need_offer o JOIN need n ON n.zone_id = o.zone_id AND n.id = o.need_id
  JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE o.zone_id = $1 AND o.agency_id = $3 AND o.need_id < $2 ORDER BY o.need_id DESC LIMIT 51;

-- name: of_agency_in_state
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name,
  o.state AS offer, o.note AS offer_note, o.answer_by_day, o.pass_on_day
  FROM need_offer o JOIN need n ON n.zone_id = o.zone_id AND n.id = o.need_id
  JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE o.zone_id = $1 AND o.agency_id = $3 AND o.need_id < $2 AND n.state = $4 ORDER BY o.need_id DESC LIMIT 51;

-- name: todo_of_enterprise
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.enterprise_id = $2 AND n.state IN ('open', 'offered') AND (n.state = 'open' OR n.due_day > 0) ORDER BY n.id LIMIT 100;

-- name: todo_of_agency
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name,
  o.state AS offer, o.note AS offer_note, o.answer_by_day, o.pass_on_day
  FROM need_offer o JOIN need n ON n.zone_id = o.zone_id AND n.id = o.need_id
  JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE o.zone_id = $1 AND o.agency_id = $2 AND (o.state = 'offered' OR (o.state = 'chosen' AND n.state = 'accepted')) ORDER BY o.need_id LIMIT 100;

-- name: escalated
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name,
  (SELECT min(o.pass_on_day) FROM need_offer o WHERE o.zone_id = n.zone_id AND o.need_id = n.id AND o.state = 'offered' AND o.told = 2) AS pass_on_day
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.state = 'offered' AND EXISTS (SELECT 1 FROM need_offer o WHERE o.zone_id = n.zone_id AND o.need_id = n.id AND o.state = 'offered' AND o.told = 2)
 ORDER BY n.id LIMIT 100;

-- name: late_open
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.state IN ('open', 'offered') AND n.wished_day < $2 ORDER BY n.id LIMIT 1000;

-- name: unanswered
SELECT o.need_id AS need, o.agency_id AS agency, o.state, o.is_picked, o.asked_day, o.answer_by_day, o.escalate_day, o.pass_on_day, o.told
  FROM need_offer o WHERE o.zone_id = $1 AND o.state = 'offered' ORDER BY o.need_id, o.agency_id;

-- name: asked_of
SELECT o.need_id AS need, o.agency_id AS agency, o.state, o.is_picked, o.asked_day, o.answer_by_day, o.escalate_day, o.pass_on_day, o.told
  FROM need_offer o WHERE o.zone_id = $1 AND o.need_id = $2 ORDER BY o.asked_day, o.agency_id;

-- name: asked_shown
SELECT o.agency_id, g.name AS agency_name, g.name_en AS agency_name_en, o.state, o.is_picked, o.asked_day, o.answer_by_day, o.pass_on_day, o.answered_day, o.note, f.price_fen, f.work_days, i.zero_fee AS is_free
  FROM need_offer o JOIN org g ON g.zone_id = o.zone_id AND g.id = o.agency_id JOIN need n ON n.zone_id = o.zone_id AND n.id = o.need_id
  JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id LEFT JOIN offer f ON f.zone_id = o.zone_id AND f.item_id = n.item_id AND f.agency_id = o.agency_id
 WHERE o.zone_id = $1 AND o.need_id = $2 ORDER BY o.asked_day, o.agency_id;

-- name: add
INSERT INTO need (zone_id, id, enterprise_id, item_id, topic, subject, wished_day, note, state, made_day, since_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $9);

-- name: set_rest
UPDATE need SET state = $3, since_day = $4, due_day = $5, version = version + 1 WHERE zone_id = $1 AND id = $2;

-- name: set_way
UPDATE need SET by_platform = $3 WHERE zone_id = $1 AND id = $2;

-- name: set_agency
UPDATE need SET agency_id = $3 WHERE zone_id = $1 AND id = $2;

-- name: set_matched
UPDATE need SET agreement_id = $3, state = 'matched', since_day = $4, due_day = 0, version = version + 1 WHERE zone_id = $1 AND id = $2;

-- name: set_dates
UPDATE need_offer SET answer_by_day = $4, escalate_day = $5, pass_on_day = $6 WHERE zone_id = $1 AND need_id = $2 AND agency_id = $3;

-- name: set_due
UPDATE need SET due_day = $3 WHERE zone_id = $1 AND id = $2;

-- name: with_due
SELECT n.id, n.version, n.enterprise_id AS enterprise, n.item_id AS item, n.topic, n.subject, n.note AS details, n.state, n.wished_day, n.by_platform, n.agency_id AS agency,
  n.agreement_id AS agreement, n.made_day, n.since_day, n.due_day, e.name AS enterprise_name, i.name AS item_name, i.name_en AS item_name_en, g.name AS agency_name
  FROM need n JOIN org e ON e.zone_id = n.zone_id AND e.id = n.enterprise_id JOIN item_named i ON i.zone_id = n.zone_id AND i.id = n.item_id
  LEFT JOIN org g ON g.zone_id = n.zone_id AND g.id = n.agency_id
 WHERE n.zone_id = $1 AND n.state IN ('offered', 'accepted') AND n.due_day > 0 ORDER BY n.id LIMIT 10000;

-- name: ask
INSERT INTO need_offer (zone_id, need_id, agency_id, state, is_picked, asked_day, answer_by_day, escalate_day, pass_on_day)
VALUES ($1, $2, $3, 'offered', $4, $5, $6, $7, $8);

-- name: set_offer
UPDATE need_offer SET state = $4, answered_day = $5, answered_by = $6, note = $7 WHERE zone_id = $1 AND need_id = $2 AND agency_id = $3;

-- name: set_told
UPDATE need_offer SET told = $4 WHERE zone_id = $1 AND need_id = $2 AND agency_id = $3;

-- name: close_offers
UPDATE need_offer SET state = 'closed' WHERE zone_id = $1 AND need_id = $2 AND state IN ('offered', 'accepted', 'chosen');

-- name: reopen_chosen
UPDATE need_offer SET state = $4 WHERE zone_id = $1 AND need_id = $2 AND agency_id = $3 AND state = 'chosen';

-- name: take
UPDATE need_offer SET state = 'chosen' WHERE zone_id = $1 AND need_id = $2 AND agency_id = $3;

-- name: waiting_of
SELECT count(*) FROM need_offer WHERE zone_id = $1 AND need_id = $2 AND state IN ('offered', 'accepted');

-- name: accepted_of
SELECT count(*) FROM need_offer WHERE zone_id = $1 AND need_id = $2 AND state = 'accepted';

-- name: last_event
SELECT max(n) FROM need_event WHERE zone_id = $1 AND need_id = $2;

-- name: add_event
INSERT INTO need_event (zone_id, need_id, n, at, on_day, person_id, org_id, what, agency_id, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- clerk_name: who did it for an organisation in which he holds no post, at the counter
-- name: events
SELECT v.n, v.at AS done_at, v.on_day, v.person_id, v.org_id, v.what, v.agency_id, v.note, g.name AS agency_name, b.name AS org_name, k.name AS clerk_name
  FROM need_event v LEFT JOIN org g ON g.zone_id = v.zone_id AND g.id = v.agency_id LEFT JOIN org b ON b.zone_id = v.zone_id AND b.id = v.org_id
  LEFT JOIN person k ON k.zone_id = v.zone_id AND k.id = v.person_id AND b.id IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM post t WHERE t.zone_id = k.zone_id AND t.person_id = k.id AND t.org_id = b.id)
 WHERE v.zone_id = $1 AND v.need_id = $2 ORDER BY v.n;

-- name: last_round
SELECT max(round) FROM need_judged WHERE zone_id = $1 AND need_id = $2;

-- name: add_judged
INSERT INTO need_judged (zone_id, need_id, round, agency_id, place, reason, rating, running, pending, capacity, on_day)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: judged
SELECT j.agency_id, g.name AS agency_name, g.name_en AS agency_name_en, j.place, j.reason, j.rating, j.running, j.pending, j.capacity, j.on_day
  FROM need_judged j JOIN org g ON g.zone_id = j.zone_id AND g.id = j.agency_id
 WHERE j.zone_id = $1 AND j.need_id = $2 AND j.round = $3 ORDER BY j.place = 0, j.place, j.agency_id;

-- name: facts_of_agencies
SELECT g.id AS agency, CASE WHEN g.state IN ('active', 'warned') THEN 1 ELSE 0 END AS is_active, coalesce(f.is_open, 0) AS is_offered,
  EXISTS (SELECT 1 FROM need_offer o WHERE o.zone_id = g.zone_id AND o.need_id = $2 AND o.agency_id = g.id) AS is_asked,
  EXISTS (SELECT 1 FROM exclusion x WHERE x.zone_id = g.zone_id AND x.enterprise_id = $3 AND x.agency_id = g.id) AS is_excluded,
  EXISTS (SELECT 1 FROM owner_stated a JOIN owner_stated b ON b.zone_id = a.zone_id AND b.name_key = a.name_key
           WHERE a.zone_id = g.zone_id AND a.org_id = $3 AND b.org_id = g.id) AS is_same_owner,
  CASE WHEN coalesce(p.away_until_day, 0) >= $5 THEN 1 ELSE 0 END AS is_away,
  (SELECT count(*) FROM agreement m JOIN flow_case k ON k.zone_id = m.zone_id AND k.id = m.id
    WHERE m.zone_id = g.zone_id AND m.agency_id = g.id AND m.is_active = 1 AND k.closed_at = 0) AS running,
  (SELECT count(*) FROM need_offer w JOIN need v ON v.zone_id = w.zone_id AND v.id = w.need_id
    WHERE w.zone_id = g.zone_id AND w.agency_id = g.id AND w.state IN ('offered', 'accepted', 'chosen') AND v.state IN ('offered', 'accepted')) AS pending,
  coalesce(p.capacity, 0) AS capacity
  FROM org g LEFT JOIN offer f ON f.zone_id = g.zone_id AND f.item_id = $4 AND f.agency_id = g.id
  LEFT JOIN agency_capacity p ON p.zone_id = g.zone_id AND p.agency_id = g.id
 WHERE g.zone_id = $1 AND g.kind = 'agency' AND g.state NOT IN ('applied', 'reviewing') ORDER BY g.id LIMIT 1000;
