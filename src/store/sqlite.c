/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.c: connections, prepared statements, rows into structs and views. */
#include "store/sqlite.h"

#include <stdio.h>

/* ---- arguments ------------------------------------------------------------------------------------------------ */

arg arg_int(int64_t i) { return (arg){.kind = ARG_INT, .i = i}; }
arg arg_str(str s) { return (arg){.kind = ARG_TEXT, .s = s}; }
arg arg_blob(str s) { return (arg){.kind = ARG_BLOB, .s = s}; }
arg arg_same(arg a) { return a; }
arg arg_null(void) { return (arg){.kind = ARG_NULL}; }
arg arg_opt(int64_t i) { return i ? arg_int(i) : arg_null(); }

/* ---- connections ------------------------------------------------------------------------------------------------ */

err conn_error(struct store_conn *k, arena *a, const char *what)
{
    int code = sqlite3_errcode(k->db) & 0xFF;
    switch (code) {
    case SQLITE_CONSTRAINT: {
        str says = str_dup(a, str_of(sqlite3_errmsg(k->db)));
        size colon = str_find(says, S(": "));
        return err_with(ERR_CONFLICT, "", N_("This already exists, or a rule of the data forbids it."), colon < 0 ? says : str_from(says, colon + 2),
                        (str){0}, (str){0});
    }
    case SQLITE_FULL: return err_of(ERR_BUSY, "", N_("The disk is full: nothing was changed. Make room and try again."));
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return err_of(ERR_BUSY, "", N_("The store is busy. Try again in a moment."));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return err_of(ERR_FAULT, "", N_("The store is damaged. Stop the server and restore the last backup: lingfei restore FILE --data DATA."));
    case SQLITE_READONLY: return err_of(ERR_BUSY, "", N_("The store cannot be written. Look at the rights of its folder and the disk."));
    default: return err_with(ERR_FAULT, "", N_("The store failed at {0}: {1}"), str_of(what),
                                str_dup(a, str_of(sqlite3_errmsg(k->db))), (str){0});
    }
}

err conn_exec(struct store_conn *k, const char *sql)
{
    return sqlite3_exec(k->db, sql, NULL, NULL, NULL) == SQLITE_OK ? NO_ERR : conn_error(k, &k->a, sql);
}

static err set_up(struct store_conn *k)
{
    sqlite3_extended_result_codes(k->db, 1);
    sqlite3_busy_timeout(k->db, 5000);
    sqlite3_db_config(k->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(conn_exec(k, "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 268435456; PRAGMA temp_store = MEMORY"));
    if (k->writes)
        return conn_exec(k, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000;"
                            "PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864");
    return conn_exec(k, "PRAGMA query_only = ON; PRAGMA cache_size = -1000");
}

err conn_open(const char *file, bool writes, struct store_conn **out)
{
    arena a;
    arena_init(&a, (size)64 << 20, NULL, NULL);
    struct store_conn *k = new(&a, struct store_conn);
    k->a = a;
    k->writes = writes;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(file, &k->db, flags, NULL);
    err e = code == SQLITE_OK ? set_up(k) : conn_error(k, &k->a, "open");
    if (e.kind) {
        static const char unknown[] = "?";
        if (e.arg[1].n) fprintf(stderr, "store: " SF "\n", SA(e.arg[1]));
        for (int i = 0; i < countof(e.arg); i++)
            if (e.arg[i].n) e.arg[i] = str_of(unknown); /* the connection's memory goes */
        conn_close(k);
        return e;
    }
    *out = k;
    return NO_ERR;
}

void conn_close(struct store_conn *k)
{
    for (int i = 0; i < PREPARED_MAX; i++)
        if (k->cache[i]) sqlite3_finalize(k->cache[i]->ready);
    sqlite3_close_v2(k->db);
    arena a = k->a; /* the connection itself lies in it */
    arena_done(&a);
}

/* ---- statements --------------------------------------------------------------------------------------------------- */

static err find(ctx *c, const stmt *s, prepared **out)
{
    struct store_conn *k = c->db;
    assert(k && (!s->writes || k->writes)); /* changes are made in acts */
    size_t at = ((uintptr_t)s >> 4) * 2654435761u % PREPARED_MAX;
    for (; k->cache[at]; at = (at + 1) % PREPARED_MAX)
        if (k->cache[at]->of == s) {
            *out = k->cache[at];
            return NO_ERR;
        }
    sqlite3_stmt *ready;
    if (sqlite3_prepare_v3(k->db, s->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &ready, NULL) != SQLITE_OK) return conn_error(k, c->a, s->name);
    prepared *p = new(&k->a, prepared);
    *p = (prepared){.of = s, .ready = ready};
    k->cache[at] = p;
    *out = p;
    return NO_ERR;
}

static int bind_one(sqlite3_stmt *q, int at, const arg *a)
{
    static const char empty[] = "";
    switch (a->kind) {
    case ARG_INT: return sqlite3_bind_int64(q, at, a->i);
    case ARG_TEXT: return sqlite3_bind_text64(q, at, a->s.n ? a->s.p : empty, (sqlite3_uint64)a->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case ARG_BLOB: return sqlite3_bind_blob64(q, at, a->s.n ? a->s.p : empty, (sqlite3_uint64)a->s.n, SQLITE_STATIC);
    case ARG_NULL: break;
    }
    return sqlite3_bind_null(q, at);
}

/* The zone is $1 of every statement, bound here and nowhere else. */
static err begin(ctx *c, const stmt *s, args a, prepared **out)
{
    TRY(find(c, s, out));
    sqlite3_stmt *q = (*out)->ready;
    assert(s->args == a.n + 1);
    int bad = sqlite3_bind_int64(q, 1, c->zone);
    for (int i = 0; i < a.n && !bad; i++) bad = bind_one(q, i + 2, &a.at[i]);
    return bad ? conn_error(c->db, c->a, s->name) : NO_ERR;
}

static err step(ctx *c, prepared *p, bool *row)
{
    int code = sqlite3_step(p->ready);
    *row = code == SQLITE_ROW;
    if (*row || code == SQLITE_DONE) return NO_ERR;
    err e = conn_error(c->db, c->a, p->of->name);
    sqlite3_reset(p->ready);
    return e;
}

static void end(prepared *p)
{
    sqlite3_reset(p->ready);
    sqlite3_clear_bindings(p->ready); /* it pointed into the caller's memory */
}

/* ---- rows into structs ------------------------------------------------------------------------------------------------ */

static void map_columns(prepared *p, const shape *sh)
{
    int n = sqlite3_column_count(p->ready);
    assert(n <= COLUMNS_MAX);
    for (int i = 0; i < n; i++) {
        const field *f = shape_field(sh, str_of(sqlite3_column_name(p->ready, i)));
        if (!f) {
            fprintf(stderr, "store: %s: column %s has no field in %s\n", p->of->name, sqlite3_column_name(p->ready, i), sh->name);
            assert(f);
        }
        p->field_at[i] = (int16_t)(f - sh->fields);
    }
    p->mapped = sh;
}

static str text_of(sqlite3_stmt *q, int i)
{
    const void *p = sqlite3_column_type(q, i) == SQLITE_BLOB ? sqlite3_column_blob(q, i) : (const void *)sqlite3_column_text(q, i);
    return (str){p, p ? sqlite3_column_bytes(q, i) : 0};
}

static void row_into(ctx *c, prepared *p, const shape *sh, void *out)
{
    sqlite3_stmt *q = p->ready;
    if (p->mapped != sh) map_columns(p, sh);
    for (int i = 0, n = sqlite3_column_count(q); i < n; i++) {
        const field *f = &sh->fields[p->field_at[i]];
        char *to = (char *)out + f->at;
        switch (f->kind) {
        case F_BOOL: *(bool *)to = sqlite3_column_int(q, i) != 0; break;
        case F_TEXT: case F_LINES: case F_CODE: case F_SECRET: case F_BLOB: *(str *)to = str_dup(c->a, text_of(q, i)); break;
        case F_INT: case F_ID: case F_FEN: case F_DAY: case F_TIME: case F_FILE: *(int64_t *)to = sqlite3_column_int64(q, i); break;
        case F_LIST: assert(!"a row has no lists");
        }
    }
}

err store_find(ctx *c, const stmt *s, const shape *sh, void *out, bool *found, args a)
{
    prepared *p;
    *found = false;
    memset(out, 0, (size_t)sh->bytes);
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, found));
    if (*found) row_into(c, p, sh, out);
    end(p);
    return NO_ERR;
}

err store_row(ctx *c, const stmt *s, const shape *sh, void *out, args a)
{
    bool found;
    TRY(store_find(c, s, sh, out, &found, a));
    return found ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such thing here."));
}

err store_list(ctx *c, const stmt *s, const shape *sh, list *out, args a)
{
    prepared *p;
    bool row;
    int have = 0;
    char *items = NULL;
    *out = (list){0};
    TRY(begin(c, s, a, &p));
    for (;;) {
        TRY(step(c, p, &row));
        if (!row) break;
        if (out->n == have) { /* doubled; the former stays in the arena until its end */
            have = have ? have * 2 : 8;
            char *more = arena_alloc(c->a, have, sh->bytes, 16);
            if (out->n) memcpy(more, items, (size_t)(out->n * sh->bytes));
            items = more;
        }
        row_into(c, p, sh, items + out->n++ * sh->bytes);
    }
    end(p);
    out->items = items;
    return NO_ERR;
}

err store_int(ctx *c, const stmt *s, int64_t *out, args a)
{
    prepared *p;
    bool row;
    *out = 0;
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    if (row) *out = sqlite3_column_int64(p->ready, 0);
    end(p);
    return NO_ERR;
}

err store_text(ctx *c, const stmt *s, str *out, args a)
{
    prepared *p;
    bool row;
    *out = (str){0};
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    if (row) *out = str_dup(c->a, text_of(p->ready, 0));
    end(p);
    return NO_ERR;
}

/* ---- rows into views ------------------------------------------------------------------------------------------------------ */

static view_kind kind_of(str name, int type)
{
    if (type == SQLITE_NULL) return V_NULL;
    if (type != SQLITE_INTEGER) return V_TEXT;
    if (str_ends(name, S("_fen"))) return V_FEN;
    if (str_ends(name, S("_day"))) return V_DAY;
    if (str_ends(name, S("_at"))) return V_TIME;
    return str_starts(name, S("is_")) ? V_BOOL : V_INT;
}

static void row_view(ctx *c, prepared *p, view *map)
{
    sqlite3_stmt *q = p->ready;
    for (int i = 0, n = sqlite3_column_count(q); i < n; i++) {
        str name = str_of(sqlite3_column_name(q, i)); /* lives with the statement, which lives with the connection */
        int64_t number = sqlite3_column_int64(q, i);
        switch (kind_of(name, sqlite3_column_type(q, i))) {
        case V_FEN: view_fen(map, name, number); break;
        case V_DAY: view_day(map, name, number); break;
        case V_TIME: view_time(map, name, number); break;
        case V_BOOL: view_bool(map, name, number != 0); break;
        case V_INT: view_int(map, name, number); break;
        case V_TEXT: view_text(map, name, str_dup(c->a, text_of(q, i))); break;
        case V_NULL: case V_CODE: case V_LIST: case V_MAP: view_put(map, name, V_NULL); break;
        }
    }
}

err store_rows(ctx *c, const stmt *s, view *into, str name, args a)
{
    prepared *p;
    bool row;
    view *out = view_put_list(into, name);
    TRY(begin(c, s, a, &p));
    for (;;) {
        TRY(step(c, p, &row));
        if (!row) break;
        row_view(c, p, view_add_map(out));
    }
    end(p);
    return NO_ERR;
}

err store_map(ctx *c, const stmt *s, view *into, args a)
{
    prepared *p;
    bool row;
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    if (row) row_view(c, p, into);
    end(p);
    return row ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such thing here."));
}

/* ---- changing ---------------------------------------------------------------------------------------------------------------- */

err store_run(ctx *c, const stmt *s, int64_t *changed, args a)
{
    prepared *p;
    bool row;
    TRY(begin(c, s, a, &p));
    do TRY(step(c, p, &row));
    while (row);
    if (changed) *changed = sqlite3_changes64(c->db->db);
    end(p);
    return NO_ERR;
}

err store_insert(ctx *c, const stmt *s, int64_t *id, args a)
{
    prepared *p;
    bool row;
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    assert(row);
    *id = sqlite3_column_int64(p->ready, 0);
    while (row) TRY(step(c, p, &row));
    end(p);
    return NO_ERR;
}

/* ---- reading at one moment ------------------------------------------------------------------------------------------------------ */

err store_read_begin(ctx *c)
{
    if (c->db->reading || c->db->writes) return NO_ERR;
    TRY(conn_exec(c->db, "BEGIN"));
    c->db->reading = true;
    return NO_ERR;
}

void store_read_end(ctx *c)
{
    if (!c->db->reading) return;
    sqlite3_exec(c->db->db, "COMMIT", NULL, NULL, NULL); /* a read has nothing to lose */
    c->db->reading = false;
}
