/* SPDX-License-Identifier: Apache-2.0 */
/* budget.h: the ledger. A line per policy and year; available = total − reserved − committed − paid, never below zero. R18.
 *
 * The cap of an agreement is reserved at filing (a hold), bound at approval (a claim draws on the hold; any excess only while
 * the line has it), paid at payment, released on refusal or end. Every call is inside an act; a refusal is decided in the
 * transaction, ERR_CONFLICT, and names the line and what it has left. Each change leaves a signed entry; entries always add
 * up to the line, item by item and month by month too, where limits may stop what would exceed them (limit.h). Money is fen. */
#ifndef BUDGET_H
#define BUDGET_H

#include "web/room.h"

extern const room budget_room;

typedef struct budget_line { int64_t id, policy, year, total_fen, reserved_fen, committed_fen, paid_fen, available_fen; str code; } budget_line;
extern const shape budget_line_shape;
typedef struct budget_change { int64_t policy, year, total_fen; str reason; int64_t id; } budget_change; /* id: result */
extern const action budget_set;             /* makes a line or changes its total, never below what is bound */
MUST_CHECK err budget_of(ctx *c, int64_t policy, int64_t year, budget_line *out);

MUST_CHECK err budget_reserve(ctx *c, int64_t policy, int64_t year, int64_t item, int64_t hold, int64_t fen);
/* At approval, in today's year; a hold on another year's line moves there first, if that line has it. */
MUST_CHECK err budget_commit(ctx *c, int64_t policy, int64_t hold, int64_t case_id, int64_t fen);
/* Sent back or refused after approval: what it drew goes back to the hold, the excess to the line. Nothing committed: nothing done. */
MUST_CHECK err budget_uncommit(ctx *c, int64_t case_id);
/* committed → paid; at most what the case has committed. */
MUST_CHECK err budget_pay(ctx *c, int64_t case_id, int64_t fen);
MUST_CHECK err budget_release(ctx *c, int64_t hold);                /* what it still holds becomes available */
/* Every line equals its entries, holds and claims; list "ledger_broken" in the report, and clears "ok" if any. */
MUST_CHECK err budget_verify(ctx *c, view *report);
#endif
