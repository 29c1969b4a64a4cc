/* SPDX-License-Identifier: Apache-2.0 */
/* pace.c: half and nine of ten of the last six batches at each step; what waited out of all proportion is left out, and how many is said. */
#include "room/subsidy/pace.h"

#include "base/days.h"
#include "gen/room/subsidy/pace_sql.h"

/* The rule that the pages state: longer than five times the median and than ten working days is an outlier. */
enum { BATCHES = 6, OUTLIER_TIMES = 5, OUTLIER_DAYS = 10 };

typedef struct waited { int64_t days, cases; } waited;
SHAPE(waited, FIELD(waited, days, F_INT), FIELD(waited, cases, F_INT));

/* ---- keeping ------------------------------------------------------------------------------------------------------- */

err pace_write(ctx *c, const pace_tally *t)
{
    int64_t days;
    if (!t->n || workday_between(c->days, t->since_day, c->today, &days).kind) return NO_ERR; /* a year without a calendar */
    return store_run(c, &pace_put, NULL, ARGS(t->node, t->month, days, t->n));
}

static bool with_applicant(const flow_node *n) { return n->role == ROLE_AGENCY || n->role == ROLE_ENTERPRISE; }

err pace_count(ctx *c, pace_tally *t, const flow_move *m, const flow_case *k, int64_t month)
{
    if (m->from->kind != NODE_TASK || !m->choice || with_applicant(m->from)) return NO_ERR;
    bool alike = t->n && t->month == month && t->since_day == k->since_day;
    if (!alike) {
        TRY(pace_write(c, t));
        *t = (pace_tally){m->from->id, month, k->since_day, 0};
    }
    t->n++;
    return NO_ERR;
}

/* ---- showing ------------------------------------------------------------------------------------------------------- */

static int64_t cases_of(const list *all)
{
    int64_t n = 0;
    for (const waited *w = all->items; w < (const waited *)all->items + all->n; w++) n += w->cases;
    return n;
}

/* Nearest rank: the smallest wait that at least `percent` of all do not exceed. */
static int64_t rank(const list *all, int percent)
{
    const waited *w = all->items;
    int64_t wanted = (cases_of(all) * percent + 99) / 100;
    while ((wanted -= w->cases) > 0) w++;
    return w->days;
}

/* The waits stand in order, so outliers are the tail. */
static int64_t cut_outliers(list *all)
{
    int64_t before = cases_of(all), limit = rank(all, 50) * OUTLIER_TIMES;
    if (limit < OUTLIER_DAYS) limit = OUTLIER_DAYS;
    while (((const waited *)all->items)[all->n - 1].days > limit) all->n--;
    return before - cases_of(all);
}

static err show_step(ctx *c, const flow_node *n, view *row)
{
    list all;
    int64_t batches, left_out = 0;
    TRY(store_list(c, &pace_of_step, &waited_shape, &all, ARGS(n->id, BATCHES)));
    TRY(store_int(c, &pace_batches_of_step, &batches, ARGS(n->id, BATCHES)));
    if (all.n) left_out = cut_outliers(&all);
    view_text(row, S("id"), n->id);
    view_text(row, S("name"), flow_node_name(n, c->lang));
    view_int(row, S("batches"), batches);
    view_int(row, S("n"), cases_of(&all));
    view_int(row, S("left_out"), left_out);
    if (!all.n) return NO_ERR;
    view_int(row, S("p50"), rank(&all, 50));
    view_int(row, S("p90"), rank(&all, 90));
    return NO_ERR;
}

err subsidy_show_pace(ctx *c, const flow *f, str node, view *into)
{
    view *out = view_put_list(into, S("batch_pace"));
    for (int i = 0; i < f->node_n; i++) {
        const flow_node *n = &f->nodes[i];
        bool wanted = n->kind == NODE_TASK && !with_applicant(n) && (!node.n || str_eq(n->id, node));
        if (wanted) TRY(show_step(c, n, view_add_map(out)));
    }
    return NO_ERR;
}
