/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.h: inside the floor: one connection with its prepared statements. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "store/store.h"

enum { PREPARED_MAX = 2048, COLUMNS_MAX = 64 };

/* A statement as one connection has it. */
typedef struct {
    const stmt *of;
    sqlite3_stmt *ready;
    const shape *mapped;               /* the shape that `field_at` was made for */
    uint8_t field_at[COLUMNS_MAX];
} prepared;

/* What frames acts: prepared once, since it runs with each of them. */
typedef enum {
    DO_BEGIN, DO_COMMIT, DO_ROLLBACK, DO_SAVEPOINT, DO_RELEASE, DO_ROLLBACK_TO, DO_READ, DO_COUNT,
} framing;

struct store_conn {
    arena a;
    sqlite3 *db;
    bool writes, reading;              /* the writer's; inside store_read_begin */
    int failed;                        /* SQLite's primary code of the last error */
    int log_pages;                     /* in the write-ahead log after the last commit */
    int cached;
    sqlite3_stmt *frame[DO_COUNT];
    prepared *cache[PREPARED_MAX];     /* open addressing by the statement's address */
};

MUST_CHECK err conn_open(const char *file, bool writes, struct store_conn **out);
void conn_close(struct store_conn *k);
MUST_CHECK err conn_exec(struct store_conn *k, const char *sql);
/* SQLite's primary code; the caller decides what it means. */
int conn_do(struct store_conn *k, framing what);
/* Ends statements that a full arena jumped out of: one left open would hold its snapshot. */
void conn_reset(struct store_conn *k);
/* The sentence for what SQLite last said on this connection. Faults of ours or of the disk are
 * told on standard error with their words; the person gets neither SQL nor paths. */
MUST_CHECK err conn_error(struct store_conn *k, arena *a, const char *what);
MUST_CHECK err disk_full(void);

/* One text of one row of a statement that is no constant of ours; empty if there is none. */
MUST_CHECK err conn_text(struct store_conn *k, arena *a, const char *sql, const char *one,
                         const char *two, str *out);

#endif
