/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c: statements with their arguments, and their rows as structs, views and numbers. */
#include <stdio.h>

#include "store/read.h"
#include "store/sqlite.h"

/* ---- arguments ------------------------------------------------------------------------------- */

arg arg_int(int64_t i) { return (arg){.kind = ARG_INT, .i = i}; }
arg arg_str(str s) { return (arg){.kind = ARG_TEXT, .s = s}; }
arg arg_blob(str s) { return (arg){.kind = ARG_BLOB, .s = s}; }
arg arg_same(arg a) { return a; }
arg arg_null(void) { return (arg){.kind = ARG_NULL}; }
arg arg_opt(int64_t i) { return i ? arg_int(i) : arg_null(); }

/* ---- statements ------------------------------------------------------------------------------ */

static err prepare(ctx *c, const stmt *s, size_t at, prepared **out)
{
    struct store_conn *k = c->db;
    sqlite3_stmt *ready;
    assert(k->cached < PREPARED_MAX - 1); /* a free place ends each search */
    if (sqlite3_prepare_v3(k->db, s->sqlite, -1, SQLITE_PREPARE_PERSISTENT, &ready, NULL))
        return conn_error(k, c->a, s->name);
    *out = new(&k->a, prepared);
    **out = (prepared){.of = s, .ready = ready};
    k->cache[at] = *out;
    k->cached++;
    return NO_ERR;
}

static err find(ctx *c, const stmt *s, prepared **out)
{
    struct store_conn *k = c->db;
    assert(k && (!s->writes || k->writes)); /* changes are made in acts */
    size_t at = ((uintptr_t)s >> 3) * 2654435761u % PREPARED_MAX;
    for (; k->cache[at]; at = (at + 1) % PREPARED_MAX)
        if (k->cache[at]->of == s) return *out = k->cache[at], NO_ERR;
    return prepare(c, s, at, out);
}

static int bind_one(sqlite3_stmt *q, int at, const arg *a)
{
    static const char empty[] = "";
    const char *p = a->s.n ? a->s.p : empty;
    sqlite3_uint64 n = (sqlite3_uint64)a->s.n;
    switch (a->kind) {
    case ARG_INT: return sqlite3_bind_int64(q, at, a->i);
    case ARG_TEXT: return sqlite3_bind_text64(q, at, p, n, SQLITE_STATIC, SQLITE_UTF8);
    case ARG_BLOB: return sqlite3_bind_blob64(q, at, p, n, SQLITE_STATIC);
    case ARG_NULL: break;
    }
    return sqlite3_bind_null(q, at);
}

/* The zone is $1 of every statement, bound here and nowhere else. */
static err begin(ctx *c, const stmt *s, args a, prepared **out)
{
    TRY(find(c, s, out));
    sqlite3_stmt *q = (*out)->ready;
    if (sqlite3_stmt_busy(q)) sqlite3_reset(q); /* a full arena jumped out of its rows */
    if (a.n != (s->args ? s->args - 1 : 0)) {
        fprintf(stderr, "store: %s takes arguments to $%d, not %d\n", s->name, s->args, a.n);
        assert(!"the number of arguments");
    }
    int bad = s->args ? sqlite3_bind_int64(q, 1, c->zone) : SQLITE_OK;
    for (int i = 0; i < a.n && !bad; i++) bad = bind_one(q, i + 2, &a.at[i]);
    return bad ? conn_error(c->db, c->a, s->name) : NO_ERR;
}

static void end(prepared *p)
{
    sqlite3_reset(p->ready);
    sqlite3_clear_bindings(p->ready); /* they pointed into the caller's memory */
}

static err step(ctx *c, prepared *p, bool *row)
{
    int code = sqlite3_step(p->ready);
    *row = code == SQLITE_ROW;
    if (*row || code == SQLITE_DONE) return NO_ERR;
    err e = conn_error(c->db, c->a, p->of->name);
    end(p);
    return e;
}

/* ---- rows into structs ----------------------------------------------------------------------- */

static _Noreturn void wrong_column(const prepared *p, int i, const char *why)
{
    fprintf(stderr, "store: %s: column %s %s\n", p->of->name, sqlite3_column_name(p->ready, i), why);
    assert(!"a column that does not fit its shape");
    __builtin_unreachable();
}

static void map_columns(prepared *p, const shape *sh)
{
    int n = sqlite3_column_count(p->ready);
    assert(n <= COLUMNS_MAX && sh->n < 256);
    for (int i = 0; i < n; i++) {
        const field *f = shape_field(sh, str_of(sqlite3_column_name(p->ready, i)));
        if (!f || f->kind == F_LIST) wrong_column(p, i, "has no field in the shape");
        p->field_at[i] = (uint8_t)(f - sh->fields);
    }
    p->mapped = sh;
}

static str bytes_of(sqlite3_stmt *q, int i, int type)
{
    const void *p = type == SQLITE_BLOB ? sqlite3_column_blob(q, i) : sqlite3_column_text(q, i);
    return (str){p, p ? sqlite3_column_bytes(q, i) : 0};
}

static void number_into(prepared *p, int i, int type, field_kind kind, void *to)
{
    if (type != SQLITE_INTEGER && type != SQLITE_NULL) wrong_column(p, i, "is no whole number");
    int64_t number = sqlite3_column_int64(p->ready, i);
    if (kind == F_BOOL) *(bool *)to = number != 0;
    else *(int64_t *)to = number;
}

static void row_into(ctx *c, prepared *p, const shape *sh, void *out)
{
    sqlite3_stmt *q = p->ready;
    if (p->mapped != sh) map_columns(p, sh);
    for (int i = 0, n = sqlite3_column_count(q); i < n; i++) {
        const field *f = &sh->fields[p->field_at[i]];
        char *to = (char *)out + f->at;
        int type = sqlite3_column_type(q, i);
        switch (f->kind) {
        case F_TEXT: case F_LINES: case F_CODE: case F_SECRET: case F_BLOB:
            if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) wrong_column(p, i, "is no text");
            *(str *)to = read_text(c, c->a, bytes_of(q, i, type));
            break;
        case F_BOOL: case F_INT: case F_ID: case F_FEN: case F_DAY: case F_TIME: case F_FILE:
            number_into(p, i, type, f->kind, to);
            break;
        case F_LIST: break; /* refused by map_columns */
        }
    }
}

err store_find(ctx *c, const stmt *s, const shape *sh, void *out, bool *found, args a)
{
    prepared *p;
    *found = false;
    TRY(begin(c, s, a, &p));
    memset(out, 0, (size_t)sh->bytes);
    TRY(step(c, p, found));
    if (*found) row_into(c, p, sh, out);
    end(p);
    return NO_ERR;
}

static err nothing_here(void)
{
    return err_of(ERR_MISSING, "", N_("There is no such thing here."));
}

err store_row(ctx *c, const stmt *s, const shape *sh, void *out, args a)
{
    bool found;
    TRY(store_find(c, s, sh, out, &found, a));
    return found ? NO_ERR : nothing_here();
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
            char *more = arena_alloc(c->a, have, sh->bytes, (size) _Alignof(max_align_t));
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
    if (row) *out = read_text(c, c->a, bytes_of(p->ready, 0, sqlite3_column_type(p->ready, 0)));
    end(p);
    return NO_ERR;
}

/* ---- rows into views ------------------------------------------------------------------------- */

/* A column of integers is what its name says: money, a day, an instant, yes or no, a number. */
static view_kind kind_of(str name)
{
    if (str_ends(name, S("_fen"))) return V_FEN;
    if (str_ends(name, S("_day"))) return V_DAY;
    if (str_ends(name, S("_at"))) return V_TIME;
    return str_starts(name, S("is_")) ? V_BOOL : V_INT;
}

typedef struct { str name; view_kind kind; } column; /* kind: of its integers */

/* The names are copied once for all rows: SQLite's own go when the statement is prepared anew. */
static const column *columns_of(arena *a, sqlite3_stmt *q)
{
    int n = sqlite3_column_count(q);
    column *all = new_n(a, column, n);
    for (int i = 0; i < n; i++) {
        all[i].name = str_dup(a, str_of(sqlite3_column_name(q, i)));
        all[i].kind = kind_of(all[i].name);
    }
    return all;
}

/* A day or an instant of 0 is none. */
static void cell_into(ctx *c, sqlite3_stmt *q, int i, const column *k, view *v)
{
    sqlite3_value *from = sqlite3_column_value(q, i); /* one thread uses a connection: it needs no protection */
    int type = sqlite3_value_type(from);
    int64_t number = type == SQLITE_INTEGER ? sqlite3_value_int64(from) : 0;
    v->kind = type == SQLITE_NULL ? V_NULL : type == SQLITE_INTEGER ? k->kind : V_TEXT;
    if ((v->kind == V_DAY || v->kind == V_TIME) && !number) v->kind = V_NULL;
    if (v->kind != V_TEXT) {
        v->i = v->kind == V_BOOL ? number != 0 : number;
        return;
    }
    const char *text = sqlite3_value_blob(from);
    v->s = read_text(c, v->a, (str){text, sqlite3_value_bytes(from)});
}

err store_rows(ctx *c, const stmt *s, view *into, str name, args a)
{
    prepared *p;
    bool row;
    const column *columns = NULL;
    view *out = view_put_list(into, name);
    TRY(begin(c, s, a, &p));
    for (;;) {
        TRY(step(c, p, &row));
        if (!row) break;
        int n = sqlite3_column_count(p->ready);
        if (!columns) columns = columns_of(into->a, p->ready);
        view *cells = view_put_all(view_add_map(out), n);
        for (int i = 0; i < n; i++) {
            cells[i].name = columns[i].name;
            cell_into(c, p->ready, i, &columns[i], &cells[i]);
        }
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
    const column *columns = row ? columns_of(into->a, p->ready) : NULL;
    for (int i = 0, n = sqlite3_column_count(p->ready); row && i < n; i++)
        cell_into(c, p->ready, i, &columns[i], view_put(into, columns[i].name, V_NULL));
    end(p);
    return row ? NO_ERR : nothing_here();
}

/* ---- changing -------------------------------------------------------------------------------- */

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
    *id = 0;
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    assert(row); /* "… RETURNING id" */
    *id = sqlite3_column_int64(p->ready, 0);
    while (row) TRY(step(c, p, &row));
    end(p);
    return NO_ERR;
}
