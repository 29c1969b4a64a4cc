/* SPDX-License-Identifier: Apache-2.0 */
/* restart_test.c: the database server dies twice under load: what was acknowledged is there, and who asks again with the same key
 * is done once. Only on PostgreSQL (make test-pg): SQLite lives and dies with the program, which test/drill kills. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/embed.h"
#include "place.h"
#include "store/store.h"

enum { CLIENTS = 12, EACH = 150, RESTARTS = 2, TRIES = 400, BETWEEN_US = 25000 };

static const char schema[] = "CREATE TABLE mark (zone_id @int NOT NULL, id @int NOT NULL, client @int NOT NULL, n @int NOT NULL, PRIMARY KEY (zone_id, id), UNIQUE (zone_id, client, n));\n";
#define STMT(name, sql, n, w) static const stmt name = {#name, sql, sql, n, w}
STMT(mark_add, "INSERT INTO mark VALUES ($1, $2, $3, $4)", 4, true);
STMT(mark_count, "SELECT count(*) FROM mark WHERE zone_id = $1", 1, false);
STMT(mark_last, "SELECT coalesce(max(id), 0) FROM mark WHERE zone_id = $1", 1, false);

typedef struct mark_in { int64_t client, n, id; } mark_in;
SHAPE(mark_in, FIELD(mark_in, client, F_INT), FIELD(mark_in, n, F_INT), FIELD(mark_in, id, F_ID, .flags = F_RESULT));

static err run_mark(ctx *c, void *in)
{
    mark_in *m = in;
    TRY(store_next_id(c, S("mark"), &m->id));
    return store_run(c, &mark_add, NULL, ARGS(m->id, m->client, m->n));
}
static const action put_mark = {"put_mark", &mark_in_shape, run_mark, 0};
static err no_journal(ctx *c, const action *a, const void *in) { (void)c, (void)a, (void)in; return NO_ERR; }

typedef struct { struct store *s; int n; atomic_int *done, *again, *wrong; atomic_bool *over; } client;

/* As a browser does: busy is asked again with the form's own key. */
static err insist(client *k, int n)
{
    err e = NO_ERR;
    for (int i = 0; i < TRIES; i++) {
        arena a;
        char key[32];
        arena_init(&a, 1 << 20, NULL, NULL);
        snprintf(key, sizeof key, "%d-%d", k->n, n);
        ctx c = {.a = &a, .zone = 1, .store = k->s, .now = 1, .who = {.person = 1 + k->n}, .once = str_of(key)};
        mark_in in = {.client = k->n, .n = n};
        e = store_act(&c, &put_mark, &in);
        arena_done(&a);
        if (e.kind != ERR_BUSY) return e;
        atomic_fetch_add(k->again, 1);
        usleep(BETWEEN_US);
    }
    return e;
}

static void *write_marks(void *of)
{
    client *k = of;
    for (int n = 0; n < EACH; n++) atomic_fetch_add(insist(k, n).kind ? k->wrong : k->done, 1);
    return NULL;
}

/* One and the same reader all the time: it may be told to wait, it never counts backwards. */
static void *read_marks(void *of)
{
    client *k = of;
    int64_t before = 0, now;
    ctx c = {.zone = 1, .store = k->s};
    if (store_reader(k->s, &c.db).kind) return NULL;
    while (!atomic_load(k->over)) {
        arena a;
        arena_init(&a, 1 << 20, NULL, NULL);
        c.a = &a;
        err e = store_int(&c, &mark_count, &now, NO_ARGS);
        if (e.kind ? e.kind != ERR_BUSY : now < before) fprintf(stderr, "read: %s %lld after %lld\n", e.text ? e.text : "", (long long)now, (long long)before), atomic_fetch_add(k->wrong, 1);
        if (!e.kind) before = now;
        arena_done(&a);
        usleep(BETWEEN_US / 10);
    }
    store_reader_close(c.db);
    return NULL;
}

/* TEST_RESTART is a program of tool/test_pg.sh: it ends the server without a good-bye and starts it again. */
static void restart(void)
{
    int status;
    const char *program = getenv("TEST_RESTART");
    pid_t child = fork();
    if (!child) execl(program, program, (char *)NULL), _exit(127);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && !WEXITSTATUS(status));
}

static int64_t ask(struct store *s, arena *a, const stmt *q)
{
    int64_t n = -1;
    ctx c = {.a = a, .zone = 1, .store = s};
    assert_int_equal(store_reader(s, &c.db).kind, OK);
    assert_int_equal(store_int(&c, q, &n, NO_ARGS).kind, OK);
    store_reader_close(c.db);
    return n;
}

static void no_act_is_lost_or_done_twice_when_the_server_restarts_under_load(void **state)
{
    (void)state;
    if (!place_is_postgres() || !getenv("TEST_RESTART")) skip();
    place p;
    arena a;
    struct store *s;
    pthread_t t[CLIENTS], reader;
    client k[CLIENTS + 1];
    atomic_int done = 0, again = 0, wrong = 0;
    atomic_bool over = false;
    place_make(&p);
    arena_init(&a, 16 << 20, NULL, NULL);
    const embedded *own = embed_find(S("store/store_schema.sql"));
    schema_step steps[] = {{"store", "001", str_from(own->bytes, 13)}, {"mark", "001", str_of(schema)}};
    assert_int_equal(store_open(&a, &(store_options){.data = p.data, .steps = steps, .step_count = 2, .create = true, .journal = no_journal}, &s).kind, OK);
    for (int i = 0; i <= CLIENTS; i++) k[i] = (client){s, i, &done, &again, &wrong, &over};
    for (int i = 0; i < CLIENTS; i++) assert_int_equal(pthread_create(&t[i], NULL, write_marks, &k[i]), 0);
    assert_int_equal(pthread_create(&reader, NULL, read_marks, &k[CLIENTS]), 0);
    for (int i = 1; i <= RESTARTS; i++) {
        while (atomic_load(&done) < i * CLIENTS * EACH / (RESTARTS + 2)) usleep(1000);
        restart();
    }
    for (int i = 0; i < CLIENTS; i++) pthread_join(t[i], NULL);
    atomic_store(&over, true);
    pthread_join(reader, NULL);
    printf("%d acts through %d restarts, %d times asked again\n", (int)done, RESTARTS, (int)again);
    assert_int_equal(wrong, 0);
    assert_int_equal(done, CLIENTS * EACH);
    assert_true(again > 0); /* else the server died when nobody looked */
    assert_int_equal(ask(s, &a, &mark_count), CLIENTS * EACH);
    assert_int_equal(ask(s, &a, &mark_last), CLIENTS * EACH); /* no number is missing */
    store_close(s);
    arena_done(&a);
    place_remove(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(no_act_is_lost_or_done_twice_when_the_server_restarts_under_load)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
