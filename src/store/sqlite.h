/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.h: inside the floor: one connection with its prepared statements. */
#ifndef STORE_SQLITE_H
#define STORE_SQLITE_H

#include <sqlite3.h>

#include "store/store.h"

enum { PREPARED_MAX = 1024, COLUMNS_MAX = 64 };

typedef struct {
    const stmt *of;
    sqlite3_stmt *ready;
    const shape *mapped;               /* the shape that `field_at` was made for */
    int16_t field_at[COLUMNS_MAX];
} prepared;

struct store_conn {
    arena a;
    sqlite3 *db;
    bool writes, reading;              /* the writer's; inside store_read_begin */
    prepared *cache[PREPARED_MAX];     /* open addressing by the statement's address */
};

MUST_CHECK err conn_open(const char *file, bool writes, struct store_conn **out);
void conn_close(struct store_conn *k);
MUST_CHECK err conn_exec(struct store_conn *k, const char *sql);
/* The sentence for what SQLite last said on this connection. */
MUST_CHECK err conn_error(struct store_conn *k, arena *a, const char *what);

#endif
