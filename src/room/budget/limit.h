/* SPDX-License-Identifier: Apache-2.0 */
/* limit.h: inside the room: how much a line may bind for a service, in a month, or both; over it is stopped or warned of. Feature J1. */
#ifndef BUDGET_LIMIT_H
#define BUDGET_LIMIT_H

#include "room/budget/budget.h"

/* What the line is called today. */
MUST_CHECK err budget_line_name(ctx *c, int64_t line, str *title, budget_line *l);

typedef struct limit_in { int64_t line, item; str month; int64_t limit_fen; str mode; } limit_in; /* item 0: all; month empty: the whole year */
extern const shape limit_in_shape;
extern const struct choice limit_modes[];
extern const action budget_limit_set;

/* Inside the act, after the money has moved by `grown` for this service in today's month: ERR_CONFLICT names line, service and month whose limit
 * it exceeds; where a limit only warns, the offices are told once, when it is crossed. */
MUST_CHECK err limit_keep(ctx *c, int64_t line, int64_t service, int64_t grown);
/* list "limits" of a line: {item, item_name, month, month_name, limit_fen, bound_fen, left_fen, mode}. */
MUST_CHECK err limit_show(ctx *c, int64_t line, view *into);
#endif
