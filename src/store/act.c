/* SPDX-License-Identifier: Apache-2.0 */
/* act.c: acts wait in a queue for the one writer, which runs each in its savepoint and commits them together. */
#include "store/act.h"

#include <semaphore.h>
#include <setjmp.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "format/json.h"
#include "gen/store/store_sql.h"

enum { GROUP = 60, QUEUE = 1024 };

struct turn {
    ctx *c;
    const action *act;
    void *in;
    err result;
    sem_t done;
    int64_t since;
    turn *next;
};

static int64_t ticks(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t); /* a length, not a time of day */
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* ---- one-time keys ---------------------------------------------------------------------------------------------- */

typedef struct once_row { int64_t person_id; str action, result; } once_row;
SHAPE(once_row, FIELD(once_row, person_id, F_ID), FIELD(once_row, action, F_TEXT), FIELD(once_row, result, F_LINES));

/* The result fields of an act's struct, as JSON: what a second use of the key is answered with. */
static str results_of(arena *a, const shape *sh, const void *in)
{
    view *all = view_map(a), *out = view_map(a);
    shape_view(sh, in, all);
    for (int i = 0; i < sh->n; i++)
        if (sh->fields[i].flags & F_RESULT) view_adopt(out, str_of(sh->fields[i].name), view_copy(a, view_get(all, str_of(sh->fields[i].name))));
    buf b = buf_new(a, 64);
    json_canonical(&b, out);
    return buf_str(&b);
}

static err used_before(ctx *c, const action *act, void *in, bool *used)
{
    once_row row;
    view *result;
    *used = false;
    if (!c->once.n) return NO_ERR;
    TRY(store_find(c, &store_once_row, &once_row_shape, &row, used, ARGS(c->once)));
    if (!*used) return NO_ERR;
    if (row.person_id != c->who.person || !str_eqz(row.action, act->name))
        return err_of(ERR_CONFLICT, "", N_("This one-time key was used for something else."));
    TRY(json_read(c->a, row.result, &result));
    return shape_read(c->a, act->in, result, in);
}

/* ---- running one ---------------------------------------------------------------------------------------------------- */

static err run_parts(struct store *s, ctx *c, const action *act, void *in)
{
    bool silent = act->flags & ACT_SILENT, used = false; /* the key is for what the person meant, not for its traces */
    if (!silent) TRY(used_before(c, act, in, &used));
    if (used) return NO_ERR;
    TRY(act->run(c, in));
    if (silent) return NO_ERR;
    if (s->journal) TRY(s->journal(c, act, in));
    if (!c->once.n) return NO_ERR;
    return store_run(c, &store_once_add, NULL, ARGS(c->once, c->who.person, str_of(act->name), results_of(c->a, act->in, in), c->now));
}

static void jump_out(arena *a) { longjmp(*(jmp_buf *)a->owner, 1); }

/* The caller sleeps meanwhile, so its context and arena are the writer's; only the connection and the way out of a full
 * arena are exchanged. */
static err run_one(struct store *s, turn *t)
{
    ctx *c = t->c;
    jmp_buf full;
    struct store_conn *reader = c->db;
    arena *a = c->a;
    void (*oom)(arena *) = a->oom;
    void *owner = a->owner;
    err e;
    c->db = s->writer;
    a->oom = jump_out, a->owner = &full;
    if (setjmp(full)) e = err_of(ERR_BUSY, "", N_("This is more than can be done at once. Take a smaller part."));
    else e = run_parts(s, c, t->act, t->in);
    a->oom = oom, a->owner = owner;
    c->db = reader;
    return e;
}

/* ---- a group: one BEGIN, a savepoint each, one COMMIT ------------------------------------------------------------------ */

static void reset_all(struct store_conn *k)
{
    for (int i = 0; i < PREPARED_MAX; i++)
        if (k->cache[i]) sqlite3_reset(k->cache[i]->ready); /* an act that jumped out may have left one open */
}

static bool rolled_back(struct store_conn *k) { return sqlite3_get_autocommit(k->db) != 0; }

/* An error at COMMIT is unknown: what the disk holds decides at the next start; going on could acknowledge what is lost. */
static void commit_failed(struct store *s)
{
    fprintf(stderr, "store: COMMIT failed: %s; the process ends, the store decides at the next start\n", sqlite3_errmsg(s->writer->db));
    _exit(3);
}

static void fail_from(turn *group[], int from, int n, err e)
{
    for (int i = from; i < n; i++) group[i]->result = e;
}

static void commit(struct store *s, turn *group[], int n, int good)
{
    int code = sqlite3_exec(s->writer->db, good ? "COMMIT" : "ROLLBACK", NULL, NULL, NULL);
    if (code == SQLITE_OK) return;
    if (good && (code & 0xFF) == SQLITE_FULL) { /* said before anything was written to the log's end */
        sqlite3_exec(s->writer->db, "ROLLBACK", NULL, NULL, NULL);
        fail_from(group, 0, n, err_of(ERR_BUSY, "", N_("The disk is full: nothing was changed. Make room and try again.")));
        return;
    }
    if (good) commit_failed(s);
}

static void run_group(struct store *s, turn *group[], int n)
{
    err e = conn_exec(s->writer, "BEGIN IMMEDIATE");
    if (e.kind) {
        fail_from(group, 0, n, e);
        return;
    }
    int good = 0;
    for (int i = 0; i < n; i++) {
        bool alone = n == 1;
        if (!alone) e = conn_exec(s->writer, "SAVEPOINT act");
        if (!alone && e.kind) {
            group[i]->result = e;
            continue;
        }
        group[i]->result = run_one(s, group[i]);
        if (group[i]->result.kind) reset_all(s->writer);
        if (rolled_back(s->writer)) { /* the engine gave up on the whole transaction */
            fail_from(group, 0, n, group[i]->result.kind ? group[i]->result : err_of(ERR_BUSY, "", N_("The store is busy. Try again in a moment.")));
            return;
        }
        good += !group[i]->result.kind;
        if (alone) break;
        if (group[i]->result.kind) e = conn_exec(s->writer, "ROLLBACK TO act; RELEASE act");
        else e = conn_exec(s->writer, "RELEASE act");
    }
    commit(s, group, n, good);
}

/* ---- the writer -------------------------------------------------------------------------------------------------------------- */

static int take_group(struct store *s, turn *group[])
{
    int n = 0;
    pthread_mutex_lock(&s->mutex);
    while (!s->first && !s->closing) pthread_cond_wait(&s->come, &s->mutex);
    for (; s->first && n < GROUP; n++) {
        group[n] = s->first;
        s->first = s->first->next;
    }
    if (!s->first) s->last = NULL;
    s->queued -= n;
    pthread_mutex_unlock(&s->mutex);
    return n;
}

static void count(struct store *s, turn *group[], int n)
{
    int64_t now = ticks();
    pthread_mutex_lock(&s->mutex);
    s->figures.commits++;
    for (int i = 0; i < n; i++) {
        s->figures.acts++;
        s->figures.failed += group[i]->result.kind != OK;
        if (now - group[i]->since > s->figures.wait_us_max) s->figures.wait_us_max = now - group[i]->since;
    }
    pthread_mutex_unlock(&s->mutex);
}

static void *write_on(void *of)
{
    struct store *s = of;
    turn *group[GROUP];
    for (int n; (n = take_group(s, group));) {
        run_group(s, group, n);
        count(s, group, n);
        for (int i = 0; i < n; i++) sem_post(&group[i]->done);
    }
    return NULL;
}

err writer_start(struct store *s)
{
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->come, NULL);
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)1 << 20);
    int bad = pthread_create(&s->thread, &attributes, write_on, s);
    pthread_attr_destroy(&attributes);
    return bad ? err_of(ERR_FAULT, "", N_("No thread could be started for the store.")) : NO_ERR;
}

void writer_stop(struct store *s)
{
    pthread_mutex_lock(&s->mutex);
    s->closing = true;
    pthread_cond_signal(&s->come);
    pthread_mutex_unlock(&s->mutex);
    pthread_join(s->thread, NULL);
}

/* ---- the callers' side --------------------------------------------------------------------------------------------------------- */

static err wait_turn(struct store *s, turn *t)
{
    pthread_mutex_lock(&s->mutex);
    bool full = s->queued >= QUEUE || s->closing;
    if (!full) {
        if (s->last) s->last->next = t;
        else s->first = t;
        s->last = t;
        s->queued++;
        pthread_cond_signal(&s->come);
    }
    pthread_mutex_unlock(&s->mutex);
    if (full) return err_of(ERR_BUSY, "", N_("Too much is waiting to be written. Try again in a moment."));
    while (sem_wait(&t->done)) {} /* a signal is no answer */
    return t->result;
}

err store_act(ctx *c, const action *act, void *in)
{
    struct store *s = c->store;
    if (c->db && c->db->writes) return store_also(c, act, in);
    turn t = {.c = c, .act = act, .in = in, .since = ticks()};
    sem_init(&t.done, 0, 0);
    bool snapshot = c->db && c->db->reading;
    if (snapshot) store_read_end(c); /* what is read after the act sees it */
    err e = wait_turn(s, &t);
    if (snapshot) {
        err again = store_read_begin(c);
        if (!e.kind) e = again;
    }
    sem_destroy(&t.done);
    if (!t.result.kind && !(act->flags & ACT_SILENT)) c->once = (str){0}; /* a handler's next act is not this one repeated */
    return e;
}

err store_also(ctx *c, const action *act, void *in)
{
    assert(store_acting(c));
    return act->run(c, in);
}

bool store_acting(const ctx *c) { return c->db && c->db->writes; }

err store_next_id(ctx *c, str of, int64_t *out) { return store_insert(c, &store_sequence_next, out, ARGS(of)); }

store_figures store_count(const struct store *s)
{
    struct store *open = (struct store *)(uintptr_t)s;
    pthread_mutex_lock(&open->mutex);
    store_figures f = s->figures;
    f.queued = s->queued;
    pthread_mutex_unlock(&open->mutex);
    return f;
}
