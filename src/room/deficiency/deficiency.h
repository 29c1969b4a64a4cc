/* SPDX-License-Identifier: Apache-2.0 */
/* deficiency.h: what a case lacks: each item with field or file, reason, clause and text; answered before resubmission.
 *
 * noted (by a reviewer, not sent yet) → open (with the return) → answered (by the applicant) → settled (the case went on).
 * All faults go in one return (一次性告知): what is first raised in a later one needs a superior's reason and is counted. */
#ifndef DEFICIENCY_H
#define DEFICIENCY_H

#include "web/room.h"

extern const room deficiency_room;

typedef struct deficiency_new {
    int64_t case_id, owner_org;    /* owner_org: whose case it is; set by the handler of the case's room */
    str item, reason, clause, text, late_reason;
    int64_t id;                    /* result */
} deficiency_new;
extern const shape deficiency_new_shape;
extern const action deficiency_raise;      /* by whoever may decide where the case rests */
typedef struct deficiency_answer_in { int64_t id; str answer; } deficiency_answer_in;
extern const shape deficiency_answer_shape;
extern const action deficiency_answer;     /* by the owner, while the case is with him */
typedef struct deficiency_ref { int64_t id; } deficiency_ref;
extern const action deficiency_withdraw;   /* by its author */

/* Inside an act. The case goes back: what is noted becomes open; `note` becomes an item of its own where nothing was noted. */
MUST_CHECK err deficiency_send(ctx *c, int64_t case_id, int64_t owner_org, str step, str note);
/* Inside an act. The applicant sends again: ERR_CONFLICT while one is unanswered. */
MUST_CHECK err deficiency_all_answered(ctx *c, int64_t case_id);
/* Inside an act. The case goes forward: refused while one is noted or open; the answered are settled. */
MUST_CHECK err deficiency_settle(ctx *c, int64_t case_id);
/* list "deficiencies" (those noted only for officers), and how many are "deficiencies_open" and "deficiencies_noted". `items`: what a
 * form may point to, the fields and files of the case's room. */
MUST_CHECK err deficiency_show(ctx *c, int64_t case_id, const struct choice *items, view *into);
#endif
