/* SPDX-License-Identifier: Apache-2.0 */
/* move.h: the move that both stores are measured by: a case is read and changed with its version, its history and one entry
 * of the record are written. */
#ifndef MOVE_H
#define MOVE_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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

#define STMT(name, sql, n, w) static stmt name = {#name, sql, sql, n, w}
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

/* The same with PostgreSQL's mark for an argument. */
static inline void speak_postgres(arena *a)
{
    stmt *const all[] = {&case_row, &case_add, &case_set, &history_add, &entry_next, &entry_add, &entries};
    for (int i = 0; i < countof(all); i++) all[i]->postgres = str_z(a, str_replace(a, str_of(all[i]->sqlite), S("?"), S("$")));
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

static double by_store(arena *a, const char *data, int threads, int acts, double *group)
{
    struct store *s;
    const embedded *own = embed_find(S("store/store_schema.sql"));
    schema_step steps[] = {{"store", "001", str_from(own->bytes, 13)}, {"move", "001", str_of(schema)}};
    must(store_open(a, &(store_options){.data = data, .steps = steps, .step_count = 2, .create = true, .journal = journal}, &s));
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

#endif
