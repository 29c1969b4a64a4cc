/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_rows.c: statements of PostgreSQL with their arguments, sent without waiting, and the values of their rows. */
#include "store/postgres.h"

#include <endian.h>
#include <stdio.h>

enum { TRIES = 20 }; /* more links than the pool can have lost at once */

/* The server's numbers for types (its catalogue pg_type; they never change). */
enum { T_BOOL = 16, T_BYTES = 17, T_INT8 = 20, T_INT2 = 21, T_INT4 = 23, T_TEXT = 25, T_FLOAT4 = 700, T_FLOAT8 = 701, T_NUMERIC = 1700 };

static pg_prepared *pg_p(const prepared *p) { return (pg_prepared *)(uintptr_t)p; }

/* ---- preparing --------------------------------------------------------------------------------- */

static pg_prepared *find(pg_link *l, const stmt *s)
{
    prepared **place = prepared_place(&l->set, s);
    if (*place) return pg_p(*place);
    pg_prepared *p = new(&l->a, pg_prepared);
    *p = (pg_prepared){.p.of = s};
    l->set.n++;
    *place = &p->p;
    return p;
}

/* Numbers are always eight bytes: a type that the server infers from "$2 = 0" would hold four. */
static bool knows_kinds(pg_prepared *p, args v)
{
    bool same = true;
    assert(v.n < countof(p->kinds));
    for (int i = 0; i < v.n; i++)
        if (v.at[i].kind != ARG_NULL && p->kinds[i] != v.at[i].kind) {
            p->kinds[i] = (uint8_t)v.at[i].kind;
            same = false;
        }
    return same;
}

static bool prepare(pg_link *l, pg_prepared *p, int n)
{
    static const Oid types[] = {[ARG_NULL] = 0, [ARG_INT] = T_INT8, [ARG_TEXT] = T_TEXT, [ARG_BLOB] = T_BYTES};
    Oid all[countof(p->kinds) + 1] = {T_INT8};
    for (int i = 0; i < n; i++) all[i + 1] = types[p->kinds[i]];
    const stmt *s = p->p.of;
    snprintf(p->name, sizeof p->name, "s%lx_%d", (unsigned long)((uintptr_t)s & 0xFFFFFFFF), ++p->made);
    return PQsendPrepare(l->pg, p->name, s->postgres, s->args ? n + 1 : 0, all) && pg_sent(l, p);
}

static bool send_it(pg_link *l, pg_prepared *p, int64_t zone, args v)
{
    int64_t numbers[countof(p->kinds) + 1] = {(int64_t)htobe64((uint64_t)zone)};
    const char *values[countof(p->kinds) + 1] = {(const char *)&numbers[0]};
    int lengths[countof(p->kinds) + 1] = {8}, formats[countof(p->kinds) + 1] = {1};
    for (int i = 0; i < v.n; i++) {
        const arg *a = &v.at[i];
        formats[i + 1] = 1;
        if (a->kind == ARG_NULL) continue;
        if (a->kind == ARG_INT) {
            numbers[i + 1] = (int64_t)htobe64((uint64_t)a->i);
            values[i + 1] = (const char *)&numbers[i + 1];
            lengths[i + 1] = 8;
        } else {
            values[i + 1] = a->s.n ? a->s.p : "";
            lengths[i + 1] = (int)a->s.n;
        }
    }
    int n = p->p.of->args ? v.n + 1 : 0;
    return PQsendQueryPrepared(l->pg, p->name, n, values, lengths, formats, 1) && pg_sent(l, NULL);
}

static err run_on(pg_conn *c, arena *a, const stmt *s, int64_t zone, args v, bool answer, pg_prepared **out)
{
    pg_link *l = c->link;
    pg_prepared *p = *out = find(l, s);
    PQclear(p->rows); /* a full arena jumped out of its rows */
    p->rows = NULL;
    p->row = -1;
    if (l->waiting > UNDER_WAY_MOST - 4) TRY(pg_settle(l, a, s->name, NULL));
    bool sent = !c->begins || pg_send(l, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", 0, NULL);
    bool known = knows_kinds(p, v);
    if (sent && (!known || !p->ready)) sent = prepare(l, p, v.n);
    if (sent) sent = send_it(l, p, zone, v);
    if (!sent) {
        err e = pg_settle(l, a, s->name, NULL);
        return e.kind ? e : store_is_busy();
    }
    if (!answer) return NO_ERR;
    err e = pg_settle(l, a, s->name, &p->rows);
    if (e.kind) c->failed = true;
    else c->begins = false;
    return e;
}

/* In the second run of an act a statement that fails takes back itself alone, as it does in SQLite. */
static err run_alone(pg_conn *c, arena *a, const stmt *s, int64_t zone, args v, pg_prepared **out)
{
    pg_link *l = c->link;
    if (!pg_send(l, "SAVEPOINT one", 0, NULL)) return store_is_busy();
    err e = run_on(c, a, s, zone, v, true, out);
    if (e.kind) TRY(pg_do(l, NULL, "ROLLBACK TO one"));
    return pg_send(l, "RELEASE one", 0, NULL) ? e : store_is_busy();
}

/* A link of the pool that the server has dropped is found out by its first statement, which then has read nothing: another
 * link takes it. In a snapshot that has begun there is no other. */
err pg_start(struct store_conn *k, arena *a, const stmt *s, int64_t zone, args v, bool answer, prepared **out)
{
    pg_conn *c = pg_of(k);
    pg_prepared *p;
    for (int tried = 0;; tried++) {
        bool fresh = !c->link || c->begins;
        if (!c->link) TRY(pg_take(c->own, &c->link));
        err e = c->careful && s->writes ? run_alone(c, a, s, zone, v, &p) : run_on(c, a, s, zone, v, answer, &p);
        *out = &p->p;
        if (!e.kind || k->writes) return e;
        bool again = fresh && pg_lost(c->link) && tried < TRIES;
        pg_abandon(k);
        c->begins = k->reading; /* whoever reads on to say what is wrong does it in a snapshot of now */
        if (!again) return e;
    }
}

err pg_step(struct store_conn *k, arena *a, prepared *p, bool *row)
{
    pg_prepared *q = pg_p(p);
    (void)k, (void)a;
    *row = ++q->row < PQntuples(q->rows);
    return NO_ERR;
}

void pg_end(struct store_conn *k, prepared *p)
{
    pg_prepared *q = pg_p(p);
    PQclear(q->rows);
    q->rows = NULL;
    if (!k->writes && !k->reading) pg_abandon(k);
}

/* Outside of a snapshot a reader has no link between two statements. */
void pg_abandon(struct store_conn *k)
{
    pg_conn *c = pg_of(k);
    if (k->writes || !c->link) return;
    pg_give_back(c->own, c->link);
    c->link = NULL;
}

/* ---- values ------------------------------------------------------------------------------------ */

static int64_t number(const char *p, int bytes)
{
    uint64_t n = 0;
    for (int i = 0; i < bytes; i++) n = n << 8 | (uint8_t)p[i];
    return bytes == 2 ? (int16_t)n : bytes == 4 ? (int32_t)n : (int64_t)n;
}

/* A sum of numbers comes as digits to the base of 10,000 (the server's numeric_send). */
static cell numeric(const char *p)
{
    int digits = (int)number(p, 2), weight = (int)number(p + 2, 2);
    int64_t sum = 0;
    if (digits > weight + 1) return (cell){.kind = CELL_REAL}; /* behind the point */
    for (int i = 0; i <= weight; i++) sum = sum * 10000 + (i < digits ? number(p + 8 + 2 * i, 2) : 0);
    return (cell){.kind = CELL_INT, .i = number(p + 4, 2) ? -sum : sum};
}

cell pg_cell(const PGresult *r, int row, int i)
{
    if (PQgetisnull(r, row, i)) return (cell){.kind = CELL_NULL};
    const char *p = PQgetvalue(r, row, i);
    int n = PQgetlength(r, row, i);
    switch (PQftype(r, i)) {
    case T_INT8: case T_INT4: case T_INT2: return (cell){.kind = CELL_INT, .i = number(p, n)};
    case T_BOOL: return (cell){.kind = CELL_INT, .i = *p != 0};
    case T_NUMERIC: return numeric(p);
    case T_FLOAT4: case T_FLOAT8: return (cell){.kind = CELL_REAL};
    case T_BYTES: return (cell){.kind = CELL_BLOB, .s = {p, n}};
    default: return (cell){.kind = CELL_TEXT, .s = {p, n}};
    }
}

int pg_columns(const prepared *p) { return PQnfields(pg_p(p)->rows); }
const char *pg_column(const prepared *p, int i) { return PQfname(pg_p(p)->rows, i); }
cell pg_value(const prepared *p, int i) { return pg_cell(pg_p(p)->rows, pg_p(p)->row, i); }

int64_t pg_changed(struct store_conn *k, const prepared *p)
{
    int64_t n = 0;
    (void)k;
    str_int(str_of(PQcmdTuples(pg_p(p)->rows)), &n);
    return n;
}
