/* SPDX-License-Identifier: Apache-2.0 */
/* policy.h: policies in dated versions, with the rule their amount is computed from.
 * table policy(zone_id, id, code, title, title_en), policy_version(zone_id, id, policy_id, …). */
#ifndef POLICY_H
#define POLICY_H

#include "base/amount.h"
#include "web/room.h"

extern const room policy_room;

typedef struct policy_version {
    int64_t id, policy, version;
    str code, title, title_en, level, issuer, document_number, clause, source;
    bool example;                  /* amounts invented for the demonstration: said on every page */
    str outcome_kinds;             /* "invention utility_model": what it pays for */
    str agency_rule, reward_rule;  /* JSON of amount_rule; reward_rule empty: no reward */
    int64_t standard_fen;          /* the policy's standard for one outcome: agency + enterprise never exceed it */
    str payee;                     /* agency, alliance */
    int64_t window_days;           /* calendar days after the outcome in which it can be claimed */
    int64_t from_day, to_day;      /* to_day 0: open */
    str grades;                    /* codes of a table rule with labels, JSON list [{code,label,en}]; empty: none */
} policy_version;
extern const shape policy_version_shape;

extern const action policy_publish;   /* in: policy_version without ids; refuses agency + reward above the standard, naming both */
MUST_CHECK err policy_get(ctx *c, int64_t version_id, policy_version *out);
MUST_CHECK err policy_in_force(ctx *c, int64_t policy, int64_t day, policy_version *out); /* ERR_CONFLICT names the day */
typedef struct { int64_t agency_fen, reward_fen, standard_fen; str explained; } policy_amount;
/* From the rule, never typed. quantity ≥ 1; base_fen for a rate; grade for a table. */
MUST_CHECK err policy_compute(ctx *c, const policy_version *p, int64_t quantity, int64_t base_fen, str grade, policy_amount *out);
MUST_CHECK err policy_options(ctx *c, int64_t day, view *into, str name);
#endif
