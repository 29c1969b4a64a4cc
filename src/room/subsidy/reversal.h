/* SPDX-License-Identifier: Apache-2.0 */
/* reversal.h: an approval taken back before the money is paid: the bureau proposes, the committee's office decides. R16, R31.
 *
 * Where a step of the flow has a boundary event for the message "reversal", the approval of a case resting there can be
 * taken back; the flow says where the case goes then. */
#ifndef REVERSAL_H
#define REVERSAL_H

#include "room/subsidy/subsidy.h"

typedef struct reversal_new { int64_t application; str reason; bool warned; int64_t id; } reversal_new;
typedef struct reversal_verdict { int64_t id; str verdict, note; } reversal_verdict;
extern const action reversal_propose, reversal_decide;
extern const shape reversal_new_shape, reversal_verdict_shape;
#define SUBSIDY_REVERSAL_ACTIONS &reversal_propose, &reversal_decide

typedef struct reversal {
    int64_t id, application, proposed_by, proposed_day, decided_day;
    str node, reason, proposer, verdict, note, number;
} reversal;
extern const shape reversal_shape;
extern const struct choice reversal_verdicts[];
str reversal_href(ctx *c, int64_t id);
MUST_CHECK err reversal_get(ctx *c, int64_t id, reversal *out);

/* Whether the step lets an approval be taken back. */
bool reversal_possible(const flow *f, str node);
/* Into an application's page: list "reversals", and "may_reverse" for whoever may propose one now. */
MUST_CHECK err reversal_show(ctx *c, const flow *f, const application *a, view *into);
/* Before payment: a proposal that nobody has decided stops it. */
MUST_CHECK err reversal_undecided(ctx *c, const flow_move *m);
MUST_CHECK err reversal_todo(ctx *c, view *out);
extern const route reversal_routes[];
#endif
