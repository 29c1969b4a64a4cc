/* SPDX-License-Identifier: Apache-2.0 */
/* outcome.h: what a service brought about: a patent, a certificate, a standard …, each with its number, day and proof, entered by the
 * agency under the agreement, confirmed by the enterprise. R13, R14.
 *
 * entered → confirmed or declined (the enterprise) ; entered, confirmed → withdrawn (its agency, while no application claims it; the
 * bureau, with a reason). A number is confirmed once: for one agreement, in every zone and for ever, by an index of the store.
 *
 * outcome.c       entering, confirming, withdrawing; what an application takes
 * entry.c         a table of many: every row entered, there already, or refused with its reason
 * *_page.c        their pages */
#ifndef OUTCOME_H
#define OUTCOME_H

#include "web/room.h"

extern const room outcome_room;

typedef struct outcome {
    int64_t id, agreement, agency, enterprise;
    str kind, number, normal;            /* number: as typed; normal: the form by which it is compared (base/patent.h) */
    int64_t obtained_day, proof;         /* proof: a document; 0: none yet */
    str state;                           /* entered, confirmed, declined, withdrawn */
    int64_t application;                 /* which claims it; 0: none */
    int64_t entered_day, decided_day;
    str note, agreement_number, subject, agency_name, enterprise_name;
} outcome;
extern const shape outcome_shape;
/* A party's own, officers all; else ERR_MISSING. */
MUST_CHECK err outcome_get(ctx *c, int64_t id, outcome *out);

typedef struct outcome_new { int64_t agreement; str kind, number; int64_t obtained_day, proof; int64_t id; } outcome_new; /* id: result */
extern const shape outcome_new_shape;
typedef struct outcome_verdict { list ids; str verdict, note; } outcome_verdict; /* of outcome_ref; verdict: confirm, decline */
typedef struct outcome_ref { int64_t id; } outcome_ref;
extern const shape outcome_verdict_shape;
typedef struct outcome_proof { int64_t id, proof; } outcome_proof;
extern const shape outcome_proof_shape;
typedef struct outcome_withdrawal { int64_t id; str note; } outcome_withdrawal;
extern const shape outcome_withdrawal_shape;
extern const action outcome_enter, outcome_decide, outcome_prove, outcome_withdraw;

/* ---- for an application ---- */

/* What an agreement has to claim: the confirmed outcomes of one kind that no application claims. numbers: a line each; n 0: nothing. */
typedef struct outcome_ready { str kind, numbers; int64_t n, first_day, proof; } outcome_ready; /* proof 0: none, or not the same for all */
MUST_CHECK err outcome_ready_of(ctx *c, int64_t agreement, outcome_ready *out);

/* Inside an act: the application claims these numbers (normal forms, spaces between), which its enterprise has confirmed; what is not
 * entered yet is. What it claimed before and no longer names is free again. ERR_CONFLICT at the field: a number is confirmed for another
 * agreement, or its proof is another agreement's. */
typedef struct outcome_claiming { int64_t application, agreement, agency, enterprise, day, proof; str kind, normals; } outcome_claiming;
MUST_CHECK err outcome_claim(ctx *c, const outcome_claiming *k);
MUST_CHECK err outcome_unclaim(ctx *c, int64_t application);
#endif
