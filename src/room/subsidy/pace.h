/* SPDX-License-Identifier: Apache-2.0 */
/* pace.h: how long a step takes, kept by the act that moves: of each step and batch, how many cases waited how many working days. Feature G8. */
#ifndef SUBSIDY_PACE_H
#define SUBSIDY_PACE_H

#include "room/subsidy/subsidy.h"

/* Neighbours of one move that waited alike are written as one. Starts as {0}. */
typedef struct pace_tally { str node; int64_t month, since_day, n; } pace_tally;

/* Inside the act: one case of the batch of `month` has left a step that somebody decided. Not counted: what rested with the applicant. */
MUST_CHECK err pace_count(ctx *c, pace_tally *t, const flow_move *m, const flow_case *k, int64_t month);
MUST_CHECK err pace_write(ctx *c, const pace_tally *t);   /* the last of them */
#endif
