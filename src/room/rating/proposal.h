/* SPDX-License-Identifier: Apache-2.0 */
/* proposal.h: inside the room: what the thresholds propose to the alliance, never more than that until a person decides.
 *
 * open → confirmed or dismissed (a person of the alliance); confirmed → appealed (the agency, within 15 working days) → upheld or lifted
 * (another person of the alliance than the one who confirmed). A confirmed suspension takes new agreements away; lifted, it gives them back. */
#ifndef PROPOSAL_H
#define PROPOSAL_H
#include "room/rating/rating.h"
typedef struct proposal_verdict { int64_t id; str verdict, note; } proposal_verdict;
typedef struct proposal_appeal_in { int64_t id; str appeal; } proposal_appeal_in;
typedef struct proposal {
    int64_t id, run, month, agency, score_low, score_high, made_day, decided_by, decided_for, decided_day, appealed_day, judged_by, judged_day;
    str kind, state, note, appeal, judgement, agency_name, agency_name_en;
} proposal;
extern const shape proposal_shape, proposal_decide_shape, proposal_judge_shape, proposal_appeal_shape;
extern const action proposal_decide, proposal_appeal, proposal_judge;
/* The alliance reads all; an agency its own once it is decided: a mere proposal says nothing about it. */
MUST_CHECK err proposal_get(ctx *c, int64_t id, proposal *out);
bool proposal_is_own(const ctx *c, const proposal *p); /* did he decide it, or the one for whom he stands in, or a deputy of either? */
MUST_CHECK err proposal_last_appeal(ctx *c, const proposal *p, int64_t *day);
str proposal_path(ctx *c, int64_t id);
extern const route proposal_routes[];
/* The zone's thresholds. */
MUST_CHECK err proposal_limits(ctx *c, rating_limits *out);
/* Inside the run: what follows from a result by the thresholds, unless the same was proposed of late. */
MUST_CHECK err proposal_make(ctx *c, const rating *r);
MUST_CHECK err proposal_todo(ctx *c, view *out);
/* list `name`: what was decided on an agency, for everybody; with its path where the reader may open it. */
MUST_CHECK err proposal_show(ctx *c, int64_t agency, view *into, str name);
#endif
