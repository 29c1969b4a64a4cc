/* SPDX-License-Identifier: Apache-2.0 */
/* desk.c: the to-do list of every room, and the frame around every page. */
#include "room/desk/desk.h"

#include "base/days.h"
#include "room/account/account.h"
#include "room/zone/zone.h"

static const room *const *open_rooms(const ctx *c) { return ((const house_face *)(const void *)c->house)->rooms; }

/* ---- to do ----------------------------------------------------------------------------------------------------- */

/* Working days left until it is due; an unknown calendar says nothing and blocks nothing. */
static void count_days(ctx *c, view *row)
{
    int64_t left;
    const view *due = view_get(row, S("due_day"));
    bool known = due && due->kind == V_DAY && !workday_between(c->days, c->today, due->i, &left).kind;
    if (!known) return;
    view_int(row, S("left_days"), left);
    view_bool(row, S("late"), due->i < c->today);
    view_bool(row, S("urgent"), due->i >= c->today && left <= 1);
}

static int64_t urgency(const view *row)
{
    const view *due = view_get(row, S("due_day"));
    return due && due->kind == V_DAY ? due->i : INT64_MAX;
}

/* By insertion: lists are short (each room gives at most some hundred). */
static void sort(view *items)
{
    view *sorted = NULL;
    for (view *row = items->first, *next; row; row = next) {
        next = row->next;
        view **at = &sorted;
        while (*at && urgency(*at) <= urgency(row)) at = &(*at)->next;
        row->next = *at;
        *at = row;
    }
    items->first = sorted;
    items->last = sorted;
    while (items->last && items->last->next) items->last = items->last->next;
}

err desk_todo(ctx *c, view *into, str name)
{
    view *items = view_put_list(into, name);
    for (const room *const *r = open_rooms(c); *r; r++)
        if ((*r)->todo) TRY((*r)->todo(c, items));
    for (view *row = items->first; row; row = row->next) count_days(c, row);
    sort(items);
    return NO_ERR;
}

/* GET /desk */
static err show_desk(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    web_title(r, v, N_("To do"), (str){0});
    TRY(desk_todo(c, v, S("items")));
    const view *items = view_get(v, S("items"));
    int64_t late = 0, urgent = 0;
    for (const view *row = items->first; row; row = row->next) {
        const view *is_late = view_get(row, S("late")), *is_urgent = view_get(row, S("urgent"));
        late += is_late && is_late->i;
        urgent += is_urgent && is_urgent->i;
    }
    view_int(v, S("count"), items->n);
    view_int(v, S("late_count"), late);
    view_int(v, S("urgent_count"), urgent);
    view_day(v, S("today"), c->today);
    return web_page(r, "desk/desk", v);
}

/* ---- around every page ------------------------------------------------------------------------------------------- */

static bool is_current(str path, str href)
{
    return str_eq(path, href) || (str_starts(path, href) && path.n > href.n && path.p[href.n] == '/');
}

static err rail(req *r, view *nav)
{
    ctx *c = r->ctx;
    int at = -1;
    for (;;) { /* in order of `order`: the few items are not worth a sort */
        const nav_item *next = NULL;
        for (const room *const *m = open_rooms(c); *m; m++)
            for (const nav_item *n = (*m)->nav; n && n->href; n++)
                if (n->order > at && (!next || n->order < next->order) && (n->who & WHO(c->who.role))) next = n;
        if (!next) return NO_ERR;
        at = next->order;
        view *one = view_add_map(nav);
        str href = str_of(next->href);
        view_text(one, S("href"), href);
        view_text(one, S("label"), tr(c->lang, next->label));
        view_text(one, S("icon"), str_of(next->icon));
        view_bool(one, S("current"), is_current(r->path, href));
        int64_t count = 0;
        if (next->count) TRY(next->count(c, &count));
        view_int(one, S("count"), count);
    }
}

err desk_globals(req *r, view *v)
{
    ctx *c = r->ctx;
    zone z;
    TRY(zone_get(c, &z));
    view_text(v, S("zone_name"), c->lang == LANG_EN ? z.name_en : z.name);
    view_day(v, S("business_day"), c->today);
    view_bool(v, S("demo_mode"), ((const house_face *)(const void *)c->house)->demo);
    if (!c->who.person) return NO_ERR;
    view *me = view_get(v, S("me")); /* not beside it: a page about somebody's posts has that name itself */
    if (me) {
        TRY(account_posts(c, me, S("posts")));
        view_bool(me, S("several_posts"), view_get(me, S("posts"))->n > 1);
    }
    return rail(r, view_put_list(v, S("nav")));
}

static const route routes[] = {
    {GET, "/desk", SIGNED_IN, show_desk, N_("Read what waits for oneself")},
    {0},
};
static const nav_item nav[] = {{"/desk", N_("To do"), "checklist", SIGNED_IN, 10, NULL}, {0}};

const room desk_room = {
    .name = "desk",
    .routes = (const route *const[]){routes, NULL},
    .nav = nav,
};
