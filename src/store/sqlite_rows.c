/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite_rows.c: statements of SQLite with their arguments, and the values of their rows. */
#include "store/sqlite.h"

static sqlite3_stmt *ready_of(const prepared *p) { return ((const sqlite_prepared *)p)->ready; }

static err find(sqlite_conn *q, arena *a, const stmt *s, prepared **out)
{
    prepared **place = prepared_place(&q->set, s);
    sqlite3_stmt *ready;
    *out = *place;
    if (*place) return NO_ERR;
    if (sqlite3_prepare_v3(q->db, s->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &ready, NULL))
        return sqlite_error(q, a, s->name);
    sqlite_prepared *p = new(&q->k.a, sqlite_prepared);
    *p = (sqlite_prepared){.p.of = s, .ready = ready};
    q->set.n++;
    *out = *place = &p->p;
    return NO_ERR;
}

static int bind_one(sqlite3_stmt *q, int at, const arg *v)
{
    static const char empty[] = "";
    const char *p = v->s.n ? v->s.p : empty;
    sqlite3_uint64 n = (sqlite3_uint64)v->s.n;
    switch (v->kind) {
    case ARG_INT: return sqlite3_bind_int64(q, at, v->i);
    case ARG_TEXT: return sqlite3_bind_text64(q, at, p, n, SQLITE_STATIC, SQLITE_UTF8);
    case ARG_BLOB: return sqlite3_bind_blob64(q, at, p, n, SQLITE_STATIC);
    case ARG_NULL: break;
    }
    return sqlite3_bind_null(q, at);
}

static err run(struct store_conn *k, arena *a, prepared *p)
{
    bool row = true;
    err e = NO_ERR;
    while (row && !e.kind) e = sqlite_step(k, a, p, &row);
    if (e.kind) sqlite_end(k, p);
    return e;
}

err sqlite_start(struct store_conn *k, arena *a, const stmt *s, int64_t zone, args v, bool answer, prepared **out)
{
    TRY(find(sqlite_of(k), a, s, out));
    sqlite3_stmt *q = ready_of(*out);
    if (sqlite3_stmt_busy(q)) sqlite3_reset(q); /* a full arena jumped out of its rows */
    int bad = s->args ? sqlite3_bind_int64(q, 1, zone) : SQLITE_OK;
    for (int i = 0; i < v.n && !bad; i++) bad = bind_one(q, i + 2, &v.at[i]);
    if (bad) return sqlite_error(sqlite_of(k), a, s->name);
    return answer ? NO_ERR : run(k, a, *out);
}

err sqlite_step(struct store_conn *k, arena *a, prepared *p, bool *row)
{
    int code = sqlite3_step(ready_of(p));
    *row = code == SQLITE_ROW;
    return *row || code == SQLITE_DONE ? NO_ERR : sqlite_error(sqlite_of(k), a, p->of->name);
}

void sqlite_end(struct store_conn *k, prepared *p)
{
    (void)k;
    sqlite3_reset(ready_of(p));
    sqlite3_clear_bindings(ready_of(p)); /* they pointed into the caller's memory */
}

int sqlite_columns(const prepared *p) { return sqlite3_column_count(ready_of(p)); }
const char *sqlite_column(const prepared *p, int i) { return sqlite3_column_name(ready_of(p), i); }

cell sqlite_value(const prepared *p, int i)
{
    sqlite3_value *from = sqlite3_column_value(ready_of(p), i); /* one thread uses a connection: it needs no protection */
    int type = sqlite3_value_type(from);
    if (type == SQLITE_NULL) return (cell){.kind = CELL_NULL};
    if (type == SQLITE_INTEGER) return (cell){.kind = CELL_INT, .i = sqlite3_value_int64(from)};
    const void *bytes = type == SQLITE_BLOB ? sqlite3_value_blob(from) : sqlite3_value_text(from);
    cell v = {.kind = type == SQLITE_BLOB ? CELL_BLOB : type == SQLITE_FLOAT ? CELL_REAL : CELL_TEXT};
    v.s = (str){bytes, bytes ? sqlite3_value_bytes(from) : 0};
    return v;
}

int64_t sqlite_changed(struct store_conn *k, const prepared *p)
{
    (void)p;
    return sqlite3_changes64(sqlite_of(k)->db);
}
