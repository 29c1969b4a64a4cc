/* SPDX-License-Identifier: Apache-2.0 */
/* workdays.c: a paper of the State Council is taken, and what hangs on working days is dated anew. */
#include "room/workdays/workdays.h"

#include "base/days.h"
#include "gen/room/workdays/workdays_sql.h"

static const field paper_fields[] = {
    FIELD(workdays_paper, csv, F_LINES, .flags = F_REQUIRED, .label = N_("Days that the paper names"),
          .hint = N_("A line each: date, name, holiday or workday, web address of the paper. A day named before is replaced."), .max = 200000),
    FIELD(workdays_paper, id, F_ID, .flags = F_RESULT),
    FIELD(workdays_paper, moved, F_INT, .flags = F_RESULT),
};
static const shape paper_shape = {"workdays_paper", paper_fields, countof(paper_fields), sizeof(workdays_paper)};

typedef struct stored { int64_t id; str csv; } stored;
SHAPE(stored, FIELD(stored, id, F_ID), FIELD(stored, csv, F_LINES));

err workdays_load(ctx *c)
{
    list all;
    TRY(store_list(c, &workdays_papers, &stored_shape, &all, NO_ARGS));
    for (const stored *p = all.items; p < (const stored *)all.items + all.n; p++) TRY(calendar_amend(c->days, p->csv));
    return NO_ERR;
}

/* Every room dates anew what it has dated. */
static err tell_rooms(ctx *c, const calendar *before, const list *moved)
{
    const house_face *face = (const house_face *)c->house;
    calendar_change change = {before, moved->items, moved->n};
    for (const room *const *r = face->rooms; *r; r++)
        if ((*r)->calendar_changes) TRY((*r)->calendar_changes(c, &change));
    return NO_ERR;
}

/* First on a calendar of the act's own: a paper that is refused, or refuses something, has changed nothing. */
static err take(ctx *c, void *in)
{
    workdays_paper *p = in;
    list moved;
    ctx at = *c;
    at.days = calendar_still(c->a, c->days);
    err e = calendar_amend(at.days, p->csv);
    if (e.kind) return ctx_wrong(c, "csv", e), ctx_errors(c);
    if (str_eq(calendar_version(at.days), calendar_version(c->days)))
        return err_of(ERR_INPUT, "csv", N_("These days are counted like this already: nothing would change."));
    TRY(flow_recount(&at, c->days, &moved));
    TRY(tell_rooms(&at, c->days, &moved));
    p->moved = moved.n;
    TRY(store_next_id(c, S("workdays_paper"), &p->id));
    TRY(store_run(c, &workdays_add_paper, NULL, ARGS(p->id, p->csv, str_dup(c->a, calendar_version(at.days)), c->today, c->now, c->who.person, p->moved)));
    return calendar_amend(c->days, p->csv); /* from here on it counts, for the next act too */
}
const action workdays_take = {"workdays_take", &paper_shape, take, 0};

/* ---- pages ------------------------------------------------------------------------------------------------------------ */

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
    if (c->who.role == ROLE_ADMIN) form_show(r, v, "form", &paper_shape, NULL, S("/workdays"), N_("Take these days"));
    return web_page(r, "workdays/year", v);
}

/* POST /workdays */
static err take_paper(req *r)
{
    workdays_paper p;
    TRY(form_read(r, &paper_shape, &p));
    TRY(store_act(r->ctx, &workdays_take, &p));
    web_say(r, N_("The days are taken; {0} running notices and time limits end on another day now."), str_fmt(r->ctx->a, "%lld", (long long)p.moved), (str){0});
    return web_go(r, S("/workdays"));
}

static const route routes[] = {
    {GET, "/workdays", ANYONE, show, N_("Read the working days of a year")},
    {POST, "/workdays", WHO(ROLE_ADMIN), take_paper, N_("Take the days of a new State Council paper"), .form = &paper_shape, .back = "/workdays"},
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
