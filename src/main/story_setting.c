/* SPDX-License-Identifier: Apache-2.0 */
/* story_setting.c: what stands before the first agreement: four policies, one for each way to compute an amount, the catalogue, bank accounts,
 * and the new firms of the registry. */
#include "main/story.h"

#include "base/embed.h"
#include "main/cast.h"
#include "main/demo_catalogue.h"
#include "room/document/document.h"
#include "room/registration/registration.h"

static const struct {
    const char *code, *title, *title_en, *clause, *kinds, *agency_rule, *reward_rule;
    int64_t standard_fen, budget_fen;
} rules[STORY_SERVICES] = {
    {"SF-01", "专利授权服务补贴（示例）", "Patent grant service subsidy (example)", "第三条", "invention utility_model",
     "{\\\"kind\\\":\\\"per_item\\\",\\\"each_fen\\\":400000,\\\"most\\\":20}", "{\\\"kind\\\":\\\"per_item\\\",\\\"each_fen\\\":100000,\\\"most\\\":20}", 500000, 60000000},
    {"SF-02", "高新技术企业认定服务补贴（示例）", "High-tech certification service subsidy (example)", "第四条", "hte_certificate",
     "{\\\"kind\\\":\\\"fixed\\\",\\\"fen\\\":3000000}", "{\\\"kind\\\":\\\"fixed\\\",\\\"fen\\\":2000000}", 5000000, 120000000},
    {"SF-03", "标准制定服务补贴（示例）", "Standard setting service subsidy (example)", "第五条", "standard",
     "{\\\"kind\\\":\\\"table\\\",\\\"rows\\\":[{\\\"code\\\":\\\"national\\\",\\\"label\\\":\\\"国家标准\\\",\\\"en\\\":\\\"National\\\",\\\"fen\\\":5000000},"
     "{\\\"code\\\":\\\"local\\\",\\\"label\\\":\\\"地方标准\\\",\\\"en\\\":\\\"Local\\\",\\\"fen\\\":2000000}]}", "", 5000000, 95000000},
    {"SF-04", "科技项目申报服务补贴（示例）", "Project application service subsidy (example)", "第六条", "project_grant",
     "{\\\"kind\\\":\\\"rate\\\",\\\"rate_bp\\\":500,\\\"cap_fen\\\":6000000}", "{\\\"kind\\\":\\\"rate\\\",\\\"rate_bp\\\":200,\\\"cap_fen\\\":2000000}", 8000000, 200000000},
};

err story_rules(story *s)
{
    for (int i = 0; i < STORY_SERVICES; i++) {
        arena *a = s->at.c.a;
        view *v;
        TRY(story_ask(s, "bureau1", POST, S("/policies"),
                str_fmt(a, "{\"code\":\"%s\",\"title\":\"%s\",\"title_en\":\"%s\",\"level\":\"区\",\"issuer\":\"示范高新技术产业园区管理委员会\",\"document_number\":\"示高管发〔2026〕%d号\","
                           "\"clause\":\"%s\",\"source\":\"示例政策，金额为虚构\",\"example\":true,\"outcome_kinds\":\"%s\",\"agency_rule\":\"%s\",\"reward_rule\":\"%s\","
                           "\"standard_fen\":%lld,\"payee\":\"agency\",\"window_days\":365,\"from_day\":\"2026-01-01\"}",
                        rules[i].code, rules[i].title, rules[i].title_en, i + 1, rules[i].clause, rules[i].kinds, rules[i].agency_rule, rules[i].reward_rule, (long long)rules[i].standard_fen), &v));
        s->policy[i] = view_get_int(v, S("policy"), view_get_int(v, S("id"), 0));
        TRY(story_ask(s, "finance1", POST, S("/budgets"), str_fmt(a, "{\"policy\":%lld,\"year\":%d,\"total_fen\":%lld}", (long long)s->policy[i], STORY_YEAR, (long long)rules[i].budget_fen), NULL));
    }
    return NO_ERR;
}

static err publish_item(story *s, int64_t id)
{
    arena *a = s->at.c.a;
    return story_ask(s, "alliance3", POST, str_fmt(a, "/services/%lld/publish", (long long)id), str_fmt(a, "{\"from_day\":\"" SF "\"}", SA(day_text(a, house_today()))), NULL);
}

err story_catalogue(story *s)
{
    for (const demo_item *i = demo_items; i->code; i++) {
        int64_t id, policy = i->policy > 0 ? s->policy[i->policy - 1] : 0;
        TRY(story_made(s, "alliance3", "/services", demo_item_json(s->at.c.a, i, policy, 0, "首次发布"), &id));
        TRY(publish_item(s, id));
        if (i - demo_items < STORY_SERVICES) s->service[i - demo_items] = id;
        else if (!s->market) s->market = id;
        if (!strcmp(i->code, "FW-05")) s->made[s->named].name = "advice", s->made[s->named++].id = id;
    }
    str limits = S("/budgets/1/limits"); /* of the patent services */
    TRY(story_ask(s, "finance1", POST, limits, S("{\"limit_fen\":40000000,\"mode\":\"warn\"}"), NULL));
    return story_ask(s, "finance1", POST, limits, str_fmt(s->at.c.a, "{\"item\":%lld,\"month\":\"%d-10\",\"limit_fen\":20000000,\"mode\":\"stop\"}", (long long)s->service[0], STORY_YEAR), NULL);
}

/* The paid service becomes dearer by a twentieth; the agreements before keep their version. */
err story_raise_prices(story *s)
{
    TRY(story_ask(s, "alliance3", POST, str_fmt(s->at.c.a, "/services/%lld", (long long)s->market), demo_item_json(s->at.c.a, &demo_items[STORY_SERVICES], 0, 5, "人工成本上升，指导价上调5%"), NULL));
    return publish_item(s, s->market);
}

/* The name of the organisation that this person works for. */
static str house_of(const char *login)
{
    const cast_person *p = cast_people;
    const cast_org *o = cast_orgs;
    while (p->login && strcmp(p->login, login)) p++;
    while (o->key && strcmp(o->key, p->org)) o++;
    return str_of(o->name);
}

err story_propose_account(story *s, const char *login, const char *bank, int n)
{
    arena *a = s->at.c.a;
    int64_t proof;
    TRY(story_paper(s, login, "开户许可证", "Account permit", &proof));
    return story_ask(s, login, POST, S("/organisation/bank-account"),
               str_fmt(a, "{\"bank\":\"%s\",\"holder\":\"" SF "\",\"number\":\"62000000%08d\",\"proof\":%lld}", bank, SA(house_of(login)), n, (long long)proof), NULL);
}

/* Each proposed by the one who earns, confirmed by a second person at the finance bureau. */
err story_accounts(story *s)
{
    for (int i = 0, n = 0; cast_people[i].login; i++) {
        const char *kind = cast_people[i].role;
        if ((strcmp(kind, "agency") && strcmp(kind, "enterprise")) || !strcmp(cast_people[i].login, "agency1b")) continue;
        TRY(story_propose_account(s, cast_people[i].login, "示例银行示范区支行", 1001 + n++));
    }
    view *all;
    TRY(story_ask(s, "finance3", GET, S("/bank-accounts"), (str){0}, &all));
    for (const view *row = view_get(all, S("items"))->first; row; row = row->next)
        TRY(story_ask(s, "finance3", POST, str_fmt(s->at.c.a, "/bank-accounts/%lld", (long long)view_get_int(row, S("id"), 0)), S("{\"verdict\":\"accept\"}"), NULL));
    int64_t first = view_get_int(view_get(all, S("items"))->first, S("id"), 0); /* the audit compares one with the bank's list: on the record */
    return story_ask(s, "auditor1", POST, str_fmt(s->at.c.a, "/bank-accounts/%lld/reading", (long long)first), S("{\"reason\":\"与银行开户清单核对\"}"), NULL);
}

/* A month's new firms from the business registry: read by the same import, two invited, one mark put right. */
err story_firms_register(story *s)
{
    ctx *c = &s->at.c;
    int64_t file;
    const embedded *csv = embed_find(S("data/demo_registrations.csv"));
    assert(csv);
    TRY(story_become(s, "alliance1"));
    TRY(document_make(c, S("新登记企业2026-01.csv"), S("text/csv"), csv->bytes, &file));
    TRY(story_ask(s, "alliance1", POST, S("/registrations/imports"), str_fmt(c->a, "{\"file\":%lld}", (long long)file), NULL));
    TRY(story_become(s, NULL));
    TRY(registration_room.jobs[0].run(c));
    TRY(story_ask(s, "alliance1", POST, S("/registrations/1/invitation"), S("{}"), NULL));
    TRY(story_ask(s, "alliance1", POST, S("/registrations/2/invitation"), S("{}"), NULL));
    return story_ask(s, "alliance1", POST, S("/registrations/13/correction"), S("{\"class\":\"manufacturing\",\"reason\":\"经实地走访核实，主营业务属于该领域。\"}"), NULL);
}
