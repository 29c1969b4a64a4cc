-- name: of_org
SELECT h.id, h.class, h.certificate, h.from_day, h.until_day, h.doc, h.note, h.set_day, p.name AS set_name FROM org_class h
  JOIN person p ON p.zone_id = h.zone_id AND p.id = h.set_by WHERE h.zone_id = $1 AND h.org_id = $2 ORDER BY h.id DESC LIMIT 200;

-- name: on_day
SELECT class, certificate, from_day, until_day, doc, note FROM org_class
 WHERE zone_id = $1 AND org_id = $2 AND from_day <= $3 AND (until_day = 0 OR until_day >= $3) ORDER BY id DESC LIMIT 1;

-- name: other_with_certificate
SELECT o.name FROM org_class h JOIN org o ON o.zone_id = h.zone_id AND o.id = h.org_id WHERE h.zone_id = $1 AND h.certificate = $2 AND h.org_id <> $3 LIMIT 1;

-- name: has_doc
SELECT count(*) FROM org_class WHERE zone_id = $1 AND org_id = $2 AND doc = $3;

-- name: add
INSERT INTO org_class (zone_id, id, org_id, class, certificate, from_day, until_day, doc, note, set_by, set_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);
