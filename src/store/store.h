/* SPDX-License-Identifier: Apache-2.0 */
/* store.h: the one face of the database: named statements, rows, and acts that share one commit.
 *
 * A room reads with store_row/store_list/store_rows/store_int and changes with store_act. The zone
 * is $1 of every statement and is bound here from ctx, never by the caller: the first ARG is $2.
 *
 * An act runs on the zone's one writer inside its own SAVEPOINT; acts that are queued together
 * share one COMMIT and one fsync, and store_act returns after it. A failed act leaves nothing.
 * SQLite or PostgreSQL stands behind this face (engine.h); nothing above it knows which.
 */
#ifndef STORE_H
#define STORE_H

#include "base/base.h"

/* ---- statements: constants made from the *.sql files by tool/statements ---------------------- */

typedef struct {
    const char *name, *sqlite, *postgres; /* the same text twice where they do not differ */
    short args;                           /* the highest $n */
    bool writes;
} stmt;

typedef struct { enum { ARG_NULL, ARG_INT, ARG_TEXT, ARG_BLOB } kind; int64_t i; str s; } arg;
typedef struct { const arg *at; int n; } args;
arg arg_int(int64_t i);
arg arg_str(str s);
arg arg_blob(str s);
#define ARG(x) _Generic((x), str: arg_str, arg: arg_same, default: arg_int)(x)
arg arg_same(arg a);
/* ARGS(id, S("x"), day): up to 40; integers of any width, str, or an arg as it is.
 * arg_null() binds NULL; arg_opt(i) binds NULL for 0. */
arg arg_null(void);
arg arg_opt(int64_t i);
/* Personal (a bank or telephone number): stands in the store sealed with ctx->vault, and every reading opens it. The same value
 * gives the same seal: it can be compared in SQL, with another sealed one. */
arg store_sealed(ctx *c, str plain);
/* defined in store/args.h by counting; NO_ARGS for none beside the zone */
#include "store/args.h"

/* ---- reading ---------------------------------------------------------------------------------- */

/* The columns find the fields of the shape by name; NULL leaves 0 or empty; a column without a
 * field, or a value of the wrong kind, is our bug (assert). Texts are copied into c->a. */
MUST_CHECK err store_row(ctx *c, const stmt *s, const shape *sh, void *out, args a);  /* none: ERR_MISSING */
MUST_CHECK err store_find(ctx *c, const stmt *s, const shape *sh, void *out, bool *found, args a);
MUST_CHECK err store_list(ctx *c, const stmt *s, const shape *sh, list *out, args a); /* array of structs */
MUST_CHECK err store_int(ctx *c, const stmt *s, int64_t *out, args a);   /* first column; none or NULL: 0 */
MUST_CHECK err store_text(ctx *c, const stmt *s, str *out, args a);

/* Rows straight into a view, as a list of maps under `name`. Column names say the kind:
 * …_fen money, …_day day, …_at instant, is_… bool; else by the stored type. A column "id" stays id. */
MUST_CHECK err store_rows(ctx *c, const stmt *s, view *into, str name, args a);
MUST_CHECK err store_map(ctx *c, const stmt *s, view *into, args a); /* one row's columns into the map; none: ERR_MISSING */

/* ---- changing: inside an act only --------------------------------------------------------------- */

/* `changed` counts rows (NULL: not asked). A broken UNIQUE or CHECK is ERR_CONFLICT with the
 * constraint's name or column list in err.arg[0]. */
MUST_CHECK err store_run(ctx *c, const stmt *s, int64_t *changed, args a);
MUST_CHECK err store_insert(ctx *c, const stmt *s, int64_t *id, args a); /* id: of "… RETURNING id" */
/* The next id of a table in this zone: from table store_sequence, in the act's transaction, so that
 * replaying the acts gives the same ids. */
MUST_CHECK err store_next_id(ctx *c, str of, int64_t *out);

/* ---- acts ------------------------------------------------------------------------------------- */

/* What can be done to the store, with one description of its input: forms fill it, the audit entry
 * holds it as JSON, the replay reads it back. `run` has no effect but on the store and depends on
 * nothing but ctx (actor, now, today), the store and `in`; it may fill fields marked F_RESULT. */
typedef struct action {
    const char *name;                 /* "application_submit": also the word in the record */
    const shape *in;
    err (*run)(ctx *c, void *in);
    unsigned flags;
} action;
enum { ACT_SILENT = 1 };              /* leaves no audit entry: sessions, read marks, caches */

/* Runs and commits; returns after the commit (or with the act's own error, nothing changed). With
 * c->once set, a second call of the same person and key gives the first one's F_RESULT fields and
 * runs nothing; the first act that is not silent uses the key up (c->once is emptied). Blocks the calling thread: call it from a worker, a job or a command.
 * ERR_BUSY: the queue is full or waited too long. */
MUST_CHECK err store_act(ctx *c, const action *act, void *in);

/* Inside an act: another one as part of it (its own audit entry? no: it belongs to the outer one). */
MUST_CHECK err store_also(ctx *c, const action *act, void *in);
bool store_acting(const ctx *c);

/* A silent act for a job, once a day: forgets one-time keys that were used before an instant (7 days ago). */
typedef struct store_prune { int64_t before_at, pruned; } store_prune;
extern const shape store_prune_shape;
extern const action store_prune_once;

/* Called in the savepoint after each act that is not silent, with its object filled in: main sets
 * it to the audit room's entry. */
typedef err (*store_journal)(ctx *c, const action *act, const void *in);

/* ---- the store itself --------------------------------------------------------------------------- */

typedef struct { const char *room; const char *step; str sql; } schema_step; /* step: "001", in order */

typedef struct {
    const char *data;               /* a directory, or postgresql://… */
    const schema_step *steps; int step_count;
    store_journal journal;
    bool create;                    /* make what is not there */
    bool rehearsal;                 /* only at creation: --today may move this store's day */
    int64_t now;                    /* µs: when, for the list of steps that were applied; may be 0 */
} store_options;

/* Errors are sentences for an operator: damaged, newer than the program, in use, no disk. An
 * upgrade backs the file up first. */
MUST_CHECK err store_open(arena *a, const store_options *o, struct store **out);
void store_close(struct store *s);  /* finishes what is queued */
bool store_exists(const char *data); /* a folder with a store in it, a database with one */
const char *store_folder(const struct store *s); /* on the disk of the data; NULL: that is another machine's */
bool store_is_rehearsal(const struct store *s);

/* A connection to read with; one per thread. A reader sees a snapshot between begin and end. */
MUST_CHECK err store_reader(struct store *s, struct store_conn **out);
void store_reader_close(struct store_conn *db);
MUST_CHECK err store_read_begin(ctx *c);
void store_read_end(ctx *c);

MUST_CHECK err store_backup(struct store *s, const char *file);   /* online */
MUST_CHECK err store_backup_note(struct store *s);                /* a backup was made now, not the copy before an upgrade */
int64_t store_backup_at(const struct store *s);                   /* µs: of the last one noted; 0: none */
MUST_CHECK err store_restore(const char *file, const char *data); /* refuses a store in use */
MUST_CHECK err store_set_aside(const char *data);                 /* the folder is free; what was there is replaced.sqlite; refuses a store in use */
MUST_CHECK err store_check(ctx *c);                               /* integrity_check and foreign keys */

/* Which tables differ, row for row, from those of the store `other`, a folder or a URL ("table: what"; empty: none). Not compared: what no
 * act of the record makes (sessions, read marks, one-time keys, the record's own salts and hashes). */
MUST_CHECK err store_compare(ctx *c, const char *other, str *different);
MUST_CHECK err store_compare_all(ctx *c, const char *other, str *different); /* those too: after a copy nothing may differ */

/* Every row of c's store into the store `to`, whose tables are there and empty: all or nothing. */
MUST_CHECK err store_copy(ctx *c, const char *to, int64_t *rows);

/* For tests: the first table that the planner would read from end to end for this statement; empty: none. */
MUST_CHECK err store_plan_scans(ctx *c, const stmt *s, str *table);

/* Grows with every commit, be it by another process that has the store open: between two equal numbers nothing
 * changed. Never 0. Whoever reads it before a snapshot begins knows that the snapshot is no older. */
int64_t store_state(const struct store *s);

/* figures for /metrics: acts, commits, failed, queue length, longest wait */
typedef struct { int64_t acts, failed, commits, queued, wait_us_max; } store_figures;
store_figures store_count(const struct store *s);

#endif
