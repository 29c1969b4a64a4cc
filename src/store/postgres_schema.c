/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_schema.c: the schema's steps in PostgreSQL's words. */
#include "store/postgres.h"

/* ---- triggers that refuse ------------------------------------------------------------------------ */

/* The one kind of trigger that the schema has, in SQLite's words:
 * "CREATE TRIGGER name BEFORE UPDATE ON table BEGIN SELECT RAISE(ABORT, 'why'); END;" */
static void trigger_into(buf *out, str text)
{
    str begin = S(" BEGIN SELECT RAISE(ABORT, "), head = str_head(text, str_find(text, begin));
    str why = str_from(text, head.n + begin.n), name = str_from(head, str_of("CREATE TRIGGER ").n);
    why = str_head(why, str_find(why, S(");")));
    name = str_head(name, str_find(name, S(" ")));
    buf_fmt(out, "CREATE FUNCTION " SF "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING MESSAGE = " SF
                 ", ERRCODE = 'check_violation'; END $$;\n", SA(name), SA(why));
    buf_fmt(out, SF " FOR EACH ROW EXECUTE FUNCTION " SF "();", SA(head), SA(name));
}

static str with_triggers(arena *a, str sql)
{
    buf out = buf_new(a, sql.n + 256);
    for (size at; (at = str_find(sql, S("CREATE TRIGGER "))) >= 0;) {
        buf_put(&out, str_head(sql, at));
        sql = str_from(sql, at);
        size end = str_find(sql, S("END;"));
        assert(end > 0); /* a trigger of another kind: give it words here */
        trigger_into(&out, str_head(sql, end));
        sql = str_from(sql, end + 4);
    }
    buf_put(&out, sql);
    return buf_str(&out);
}

/* ---- a table built anew ---------------------------------------------------------------------------- */

/* A step that drops a table to build it anew keeps the rules of those that refer to it, as SQLite does. */
#define KEEP_RULES \
    "CREATE TEMP TABLE kept_rule ON COMMIT DROP AS SELECT conrelid, conname, pg_get_constraintdef(oid) AS words FROM pg_constraint" \
    " WHERE contype = 'f' AND connamespace = current_schema()::regnamespace;"
const char pg_rules_off[] = KEEP_RULES
    "DO $$ DECLARE k record; BEGIN FOR k IN SELECT * FROM kept_rule LOOP"
    " EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname); END LOOP; END $$;";
const char pg_rules_on[] =
    "DO $$ DECLARE k record; BEGIN FOR k IN SELECT r.* FROM kept_rule r JOIN pg_class t ON t.oid = r.conrelid"
    " WHERE NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conrelid = r.conrelid AND c.conname = r.conname) LOOP"
    " EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', k.conrelid::regclass, k.conname, k.words); END LOOP; END $$;"
    "DROP TABLE kept_rule;";

static str with_drops(arena *a, str sql)
{
    static const char drop[] = "DROP TABLE ";
    buf out = buf_new(a, sql.n + 256);
    for (size at; (at = str_find(sql, str_of(drop))) >= 0;) {
        size end = at + str_find(str_from(sql, at), S(";"));
        buf_put(&out, str_head(sql, end));
        buf_putz(&out, " CASCADE");
        sql = str_from(sql, end);
    }
    buf_put(&out, sql);
    return buf_str(&out);
}

err pg_apply(struct store_conn *k, arena *a, str sql)
{
    static const char *const types[5] = {"BIGINT", "BIGINT", "BIGINT", "TEXT COLLATE \"C\"", "BYTEA"};
    str words = with_triggers(a, schema_text(a, sql, types, "", ""));
    bool drops = str_find(words, S("DROP TABLE ")) >= 0;
    if (drops) TRY(k->of->exec(k, KEEP_RULES));
    TRY(k->of->exec(k, str_z(a, drops ? with_drops(a, words) : words)));
    return drops ? k->of->exec(k, pg_rules_on) : NO_ERR;
}
