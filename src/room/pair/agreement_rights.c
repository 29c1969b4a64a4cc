/* SPDX-License-Identifier: Apache-2.0 */
/* agreement_rights.c: the table of who sees and writes what of an agreement where. */
#include "room/pair/agreement_rights.h"

#include "room/pair/pair_flow.h"

static const right_field fields[] = {
    {"enterprise", N_("Enterprise"), AGREEMENT_TERMS, NULL}, {"item", N_("Service"), AGREEMENT_TERMS, NULL},
    {"subject", N_("Subject"), AGREEMENT_TERMS, NULL}, {"quantity", N_("Outcomes planned"), AGREEMENT_TERMS, NULL},
    {"fee_fen", N_("Fee"), AGREEMENT_TERMS, NULL}, {"from_day", N_("Service from"), AGREEMENT_TERMS, NULL},
    {"to_day", N_("Service until"), AGREEMENT_TERMS, NULL}, {"pay_year", N_("Expected year of payment"), AGREEMENT_TERMS, NULL},
    {"contract", N_("Service contract"), AGREEMENT_TERMS, NULL}, {"number", N_("Number"), 0, NULL}, /* given at filing */
    {"choice", N_("Decision"), AGREEMENT_DECISION, N_("Choose what you decide.")}, {"deficiencies", N_("What is to be supplemented"), AGREEMENT_LACKS, NULL},
    {0},
};
static const right_write writes[] = {
    {WHO(ROLE_AGENCY), "draft", AGREEMENT_TERMS}, {PARTY & ~WHO(ROLE_AUDITOR), NULL, AGREEMENT_DECISION}, {WHO(ROLE_BUREAU), NULL, AGREEMENT_LACKS}, {0},
};
static const right_read reads[] = {{WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), .draft = true}, {OFFICERS}, {0}};
const flow_rights agreement_rights = {.flow = "agreement", .fields = fields, .writes = writes, .reads = reads, .form = &agreement_draft_shape, .drafts_anew = true};

bool agreement_reads(const ctx *c, const agreement *a)
{
    role r = c->who.role;
    bool party = r == ROLE_AGENCY || r == ROLE_ENTERPRISE, drafting = str_eqz(a->node, "draft") && !a->filed_day;
    bool own = c->who.org && c->who.org == (r == ROLE_AGENCY ? a->agency : a->enterprise);
    return rights_read(&agreement_rights, r, !drafting) && (own || !party);
}

err agreement_writes(ctx *c, const agreement *a, unsigned groups, bool *out)
{
    const flow *f;
    TRY(flow_version(c, a->flow_id, &f));
    *out = agreement_reads(c, a) && rights_write(&agreement_rights, f, c->who.role, a->node, groups);
    return NO_ERR;
}
