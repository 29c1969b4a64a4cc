/* SPDX-License-Identifier: Apache-2.0 */
/* postgres.h: inside the floor: a link to the server, what is under way on it, and the pool of those that read. */
#ifndef STORE_POSTGRES_H
#define STORE_POSTGRES_H

#include <libpq-fe.h>

#include "store/engine.h"

/* A statement as one link has it. Its types are those of its first arguments; NULL says none, and a later value of
 * another kind has it prepared anew under another name. */
typedef struct {
    prepared p;
    char name[24];
    int made;                 /* how often it was prepared */
    bool ready;               /* the server has it, or will have when what is under way has ended well */
    uint8_t kinds[48];        /* of its arguments */
    PGresult *rows;
    int row;                  /* the one that was stepped to */
} pg_prepared;

enum { UNDER_WAY_MOST = 64 };

/* One connection in pipeline mode: statements are sent without waiting; `pg_settle` reads what became of them. */
typedef struct pg_link {
    arena a;
    PGconn *pg;
    int waiting;                               /* statements whose answers were not read */
    pg_prepared *of[UNDER_WAY_MOST + 1];       /* whose preparation it is; NULL: another's */
    prepared_set set;
    struct pg_link *next;                      /* in the pool */
    char rule[512];                            /* what the server last refused by */
} pg_link;

typedef struct {
    const char *url;
    pthread_mutex_t mutex;                     /* of the pool */
    pthread_cond_t back;
    pg_link *idle;
    int open;
    pthread_mutex_t asking;                    /* of the link that reads the number of commits */
    struct store_conn *asks;
    int64_t unknown;                           /* numbers that no other reading has given */
} pg_store;

typedef struct {
    struct store_conn k;
    pg_store *own;
    pg_link *link;                             /* a reader's: only from its first statement to the end of its snapshot */
    bool begins;                               /* the snapshot begins with the next statement */
    bool failed, careful;                      /* the writer's act: a statement failed; it runs for the second time */
} pg_conn;

static inline pg_conn *pg_of(const struct store_conn *k) { return (pg_conn *)(uintptr_t)k; }

/* ---- postgres_link.c ---- */
MUST_CHECK err pg_connect(const char *url, pg_link **out);         /* tries again for a while: a server starts */
void pg_disconnect(pg_link *l);
bool pg_lost(const pg_link *l);
/* Answers come in the text form: for texts that are no constants of ours. */
bool pg_send(pg_link *l, const char *sql, int n, const char *const *values);
bool pg_sent(pg_link *l, pg_prepared *prepares);                   /* counts one that is under way */
/* Reads what became of all; the last one's result, or the first error. */
MUST_CHECK err pg_settle(pg_link *l, arena *a, const char *what, PGresult **last);
MUST_CHECK err pg_do(pg_link *l, arena *a, const char *sql);       /* one statement, and its end */

/* ---- postgres_pool.c ---- */
MUST_CHECK err pg_take(pg_store *own, pg_link **out);
void pg_give_back(pg_store *own, pg_link *l);
void pg_pool_close(pg_store *own);

/* ---- postgres_rows.c ---- */
MUST_CHECK err pg_start(struct store_conn *k, arena *a, const stmt *s, int64_t zone, args v, bool answer, prepared **out);
MUST_CHECK err pg_step(struct store_conn *k, arena *a, prepared *p, bool *row);
void pg_end(struct store_conn *k, prepared *p);
void pg_abandon(struct store_conn *k);
int pg_columns(const prepared *p);
const char *pg_column(const prepared *p, int i);
cell pg_value(const prepared *p, int i);
int64_t pg_changed(struct store_conn *k, const prepared *p);
cell pg_cell(const PGresult *r, int row, int i);

/* ---- postgres_group.c ---- */
MUST_CHECK err pg_frame(struct store_conn *k, framing what, int64_t zone);
MUST_CHECK err pg_settle_act(struct store_conn *k, arena *a);
bool pg_once_more(struct store_conn *k);
bool pg_goes_on(const struct store_conn *k);
outcome pg_commit(struct store *s, err *why);

/* ---- postgres_schema.c, postgres_plan.c ---- */
extern const char pg_rules_off[], pg_rules_on[];
MUST_CHECK err pg_apply(struct store_conn *k, arena *a, str sql);
MUST_CHECK err pg_plan_scans(ctx *c, const stmt *s, str *table);

#endif
