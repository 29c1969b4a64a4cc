/* SPDX-License-Identifier: Apache-2.0 */
/* plan.c: for tests: which table a statement would read from end to end. */
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

/* Found by its zone alone in the index of its key: every row of the zone, unless the statement stops
 * at a LIMIT. (A partial index by zone alone holds what waits, and is meant.) */
static str zone_read(const stmt *s, str says)
{
    bool key = str_find(says, S("sqlite_autoindex_")) >= 0 || str_find(says, S(" PRIMARY KEY ")) >= 0;
    bool whole = str_starts(says, S("SEARCH ")) && key && str_ends(says, S("(zone_id=?)"));
    return whole && str_find(str_of(s->sqlite), S("LIMIT")) < 0 ? word_after(says, 7) : (str){0};
}

/* "… AS (" after WITH or a comma: a query with a name, of which the plan says SCAN name too. */
static bool is_named_query(arena *a, const stmt *s, str name)
{
    str sql = str_of(s->sqlite);
    return str_find(sql, str_fmt(a, ") AS " SF, SA(name))) >= 0 ||
           str_find(sql, str_fmt(a, SF " AS (", SA(name))) >= 0 ||
           str_find(sql, str_fmt(a, SF " AS MATERIALIZED (", SA(name))) >= 0;
}

err store_plan_scans(ctx *c, const stmt *s, str *table)
{
    sqlite3_stmt *q;
    str sql = str_fmt(c->a, "EXPLAIN QUERY PLAN %s", s->sqlite);
    *table = (str){0};
    if (sqlite3_prepare_v2(c->db->db, str_z(c->a, sql), -1, &q, NULL))
        return conn_error(c->db, c->a, s->name);
    while (!table->n && sqlite3_step(q) == SQLITE_ROW) {
        str says = str_of((const char *)sqlite3_column_text(q, 3)), name = scanned(says);
        if (!name.n) name = zone_read(s, says);
        if (name.n && !is_named_query(c->a, s, name)) *table = str_dup(c->a, name);
    }
    sqlite3_finalize(q);
    return NO_ERR;
}
