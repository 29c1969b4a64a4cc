/* SPDX-License-Identifier: Apache-2.0 */
/* payment_file.h: inside the room: the file that goes to the bank, the one that comes back, and a line on a page. */
#ifndef PAYMENT_FILE_H
#define PAYMENT_FILE_H

#include "room/subsidy/payment.h"

/* The lines' own bytes, of which the order's hash is made: number of the line, application, payee, bank, account, yuan. */
void payment_file_lines(buf *b, const payment_line *lines, int n);
/* The whole file: order, count, control total and hash; titles; the lines. */
void payment_file_write(buf *b, const payment *p, const payment_line *lines, int n);

typedef struct bank_result {
    int64_t at;                    /* row of the file, for the errors */
    int64_t line, amount_fen, day;
    str state, bank_ref, reason;
} bank_result;
/* What the bank answered. A faulty row is noted in ctx->errors and left out; ERR_INPUT where the file as a whole is none, or of
 * another order. */
MUST_CHECK err payment_file_read(ctx *c, const payment *p, str bytes, bank_result **out, int *n);

/* Of a line as a row: the account masked, the state in words with a flag for each. */
void payment_name_line(ctx *c, view *row);
#endif
