/* SPDX-License-Identifier: Apache-2.0 */
/* change.h: inside the room: an agreement in service is changed, or another agency takes the former's place with an agreed split. R8, R10;
 * feature E5.
 *
 * signing → signed (the last of all it concerns) → filed or refused (the bureau); signing → declined (whose turn it is) or withdrawn (who
 * proposed). The enterprise signs first, then the agency, then its successor; each signs the SHA-256 of the text as shown. */
#ifndef PAIR_CHANGE_H
#define PAIR_CHANGE_H

#include "room/pair/pair.h"

enum { CHANGE_PARTIES = 3 };
typedef struct change {
    int64_t id, agreement, to_day, fee_fen, successor, former_percent, signatures, proposed_org, proposed_day, since_day, ended_day;
    str kind, reason, text, sha256, state, note, successor_name;
} change;
extern const shape change_shape;
extern const struct choice change_kinds[], change_states[], change_parties[];

MUST_CHECK err change_get(ctx *c, int64_t id, change *out, agreement *of); /* a party or an officer, else ERR_MISSING */
/* The organisations that sign, in order; how many. */
int change_signers(const change *g, const agreement *of, int64_t orgs[CHANGE_PARTIES]);
int64_t change_turn(const change *g, const agreement *of); /* whose turn it is to sign; 0: nobody's */
str change_href(ctx *c, int64_t id);

typedef struct change_new { int64_t agreement, to_day, fee_fen, successor, former_percent; str kind, reason; int64_t id; } change_new; /* id: result */
typedef struct change_sign_in { int64_t id; str sha256, ip; } change_sign_in;
typedef struct change_end_in { int64_t id; str verdict, note; } change_end_in; /* verdict: decline, withdraw, file, refuse */
extern const shape change_new_shape, change_sign_shape, change_end_shape;
extern const action change_propose, change_sign, change_end;
#define PAIR_CHANGE_ACTIONS &change_propose, &change_sign, &change_end

/* The text of a proposal, as canonical JSON of format/paper.h. */
MUST_CHECK err change_write(ctx *c, const change_new *n, const agreement *of, str *text);
/* Reminders to whom it has been the turn for so many working days (setting sign_remind_days); agreements to sign too. */
MUST_CHECK err change_remind(ctx *c);
/* Into the agreement's page: lists "changes" and "formers", bool "may_change". */
MUST_CHECK err change_show(ctx *c, const agreement *of, view *into);
MUST_CHECK err change_todo(ctx *c, view *out);
extern const route change_routes[];
#endif
