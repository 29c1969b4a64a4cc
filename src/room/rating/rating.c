/* SPDX-License-Identifier: Apache-2.0 */
/* rating.c: the month's run: takes the cases, counts the facts, writes the scores; and proves them from the stored cases. */
#include "room/rating/rating.h"

#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/rating/feedback.h"
#include "room/rating/proposal.h"
#include "room/rating/rating_page.h"

enum { MONTHS = 12 }; /* whose cases count */

#define FACT(place, code) \
    {.name = code "_good", .kind = F_INT, .at = (int)offsetof(rating, fact[place].good)}, {.name = code "_n", .kind = F_INT, .at = (int)offsetof(rating, fact[place].n)}
SHAPE(rating, FIELD(rating, run, F_ID), FIELD(rating, month, F_INT), FIELD(rating, agency, F_ID), FIELD(rating, cases, F_INT), FACT(FACT_SUCCESS, "success"),
      FACT(FACT_TIMELINESS, "timeliness"), FACT(FACT_FIRST_PASS, "first_pass"), FACT(FACT_SATISFACTION, "satisfaction"), FACT(FACT_PRICE, "price"),
      FACT(FACT_OBJECTIONS, "objections"), FIELD(rating, score_low, F_INT), FIELD(rating, score_high, F_INT), FIELD(rating, place, F_INT),
      FIELD(rating, agency_name, F_TEXT), FIELD(rating, agency_name_en, F_TEXT));
SHAPE(rating_run, FIELD(rating_run, id, F_ID), FIELD(rating_run, month, F_INT), FIELD(rating_run, from_at, F_TIME), FIELD(rating_run, to_at, F_TIME),
      FIELD(rating_run, made_at, F_TIME), FIELD(rating_run, cases, F_INT));
SHAPE(rating_month, FIELD(rating_month, month, F_INT, .flags = F_REQUIRED, .min = 2000 * 12, .max = 2100 * 12), FIELD(rating_month, id, F_ID, .flags = F_RESULT));

/* ---- reading ------------------------------------------------------------------------------------------------------- */

err rating_run_get(ctx *c, int64_t id, rating_run *out)
{
    err e = store_row(c, &rating_run_row, &rating_run_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such rating.")) : e;
}

err rating_last_run(ctx *c, int64_t *id) { return store_int(c, &rating_last, id, NO_ARGS); }

err rating_of(ctx *c, int64_t run, int64_t agency, rating *out, bool *found) { return store_find(c, &rating_result_of, &rating_shape, out, found, ARGS(run, agency)); }

/* ---- computing ------------------------------------------------------------------------------------------------------- */

/* What follows from the stored cases of a run, an agency each. */
static err compute(ctx *c, int64_t run, list *out)
{
    TRY(store_list(c, &rating_sums, &rating_shape, out, ARGS(run)));
    for (rating *r = out->items; r < (rating *)out->items + out->n; r++) {
        rating_interval score = rating_score(r->fact);
        r->run = run;
        r->score_low = r->cases < RATED_FROM ? -1 : score.low;
        r->score_high = r->cases < RATED_FROM ? -1 : score.high;
    }
    return NO_ERR;
}

static err write_result(ctx *c, const rating *r)
{
    const rating_fact *f = r->fact;
    return store_run(c, &rating_add_result, NULL,
                     ARGS(r->run, r->agency, r->cases, f[0].good, f[0].n, f[1].good, f[1].n, f[2].good, f[2].n, f[3].good, f[3].n, f[4].good, f[4].n, f[5].good,
                          f[5].n, r->score_low, r->score_high));
}

static err run_month(ctx *c, void *in)
{
    rating_month *m = in;
    list all;
    int64_t from = day_start(month_first(m->month - MONTHS + 1)), to = day_start(month_first(m->month + 1)), had;
    if (m->month >= month_of(c->today)) return err_of(ERR_INPUT, "month", N_("A month is rated when it is over."));
    TRY(store_int(c, &rating_run_of_month, &had, ARGS(m->month)));
    if (had) return err_with(ERR_CONFLICT, "month", N_("{0} is rated already; its result stands."), month_text(c->a, m->month), (str){0}, (str){0});
    TRY(store_next_id(c, S("rating_run"), &m->id));
    TRY(store_run(c, &rating_add_run, NULL, ARGS(m->id, m->month, from, to, c->now, c->who.person)));
    TRY(store_run(c, &rating_take_applications, NULL, ARGS(m->id, from, to)));
    TRY(store_run(c, &rating_take_agreements, NULL, ARGS(m->id, from, to)));
    TRY(store_run(c, &rating_count_cases, NULL, ARGS(m->id)));
    TRY(compute(c, m->id, &all));
    for (const rating *r = all.items; r < (const rating *)all.items + all.n; r++) {
        TRY(write_result(c, r));
        TRY(proposal_make(c, r));
    }
    return NO_ERR;
}
const action rating_compute = {"rating_compute", &rating_month_shape, run_month, 0};

static bool equal(const rating *x, const rating *y)
{
    bool same = x->agency == y->agency && x->cases == y->cases && x->score_low == y->score_low && x->score_high == y->score_high;
    for (int i = 0; same && i < RATING_FACTS; i++) same = x->fact[i].good == y->fact[i].good && x->fact[i].n == y->fact[i].n;
    return same;
}

err rating_prove(ctx *c, int64_t run, bool *same)
{
    list now, then;
    TRY(compute(c, run, &now));
    TRY(store_list(c, &rating_results, &rating_shape, &then, ARGS(run)));
    *same = now.n == then.n;
    for (int i = 0; *same && i < now.n; i++) *same = equal((const rating *)now.items + i, (const rating *)then.items + i);
    return NO_ERR;
}

/* The month before is rated on the first day of a month, by itself. */
static err day_begins(ctx *c)
{
    int64_t had;
    rating_month last = {.month = month_of(c->today) - 1};
    if (c->today != month_first(last.month + 1)) return NO_ERR;
    TRY(store_int(c, &rating_run_of_month, &had, ARGS(last.month)));
    return had ? NO_ERR : run_month(c, &last);
}

static err todo(ctx *c, view *out)
{
    TRY(feedback_todo(c, out));
    return proposal_todo(c, out);
}

static const nav_item nav[] = {{"/agencies", N_("Agencies"), "users", SIGNED_IN, 75, NULL}, {0}};
static const action *const actions[] = {&rating_compute, &feedback_give, &feedback_reply, &proposal_decide, &proposal_appeal, &proposal_judge, NULL};

const room rating_room = {
    .name = "rating",
    .routes = (const route *const[]){rating_routes, feedback_routes, proposal_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){rating_statements, NULL},
    .nav = nav,
    .day_begins = day_begins,
    .todo = todo,
};
