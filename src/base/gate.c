/* SPDX-License-Identifier: Apache-2.0 */
/* gate.c: at most n at once. */
#include "base/gate.h"

#include <errno.h>
#include <time.h>

void gate_open(gate *g, unsigned n) { sem_init(&g->places, 0, n); }

bool gate_enter(gate *g, int milliseconds)
{
    if (!g) return true;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until); /* a wait, not a time of day */
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += (long)(milliseconds % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
    int got;
    while ((got = sem_clockwait(&g->places, CLOCK_MONOTONIC, &until)) && errno == EINTR) {}
    return got == 0;
}

void gate_leave(gate *g)
{
    if (g) sem_post(&g->places);
}
