/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite_plan.c: for tests: which table a statement would read from end to end. */
#include "store/sqlite.h"

/* The first word after what the plan did: "SCAN t", "SEARCH a USING …". */
static str word_after(str says, size n)
{
    str name = str_from(says, n);
    size end = str_find(name, S(" "));
    return end < 0 ? name : str_head(name, end);
}

/* "SCAN t", "SCAN a USING COVERING INDEX i": the name. What is no table: a constant row, a query
 * inside (its own lines say what it reads), a function that gives rows. */
static str scanned(str says)
{
    if (!str_starts(says, S("SCAN ")) || str_starts(says, S("SCAN ("))) return (str){0};
    bool none = str_find(says, S("CONSTANT ROW")) >= 0 || str_find(says, S("VIRTUAL TABLE")) >= 0;
    return none ? (str){0} : word_after(says, 5);
}

/* The name of an index that holds every row of its table, and not only what waits or what runs. */
static err is_whole(ctx *c, str index, bool *out)
{
    str kept;
    TRY(sqlite_text(c->db, c->a, "SELECT 1 FROM sqlite_master WHERE name = $1 AND sql LIKE '% WHERE %'", str_z(c->a, index), NULL, &kept));
    *out = !kept.n;
    return NO_ERR;
}

/* Found by its zone alone in an index of the whole table: every row of the zone, unless the statement
 * stops at a LIMIT. (A partial index by zone alone holds what waits, and is meant.) */
static err zone_read(ctx *c, const stmt *s, str says, str *table)
{
    static const char *const ways[] = {" USING INDEX ", " USING COVERING INDEX "};
    bool whole = str_find(says, S(" PRIMARY KEY ")) >= 0;
    if (!str_starts(says, S("SEARCH ")) || !str_ends(says, S("(zone_id=?)")) || str_find(str_of(s->sqlite), S("LIMIT")) >= 0) return NO_ERR;
    for (int i = 0; i < countof(ways) && !whole; i++) {
        size at = str_find(says, str_of(ways[i]));
        if (at >= 0) TRY(is_whole(c, word_after(says, at + str_of(ways[i]).n), &whole));
    }
    if (whole) *table = word_after(says, 7);
    return NO_ERR;
}

/* "… AS (" after WITH or a comma: a query with a name, of which the plan says SCAN name too. */
static bool is_named_query(arena *a, const stmt *s, str name)
{
    str sql = str_of(s->sqlite);
    return str_find(sql, str_fmt(a, ") AS " SF, SA(name))) >= 0 ||
           str_find(sql, str_fmt(a, SF " AS (", SA(name))) >= 0 ||
           str_find(sql, str_fmt(a, SF " AS MATERIALIZED (", SA(name))) >= 0;
}

err sqlite_plan_scans(ctx *c, const stmt *s, str *table)
{
    sqlite3_stmt *q;
    str sql = str_fmt(c->a, "EXPLAIN QUERY PLAN %s", s->sqlite);
    *table = (str){0};
    if (sqlite3_prepare_v2(sqlite_of(c->db)->db, str_z(c->a, sql), -1, &q, NULL))
        return sqlite_error(sqlite_of(c->db), c->a, s->name);
    while (!table->n && sqlite3_step(q) == SQLITE_ROW) {
        str says = str_of((const char *)sqlite3_column_text(q, 3)), name = scanned(says);
        err e = name.n ? NO_ERR : zone_read(c, s, says, &name);
        if (e.kind) {
            sqlite3_finalize(q);
            return e;
        }
        if (name.n && !is_named_query(c->a, s, name)) *table = str_dup(c->a, name);
    }
    sqlite3_finalize(q);
    return NO_ERR;
}
