/* SPDX-License-Identifier: Apache-2.0 */
/* counter.h: 窗口代办: a clerk of the alliance or the bureau acts for a firm that hands its mandate (授权委托书) in at the counter.
 *
 * While he acts, ctx->who is the clerk in person and post, the firm in organisation and role, and names the mandate: every room then
 * treats him as the firm, and history and record show both. What a mandate may open is data: route.counter for addresses, the table in
 * deed.c for acts; what stands in neither needs the firm's own person. Each act leaves a receipt, told to the firm. R28. */
#ifndef COUNTER_H
#define COUNTER_H

#include "web/room.h"

extern const room counter_room;

/* web_hooks.counter: does the mandate hold today and cover one of these scopes? */
MUST_CHECK err counter_may(ctx *c, str scopes);
/* Part of the journal that main hands to the store: in the transaction of each act, checks an act at the counter once more and writes
 * its receipt. */
MUST_CHECK err counter_journal(ctx *c, const action *act, const void *in);
/* c->who, a clerk, as he acts under this mandate: the demonstration and tests act so, as account_as does. */
MUST_CHECK err counter_as(ctx *c, int64_t mandate);
/* Around every page: map "standing" of who acts for another: {for, mandate, scopes, to_day, receipt: {id, number}}. */
MUST_CHECK err counter_globals(ctx *c, view *v);
#endif
