/* SPDX-License-Identifier: Apache-2.0 */
/* rating_page.c: what the public sees: the directory of agencies, one agency, three side by side, the formula, the ratings month by month. */
#include "room/rating/rating_page.h"

#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/member/member.h"
#include "room/rating/proposal.h"

enum { COMPARED = 3 };

str rating_percent(arena *a, int64_t per_mille) { return str_fmt(a, "%lld.%lld", (long long)(per_mille / 10), (long long)(per_mille % 10)); }

static void put_score(ctx *c, int64_t cases, int64_t low, int64_t high, view *into)
{
    view_int(into, S("cases"), cases);
    view_bool(into, S("ranked"), low >= 0);
    if (low < 0) return;
    view_text(into, S("score"), rating_percent(c->a, low));
    view_text(into, S("score_to"), rating_percent(c->a, high));
}

void rating_put(ctx *c, const rating *r, view *into)
{
    put_score(c, r->cases, r->score_low, r->score_high, into);
    view *rows = view_put_list(into, S("facts"));
    for (int i = 0; i < RATING_FACTS; i++) {
        view *row = view_add_map(rows);
        rating_interval w = rating_wilson(r->fact[i]);
        view_code(row, S("fact"), str_of(rating_rules[i].code), tr(c->lang, rating_rules[i].label));
        view_int(row, S("good"), r->fact[i].good);
        view_int(row, S("n"), r->fact[i].n);
        view_bool(row, S("known"), r->fact[i].n);
        view_text(row, S("share"), rating_percent(c->a, rating_share(r->fact[i])));
        view_text(row, S("low"), rating_percent(c->a, w.low));
        view_text(row, S("high"), rating_percent(c->a, w.high));
    }
}

static str name_of(const ctx *c, str name, str name_en) { return c->lang == LANG_EN && name_en.n ? name_en : name; }

static void crumb(req *r, view *v, const char *href, const char *label) { web_crumb(r, v, str_of(href), tr(r->ctx->lang, label)); }

static err put_month(ctx *c, int64_t run, view *v)
{
    rating_run u;
    if (!run) return NO_ERR;
    TRY(rating_run_get(c, run, &u));
    view_int(v, S("run"), run);
    view_text(v, S("month"), month_text(c->a, u.month));
    return NO_ERR;
}

/* ---- the directory ----------------------------------------------------------------------------------------------------- */

static void put_filters(req *r, view *v)
{
    static const struct { int least; const char *label; } scores[] = {{300, "30"}, {500, "50"}, {700, "70"}, {850, "85"}};
    web_filter_choices(r, v, "kind", N_("Kind of service"), catalogue_kinds);
    view *least = web_filter(r, v, "score", N_("Score at least"));
    for (int i = 0; i < countof(scores); i++) web_filter_option(least, str_fmt(r->ctx->a, "%d", scores[i].least), str_of(scores[i].label));
}

/* Three selects of all agencies: what is compared side by side. */
static err put_selects(req *r, view *v)
{
    ctx *c = r->ctx;
    static const char *const names[COMPARED] = {"a", "b", "c"};
    view *selects = view_put_list(v, S("selects"));
    for (int i = 0; i < COMPARED; i++) {
        view *one = view_add_map(selects);
        int64_t chosen = req_arg_int(r, names[i], 0);
        view_text(one, S("name"), str_of(names[i]));
        view_int(one, S("number"), i + 1);
        TRY(store_rows(c, &rating_agencies, one, S("options"), NO_ARGS));
        for (view *o = view_get(one, S("options"))->first; o; o = o->next) {
            view_text(o, S("label"), name_of(c, view_get_text(o, S("label")), view_get_text(o, S("name_en"))));
            view_bool(o, S("selected"), view_get_int(o, S("code"), -1) == chosen);
        }
    }
    return NO_ERR;
}

/* GET /agencies */
static err directory(req *r)
{
    ctx *c = r->ctx;
    int64_t after[2], run, kind = req_arg_int(r, "kind", 0), least = req_arg_int(r, "score", -1);
    TRY(req_after(r, after, 2));
    TRY(rating_last_run(c, &run));
    view *v = view_map(c->a);
    web_title(r, v, N_("Directory of agencies"), (str){0});
    if (kind) TRY(store_rows(c, &rating_directory_of_kind, v, S("items"), ARGS(run, after[0], after[1], least, kind)));
    else TRY(store_rows(c, &rating_directory, v, S("items"), ARGS(run, after[0], after[1], least)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        view_text(row, S("name"), name_of(c, view_get_text(row, S("name")), view_get_text(row, S("name_en"))));
        put_score(c, view_get_int(row, S("cases"), 0), view_get_int(row, S("score_low"), -1), view_get_int(row, S("score_high"), -1), row);
    }
    TRY(put_month(c, run, v));
    put_filters(r, v);
    TRY(put_selects(r, v));
    web_cut(v, 50, "place.agency");
    return web_page(r, "rating/directory", v);
}

/* ---- one agency -------------------------------------------------------------------------------------------------------- */

static err agency_get(ctx *c, int64_t id, org *out)
{
    err e = member_get(c, id, out);
    if (e.kind == ERR_MISSING || (!e.kind && !str_eqz(out->kind, "agency"))) return err_of(ERR_MISSING, "", N_("There is no such agency."));
    return e;
}

static err put_kinds(ctx *c, int64_t agency, view *v)
{
    TRY(store_rows(c, &rating_kinds_of, v, S("kinds"), ARGS(agency)));
    for (view *row = view_get(v, S("kinds"))->first; row; row = row->next) view_text(row, S("label"), catalogue_kind(c, view_get_int(row, S("category"), 1)));
    return NO_ERR;
}

/* The facts of the last rating; without one, or without a case in it, empty ones. */
static err put_last(ctx *c, int64_t agency, view *v)
{
    int64_t run;
    bool found = false;
    rating of = {.agency = agency, .score_low = -1, .score_high = -1};
    TRY(rating_last_run(c, &run));
    if (run) TRY(rating_of(c, run, agency, &of, &found));
    rating_put(c, &of, v);
    return put_month(c, run, v);
}

static err put_former(ctx *c, int64_t agency, view *v)
{
    list all;
    TRY(store_list(c, &rating_results_of_agency, &rating_shape, &all, ARGS(agency)));
    view *rows = view_put_list(v, S("former"));
    for (const rating *of = all.items; of < (const rating *)all.items + all.n; of++) {
        view *row = view_add_map(rows);
        view_int(row, S("run"), of->run);
        view_text(row, S("month"), month_text(c->a, of->month));
        put_score(c, of->cases, of->score_low, of->score_high, row);
    }
    return NO_ERR;
}

/* GET /agencies/{id} */
static err show_agency(req *r)
{
    ctx *c = r->ctx;
    org o;
    TRY(agency_get(c, req_id(r), &o));
    view *v = view_map(c->a);
    view_int(v, S("id"), o.id);
    view_text(v, S("uscc"), o.uscc);
    view_text(v, S("address"), o.address);
    view_bool(v, S("suspended"), str_eqz(o.state, "suspended"));
    view_bool(v, S("left"), str_eqz(o.state, "left"));
    web_title(r, v, "{0}", org_name(c, &o));
    crumb(r, v, "/agencies", N_("Directory of agencies"));
    TRY(put_kinds(c, o.id, v));
    TRY(put_last(c, o.id, v));
    TRY(put_former(c, o.id, v));
    TRY(proposal_show(c, o.id, v, S("decisions")));
    TRY(store_rows(c, &rating_levels_of, v, S("levels"), ARGS(o.id)));
    TRY(store_rows(c, &rating_words_of, v, S("words"), ARGS(o.id)));
    return web_page(r, "rating/agency", v);
}

/* ---- side by side ------------------------------------------------------------------------------------------------------ */

/* A row a fact, a cell an agency: the columns are short lists in the same order. */
static void put_rows(ctx *c, const rating *of, int n, view *v)
{
    view *rows = view_put_list(v, S("rows"));
    for (int i = 0; i < RATING_FACTS; i++) {
        view *row = view_add_map(rows);
        view_text(row, S("label"), tr(c->lang, rating_rules[i].label));
        view *cells = view_put_list(row, S("cells"));
        for (int k = 0; k < n; k++) {
            view *cell = view_add_map(cells);
            rating_interval w = rating_wilson(of[k].fact[i]);
            view_bool(cell, S("known"), of[k].fact[i].n);
            view_int(cell, S("good"), of[k].fact[i].good);
            view_int(cell, S("n"), of[k].fact[i].n);
            view_text(cell, S("low"), rating_percent(c->a, w.low));
            view_text(cell, S("high"), rating_percent(c->a, w.high));
        }
    }
}

/* GET /agencies/compare?a=1&b=2&c=3 */
static err compare(req *r)
{
    ctx *c = r->ctx;
    static const char *const names[COMPARED] = {"a", "b", "c"};
    rating of[COMPARED];
    int n = 0;
    int64_t run;
    view *v = view_map(c->a), *columns = view_put_list(v, S("items"));
    TRY(rating_last_run(c, &run));
    for (int i = 0; i < COMPARED; i++) {
        org o;
        bool found = false;
        int64_t id = req_arg_int(r, names[i], 0);
        if (!id) continue;
        TRY(agency_get(c, id, &o));
        of[n] = (rating){.agency = id, .score_low = -1, .score_high = -1};
        if (run) TRY(rating_of(c, run, id, &of[n], &found));
        view *column = view_add_map(columns);
        view_int(column, S("agency"), id);
        view_text(column, S("name"), org_name(c, &o));
        rating_put(c, &of[n], column);
        TRY(put_kinds(c, id, column));
        n++;
    }
    put_rows(c, of, n, v);
    TRY(put_month(c, run, v));
    TRY(put_selects(r, v));
    web_title(r, v, N_("Agencies side by side"), (str){0});
    crumb(r, v, "/agencies", N_("Directory of agencies"));
    return web_page(r, "rating/compare", v);
}

/* ---- the formula and the months ------------------------------------------------------------------------------------------ */

/* GET /ratings/formula */
static err formula(req *r)
{
    static const rating_fact examples[] = {{1, 1}, {5, 5}, {19, 20}, {38, 40}, {190, 200}};
    ctx *c = r->ctx;
    rating_limits limits;
    TRY(proposal_limits(c, &limits));
    view *v = view_map(c->a), *rows = view_put_list(v, S("items")), *shown = view_put_list(v, S("examples"));
    for (int i = 0; i < RATING_FACTS; i++) {
        view *row = view_add_map(rows);
        view_code(row, S("fact"), str_of(rating_rules[i].code), tr(c->lang, rating_rules[i].label));
        view_text(row, S("says"), tr(c->lang, rating_rules[i].says));
        view_int(row, S("weight"), rating_rules[i].weight);
    }
    for (int i = 0; i < countof(examples); i++) {
        view *row = view_add_map(shown);
        rating_interval w = rating_wilson(examples[i]);
        view_int(row, S("good"), examples[i].good);
        view_int(row, S("n"), examples[i].n);
        view_text(row, S("share"), rating_percent(c->a, rating_share(examples[i])));
        view_text(row, S("low"), rating_percent(c->a, w.low));
        view_text(row, S("high"), rating_percent(c->a, w.high));
    }
    view_int(v, S("least"), RATED_FROM);
    view_int(v, S("commend"), limits.commend_from / 10);
    view_int(v, S("warn"), limits.warn_below / 10);
    view_int(v, S("suspend"), limits.suspend_below / 10);
    web_title(r, v, N_("How agencies are rated"), (str){0});
    crumb(r, v, "/agencies", N_("Directory of agencies"));
    return web_page(r, "rating/formula", v);
}

/* GET /ratings */
static err list_runs(req *r)
{
    ctx *c = r->ctx;
    int64_t before, had, last = month_of(c->today) - 1;
    TRY(req_before(r, &before));
    TRY(store_int(c, &rating_run_of_month, &had, ARGS(last)));
    view *v = view_map(c->a);
    TRY(store_rows(c, &rating_runs_before, v, S("items"), ARGS(before)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) view_text(row, S("month"), month_text(c->a, view_get_int(row, S("month"), 0)));
    web_title(r, v, N_("Ratings"), (str){0});
    crumb(r, v, "/agencies", N_("Directory of agencies"));
    view_bool(v, S("decides"), WHO(c->who.role) & OFFICERS);
    view_bool(v, S("may_run"), c->who.role == ROLE_ALLIANCE && !had);
    view_int(v, S("last_month"), last);
    view_text(v, S("last_month_text"), month_text(c->a, last));
    web_cut(v, 50, "id");
    return web_page(r, "rating/runs", v);
}

/* GET /ratings/{id}: the month's ranking, computed once more while it is shown */
static err show_run(req *r)
{
    ctx *c = r->ctx;
    int64_t after[2];
    bool same;
    list all;
    rating_run u;
    TRY(req_after(r, after, 2));
    TRY(rating_run_get(c, req_id(r), &u));
    TRY(store_list(c, &rating_ranking, &rating_shape, &all, ARGS(u.id, after[0], after[1])));
    TRY(rating_prove(c, u.id, &same));
    view *v = view_map(c->a), *rows = view_put_list(v, S("items"));
    for (const rating *of = all.items; of < (const rating *)all.items + all.n; of++) {
        view *row = view_add_map(rows);
        view_int(row, S("agency"), of->agency);
        view_int(row, S("place"), of->place);
        view_text(row, S("name"), name_of(c, of->agency_name, of->agency_name_en));
        rating_put(c, of, row);
    }
    view_bool(v, S("same"), same);
    view_int(v, S("cases"), u.cases);
    view_time(v, S("made_at"), u.made_at);
    view_day(v, S("from_day"), day_of_time(u.from_at));
    view_day(v, S("to_day"), day_of_time(u.to_at) - 1);
    web_title(r, v, N_("Rating of {0}"), month_text(c->a, u.month));
    crumb(r, v, "/agencies", N_("Directory of agencies"));
    crumb(r, v, "/ratings", N_("Ratings"));
    web_cut(v, 50, "place.agency");
    return web_page(r, "rating/run", v);
}

/* GET /ratings/{id}/cases: the stored input of one agency's result, for itself and for officers */
static err show_cases(req *r)
{
    ctx *c = r->ctx;
    rating_run u;
    int64_t agency = c->who.role == ROLE_AGENCY ? c->who.org : req_arg_int(r, "agency", 0);
    TRY(rating_run_get(c, req_id(r), &u));
    view *v = view_map(c->a);
    TRY(store_rows(c, &rating_cases_of, v, S("items"), ARGS(u.id, agency)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        static const char *const facts[] = {"success", "timely", "first_pass", "price_kept", "unobjected"};
        view_bool(row, S("of_agreement"), str_eqz(view_get_text(row, S("kind")), "agreement"));
        for (int i = 0; i < countof(facts); i++) {
            int64_t was = view_get_int(row, str_of(facts[i]), -1);
            view_code(row, str_of(facts[i]), was < 0 ? S("unknown") : was ? S("yes") : S("no"), was < 0 ? S("–") : tr(c->lang, was ? N_("yes") : N_("no")));
        }
    }
    web_title(r, v, N_("Cases of the rating of {0}"), month_text(c->a, u.month));
    crumb(r, v, "/ratings", N_("Ratings"));
    return web_page(r, "rating/cases", v);
}

/* POST /ratings */
static err run_now(req *r)
{
    rating_month m;
    TRY(form_read(r, &rating_month_shape, &m));
    TRY(store_act(r->ctx, &rating_compute, &m));
    web_say(r, N_("The month is rated."), (str){0}, (str){0});
    return web_made(r, str_fmt(r->ctx->a, "/ratings/%lld", (long long)m.id));
}

const route rating_routes[] = {
    {GET, "/agencies", ANYONE, directory, N_("Directory of the agencies with their ratings")},
    {GET, "/agencies/compare", ANYONE, compare, N_("Compare up to three agencies")},
    {GET, "/agencies/{id}", ANYONE, show_agency, N_("Read one agency: its rating, fact by fact")},
    {GET, "/ratings/formula", ANYONE, formula, N_("How agencies are rated")},
    {GET, "/ratings", ANYONE, list_runs, N_("List the months' ratings")},
    {GET, "/ratings/{id}", ANYONE, show_run, N_("Read a month's rating")},
    {GET, "/ratings/{id}/cases", OFFICERS | WHO(ROLE_AGENCY), show_cases, N_("Read the cases that a rating counted")},
    {POST, "/ratings", WHO(ROLE_ALLIANCE), run_now, N_("Rate a month that is over"), .form = &rating_month_shape},
    {0},
};
