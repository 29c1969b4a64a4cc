/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.h: inside the floor: a folder with a file, and one connection with its prepared statements. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>
#include <stdatomic.h>

#include "store/engine.h"

typedef struct {
    const char *file, *folder;
    int lock;                 /* flock: shared by every user, exclusive for a restore */
    _Atomic int64_t *state;   /* counts commits; shared by all processes that have the store open */
    int log_done;             /* pages of the log that were brought into the file */
} sqlite_store;

typedef struct { prepared p; sqlite3_stmt *ready; } sqlite_prepared;

/* What frames acts and reads: prepared once, since it runs with each of them. */
typedef enum { SAY_BEGIN, SAY_COMMIT, SAY_ROLLBACK, SAY_SAVEPOINT, SAY_RELEASE, SAY_UNDO, SAY_READ, SAY_COUNT } saying;

typedef struct {
    struct store_conn k;
    sqlite3 *db;
    int code;                 /* SQLite's primary code of the last error */
    int log_pages;            /* in the write-ahead log after the last commit */
    sqlite3_stmt *says[SAY_COUNT];
    prepared_set set;
} sqlite_conn;

static inline sqlite_conn *sqlite_of(const struct store_conn *k) { return (sqlite_conn *)(uintptr_t)k; }

MUST_CHECK err sqlite_connect(const char *file, bool writes, struct store_conn **out);
void sqlite_disconnect(struct store_conn *k);
/* SQLite's primary code; the caller decides what it means. */
int sqlite_say(sqlite_conn *q, saying what);
/* The sentence for what SQLite last said on this connection. Faults of ours or of the disk are
 * told on standard error with their words; the person gets neither SQL nor paths. */
MUST_CHECK err sqlite_error(sqlite_conn *q, arena *a, const char *what);
void sqlite_abandon(struct store_conn *k);

MUST_CHECK err sqlite_exec(struct store_conn *k, const char *sql);
MUST_CHECK err sqlite_text(struct store_conn *k, arena *a, const char *sql, const char *one, const char *two, str *out);
MUST_CHECK err sqlite_scan(struct store_conn *k, arena *a, const char *sql, row_taker *t);

/* sqlite_rows.c */
MUST_CHECK err sqlite_start(struct store_conn *k, arena *a, const stmt *s, int64_t zone, args v, bool answer, prepared **out);
MUST_CHECK err sqlite_step(struct store_conn *k, arena *a, prepared *p, bool *row);
void sqlite_end(struct store_conn *k, prepared *p);
int sqlite_columns(const prepared *p);
const char *sqlite_column(const prepared *p, int i);
cell sqlite_value(const prepared *p, int i);
int64_t sqlite_changed(struct store_conn *k, const prepared *p);

/* sqlite_backup.c, sqlite_plan.c */
MUST_CHECK err sqlite_folder_lock(const char *folder, bool create, bool alone, int *out);
MUST_CHECK err sqlite_backup(struct store *s, const char *file);
MUST_CHECK err sqlite_restore(const char *file, const char *data);
MUST_CHECK err sqlite_set_aside(const char *data);
MUST_CHECK err sqlite_plan_scans(ctx *c, const stmt *s, str *table);

#endif
