/* SPDX-License-Identifier: Apache-2.0 */
/* payment.h: payment orders, their file for the bank, what the bank answers line by line, and retries. R16, R18.
 *
 * Who pays did not review: the flow's four eyes for the order, the same rule here for a retry. Money is fen. */
#ifndef SUBSIDY_PAYMENT_H
#define SUBSIDY_PAYMENT_H

#include "web/room.h"

typedef struct payment {
    int64_t id;
    str number, kind;              /* kind: agency, reward */
    int64_t month;                 /* in which it was first ordered; a retry keeps it */
    int64_t batch, count, total_fen;
    str hash;                      /* SHA-256 of the lines as the file holds them */
    int64_t made_day, made_by, former; /* former: the order whose failed lines this one retries */
} payment;
extern const shape payment_shape;

typedef struct payment_line {
    int64_t id, payment, application, case_id, org;
    str holder, bank, account;     /* the account number in full: only the file shows it */
    int64_t amount_fen;
    str state;                     /* ordered, paid, failed */
    str bank_ref;
    int64_t bank_day;
    str failure;
    int64_t retry_of;
    str number;                    /* of the application */
} payment_line;
extern const shape payment_line_shape;

/* The service action "settle": inside the move. Refuses the whole move, naming the organisation without a usable account,
 * or the application whose two parts exceed the policy's standard. */
MUST_CHECK err payment_settle(ctx *c, const flow_move *m);
/* One order for many; each of them already paid from the budget. application, case_id, org and amount_fen are given. */
MUST_CHECK err payment_order(ctx *c, str kind, int64_t batch, payment_line *lines, int n);
MUST_CHECK err payment_get(ctx *c, int64_t id, payment *out);
MUST_CHECK err payment_todo(ctx *c, view *out);
/* list `name` of an application's lines, account masked: what its page shows. */
MUST_CHECK err payment_of_application(ctx *c, int64_t application, view *into, str name);

typedef struct payment_results_in { int64_t id; str results; int64_t paid, failed, same; } payment_results_in;
typedef struct payment_retry_in { int64_t payment; int64_t id; } payment_retry_in; /* id: result, the new order */
typedef struct payment_close_in { int64_t month; } payment_close_in;
extern const shape payment_results_in_shape, payment_retry_in_shape, payment_close_in_shape;
extern const action payment_results, payment_retry, payment_close;
#define SUBSIDY_PAYMENT_ACTIONS &payment_results, &payment_retry, &payment_close

extern const route payment_routes[];
#endif
