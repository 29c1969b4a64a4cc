/* SPDX-License-Identifier: Apache-2.0 */
/* rows.c: statements with their arguments, and their rows as structs, views and numbers. */
#include <stdio.h>

#include "store/engine.h"
#include "store/read.h"

/* ---- arguments ------------------------------------------------------------------------------- */

arg arg_int(int64_t i) { return (arg){.kind = ARG_INT, .i = i}; }
arg arg_str(str s) { return (arg){.kind = ARG_TEXT, .s = s}; }
arg arg_blob(str s) { return (arg){.kind = ARG_BLOB, .s = s}; }
arg arg_same(arg a) { return a; }
arg arg_null(void) { return (arg){.kind = ARG_NULL}; }
arg arg_opt(int64_t i) { return i ? arg_int(i) : arg_null(); }

/* ---- statements ------------------------------------------------------------------------------ */

prepared **prepared_place(prepared_set *all, const stmt *s)
{
    assert(all->n < PREPARED_MAX - 1); /* a free place ends each search */
    size_t at = ((uintptr_t)s >> 3) * 2654435761u % PREPARED_MAX;
    while (all->at[at] && all->at[at]->of != s) at = (at + 1) % PREPARED_MAX;
    return &all->at[at];
}

/* The zone is $1 of every statement, bound by the engine from ctx and nowhere else. */
static err start(ctx *c, const stmt *s, args a, bool answer, prepared **out)
{
    assert(c->db && (!s->writes || c->db->writes)); /* changes are made in acts */
    if (a.n != (s->args ? s->args - 1 : 0)) {
        fprintf(stderr, "store: %s takes arguments to $%d, not %d\n", s->name, s->args, a.n);
        assert(!"the number of arguments");
    }
    return c->db->of->start(c->db, c->a, s, c->zone, a, answer, out);
}

static err begin(ctx *c, const stmt *s, args a, prepared **out) { return start(c, s, a, true, out); }
static void end(ctx *c, prepared *p) { c->db->of->end(c->db, p); }

static err step(ctx *c, prepared *p, bool *row)
{
    err e = c->db->of->step(c->db, c->a, p, row);
    if (e.kind) end(c, p);
    return e;
}

/* ---- rows into structs ----------------------------------------------------------------------- */

static _Noreturn void wrong_column(ctx *c, const prepared *p, int i, const char *why)
{
    fprintf(stderr, "store: %s: column %s %s\n", p->of->name, c->db->of->column(p, i), why);
    assert(!"a column that does not fit its shape");
    __builtin_unreachable();
}

static void map_columns(ctx *c, prepared *p, const shape *sh)
{
    int n = c->db->of->columns(p);
    assert(n <= COLUMNS_MAX && sh->n < 256);
    for (int i = 0; i < n; i++) {
        const field *f = shape_field(sh, str_of(c->db->of->column(p, i)));
        if (!f || f->kind == F_LIST) wrong_column(c, p, i, "has no field in the shape");
        p->field_at[i] = (uint8_t)(f - sh->fields);
    }
    p->mapped = sh;
}

static void row_into(ctx *c, prepared *p, const shape *sh, void *out)
{
    if (p->mapped != sh) map_columns(c, p, sh);
    for (int i = 0, n = c->db->of->columns(p); i < n; i++) {
        const field *f = &sh->fields[p->field_at[i]];
        char *to = (char *)out + f->at;
        cell v = c->db->of->value(p, i);
        switch (f->kind) {
        case F_TEXT: case F_LINES: case F_CODE: case F_SECRET: case F_BLOB:
            if (v.kind == CELL_INT || v.kind == CELL_REAL) wrong_column(c, p, i, "is no text");
            *(str *)to = read_text(c, c->a, v.s);
            break;
        case F_BOOL: case F_INT: case F_ID: case F_FEN: case F_DAY: case F_TIME: case F_FILE:
            if (v.kind != CELL_INT && v.kind != CELL_NULL) wrong_column(c, p, i, "is no whole number");
            if (f->kind == F_BOOL) *(bool *)to = v.i != 0;
            else *(int64_t *)to = v.i;
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
    end(c, p);
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
    end(c, p);
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
    if (row) *out = c->db->of->value(p, 0).i;
    end(c, p);
    return NO_ERR;
}

err store_text(ctx *c, const stmt *s, str *out, args a)
{
    prepared *p;
    bool row;
    *out = (str){0};
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    if (row) *out = read_text(c, c->a, c->db->of->value(p, 0).s);
    end(c, p);
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

/* The names are copied once for all rows: the engine's own go when the statement is prepared anew. */
static const column *columns_of(ctx *c, arena *a, const prepared *p, int n)
{
    column *all = new_n(a, column, n);
    for (int i = 0; i < n; i++) {
        all[i].name = str_dup(a, str_of(c->db->of->column(p, i)));
        all[i].kind = kind_of(all[i].name);
    }
    return all;
}

/* A day or an instant of 0 is none. */
static void cell_into(ctx *c, cell from, const column *k, view *v)
{
    v->kind = from.kind == CELL_NULL ? V_NULL : from.kind == CELL_INT ? k->kind : V_TEXT;
    if ((v->kind == V_DAY || v->kind == V_TIME) && !from.i) v->kind = V_NULL;
    if (v->kind == V_TEXT) v->s = read_text(c, v->a, from.s);
    else v->i = v->kind == V_BOOL ? from.i != 0 : from.i;
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
        int n = c->db->of->columns(p);
        if (!columns) columns = columns_of(c, into->a, p, n);
        view *cells = view_put_all(view_add_map(out), n);
        for (int i = 0; i < n; i++) {
            cells[i].name = columns[i].name;
            cell_into(c, c->db->of->value(p, i), &columns[i], &cells[i]);
        }
    }
    end(c, p);
    return NO_ERR;
}

err store_map(ctx *c, const stmt *s, view *into, args a)
{
    prepared *p;
    bool row;
    TRY(begin(c, s, a, &p));
    TRY(step(c, p, &row));
    int n = row ? c->db->of->columns(p) : 0;
    const column *columns = columns_of(c, into->a, p, n);
    for (int i = 0; i < n; i++)
        cell_into(c, c->db->of->value(p, i), &columns[i], view_put(into, columns[i].name, V_NULL));
    end(c, p);
    return row ? NO_ERR : nothing_here();
}

/* ---- changing -------------------------------------------------------------------------------- */

err store_run(ctx *c, const stmt *s, int64_t *changed, args a)
{
    prepared *p;
    bool row = changed != NULL;
    TRY(start(c, s, a, row, &p));
    while (row) TRY(step(c, p, &row));
    if (changed) *changed = c->db->of->changed(c->db, p);
    end(c, p);
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
    *id = c->db->of->value(p, 0).i;
    while (row) TRY(step(c, p, &row));
    end(c, p);
    return NO_ERR;
}
