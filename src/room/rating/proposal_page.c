/* SPDX-License-Identifier: Apache-2.0 */
/* proposal_page.c: what the ratings propose, one proposal with what may be done about it, and what waits. */
#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/rating/proposal.h"
#include "room/rating/rating_page.h"

static const struct choice kinds[] = {
    {"commend", N_("commendation"), "green"}, {"warn", N_("warning"), "yellow"}, {"suspend", N_("suspension"), "red"}, {0},
};
static const struct choice states[] = {
    {"open", N_("proposed"), "blue"},     {"confirmed", N_("confirmed"), "green"}, {"dismissed", N_("dismissed"), "secondary"},
    {"appealed", N_("appealed"), "blue"}, {"upheld", N_("upheld on appeal"), "green"}, {"lifted", N_("lifted on appeal"), "secondary"},
    {0},
};

static str agency_name(const ctx *c, const proposal *p) { return c->lang == LANG_EN && p->agency_name_en.n ? p->agency_name_en : p->agency_name; }

static void put_proposal(ctx *c, const proposal *p, view *v)
{
    shape_view(&proposal_shape, p, v);
    view_text(v, S("month"), month_text(c->a, p->month));
    view_text(v, S("agency_name"), agency_name(c, p));
    view_text(v, S("low"), rating_percent(c->a, p->score_low));
    view_text(v, S("high"), rating_percent(c->a, p->score_high));
    view_choice(c->lang, v, S("kind"), kinds);
    view_adopt(v, S("kind_tone"), view_copy(c->a, view_get(v, S("tone"))));
    view_choice(c->lang, v, S("state"), states);
}

static view *put_all(ctx *c, view *v, str name, const list *all)
{
    view *rows = view_put_list(v, name);
    for (int i = 0; i < all->n; i++) put_proposal(c, (const proposal *)all->items + i, view_add_map(rows));
    return rows;
}

err proposal_show(ctx *c, int64_t agency, view *into, str name)
{
    list all;
    TRY(store_list(c, &rating_proposals_of_agency, &proposal_shape, &all, ARGS(agency)));
    view *rows = put_all(c, into, name, &all);
    bool opens = (WHO(c->who.role) & OFFICERS) || (c->who.role == ROLE_AGENCY && c->who.org == agency);
    for (view *row = rows->first; row; row = row->next) view_bool(row, S("opens"), opens);
    return NO_ERR;
}

/* GET /ratings/proposals */
static err list_proposals(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    list all;
    TRY(req_before(r, &before));
    TRY(store_list(c, &rating_proposals_before, &proposal_shape, &all, ARGS(before)));
    view *v = view_map(c->a);
    web_title(r, v, N_("Proposals by the rating"), (str){0});
    web_crumb(r, v, S("/ratings"), tr(c->lang, N_("Ratings")));
    put_all(c, v, S("items"), &all);
    web_cut(v, 50, "id");
    return web_page(r, "rating/proposals", v);
}

static err show_acts(req *r, view *v, const proposal *p)
{
    ctx *c = r->ctx;
    int64_t last;
    const proposal_verdict verdict = {.id = p->id};
    const proposal_appeal_in appealing = {.id = p->id};
    bool alliance = c->who.role == ROLE_ALLIANCE;
    if (alliance && str_eqz(p->state, "open")) form_show(r, v, "form", &proposal_decide_shape, &verdict, str_join(c->a, proposal_path(c, p->id), S("/decide")), N_("Decide"));
    if (alliance && str_eqz(p->state, "appealed") && !proposal_is_own(c, p))
        form_show(r, v, "form", &proposal_judge_shape, &verdict, str_join(c->a, proposal_path(c, p->id), S("/judge")), N_("Judge the appeal"));
    view_bool(v, S("for_a_colleague"), alliance && str_eqz(p->state, "appealed") && proposal_is_own(c, p));
    if (!str_eqz(p->state, "confirmed") || str_eqz(p->kind, "commend")) return NO_ERR;
    TRY(proposal_last_appeal(c, p, &last));
    view_day(v, S("appeal_until_day"), last);
    if (c->who.role == ROLE_AGENCY && c->today <= last)
        form_show(r, v, "form", &proposal_appeal_shape, &appealing, str_join(c->a, proposal_path(c, p->id), S("/appeal")), N_("Appeal"));
    return NO_ERR;
}

/* GET /ratings/proposals/{id} */
static err show_proposal(req *r)
{
    ctx *c = r->ctx;
    proposal p;
    rating of;
    bool found;
    TRY(proposal_get(c, req_id(r), &p));
    view *v = view_map(c->a);
    put_proposal(c, &p, v);
    web_title(r, v, "{0}", view_get_text(v, S("agency_name")));
    web_crumb(r, v, S("/ratings"), tr(c->lang, N_("Ratings")));
    if (WHO(c->who.role) & OFFICERS) web_crumb(r, v, S("/ratings/proposals"), tr(c->lang, N_("Proposals by the rating")));
    TRY(rating_of(c, p.run, p.agency, &of, &found));
    if (found) rating_put(c, &of, v);
    TRY(show_acts(r, v, &p));
    return web_page(r, "rating/proposal", v);
}

static err take_verdict(req *r, const shape *sh, const action *act, const char *said)
{
    proposal_verdict d;
    TRY(form_read(r, sh, &d));
    d.id = req_id(r);
    TRY(store_act(r->ctx, act, &d));
    web_say(r, said, (str){0}, (str){0});
    return web_go(r, proposal_path(r->ctx, d.id));
}

/* POST /ratings/proposals/{id}/decide */
static err decide_it(req *r) { return take_verdict(r, &proposal_decide_shape, &proposal_decide, N_("The decision is on the record.")); }

/* POST /ratings/proposals/{id}/judge */
static err judge_it(req *r) { return take_verdict(r, &proposal_judge_shape, &proposal_judge, N_("The appeal is judged.")); }

/* POST /ratings/proposals/{id}/appeal */
static err appeal_it(req *r)
{
    proposal_appeal_in a;
    TRY(form_read(r, &proposal_appeal_shape, &a));
    a.id = req_id(r);
    TRY(store_act(r->ctx, &proposal_appeal, &a));
    web_say(r, N_("The appeal is lodged; somebody else at the alliance judges it."), (str){0}, (str){0});
    return web_go(r, proposal_path(r->ctx, a.id));
}

err proposal_todo(ctx *c, view *out)
{
    list all;
    if (c->who.role != ROLE_ALLIANCE) return NO_ERR;
    TRY(store_list(c, &rating_proposals_waiting, &proposal_shape, &all, NO_ARGS));
    for (const proposal *p = all.items; p < (const proposal *)all.items + all.n; p++) {
        if (str_eqz(p->state, "appealed") && proposal_is_own(c, p)) continue;
        todo_add(c, out, &(todo_row){
            .kind = "rating", .kind_name = N_("Rating"), .title = str_fmt(c->a, SF " · " SF, SA(agency_name(c, p)), SA(choice_word(c->lang, kinds, p->kind))), .href = proposal_path(c, p->id),
            .step = p->state, .step_name = choice_word(c->lang, states, p->state), .since_day = str_eqz(p->state, "appealed") ? p->appealed_day : p->made_day});
    }
    return NO_ERR;
}

#define READS (OFFICERS | WHO(ROLE_AGENCY))
const route proposal_routes[] = {
    {GET, "/ratings/proposals", OFFICERS, list_proposals, N_("List what the ratings propose")},
    {GET, "/ratings/proposals/{id}", READS, show_proposal, N_("Read one proposal by the rating")},
    {POST, "/ratings/proposals/{id}/decide", WHO(ROLE_ALLIANCE), decide_it, N_("Confirm or dismiss a proposal"), .form = &proposal_decide_shape, .back = "/ratings/proposals/{id}"},
    {POST, "/ratings/proposals/{id}/appeal", WHO(ROLE_AGENCY), appeal_it, N_("Appeal against a decision on one's rating"), .form = &proposal_appeal_shape, .back = "/ratings/proposals/{id}"},
    {POST, "/ratings/proposals/{id}/judge", WHO(ROLE_ALLIANCE), judge_it, N_("Judge an appeal"), .form = &proposal_judge_shape, .back = "/ratings/proposals/{id}"},
    {0},
};
