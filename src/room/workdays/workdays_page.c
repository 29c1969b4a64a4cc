/* SPDX-License-Identifier: Apache-2.0 */
/* workdays_page.c: the working days of a year, and taking a new paper. */
#include "base/days.h"
#include "gen/room/workdays/workdays_sql.h"
#include "room/workdays/workdays.h"

/* The days of a year that are not as their weekday says. */
static void show_year(ctx *c, view *v, int year)
{
    int64_t first = day_of(year, 1, 1);
    bool work;
    view *all = view_list(c->a), *items = view_put_list(v, S("items"));
    view_bool(v, S("known"), !calendar_is_workday(c->days, first, &work).kind);
    workday_strip(c->days, first - 1, day_of(year + 1, 1, 1) - 1, c->lang, all);
    int64_t counted = 0;
    for (const view *d = all->first; d; d = d->next) {
        counted += view_get(d, S("counted"))->i;
        if (!view_get_text(d, S("name")).n) continue;
        view *row = view_add_map(items);
        for (const view *f = d->first; f; f = f->next) view_adopt(row, f->name, view_copy(c->a, f));
    }
    view_int(v, S("working_days"), counted);
}

/* GET /workdays */
static err show(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    int64_t year = req_arg_int(r, "year", month_of(c->today) / 12);
    if (year < 1901 || year > 2998) return err_of(ERR_INPUT, "year", N_("There is no such year."));
    web_title(r, v, N_("Working days of {0}"), str_fmt(c->a, "%d", (int)year));
    view_int(v, S("year"), year);
    view_int(v, S("year_before"), year - 1);
    view_int(v, S("year_after"), year + 1);
    view_text(v, S("version"), str_dup(c->a, calendar_version(c->days)));
    show_year(c, v, (int)year);
    view_bool(v, S("staff"), c->who.person != 0);
    if (c->who.person) TRY(store_rows(c, &workdays_taken, v, S("taken"), NO_ARGS));
    if (c->who.role == ROLE_ADMIN) form_show(r, v, "form", &workdays_paper_shape, NULL, S("/workdays"), N_("Take these days"));
    return web_page(r, "workdays/year", v);
}

/* POST /workdays */
static err take_paper(req *r)
{
    workdays_paper p;
    TRY(form_read(r, &workdays_paper_shape, &p));
    TRY(store_act(r->ctx, &workdays_take, &p));
    web_say(r, N_("The days are taken; {0} running notices and time limits end on another day now."), str_fmt(r->ctx->a, "%lld", (long long)p.moved), (str){0});
    return web_go(r, S("/workdays"));
}

static const route routes[] = {
    {GET, "/workdays", ANYONE, show, N_("Read the working days of a year")},
    {POST, "/workdays", WHO(ROLE_ADMIN), take_paper, N_("Take the days of a new State Council paper"), .form = &workdays_paper_shape, .back = "/workdays"},
    {0},
};
static const nav_item nav[] = {{"/workdays", N_("Working-day calendar"), "calendar", WHO(ROLE_ADMIN) | WHO(ROLE_BUREAU), 890, NULL}, {0}};
static const action *const actions[] = {&workdays_take, NULL};

const room workdays_room = {
    .name = "workdays",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){workdays_statements, NULL},
    .nav = nav,
};
