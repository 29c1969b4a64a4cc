-- name: person_row
SELECT id, login, name, lang, state FROM person WHERE zone_id = $1 AND id = $2;

-- name: person_by_login
SELECT id, login, name, lang, state FROM person WHERE zone_id = $1 AND login = $2;

-- name: verifier_of
SELECT verifier FROM person WHERE zone_id = $1 AND id = $2;

-- name: person_add
INSERT INTO person (zone_id, id, login, name, verifier, state, made_at) VALUES ($1, $2, $3, $4, $5, 'active', $6);

-- name: person_set_state
UPDATE person SET state = $3 WHERE zone_id = $1 AND id = $2;

-- name: person_set_verifier
UPDATE person SET verifier = $3 WHERE zone_id = $1 AND id = $2;

-- name: person_set_lang
UPDATE person SET lang = $3 WHERE zone_id = $1 AND id = $2;

-- name: post_add
INSERT INTO post (zone_id, id, person_id, org_id, role, from_day) VALUES ($1, $2, $3, $4, $5, $6);

-- name: post_close
UPDATE post SET to_day = $3 WHERE zone_id = $1 AND id = $2 AND to_day = 0;

-- name: posts_of_person
SELECT id, person_id, org_id, role, from_day, to_day FROM post WHERE zone_id = $1 AND person_id = $2 ORDER BY +id;

-- name: post_open
SELECT p.id, p.person_id, p.org_id, p.role, p.from_day, p.to_day FROM post p JOIN person q
  ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.id = $2 AND (p.to_day = 0 OR p.to_day >= $3) AND q.state = 'active';

-- name: post_for
SELECT p.id, p.person_id, p.org_id, p.role, p.from_day, p.to_day FROM post p
 WHERE p.zone_id = $1 AND p.person_id = $2 AND (p.to_day = 0 OR p.to_day >= $3) ORDER BY p.id LIMIT 1;

-- name: post_for_role
SELECT p.id, p.person_id, p.org_id, p.role, p.from_day, p.to_day FROM post p
 WHERE p.zone_id = $1 AND p.person_id = $2 AND (p.to_day = 0 OR p.to_day >= $3) AND p.role = $4 ORDER BY p.id LIMIT 1;

-- name: holders_of_role
SELECT DISTINCT p.person_id AS person FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.role = $2 AND (p.to_day = 0 OR p.to_day >= $3) AND q.state = 'active' ORDER BY p.person_id;

-- name: holders_in_org
SELECT DISTINCT p.person_id AS person FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 AND (p.to_day = 0 OR p.to_day >= $3) AND q.state = 'active' ORDER BY p.person_id;

-- name: holders_of_role_in_org
SELECT DISTINCT p.person_id AS person FROM post p JOIN person q ON q.zone_id = p.zone_id AND q.id = p.person_id
 WHERE p.zone_id = $1 AND p.org_id = $2 AND p.role = $4 AND (p.to_day = 0 OR p.to_day >= $3) AND q.state = 'active' ORDER BY p.person_id;

-- k: the post of the one for whom the person stands in, while he still holds it
-- name: session_row
SELECT s.person_id, coalesce(k.id, s.post_id) AS post_id, s.csrf, s.made_at, s.seen_at, s.signed_in_at, s.awaits_code, s.mandate_id, s.for_org, s.for_role, p.name, p.lang,
       coalesce(k.org_id, t.org_id) AS org_id, coalesce(k.role, t.role) AS role, coalesce(k.person_id, 0) AS for_person
  FROM session s JOIN person p ON p.zone_id = s.zone_id AND p.id = s.person_id
  JOIN post t ON t.zone_id = s.zone_id AND t.id = s.post_id
  LEFT JOIN post k ON k.zone_id = s.zone_id AND k.id = s.for_post AND s.for_until >= $3 AND (k.to_day = 0 OR k.to_day >= $3)
 WHERE s.zone_id = $1 AND s.token_hash = $2 AND p.state = 'active' AND (t.to_day = 0 OR t.to_day >= $3);

-- name: token_row
SELECT s.person_id, s.post_id, p.name, p.lang, t.org_id, t.role
  FROM api_token s JOIN person p ON p.zone_id = s.zone_id AND p.id = s.person_id
  JOIN post t ON t.zone_id = s.zone_id AND t.id = s.post_id
 WHERE s.zone_id = $1 AND s.token_hash = $2 AND p.state = 'active' AND (t.to_day = 0 OR t.to_day >= $3);

-- name: session_add
INSERT INTO session (zone_id, token_hash, person_id, post_id, csrf, made_at, seen_at, signed_in_at, ip, awaits_code)
VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8);

-- name: session_seen
UPDATE session SET seen_at = $3 WHERE zone_id = $1 AND token_hash = $2;

-- name: session_use_post
UPDATE session SET post_id = $3, for_post = 0 WHERE zone_id = $1 AND token_hash = $2;

-- name: session_stand
UPDATE session SET mandate_id = $3, for_org = $4, for_role = $5 WHERE zone_id = $1 AND token_hash = $2;

-- name: session_stand_in
UPDATE session SET for_post = $3, for_until = $4 WHERE zone_id = $1 AND token_hash = $2;

-- name: sessions_stand_down
UPDATE session SET for_post = 0 WHERE zone_id = $1 AND person_id = $2 AND for_post = $3;

-- name: session_renew
UPDATE session SET token_hash = $3, csrf = $4, made_at = $5, seen_at = $5, signed_in_at = $5, ip = $6 WHERE zone_id = $1 AND token_hash = $2;

-- name: session_end
DELETE FROM session WHERE zone_id = $1 AND token_hash = $2;

-- name: sessions_end_of_person
DELETE FROM session WHERE zone_id = $1 AND person_id = $2;

-- name: sessions_end_others
DELETE FROM session WHERE zone_id = $1 AND person_id = $2 AND token_hash <> $3;

-- name: sessions_prune
DELETE FROM session WHERE zone_id = $1 AND seen_at < $2;

-- name: sessions_of_person
SELECT made_at, seen_at, ip, token_hash FROM session WHERE zone_id = $1 AND person_id = $2 AND awaits_code = 0 ORDER BY seen_at DESC LIMIT 50;

-- name: api_token_put
INSERT INTO api_token (zone_id, token_hash, person_id, post_id, made_at) VALUES ($1, $2, $3, $4, $5);

-- name: tokens_end_of_person
DELETE FROM api_token WHERE zone_id = $1 AND person_id = $2;

-- name: try_row
SELECT failed, wait_until, at FROM sign_in_try WHERE zone_id = $1 AND login = $2;

-- name: try_put
INSERT INTO sign_in_try (zone_id, login, failed, wait_until, at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (zone_id, login) DO UPDATE SET failed = excluded.failed, wait_until = excluded.wait_until, at = excluded.at;

-- name: try_clear
DELETE FROM sign_in_try WHERE zone_id = $1 AND login = $2;

-- name: tries_prune
DELETE FROM sign_in_try WHERE zone_id = $1 AND at < $2;

-- name: everyone
SELECT id, login, name, lang, state FROM person WHERE zone_id = $1 AND id > $2 ORDER BY id LIMIT 200;
