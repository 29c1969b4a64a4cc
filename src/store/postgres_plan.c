/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_plan.c: for tests: which table PostgreSQL would read from end to end for a statement, were there any other way. */
#include "store/postgres.h"

typedef struct { row_taker t; arena *a; str scanned, last; } plan_reader;

/* "Seq Scan on t", "->  Index Scan using i on t a": the table. */
static str table_of(str line)
{
    size at = str_find(line, S(" on "));
    if (at < 0) return (str){0};
    str name = str_from(line, at + 4);
    size end = str_find(name, S(" "));
    return end < 0 ? name : str_head(name, end);
}

/* An index without a condition is read from end to end too: the line after it then is no "Index Cond". */
static err take_line(row_taker *t, const cell *cells, int n)
{
    plan_reader *p = (plan_reader *)t;
    str line = cells[0].s;
    (void)n;
    if (p->last.n && !p->scanned.n && str_find(line, S("Index Cond:")) < 0) p->scanned = p->last;
    p->last = (str){0};
    bool whole = str_find(line, S("Seq Scan on ")) >= 0;
    bool index = str_find(line, S("Index Scan ")) >= 0 || str_find(line, S("Index Only Scan ")) >= 0;
    str table = whole || index ? str_dup(p->a, table_of(line)) : (str){0};
    if (whole && !p->scanned.n) p->scanned = table;
    if (index) p->last = table;
    return NO_ERR;
}

static err explain(ctx *c, const stmt *s, plan_reader *p)
{
    const engine *of = c->db->of;
    buf b = buf_new(c->a, 256);
    str none;
    TRY(of->text(c->db, c->a, "SELECT set_config('enable_seqscan', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true)",
                 NULL, NULL, &none));
    buf_fmt(&b, "PREPARE look_%s%s AS %s", s->name, s->args ? " (bigint)" : "", s->postgres);
    TRY(of->text(c->db, c->a, str_z(c->a, buf_str(&b)), NULL, NULL, &none));
    b = buf_new(c->a, 256);
    buf_fmt(&b, "EXPLAIN (COSTS OFF) EXECUTE look_%s", s->name);
    for (int i = 0; i < s->args; i++) buf_putz(&b, i ? ", NULL" : " (NULL");
    if (s->args) buf_putz(&b, ")");
    TRY(of->scan(c->db, c->a, str_z(c->a, buf_str(&b)), &p->t));
    return of->text(c->db, c->a, str_z(c->a, str_fmt(c->a, "DEALLOCATE look_%s", s->name)), NULL, NULL, &none);
}

/* An index whose condition line is the last one left is settled here. */
err pg_plan_scans(ctx *c, const stmt *s, str *table)
{
    plan_reader p = {.t = {take_line}, .a = c->a};
    bool had = c->db->reading;
    *table = (str){0};
    TRY(store_read_begin(c));
    err e = explain(c, s, &p);
    if (!had) store_read_end(c);
    *table = p.scanned.n ? p.scanned : p.last;
    return e;
}
