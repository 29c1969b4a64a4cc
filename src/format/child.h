/* SPDX-License-Identifier: Apache-2.0 */
/* child.h: files that need large libraries are made in a child process of this same program: doc/decisions/0001-pdf-in-a-child.md. */
#ifndef CHILD_H
#define CHILD_H

#include "base/base.h"

#include <semaphore.h>

/* Who may make files, how many at once. main owns the one there is; never copied after the beginning; any thread may use it. */
typedef struct child_pool {
    sem_t places;
    int wait_ms;               /* for a place, then ERR_BUSY */
    int run_ms;                /* the most a child may take, then it is killed: ERR_FAULT */
    const char *program;       /* what is started: /proc/self/exe */
    const char *word;          /* for tests: its argument in place of the work's own */
} child_pool;

/* `most` children at once (2 is right for 2 processors); waits 15 s for a place, runs 10 s. */
void child_pool_begin(child_pool *pool, int most);
void child_pool_end(child_pool *pool);          /* no call may be running */

/* A kind of work: one constant each. */
typedef struct child_work {
    const char *word;          /* the one argument that the program is started with */
    const char *makes;         /* "PDF": for the sentences */
    const char *begins, *ends; /* how the file begins, and what stands within its last 64 bytes */
    int64_t most;              /* bytes of it */
    const char *too_long;      /* message id */
} child_work;

/* `in` on the child's standard input, the file from its standard output. Waits (never call it on an event thread). ERR_BUSY: no place
 * in time, or no process could be started; ERR_FAULT: the child died or took too long; ERR_LARGE: too long. */
MUST_CHECK err child_run(child_pool *pool, arena *a, const child_work *work, str in, str *out);

/* ---- inside the child ------------------------------------------------------------------------- */

/* How it ends: its exit code. What it has to say beside that stands on standard error. */
enum { CHILD_DONE, CHILD_FAULT = 1, CHILD_BAD_INPUT = 2, CHILD_NO_MEMORY = 3, CHILD_TOO_LONG = 4 };
void child_limit_self(void);
void child_no_memory(arena *a);                 /* for its arena: ends it */
bool child_write(str s);                        /* to standard output */
#endif
