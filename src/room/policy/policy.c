/* SPDX-License-Identifier: Apache-2.0 */
/* policy.c: dated versions and what they pay. */
#include "room/policy/policy.h"

#include "base/amount.h"
#include "base/days.h"
#include "base/money.h"
#include "base/patent.h"
#include "format/json.h"
#include "gen/room/policy/policy_sql.h"

static const struct choice payees[] = {{"agency", N_("Agency")}, {"alliance", N_("Alliance")}, {0}};

static const field version_fields[] = {
    FIELD(policy_version, id, F_ID, .flags = F_RESULT),
    FIELD(policy_version, policy, F_ID, .flags = F_RESULT),
    FIELD(policy_version, version, F_INT, .flags = F_RESULT),
    FIELD(policy_version, code, F_TEXT, .flags = F_REQUIRED, .label = N_("Policy code"), .hint = N_("A code that is there gets a new version"), .max = 30),
    FIELD(policy_version, title, F_TEXT, .flags = F_REQUIRED, .label = N_("Title"), .max = 120),
    FIELD(policy_version, title_en, F_TEXT, .label = N_("English title"), .max = 200),
    FIELD(policy_version, level, F_TEXT, .flags = F_REQUIRED, .label = N_("Level"), .hint = N_("National, provincial, city or zone"), .max = 20),
    FIELD(policy_version, issuer, F_TEXT, .flags = F_REQUIRED, .label = N_("Issuing body"), .max = 120),
    FIELD(policy_version, document_number, F_TEXT, .label = N_("Document number"), .max = 80),
    FIELD(policy_version, clause, F_TEXT, .label = N_("Clause it rests on"), .max = 80),
    FIELD(policy_version, source, F_TEXT, .label = N_("Source"), .max = 300),
    FIELD(policy_version, example, F_BOOL, .label = N_("The amounts are invented, for demonstration")),
    FIELD(policy_version, outcome_kinds, F_TEXT, .flags = F_REQUIRED, .label = N_("Kinds of outcome"), .hint = N_("Codes separated by spaces, such as: invention utility_model hte_certificate"), .max = 200),
    FIELD(policy_version, agency_rule, F_LINES, .flags = F_REQUIRED, .label = N_("Rule of the agency's subsidy (JSON)"), .hint = N_("For example {\"kind\":\"fixed\",\"fen\":500000}"), .max = 4000),
    FIELD(policy_version, reward_rule, F_LINES, .label = N_("Rule of the enterprise's reward (JSON)"), .max = 4000),
    FIELD(policy_version, standard_fen, F_FEN, .flags = F_REQUIRED, .label = N_("Standard for one outcome"), .hint = N_("Subsidy and reward together never exceed it"), .min = 1, .max = 100000000000),
    FIELD(policy_version, payee, F_CODE, .flags = F_REQUIRED, .label = N_("Payee"), .choices = payees),
    FIELD(policy_version, window_days, F_INT, .flags = F_REQUIRED, .label = N_("Days after the outcome in which it can be claimed"), .min = 1, .max = 3650),
    FIELD(policy_version, from_day, F_DAY, .flags = F_REQUIRED, .label = N_("In force from")),
    FIELD(policy_version, to_day, F_DAY, .label = N_("In force until")),
};
const shape policy_version_shape = {"policy_version", version_fields, countof(version_fields), sizeof(policy_version)};

str policy_title(const ctx *c, const policy_version *p) { return c->lang == LANG_EN && p->title_en.n ? p->title_en : p->title; }

err policy_get(ctx *c, int64_t id, policy_version *out)
{
    return store_row(c, &policy_version_row, &policy_version_shape, out, ARGS(id));
}

err policy_in_force(ctx *c, int64_t policy, int64_t day, policy_version *out)
{
    err e = store_row(c, &policy_version_on, &policy_version_shape, out, ARGS(policy, day));
    if (e.kind == ERR_MISSING)
        return err_with(ERR_CONFLICT, "", N_("No version of this policy is in force on {0}."), day_text(c->a, day), (str){0}, (str){0});
    return e;
}

bool policy_pays_for(const policy_version *p, str kind)
{
    str one;
    for (str rest = p->outcome_kinds; str_split(&rest, ' ', &one);)
        if (one.n && str_eq(one, kind)) return true;
    return false;
}

/* ---- amounts ------------------------------------------------------------------------------------------------- */

static err rule_of(ctx *c, str json, const char *field_name, amount_rule *out)
{
    view *v;
    err e = json_read(c->a, json, &v);
    if (!e.kind) e = amount_rule_read(c->a, v, out);
    if (e.kind) e.field = field_name, e.kind = ERR_INPUT;
    return e;
}

err policy_rule_words(ctx *c, str json, view *into, str name)
{
    amount_rule rule;
    if (!str_trim(json).n) return NO_ERR;
    TRY(rule_of(c, json, "", &rule));
    view_text(into, name, amount_words(c->a, &rule, c->lang));
    return NO_ERR;
}

static err part(ctx *c, str json, const char *field_name, int64_t quantity, int64_t base_fen, str grade, int64_t *fen, str *explained)
{
    amount_rule rule;
    *fen = 0;
    if (!str_trim(json).n) return NO_ERR;
    TRY(rule_of(c, json, field_name, &rule));
    return amount_compute(c->a, &rule, quantity, base_fen, grade, c->lang, fen, explained);
}

err policy_compute(ctx *c, const policy_version *p, int64_t quantity, int64_t base_fen, str grade, policy_amount *out)
{
    str ignored;
    *out = (policy_amount){0};
    TRY(part(c, p->agency_rule, "agency_rule", quantity, base_fen, grade, &out->agency_fen, &out->explained));
    TRY(part(c, p->reward_rule, "reward_rule", quantity, base_fen, grade, &out->reward_fen, &ignored));
    if (!fen_mul(p->standard_fen, quantity, &out->standard_fen)) return err_of(ERR_INPUT, "quantity", N_("The quantity is too large."));
    return amount_split_check(c->a, out->standard_fen, out->agency_fen, out->reward_fen);
}

err policy_most(ctx *c, const policy_version *p, int64_t quantity, int64_t *out)
{
    int64_t agency = 0, reward = 0;
    const str json[2] = {p->agency_rule, p->reward_rule};
    int64_t *const fen[2] = {&agency, &reward};
    for (int i = 0; i < 2; i++) {
        amount_rule rule;
        if (!str_trim(json[i]).n) continue;
        TRY(rule_of(c, json[i], i ? "reward_rule" : "agency_rule", &rule));
        TRY(amount_most(&rule, quantity, fen[i]));
    }
    return fen_add(agency, reward, out) ? NO_ERR : err_of(ERR_INPUT, "quantity", N_("The quantity is too large."));
}

err policy_wants(ctx *c, const policy_version *p, bool *base, view *into, str grades)
{
    amount_rule rule;
    TRY(rule_of(c, p->agency_rule, "agency_rule", &rule));
    *base = amount_wants_base(&rule);
    amount_grades(&rule, c->lang, view_put_list(into, grades));
    return NO_ERR;
}

/* ---- publishing ------------------------------------------------------------------------------------------------ */

static err policy_of_code(ctx *c, str code, int64_t *id)
{
    TRY(store_int(c, &policy_id_of_code, id, ARGS(code)));
    if (*id) return NO_ERR;
    TRY(store_next_id(c, S("policy"), id));
    return store_run(c, &policy_add, NULL, ARGS(*id, code));
}

static err check_kinds(str kinds)
{
    str one;
    for (str rest = kinds; str_split(&rest, ' ', &one);)
        if (one.n && !outcome_kind_known(one))
            return err_with(ERR_INPUT, "outcome_kinds", N_("{0} is no kind of outcome."), one, (str){0}, (str){0});
    return NO_ERR;
}

static err publish(ctx *c, void *in)
{
    policy_version *p = in;
    int64_t most, last_from;
    TRY(check_kinds(p->outcome_kinds));
    TRY(policy_most(c, p, 1, &most));
    if (most > p->standard_fen)
        return err_with(ERR_INPUT, "standard_fen", N_("Subsidy and reward can come to {0}, above the standard of {1}."),
                        fen_words(c->a, most), fen_words(c->a, p->standard_fen), (str){0});
    if (p->to_day && p->to_day < p->from_day) return err_of(ERR_INPUT, "to_day", N_("It ends before it begins."));
    TRY(policy_of_code(c, p->code, &p->policy));
    TRY(store_int(c, &policy_last_from_day, &last_from, ARGS(p->policy)));
    if (p->from_day < last_from)
        return err_with(ERR_INPUT, "from_day", N_("The version before it is in force from {0}; a new one cannot begin earlier."),
                        day_text(c->a, last_from), (str){0}, (str){0});
    TRY(store_int(c, &policy_last_version, &p->version, ARGS(p->policy)));
    p->version++;
    TRY(store_next_id(c, S("policy_version"), &p->id));
    return store_run(c, &policy_version_add, NULL,
                     ARGS(p->id, p->policy, p->version, p->title, p->title_en, p->level, p->issuer, p->document_number, p->clause,
                          p->source, (int64_t)p->example, p->outcome_kinds, p->agency_rule, p->reward_rule, p->standard_fen, p->payee,
                          p->window_days, p->from_day, p->to_day, c->now, c->who.person));
}
const action policy_publish = {"policy_publish", &policy_version_shape, publish, 0};

typedef struct policy_ref { int64_t id; } policy_ref;
SHAPE(policy_ref, FIELD(policy_ref, id, F_ID));

err policy_options(ctx *c, view *into, str name)
{
    list ids;
    TRY(store_list(c, &policy_choices, &policy_ref_shape, &ids, NO_ARGS));
    view *out = view_put_list(into, name);
    for (int i = 0; i < ids.n; i++) {
        policy_version p;
        int64_t id = ((const policy_ref *)ids.items)[i].id;
        err e = policy_in_force(c, id, c->today, &p);
        if (e.kind == ERR_CONFLICT) continue;
        TRY(e);
        view *row = view_add_map(out);
        view_int(row, S("code"), id);
        view_text(row, S("label"), policy_title(c, &p));
    }
    return NO_ERR;
}
