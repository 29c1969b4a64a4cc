/* SPDX-License-Identifier: Apache-2.0 */
/* mentoring_page.c: the list of mentorings and one with its log. */
#include "gen/room/matching/mentoring_sql.h"
#include "room/account/account.h"
#include "room/matching/mentoring.h"
#include "room/matching/need.h"
#include "room/member/member.h"

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/mentorings/%lld", (long long)id); }

static void finish_row(ctx *c, view *row)
{
    view_choice(c->lang, row, S("topic"), need_topics);
    view_choice(c->lang, row, S("state"), mentoring_states);
}

static err read_rows(ctx *c, view *v, int64_t before, str state)
{
    bool officer = (WHO(c->who.role) & NEED_OFFICERS) != 0;
    if (officer && state.n) return store_rows(c, &mentoring_in_state, v, S("items"), ARGS(before, state));
    if (officer) return store_rows(c, &mentoring_newest, v, S("items"), ARGS(before));
    if (state.n) return store_rows(c, &mentoring_of_org_in_state, v, S("items"), ARGS(before, c->who.org, state));
    return store_rows(c, &mentoring_of_org, v, S("items"), ARGS(before, c->who.org));
}

/* GET /mentorings */
static err list_mentorings(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    str state = str_trim(req_arg(r, "state"));
    view *v = view_map(c->a);
    web_title(r, v, N_("One helps one"), (str){0});
    TRY(read_rows(c, v, before, state));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) finish_row(c, row);
    view *by_state = web_filter(r, v, "state", N_("State"));
    for (const struct choice *s = mentoring_states; s->code; s++) web_filter_option(by_state, str_of(s->code), tr(c->lang, s->label));
    view_bool(v, S("may_propose"), (WHO(c->who.role) & NEED_MOVERS) != 0);
    view_bool(v, S("filtered"), state.n > 0);
    web_cut(v, 50, "id");
    return web_page(r, "matching/mentorings", v);
}

/* Enterprises and agencies of the zone, one list. */
static err mentor_options(ctx *c, view *v, view *form)
{
    view *all = view_list(c->a);
    static const char *const kinds[] = {"agencies", "enterprises"};
    TRY(member_options(c, S("agency"), v, S("agencies")));
    TRY(member_options(c, S("enterprise"), v, S("enterprises")));
    for (int k = 0; k < countof(kinds); k++)
        for (const view *row = view_get(v, str_of(kinds[k]))->first; row; row = row->next) {
            view *one = view_add_map(all);
            view_int(one, S("code"), view_get_int(row, S("code"), 0));
            view_text(one, S("label"), view_get_text(row, S("label")));
        }
    form_options(form, "mentor", all);
    form_options(form, "startup", view_get(v, S("enterprises")));
    return NO_ERR;
}

/* GET /mentorings/new */
static err new_mentoring(req *r)
{
    ctx *c = r->ctx;
    mentoring_new blank = {.mentor = c->who.role == ROLE_AGENCY ? c->who.org : 0, .startup = c->who.role == ROLE_ENTERPRISE ? c->who.org : 0, .until_day = c->today + 180};
    view *v = view_map(c->a);
    web_title(r, v, N_("Propose a mentoring"), (str){0});
    web_crumb(r, v, S("/mentorings"), tr(c->lang, N_("One helps one")));
    form_show(r, v, "form", &mentoring_new_shape, &blank, S("/mentorings"), N_("Propose it"));
    TRY(mentor_options(c, v, view_get(v, S("form"))));
    return web_page(r, "matching/mentoring_new", v);
}

/* POST /mentorings */
static err propose(req *r)
{
    mentoring_new p;
    TRY(form_read(r, &mentoring_new_shape, &p));
    TRY(store_act(r->ctx, &mentoring_propose, &p));
    return web_made(r, path_of(r->ctx, p.id));
}

static err show_meetings(ctx *c, view *v, int64_t id)
{
    TRY(store_rows(c, &mentoring_meetings, v, S("meetings"), ARGS(id)));
    for (view *row = view_get(v, S("meetings"))->first; row; row = row->next) {
        person p;
        view_choice(c->lang, row, S("way"), meeting_ways);
        TRY(account_person(c, view_get_int(row, S("person_id"), 0), &p));
        view_text(row, S("written_by"), p.name);
    }
    return NO_ERR;
}

/* GET /mentorings/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    mentoring m;
    TRY(mentoring_get(c, req_id(r), &m));
    view *v = view_map(c->a);
    shape_view(&mentoring_shape, &m, v);
    finish_row(c, v);
    web_title(r, v, "{0}", str_fmt(c->a, SF " – " SF, SA(m.mentor_name), SA(m.startup_name)));
    web_crumb(r, v, S("/mentorings"), tr(c->lang, N_("One helps one")));
    TRY(show_meetings(c, v, m.id));
    mentoring_choices(c, &m, v, "choices");
    view_bool(v, S("can_decide"), view_get(v, S("choices"))->n > 0);
    view_text(v, S("move_action"), str_join(c->a, path_of(c, m.id), S("/moves")));
    bool party = c->who.org == m.mentor || c->who.org == m.startup;
    if (party && str_eqz(m.state, "running")) {
        meeting blank = {.id = m.id, .met_day = c->today};
        form_show(r, v, "meeting_form", &meeting_shape, &blank, str_join(c->a, path_of(c, m.id), S("/meetings")), N_("Write it down"));
    }
    return web_page(r, "matching/mentoring", v);
}

/* POST /mentorings/{id}/moves */
static err move(req *r)
{
    mentoring_move_in m;
    TRY(form_read(r, &mentoring_move_shape, &m));
    m.id = req_id(r);
    TRY(store_act(r->ctx, &mentoring_move, &m));
    return web_go(r, path_of(r->ctx, m.id));
}

/* POST /mentorings/{id}/meetings */
static err write_down(req *r)
{
    meeting t;
    TRY(form_read(r, &meeting_shape, &t));
    t.id = req_id(r);
    TRY(store_act(r->ctx, &mentoring_log, &t));
    web_say(r, N_("The meeting is written down; both sides see it."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, t.id));
}

#define SIDES (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE))
const route mentoring_routes[] = {
    {GET, "/mentorings", NEED_READERS, list_mentorings, N_("List the mentorings, one helps one")},
    {GET, "/mentorings/new", NEED_MOVERS, new_mentoring, N_("Fields of a mentoring")},
    {POST, "/mentorings", NEED_MOVERS, propose, N_("Propose a mentoring"), .form = &mentoring_new_shape, .back = "/mentorings/new"},
    {GET, "/mentorings/{id}", NEED_READERS, show, N_("Read one mentoring and its log")},
    {POST, "/mentorings/{id}/moves", SIDES, move, N_("Accept, decline or end a mentoring"), .form = &mentoring_move_shape, .back = "/mentorings/{id}"},
    {POST, "/mentorings/{id}/meetings", SIDES, write_down, N_("Write down a meeting of a mentoring"), .form = &meeting_shape, .back = "/mentorings/{id}"},
    {0},
};
