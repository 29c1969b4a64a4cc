/* SPDX-License-Identifier: Apache-2.0 */
/* gate.h: at most n at once: password hashings are heavy, so main gives them a gate in ctx. */
#ifndef GATE_H
#define GATE_H

#include <semaphore.h>

#include "base/base.h"

typedef struct gate { sem_t places; } gate;
void gate_open(gate *g, unsigned n);
/* Waits up to that long for a place; false: none came free. A NULL gate always lets in. */
bool gate_enter(gate *g, int milliseconds);
void gate_leave(gate *g);
#endif
