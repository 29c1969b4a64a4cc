/* SPDX-License-Identifier: Apache-2.0 */
/* member.h: organisations: enterprises, agencies, the alliance, government bodies; and the bank accounts money goes to.
 *
 * A changed account needs two persons: one of the organisation proposes it with proof, another of the finance office
 * confirms it; then it cools for the days that the setting names (the first account of an organisation does not). */
#ifndef MEMBER_H
#define MEMBER_H

#include "web/room.h"

extern const room member_room;

typedef struct org {
    int64_t id;
    str uscc, name, name_en;
    str kind;      /* enterprise, agency, institute, department, alliance, government */
    str state;     /* applied, reviewing, active, warned, suspended, left; only agencies are admitted, others begin active */
    int64_t registered_day;
    str address, contact, phone, email;
} org;
extern const shape org_shape;
extern const struct choice org_states[];        /* ends with {0} */
bool org_takes_part(const org *o);              /* active or warned: may be party of a new agreement, stands in the directory */
str org_name(const ctx *c, const org *o);       /* in the reader's language */

typedef struct org_new {
    str uscc, name, name_en, kind, address, contact, phone, email;
    str state;     /* empty: active */
    int64_t registered_day;
    int64_t id;    /* result */
} org_new;
extern const action member_add;
MUST_CHECK err member_get(ctx *c, int64_t id, org *out);
MUST_CHECK err member_by_uscc(ctx *c, str uscc, org *out);
MUST_CHECK err member_any(ctx *c, bool *out);                     /* does the zone know any organisation yet? */
MUST_CHECK err member_of_kind(ctx *c, str kind, org *out);      /* the first of a kind: the zone's alliance */
/* Inside an act: from one state to another; who is in a third one stays there. A suspended agency takes no new agreements. */
MUST_CHECK err member_set_state(ctx *c, int64_t id, str from, str to);
/* list `name` of {code, label} for a form's options: active organisations of a kind. */
MUST_CHECK err member_options(ctx *c, str kind, view *into, str name);

typedef struct bank_account {
    int64_t id, org;
    str bank, holder, number;  /* the number is shown by its end (bank_masked); in full only to who confirms it, or for a reason on the record */
    str state;                 /* proposed, active, former, refused */
    int64_t usable_day;        /* not before this day */
    int64_t proposed_by, confirmed_by;
    int64_t shared_by;         /* who allowed the same number under two organisations; 0: nobody */
} bank_account;
extern const shape bank_account_shape;
str bank_masked(arena *a, str number);          /* "•••• 4321" */
/* The account money may go to today. ERR_CONFLICT with a sentence: none is confirmed; it still cools; its number stands under
 * two organisations and nobody has cleared it. */
MUST_CHECK err member_account(ctx *c, int64_t org, bank_account *out);

typedef struct account_change { int64_t org; str bank, holder, number; int64_t proof; int64_t id; } account_change; /* id: result */
extern const action member_propose_account;
typedef struct account_verdict { int64_t id; str verdict, note; } account_verdict; /* accept, refuse */
extern const action member_decide_account;
#endif
