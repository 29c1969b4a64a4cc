/* SPDX-License-Identifier: Apache-2.0 */
/* policy.h: policies in dated versions, with the rule their amount is computed from; a case is judged by the version in
 * force when it is submitted, and keeps it. R18, R20. */
#ifndef POLICY_H
#define POLICY_H

#include "web/room.h"

extern const room policy_room;

typedef struct policy_version {
    int64_t id, policy, version;
    str code, title, title_en, level, issuer, document_number, clause, source;
    bool example;                  /* amounts invented for the demonstration: said on every page */
    str outcome_kinds;             /* "invention utility_model": what it pays for */
    str agency_rule, reward_rule;  /* JSON of an amount rule (base/amount.h); reward_rule empty: no reward */
    int64_t standard_fen;          /* the policy's standard for one outcome: agency + enterprise never exceed it */
    str payee;                     /* agency, alliance */
    int64_t window_days;           /* calendar days after the outcome in which it can be claimed */
    int64_t from_day, to_day;      /* to_day 0: open */
} policy_version;
extern const shape policy_version_shape;
str policy_title(const ctx *c, const policy_version *p);

extern const action policy_publish;   /* in: a policy_version; id, policy and version are results. Refuses agency + reward
                                       * above the standard, naming both */
MUST_CHECK err policy_get(ctx *c, int64_t version_id, policy_version *out);
MUST_CHECK err policy_in_force(ctx *c, int64_t policy, int64_t day, policy_version *out); /* none: ERR_CONFLICT names the day */
typedef struct { int64_t agency_fen, reward_fen, standard_fen; str explained; } policy_amount;
/* From the rule, never typed: quantity ≥ 1; base_fen for a rate; grade for a table. */
MUST_CHECK err policy_compute(ctx *c, const policy_version *p, int64_t quantity, int64_t base_fen, str grade, policy_amount *out);
/* What a pair can cost at most: the cap that is reserved at filing. */
MUST_CHECK err policy_most(ctx *c, const policy_version *p, int64_t quantity, int64_t *out);
/* Does the rule want a base amount, a grade? list "grades" {code, label} of a table rule. */
MUST_CHECK err policy_wants(ctx *c, const policy_version *p, bool *base, view *into, str grades);
bool policy_pays_for(const policy_version *p, str outcome_kind);
MUST_CHECK err policy_options(ctx *c, view *into, str name);  /* policies in force today: {code: id, label} */
/* A rule (JSON) in words under `name`; an empty one gives nothing. */
MUST_CHECK err policy_rule_words(ctx *c, str json, view *into, str name);
#endif
