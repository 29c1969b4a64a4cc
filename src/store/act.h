/* SPDX-License-Identifier: Apache-2.0 */
/* act.h: inside the floor: the store and the queue before its one writer. */
#ifndef STORE_ACT_H
#define STORE_ACT_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/sqlite.h"

typedef struct turn turn;

struct store {
    const char *file, *folder;
    int lock;                           /* flock: shared by every user, exclusive for a restore */
    bool rehearsal;
    store_journal journal;
    struct store_conn *writer;
    pthread_t thread;
    pthread_mutex_t mutex;
    pthread_cond_t come;
    turn *first, *last;
    int queued;
    bool closing;
    store_figures figures;
};

MUST_CHECK err writer_start(struct store *s);
void writer_stop(struct store *s);

#endif
