/* SPDX-License-Identifier: Apache-2.0 */
/* application_rights.c: the table of who sees and writes what of an application where. */
#include "room/subsidy/application_rights.h"

static const right_field fields[] = {
    {"outcome_kind", N_("Kind of outcome"), APP_FACTS, N_("Choose the kind of outcome.")},
    {"outcome_number", N_("Number of the outcome"), APP_FACTS, N_("Give the number of the outcome.")},
    {"outcome_day", N_("Day of the outcome"), APP_FACTS, N_("Give the day of the outcome.")},
    {"service_from", N_("Service from"), APP_FACTS, N_("Give the first day of the service.")},
    {"service_to", N_("Service until"), APP_FACTS, N_("Give the last day of the service.")},
    {"base_fen", N_("Amount the subsidy is a share of"), APP_FACTS, NULL}, /* as the policy asks */
    {"grade", N_("Grade"), APP_FACTS, NULL},
    {"contract", N_("Service contract"), APP_FILES, N_("The service contract is missing.")},
    {"letter", N_("Letter of commitment"), APP_FILES, N_("The letter of commitment is missing.")},
    {"proof", N_("Proof of the outcome"), APP_FILES, N_("The proof of the outcome is missing.")},
    {"amount_fen", N_("Subsidy to the agency"), 0, NULL}, /* computed by the policy's rule, never typed */
    {"reward_fen", N_("Reward to the enterprise"), 0, NULL},
    {"confirmation", N_("The enterprise's confirmation"), APP_CONFIRMATION, NULL}, /* as the zone's setting asks */
    {"choice", N_("Decision"), APP_DECISION, N_("Choose what you decide.")},
    {"deficiencies", N_("What is to be supplemented"), APP_LACKS, NULL},
    {0},
};
static const right_write writes[] = {
    {WHO(ROLE_AGENCY), "prepare", APP_FACTS | APP_FILES},
    {WHO(ROLE_ENTERPRISE), "prepare", APP_CONFIRMATION},
    {WHO(ROLE_BUREAU), "amend", APP_FACTS}, /* after an objection or a return by finance; the agency's files stay as they are */
    {(PARTY | WHO(ROLE_DEPARTMENT)) & ~WHO(ROLE_AUDITOR), NULL, APP_DECISION},
    {OFFICERS & ~WHO(ROLE_AUDITOR), NULL, APP_LACKS},
    {0},
};
static const right_read reads[] = {
    {WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), .draft = true},
    {OFFICERS | WHO(ROLE_DEPARTMENT)}, /* a flow may ask a department */
    {0},
};
const flow_rights application_rights = {"subsidy", fields, writes, reads};

bool application_reads(const ctx *c, const application *a)
{
    role r = c->who.role;
    bool party = r == ROLE_AGENCY || r == ROLE_ENTERPRISE;
    bool own = c->who.org && c->who.org == (r == ROLE_AGENCY ? a->agency : a->enterprise);
    return rights_read(&application_rights, r, a->number.n > 0) && (own || !party);
}

err application_writes(ctx *c, const application *a, unsigned groups, bool *out)
{
    const flow *f;
    TRY(flow_version(c, a->flow_id, &f));
    *out = rights_write(&application_rights, f, c->who.role, a->node, groups);
    return NO_ERR;
}

/* "contract" is stored as contract_doc. */
static bool is_there(ctx *c, const application *a, const char *name)
{
    const field *f = shape_field(&application_shape, str_of(name));
    if (!f) f = shape_field(&application_shape, str_fmt(c->a, "%s_doc", name));
    const char *at = (const char *)a + f->at;
    bool text = f->kind == F_TEXT || f->kind == F_LINES;
    return text ? str_trim(*(const str *)(const void *)at).n > 0 : *(const int64_t *)(const void *)at != 0;
}

void application_missing(ctx *c, const application *a)
{
    for (const right_field *f = fields; f->name; f++)
        if (f->group & (APP_FACTS | APP_FILES) && f->missing && !is_there(c, a, f->name)) ctx_wrong(c, f->name, err_of(ERR_INPUT, f->name, f->missing));
}
