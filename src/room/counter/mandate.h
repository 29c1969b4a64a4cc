/* SPDX-License-Identifier: Apache-2.0 */
/* mandate.h: inside the room: what a firm lets the counter do for it, from a day to a day. */
#ifndef MANDATE_H
#define MANDATE_H

#include "room/counter/counter.h"

typedef struct mandate {
    int64_t id, org, office;       /* the firm; where the clerks sit that may use it */
    str giver, scopes, seed;       /* who signed it; "need outcome"; what its receipts' codes are made of */
    int64_t from_day, to_day, scan;
    int64_t entered_by, entered_at;
    int64_t revoked_by, revoked_day; /* 0: it stands */
    str reason;
} mandate;
extern const shape mandate_shape;
extern const struct choice mandate_scopes[];

/* The firm's own people, the office's clerks and officers, and the auditor see it; for others it is missing. */
MUST_CHECK err mandate_get(ctx *c, int64_t id, mandate *out);
/* ERR_DENIED with the sentence: revoked, over, not begun; else it holds today. */
MUST_CHECK err mandate_holds(ctx *c, const mandate *m);
MUST_CHECK err mandate_covers(ctx *c, const mandate *m, str scopes);
str mandate_words(ctx *c, str scopes);       /* "Needs and offers, Reading agreements" */
bool mandate_may_revoke(const ctx *c, const mandate *m);

typedef struct mandate_new { str uscc, giver; bool join, need, application, outcome, agreement; int64_t from_day, to_day, scan; str seed; int64_t id; } mandate_new;
extern const shape mandate_new_shape;
typedef struct mandate_revocation { int64_t id; str reason; } mandate_revocation;
extern const shape mandate_revocation_shape;
typedef struct mandate_ref { int64_t id; str token_hash; } mandate_ref; /* the session that begins or leaves off */
extern const action mandate_enter, mandate_revoke, mandate_use, mandate_leave;

extern const route mandate_routes[], receipt_routes[];
#endif
