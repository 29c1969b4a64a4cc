/* SPDX-License-Identifier: Apache-2.0 */
/* schema.c: the schema's steps: which are there, which are missing, and their words for SQLite. */
#include <ctype.h>
#include <stdio.h>

#include "format/hash.h"
#include "store/act.h"

/* ---- our words for columns and tables --------------------------------------------------------- */

static bool is_letter(char c) { return isalnum((unsigned char)c) || c == '_'; }

/* How long the quoted or commented piece at the beginning is; 0: it is neither. */
static size quiet(str s)
{
    if (s.p[0] == '-' && s.n > 1 && s.p[1] == '-') {
        size end = str_find(s, S("\n"));
        return end < 0 ? s.n : end;
    }
    if (s.p[0] != '\'' && s.p[0] != '"') return 0;
    const char *end = s.n > 1 ? memchr(s.p + 1, s.p[0], (size_t)s.n - 1) : NULL;
    return end ? end - s.p + 1 : s.n; /* of a doubled quote the second half is the next piece */
}

static size column_type(str s, buf *out)
{
    static const struct { const char *ours, *theirs; } types[] = {
        {"int", "INTEGER"}, {"fen", "INTEGER"}, {"day", "INTEGER"}, {"text", "TEXT"}, {"blob", "BLOB"},
    };
    size n = 1;
    while (n < s.n && is_letter(s.p[n])) n++;
    for (int i = 0; i < countof(types); i++)
        if (str_eqz((str){s.p + 1, n - 1}, types[i].ours)) buf_putz(out, types[i].theirs);
    return n; /* an unknown word leaves nothing: SQLite then refuses a STRICT table */
}

/* One text serves two databases: @int and its like become types, and each table is STRICT; the
 * comment "-- @clustered" in a CREATE TABLE keeps its rows in the order of its key. */
static str for_sqlite(arena *a, str sql)
{
    buf out = buf_new(a, sql.n + sql.n / 4);
    bool table = false, clustered = false, begun = false;
    for (str rest = sql; rest.n;) {
        size n = quiet(rest);
        if (n) {
            clustered |= str_find(str_head(rest, n), S("@clustered")) >= 0;
            buf_put(&out, str_head(rest, n));
        } else if (rest.p[0] == '@') {
            n = column_type(rest, &out);
        } else {
            if (!begun && is_letter(rest.p[0])) {
                begun = true;
                table = str_starts(rest, S("CREATE TABLE "));
            }
            if (rest.p[0] == ';') {
                if (table) buf_putz(&out, clustered ? " STRICT, WITHOUT ROWID" : " STRICT");
                begun = table = clustered = false;
            }
            buf_byte(&out, rest.p[0]);
            n = 1;
        }
        rest = str_from(rest, n);
    }
    return buf_str(&out);
}

/* ---- what is there and what is wanted ---------------------------------------------------------- */

/* Read and written before any room has a table. */
static const char own_tables[] =
    "CREATE TABLE store_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE store_step (room TEXT NOT NULL, step TEXT NOT NULL, hash TEXT NOT NULL,"
    " at INTEGER NOT NULL, PRIMARY KEY (room, step)) STRICT;"
    "PRAGMA application_id = 1279673673"; /* "LFEI": what `file` and a person's eye know it by */

typedef struct {
    arena *a;
    struct store *s;
    const store_options *o;
    bool own;                /* the store has our own tables */
    int64_t known;           /* steps of the store that are none of this program's */
    int missing;             /* steps of this program that the store lacks */
    const schema_step *first;
} state;

static err ask_number(state *n, const char *sql, int64_t *out)
{
    str text;
    *out = 0;
    TRY(conn_text(n->s->writer, n->a, sql, NULL, NULL, &text));
    str_int(text, out);
    return NO_ERR;
}

static err look_at_step(state *n, const schema_step *step)
{
    str had;
    TRY(conn_text(n->s->writer, n->a, "SELECT hash FROM store_step WHERE room = ?1 AND step = ?2",
                  step->room, step->step, &had));
    if (!had.n) {
        if (!n->missing++) n->first = step;
        return NO_ERR;
    }
    n->known--;
    if (str_eq(had, sha256_hex(n->a, step->sql))) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The store was made by another program: step {0} of {1} "
                                      "differs. Use the program that made it."),
                    str_of(step->step), str_of(step->room), (str){0});
}

static err no_store(const state *n)
{
    return err_with(ERR_MISSING, "",
                    N_("There is no store in {0}. Make one with: lingfei init --data {0}"),
                    str_of(n->s->folder), (str){0}, (str){0});
}

/* Before anything changes, so that a store of another program stays as it is. */
static err look(state *n)
{
    int64_t tables, own;
    n->missing = 0;
    TRY(ask_number(n, "SELECT count(*) FROM sqlite_master", &tables));
    TRY(ask_number(n, "SELECT count(*) FROM sqlite_master WHERE name = 'store_step'", &own));
    n->own = own > 0;
    if (!n->own && tables)
        return err_with(ERR_FAULT, "", N_("{0} is no store of this program."),
                        str_of(n->s->file), (str){0}, (str){0});
    if (!n->own) {
        n->missing = n->o->step_count;
        return n->o->create ? NO_ERR : no_store(n);
    }
    TRY(ask_number(n, "SELECT count(*) FROM store_step", &n->known));
    for (int i = 0; i < n->o->step_count; i++) TRY(look_at_step(n, &n->o->steps[i]));
    if (!n->known) return NO_ERR;
    return err_of(ERR_FAULT, "", N_("The store is newer than this program. Install the newer program, "
                                    "or restore the backup made before its upgrade."));
}

/* ---- the missing steps, all or none ------------------------------------------------------------ */

static err add_row(state *n, const char *sql, const char *one, const char *two, str three)
{
    sqlite3 *db = n->s->writer->db;
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL)) return conn_error(n->s->writer, n->a, sql);
    sqlite3_bind_text(q, 1, one, -1, SQLITE_STATIC);
    sqlite3_bind_text(q, 2, two, -1, SQLITE_STATIC);
    if (three.n) {
        sqlite3_bind_text(q, 3, three.p, (int)three.n, SQLITE_STATIC);
        sqlite3_bind_int64(q, 4, n->o->now);
    }
    int code = sqlite3_step(q);
    err e = code == SQLITE_DONE ? NO_ERR : conn_error(n->s->writer, n->a, sql);
    sqlite3_finalize(q);
    return e;
}

static err apply(state *n, const schema_step *step)
{
    str had;
    TRY(conn_text(n->s->writer, n->a, "SELECT hash FROM store_step WHERE room = ?1 AND step = ?2",
                  step->room, step->step, &had));
    if (had.n) return NO_ERR;
    err e = conn_exec(n->s->writer, str_z(n->a, for_sqlite(n->a, step->sql)));
    if (e.kind) {
        fprintf(stderr, "store: step %s of %s: %s\n", step->step, step->room,
                sqlite3_errmsg(n->s->writer->db));
        return e;
    }
    return add_row(n, "INSERT INTO store_step VALUES (?1, ?2, ?3, ?4)", step->room, step->step,
                   sha256_hex(n->a, step->sql));
}

static err apply_all(state *n)
{
    struct store_conn *w = n->s->writer;
    str broken = {0};
    TRY(look(n)); /* again: another process may have been here in between */
    bool older = n->own;
    if (!older) TRY(conn_exec(w, own_tables));
    if (!older && n->o->rehearsal)
        TRY(add_row(n, "INSERT INTO store_meta VALUES (?1, ?2)", "rehearsal", "1", (str){0}));
    for (int i = 0; i < n->o->step_count; i++) TRY(apply(n, &n->o->steps[i]));
    if (older) TRY(conn_text(w, n->a, "PRAGMA foreign_key_check", NULL, NULL, &broken));
    if (!broken.n) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The upgrade would leave rows of {0} without what they belong "
                                      "to. The store is as it was."), broken, (str){0}, (str){0});
}

/* Rules between tables rest meanwhile, so that a step may build a table anew; they are checked at
 * the end (SQLite's own way: sqlite.org/lang_altertable.html, section 7). */
static err upgrade(state *n)
{
    struct store_conn *w = n->s->writer;
    if (n->own) { /* an older store: kept as it was */
        const char *copy = str_z(n->a, str_fmt(n->a, "%s/before-%s-%s.sqlite", n->s->folder,
                                               n->first->room, n->first->step));
        TRY(store_backup(n->s, copy));
    }
    TRY(conn_exec(w, "PRAGMA foreign_keys = OFF"));
    TRY(conn_exec(w, "BEGIN IMMEDIATE"));
    err e = apply_all(n);
    if (!e.kind) e = conn_exec(w, "COMMIT");
    if (e.kind) (void)sqlite3_exec(w->db, "ROLLBACK", NULL, NULL, NULL);
    err on = conn_exec(w, "PRAGMA foreign_keys = ON");
    return e.kind ? e : on;
}

err schema_bring_up(arena *a, struct store *s, const store_options *o)
{
    state n = {.a = a, .s = s, .o = o};
    str rehearsal;
    TRY(look(&n));
    if (n.missing || !n.own) TRY(upgrade(&n));
    TRY(conn_text(s->writer, a, "SELECT value FROM store_meta WHERE name = 'rehearsal'", NULL, NULL,
                  &rehearsal));
    s->rehearsal = rehearsal.n > 0;
    return NO_ERR;
}
