/* SPDX-License-Identifier: Apache-2.0 */
/* proposal.c: a proposal's way: proposed by the figures, decided by a person, appealed, judged by another. */
#include "room/rating/proposal.h"

#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/admission/admission.h"
#include "room/message/message.h"
#include "room/rating/rating_page.h"

enum { QUIET_DAYS = 90, APPEAL_WORKDAYS = 15 }; /* the same is not proposed again so soon */

typedef struct proposal {
    int64_t id, run, month, agency, score_low, score_high, made_day, decided_by, decided_day, appealed_day, judged_by, judged_day;
    str kind, state, note, appeal, judgement, agency_name, agency_name_en;
} proposal;
SHAPE(proposal, FIELD(proposal, id, F_ID), FIELD(proposal, run, F_ID), FIELD(proposal, month, F_INT), FIELD(proposal, agency, F_ID), FIELD(proposal, kind, F_TEXT),
      FIELD(proposal, score_low, F_INT), FIELD(proposal, score_high, F_INT), FIELD(proposal, state, F_TEXT), FIELD(proposal, made_day, F_DAY),
      FIELD(proposal, decided_by, F_ID), FIELD(proposal, decided_day, F_DAY), FIELD(proposal, note, F_TEXT), FIELD(proposal, appeal, F_TEXT),
      FIELD(proposal, appealed_day, F_DAY), FIELD(proposal, judged_by, F_ID), FIELD(proposal, judged_day, F_DAY), FIELD(proposal, judgement, F_TEXT),
      FIELD(proposal, agency_name, F_TEXT), FIELD(proposal, agency_name_en, F_TEXT));

static const struct choice kinds[] = {
    {"commend", N_("commendation"), "green"}, {"warn", N_("warning"), "yellow"}, {"suspend", N_("suspension"), "red"}, {0},
};
static const struct choice states[] = {
    {"open", N_("proposed"), "blue"},     {"confirmed", N_("confirmed"), "green"}, {"dismissed", N_("dismissed"), "secondary"},
    {"appealed", N_("appealed"), "blue"}, {"upheld", N_("upheld on appeal"), "green"}, {"lifted", N_("lifted on appeal"), "secondary"},
    {0},
};

static const struct choice decisions[] = {{"confirm", N_("Confirm it")}, {"dismiss", N_("Dismiss it")}, {0}};
static const struct choice judgements[] = {{"uphold", N_("The decision stands")}, {"lift", N_("Lift the decision")}, {0}};
#define VERDICT(of) \
    FIELD(proposal_verdict, id, F_ID, .flags = F_HIDDEN), FIELD(proposal_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = of), \
    FIELD(proposal_verdict, note, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .hint = N_("The agency reads it"), .max = 500)
static const field decide_fields[] = {VERDICT(decisions)};
static const field judge_fields[] = {VERDICT(judgements)};
static const shape decide_shape = {"proposal_decide", decide_fields, countof(decide_fields), sizeof(proposal_verdict)};
static const shape judge_shape = {"proposal_judge", judge_fields, countof(judge_fields), sizeof(proposal_verdict)};
static const field appeal_fields[] = {
    FIELD(proposal_appeal_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(proposal_appeal_in, appeal, F_LINES, .flags = F_REQUIRED, .label = N_("Why the decision is wrong"), .max = 2000),
};
static const shape appeal_shape = {"proposal_appeal", appeal_fields, countof(appeal_fields), sizeof(proposal_appeal_in)};

/* ---- rules ---------------------------------------------------------------------------------------------------------- */

err proposal_make(ctx *c, const rating *r)
{
    int64_t id, of_late;
    str kind = rating_proposes(r->cases, (rating_interval){r->score_low, r->score_high});
    if (!kind.n) return NO_ERR;
    TRY(store_int(c, &rating_same_of_late, &of_late, ARGS(r->agency, kind, c->today - QUIET_DAYS)));
    if (of_late) return NO_ERR;
    TRY(store_next_id(c, S("rating_proposal"), &id));
    return store_run(c, &rating_add_proposal, NULL, ARGS(id, r->run, r->agency, kind, r->score_low, r->score_high, c->today));
}

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/ratings/proposals/%lld", (long long)id); }

/* The alliance reads all; an agency its own once it is decided: a mere proposal says nothing about it. */
static err get(ctx *c, int64_t id, proposal *out)
{
    bool found;
    TRY(store_find(c, &rating_proposal_row, &proposal_shape, out, &found, ARGS(id)));
    bool decided = found && !str_eqz(out->state, "open") && !str_eqz(out->state, "dismissed");
    bool mine = decided && c->who.role == ROLE_AGENCY && out->agency == c->who.org;
    return found && (mine || (WHO(c->who.role) & OFFICERS)) ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such proposal."));
}

static err stale(const char *text) { return err_of(ERR_CONFLICT, "", text); }

static err tell_agency(ctx *c, const proposal *p, const char *text, str why) { return message_org(c, p->agency, text, month_text(c->a, p->month), why, (str){0}, path_of(c, p->id)); }

static err decide(ctx *c, void *in)
{
    static const struct { const char *kind, *text; } told[] = {
        {"commend", N_("The alliance commends you by the rating of {0}: {1}")},
        {"warn", N_("The alliance warns you by the rating of {0}: {1} You may appeal.")},
        {"suspend", N_("The alliance suspends you by the rating of {0}: {1} Running agreements go on. You may appeal.")},
    };
    proposal_verdict *d = in;
    proposal p;
    int64_t changed;
    TRY(get(c, d->id, &p));
    bool confirm = str_eqz(d->verdict, "confirm");
    TRY(store_run(c, &rating_decide_proposal, &changed, ARGS(p.id, confirm ? S("confirmed") : S("dismissed"), c->who.person, c->today, d->note)));
    if (!changed) return stale(N_("It is decided already."));
    if (!confirm) return NO_ERR;
    if (!str_eqz(p.kind, "commend")) TRY(admission_follow(c, p.agency, str_z(c->a, p.kind), d->note));
    for (int i = 0; i < countof(told); i++)
        if (str_eqz(p.kind, told[i].kind)) return tell_agency(c, &p, told[i].text, d->note);
    return NO_ERR;
}
const action proposal_decide = {"proposal_decide", &decide_shape, decide, 0};

static err last_appeal(ctx *c, const proposal *p, int64_t *day) { return workday_add(c->days, p->decided_day, APPEAL_WORKDAYS, day); }

static err appeal(ctx *c, void *in)
{
    proposal_appeal_in *a = in;
    proposal p;
    int64_t changed, last;
    TRY(get(c, a->id, &p));
    if (str_eqz(p.kind, "commend")) return stale(N_("There is nothing to appeal against in a commendation."));
    if (!str_eqz(p.state, "confirmed")) return stale(N_("It was appealed against already."));
    TRY(last_appeal(c, &p, &last));
    if (c->today > last) return err_with(ERR_CONFLICT, "", N_("The time to appeal ended on {0}."), day_text(c->a, last), (str){0}, (str){0});
    TRY(store_run(c, &rating_appeal_proposal, &changed, ARGS(p.id, a->appeal, c->who.person, c->today)));
    if (!changed) return stale(N_("It was appealed against already."));
    return message_role(c, ROLE_ALLIANCE, N_("{0} appeals against a decision on its rating."), p.agency_name, (str){0}, (str){0}, path_of(c, p.id));
}
const action proposal_appeal = {"proposal_appeal", &appeal_shape, appeal, 0};

static err judge(ctx *c, void *in)
{
    proposal_verdict *d = in;
    proposal p;
    int64_t changed;
    TRY(get(c, d->id, &p));
    if (!str_eqz(p.state, "appealed")) return stale(N_("There is no appeal to judge."));
    if (p.decided_by == c->who.person) return err_of(ERR_DENIED, "", N_("Who confirmed the decision does not judge the appeal; a colleague does."));
    bool lift = str_eqz(d->verdict, "lift");
    TRY(store_run(c, &rating_judge_proposal, &changed, ARGS(p.id, lift ? S("lifted") : S("upheld"), c->who.person, c->today, d->note)));
    if (!changed) return stale(N_("There is no appeal to judge."));
    if (lift) TRY(admission_follow(c, p.agency, "reinstate", d->note));
    return tell_agency(c, &p, lift ? N_("Your appeal against the decision by the rating of {0} succeeded: {1}") : N_("Your appeal against the decision by the rating of {0} was not followed: {1}"), d->note);
}
const action proposal_judge = {"proposal_judge", &judge_shape, judge, 0};

/* ---- pages ---------------------------------------------------------------------------------------------------------- */

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
    if (alliance && str_eqz(p->state, "open")) form_show(r, v, "form", &decide_shape, &verdict, str_join(c->a, path_of(c, p->id), S("/decide")), N_("Decide"));
    if (alliance && str_eqz(p->state, "appealed") && p->decided_by != c->who.person)
        form_show(r, v, "form", &judge_shape, &verdict, str_join(c->a, path_of(c, p->id), S("/judge")), N_("Judge the appeal"));
    view_bool(v, S("for_a_colleague"), alliance && str_eqz(p->state, "appealed") && p->decided_by == c->who.person);
    if (!str_eqz(p->state, "confirmed") || str_eqz(p->kind, "commend")) return NO_ERR;
    TRY(last_appeal(c, p, &last));
    view_day(v, S("appeal_until_day"), last);
    if (c->who.role == ROLE_AGENCY && c->today <= last)
        form_show(r, v, "form", &appeal_shape, &appealing, str_join(c->a, path_of(c, p->id), S("/appeal")), N_("Appeal"));
    return NO_ERR;
}

/* GET /ratings/proposals/{id} */
static err show_proposal(req *r)
{
    ctx *c = r->ctx;
    proposal p;
    rating of;
    bool found;
    TRY(get(c, req_id(r), &p));
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
    return web_go(r, path_of(r->ctx, d.id));
}

/* POST /ratings/proposals/{id}/decide */
static err decide_it(req *r) { return take_verdict(r, &decide_shape, &proposal_decide, N_("The decision is on the record.")); }

/* POST /ratings/proposals/{id}/judge */
static err judge_it(req *r) { return take_verdict(r, &judge_shape, &proposal_judge, N_("The appeal is judged.")); }

/* POST /ratings/proposals/{id}/appeal */
static err appeal_it(req *r)
{
    proposal_appeal_in a;
    TRY(form_read(r, &appeal_shape, &a));
    a.id = req_id(r);
    TRY(store_act(r->ctx, &proposal_appeal, &a));
    web_say(r, N_("The appeal is lodged; somebody else at the alliance judges it."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, a.id));
}

err proposal_todo(ctx *c, view *out)
{
    list all;
    if (c->who.role != ROLE_ALLIANCE) return NO_ERR;
    TRY(store_list(c, &rating_proposals_waiting, &proposal_shape, &all, NO_ARGS));
    for (const proposal *p = all.items; p < (const proposal *)all.items + all.n; p++) {
        if (str_eqz(p->state, "appealed") && p->decided_by == c->who.person) continue;
        todo_add(c, out, &(todo_row){
            .kind = "rating", .kind_name = N_("Rating"), .title = str_fmt(c->a, SF " · " SF, SA(agency_name(c, p)), SA(choice_word(c->lang, kinds, p->kind))), .href = path_of(c, p->id),
            .step = p->state, .step_name = choice_word(c->lang, states, p->state), .since_day = str_eqz(p->state, "appealed") ? p->appealed_day : p->made_day});
    }
    return NO_ERR;
}

#define READS (OFFICERS | WHO(ROLE_AGENCY))
const route proposal_routes[] = {
    {GET, "/ratings/proposals", OFFICERS, list_proposals, N_("List what the ratings propose")},
    {GET, "/ratings/proposals/{id}", READS, show_proposal, N_("Read one proposal by the rating")},
    {POST, "/ratings/proposals/{id}/decide", WHO(ROLE_ALLIANCE), decide_it, N_("Confirm or dismiss a proposal"), .form = &decide_shape, .back = "/ratings/proposals/{id}"},
    {POST, "/ratings/proposals/{id}/appeal", WHO(ROLE_AGENCY), appeal_it, N_("Appeal against a decision on one's rating"), .form = &appeal_shape, .back = "/ratings/proposals/{id}"},
    {POST, "/ratings/proposals/{id}/judge", WHO(ROLE_ALLIANCE), judge_it, N_("Judge an appeal"), .form = &judge_shape, .back = "/ratings/proposals/{id}"},
    {0},
};
