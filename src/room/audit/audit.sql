-- name: the_tree
SELECT entries, frontier, last FROM audit_tree WHERE zone_id = $1;

-- name: tree_put
INSERT INTO audit_tree (zone_id, entries, frontier, last) VALUES ($1, $2, $3, $4)
ON CONFLICT (zone_id) DO UPDATE SET entries = excluded.entries, frontier = excluded.frontier, last = excluded.last;

-- name: entry_add
INSERT INTO audit_entry (zone_id, seq, at, today, person, for_person, post, org, role, act, noun, object, input, result, prev, hash, mandate)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: private_add
INSERT INTO audit_private (zone_id, seq, field, salt, value) VALUES ($1, $2, $3, $4, $5);

-- name: entries_after
SELECT seq, at, today, person, for_person, post, org, role, act, noun, object, input, result, prev, hash, mandate
  FROM audit_entry WHERE zone_id = $1 AND seq > $2 ORDER BY seq LIMIT 500;

-- name: privates_between
SELECT seq, field, salt, value FROM audit_private WHERE zone_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq, field;

-- name: newest
SELECT seq, at AS done_at, today AS on_day, person, for_person, mandate, org, role, act, noun, object, hash
  FROM audit_entry WHERE zone_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT 51;

-- name: newest_of_person
SELECT seq, at AS done_at, today AS on_day, person, for_person, mandate, org, role, act, noun, object, hash
  FROM audit_entry WHERE zone_id = $1 AND person = $3 AND seq < $2 ORDER BY seq DESC LIMIT 51;

-- name: one
SELECT seq, at AS done_at, today AS on_day, person, for_person, post, org, role, act, noun, object, input, result, prev, hash, mandate
  FROM audit_entry WHERE zone_id = $1 AND seq = $2;

-- name: of_object
SELECT seq, at AS done_at, today AS on_day, person, for_person, mandate, org, role, act
  FROM audit_entry WHERE zone_id = $1 AND noun = $2 AND object = $3 ORDER BY seq LIMIT 200;

-- name: newest_of_object
SELECT seq, at AS done_at, today AS on_day, person, for_person, mandate, org, role, act, noun, object, hash
  FROM audit_entry WHERE zone_id = $1 AND noun = $3 AND object = $4 AND seq < $2 ORDER BY seq DESC LIMIT 51;

-- name: newest_instant
SELECT at FROM audit_entry WHERE zone_id = $1 ORDER BY seq DESC LIMIT 1;
