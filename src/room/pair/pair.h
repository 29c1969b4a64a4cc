/* SPDX-License-Identifier: Apache-2.0 */
/* pair.h: the zero-fee agreement between one enterprise and one agency: drafted, signed by both, filed, in service.
 * Its row has the id of its case on agreement.bpmn. table agreement(zone_id, id, …). R8–R11. */
#ifndef PAIR_H
#define PAIR_H

#include "room/policy/policy.h"
#include "web/room.h"

extern const room pair_room;

typedef struct agreement {
    int64_t id, version;              /* version: of the case */
    str number, node;                 /* number given at filing: 备〔2018〕7号 */
    int64_t enterprise, agency, item, policy;  /* policy 0: market mode */
    str subject;                      /* what for: "Invention patent on pump control" */
    str mode;                         /* government, market */
    int64_t quantity;                 /* outcomes planned */
    int64_t fee_fen;                  /* market mode: due after success; 0 in government mode */
    int64_t from_day, to_day;         /* term of service */
    int64_t pay_year;                 /* expected year of payment: where its cap is reserved */
    int64_t contract_doc;
    int64_t signed_enterprise_at, signed_agency_at, filed_day;
    int64_t reserved_fen;
    str enterprise_name, agency_name, item_name;
} agreement;
extern const shape agreement_shape;
MUST_CHECK err agreement_get(ctx *c, int64_t id, agreement *out);   /* a party or an officer, else ERR_MISSING */
/* ERR_CONFLICT with a sentence unless filed and in service; gives the row. No permission check. */
MUST_CHECK err agreement_in_service(ctx *c, int64_t id, agreement *out);
/* options {code id, label number + enterprise + subject} of the actor's agency's filed agreements. */
MUST_CHECK err agreement_options(ctx *c, view *into, str name);
extern const action agreement_draft, agreement_save, agreement_move; /* see pair.c for their inputs */
#endif
