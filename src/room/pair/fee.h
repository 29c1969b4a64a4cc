/* SPDX-License-Identifier: Apache-2.0 */
/* fee.h: inside the room: in market mode the enterprise pays the agreed fee after success; no public money is in it. R12.
 *
 *   declare (agency, with the proof of success) → due
 *   due      → sent (the enterprise paid, with the voucher), paid (the agency has it), disputed (the enterprise, with a reason)
 *   sent     → paid (the agency has it), disputed (the agency has it not)
 *   disputed → due with the amount that the alliance's mediation found, or lifted where it found nothing owed */
#ifndef PAIR_FEE_H
#define PAIR_FEE_H

#include "room/pair/pair.h"

typedef struct fee { int64_t agreement, agency, enterprise, amount_fen, due_day, since_day, moves; str state, number, subject, agency_name, enterprise_name; } fee;
extern const shape fee_shape;
extern const struct choice fee_states[];
MUST_CHECK err fee_find(ctx *c, int64_t agreement, fee *out, bool *found);

typedef struct fee_move_in { int64_t agreement, amount_fen, file; str choice, note; } fee_move_in;
extern const shape fee_move_shape;
extern const action fee_move;
extern const struct choice fee_choices[];
/* Whether the actor may take this choice where the fee stands; NULL: nothing was declared yet. */
bool fee_may(const ctx *c, const agreement *of, const fee *f, const char *choice);

MUST_CHECK err fee_show(ctx *c, const agreement *of, view *into); /* map "fee", or bool "may_declare", into the agreement's page */
MUST_CHECK err fee_todo(ctx *c, view *out);
extern const route fee_routes[];
#endif
