/* SPDX-License-Identifier: Apache-2.0 */
/* store_bench.c: acts a second of 64 threads, beside the disk's own rate and a bare loop; for people, never a test.
 *   make -s BUILD=B B/lib/store.a B/lib/format.a B/lib/base.a
 *   cc -O2 -D_GNU_SOURCE -Isrc -IB -o store_bench test/bench/store_bench.c B/lib/store.a B/lib/format.a B/lib/base.a \
 *      B/obj/gen/catalogue.o B/obj/gen/embedded.o -lsqlite3 -ljansson -lexpat -lcrypto -lqrencode -lpthread && ./store_bench [folder] [threads] [acts]
 *
 * A move: a case is read and changed with its version, its history and one entry of the record are
 * written. The bare loop runs the same SQL from one thread, with nothing around it, in groups of 60 and
 * in groups of the size that the store had. */
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/embed.h"
#include "store/store.h"

enum { ZONE = 1, CASES = 20000 };

static const char schema[] =
    "CREATE TABLE move_case (zone_id @int NOT NULL, id @int NOT NULL, version @int NOT NULL, node @text NOT NULL,"
    " since_at @int NOT NULL, PRIMARY KEY (zone_id, id));\n"
    "CREATE INDEX move_case_at ON move_case (zone_id, node, id);\n"
    "CREATE TABLE move_history (zone_id @int NOT NULL, case_id @int NOT NULL, n @int NOT NULL, at @int NOT NULL,"
    " choice @text NOT NULL, person_id @int NOT NULL, PRIMARY KEY (zone_id, case_id, n));\n"
    "CREATE TABLE move_entry (zone_id @int NOT NULL, seq @int NOT NULL, at @int NOT NULL, person_id @int NOT NULL,"
    " act @text NOT NULL, input @text NOT NULL, PRIMARY KEY (zone_id, seq));\n"
    "CREATE INDEX move_entry_of ON move_entry (zone_id, person_id, seq);\n";

#define STMT(name, sql, n, w) static const stmt name = {#name, sql, sql, n, w}
STMT(case_row, "SELECT version, node FROM move_case WHERE zone_id = ?1 AND id = ?2", 2, false);
STMT(case_add, "INSERT INTO move_case VALUES (?1, ?2, 0, 'draft', 0)", 2, true);
STMT(case_set, "UPDATE move_case SET version = version + 1, node = ?4, since_at = ?5 WHERE zone_id = ?1 AND id = ?2 AND version = ?3", 5, true);
STMT(history_add, "INSERT INTO move_history VALUES (?1, ?2, ?3, ?4, 'pass', ?5)", 5, true);
STMT(entry_next, "INSERT INTO store_sequence (zone_id, name, last) VALUES (?1, ?2, 1)"
                 " ON CONFLICT (zone_id, name) DO UPDATE SET last = store_sequence.last + 1 RETURNING last", 2, true);
STMT(entry_add, "INSERT INTO move_entry VALUES (?1, ?2, ?3, ?4, 'case_move', ?5)", 5, true);
STMT(entries, "SELECT count(*) FROM move_entry WHERE zone_id = ?1", 1, false);

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void must(err e)
{
    if (!e.kind) return;
    fprintf(stderr, "%s [" SF "]\n", e.text, SA(e.arg[0]));
    exit(1);
}

/* ---- the move as an act --------------------------------------------------------------------- */

typedef struct move { int64_t id, version; str node; } move;
SHAPE(move, FIELD(move, id, F_ID), FIELD(move, version, F_INT, .flags = F_RESULT), FIELD(move, node, F_TEXT, .flags = F_RESULT));
static const char input[] = "{\"choice\":\"pass\",\"id\":123456,\"note\":\"The papers are complete and the contract is valid.\",\"version\":3}";
static const char *const nodes[] = {"draft", "review", "report", "pay"};

static err run_move(ctx *c, void *in)
{
    move *m = in, was;
    TRY(store_row(c, &case_row, &move_shape, &was, ARGS(m->id)));
    m->version = was.version + 1;
    m->node = str_of(nodes[m->version % 4]);
    TRY(store_run(c, &case_set, NULL, ARGS(m->id, was.version, m->node, c->now)));
    return store_run(c, &history_add, NULL, ARGS(m->id, m->version, c->now, c->who.person));
}
static const action case_move = {"case_move", &move_shape, run_move, 0};

static err run_make(ctx *c, void *in)
{
    (void)in;
    for (int64_t id = 1; id <= CASES; id++) TRY(store_run(c, &case_add, NULL, ARGS(id)));
    return NO_ERR;
}
static const action make = {"make", &move_shape, run_make, ACT_SILENT};

static err journal(ctx *c, const action *act, const void *in)
{
    (void)act, (void)in;
    int64_t seq;
    TRY(store_insert(c, &entry_next, &seq, ARGS(S("entry"))));
    return store_run(c, &entry_add, NULL, ARGS(seq, c->now, c->who.person, str_of(input)));
}

/* ---- the store, by many threads --------------------------------------------------------------- */

typedef struct { struct store *store; int n, acts; unsigned random; int64_t *waits; } client;

static unsigned next(unsigned *r) { return *r = *r * 1103515245u + 12345u; }

static void *act_on(void *of)
{
    client *k = of;
    arena a;
    for (int i = 0; i < k->acts; i++) {
        arena_init(&a, 1 << 20, NULL, NULL);
        ctx c = {.a = &a, .zone = ZONE, .store = k->store, .now = i, .who = {.person = k->n}};
        move m = {.id = 1 + (int64_t)(next(&k->random) >> 8) % CASES};
        double from = seconds();
        must(store_act(&c, &case_move, &m));
        k->waits[i] = (int64_t)((seconds() - from) * 1e6);
        arena_done(&a);
    }
    return NULL;
}

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static double by_store(arena *a, const char *folder, int threads, int acts, double *group)
{
    struct store *s;
    const embedded *own = embed_find(S("store/store_schema.sql"));
    schema_step steps[] = {{"store", "001", str_from(own->bytes, 13)}, {"move", "001", str_of(schema)}};
    must(store_open(a, &(store_options){.data = folder, .steps = steps, .step_count = 2, .create = true, .journal = journal}, &s));
    move none = {0};
    ctx c = {.a = a, .zone = ZONE, .store = s};
    must(store_act(&c, &make, &none));
    client *k = new_n(a, client, threads);
    pthread_t *t = new_n(a, pthread_t, threads);
    int64_t *waits = new_n(a, int64_t, threads * acts);
    store_figures before = store_count(s);
    double from = seconds();
    for (int i = 0; i < threads; i++) {
        k[i] = (client){s, i, acts, (unsigned)(i * 7919 + 1), waits + i * acts};
        pthread_create(&t[i], NULL, act_on, &k[i]);
    }
    for (int i = 0; i < threads; i++) pthread_join(t[i], NULL);
    double took = seconds() - from;
    store_figures after = store_count(s);
    *group = (double)(after.acts - before.acts) / (double)(after.commits - before.commits);
    qsort(waits, (size_t)(threads * acts), sizeof *waits, by_size);
    int64_t n = threads * acts;
    printf("store: %8.0f acts/s, %.1f a commit; wait p50 %.1f ms, p99 %.1f ms, most %.1f ms\n", (double)n / took, *group,
           (double)waits[n / 2] / 1e3, (double)waits[n * 99 / 100] / 1e3, (double)waits[n - 1] / 1e3);
    int64_t found;
    struct store_conn *db;
    must(store_reader(s, &db));
    c.db = db;
    must(store_int(&c, &entries, &found, NO_ARGS));
    if (found != n) printf("%lld entries, not %lld\n", (long long)found, (long long)n);
    store_reader_close(db);
    store_close(s);
    return (double)n / took;
}

/* ---- the same statements with nothing around them ------------------------------------------------ */

static void exec(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK) return;
    fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db));
    exit(1);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) exit(2);
    return q;
}

static void step(sqlite3_stmt *q, int64_t two, int64_t three, int64_t four, int64_t five)
{
    int64_t v[] = {ZONE, two, three, four, five};
    for (int i = 0; i < 5; i++) sqlite3_bind_int64(q, i + 1, v[i]);
    if (sqlite3_step(q) > SQLITE_ROW && sqlite3_errcode(sqlite3_db_handle(q)) != SQLITE_DONE) exit(3);
}

static void bare_move(sqlite3_stmt *q[], int64_t id, int64_t now, int64_t person)
{
    step(q[0], id, 0, 0, 0);
    int64_t version = sqlite3_column_int64(q[0], 0);
    sqlite3_reset(q[0]);
    sqlite3_bind_text(q[1], 4, nodes[(version + 1) % 4], -1, SQLITE_STATIC);
    sqlite3_bind_int64(q[1], 1, ZONE), sqlite3_bind_int64(q[1], 2, id), sqlite3_bind_int64(q[1], 3, version), sqlite3_bind_int64(q[1], 5, now);
    if (sqlite3_step(q[1]) != SQLITE_DONE) exit(4);
    sqlite3_reset(q[1]);
    step(q[2], id, version + 1, now, person);
    sqlite3_reset(q[2]);
    sqlite3_bind_int64(q[3], 1, ZONE), sqlite3_bind_text(q[3], 2, "entry", -1, SQLITE_STATIC);
    if (sqlite3_step(q[3]) != SQLITE_ROW) exit(5);
    int64_t seq = sqlite3_column_int64(q[3], 0);
    while (sqlite3_step(q[3]) == SQLITE_ROW) {}
    sqlite3_reset(q[3]);
    sqlite3_bind_int64(q[4], 1, ZONE), sqlite3_bind_int64(q[4], 2, seq), sqlite3_bind_int64(q[4], 3, now), sqlite3_bind_int64(q[4], 4, person);
    sqlite3_bind_text(q[4], 5, input, -1, SQLITE_STATIC);
    if (sqlite3_step(q[4]) != SQLITE_DONE) exit(6);
    sqlite3_reset(q[4]);
}

static double by_hand(arena *a, const char *folder, int threads, int all, int group, const char *label)
{
    sqlite3 *db;
    char file[4096];
    snprintf(file, sizeof file, "%s/bare-%d%s.sqlite", folder, group, *label ? "-own" : "");
    if (sqlite3_open(file, &db) != SQLITE_OK) exit(7);
    exec(db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -4000");
    str sql = str_replace(a, str_of(schema), S("@int"), S("INTEGER"));
    sql = str_replace(a, str_replace(a, sql, S("@text"), S("TEXT")), S("));\n"), S(")) STRICT;\n"));
    exec(db, str_z(a, sql));
    exec(db, "CREATE TABLE store_sequence (zone_id INTEGER NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY (zone_id, name)) STRICT, WITHOUT ROWID");
    const stmt *const of[] = {&case_row, &case_set, &history_add, &entry_next, &entry_add};
    sqlite3_stmt *q[countof(of)];
    for (int i = 0; i < countof(of); i++) q[i] = prepare(db, of[i]->sqlite);
    sqlite3_stmt *add = prepare(db, case_add.sqlite);
    exec(db, "BEGIN");
    for (int64_t id = 1; id <= CASES; id++) step(add, id, 0, 0, 0), sqlite3_reset(add);
    exec(db, "COMMIT");
    sqlite3_stmt *around[] = {prepare(db, "BEGIN IMMEDIATE"), prepare(db, "SAVEPOINT act"), prepare(db, "RELEASE act"), prepare(db, "COMMIT")};
    unsigned random = 1;
    double from = seconds();
    for (int i = 0; i < all;) {
        sqlite3_step(around[0]), sqlite3_reset(around[0]);
        for (int k = 0; k < group && i < all; k++, i++) {
            sqlite3_step(around[1]), sqlite3_reset(around[1]);
            bare_move(q, 1 + (int64_t)(next(&random) >> 8) % CASES, i, i % threads);
            sqlite3_step(around[2]), sqlite3_reset(around[2]);
        }
        if (sqlite3_step(around[3]) != SQLITE_DONE) exit(8);
        sqlite3_reset(around[3]);
    }
    double rate = all / (seconds() - from);
    printf("bare:  %8.0f acts/s in groups of %d%s\n", rate, group, label);
    return rate; /* the process ends soon: nothing is closed */
}

/* ---- the disk ----------------------------------------------------------------------------------------- */

static double by_disk(const char *folder, bool again)
{
    char file[4096], page[4096] = {1};
    snprintf(file, sizeof file, "%s/pages", folder);
    int fd = open(file, O_RDWR | O_CREAT, 0600), n = 2000;
    double from = seconds();
    for (int i = 0; i < n; i++) {
        page[0] = (char)i;
        if (pwrite(fd, page, sizeof page, (off_t)i * 4096) != sizeof page || fdatasync(fd)) exit(9);
    }
    double rate = n / (seconds() - from);
    close(fd);
    printf("disk:  %8.0f fdatasync/s of 4 KB %s\n", rate, again ? "written over" : "added");
    return rate;
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *f)
{
    (void)s, (void)type, (void)f;
    return remove(path);
}

int main(int argc, char **argv)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/lingfei-bench-XXXXXX", argc > 1 ? argv[1] : "/tmp");
    int threads = argc > 2 ? atoi(argv[2]) : 64, acts = argc > 3 ? atoi(argv[3]) : 1000;
    if (!mkdtemp(folder)) return 1;
    arena a;
    arena_init(&a, 64 << 20, NULL, NULL);
    double added = by_disk(folder, false), over = by_disk(folder, true), group;
    double store = by_store(&a, folder, threads, acts, &group);
    double sixty = by_hand(&a, folder, threads, threads * acts, 60, "");
    double same = by_hand(&a, folder, threads, threads * acts, (int)(group + 0.5), ", the store's own");
    printf("\nstore against the disk's rate:      %.2f added, %.2f written over\n"
           "store against bare groups of 60:    %.2f\nstore against bare groups like its: %.2f\n",
           store / added, store / over, store / sixty, store / same);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return 0;
}
