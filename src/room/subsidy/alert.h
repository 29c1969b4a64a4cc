/* SPDX-License-Identifier: Apache-2.0 */
/* alert.h: what in a batch is unlike the month before: whoever signs it off sees it first. Feature H2. */
#ifndef SUBSIDY_ALERT_H
#define SUBSIDY_ALERT_H

#include "room/subsidy/subsidy.h"

/* list "alerts" of {kind (new_payee, standing, amount), name, state, now_fen, before_fen}, of what rests with the batch now. */
MUST_CHECK err batch_alerts(ctx *c, const batch *b, view *into);
#endif
