/* SPDX-License-Identifier: Apache-2.0 */
/* worker.c: the threads that may wait, and the store's readers that they and the event threads share. */
#include <microhttpd.h>

#include "web/exchange.h"

enum { WORKER_STACK = 256 << 10, QUEUE_PER_WORKER = 8 };

/* ---- workers: made when they are needed, up to the most; none ends before the server does ---- */

static void *work(void *of)
{
    struct web *w = of;
    worker_pool *p = &w->workers;
    pthread_mutex_lock(&p->lock);
    while (true) {
        while (!p->first && !p->stopping) {
            p->idle++;
            pthread_cond_wait(&p->work, &p->lock);
            p->idle--;
        }
        exchange *x = p->first;
        if (!x) break;
        p->first = x->next;
        p->queued--;
        pthread_mutex_unlock(&p->lock);
        exchange_run(x);
        x->stage = DONE;
        MHD_resume_connection(x->con);
        pthread_mutex_lock(&p->lock);
    }
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

static bool one_more(struct web *w)
{
    worker_pool *p = &w->workers;
    pthread_attr_t attr;
    if (pthread_attr_init(&attr)) return false;
    bool made = !pthread_attr_setstacksize(&attr, WORKER_STACK)
             && !pthread_create(&p->threads[p->running], &attr, work, w);
    pthread_attr_destroy(&attr);
    p->running += made;
    return made;
}

err workers_start(arena *a, struct web *w)
{
    worker_pool *p = &w->workers;
    p->most = w->o.workers;
    p->limit = p->most * QUEUE_PER_WORKER;
    p->threads = new_n(a, pthread_t, p->most);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->work, NULL);
    return one_more(w)
               ? NO_ERR
               : err_of(ERR_FAULT, "", N_("The system gives no thread for the server's workers."));
}

bool worker_take(struct web *w, exchange *x)
{
    worker_pool *p = &w->workers;
    pthread_mutex_lock(&p->lock);
    bool room = p->queued < p->limit && !p->stopping;
    if (room) {
        x->next = NULL;
        if (p->first) p->last->next = x;
        else p->first = x;
        p->last = x;
        p->queued++;
        if (p->queued > p->idle && p->running < p->most) one_more(w);
        pthread_cond_signal(&p->work);
    }
    pthread_mutex_unlock(&p->lock);
    return room;
}

void workers_stop(struct web *w)
{
    worker_pool *p = &w->workers;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_broadcast(&p->work);
    pthread_mutex_unlock(&p->lock);
    for (int i = 0; i < p->running; i++) pthread_join(p->threads[i], NULL);
    pthread_cond_destroy(&p->work);
    pthread_mutex_destroy(&p->lock);
}

int worker_queue(struct web *w)
{
    pthread_mutex_lock(&w->workers.lock);
    int n = w->workers.queued;
    pthread_mutex_unlock(&w->workers.lock);
    return n;
}

/* ---- readers: the one given back last is taken first, so that few are warm and few are open -- */

err readers_start(arena *a, struct web *w)
{
    reader_pool *p = &w->readers;
    p->most = w->o.events + w->o.workers;
    p->idle = new_n(a, struct store_conn *, p->most);
    pthread_mutex_init(&p->lock, NULL);
    return NO_ERR;
}

void readers_stop(struct web *w)
{
    reader_pool *p = &w->readers;
    while (p->n) store_reader_close(p->idle[--p->n]);
    pthread_mutex_destroy(&p->lock);
}

err reader_hold(exchange *x)
{
    if (!x->web || !x->o->proto.store || x->c.db) return NO_ERR;
    reader_pool *p = &x->web->readers;
    pthread_mutex_lock(&p->lock);
    struct store_conn *db = p->n ? p->idle[--p->n] : NULL;
    pthread_mutex_unlock(&p->lock);
    if (!db) TRY(store_reader(x->o->proto.store, &db));
    x->c.db = db;
    x->store_state = store_state(x->o->proto.store); /* before the snapshot: what is kept under it is no older */
    err e = store_read_begin(&x->c);
    if (!e.kind) return e;
    x->broken_reader = true;
    reader_release(x);
    return e;
}

void reader_release(exchange *x)
{
    if (!x->web || !x->c.db) return;
    struct store_conn *db = x->c.db;
    if (!x->broken_reader) store_read_end(&x->c);
    x->c.db = NULL;
    reader_pool *p = &x->web->readers;
    bool keep = false;
    if (!x->broken_reader) {
        pthread_mutex_lock(&p->lock);
        keep = p->n < p->most;
        if (keep) p->idle[p->n++] = db;
        pthread_mutex_unlock(&p->lock);
    }
    x->broken_reader = false;
    if (!keep) store_reader_close(db);
}

err reader_renew(exchange *x)
{
    if (!x->c.db || store_acting(&x->c)) return NO_ERR;
    store_read_end(&x->c);
    return store_read_begin(&x->c);
}
