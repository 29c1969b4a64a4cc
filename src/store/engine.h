/* SPDX-License-Identifier: Apache-2.0 */
/* engine.h: inside the floor: what a database does for the store's face. SQLite and PostgreSQL each fill the table once;
 * nothing else of the floor knows which of them it is. */
#ifndef STORE_ENGINE_H
#define STORE_ENGINE_H

#include <pthread.h>

#include "store/store.h"

enum { PREPARED_MAX = 2048, COLUMNS_MAX = 64 };

/* ---- statements and their rows ------------------------------------------------------------------ */

/* A statement as one connection has it; the engine's own things follow it in memory. */
typedef struct prepared {
    const stmt *of;
    const shape *mapped;               /* the shape that `field_at` was made for */
    uint8_t field_at[COLUMNS_MAX];
} prepared;

typedef struct { int n; prepared *at[PREPARED_MAX]; } prepared_set; /* open addressing by the statement's address */
/* Where it stands, or the free place where it will. */
prepared **prepared_place(prepared_set *all, const stmt *s);

/* One value of a row, valid until the next step. */
typedef struct { enum { CELL_NULL, CELL_INT, CELL_TEXT, CELL_BLOB, CELL_REAL } kind; int64_t i; str s; } cell;

/* Gets each row of a text that is no constant of ours. */
typedef struct row_taker { err (*take)(struct row_taker *t, const cell *cells, int n); } row_taker;

/* ---- connections and groups ----------------------------------------------------------------------- */

struct engine;

struct store_conn {                    /* begins an engine's own connection */
    arena a;                           /* the connection itself lies in it */
    const struct engine *of;
    bool writes, reading;              /* the writer's; inside store_read_begin */
};

/* What frames the acts of a group. */
typedef enum { DO_BEGIN, DO_SAVEPOINT, DO_RELEASE, DO_UNDO, DO_ROLLBACK, DO_COUNT } framing;
typedef enum { KEPT, NOT_KEPT, NOT_KNOWN } outcome; /* of a COMMIT */

/* The words in which the schema's steps are looked for and applied. */
typedef struct {
    const char *count_tables, *count_own, *own_tables;
    const char *begin[3], *after;      /* before all steps, ended by NULL; after them, be they kept or not */
    const char *rules_off, *rules_on;  /* inside a copy: so that rows may come before what they refer to */
    const char *broken;                /* names a table whose rows lack what they belong to; NULL: cannot be */
} schema_words;

typedef struct engine {
    bool (*is_for)(str data);
    bool folder;                       /* the store is a folder of this machine */
    bool (*exists)(const char *data);  /* a store could be there: opening it makes no new one */
    /* Fills s->own and s->writer; what it got as far as is closed by `close`. */
    err (*open)(arena *a, const store_options *o, struct store *s);
    void (*close)(struct store *s);
    err (*reader)(struct store *s, struct store_conn **out);
    void (*reader_close)(struct store_conn *k);
    err (*read_begin)(struct store_conn *k, arena *a);
    void (*read_end)(struct store_conn *k);

    /* A statement with its arguments. `answer`: what it gives or says is wanted before the next. */
    err (*start)(struct store_conn *k, arena *a, const stmt *s, int64_t zone, args v, bool answer, prepared **out);
    err (*step)(struct store_conn *k, arena *a, prepared *p, bool *row);
    void (*end)(struct store_conn *k, prepared *p);
    void (*abandon)(struct store_conn *k); /* ends statements that a full arena jumped out of */
    int (*columns)(const prepared *p);
    const char *(*column)(const prepared *p, int i);
    cell (*value)(const prepared *p, int i);
    int64_t (*changed)(struct store_conn *k, const prepared *p);

    /* A group of one zone's acts on the writer. */
    err (*frame)(struct store_conn *k, framing what, int64_t zone);
    err (*settle)(struct store_conn *k, arena *a); /* the first error of statements whose answer nobody asked for */
    /* The act met an error later than it came, or could not go on after one: it runs again from its input, now statement by
     * statement, each with an end of its own. Asked after each run. */
    bool (*once_more)(struct store_conn *k);
    bool (*goes_on)(const struct store_conn *k);   /* the transaction can take further statements */
    outcome (*commit)(struct store *s, err *why);
    bool ends_when_unknown;            /* a COMMIT whose end nobody knows leaves nothing to trust in this process */
    bool (*untidy)(struct store *s, bool idle);    /* there is something to tidy: now that nobody comes, or even so */
    void (*tidy)(struct store *s);
    int64_t (*state)(struct store *s);

    /* Texts that are no constants of ours: the schema, checks, copies. Arguments are $1 and $2. */
    err (*exec)(struct store_conn *k, const char *sql);
    err (*text)(struct store_conn *k, arena *a, const char *sql, const char *one, const char *two, str *out);
    err (*scan)(struct store_conn *k, arena *a, const char *sql, row_taker *t); /* in a snapshot */
    schema_words words;
    err (*keep_older)(struct store *s, arena *a, const char *room, const char *step); /* before an upgrade */
    err (*apply)(struct store_conn *k, arena *a, str sql); /* one step in our words */
    const char *list_tables;           /* their names, each after those that it refers to */

    err (*backup)(struct store *s, const char *file);
    err (*restore)(const char *file, const char *data);
    err (*set_aside)(const char *data);
    err (*check)(ctx *c);
    err (*plan_scans)(ctx *c, const stmt *s, str *table);
} engine;

extern const engine sqlite_engine, postgres_engine;
const engine *engine_of(const char *data);

/* ---- the store ------------------------------------------------------------------------------------ */

enum { GROUP_MOST = 60, QUEUE_MOST = 1024 };
typedef struct turn turn;

struct store {
    const engine *of;
    void *own;                         /* the engine's */
    const char *data;
    bool rehearsal;
    store_journal journal;
    struct store_conn *writer;
    pthread_t thread;
    pthread_mutex_t mutex;             /* of all that follows */
    pthread_cond_t come;
    turn *first, *last;
    int queued;
    bool closing, sleeping;
    store_figures figures;
};

/* Applies the steps that are not there yet, all or none. */
MUST_CHECK err schema_bring_up(arena *a, struct store *s, const store_options *o);
/* The schema's text with our words for columns replaced: by `types` for int, fen, day, text, blob; `end` follows each
 * CREATE TABLE, `ordered` one whose rows stand in the order of its key. */
str schema_text(arena *a, str sql, const char *const types[5], const char *end, const char *ordered);

/* All tables by name with commas between, each after those that it refers to. */
MUST_CHECK err store_tables(struct store_conn *k, arena *a, str *out);
bool store_table_is_own(str table);

MUST_CHECK err writer_start(struct store *s);
void writer_stop(struct store *s);

MUST_CHECK err store_missing(const char *data); /* "there is none, make one with" */
MUST_CHECK err store_is_busy(void);
MUST_CHECK err store_is_full(void);
MUST_CHECK err store_not_known(void);
MUST_CHECK err store_forbids(arena *a, str rule); /* a broken UNIQUE or CHECK */

#endif
