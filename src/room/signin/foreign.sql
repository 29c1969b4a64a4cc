-- name: person_of
SELECT person_id FROM foreign_login WHERE zone_id = $1 AND issuer = $2 AND subject = $3;

-- name: link_of
SELECT count(*) FROM foreign_login WHERE zone_id = $1 AND person_id = $2 AND issuer = $3;

-- name: link_add
INSERT INTO foreign_login (zone_id, issuer, subject, person_id, made_at) VALUES ($1, $2, $3, $4, $5);

-- name: link_drop
DELETE FROM foreign_login WHERE zone_id = $1 AND person_id = $2 AND issuer = $3;
