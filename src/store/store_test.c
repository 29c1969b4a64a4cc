/* SPDX-License-Identifier: Apache-2.0 */
/* store_test.c: what is acknowledged is there, what failed left nothing, what is damaged or newer is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include <ftw.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/embed.h"
#include "place.h"
#include "store/store.h"

enum { THREADS = 64, EACH = 40 };

/* Every act writes two rows of one number: half an act would be a lone one. */
static const char schema[] = "CREATE TABLE pair_row (zone_id @int NOT NULL, id @int NOT NULL, side @int NOT NULL, note @text NOT NULL, PRIMARY KEY (zone_id, id, side));\n";
static const char more[] = "CREATE TABLE later (zone_id @int NOT NULL, id @int NOT NULL, PRIMARY KEY (zone_id, id));\n";
#define STMT(name, sql, n, w) static const stmt name = {#name, sql, sql, n, w}
STMT(pair_add, "INSERT INTO pair_row VALUES ($1, $2, $3, $4)", 4, true);
STMT(pair_count, "SELECT count(*) FROM pair_row WHERE zone_id = $1 AND side = $2", 2, false);
STMT(pair_most, "SELECT coalesce(max(id), 0) FROM pair_row WHERE zone_id = $1", 1, false);
STMT(pair_lone, "SELECT count(*) FROM (SELECT id FROM pair_row WHERE zone_id = $1 GROUP BY id HAVING count(*) <> 2) AS lone", 1, false);

typedef struct pair_in { int64_t fails, id; } pair_in;
SHAPE(pair_in, FIELD(pair_in, fails, F_INT), FIELD(pair_in, id, F_ID, .flags = F_RESULT));
static char filler[4096];

static err run_pair(ctx *c, void *in)
{
    pair_in *p = in;
    TRY(store_next_id(c, S("pair"), &p->id));
    TRY(store_run(c, &pair_add, NULL, ARGS(p->id, 0, str_of(filler))));
    if (p->fails) return err_of(ERR_CONFLICT, "", "refused half-way");
    return store_run(c, &pair_add, NULL, ARGS(p->id, 1, str_of(filler)));
}
static const action pair_put = {"pair_put", &pair_in_shape, run_pair, ACT_SILENT};
static const action pair_once = {"pair_once", &pair_in_shape, run_pair, 0};
static err no_journal(ctx *c, const action *a, const void *in) { (void)c, (void)a, (void)in; return NO_ERR; }

typedef struct { place at; arena a; struct store *s; } shop;

static err open_with(shop *p, int steps, const char *first)
{
    const embedded *own = embed_find(S("store/store_schema.sql"));
    schema_step all[] = {{"store", "001", str_from(own->bytes, 13)}, {"pair", "001", str_of(first)}, {"pair", "002", str_of(more)}};
    return store_open(&p->a, &(store_options){.data = p->at.data, .steps = all, .step_count = steps, .create = true, .journal = no_journal}, &p->s);
}

static int begin(void **state)
{
    shop *p = calloc(1, sizeof *p);
    memset(filler, 'x', 200);
    arena_init(&p->a, 64 << 20, NULL, NULL);
    place_make(&p->at);
    err e = open_with(p, 2, schema);
    if (e.kind) fail_msg("%s", e.text);
    *state = p;
    return 0;
}

static int remove_one(const char *path, const struct stat *s, int type, struct FTW *f) { (void)s, (void)type, (void)f; return remove(path); }

static int end(void **state)
{
    shop *p = *state;
    if (p->s) store_close(p->s);
    arena_done(&p->a);
    place_remove(&p->at);
    free(p);
    return 0;
}

static int64_t ask(shop *p, const stmt *s, args a)
{
    int64_t n = -1;
    ctx c = {.a = &p->a, .zone = 1, .store = p->s};
    assert_int_equal(store_reader(p->s, &c.db).kind, OK);
    assert_int_equal(store_int(&c, s, &n, a).kind, OK);
    store_reader_close(c.db);
    return n;
}

/* ---- many at once ---------------------------------------------------------------------------------- */

typedef struct { shop *p; int n; atomic_int *done, *refused, *other; } client;

static void *act_on(void *of)
{
    client *k = of;
    for (int i = 0; i < EACH; i++) {
        arena a;
        arena_init(&a, 1 << 20, NULL, NULL);
        ctx c = {.a = &a, .zone = 1, .store = k->p->s, .now = 1, .who = {.person = 1 + k->n}};
        pair_in in = {.fails = (i + k->n) % 5 == 0};
        err e = store_act(&c, &pair_put, &in);
        atomic_fetch_add(!e.kind ? k->done : e.kind == ERR_CONFLICT ? k->refused : k->other, 1);
        arena_done(&a);
    }
    return NULL;
}

static void what_fails_among_many_leaves_nothing_and_numbers_have_no_gap(void **state)
{
    shop *p = *state;
    pthread_t t[THREADS];
    client k[THREADS];
    atomic_int done = 0, refused = 0, other = 0;
    store_figures before = store_count(p->s);
    for (int i = 0; i < THREADS; i++) {
        k[i] = (client){p, i, &done, &refused, &other};
        assert_int_equal(pthread_create(&t[i], NULL, act_on, &k[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) pthread_join(t[i], NULL);
    store_figures after = store_count(p->s);
    assert_int_equal(other, 0);
    assert_int_equal(done + refused, THREADS * EACH);
    assert_int_equal(refused, THREADS * EACH / 5);
    assert_int_equal(ask(p, &pair_count, ARGS(0)), done);
    assert_int_equal(ask(p, &pair_lone, NO_ARGS), 0);
    assert_int_equal(ask(p, &pair_most, NO_ARGS), done); /* a refused act gives its number back */
    assert_true(after.commits - before.commits < done);  /* they shared commits */
}

/* An act that meets a conflict may make the best of it: what it did before stands, the statement that failed did nothing. */
static err run_best(ctx *c, void *in)
{
    pair_in *p = in;
    int64_t had;
    TRY(store_next_id(c, S("pair"), &p->id));
    TRY(store_run(c, &pair_add, NULL, ARGS(p->id, 0, S("first"))));
    err e = store_run(c, &pair_add, NULL, ARGS(p->id, 0, S("again")));
    if (e.kind != ERR_CONFLICT) return err_of(ERR_FAULT, "", "there is no conflict");
    TRY(store_int(c, &pair_count, &had, ARGS(0)));
    if (p->fails && had) return err_of(ERR_CONFLICT, "", "a sentence of its own");
    return store_run(c, &pair_add, NULL, ARGS(p->id, 1, S("second")));
}
static const action pair_best = {"pair_best", &pair_in_shape, run_best, ACT_SILENT};

static void an_act_may_go_on_after_a_conflict_or_say_it_in_its_own_words(void **state)
{
    shop *p = *state;
    ctx c = {.a = &p->a, .zone = 1, .store = p->s, .now = 1, .who = {.person = 1}};
    assert_int_equal(store_act(&c, &pair_best, &(pair_in){0}).kind, OK);
    err e = store_act(&c, &pair_best, &(pair_in){.fails = true});
    assert_string_equal(e.text, "a sentence of its own");
    assert_int_equal(ask(p, &pair_count, ARGS(0)), 1);
    assert_int_equal(ask(p, &pair_lone, NO_ARGS), 0);
    assert_int_equal(ask(p, &pair_most, NO_ARGS), 1);
}

/* As two servers do, or a command beside a server. */
static void two_programs_write_one_zone_and_numbers_have_no_gap(void **state)
{
    shop *p = *state, other = *p;
    pthread_t t[16];
    client k[16];
    atomic_int done = 0, refused = 0, wrong = 0;
    arena_init(&other.a, 16 << 20, NULL, NULL);
    assert_int_equal(open_with(&other, 2, schema).kind, OK);
    for (int i = 0; i < countof(t); i++) {
        k[i] = (client){i % 2 ? p : &other, i, &done, &refused, &wrong};
        assert_int_equal(pthread_create(&t[i], NULL, act_on, &k[i]), 0);
    }
    for (int i = 0; i < countof(t); i++) pthread_join(t[i], NULL);
    assert_int_equal(wrong, 0);
    assert_int_equal(done + refused, countof(t) * EACH);
    assert_int_equal(ask(p, &pair_count, ARGS(0)), done);
    assert_int_equal(ask(p, &pair_lone, NO_ARGS), 0);
    assert_int_equal(ask(&other, &pair_most, NO_ARGS), done);
    store_close(other.s);
    arena_done(&other.a);
}

static err once(shop *p, const char *key, int64_t person, int64_t *id)
{
    ctx c = {.a = &p->a, .zone = 1, .store = p->s, .now = 1, .who = {.person = person}, .once = str_of(key)};
    pair_in in = {0};
    err e = store_act(&c, &pair_once, &in);
    *id = in.id;
    return e;
}

static void a_key_used_twice_answers_with_the_first_result_also_after_a_restart(void **state)
{
    shop *p = *state;
    int64_t first, again, other;
    assert_int_equal(once(p, "key-1", 7, &first).kind, OK);
    assert_int_equal(once(p, "key-1", 7, &again).kind, OK);
    assert_int_equal(again, first);
    assert_int_equal(once(p, "key-1", 8, &other).kind, ERR_CONFLICT); /* a stranger gets nothing of it */
    store_close(p->s);
    assert_int_equal(open_with(p, 2, schema).kind, OK);
    assert_int_equal(once(p, "key-1", 7, &again).kind, OK);
    assert_int_equal(again, first);
    assert_int_equal(ask(p, &pair_count, ARGS(0)), 1);
}

/* ---- what is not ours is refused -------------------------------------------------------------------- */

static void a_newer_store_and_a_changed_step_are_refused(void **state)
{
    shop *p = *state;
    store_close(p->s);
    assert_int_equal(open_with(p, 3, schema).kind, OK); /* upgraded by a newer program */
    store_close(p->s);
    p->s = NULL;
    err e = open_with(p, 2, schema);
    assert_true(e.kind && str_find(str_of(e.text), S("newer")) >= 0);
    e = open_with(p, 3, "CREATE TABLE pair_row (zone_id @int NOT NULL, id @int NOT NULL, PRIMARY KEY (zone_id, id));\n");
    assert_true(e.kind);
    assert_int_equal(open_with(p, 3, schema).kind, OK); /* nothing was touched meanwhile */
}

/* About SQLite's own file: PostgreSQL's are not ours to spoil, to copy or to fill. */
static void needs_a_file(void)
{
    if (place_is_postgres()) skip();
}

static void spoil(shop *p, long from, long bytes)
{
    char path[128];
    snprintf(path, sizeof path, "%s/lingfei.sqlite", p->at.folder);
    FILE *f = fopen(path, "r+");
    assert_non_null(f);
    fseek(f, from, SEEK_SET);
    for (long i = 0; i < bytes; i++) fputc((int)(i * 37 % 251), f);
    fclose(f);
}

static void a_damaged_store_is_refused_with_what_to_do(void **state)
{
    needs_a_file();
    shop *p = *state;
    store_close(p->s);
    p->s = NULL;
    spoil(p, 0, 4096);
    err e = open_with(p, 2, schema);
    assert_true(e.kind);
    str why = err_text(&p->a, e, str_of(e.text));
    assert_true(str_find(why, S("restore")) >= 0 || str_find(why, S("no store")) >= 0);
}

static void a_commit_is_counted_by_all_who_have_the_store_open(void **state)
{
    shop *p = *state, other = *p;
    arena_init(&other.a, 16 << 20, NULL, NULL);
    assert_int_equal(open_with(&other, 2, schema).kind, OK);
    int64_t before = store_state(p->s);
    assert_true(before > 0);
    ctx c = {.a = &other.a, .zone = 1, .store = other.s, .now = 1, .who = {.person = 1}};
    assert_int_equal(store_act(&c, &pair_put, &(pair_in){.fails = true}).kind, ERR_CONFLICT);
    assert_int_equal(store_act(&c, &pair_put, &(pair_in){0}).kind, OK);
    assert_true(store_state(p->s) > before);
    assert_true(store_state(p->s) == store_state(other.s));
    store_close(other.s);
    arena_done(&other.a);
}

/* ---- copies -------------------------------------------------------------------------------------------- */

static void a_backup_made_while_others_write_holds_whole_acts_only(void **state)
{
    needs_a_file();
    shop *p = *state;
    pthread_t t[8];
    client k[8];
    atomic_int done = 0, refused = 0, other = 0;
    char file[128], second[] = "/tmp/lingfei-store-XXXXXX";
    snprintf(file, sizeof file, "%s/copy.sqlite", p->at.folder);
    for (int i = 0; i < 8; i++) {
        k[i] = (client){p, i, &done, &refused, &other};
        assert_int_equal(pthread_create(&t[i], NULL, act_on, &k[i]), 0);
    }
    err e = store_backup(p->s, file);
    for (int i = 0; i < 8; i++) pthread_join(t[i], NULL);
    assert_int_equal(e.kind, OK);
    assert_true(store_restore(file, p->at.folder).kind); /* in use */
    assert_non_null(mkdtemp(second));
    assert_int_equal(store_restore(file, second).kind, OK);
    shop q = {.s = NULL};
    arena_init(&q.a, 16 << 20, NULL, NULL);
    snprintf(q.at.data, sizeof q.at.data, "%s", second);
    assert_int_equal(open_with(&q, 2, schema).kind, OK);
    assert_int_equal(ask(&q, &pair_lone, NO_ARGS), 0);
    store_close(q.s);
    arena_done(&q.a);
    nftw(second, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* ---- the disk is full: in a process of its own that may write so much and no more ----------------------- */

static void fill_up(shop *p, int to)
{
    struct rlimit most = {1 << 20, 1 << 20};
    signal(SIGXFSZ, SIG_IGN);
    if (open_with(p, 2, schema).kind || setrlimit(RLIMIT_FSIZE, &most)) _exit(9);
    memset(filler, 'y', sizeof filler - 1);
    for (int64_t n = 1; n < 10000; n++) {
        arena a;
        arena_init(&a, 1 << 20, NULL, NULL);
        ctx c = {.a = &a, .zone = 1, .store = p->s, .now = 1, .who = {.person = 1}};
        pair_in in = {0};
        err e = store_act(&c, &pair_put, &in);
        if (e.kind) _exit(e.text && *e.text ? 3 : 4); /* told with a sentence */
        if (write(to, &n, sizeof n) != sizeof n) _exit(5);
        arena_done(&a);
    }
    _exit(6); /* never full */
}

static void a_full_disk_is_told_and_what_was_acknowledged_is_kept(void **state)
{
    needs_a_file();
    shop *p = *state;
    int ends[2], status;
    store_close(p->s);
    p->s = NULL;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (!child) fill_up(p, ends[1]);
    close(ends[1]);
    int64_t acknowledged = 0, n;
    while (read(ends[0], &n, sizeof n) == sizeof n) acknowledged = n;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(acknowledged > 10);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 4); /* the sentence, or the store ended the process */
    assert_int_equal(open_with(p, 2, schema).kind, OK);
    assert_true(ask(p, &pair_count, ARGS(0)) >= acknowledged);
    assert_int_equal(ask(p, &pair_lone, NO_ARGS), 0);
    int64_t id;
    assert_int_equal(once(p, "after", 1, &id).kind, OK); /* with room again it goes on */
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_fails_among_many_leaves_nothing_and_numbers_have_no_gap),
        TEST(an_act_may_go_on_after_a_conflict_or_say_it_in_its_own_words),
        TEST(two_programs_write_one_zone_and_numbers_have_no_gap),
        TEST(a_key_used_twice_answers_with_the_first_result_also_after_a_restart),
        TEST(a_newer_store_and_a_changed_step_are_refused),
        TEST(a_damaged_store_is_refused_with_what_to_do),
        TEST(a_commit_is_counted_by_all_who_have_the_store_open),
        TEST(a_backup_made_while_others_write_holds_whole_acts_only),
        TEST(a_full_disk_is_told_and_what_was_acknowledged_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
