/* SPDX-License-Identifier: Apache-2.0 */
/* reduction.h: finance's recheck may reduce an amount, with a reason: the case goes back to the bureau and is reviewed and noticed again. Feature J2. */
#ifndef SUBSIDY_REDUCTION_H
#define SUBSIDY_REDUCTION_H

#include "room/subsidy/subsidy.h"

/* Inside the act that sends the case back: from now on at most `fen` is paid, whatever the rule computes. ERR_DENIED for others than finance;
 * ERR_INPUT where it is no reduction. */
MUST_CHECK err reduction_make(ctx *c, application *a, int64_t fen, str reason);
/* What was computed, cut to what finance allows. */
MUST_CHECK err reduction_apply(ctx *c, application *a);
/* list "reductions" of {before_fen, cap_fen, reason, on_day}, newest first. */
MUST_CHECK err reduction_show(ctx *c, int64_t of, view *into);
#endif
