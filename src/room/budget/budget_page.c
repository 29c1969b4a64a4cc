/* SPDX-License-Identifier: Apache-2.0 */
/* budget_page.c: what each policy's line has left, and every change of it. */
#include "gen/room/budget/budget_sql.h"
#include "gen/room/budget/limit_sql.h"
#include "room/budget/limit.h"
#include "room/budget/ledger.h"
#include "room/catalogue/catalogue.h"
#include "room/policy/policy.h"

extern const shape budget_change_shape;

static err name_line(ctx *c, view *row)
{
    policy_version p;
    err e = policy_in_force(c, view_get_int(row, S("policy"), 0), c->today, &p);
    if (e.kind == ERR_CONFLICT) return NO_ERR; /* its code stands there */
    TRY(e);
    view_text(row, S("title"), policy_title(c, &p));
    return NO_ERR;
}

/* Parts of the whole in per cent, for the bar. */
static void shares(view *row)
{
    static const struct { const char *of, *as; } parts[] = {
        {"reserved_fen", "reserved_share"}, {"committed_fen", "committed_share"}, {"paid_fen", "paid_share"}, {"available_fen", "available_share"},
    };
    int64_t total = view_get(row, S("total_fen"))->i;
    for (int i = 0; i < countof(parts); i++)
        view_int(row, str_of(parts[i].as), total > 0 ? view_get(row, str_of(parts[i].of))->i * 100 / total : 0);
}

/* GET /budgets */
static err list_lines(req *r)
{
    ctx *c = r->ctx;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    view *v = view_map(c->a);
    web_title(r, v, N_("Budget"), (str){0});
    TRY(store_rows(c, &budget_lines_after, v, S("items"), ARGS(after[0])));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        TRY(name_line(c, row));
        shares(row);
    }
    view_bool(v, S("may_set"), c->who.role == ROLE_FINANCE);
    web_cut(v, 50, "id");
    return web_page(r, "budget/list", v);
}

static err show_form(req *r, view *v, const budget_change *now)
{
    form_show(r, v, "form", &budget_change_shape, now, S("/budgets"), N_("Set the budget"));
    TRY(policy_options(r->ctx, v, S("policies")));
    form_options(view_get(v, S("form")), "policy", view_get(v, S("policies")));
    return NO_ERR;
}

/* GET /budgets/new */
static err new_line(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Set a budget line"), (str){0});
    web_crumb(r, v, S("/budgets"), tr(r->ctx->lang, N_("Budget")));
    TRY(show_form(r, v, NULL));
    return web_page(r, "budget/new", v);
}

/* POST /budgets */
static err set_line(req *r)
{
    budget_change n;
    TRY(form_read(r, &budget_change_shape, &n));
    TRY(store_act(r->ctx, &budget_set, &n));
    web_say(r, N_("The budget line is set."), (str){0}, (str){0});
    return web_made(r, str_fmt(r->ctx->a, "/budgets/%lld", (long long)n.id));
}

static void name_entries(ctx *c, view *items)
{
    static const struct choice kinds[] = {
        {"total", N_("Budget set")}, {"reserve", N_("Reserved at filing")}, {"commit", N_("Committed at approval")}, {"pay", N_("Paid by the bank")},
        {"release", N_("Released")}, {"return", N_("Taken back from approval")}, {"move", N_("Moved from another line")}, {0},
    };
    for (view *row = items->first; row; row = row->next) {
        str code = view_get_text(row, S("kind"));
        view_bool(row, S("of_agreement"), str_eqz(code, "reserve") || str_eqz(code, "release") || str_eqz(code, "move"));
        view_choice(c->lang, row, S("kind"), kinds);
    }
}

static err show_limit_form(req *r, view *v)
{
    limit_in blank = {.line = req_id(r)};
    form_show(r, v, "form", &limit_in_shape, &blank, str_fmt(r->ctx->a, "/budgets/%lld/limits", (long long)req_id(r)), N_("Set the limit"));
    TRY(catalogue_options(r->ctx, v, S("services")));
    form_options(view_get(v, S("form")), "item", view_get(v, S("services")));
    return NO_ERR;
}

/* GET /budgets/{id} */
static err show_line(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    err e = store_map(c, &budget_line_by_id, v, ARGS(req_id(r)));
    if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such budget line."));
    TRY(e);
    TRY(name_line(c, v));
    shares(v);
    str title = view_get_text(v, S("title"));
    web_title(r, v, "{0}", str_dup(c->a, title.n ? title : view_get_text(v, S("code"))));
    web_crumb(r, v, S("/budgets"), tr(c->lang, N_("Budget")));
    TRY(limit_show(c, req_id(r), v));
    TRY(ledger_forecast(c, req_id(r), view_get(v, S("available_fen"))->i, v));
    if (c->who.role == ROLE_FINANCE) TRY(show_limit_form(r, v));
    TRY(store_rows(c, &budget_entries_of_line, v, S("items"), ARGS(req_id(r), before)));
    name_entries(c, view_get(v, S("items")));
    web_cut(v, 50, "id");
    return web_page(r, "budget/line", v);
}

static const route routes[] = {
    {GET, "/budgets", OFFICERS, list_lines, N_("List the budget lines")},
    {GET, "/budgets/new", WHO(ROLE_FINANCE), new_line, N_("Fields of a budget line")},
    {POST, "/budgets", WHO(ROLE_FINANCE), set_line, N_("Set a budget line"), .form = &budget_change_shape, .back = "/budgets/new"},
    {GET, "/budgets/{id}", OFFICERS, show_line, N_("Read one budget line and its entries")},
    {0},
};
static const nav_item nav[] = {{"/budgets", N_("Budget"), "coins", OFFICERS, 60, NULL}, {0}};
static const action *const actions[] = {&budget_set, &budget_limit_set, NULL};

const room budget_room = {
    .name = "budget",
    .routes = (const route *const[]){routes, ledger_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){budget_statements, limit_statements, NULL},
    .nav = nav,
};
