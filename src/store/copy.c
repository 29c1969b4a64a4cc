/* SPDX-License-Identifier: Apache-2.0 */
/* copy.c: every row of one store into another, whatever engines they stand on. */
#include "store/engine.h"

typedef struct {
    row_taker t;
    struct store_conn *to;
    arena *a;
    const stmt *insert;
    int64_t rows;
} copier;

static arg arg_of(const cell *v)
{
    switch (v->kind) {
    case CELL_INT: return arg_int(v->i);
    case CELL_TEXT: return arg_str(v->s);
    case CELL_BLOB: return arg_blob(v->s);
    case CELL_NULL: case CELL_REAL: break; /* the schema has no column for a fraction */
    }
    assert(v->kind == CELL_NULL);
    return arg_null();
}

/* "INSERT INTO t VALUES ($1, …)": $1 is the zone here too, the first column of every table. */
static const stmt *insert_of(arena *a, str table, int columns)
{
    buf b = buf_new(a, 256);
    buf_fmt(&b, "INSERT INTO \"" SF "\" VALUES ($1", SA(table));
    for (int i = 2; i <= columns; i++) buf_fmt(&b, ", $%d", i);
    buf_putz(&b, ")");
    const char *sql = str_z(a, buf_str(&b));
    stmt *s = new(a, stmt);
    *s = (stmt){"copy", sql, sql, (short)columns, true};
    return s;
}

static err put_row(row_taker *t, const cell *cells, int n)
{
    copier *k = (copier *)t;
    arg rest[COLUMNS_MAX];
    prepared *p;
    assert(cells[0].kind == CELL_INT);
    for (int i = 1; i < n; i++) rest[i - 1] = arg_of(&cells[i]);
    k->rows++;
    TRY(k->to->of->start(k->to, k->a, k->insert, cells[0].i, (args){rest, n - 1}, false, &p));
    k->to->of->end(k->to, p);
    return NO_ERR;
}

static err count_columns(row_taker *t, const cell *cells, int n)
{
    (void)cells;
    ((copier *)t)->rows = n;
    return NO_ERR;
}

static err copy_table(ctx *c, copier *k, str table)
{
    copier width = {.t = {count_columns}};
    const char *sql = str_z(c->a, str_fmt(c->a, "SELECT * FROM \"" SF "\"", SA(table)));
    TRY(c->db->of->scan(c->db, c->a, str_z(c->a, str_fmt(c->a, "%s LIMIT 1", sql)), &width.t));
    if (!width.rows) return NO_ERR;
    k->insert = insert_of(c->a, table, (int)width.rows);
    TRY(c->db->of->scan(c->db, c->a, sql, &k->t));
    return k->to->of->settle(k->to, c->a);
}

static err copy_tables(ctx *c, copier *k)
{
    const schema_words *w = &k->to->of->words;
    str names, table;
    if (w->rules_off) TRY(k->to->of->exec(k->to, w->rules_off));
    TRY(store_tables(c->db, c->a, &names));
    while (str_split(&names, ',', &table))
        if (!store_table_is_own(table)) TRY(copy_table(c, k, table));
    return w->rules_on ? k->to->of->exec(k->to, w->rules_on) : NO_ERR;
}

static err copy_whole(ctx *c, copier *k)
{
    const engine *of = k->to->of;
    for (int i = 0; of->words.begin[i]; i++) TRY(of->exec(k->to, of->words.begin[i]));
    err e = store_read_begin(c);
    if (!e.kind) e = copy_tables(c, k);
    store_read_end(c);
    if (!e.kind) e = of->exec(k->to, "COMMIT");
    if (e.kind) {
        err undone = of->exec(k->to, "ROLLBACK");
        (void)undone; /* the first reason is the one to tell */
    }
    err after = of->words.after ? of->exec(k->to, of->words.after) : NO_ERR;
    return e.kind ? e : after;
}

err store_copy(ctx *c, const char *to, int64_t *rows)
{
    struct store s = {.of = engine_of(to), .data = to};
    *rows = 0;
    err e = s.of->open(c->a, &(store_options){.data = to}, &s);
    if (!e.kind) {
        copier k = {.t = {put_row}, .to = s.writer, .a = c->a};
        e = copy_whole(c, &k);
        *rows = k.rows;
    }
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(c->a, e.arg[i]);
    s.of->close(&s);
    return e;
}
