-- name: row
SELECT item_id AS item, price_fen, work_days, is_open, note FROM offer WHERE zone_id = $1 AND item_id = $2 AND agency_id = $3;

-- name: put
INSERT INTO offer (zone_id, agency_id, item_id, price_fen, work_days, note, is_open, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (zone_id, item_id, agency_id) DO UPDATE SET price_fen = excluded.price_fen, work_days = excluded.work_days, note = excluded.note,
  is_open = excluded.is_open, changed_at = excluded.changed_at, changed_by = excluded.changed_by;

-- name: of_agency
SELECT f.item_id AS item, i.name AS item_name, i.name_en AS item_name_en, f.price_fen, f.work_days, f.is_open, f.note, i.zero_fee AS is_free FROM offer f
  JOIN item_named i ON i.zone_id = f.zone_id AND i.id = f.item_id
 WHERE f.zone_id = $1 AND f.agency_id = $2 ORDER BY f.item_id LIMIT 500;

-- name: of_item
SELECT f.agency_id, f.item_id, g.name AS agency_name, g.name_en AS agency_name_en, i.name AS item_name, i.name_en AS item_name_en, f.price_fen, f.work_days, f.note, i.zero_fee AS is_free,
  coalesce(p.capacity, 0) AS capacity, coalesce(p.away_until_day, 0) AS away_until_day,
  (SELECT count(*) FROM agreement m JOIN flow_case k ON k.zone_id = m.zone_id AND k.id = m.id
    WHERE m.zone_id = f.zone_id AND m.agency_id = f.agency_id AND m.is_active = 1 AND k.closed_at = 0) AS running
  FROM offer f JOIN org g ON g.zone_id = f.zone_id AND g.id = f.agency_id JOIN item_named i ON i.zone_id = f.zone_id AND i.id = f.item_id
  LEFT JOIN agency_capacity p ON p.zone_id = f.zone_id AND p.agency_id = f.agency_id
 WHERE f.zone_id = $1 AND f.item_id = $2 AND f.agency_id > $3 AND f.is_open = 1 AND g.state IN ('active', 'warned') ORDER BY f.agency_id LIMIT 51;

-- name: of_agency_compared
SELECT g.id AS agency_id, g.name AS agency_name, g.name_en AS agency_name_en, g.registered_day, g.state, f.price_fen, f.work_days, f.note, coalesce(f.is_open, 0) AS is_offered,
  coalesce(p.capacity, 0) AS capacity, coalesce(p.away_until_day, 0) AS away_until_day,
  (SELECT count(*) FROM agreement m JOIN flow_case k ON k.zone_id = m.zone_id AND k.id = m.id
    WHERE m.zone_id = g.zone_id AND m.agency_id = g.id AND m.is_active = 1 AND k.closed_at = 0) AS running,
  (SELECT count(*) FROM agreement m WHERE m.zone_id = g.zone_id AND m.agency_id = g.id AND m.filed_day > 0) AS filed,
  (SELECT count(*) FROM agreement m WHERE m.zone_id = g.zone_id AND m.agency_id = g.id AND m.filed_day > 0 AND m.item_id = $3) AS filed_for_item,
  (SELECT count(*) FROM need_offer o WHERE o.zone_id = g.zone_id AND o.agency_id = g.id) AS asked,
  (SELECT count(*) FROM need_offer o WHERE o.zone_id = g.zone_id AND o.agency_id = g.id AND o.answered_day > 0 AND o.answered_by > 0 AND o.answered_day <= o.answer_by_day) AS answered_in_time
  FROM org g LEFT JOIN offer f ON f.zone_id = g.zone_id AND f.agency_id = g.id AND f.item_id = $3
  LEFT JOIN agency_capacity p ON p.zone_id = g.zone_id AND p.agency_id = g.id
 WHERE g.zone_id = $1 AND g.id = $2 AND g.kind = 'agency';

-- name: capacity_of
SELECT capacity, away_until_day FROM agency_capacity WHERE zone_id = $1 AND agency_id = $2;

-- name: put_capacity
INSERT INTO agency_capacity (zone_id, agency_id, capacity, away_until_day) VALUES ($1, $2, $3, $4)
ON CONFLICT (zone_id, agency_id) DO UPDATE SET capacity = excluded.capacity, away_until_day = excluded.away_until_day;

-- name: running_of
SELECT count(*) FROM agreement m JOIN flow_case k ON k.zone_id = m.zone_id AND k.id = m.id
 WHERE m.zone_id = $1 AND m.agency_id = $2 AND m.is_active = 1 AND k.closed_at = 0;

-- name: owners_of
SELECT name FROM owner_stated WHERE zone_id = $1 AND org_id = $2 ORDER BY name_key;

-- name: forget_owners
DELETE FROM owner_stated WHERE zone_id = $1 AND org_id = $2;

-- name: add_owner
INSERT INTO owner_stated (zone_id, org_id, name_key, name) VALUES ($1, $2, $3, $4) ON CONFLICT (zone_id, org_id, name_key) DO NOTHING;

-- name: exclusions_of
SELECT x.agency_id, g.name AS agency_name, g.name_en AS agency_name_en, x.reason, x.since_day FROM exclusion x JOIN org g ON g.zone_id = x.zone_id AND g.id = x.agency_id
 WHERE x.zone_id = $1 AND x.enterprise_id = $2 ORDER BY x.agency_id LIMIT 200;

-- name: add_exclusion
INSERT INTO exclusion (zone_id, enterprise_id, agency_id, reason, since_day) VALUES ($1, $2, $3, $4, $5);

-- name: end_exclusion
DELETE FROM exclusion WHERE zone_id = $1 AND enterprise_id = $2 AND agency_id = $3;
