/* SPDX-License-Identifier: Apache-2.0 */
/* advance.h: 垫资账, what an agency laid out for an agreement and what came back: entries with vouchers, taken back only by entries
 * of their own; recovered is what the bank paid the agency for that agreement's outcomes. R10.
 *
 * balance(agreement): laid out - recovered = outstanding, never below nothing; what was recovered beyond it is the agency's fee. */
#ifndef ADVANCE_H
#define ADVANCE_H

#include "web/room.h"

extern const room advance_room;

typedef struct advance { int64_t id, agreement; str kind; int64_t paid_day, amount_fen; str note; int64_t voucher, takes_back; } advance;
extern const struct choice advance_kinds[]; /* what an outlay was for */
extern const shape advance_shape, advance_take_back_shape;
extern const action advance_enter, advance_take_back;

typedef struct advance_balance {
    int64_t laid_out_fen, recovered_fen, expected_fen, outstanding_fen;
    int64_t days;                 /* calendar days the oldest outlay has been out: until today, or until the bank's last payment covered all */
} advance_balance;
MUST_CHECK err advance_balance_of(ctx *c, int64_t agreement, int64_t laid_out_fen, int64_t first_day, advance_balance *out);
#endif
