/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_pool.c: links that read, taken for the length of a statement or a snapshot: threads are many, links few. */
#include "store/postgres.h"

#include <errno.h>
#include <time.h>

enum { LINKS_MOST = 16, WAIT_S = 10 };

static struct timespec until(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t); /* a length, not a time of day */
    t.tv_sec += WAIT_S;
    return t;
}

/* The mutex is held. */
static bool wait_for_one(pg_store *own)
{
    struct timespec end = until();
    while (!own->idle && own->open >= LINKS_MOST)
        if (pthread_cond_clockwait(&own->back, &own->mutex, CLOCK_MONOTONIC, &end) == ETIMEDOUT) return false;
    return true;
}

err pg_take(pg_store *own, pg_link **out)
{
    pthread_mutex_lock(&own->mutex);
    bool came = wait_for_one(own);
    *out = own->idle;
    if (*out) own->idle = (*out)->next;
    else if (came) own->open++;
    pthread_mutex_unlock(&own->mutex);
    if (!came) return store_is_busy();
    if (*out) return NO_ERR;
    err e = pg_connect(own->url, out);
    if (!e.kind) return NO_ERR;
    *out = NULL;
    pg_give_back(own, NULL);
    return e;
}

/* One that is lost, or in the middle of something, is closed: the next who wants one opens it. NULL: there is one less. */
void pg_give_back(pg_store *own, pg_link *l)
{
    if (l && (pg_lost(l) || l->waiting || PQtransactionStatus(l->pg) != PQTRANS_IDLE)) {
        pg_disconnect(l);
        l = NULL;
    }
    pthread_mutex_lock(&own->mutex);
    if (l) l->next = own->idle, own->idle = l;
    else own->open--;
    pthread_cond_signal(&own->back);
    pthread_mutex_unlock(&own->mutex);
}

void pg_pool_close(pg_store *own)
{
    for (pg_link *l = own->idle, *next; l; l = next) {
        next = l->next;
        pg_disconnect(l);
    }
    own->idle = NULL;
}
