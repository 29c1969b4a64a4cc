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
    IDLE_US = 50000,         /* after so long without acts the log is brought into the file */
    LOG_IDLE = 256,          /* if it has so many pages */
    LOG_LOADED = 4000,       /* so many are brought in under load too */
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

static turn *take(struct store *s)
{
    turn *t = s->first;
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
    if (e.kind) conn_reset(s->writer); /* a jump leaves statements open */
    return e;
}

/* ---- a group: one BEGIN, savepoints, one COMMIT ----------------------------------------------- */

typedef struct {
    turn *all[GROUP_MOST];
    int n, good;
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

static err nothing_changed(struct store *s)
{
    if (s->writer->failed == SQLITE_FULL) return disk_full();
    return err_of(ERR_BUSY, "", N_("The store is busy. Try again in a moment."));
}

static void roll_back(struct store *s, group *g)
{
    (void)conn_do(s->writer, DO_ROLLBACK);
    g->open = false;
}

static bool undo_all(struct store *s, group *g)
{
    roll_back(s, g);
    fail_all(g, nothing_changed(s));
    return false;
}

/* The group goes on after an act that failed, unless the engine itself gave up on all of it. */
static bool undo_one(struct store *s, group *g, bool saved)
{
    if (sqlite3_get_autocommit(s->writer->db)) return fail_all(g, nothing_changed(s)), false;
    if (!saved) return roll_back(s, g), true;
    if (!conn_do(s->writer, DO_ROLLBACK_TO) && !conn_do(s->writer, DO_RELEASE)) return true;
    return undo_all(s, g);
}

/* An act with nothing good before it needs no savepoint: the whole transaction is its own. */
static bool add_one(struct store *s, group *g, turn *t)
{
    bool saved = g->good > 0;
    g->all[g->n++] = t;
    int code = g->open ? SQLITE_OK : conn_do(s->writer, DO_BEGIN);
    if (code != SQLITE_OK) return t->result = conn_error(s->writer, NULL, "BEGIN"), false;
    g->open = true;
    if (saved && conn_do(s->writer, DO_SAVEPOINT)) {
        t->result = conn_error(s->writer, NULL, "SAVEPOINT");
        return undo_all(s, g);
    }
    t->result = run_one(s, t);
    if (t->result.kind) return undo_one(s, g, saved);
    if (sqlite3_get_autocommit(s->writer->db)) /* it took an error for none */
        return fail_all(g, nothing_changed(s)), false;
    if (saved && conn_do(s->writer, DO_RELEASE)) {
        t->result = conn_error(s->writer, NULL, "RELEASE");
        return undo_all(s, g);
    }
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

/* Nobody knows what the disk holds now; to go on could acknowledge what is lost (after a failed
 * fsync the kernel may have dropped the pages). The next start reads what is there. */
static _Noreturn void give_up(struct store *s, group *g)
{
    fprintf(stderr, "store failed at=\"COMMIT\" code=%d says=\"%s\" acts=%d: unknown whether they "
                    "are kept; the process ends and the store decides at the next start\n",
            sqlite3_extended_errcode(s->writer->db), sqlite3_errmsg(s->writer->db), g->good);
    fail_all(g, err_of(ERR_BUSY, "", N_("The disk failed while this was being kept. Look whether it "
                                        "was done before you do it again.")));
    wake(g);
    usleep(LAST_WORDS_US);
    _exit(3);
}

static void commit(struct store *s, group *g)
{
    if (!g->open) return;
    if (!g->good) return roll_back(s, g);
    int code = conn_do(s->writer, DO_COMMIT);
    if (code == SQLITE_OK) {
        atomic_fetch_add(s->state, 1);
        return;
    }
    /* Said while the log was written, before the mark that makes a transaction whole. */
    if (code == SQLITE_FULL || code == SQLITE_BUSY) (void)undo_all(s, g);
    else give_up(s, g);
}

static turn *one_more(struct store *s, const group *g, int64_t since)
{
    if (g->n == GROUP_MOST || ticks() - since > GROUP_US) return NULL;
    pthread_mutex_lock(&s->mutex);
    turn *t = take(s);
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
    group g = {.n = 0};
    int64_t since = ticks();
    s->writer->failed = SQLITE_OK;
    while (t && add_one(s, &g, t)) t = one_more(s, &g, since);
    commit(s, &g);
    count(s, &g);
    wake(&g);
}

/* ---- the log ---------------------------------------------------------------------------------- */

/* Pages that came since the log was last brought into the file. */
static int new_pages(struct store *s)
{
    int pages = s->writer->log_pages;
    if (pages < s->log_done) s->log_done = 0; /* it began anew */
    return pages - s->log_done;
}

/* Brings the log into the file, so that it can begin anew; what a reader still reads stays in it.
 * SQLite's own moment, every 1,000 pages, would make somebody wait for it in each busy second. */
static void empty_log(struct store *s)
{
    (void)sqlite3_wal_checkpoint_v2(s->writer->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    s->log_done = s->writer->log_pages; /* done or hindered: not again with the next commit */
}

/* ---- the writer ------------------------------------------------------------------------------- */

/* The mutex is held. False: nobody has come for a while. */
static bool sleep_until_come(struct store *s)
{
    struct timespec until = instant(ticks() + IDLE_US);
    bool waiting_log = new_pages(s) >= LOG_IDLE;
    int code = 0;
    s->sleeping = true;
    if (waiting_log) code = pthread_cond_clockwait(&s->come, &s->mutex, CLOCK_MONOTONIC, &until);
    else pthread_cond_wait(&s->come, &s->mutex);
    s->sleeping = false;
    return code != ETIMEDOUT;
}

/* NULL: the store closes and all are served. */
static turn *next_turn(struct store *s)
{
    turn *t;
    pthread_mutex_lock(&s->mutex);
    while (!(t = take(s)) && !s->closing) {
        if (sleep_until_come(s)) continue;
        pthread_mutex_unlock(&s->mutex);
        empty_log(s);
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
        if (new_pages(s) >= LOG_LOADED) empty_log(s);
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

int64_t store_state(const struct store *s) { return atomic_load(s->state) + 1; }

store_figures store_count(const struct store *s)
{
    struct store *open = (struct store *)(uintptr_t)s;
    pthread_mutex_lock(&open->mutex);
    store_figures f = s->figures;
    f.queued = s->queued;
    pthread_mutex_unlock(&open->mutex);
    return f;
}
