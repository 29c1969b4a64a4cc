-- name: row
SELECT id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email FROM org WHERE zone_id = $1 AND id = $2;

-- name: row_of_uscc
SELECT id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email FROM org WHERE zone_id = $1 AND uscc = $2;

-- name: first_of_kind
SELECT id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email FROM org
 WHERE zone_id = $1 AND kind = $2 AND state = 'active' ORDER BY id LIMIT 1;

-- name: any_org
SELECT 1 FROM org WHERE zone_id = $1 LIMIT 1;

-- name: add_org
INSERT INTO org (zone_id, id, uscc, name, name_en, kind, state, registered_day, address, contact, phone, email)
VALUES ($1, $2, $3, $4, $5, $6, $12, $7, $8, $9, $10, $11);

-- name: change_org
UPDATE org SET name = $3, name_en = $4, address = $5, contact = $6, phone = $7, email = $8 WHERE zone_id = $1 AND id = $2;

-- name: set_org_state
UPDATE org SET state = $4 WHERE zone_id = $1 AND id = $2 AND state = $3;

-- name: orgs_after
SELECT id, uscc, name, name_en, kind, state, registered_day FROM org WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 51;

-- name: org_of_uscc
SELECT id, uscc, name, name_en, kind, state, registered_day FROM org WHERE zone_id = $1 AND uscc = $2;

-- name: orgs_of_kind_after
SELECT id, uscc, name, name_en, kind, state, registered_day FROM org WHERE zone_id = $1 AND kind = $3 AND id > $2 ORDER BY id LIMIT 51;

-- name: orgs_of_state_after
SELECT id, uscc, name, name_en, kind, state, registered_day FROM org WHERE zone_id = $1 AND state = $3 AND id > $2 ORDER BY id LIMIT 51;

-- name: orgs_of_kind_and_state_after
SELECT id, uscc, name, name_en, kind, state, registered_day FROM org WHERE zone_id = $1 AND kind = $3 AND state = $4 AND id > $2 ORDER BY id LIMIT 51;

-- name: choices_of_kind
SELECT id AS code, name AS label FROM org WHERE zone_id = $1 AND kind = $2 AND state IN ('active', 'warned') ORDER BY id LIMIT 500;

-- name: active_account
SELECT id, org_id AS org, bank, holder, number, state, usable_day, proposed_by, confirmed_by, shared_by FROM bank_account
 WHERE zone_id = $1 AND org_id = $2 AND state = 'active';

-- name: account_row
SELECT id, org_id AS org, bank, holder, number, state, usable_day, proposed_by, confirmed_by, shared_by FROM bank_account
 WHERE zone_id = $1 AND id = $2;

-- name: accounts_of_org
SELECT id, bank, holder, number, state, usable_day, proposed_by, proposed_at, confirmed_by, confirmed_at, proof_doc, note FROM bank_account
 WHERE zone_id = $1 AND org_id = $2 ORDER BY id DESC LIMIT 20;

-- name: accounts_waiting
SELECT b.id, b.org_id, o.name AS org_name, b.bank, b.holder, b.number, b.proposed_by, b.proposed_at, b.proof_doc FROM bank_account b
  JOIN org o ON o.zone_id = b.zone_id AND o.id = b.org_id
 WHERE b.zone_id = $1 AND b.state = 'proposed' AND b.id > $2 ORDER BY b.id LIMIT 51;

-- name: accounts_waiting_count
SELECT count(*) FROM bank_account WHERE zone_id = $1 AND state = 'proposed';

-- name: had_account
SELECT count(*) FROM bank_account WHERE zone_id = $1 AND org_id = $2 AND state IN ('active', 'former');

-- name: others_with_number
SELECT o.name FROM bank_account b JOIN org o ON o.zone_id = b.zone_id AND o.id = b.org_id
 WHERE b.zone_id = $1 AND b.number IN ($2, $4) AND b.org_id <> $3 AND b.state IN ('active', 'proposed') ORDER BY b.id LIMIT 1;

-- name: add_account
INSERT INTO bank_account (zone_id, id, org_id, bank, holder, number, state, proof_doc, proposed_by, proposed_at)
VALUES ($1, $2, $3, $4, $5, $6, 'proposed', $7, $8, $9);

-- name: retire_account
UPDATE bank_account SET state = 'former' WHERE zone_id = $1 AND org_id = $2 AND state = 'active';

-- name: accept_account
UPDATE bank_account SET state = 'active', usable_day = $3, confirmed_by = $4, confirmed_at = $5, note = $6, shared_by = $7
 WHERE zone_id = $1 AND id = $2 AND state = 'proposed';

-- the note that allows a number under two organisations allows it under both
-- name: share_others
UPDATE bank_account SET shared_by = $4 WHERE zone_id = $1 AND number IN ($2, $5) AND org_id <> $3 AND state = 'active' AND shared_by = 0;

-- name: refuse_account
UPDATE bank_account SET state = 'refused', confirmed_by = $3, confirmed_at = $4, note = $5 WHERE zone_id = $1 AND id = $2 AND state = 'proposed';

-- name: people_after
SELECT id, login, name, state, made_at FROM person WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 51;

-- name: people_of_role_after
SELECT DISTINCT q.id, q.login, q.name, q.state, q.made_at FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.role = $3 AND p.person_id > $2 ORDER BY q.id LIMIT 51;

-- name: people_of_login
SELECT id, login, name, state, made_at FROM person WHERE zone_id = $1 AND login = $2;

-- name: people_of_org
SELECT p.id, q.id AS person, q.login, q.name, q.state, p.role, p.from_day, p.to_day FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 ORDER BY p.person_id LIMIT 200;

-- name: posts_of
SELECT p.id, p.person_id AS person, p.org_id AS org, o.name AS org_name, p.role, p.from_day, p.to_day FROM post p LEFT JOIN org o ON o.zone_id = p.zone_id AND o.id = p.org_id
 WHERE p.zone_id = $1 AND p.person_id = $2 ORDER BY +p.id;

-- name: sessions_of
SELECT made_at, seen_at, ip FROM session WHERE zone_id = $1 AND person_id = $2 ORDER BY seen_at DESC LIMIT 50;

-- name: tokens_of
SELECT made_at FROM api_token WHERE zone_id = $1 AND person_id = $2 ORDER BY made_at DESC LIMIT 50;

-- name: every_org
SELECT id AS code, name AS label FROM org WHERE zone_id = $1 AND state <> 'left' ORDER BY kind DESC, name LIMIT 5000;
