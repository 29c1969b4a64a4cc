/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite.c: connections to the file, what frames a transaction, and errors as sentences. */
#include "store/sqlite.h"

#include <stdio.h>

enum {
    WAIT_MS = 5000,          /* for another process that writes */
    MAPPED = 64 << 20,       /* of the file, by each connection: read without a copy */
    LOG_KEPT = 32 << 20,     /* the write-ahead log shrinks to this when it begins anew */
};

/* ---- errors ---------------------------------------------------------------------------------- */

err disk_full(void)
{
    return err_of(ERR_BUSY, "",
                  N_("The disk is full: nothing was changed. Make room and try again."));
}

/* "UNIQUE constraint failed: outcome_claim.kind, outcome_claim.number": what follows the colon. */
static err forbidden(struct store_conn *k, arena *a)
{
    str says = str_of(sqlite3_errmsg(k->db));
    size colon = str_find(says, S(": "));
    if (colon >= 0) says = str_from(says, colon + 2);
    return err_with(ERR_CONFLICT, "",
                    N_("This already exists, or a rule of the data forbids it."), str_dup(a, says),
                    (str){0}, (str){0});
}

static err fault(struct store_conn *k, const char *what)
{
    fprintf(stderr, "store failed at=\"%s\" code=%d says=\"%s\"\n", what,
            sqlite3_extended_errcode(k->db), sqlite3_errmsg(k->db));
    switch (k->failed) {
    case SQLITE_CORRUPT: case SQLITE_NOTADB:
        return err_of(ERR_FAULT, "", N_("The store is damaged. Stop the server and restore the last "
                                        "backup: lingfei restore FILE --data DATA"));
    case SQLITE_READONLY: case SQLITE_CANTOPEN: case SQLITE_PERM:
        return err_of(ERR_FAULT, "", N_("The store cannot be opened or written. Look at the rights "
                                        "of its folder and at the disk."));
    case SQLITE_IOERR:
        return err_of(ERR_FAULT, "", N_("The disk failed at the store. Nothing was changed. Look at "
                                        "the disk, then at the store: lingfei verify"));
    default:
        return err_of(ERR_FAULT, "", N_("The store failed; the reason stands in the server's log."));
    }
}

err conn_error(struct store_conn *k, arena *a, const char *what)
{
    k->failed = sqlite3_errcode(k->db) & 0xFF;
    switch (k->failed) {
    case SQLITE_CONSTRAINT:
        if (sqlite3_extended_errcode(k->db) == SQLITE_CONSTRAINT_DATATYPE) return fault(k, what);
        return forbidden(k, a);
    case SQLITE_FULL: return disk_full();
    case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_NOMEM:
        return err_of(ERR_BUSY, "", N_("The store is busy. Try again in a moment."));
    default: return fault(k, what);
    }
}

/* ---- connections ----------------------------------------------------------------------------- */

err conn_exec(struct store_conn *k, const char *sql)
{
    if (sqlite3_exec(k->db, sql, NULL, NULL, NULL) == SQLITE_OK) return NO_ERR;
    return conn_error(k, &k->a, sql);
}

static int note_log(void *of, sqlite3 *db, const char *name, int pages)
{
    (void)db, (void)name;
    ((struct store_conn *)of)->log_pages = pages;
    return SQLITE_OK;
}

static err set_up(struct store_conn *k)
{
    char sql[400];
    sqlite3_extended_result_codes(k->db, 1);
    sqlite3_busy_timeout(k->db, WAIT_MS);
    sqlite3_db_config(k->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    snprintf(sql, sizeof sql,
             "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"
             "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = %d; PRAGMA cache_size = %d",
             k->writes ? 0 : MAPPED, k->writes ? -8000 : -1000);
    TRY(conn_exec(k, sql));
    if (!k->writes) return conn_exec(k, "PRAGMA query_only = ON");
    snprintf(sql, sizeof sql, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                              "PRAGMA journal_size_limit = %d", LOG_KEPT);
    TRY(conn_exec(k, sql));
    sqlite3_wal_hook(k->db, note_log, k); /* instead of SQLite's own moment: see act.c */
    return NO_ERR;
}

err conn_open(const char *file, bool writes, struct store_conn **out)
{
    arena a;
    arena_init(&a, (size)16 << 20, NULL, NULL);
    struct store_conn *k = new(&a, struct store_conn);
    k->a = a;
    k->writes = writes;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(file, &k->db, flags, NULL);
    err e = code == SQLITE_OK ? set_up(k) : conn_error(k, &k->a, "open");
    if (e.kind) {
        e.arg[0] = (str){0}; /* the connection's memory goes */
        conn_close(k);
        return e;
    }
    *out = k;
    return NO_ERR;
}

void conn_close(struct store_conn *k)
{
    for (int i = 0; i < PREPARED_MAX; i++)
        if (k->cache[i]) sqlite3_finalize(k->cache[i]->ready);
    for (int i = 0; i < DO_COUNT; i++) sqlite3_finalize(k->frame[i]);
    sqlite3_close_v2(k->db);
    arena a = k->a; /* the connection itself lies in it */
    arena_done(&a);
}

int conn_do(struct store_conn *k, framing what)
{
    static const char *const sql[] = {
        [DO_BEGIN] = "BEGIN IMMEDIATE", [DO_COMMIT] = "COMMIT", [DO_ROLLBACK] = "ROLLBACK",
        [DO_SAVEPOINT] = "SAVEPOINT act", [DO_RELEASE] = "RELEASE act",
        [DO_ROLLBACK_TO] = "ROLLBACK TO act", [DO_READ] = "BEGIN",
    };
    _Static_assert(countof(sql) == DO_COUNT, "every framing has its words");
    sqlite3_stmt **q = &k->frame[what];
    if (!*q) {
        int code = sqlite3_prepare_v3(k->db, sql[what], -1, SQLITE_PREPARE_PERSISTENT, q, NULL);
        if (code != SQLITE_OK) return k->failed = code & 0xFF;
    }
    sqlite3_step(*q);
    int code = sqlite3_reset(*q) & 0xFF;
    if (code != SQLITE_OK) k->failed = code;
    return code;
}

void conn_reset(struct store_conn *k)
{
    for (sqlite3_stmt *q = NULL; (q = sqlite3_next_stmt(k->db, q));)
        if (sqlite3_stmt_busy(q)) sqlite3_reset(q);
}

err conn_text(struct store_conn *k, arena *a, const char *sql, const char *one, const char *two,
              str *out)
{
    sqlite3_stmt *q;
    *out = (str){0};
    if (sqlite3_prepare_v2(k->db, sql, -1, &q, NULL) != SQLITE_OK) return conn_error(k, a, sql);
    if (one) sqlite3_bind_text(q, 1, one, -1, SQLITE_STATIC);
    if (two) sqlite3_bind_text(q, 2, two, -1, SQLITE_STATIC);
    int code = sqlite3_step(q);
    err e = code == SQLITE_ROW || code == SQLITE_DONE ? NO_ERR : conn_error(k, a, sql);
    if (code == SQLITE_ROW) *out = str_dup(a, str_of((const char *)sqlite3_column_text(q, 0)));
    sqlite3_finalize(q);
    return e;
}

/* ---- reading at one moment ------------------------------------------------------------------- */

err store_read_begin(ctx *c)
{
    if (c->db->reading || c->db->writes) return NO_ERR;
    if (conn_do(c->db, DO_READ) != SQLITE_OK) return conn_error(c->db, c->a, "read");
    c->db->reading = true;
    return NO_ERR;
}

void store_read_end(ctx *c)
{
    if (!c->db->reading) return;
    conn_reset(c->db);
    (void)conn_do(c->db, DO_COMMIT); /* a read has nothing to lose */
    c->db->reading = false;
}
