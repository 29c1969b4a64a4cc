/* SPDX-License-Identifier: Apache-2.0 */
/* turn.c: the queue before the one writer, which runs acts in savepoints and commits them together.
 *
 * A group takes whoever comes while it runs, so that under load nearly all who wait share one
 * commit. Who has been served wakes two others of his group: the writer wakes one and goes on. */
#include "store/turn.h"

#include <errno.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
    WAIT_US = 5000000,       /* longer nobody waits for his turn */
    GROUP_US = 20000,        /* a group that has run so long takes nobody more */
    IDLE_US = 50000,         /* after so long without acts the store is tidied */
    LAST_WORDS_US = 300000,  /* for the answers to leave before the process ends */
};

struct turn {
    ctx *c;
    const action *act;
    void *in;
    err result;
    sem_t done;
    int64_t since;
    bool taken;
    turn *next, *before;     /* in the queue */
    turn *wakes[2];          /* of his group, when he is served */
};

static int64_t ticks(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t); /* a length, not a time of day */
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static struct timespec instant(int64_t us)
{
    return (struct timespec){.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
}

static err busy(void)
{
    return err_of(ERR_BUSY, "", N_("Too much is waiting to be written. Try again in a moment."));
}

/* ---- the queue; its mutex is held ------------------------------------------------------------- */

static void enqueue(struct store *s, turn *t)
{
    t->before = s->last;
    if (s->last) s->last->next = t;
    else s->first = t;
    s->last = t;
    s->queued++;
    if (s->sleeping) pthread_cond_signal(&s->come);
}

static void dequeue(struct store *s, turn *t)
{
    if (t->before) t->before->next = t->next;
    else s->first = t->next;
    if (t->next) t->next->before = t->before;
    else s->last = t->before;
    s->queued--;
}

/* The first of those who wait; for a group that runs, of its zone. */
static turn *take(struct store *s, const int64_t *zone)
{
    turn *t = s->first;
    while (t && zone && t->c->zone != *zone) t = t->next;
    if (!t) return NULL;
    dequeue(s, t);
    t->taken = true;
    return t;
}

/* ---- the callers' side ------------------------------------------------------------------------ */

/* Out of the queue, if he still stands there; else the writer has him and will answer. */
static bool leave(struct store *s, turn *t)
{
    pthread_mutex_lock(&s->mutex);
    bool waits = !t->taken;
    if (waits) dequeue(s, t);
    pthread_mutex_unlock(&s->mutex);
    return waits;
}

static bool is_served(struct store *s, turn *t)
{
    struct timespec until = instant(t->since + WAIT_US);
    while (sem_clockwait(&t->done, CLOCK_MONOTONIC, &until)) {
        if (errno != ETIMEDOUT) continue; /* a signal is no answer */
        if (leave(s, t)) return false;
        while (sem_wait(&t->done)) {}
        return true;
    }
    return true;
}

err turn_wait(struct store *s, ctx *c, const action *act, void *in)
{
    turn t = {.c = c, .act = act, .in = in, .since = ticks()};
    sem_init(&t.done, 0, 0);
    pthread_mutex_lock(&s->mutex);
    bool full = s->queued >= QUEUE_MOST || s->closing;
    if (!full) enqueue(s, &t);
    pthread_mutex_unlock(&s->mutex);
    bool served = !full && is_served(s, &t);
    for (int i = 0; i < countof(t.wakes); i++)
        if (t.wakes[i]) sem_post(&t.wakes[i]->done);
    sem_destroy(&t.done);
    return served ? t.result : busy();
}

/* ---- running one ------------------------------------------------------------------------------ */

static _Noreturn void jump_out(arena *a) { longjmp(*(jmp_buf *)a->owner, 1); }

/* The caller sleeps meanwhile, so that his context and arena are the writer's; only the connection
 * and the way out of a full arena are exchanged. */
static err run_one(struct store *s, turn *t)
{
    ctx *c = t->c;
    arena *a = c->a;
    struct store_conn *reader = c->db;
    void (*oom)(arena *) = a->oom;
    void *owner = a->owner;
    jmp_buf full;
    err e;
    c->db = s->writer;
    a->oom = jump_out, a->owner = &full;
    if (setjmp(full))
        e = err_of(ERR_BUSY, "", N_("This is more than can be done at once. Take a smaller part."));
    else
        e = act_parts(s, c, t->act, t->in);
    a->oom = oom, a->owner = owner;
    c->db = reader;
    if (e.kind) s->of->abandon(s->writer); /* a jump leaves statements open */
    return e;
}

/* ---- a group: one BEGIN, savepoints, one COMMIT ----------------------------------------------- */

typedef struct {
    turn *all[GROUP_MOST];
    int n, good;
    int64_t zone;            /* of all of them */
    bool open;               /* a transaction */
} group;

/* Whatever ended well before is undone too; the acts that failed keep their own reason. */
static void fail_all(group *g, err e)
{
    for (int i = 0; i < g->n; i++)
        if (!g->all[i]->result.kind) g->all[i]->result = e;
    g->good = 0;
    g->open = false;
}

static void roll_back(struct store *s, group *g)
{
    err gone = s->of->frame(s->writer, DO_ROLLBACK, g->zone);
    (void)gone; /* what cannot even be rolled back is rolled back by the engine */
    g->open = false;
}

static bool undo_all(struct store *s, group *g, err why)
{
    roll_back(s, g);
    fail_all(g, why.kind == ERR_BUSY ? why : store_is_busy());
    return false;
}

/* The group goes on after an act that failed, unless the engine itself gave up on all of it. */
static bool undo_one(struct store *s, group *g, bool saved)
{
    if (!saved) return roll_back(s, g), true;
    err e = s->of->frame(s->writer, DO_UNDO, g->zone);
    return e.kind ? undo_all(s, g, g->all[g->n - 1]->result) : true;
}

static err frame(struct store *s, group *g, framing what, turn *t)
{
    err e = s->of->frame(s->writer, what, g->zone);
    if (e.kind) t->result = e;
    return e;
}

/* Runs it to the end: also the errors of statements that nobody waited for, and one that the act took for none. */
static void run_whole(struct store *s, turn *t)
{
    t->result = run_one(s, t);
    err unsaid = s->of->settle(s->writer, t->c->a);
    if (!t->result.kind) t->result = unsaid;
    if (!t->result.kind && !s->of->goes_on(s->writer)) t->result = store_is_busy();
}

static bool run_again(struct store *s, group *g, turn *t, bool saved)
{
    if (frame(s, g, saved ? DO_UNDO : DO_ROLLBACK, t).kind || frame(s, g, saved ? DO_SAVEPOINT : DO_BEGIN, t).kind)
        return undo_all(s, g, t->result);
    run_whole(s, t);
    bool never = s->of->once_more(s->writer);
    assert(!never);
    return true;
}

/* An act with nothing good before it needs no savepoint: the whole transaction is its own. */
static bool add_one(struct store *s, group *g, turn *t)
{
    bool saved = g->good > 0;
    g->all[g->n++] = t;
    if (!g->open && frame(s, g, DO_BEGIN, t).kind) return false;
    g->open = true;
    if (saved && frame(s, g, DO_SAVEPOINT, t).kind) return undo_all(s, g, t->result);
    run_whole(s, t);
    if (s->of->once_more(s->writer) && !run_again(s, g, t, saved)) return false;
    if (t->result.kind) return undo_one(s, g, saved);
    if (saved && frame(s, g, DO_RELEASE, t).kind) return undo_all(s, g, t->result);
    g->good++;
    return true;
}

static void wake(group *g)
{
    for (int i = 0; i < g->n; i++)
        for (int k = 0; k < 2; k++) {
            int to = 2 * i + 1 + k;
            g->all[i]->wakes[k] = to < g->n ? g->all[to] : NULL;
        }
    if (g->n) sem_post(&g->all[0]->done); /* from here on their memory is theirs */
}

/* To go on could acknowledge what is lost; the next start reads what is there. */
static _Noreturn void give_up(group *g)
{
    fputs("store: it is unknown whether the last acts are kept; the process ends and the store decides at the next start\n", stderr);
    wake(g);
    usleep(LAST_WORDS_US);
    _exit(3);
}

static void commit(struct store *s, group *g)
{
    err why = NO_ERR;
    if (!g->open) return;
    if (!g->good) return roll_back(s, g);
    outcome end = s->of->commit(s, &why);
    if (end == KEPT) return;
    if (end == NOT_KEPT) return (void)undo_all(s, g, why);
    fail_all(g, store_not_known());
    if (s->of->ends_when_unknown) give_up(g);
}

static turn *one_more(struct store *s, const group *g, int64_t since)
{
    if (g->n == GROUP_MOST || ticks() - since > GROUP_US) return NULL;
    pthread_mutex_lock(&s->mutex);
    turn *t = take(s, &g->zone);
    pthread_mutex_unlock(&s->mutex);
    return t;
}

static void count(struct store *s, const group *g)
{
    int64_t now = ticks(), longest = 0, failed = 0;
    for (int i = 0; i < g->n; i++) {
        failed += g->all[i]->result.kind != OK;
        if (now - g->all[i]->since > longest) longest = now - g->all[i]->since;
    }
    pthread_mutex_lock(&s->mutex);
    s->figures.acts += g->n;
    s->figures.failed += failed;
    s->figures.commits += g->good > 0;
    if (longest > s->figures.wait_us_max) s->figures.wait_us_max = longest;
    pthread_mutex_unlock(&s->mutex);
}

static void run_group(struct store *s, turn *t)
{
    group g = {.zone = t->c->zone};
    int64_t since = ticks();
    while (t && add_one(s, &g, t)) t = one_more(s, &g, since);
    commit(s, &g);
    count(s, &g);
    wake(&g);
}

/* ---- the writer ------------------------------------------------------------------------------- */

/* The mutex is held. False: nobody has come for a while. */
static bool sleep_until_come(struct store *s)
{
    struct timespec until = instant(ticks() + IDLE_US);
    bool untidy = s->of->untidy(s, true);
    int code = 0;
    s->sleeping = true;
    if (untidy) code = pthread_cond_clockwait(&s->come, &s->mutex, CLOCK_MONOTONIC, &until);
    else pthread_cond_wait(&s->come, &s->mutex);
    s->sleeping = false;
    return code != ETIMEDOUT;
}

/* NULL: the store closes and all are served. */
static turn *next_turn(struct store *s)
{
    turn *t;
    pthread_mutex_lock(&s->mutex);
    while (!(t = take(s, NULL)) && !s->closing) {
        if (sleep_until_come(s)) continue;
        pthread_mutex_unlock(&s->mutex);
        s->of->tidy(s);
        pthread_mutex_lock(&s->mutex);
    }
    pthread_mutex_unlock(&s->mutex);
    return t;
}

static void *write_on(void *of)
{
    struct store *s = of;
    for (turn *t; (t = next_turn(s));) {
        run_group(s, t);
        if (s->of->untidy(s, false)) s->of->tidy(s);
    }
    return NULL;
}

err writer_start(struct store *s)
{
    pthread_attr_t attributes;
    pthread_mutex_init(&s->mutex, NULL);
    pthread_cond_init(&s->come, NULL);
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, (size_t)1 << 20); /* acts are deeper than an answer */
    sigset_t all; /* what ends the process is for the thread that ends it in order */
    sigfillset(&all);
    pthread_attr_setsigmask_np(&attributes, &all);
    int bad = pthread_create(&s->thread, &attributes, write_on, s);
    pthread_attr_destroy(&attributes);
    if (!bad) pthread_setname_np(s->thread, "store"); /* what top -H calls it */
    if (!bad) return NO_ERR;
    return err_of(ERR_FAULT, "", N_("No thread could be started for the store."));
}

void writer_stop(struct store *s)
{
    pthread_mutex_lock(&s->mutex);
    s->closing = true;
    pthread_cond_signal(&s->come);
    pthread_mutex_unlock(&s->mutex);
    pthread_join(s->thread, NULL);
    pthread_cond_destroy(&s->come);
    pthread_mutex_destroy(&s->mutex);
}

store_figures store_count(const struct store *s)
{
    struct store *open = (struct store *)(uintptr_t)s;
    pthread_mutex_lock(&open->mutex);
    store_figures f = s->figures;
    f.queued = s->queued;
    pthread_mutex_unlock(&open->mutex);
    return f;
}
