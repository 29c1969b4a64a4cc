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

/* "UNIQUE constraint failed: outcome_claim.kind, outcome_claim.number": what follows the colon. */
static str rule_of(sqlite_conn *q)
{
    str says = str_of(sqlite3_errmsg(q->db));
    size colon = str_find(says, S(": "));
    return colon >= 0 ? str_from(says, colon + 2) : says;
}

static err fault(sqlite_conn *q, const char *what)
{
    fprintf(stderr, "store failed at=\"%s\" code=%d says=\"%s\"\n", what,
            sqlite3_extended_errcode(q->db), sqlite3_errmsg(q->db));
    switch (q->code) {
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

err sqlite_error(sqlite_conn *q, arena *a, const char *what)
{
    q->code = sqlite3_errcode(q->db) & 0xFF;
    switch (q->code) {
    case SQLITE_CONSTRAINT:
        if (sqlite3_extended_errcode(q->db) == SQLITE_CONSTRAINT_DATATYPE) return fault(q, what);
        return a ? store_forbids(a, rule_of(q)) : store_is_busy();
    case SQLITE_FULL: return store_is_full();
    case SQLITE_BUSY: case SQLITE_LOCKED: case SQLITE_NOMEM:
        return store_is_busy();
    default: return fault(q, what);
    }
}

/* ---- connections ----------------------------------------------------------------------------- */

err sqlite_exec(struct store_conn *k, const char *sql)
{
    sqlite_conn *q = sqlite_of(k);
    if (sqlite3_exec(q->db, sql, NULL, NULL, NULL) == SQLITE_OK) return NO_ERR;
    return sqlite_error(q, &k->a, sql);
}

static int note_log(void *of, sqlite3 *db, const char *name, int pages)
{
    (void)db, (void)name;
    ((sqlite_conn *)of)->log_pages = pages;
    return SQLITE_OK;
}

static err set_up(sqlite_conn *q)
{
    char sql[400];
    sqlite3_extended_result_codes(q->db, 1);
    sqlite3_busy_timeout(q->db, WAIT_MS);
    sqlite3_db_config(q->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    snprintf(sql, sizeof sql,
             "PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;"
             "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = %d; PRAGMA cache_size = %d",
             q->k.writes ? 0 : MAPPED, q->k.writes ? -8000 : -1000);
    TRY(sqlite_exec(&q->k, sql));
    if (!q->k.writes) return sqlite_exec(&q->k, "PRAGMA query_only = ON");
    snprintf(sql, sizeof sql, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                              "PRAGMA journal_size_limit = %d", LOG_KEPT);
    TRY(sqlite_exec(&q->k, sql));
    sqlite3_wal_hook(q->db, note_log, q); /* instead of SQLite's own moment: see sqlite_store.c */
    return NO_ERR;
}

err sqlite_connect(const char *file, bool writes, struct store_conn **out)
{
    arena a;
    arena_init(&a, (size)16 << 20, NULL, NULL);
    sqlite_conn *q = new(&a, sqlite_conn);
    q->k = (struct store_conn){.a = a, .of = &sqlite_engine, .writes = writes};
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_CREATE : 0);
    int code = sqlite3_open_v2(file, &q->db, flags, NULL);
    err e = code == SQLITE_OK ? set_up(q) : sqlite_error(q, &q->k.a, "open");
    if (e.kind) {
        e.arg[0] = (str){0}; /* the connection's memory goes */
        sqlite_disconnect(&q->k);
        return e;
    }
    *out = &q->k;
    return NO_ERR;
}

void sqlite_disconnect(struct store_conn *k)
{
    sqlite_conn *q = sqlite_of(k);
    for (int i = 0; i < PREPARED_MAX; i++)
        if (q->set.at[i]) sqlite3_finalize(((sqlite_prepared *)q->set.at[i])->ready);
    for (int i = 0; i < SAY_COUNT; i++) sqlite3_finalize(q->says[i]);
    sqlite3_close_v2(q->db);
    arena a = k->a; /* the connection itself lies in it */
    arena_done(&a);
}

int sqlite_say(sqlite_conn *q, saying what)
{
    static const char *const sql[] = {
        [SAY_BEGIN] = "BEGIN IMMEDIATE", [SAY_COMMIT] = "COMMIT", [SAY_ROLLBACK] = "ROLLBACK",
        [SAY_SAVEPOINT] = "SAVEPOINT act", [SAY_RELEASE] = "RELEASE act",
        [SAY_UNDO] = "ROLLBACK TO act", [SAY_READ] = "BEGIN",
    };
    _Static_assert(countof(sql) == SAY_COUNT, "every saying has its words");
    sqlite3_stmt **p = &q->says[what];
    if (!*p) {
        int code = sqlite3_prepare_v3(q->db, sql[what], -1, SQLITE_PREPARE_PERSISTENT, p, NULL);
        if (code != SQLITE_OK) return q->code = code & 0xFF;
    }
    sqlite3_step(*p);
    int code = sqlite3_reset(*p) & 0xFF;
    if (code != SQLITE_OK) q->code = code;
    return code;
}

void sqlite_abandon(struct store_conn *k)
{
    sqlite3 *db = sqlite_of(k)->db;
    for (sqlite3_stmt *p = NULL; (p = sqlite3_next_stmt(db, p));)
        if (sqlite3_stmt_busy(p)) sqlite3_reset(p);
}

/* ---- texts that are no constants of ours ------------------------------------------------------ */

err sqlite_text(struct store_conn *k, arena *a, const char *sql, const char *one, const char *two, str *out)
{
    sqlite_conn *q = sqlite_of(k);
    sqlite3_stmt *p;
    *out = (str){0};
    if (sqlite3_prepare_v2(q->db, sql, -1, &p, NULL) != SQLITE_OK) return sqlite_error(q, a, sql);
    if (one) sqlite3_bind_text(p, 1, one, -1, SQLITE_STATIC);
    if (two) sqlite3_bind_text(p, 2, two, -1, SQLITE_STATIC);
    int code = sqlite3_step(p);
    err e = code == SQLITE_ROW || code == SQLITE_DONE ? NO_ERR : sqlite_error(q, a, sql);
    if (code == SQLITE_ROW) *out = str_dup(a, str_of((const char *)sqlite3_column_text(p, 0)));
    sqlite3_finalize(p);
    return e;
}

err sqlite_scan(struct store_conn *k, arena *a, const char *sql, row_taker *t)
{
    sqlite_conn *q = sqlite_of(k);
    sqlite_prepared p = {0};
    cell cells[COLUMNS_MAX];
    if (sqlite3_prepare_v2(q->db, sql, -1, &p.ready, NULL) != SQLITE_OK) return sqlite_error(q, a, sql);
    int n = sqlite3_column_count(p.ready), code;
    assert(n <= COLUMNS_MAX);
    err e = NO_ERR;
    while (!e.kind && (code = sqlite3_step(p.ready)) == SQLITE_ROW) {
        for (int i = 0; i < n; i++) cells[i] = sqlite_value(&p.p, i);
        e = t->take(t, cells, n);
    }
    if (!e.kind && code != SQLITE_DONE) e = sqlite_error(q, a, sql);
    sqlite3_finalize(p.ready);
    return e;
}
