/* SPDX-License-Identifier: Apache-2.0 */
/* batch.c: a batch of 800 decided at once, beside a bare loop that runs the very statements it ran, on a copy of the same
 * store. The statements are overheard: sqlite3_bind_* and sqlite3_step of this program pass through here. */
#define MONTH_MOST 800
#include "month.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* ---- overhearing --------------------------------------------------------------------------------------------------- */

typedef struct { int kind, at; int64_t number; char *text; int bytes; } bound;   /* kind: SQLITE_INTEGER, SQLITE_TEXT, SQLITE_NULL */
typedef struct { const char *sql; bound *with; int n; } executed;
enum { MOST = 400000, BINDS = 24, OPEN = 512 };
static struct { sqlite3_stmt *of; bound with[BINDS]; int n; } open_now[OPEN];
static executed *heard;
static int heard_n;
static bool listening;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int place(sqlite3_stmt *q)
{
    size_t at = ((uintptr_t)q >> 4) % OPEN;
    while (open_now[at].of && open_now[at].of != q) at = (at + 1) % OPEN;
    open_now[at].of = q;
    return (int)at;
}

static void note(sqlite3_stmt *q, bound b)
{
    if (!listening) return;
    int at = place(q);
    for (int i = 0; i < open_now[at].n; i++)
        if (open_now[at].with[i].at == b.at) {
            open_now[at].with[i] = b;
            return;
        }
    assert(open_now[at].n < BINDS);
    open_now[at].with[open_now[at].n++] = b;
}

int sqlite3_bind_int64(sqlite3_stmt *q, int at, sqlite3_int64 v)
{
    static __typeof__(&sqlite3_bind_int64) real;
    if (!real) real = REAL(sqlite3_bind_int64);
    note(q, (bound){SQLITE_INTEGER, at, v, NULL, 0});
    return real(q, at, v);
}

int sqlite3_bind_text64(sqlite3_stmt *q, int at, const char *p, sqlite3_uint64 n, void (*done)(void *), unsigned char encoding)
{
    static __typeof__(&sqlite3_bind_text64) real;
    if (!real) real = REAL(sqlite3_bind_text64);
    note(q, (bound){SQLITE_TEXT, at, 0, (char *)(uintptr_t)p, (int)n});
    return real(q, at, p, n, done, encoding);
}

int sqlite3_bind_null(sqlite3_stmt *q, int at)
{
    static __typeof__(&sqlite3_bind_null) real;
    if (!real) real = REAL(sqlite3_bind_null);
    note(q, (bound){SQLITE_NULL, at, 0, NULL, 0});
    return real(q, at);
}

/* A new execution: its texts are copied now, since their memory is the caller's. */
static void keep_execution(sqlite3_stmt *q)
{
    int at = place(q);
    assert(heard_n < MOST);
    executed *e = &heard[heard_n++];
    *e = (executed){sqlite3_sql(q), malloc(sizeof(bound) * BINDS), open_now[at].n};
    memcpy(e->with, open_now[at].with, sizeof(bound) * (size_t)e->n);
    for (int i = 0; i < e->n; i++)
        if (e->with[i].kind == SQLITE_TEXT) e->with[i].text = memcpy(malloc((size_t)e->with[i].bytes + 1), e->with[i].text, (size_t)e->with[i].bytes);
    open_now[at].n = 0;
}

int sqlite3_step(sqlite3_stmt *q)
{
    static __typeof__(&sqlite3_step) real;
    if (!real) real = REAL(sqlite3_step);
    if (listening && !sqlite3_stmt_busy(q)) keep_execution(q);
    return real(q);
}

/* ---- the same with nothing around it ---------------------------------------------------------------------------------- */

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static sqlite3_stmt *prepared_of(sqlite3 *db, const char *sql)
{
    static struct { const char *sql; sqlite3_stmt *q; } known[OPEN];
    size_t at = ((uintptr_t)sql >> 4) % OPEN;
    while (known[at].sql && known[at].sql != sql) at = (at + 1) % OPEN;
    if (!known[at].sql) {
        known[at].sql = sql;
        if (sqlite3_prepare_v2(db, sql, -1, &known[at].q, NULL) != SQLITE_OK) fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db)), exit(1);
    }
    return known[at].q;
}

static void run_bare(sqlite3 *db, const executed *e)
{
    sqlite3_stmt *q = prepared_of(db, e->sql);
    for (int i = 0; i < e->n; i++) {
        const bound *b = &e->with[i];
        if (b->kind == SQLITE_INTEGER) sqlite3_bind_int64(q, b->at, b->number);
        else if (b->kind == SQLITE_TEXT) sqlite3_bind_text64(q, b->at, b->text, (sqlite3_uint64)b->bytes, SQLITE_STATIC, SQLITE_UTF8);
        else sqlite3_bind_null(q, b->at);
    }
    int code;
    while ((code = sqlite3_step(q)) == SQLITE_ROW) {}
    if (code != SQLITE_DONE) fprintf(stderr, "%s: %s\n", e->sql, sqlite3_errmsg(db)), exit(1);
    sqlite3_reset(q);
}

static void copy_store(const char *from, const char *to)
{
    sqlite3 *db;
    char bytes[65536];
    if (sqlite3_open(from, &db) != SQLITE_OK || sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", NULL, NULL, NULL) != SQLITE_OK) exit(1);
    sqlite3_close(db);
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    for (ssize_t n; (n = read(in, bytes, sizeof bytes)) > 0;)
        if (write(out, bytes, (size_t)n) != n) exit(1);
    close(in), close(out);
}

static double bare(const char *file)
{
    sqlite3 *db;
    if (sqlite3_open(file, &db) != SQLITE_OK) exit(1);
    sqlite3_exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000", NULL, NULL, NULL);
    for (int i = 0; i < heard_n; i++) prepared_of(db, heard[i].sql); /* as the store has them ready */
    double from = seconds();
    for (int i = 0; i < heard_n; i++) run_bare(db, &heard[i]);
    double took = seconds() - from;
    sqlite3_close_v2(db);
    return took;
}

static double decided(month *m)
{
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m->batch);
    double from = seconds();
    world_do(&m->w, 200, "bureau1", POST, path, "{\"choice\":\"bureau_pass\"}");
    return seconds() - from;
}

int main(void)
{
    static month m;
    char file[128], copy[160];
    month_begin(&m);
    world_do(&m.w, 201, "finance1", POST, "/budgets", "{\"policy\":%lld,\"year\":2018,\"total_fen\":%lld}", (long long)m.policy, (long long)MONTH_MOST * 4000000);
    for (int i = 0; i < MONTH_MOST; i++) {
        month_add(&m, i % 2 ? "agency1" : "agency2", i % 3 ? "enterprise1" : "enterprise2");
        world_forget(&m.w);
    }
    month_batch(&m, "alliance2", "report_submit", "");
    snprintf(file, sizeof file, "%s/lingfei.sqlite", m.w.place.folder);
    snprintf(copy, sizeof copy, "%s-copy", file);
    copy_store(file, copy);
    heard = calloc(MOST, sizeof *heard);
    listening = true;
    double ours = decided(&m);
    listening = false;
    double beside = bare(copy);
    printf("a batch of %d decided at once: %.1f ms with listening, %d statements; bare %.1f ms\n", MONTH_MOST, ours * 1e3, heard_n, beside * 1e3);
    printf("batch of %d against bare, times:     %.2f (wanted at most 2)\n", MONTH_MOST, ours / beside);
    unlink(copy);
    world_end(&m.w);
    return 0;
}
