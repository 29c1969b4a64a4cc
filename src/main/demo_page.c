/* SPDX-License-Identifier: Apache-2.0 */
/* demo_page.c: the bar of a demonstration: become another person, go to the next working day. */
#include "main/cast.h"
#include "main/demo.h"
#include "room/account/account.h"
#include "room/desk/desk.h"

typedef struct demo_person { str login, next; } demo_person;
SHAPE(demo_person, FIELD(demo_person, login, F_TEXT, .flags = F_REQUIRED, .max = 60), FIELD(demo_person, next, F_TEXT, .flags = F_HIDDEN, .max = 500));

/* POST /demo/person */
static err change_person(req *r)
{
    demo_person f;
    person p;
    str token;
    TRY(form_read(r, &demo_person_shape, &f));
    TRY(account_of_login(r->ctx, f.login, &p));
    TRY(account_open_session(r->ctx, p.id, 0, &token));
    web_cookie(r, "sid", token, 0);
    return web_go(r, S("/desk"));
}

/* POST /demo/day: each day between begins too, so that timers end */
static err next_day(req *r)
{
    ctx *c = r->ctx;
    int64_t next;
    actor me = c->who;
    TRY(workday_add(c->days, house_today(), 1, &next));
    house_set_today(next);
    c->who = (actor){0};
    err e = house_begin_days(c);
    c->who = me;
    c->today = next;
    TRY(e);
    return web_go(r, c->who.person ? S("/desk") : S("/"));
}

const route demo_routes[] = {
    {POST, "/demo/person", ANYONE, change_person, N_("Become another person of the demonstration"), .form = &demo_person_shape, .counter = COUNTER_LEAVE},
    {POST, "/demo/day", ANYONE, next_day, N_("Go to the next working day of the demonstration"), .counter = COUNTER_LEAVE},
    {0},
};

err demo_globals(req *r, view *v)
{
    TRY(desk_globals(r, v));
    const house *h = r->ctx->house;
    if (!h->face.demo) return NO_ERR;
    view_text(v, S("csrf"), form_key(r)); /* the bar's forms stand on pages of nobody too */
    view *all = view_put_list(v, S("demo_people"));
    for (const cast_person *p = cast_people; p->login; p++) {
        view *one = view_add_map(all);
        view_text(one, S("login"), str_of(p->login));
        view_text(one, S("name"), str_of(p->name));
        view_text(one, S("role"), tr(r->ctx->lang, role_label[role_of(str_of(p->role))]));
        view_bool(one, S("current"), str_eqz(r->ctx->who.name, p->name));
    }
    return NO_ERR;
}
