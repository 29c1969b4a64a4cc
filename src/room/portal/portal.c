/* SPDX-License-Identifier: Apache-2.0 */
/* portal.c: the public's first page and the progress of an application by its number. */
#include "room/portal/portal.h"

#include "base/days.h"
#include "gen/room/portal/portal_sql.h"
#include "room/subsidy/subsidy.h"

static view *figure(ctx *c, view *v, const char *label, const char *href)
{
    view *all = view_get(v, S("figures")), *one = view_add_map(all ? all : view_put_list(v, S("figures")));
    view_text(one, S("label"), tr(c->lang, label));
    view_text(one, S("href"), str_of(href));
    return one;
}

/* The zone in one line; each figure leads to the list behind it. */
static err show_figures(ctx *c, view *v)
{
    view *sums = view_map(c->a);
    int64_t n, year = month_of(c->today) / 12;
    TRY(store_map(c, &portal_paid, sums, ARGS(year)));
    view_fen(figure(c, v, N_("Paid this year"), "/notices"), S("value"), view_get_int(sums, S("year_paid_fen"), 0));
    TRY(store_int(c, &portal_members, &n, ARGS(S("enterprise"))));
    view_int(figure(c, v, N_("Enterprises"), "/services"), S("value"), n);
    TRY(store_int(c, &portal_members, &n, ARGS(S("agency"))));
    view_int(figure(c, v, N_("Agencies"), "/agencies"), S("value"), n);
    TRY(store_int(c, &portal_running_notices, &n, ARGS(c->today)));
    view_int(figure(c, v, N_("Notices open to objection"), "/notices"), S("value"), n);
    return NO_ERR;
}

/* GET / */
static err home(req *r)
{
    ctx *c = r->ctx;
    if (c->who.person && !r->program) return web_go(r, S("/desk"));
    view *v = view_map(c->a);
    web_title(r, v, N_("Innovation services at no cost"), (str){0});
    TRY(show_figures(c, v));
    TRY(store_rows(c, &portal_latest_notices, v, S("notices"), NO_ARGS));
    for (view *n = view_get(v, S("notices"))->first; n; n = n->next)
        view_bool(n, S("running"), view_get(n, S("last_day"))->i >= c->today);
    return web_page(r, "portal/home", v);
}

/* The stage only, nothing of what is in it: the steps, how long it has rested, how long others rested there. */
static err show_stage(ctx *c, view *v, str number)
{
    view *found = view_map(c->a);
    err e = store_map(c, &portal_stage_of, found, ARGS(number));
    view_bool(v, S("found"), !e.kind);
    if (e.kind) return e.kind == ERR_MISSING ? NO_ERR : e;
    view_text(v, S("number"), number);
    str node = view_get_text(found, S("node"));
    int64_t flow_id = view_get_int(found, S("flow_id"), 0);
    const flow *f;
    TRY(flow_version(c, flow_id, &f));
    TRY(subsidy_name_step(c, v, flow_id, node));
    static const char *const days[] = {"since_day", "due_day", "timer_day"};
    for (int i = 0; i < countof(days); i++) view_adopt(v, str_of(days[i]), view_copy(c->a, view_get(found, str_of(days[i]))));
    flow_show(c, f, node, v);
    return subsidy_show_pace(c, f, node, v);
}

/* GET /progress */
static err progress(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    str number = str_trim(req_arg(r, "number"));
    web_title(r, v, N_("Progress of an application"), (str){0});
    view_text(v, S("asked"), number);
    if (number.n) TRY(show_stage(c, v, number));
    return web_page(r, "portal/progress", v);
}

static const route routes[] = {
    {GET, "/", ANYONE, home, N_("Read what the zone offers")},
    {GET, "/progress", ANYONE, progress, N_("Look up the progress of an application")},
    {0},
};

const room portal_room = {
    .name = "portal",
    .routes = (const route *const[]){routes, NULL},
    .statements = (const stmt *const *const[]){portal_statements, NULL},
};
