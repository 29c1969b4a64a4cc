/* SPDX-License-Identifier: Apache-2.0 */
/* ledger.h: inside the room: what the pages of a line show of its months. */
#ifndef BUDGET_LEDGER_H
#define BUDGET_LEDGER_H

#include "room/budget/budget.h"

/* "mean_fen" a month and the month in which the line would be "exhausted"; neither where the last three months say nothing of it. */
MUST_CHECK err ledger_forecast(ctx *c, int64_t line, int64_t available, view *into);
extern const route ledger_routes[];
#endif
