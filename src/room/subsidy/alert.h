/* SPDX-License-Identifier: Apache-2.0 */
/* alert.h: what in a batch is unlike the month before: whoever signs it off sees it first. Feature H2. */
#ifndef SUBSIDY_ALERT_H
#define SUBSIDY_ALERT_H

#include "room/subsidy/subsidy.h"

typedef struct batch_alert {
    str kind;                    /* of alert_kinds */
    int64_t id;                  /* the organisation */
    str name, state, key;        /* key: kind and organisation, "amount-12" */
    int64_t now_fen, before_fen; /* amount: its sum in this batch and last month */
} batch_alert;

extern const struct choice alert_kinds[];

/* Of what rests with the batch now: a list of batch_alert. */
MUST_CHECK err batch_alerts(ctx *c, const batch *b, list *out);
#endif
