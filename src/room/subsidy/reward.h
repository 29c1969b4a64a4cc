/* SPDX-License-Identifier: Apache-2.0 */
/* reward.h: the enterprise's reward after the agency's payment: listed, noticed, paid on reward.bpmn. R14.
 *
 * Its row has the id of its case. The money was committed with the application's, at approval. */
#ifndef SUBSIDY_REWARD_H
#define SUBSIDY_REWARD_H

#include "web/room.h"

typedef struct reward {
    int64_t id, version, application, enterprise, amount_fen;
    str number, node;              /* number: of its application */
    int64_t month, batch, flow_id, since_day, due_day;
    bool ready;                    /* the bank has confirmed the agency's payment */
    str enterprise_name, agency_name, item_name;
} reward;
extern const shape reward_shape;
MUST_CHECK err reward_get(ctx *c, int64_t id, reward *out);   /* an officer or the enterprise, else ERR_MISSING */

/* The service action "grant_reward": inside the move, after settle. One reward for each application that has a part for the
 * enterprise; never a second one. */
MUST_CHECK err reward_grant(ctx *c, const flow_move *m);
MUST_CHECK err reward_todo(ctx *c, view *out);

typedef struct reward_return { int64_t id; str note; } reward_return;
/* All that rest at `step`, but those that are returned alone. version: how many the reader saw; -1: not checked. */
typedef struct reward_batch_in { int64_t version; str step, choice, note; list returns; } reward_batch_in;
typedef struct reward_move_in { int64_t id, version; str choice, note; } reward_move_in;
extern const shape reward_batch_in_shape, reward_move_in_shape;
extern const action reward_decide, reward_move;
#define SUBSIDY_REWARD_ACTIONS &reward_decide, &reward_move

extern const flow_kind reward_flow;
extern const route reward_routes[];
#endif
