/* SPDX-License-Identifier: Apache-2.0 */
/* counter_page.c: the clerk's page: look a firm up, begin to act for it, leave off; and the bar that says for whom he acts. */
#include "gen/room/counter/mandate_sql.h"
#include "gen/room/counter/receipt_sql.h"
#include "room/account/account.h"
#include "room/counter/receipt.h"
#include "room/member/member.h"

/* Firms whose name holds what was typed or whose code it is, each with the mandates that hold today. */
static err find_firms(ctx *c, str typed, view *v)
{
    TRY(store_rows(c, &mandate_firms_like, v, S("firms"), ARGS(typed)));
    for (view *firm = view_get(v, S("firms"))->first; firm; firm = firm->next) {
        view_english(c->lang, firm, "name");
        TRY(store_rows(c, &mandate_holding, firm, S("mandates"), ARGS(view_get_int(firm, S("id"), 0), c->who.org, c->today)));
        for (view *m = view_get(firm, S("mandates"))->first; m; m = m->next)
            view_text(m, S("scope_words"), mandate_words(c, str_dup(c->a, view_get_text(m, S("scopes")))));
    }
    return NO_ERR;
}

/* GET /counter */
static err show_counter(req *r)
{
    ctx *c = r->ctx;
    str typed = str_trim(req_arg(r, "q"));
    view *v = view_map(c->a);
    web_title(r, v, N_("Counter"), (str){0});
    view_text(v, S("q"), typed);
    if (typed.n) TRY(find_firms(c, typed, v));
    view_bool(v, S("searched"), typed.n > 0);
    TRY(store_rows(c, &receipt_of_clerk, v, S("receipts"), ARGS(c->who.person)));
    for (view *row = view_get(v, S("receipts"))->first; row; row = row->next) {
        receipt_name_act(c, row);
        view_english(c->lang, row, "name");
    }
    return web_page(r, "counter/counter", v);
}

/* POST /counter/mandates/{id}/use */
static err begin(req *r)
{
    TRY(req_by_person(r));
    mandate_ref n = {req_id(r), req_session(r)->token_hash};
    TRY(store_act(r->ctx, &mandate_use, &n));
    return web_go(r, S("/desk"));
}

/* POST /counter/leave */
static err stop(req *r)
{
    ctx *c = r->ctx;
    person me;
    mandate_ref n = {c->who.mandate, req_session(r)->token_hash};
    TRY(store_act(c, &mandate_leave, &n));
    TRY(account_person(c, c->who.person, &me));
    TRY(account_as(c, me.login, str_of(role_code[ROLE_COUNTER])));
    return web_go(r, S("/counter"));
}

err counter_globals(ctx *c, view *v)
{
    mandate m;
    org firm;
    receipt last;
    bool found;
    if (!c->who.mandate) return NO_ERR;
    TRY(store_row(c, &mandate_row, &mandate_shape, &m, ARGS(c->who.mandate)));
    TRY(member_get(c, m.org, &firm));
    view *bar = view_put_map(v, S("standing"));
    view_text(bar, S("for"), org_name(c, &firm));
    view_int(bar, S("mandate"), m.id);
    view_text(bar, S("scopes"), mandate_words(c, m.scopes));
    view_day(bar, S("to_day"), m.to_day);
    TRY(receipt_newest(c, m.id, &last, &found));
    if (!found) return view_put(bar, S("receipt"), V_NULL), NO_ERR; /* or the bar would find the page's */
    view *newest = view_put_map(bar, S("receipt"));
    view_int(newest, S("id"), last.id);
    view_text(newest, S("number"), last.number);
    return NO_ERR;
}

static const route routes[] = {
    {GET, "/counter", WHO(ROLE_COUNTER), show_counter, N_("Look up a firm at the counter")},
    {POST, "/counter/mandates/{id}/use", WHO(ROLE_COUNTER), begin, N_("Begin to act for a firm under its mandate"), .back = "/counter"},
    {POST, "/counter/leave", WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), stop, N_("Leave off acting for a firm"), .counter = COUNTER_LEAVE},
    {0},
};
static const nav_item nav[] = {
    {"/counter", N_("Counter"), "users", WHO(ROLE_COUNTER), 20, NULL},
    {"/counter/mandates", N_("Mandates for the counter"), "signature", WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR) | WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), 85, NULL},
    {0},
};
static const action *const actions[] = {&mandate_enter, &mandate_revoke, &mandate_use, &mandate_leave, NULL};

const room counter_room = {
    .name = "counter",
    .routes = (const route *const[]){routes, mandate_routes, receipt_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){mandate_statements, receipt_statements, NULL},
    .nav = nav,
};
