/* SPDX-License-Identifier: Apache-2.0 */
/* ledger_page.c: the ledger by service and month, and until when a line would last. */
#include "base/days.h"
#include "gen/room/budget/limit_sql.h"
#include "room/budget/limit.h"
#include "room/budget/ledger.h"
#include "room/catalogue/catalogue.h"
#include "room/policy/policy.h"

static void name_row(ctx *c, view *row)
{
    policy_version p;
    int64_t month = view_get_int(row, S("month"), 0);
    err e = policy_in_force(c, view_get_int(row, S("policy"), 0), c->today, &p);
    view_text(row, S("title"), e.kind ? view_get_text(row, S("code")) : policy_title(c, &p));
    view_text(row, S("month_name"), month ? month_words(c->a, month, c->lang) : tr(c->lang, N_("earlier")));
    view_text(row, S("month"), month ? month_text(c->a, month) : S(""));
}

static err show_filters(req *r, view *v)
{
    ctx *c = r->ctx;
    view *found = view_map(c->a), *policies = web_filter(r, v, "policy", N_("Policy")), *items = web_filter(r, v, "item", N_("Service"));
    TRY(policy_options(c, found, S("policies")));
    for (const view *p = view_get(found, S("policies"))->first; p; p = p->next)
        web_filter_option(policies, str_fmt(c->a, "%lld", (long long)view_get_int(p, S("code"), 0)), view_get_text(p, S("label")));
    TRY(catalogue_options(c, found, S("items")));
    for (const view *i = view_get(found, S("items"))->first; i; i = i->next)
        web_filter_option(items, str_fmt(c->a, "%lld", (long long)view_get_int(i, S("code"), 0)), view_get_text(i, S("label")));
    web_filter(r, v, "year", N_("Year"));
    view *months = web_filter(r, v, "month", N_("Month"));
    for (int64_t m = month_of(c->today), end = m - 24; m > end; m--) web_filter_option(months, month_text(c->a, m), month_words(c->a, m, c->lang));
    return NO_ERR;
}

/* GET /budgets/months */
static err list_months(req *r)
{
    ctx *c = r->ctx;
    int64_t from[3], month;
    TRY(req_after(r, from, 3));
    if (!from[1]) from[0] = from[1] = from[2] = INT64_MAX; /* from the newest */
    if (!month_parse(req_arg(r, "month"), &month)) month = 0;
    view *v = view_map(c->a);
    web_title(r, v, N_("Budget by service and month"), (str){0});
    web_crumb(r, v, S("/budgets"), tr(c->lang, N_("Budget")));
    TRY(store_rows(c, &limit_months_before, v, S("items"),
                   ARGS(from[0], from[1], from[2], month, req_arg_int(r, "policy", 0), req_arg_int(r, "item", 0), req_arg_int(r, "year", 0))));
    web_cut(v, 50, "month.line.item");
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_row(c, row);
    TRY(show_filters(r, v));
    return web_page(r, "budget/ledger", v);
}

/* The mean of the last three full months, carried on; nothing where less was bound than given back, or beyond two years. */
err ledger_forecast(ctx *c, int64_t line, int64_t available, view *into)
{
    enum { MONTHS = 3, FARTHEST = 24 };
    int64_t now = month_of(c->today), bound;
    TRY(store_int(c, &limit_bound_between, &bound, ARGS(line, now - MONTHS, now - 1)));
    int64_t mean = bound / MONTHS;
    if (mean <= 0 || available / mean >= FARTHEST) return NO_ERR;
    view_fen(into, S("mean_fen"), mean);
    view_text(into, S("exhausted"), month_words(c->a, now + available / mean, c->lang));
    return NO_ERR;
}

/* POST /budgets/{id}/limits */
static err set_limit(req *r)
{
    limit_in n;
    TRY(form_read(r, &limit_in_shape, &n));
    n.line = req_id(r);
    TRY(store_act(r->ctx, &budget_limit_set, &n));
    web_say(r, N_("The limit is set."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/budgets/%lld", (long long)n.line));
}

const route ledger_routes[] = {
    {GET, "/budgets/months", OFFICERS, list_months, N_("Read the budget by service and month")},
    {POST, "/budgets/{id}/limits", WHO(ROLE_FINANCE), set_limit, N_("Set a limit of a budget line"), .form = &limit_in_shape, .back = "/budgets/{id}"},
    {0},
};
