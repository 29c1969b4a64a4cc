/* SPDX-License-Identifier: Apache-2.0 */
/* pair.h: the zero-fee agreement between one enterprise and one agency: drafted, signed by both, filed, in service. R8–R11.
 * Its row has the id of its case on agreement.bpmn. */
#ifndef PAIR_H
#define PAIR_H

#include "flow/rights.h"
#include "room/member/member.h"
#include "web/room.h"

extern const room pair_room;
extern const flow_rights agreement_rights; /* for the page of the flow's rights */

typedef struct agreement {
    int64_t id, version;              /* version: of the case, counts moves */
    int64_t draft;                    /* counts saves */
    str number, node;                 /* number given at filing: 备2018-0007 */
    int64_t since_day, due_day, flow_id;
    int64_t enterprise, agency, item, policy;  /* policy 0: market mode */
    int64_t item_version;             /* the version of the service it was made on, kept whatever comes after */
    str subject;                      /* what for: "Invention patent on pump control" */
    str mode;                         /* government, market */
    int64_t quantity;                 /* outcomes planned */
    int64_t fee_fen;                  /* market mode: due after success; 0 in government mode */
    int64_t from_day, to_day;         /* term of service */
    int64_t pay_year;                 /* expected year of payment: where its cap is reserved */
    int64_t contract_doc;
    int64_t signed_enterprise_at, signed_agency_at, filed_day;
    int64_t reserved_fen;
    int64_t price_approved_at;        /* the alliance lets a fee outside the price guide be filed, for a reason */
    str price_reason;
    str enterprise_name, agency_name, item_name;
} agreement;
extern const shape agreement_shape;
MUST_CHECK err agreement_get(ctx *c, int64_t id, agreement *out);   /* a party or an officer, else ERR_MISSING */
MUST_CHECK err agreement_fetch(ctx *c, int64_t id, agreement *out); /* no permission check */
/* A new agreement is taken by an admitted agency with valid evidence; what is filed goes on whatever becomes of the agency. */
MUST_CHECK err agreement_agency_stands(ctx *c, const org *g);
/* The agencies that served before under it, and which part of every subsidy still to be paid each keeps: list of agreement_share. */
typedef struct agreement_share { int64_t org, percent, until_day; str name; } agreement_share;
MUST_CHECK err agreement_formers(ctx *c, int64_t id, list *out);
/* Filed and in service, else ERR_CONFLICT with a sentence. No permission check. */
MUST_CHECK err agreement_in_service(ctx *c, int64_t id, agreement *out);
/* {code, label} of the filed agreements in service of the actor's agency. */
MUST_CHECK err agreement_options(ctx *c, view *into, str name);

typedef struct agreement_draft_in {
    int64_t id, draft;                /* id: result of the first; draft: the version this was typed on */
    int64_t enterprise, item, quantity, fee_fen, from_day, to_day, pay_year, contract;
    str subject;
} agreement_draft_in;
extern const action agreement_start, agreement_save;
/* sha256: of the text that was read before signing; empty: not sent. ip: whence it came, for the signature. */
typedef struct agreement_move_in { int64_t id, version; str choice, note, sha256, ip; } agreement_move_in;
extern const action agreement_move;
typedef struct agreement_price_in { int64_t id; str reason; } agreement_price_in;
extern const action agreement_price_approve;
/* ERR_CONFLICT names fee and guide: it is outside and nobody has approved. */
MUST_CHECK err agreement_price_check(ctx *c, const agreement *a);
#endif
