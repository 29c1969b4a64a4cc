/* SPDX-License-Identifier: Apache-2.0 */
/* act.h: inside the floor: the store and the queue before its one writer. */
#ifndef STORE_ACT_H
#define STORE_ACT_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/sqlite.h"

enum { GROUP_MOST = 60, QUEUE_MOST = 1024 };

typedef struct turn turn;

struct store {
    const char *file, *folder;
    int lock;                 /* flock: shared by every user, exclusive for a restore */
    bool rehearsal;
    store_journal journal;
    struct store_conn *writer;
    _Atomic int64_t *state;   /* counts commits; shared by all processes that have the store open */
    int log_done;             /* pages of the log that were brought into the file */
    pthread_t thread;
    pthread_mutex_t mutex;    /* of all that follows */
    pthread_cond_t come;
    turn *first, *last;
    int queued;
    bool closing, sleeping;
    store_figures figures;
};

/* The lock of a folder, shared or alone; the folder is made if `create` says so. */
MUST_CHECK err folder_lock(const char *folder, bool create, bool alone, int *out);
/* Applies the steps that are not there yet, all or none. */
MUST_CHECK err schema_bring_up(arena *a, struct store *s, const store_options *o);

MUST_CHECK err writer_start(struct store *s);
void writer_stop(struct store *s);

#endif
