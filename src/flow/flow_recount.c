/* SPDX-License-Identifier: Apache-2.0 */
/* flow_recount.c: the calendar was amended: running timers and open tasks get their days anew. */
#include "flow/flow_parts.h"

#include "base/days.h"
#include "gen/flow/flow_sql.h"

typedef struct timer_row { int64_t id, since_day, timer_day; } timer_row;
SHAPE(timer_row, FIELD(timer_row, id, F_ID), FIELD(timer_row, since_day, F_DAY),
      FIELD(timer_row, timer_day, F_DAY));
typedef struct day_row { int64_t day; } day_row;
SHAPE(day_row, FIELD(day_row, day, F_DAY));
typedef struct version_id { int64_t id; } version_id;
SHAPE(version_id, FIELD(version_id, id, F_ID));

/* Whatever the paper says, an end is never moved into the past: nobody could have known it. */
static err new_end(ctx *c, const calendar *before, const timer_row *t, int64_t *out)
{
    int64_t days;
    TRY(workday_between(before, t->since_day, t->timer_day, &days));
    TRY(workday_add(c->days, t->since_day, days, out));
    if (*out < c->today) *out = c->today;
    return NO_ERR;
}

static err recount_timers(ctx *c, const calendar *before, const flow *f, const flow_node *n,
                          buf *moved)
{
    list all;
    TRY(store_list(c, &flow_timers_of, &timer_row_shape, &all, ARGS(f->id, n->id)));
    for (const timer_row *t = all.items; t < (const timer_row *)all.items + all.n; t++) {
        flow_timer_moved m = {.case_id = t->id, .old_day = t->timer_day};
        TRY(new_end(c, before, t, &m.new_day));
        if (m.new_day == m.old_day) continue;
        TRY(store_run(c, &flow_timer_set, NULL, ARGS(t->id, m.new_day)));
        buf_put(moved, (str){(const char *)&m, sizeof m});
    }
    return NO_ERR;
}

/* Tasks that began on one day are due on one day; a day still unknown stays unknown. */
static err recount_tasks(ctx *c, const flow *f, const flow_node *n)
{
    list days;
    TRY(store_list(c, &flow_waiting_since, &day_row_shape, &days, ARGS(f->name, n->id, f->id)));
    for (const day_row *d = days.items; d < (const day_row *)days.items + days.n; d++) {
        int64_t due;
        if (workday_add(c->days, d->day, n->due_days, &due).kind) continue;
        TRY(store_run(c, &flow_due_set, NULL, ARGS(f->name, n->id, f->id, d->day, due)));
    }
    return NO_ERR;
}

err flow_recount(ctx *c, const calendar *before, list *moved)
{
    assert(store_acting(c));
    list versions;
    buf found = buf_new(c->a, 1024);
    TRY(store_list(c, &flow_version_ids, &version_id_shape, &versions, NO_ARGS));
    for (const version_id *v = versions.items; v < (const version_id *)versions.items + versions.n; v++) {
        const flow *f;
        TRY(flow_version(c, v->id, &f));
        for (const flow_node *n = f->nodes; n < f->nodes + f->node_n; n++) {
            if (n->kind == NODE_TIMER && n->working) TRY(recount_timers(c, before, f, n, &found));
            if (n->kind == NODE_TASK && n->due_days) TRY(recount_tasks(c, f, n));
        }
    }
    int count = (int)(found.n / (size)sizeof(flow_timer_moved));
    flow_timer_moved *out = new_n(c->a, flow_timer_moved, count + 1);
    if (count) memcpy(out, found.p, (size_t)found.n);
    *moved = (list){out, count};
    return NO_ERR;
}
