/* SPDX-License-Identifier: Apache-2.0 */
/* desk.c: the to-do list of every room, and the frame around every page. */
#include "room/desk/desk.h"

#include "base/days.h"
#include "room/account/account.h"
#include "room/counter/counter.h"
#include "room/deputy/deputy.h"
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

/* Each way to look at the list: all, the late, those due by the next working day, then each kind of thing that waits. */
typedef struct { str only; int64_t count; view *tabs; } tabs_of;

static void add_tab(ctx *c, tabs_of *t, str code, str label, int64_t count)
{
    if (!count) return;
    view *one = view_add_map(t->tabs);
    view_text(one, S("href"), code.n ? str_join(c->a, S("/desk?only="), code) : S("/desk"));
    view_text(one, S("label"), label);
    view_int(one, S("count"), count);
    view_bool(one, S("current"), str_eq(t->only, code));
}

static bool is_true(const view *row, const char *name)
{
    const view *v = view_get(row, str_of(name));
    return v && v->i;
}

static bool fits(const view *row, str only)
{
    if (!only.n) return true;
    if (str_eqz(only, "late") || str_eqz(only, "urgent")) return is_true(row, str_z(row->a, only));
    return str_eq(view_get_text(row, S("kind")), only);
}

static int64_t count_of(const view *items, str only)
{
    int64_t n = 0;
    for (const view *row = items->first; row; row = row->next) n += fits(row, only);
    return n;
}

static void show_tabs(ctx *c, view *v, const view *items, str only)
{
    tabs_of t = {.only = only, .tabs = view_put_list(v, S("tabs"))};
    add_tab(c, &t, (str){0}, tr(c->lang, N_("All")), items->n);
    add_tab(c, &t, S("late"), tr(c->lang, N_("Late")), count_of(items, S("late")));
    add_tab(c, &t, S("urgent"), tr(c->lang, N_("Due soon")), count_of(items, S("urgent")));
    for (const view *row = items->first; row; row = row->next) {
        const view *kind = view_get(row, S("kind"));
        bool seen = false;
        for (const view *before = items->first; before != row && !seen; before = before->next)
            seen = str_eq(view_get_text(before, S("kind")), kind->s);
        if (!seen) add_tab(c, &t, kind->s, kind->label, count_of(items, kind->s));
    }
}

static void keep_only(view *items, str only)
{
    view **link = &items->first;
    items->last = NULL;
    items->n = 0;
    for (view *row = items->first; row; row = row->next) {
        if (!fits(row, only)) continue;
        *link = items->last = row;
        link = &row->next;
        items->n++;
    }
    *link = NULL;
}

/* GET /desk */
static err show_desk(req *r)
{
    ctx *c = r->ctx;
    str only = str_trim(req_arg(r, "only"));
    view *v = view_map(c->a);
    web_title(r, v, N_("To do"), (str){0});
    TRY(desk_todo(c, v, S("items")));
    view *items = view_get(v, S("items"));
    view_int(v, S("all_count"), items->n);
    view_int(v, S("late_count"), count_of(items, S("late")));
    view_int(v, S("urgent_count"), count_of(items, S("urgent")));
    show_tabs(c, v, items, only);
    keep_only(items, only);
    view_int(v, S("count"), items->n);
    view_day(v, S("today"), c->today);
    return web_page(r, "desk/desk", v);
}

/* ---- around every page ------------------------------------------------------------------------------------------- */

static bool is_current(str path, str href)
{
    return str_eq(path, href) || (str_starts(path, href) && path.n > href.n && path.p[href.n] == '/');
}

/* The item after the place `at`, in order of `order` and then of the rooms: the few items are not worth a sort. */
static const nav_item *item_after(ctx *c, int *at)
{
    const nav_item *next = NULL;
    int place = 0, best = 0;
    for (const room *const *m = open_rooms(c); *m; m++)
        for (const nav_item *n = (*m)->nav; n && n->href; n++) {
            int here = n->order * 1000 + place++;
            if (here <= *at || !(n->who & WHO(c->who.role)) || (next && here >= best)) continue;
            next = n, best = here;
        }
    *at = best;
    return next;
}

/* One's own desk, cases, what is public and money, organisations, reference, administration: a line between each two. */
static bool in_one_group(int x, int y)
{
    static const int begins[] = {20, 50, 70, 90, 800};
    for (int i = 0; i < countof(begins); i++)
        if (x < begins[i] && y >= begins[i]) return false;
    return true;
}

static err rail(req *r, view *nav)
{
    ctx *c = r->ctx;
    int at = -1;
    const nav_item *before = NULL;
    for (const nav_item *next; (next = item_after(c, &at)); before = next) {
        view *one = view_add_map(nav);
        str href = str_of(next->href);
        view_text(one, S("href"), href);
        view_bool(one, S("begins"), before && !in_one_group(before->order, next->order));
        view_text(one, S("label"), tr(c->lang, next->label));
        view_text(one, S("icon"), str_of(next->icon));
        view_bool(one, S("current"), is_current(r->path, href));
        int64_t count = 0;
        if (next->count) TRY(next->count(c, &count));
        view_int(one, S("count"), count);
    }
    return NO_ERR;
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
    TRY(counter_globals(c, v));
    TRY(deputy_globals(c, v));
    view *me = view_get(v, S("me")); /* not beside it: a page about somebody's posts has that name itself */
    if (me) {
        TRY(account_posts(c, me, S("posts")));
        view_bool(me, S("several_posts"), view_get(me, S("posts"))->n > 1);
    }
    return rail(r, view_put_list(v, S("nav")));
}

static const route routes[] = {
    {GET, "/desk", SIGNED_IN, show_desk, N_("Read what waits for oneself"), .counter = COUNTER_ANY},
    {0},
};
static const nav_item nav[] = {{"/desk", N_("To do"), "checklist", SIGNED_IN, 10, NULL}, {0}};

const room desk_room = {
    .name = "desk",
    .routes = (const route *const[]){routes, NULL},
    .nav = nav,
};
