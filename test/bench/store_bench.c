/* SPDX-License-Identifier: Apache-2.0 */
/* store_bench.c: acts a second of 64 threads, beside the disk's own rate and a bare loop; for people, never a test.
 *   make bench, or: build/bench/store_bench [folder] [threads] [acts]
 *
 * The move is that of move.h. The bare loop runs the same SQL from one thread, with nothing around it, in groups of 60 and
 * in groups of the size that the store had. */
#include <fcntl.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "move.h"

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
