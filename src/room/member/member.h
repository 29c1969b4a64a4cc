/* SPDX-License-Identifier: Apache-2.0 */
/* member.h: organisations: enterprises, agencies, the alliance, government bodies; their bank accounts.
 * table org(zone_id, id, uscc, name, name_en, kind, state, class, registered_day, address, contact, phone, email),
 * bank_account(zone_id, id, org_id, bank, holder, number (kept apart: never in a page in full), last4, state, …). */
#ifndef MEMBER_H
#define MEMBER_H

#include "web/room.h"

extern const room member_room;

typedef struct org {
    int64_t id;
    str uscc, name, name_en;
    str kind;      /* enterprise, agency, alliance, government */
    str state;     /* active, suspended, left */
    int64_t registered_day;
    str address, contact, phone, email;
} org;
extern const shape org_shape;

typedef struct org_new { str uscc, name, name_en, kind, address, contact, phone, email; int64_t registered_day; int64_t id; } org_new;
extern const action member_add;                 /* id: result */
MUST_CHECK err member_get(ctx *c, int64_t id, org *out);
MUST_CHECK err member_by_uscc(ctx *c, str uscc, org *out);      /* ERR_MISSING */
MUST_CHECK err member_of_kind(ctx *c, str kind, org *out);      /* the zone's alliance; the first of a kind */
/* list of {code: id as text, label: name (USCC)} for a form's options: active orgs of a kind. */
MUST_CHECK err member_options(ctx *c, str kind, view *into, str name);

typedef struct bank_account {
    int64_t id, org;
    str bank, holder, number, last4;
    str state;                 /* proposed, active, former, refused */
    int64_t usable_day;        /* not before this day (cooling after a change) */
    int64_t proposed_by, confirmed_by;
} bank_account;
extern const shape bank_account_shape;
/* The account money may go to today. ERR_CONFLICT with a sentence: none confirmed; still cooling; the same number stands
 * under two organisations and nobody has cleared it. */
MUST_CHECK err member_account(ctx *c, int64_t org, bank_account *out);
typedef struct account_change { int64_t org; str bank, holder, number; int64_t proof_doc; int64_t id; } account_change;
extern const action member_account_propose;     /* by somebody of the organisation (or the counter) */
typedef struct account_verdict { int64_t id, version; bool accept; str note; } account_verdict;
extern const action member_account_confirm;     /* by finance, another person */
#endif
