/* SPDX-License-Identifier: Apache-2.0 */
/* demo.c: the demonstration zone, made by the same acts as real use. */
#include "main/demo.h"

#include "base/days.h"
#include "main/cast.h"
#include "room/account/account.h"
#include "room/budget/budget.h"
#include "room/catalogue/catalogue.h"
#include "room/pair/pair.h"
#include "room/policy/policy.h"
#include "room/zone/zone.h"

/* A new demonstration begins on a Monday whose year has a calendar; one that is there goes on where it stopped. */
int64_t demo_first_day(house_options *o)
{
    (void)o;
    return 0;
}

static err act_as(ctx *c, const char *login, const action *act, void *in)
{
    c->who = (actor){0};
    if (login) TRY(account_as(c, str_of(login), (str){0}));
    return store_act(c, act, in);
}

static err make_rules(ctx *c, int64_t *policy, int64_t *service)
{
    policy_version p = {.code = S("D1"), .title = S("发明专利授权服务补贴（示例）"), .title_en = S("Invention patent service subsidy (example)"), .level = S("区"),
                        .issuer = S("示范高新技术产业园区管理委员会"), .clause = S("第一条"), .source = S("示例，金额为虚构"), .example = true,
                        .outcome_kinds = S("invention utility_model"), .agency_rule = S("{\"kind\":\"per_item\",\"each_fen\":300000}"),
                        .reward_rule = S("{\"kind\":\"per_item\",\"each_fen\":100000}"), .standard_fen = 500000, .payee = S("agency"),
                        .window_days = 365, .from_day = c->today - 300};
    TRY(act_as(c, "bureau1", &policy_publish, &p));
    *policy = p.policy;
    budget_change b = {.policy = p.policy, .year = month_of(c->today) / 12, .total_fen = 500000000};
    TRY(act_as(c, "finance1", &budget_set, &b));
    item i = {.code = S("patent"), .name = S("发明专利代理服务"), .name_en = S("Invention patent service"), .category = 3, .policy = p.policy, .mode = S("government")};
    TRY(act_as(c, "alliance3", &catalogue_add, &i));
    *service = i.id;
    return NO_ERR;
}

static err make_agreements(ctx *c, int64_t service)
{
    for (int n = 1; n <= 8; n++) {
        agreement_draft_in d = {.draft = 1, .item = service, .quantity = 1, .from_day = c->today, .to_day = c->today + 180,
                                .pay_year = month_of(c->today) / 12, .subject = str_fmt(c->a, "示例项目%d：控制方法", n)};
        TRY(cast_org_id(c, str_z(c->a, str_fmt(c->a, "enterprise%d", n)), &d.enterprise));
        TRY(act_as(c, n % 2 ? "agency1" : "agency2", &agreement_start, &d));
    }
    return NO_ERR;
}

err demo_load(house *h, ctx *c, bool *fresh)
{
    (void)h;
    person p;
    int64_t policy, service;
    str verifier;
    TRY(house_begin_days(c));
    *fresh = account_of_login(c, S("agency1"), &p).kind == ERR_MISSING;
    if (!*fresh) return NO_ERR;
    TRY(account_verifier(c, S(CAST_PASSWORD), &verifier));
    TRY(cast_make(c, verifier));
    TRY(make_rules(c, &policy, &service));
    return make_agreements(c, service);
}

void demo_print_accounts(FILE *out)
{
    fputs("demonstration accounts (password " CAST_PASSWORD "):\n", out);
    for (const cast_person *p = cast_people; p->login; p++) fprintf(out, "  %-12s %-11s %s\n", p->login, p->role, p->name);
}
