/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_bench.c: acts a second of 64 threads on PostgreSQL, beside a bare pipelined libpq loop; for people, never a test.
 *   tool/test_pg.sh build/bench/postgres_bench [threads] [acts]
 *
 * The move is that of move.h. The bare loop sends the same statements of the same groups from one thread with nothing around
 * them: what needs an answer first (the version, the entry's number) is waited for, all else is sent along with it. */
#include <libpq-fe.h>

#include "move.h"
#include "place.h"

/* ---- the bare loop ----------------------------------------------------------------------------------- */

typedef struct { PGconn *pg; int waiting; } wire;

static void give_up(wire *w, const char *what)
{
    fprintf(stderr, "%s: %s", what, PQerrorMessage(w->pg));
    exit(1);
}

static void send_it(wire *w, const char *name, int n, const char *const *v)
{
    if (!PQsendQueryPrepared(w->pg, name, n, v, NULL, NULL, 0)) give_up(w, name);
    w->waiting++;
}

/* The number in the first column of the last one's first row, if it has one. */
static int64_t answers(wire *w)
{
    int64_t number = 0;
    if (!PQpipelineSync(w->pg)) give_up(w, "sync");
    for (; w->waiting; w->waiting--) {
        PGresult *r = PQgetResult(w->pg);
        if (PQresultStatus(r) != PGRES_COMMAND_OK && PQresultStatus(r) != PGRES_TUPLES_OK) give_up(w, PQresultErrorMessage(r));
        if (w->waiting == 1 && PQntuples(r)) number = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
        PQclear(r);
        PQclear(PQgetResult(w->pg)); /* NULL: the end of this one */
    }
    PQclear(PQgetResult(w->pg)); /* the sync */
    return number;
}

static void bare_move(wire *w, int64_t id, int64_t now, int64_t person)
{
    char ids[24], at[24], who[24], was[24], is[24], seq[24];
    snprintf(ids, sizeof ids, "%lld", (long long)id), snprintf(at, sizeof at, "%lld", (long long)now), snprintf(who, sizeof who, "%lld", (long long)person);
    send_it(w, "case_row", 2, (const char *const[]){"1", ids});
    int64_t version = answers(w);
    snprintf(was, sizeof was, "%lld", (long long)version), snprintf(is, sizeof is, "%lld", (long long)version + 1);
    send_it(w, "case_set", 5, (const char *const[]){"1", ids, was, nodes[(version + 1) % 4], at});
    send_it(w, "history_add", 5, (const char *const[]){"1", ids, is, at, who});
    send_it(w, "entry_next", 2, (const char *const[]){"1", "entry"});
    snprintf(seq, sizeof seq, "%lld", (long long)answers(w));
    send_it(w, "entry_add", 5, (const char *const[]){"1", seq, at, who, input});
}

static void prepare(wire *w, const char *name, const char *sql)
{
    PQclear(PQprepare(w->pg, name, sql, 0, NULL));
}

/* On the store's own tables, after it. */
static double by_hand(const char *url, int threads, int all, int group)
{
    wire w = {.pg = PQconnectdb(url)};
    static const stmt *const of[] = {&case_row, &case_set, &history_add, &entry_next, &entry_add};
    for (int i = 0; i < countof(of); i++) prepare(&w, of[i]->name, of[i]->postgres);
    prepare(&w, "begin", "BEGIN"), prepare(&w, "save", "SAVEPOINT act"), prepare(&w, "release", "RELEASE act"), prepare(&w, "commit", "COMMIT");
    prepare(&w, "lock", "UPDATE store_change SET n = n + 1 WHERE zone_id = 1");
    if (!PQenterPipelineMode(w.pg)) give_up(&w, "pipeline");
    unsigned random = 1;
    double from = seconds();
    for (int i = 0; i < all;) {
        send_it(&w, "begin", 0, NULL), send_it(&w, "lock", 0, NULL);
        for (int k = 0; k < group && i < all; k++, i++) {
            send_it(&w, "save", 0, NULL);
            bare_move(&w, 1 + (int64_t)(next(&random) >> 8) % CASES, i, i % threads);
            send_it(&w, "release", 0, NULL);
        }
        send_it(&w, "commit", 0, NULL);
        (void)answers(&w);
    }
    double rate = all / (seconds() - from);
    printf("bare:  %8.0f acts/s in groups of %d\n", rate, group);
    PQfinish(w.pg);
    return rate;
}

int main(int argc, char **argv)
{
    int threads = argc > 1 ? atoi(argv[1]) : 64, acts = argc > 2 ? atoi(argv[2]) : 300;
    if (!place_is_postgres()) {
        fputs("postgres_bench: run it by tool/test_pg.sh\n", stderr);
        return 2;
    }
    arena a;
    place p;
    double group;
    arena_init(&a, 64 << 20, NULL, NULL);
    speak_postgres(&a);
    place_make(&p);
    double store = by_store(&a, p.data, threads, acts, &group);
    double bare = by_hand(p.data, threads, threads * acts, (int)(group + 0.5));
    printf("\nPostgreSQL against a bare pipelined loop in groups like its: %.2f\n", store / bare);
    place_remove(&p);
    arena_done(&a);
    return 0;
}
