/* SPDX-License-Identifier: Apache-2.0 */
/* rating.h: how good an agency is, from facts: a score a month by a published formula, the enterprises' answers, and what the alliance
 * makes of it. R4, R30; K1–K4.
 *
 * rating_formula.c  facts to score, whole numbers only
 * rating.c          a month's run: its cases are stored, the score follows from them and can be computed again at any time
 * feedback.c        the enterprise's one answer to a case that ended, and the agency's public reply
 * proposal.c        what the thresholds propose, a person decides, the agency appeals, another person judges
 *
 * A score never stands alone: everywhere n and the interval stand beside it. */
#ifndef RATING_H
#define RATING_H

#include "room/rating/rating_formula.h"
#include "web/room.h"

extern const room rating_room;

typedef struct rating {
    int64_t run, month, agency, cases;
    rating_fact fact[RATING_FACTS];
    int64_t score_low, score_high;       /* per mille; score_low -1: fewer than RATED_FROM cases, not ranked */
    int64_t place;                       /* 1000 - score_low: the order of a ranking */
    str agency_name, agency_name_en;
} rating;
extern const shape rating_shape;

typedef struct rating_run { int64_t id, month, from_at, to_at, made_at, cases; } rating_run;
extern const shape rating_run_shape;

typedef struct rating_month { int64_t month, id; } rating_month; /* month: year*12+month-1; id: of the run, the result */
extern const shape rating_month_shape;
extern const action rating_compute;
MUST_CHECK err rating_run_get(ctx *c, int64_t id, rating_run *out);
MUST_CHECK err rating_last_run(ctx *c, int64_t *id);              /* 0: none yet */
/* An agency in a run; *found false: it had no case. */
MUST_CHECK err rating_of(ctx *c, int64_t run, int64_t agency, rating *out, bool *found);
/* Computes the run again from its stored cases: is every result the same? */
MUST_CHECK err rating_prove(ctx *c, int64_t run, bool *same);
#endif
