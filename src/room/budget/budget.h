/* SPDX-License-Identifier: Apache-2.0 */
/* budget.h: the ledger. A line per policy and year; available = total − reserved − committed − paid, never below zero.
 * table budget_line(zone_id, id, policy_id, year, total_fen, reserved_fen, committed_fen, paid_fen),
 * budget_entry(zone_id, id, line_id, case_id, kind, reserved_fen, committed_fen, paid_fen, at, person_id): signed changes,
 * which always add up to the line; budget_hold(zone_id, case_id, line_id, reserved_fen, committed_fen, paid_fen): what one
 * agreement holds. All calls are inside an act; a refusal names the line and what it has left. */
#ifndef BUDGET_H
#define BUDGET_H

#include "web/room.h"

extern const room budget_room;

typedef struct budget_line { int64_t id, policy, year, total_fen, reserved_fen, committed_fen, paid_fen, available_fen; str title; } budget_line;
extern const shape budget_line_shape;
typedef struct budget_set_in { int64_t policy, year, total_fen; str note; int64_t id; } budget_set_in;
extern const action budget_set;             /* makes a line or changes its total, never below what is bound */
MUST_CHECK err budget_line_of(ctx *c, int64_t policy, int64_t year, budget_line *out);

/* `hold` is the agreement's case id: its reservation feeds its applications. `by` the case that does it. */
MUST_CHECK err budget_reserve(ctx *c, int64_t policy, int64_t year, int64_t hold, int64_t fen);
/* At approval, in the year of today: first from the hold's reservation, any excess only if the line has it. A hold on
 * another year's line moves to today's year, conditionally. */
MUST_CHECK err budget_commit(ctx *c, int64_t policy, int64_t hold, int64_t by, int64_t fen);
MUST_CHECK err budget_uncommit(ctx *c, int64_t hold, int64_t by);   /* sent back or refused after approval: back to reserved */
MUST_CHECK err budget_pay(ctx *c, int64_t hold, int64_t by, int64_t fen); /* committed → paid; part of what `by` committed */
MUST_CHECK err budget_release(ctx *c, int64_t hold);                /* what is still reserved becomes available */
/* Every line equals the sum of its entries, every hold too; report list "broken". */
MUST_CHECK err budget_verify(ctx *c, view *report);
#endif
