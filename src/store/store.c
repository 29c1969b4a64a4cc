/* SPDX-License-Identifier: Apache-2.0 */
/* store.c: opens a store: its folder, its lock, its schema steps; and closes it. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "format/hash.h"
#include "store/act.h"

/* ---- the schema -------------------------------------------------------------------------------------------------- */

/* Column types are words of ours, so that one text serves two databases; every table is STRICT here. */
static str for_sqlite(arena *a, str sql)
{
    static const struct { const char *ours, *theirs; } words[] = {
        {"@int", "INTEGER"}, {"@fen", "INTEGER"}, {"@day", "INTEGER"}, {"@text", "TEXT"}, {"@blob", "BLOB"}, {"\n);", "\n) STRICT;"},
    };
    for (int i = 0; i < countof(words); i++) sql = str_replace(a, sql, str_of(words[i].ours), str_of(words[i].theirs));
    return sql;
}

/* Read and written before any room has a table: plain SQL of this file alone. */
static const char meta_sql[] =
    "CREATE TABLE IF NOT EXISTS store_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS store_step (room TEXT NOT NULL, step TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (room, step)) STRICT";

typedef struct { const store_options *o; struct store *s; arena *a; int applied, known; bool older; } opening;

/* One text out of one row; empty if there is none. */
static str ask(opening *n, const char *sql, const char *x, const char *y)
{
    sqlite3_stmt *q;
    str out = {0};
    if (sqlite3_prepare_v2(n->s->writer->db, sql, -1, &q, NULL) != SQLITE_OK) return out;
    if (x) sqlite3_bind_text(q, 1, x, -1, SQLITE_STATIC);
    if (y) sqlite3_bind_text(q, 2, y, -1, SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW) out = str_dup(n->a, str_of((const char *)sqlite3_column_text(q, 0)));
    sqlite3_finalize(q);
    return out;
}

static int64_t ask_number(opening *n, const char *sql)
{
    int64_t out = 0;
    str_int(ask(n, sql, NULL, NULL), &out);
    return out;
}

static err apply(opening *n, const schema_step *step, str hash)
{
    struct store_conn *w = n->s->writer;
    TRY(conn_exec(w, "BEGIN IMMEDIATE"));
    err e = conn_exec(w, str_z(n->a, for_sqlite(n->a, step->sql)));
    if (!e.kind)
        e = conn_exec(w, str_z(n->a, str_fmt(n->a, "INSERT INTO store_step VALUES ('%s', '%s', '" SF "')", step->room, step->step, SA(hash))));
    err ended = conn_exec(w, e.kind ? "ROLLBACK" : "COMMIT");
    if (e.kind) fprintf(stderr, "store: step %s %s: %s\n", step->room, step->step, sqlite3_errmsg(w->db));
    n->applied++;
    return e.kind ? e : ended;
}

static err one_step(opening *n, const schema_step *step)
{
    str hash = sha256_hex(n->a, step->sql);
    str had = ask(n, "SELECT hash FROM store_step WHERE room = ?1 AND step = ?2", step->room, step->step);
    if (!had.n) {
        if (n->older && !n->applied) { /* an older store: kept as it was before anything changes */
            const char *copy = str_z(n->a, str_fmt(n->a, "%s/before-%s-%s.sqlite", n->s->folder, step->room, step->step));
            TRY(store_backup(n->s, copy));
        }
        return apply(n, step, hash);
    }
    n->known--;
    if (str_eq(had, hash)) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The store was made by another program: step {0} of {1} differs. Use the program that made it."), str_of(step->step),
                    str_of(step->room), (str){0});
}

static err all_steps(opening *n)
{
    struct store_conn *w = n->s->writer;
    bool fresh = !ask_number(n, "SELECT count(*) FROM sqlite_master");
    if (fresh && !n->o->create)
        return err_with(ERR_MISSING, "", N_("There is no store in {0}. Make one with: lingfei init --data {0}"), str_of(n->s->folder), (str){0}, (str){0});
    TRY(conn_exec(w, meta_sql));
    if (fresh && n->o->rehearsal) TRY(conn_exec(w, "INSERT INTO store_meta VALUES ('rehearsal', '1')"));
    n->s->rehearsal = ask(n, "SELECT value FROM store_meta WHERE name = 'rehearsal'", NULL, NULL).n > 0;
    n->known = (int)ask_number(n, "SELECT count(*) FROM store_step");
    n->older = n->known > 0;
    for (int i = 0; i < n->o->step_count; i++) TRY(one_step(n, &n->o->steps[i]));
    if (n->known > 0)
        return err_of(ERR_FAULT, "", N_("The store is newer than this program. Install the newer program, or restore the backup made before its upgrade."));
    return NO_ERR;
}

/* ---- opening and closing ----------------------------------------------------------------------------------------------- */

static err cannot(arena *a, const char *what, const char *path)
{
    return err_with(ERR_FAULT, "", N_("{0} cannot be used: {1}"), str_dup(a, str_of(path)), str_dup(a, str_of(strerror(errno))), str_of(what));
}

static err take_folder(arena *a, const store_options *o, struct store *s)
{
    s->folder = str_z(a, str_of(o->data));
    s->file = str_z(a, str_fmt(a, "%s/lingfei.sqlite", o->data));
    if (o->create && mkdir(s->folder, 0700) && errno != EEXIST) return cannot(a, "mkdir", s->folder);
    const char *lock = str_z(a, str_fmt(a, "%s/lock", o->data));
    s->lock = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (s->lock < 0 && errno == ENOENT)
        return err_with(ERR_MISSING, "", N_("There is no store in {0}. Make one with: lingfei init --data {0}"), str_of(s->folder), (str){0}, (str){0});
    if (s->lock < 0) return cannot(a, "open", lock);
    if (flock(s->lock, LOCK_SH | LOCK_NB)) return err_of(ERR_BUSY, "", N_("The store is being restored. Try again afterwards."));
    return NO_ERR;
}

err store_open(arena *a, const store_options *o, struct store **out)
{
    if (str_starts(str_of(o->data), S("postgresql://")) || str_starts(str_of(o->data), S("postgres://")))
        return err_of(ERR_INPUT, "data", N_("PostgreSQL is not part of this build; give a directory."));
    struct store *s = new(a, struct store);
    opening n = {.o = o, .s = s, .a = a};
    s->lock = -1;
    s->journal = o->journal;
    err e = take_folder(a, o, s);
    if (!e.kind) e = conn_open(s->file, true, &s->writer);
    if (!e.kind) e = all_steps(&n);
    for (int i = 0; e.kind && i < countof(e.arg); i++) e.arg[i] = str_dup(a, e.arg[i]);
    if (!e.kind) e = writer_start(s);
    if (e.kind) {
        if (s->writer) conn_close(s->writer);
        if (s->lock >= 0) close(s->lock);
        return e;
    }
    *out = s;
    return NO_ERR;
}

void store_close(struct store *s)
{
    writer_stop(s);
    conn_close(s->writer);
    close(s->lock);
}

bool store_is_rehearsal(const struct store *s) { return s->rehearsal; }

err store_reader(struct store *s, struct store_conn **out) { return conn_open(s->file, false, out); }

void store_reader_close(struct store_conn *db) { conn_close(db); }

/* ---- checking ---------------------------------------------------------------------------------------------------------------- */

err store_check(ctx *c)
{
    sqlite3_stmt *q;
    static const char *const checks[] = {"PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"};
    for (int i = 0; i < countof(checks); i++) {
        if (sqlite3_prepare_v2(c->db->db, checks[i], -1, &q, NULL) != SQLITE_OK) return conn_error(c->db, c->a, checks[i]);
        int code = sqlite3_step(q);
        str says = code == SQLITE_ROW ? str_dup(c->a, str_of((const char *)sqlite3_column_text(q, 0))) : S("ok");
        sqlite3_finalize(q);
        if ((code != SQLITE_ROW && code != SQLITE_DONE) || !str_eqz(says, "ok"))
            return err_with(ERR_FAULT, "", N_("The store is damaged: {0}. Restore the last backup."), says, (str){0}, (str){0});
    }
    return NO_ERR;
}

err store_plan_scans(ctx *c, const stmt *s, str *table)
{
    sqlite3_stmt *q;
    *table = (str){0};
    str sql = str_fmt(c->a, "EXPLAIN QUERY PLAN %s", s->sqlite);
    if (sqlite3_prepare_v2(c->db->db, str_z(c->a, sql), -1, &q, NULL) != SQLITE_OK) return conn_error(c->db, c->a, s->name);
    while (sqlite3_step(q) == SQLITE_ROW) {
        str says = str_of((const char *)sqlite3_column_text(q, 3));
        if (str_starts(says, S("SCAN ")) && str_find(says, S("SUBQUERY")) < 0 && str_find(says, S("CONSTANT ROW")) < 0) *table = str_dup(c->a, str_from(says, 5));
    }
    sqlite3_finalize(q);
    return NO_ERR;
}
