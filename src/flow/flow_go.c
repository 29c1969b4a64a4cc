/* SPDX-License-Identifier: Apache-2.0 */
/* flow_go.c: one move: the way to the next rest, the actions on it, a row and a line of history. */
#include "flow/flow_parts.h"

#include "base/days.h"
#include "gen/flow/flow_sql.h"

/* What leaving a timer makes of a case: as after the move's first step. */
typedef struct { str timer; int64_t left; } left_over;

/* Cases that go the same way. */
typedef struct {
    const flow_node *rest;
    bool resumed;                    /* entered its timer by lf:resume */
    const flow_node **actions; int action_n;
    flow_case *cases; left_over *over; int n;
} leg;

/* A day computed once for equal askings; the cases of a batch mostly ask the same. */
typedef struct { bool is; int64_t of, day; } known_day;

/* ---- the way -------------------------------------------------------------------------------- */

/* Follows the edges from e to a rest. */
static void walk(leg *l, const flow_edge *e)
{
    for (;; e = e->to->out[0]) {
        l->rest = e->to;
        l->resumed = e->resume;
        if (e->to->kind != NODE_ACTION) return;
        l->actions[l->action_n++] = e->to;
    }
}

static leg leg_of(ctx *c, const flow_move *m)
{
    return (leg){.actions = new_n(c->a, const flow_node *, m->flow->node_n),
                 .cases = new_n(c->a, flow_case, m->n),
                 .over = new_n(c->a, left_over, m->n)};
}

static void add(leg *l, const flow_case *k, left_over o)
{
    l->cases[l->n] = *k;
    l->over[l->n++] = o;
}

/* The day of interruption counts as not elapsed; the day on which the timer began never counted. */
static err left_days(ctx *c, const flow_node *timer, const flow_case *k, int64_t *out)
{
    int64_t after = c->today > k->since_day ? c->today - 1 : k->since_day;
    if (timer->working) TRY(workday_between(c->days, after, k->timer_day, out));
    else *out = k->timer_day - after;
    if (*out < 0) *out = 0;
    return NO_ERR;
}

static err leave(ctx *c, const flow_move *m, const flow_case *k, left_over *out)
{
    *out = (left_over){k->timer, k->left_days};
    if (m->from->kind != NODE_TIMER) return NO_ERR;
    *out = (left_over){m->from->id, 0};
    return m->message.n ? left_days(c, m->from, k, &out->left) : NO_ERR;
}

/* legs[0] rests at the first rest; legs[1] are those whose timer there has no days left. */
static err part(ctx *c, const flow_move *m, const flow_edge *first, leg legs[2])
{
    legs[0] = leg_of(c, m);
    legs[1] = leg_of(c, m);
    walk(&legs[0], first);
    for (int i = 0; i < m->n; i++) {
        left_over o;
        TRY(leave(c, m, &m->cases[i], &o));
        bool over = legs[0].rest->kind == NODE_TIMER && legs[0].resumed && !o.left &&
                    str_eq(o.timer, legs[0].rest->id);
        add(&legs[over], &m->cases[i], o);
    }
    if (!legs[1].n) return NO_ERR;
    for (int i = 0; i < legs[0].action_n; i++) legs[1].actions[i] = legs[0].actions[i];
    legs[1].action_n = legs[0].action_n;
    walk(&legs[1], legs[0].rest->out[0]);
    return NO_ERR;
}

/* ---- where it comes to rest ----------------------------------------------------------------- */

static err timer_end(ctx *c, const leg *l, const left_over *o, known_day *known, int64_t *out)
{
    bool goes_on = l->resumed && o->left > 0 && str_eq(o->timer, l->rest->id);
    int64_t days = goes_on ? o->left : l->rest->timer_days;
    if (!known->is || known->of != days) {
        *known = (known_day){.is = true, .of = days, .day = c->today + days};
        if (l->rest->working) TRY(workday_add(c->days, c->today, days, &known->day));
    }
    *out = known->day;
    return NO_ERR;
}

/* An unknown calendar makes no due date, and blocks nothing. */
static int64_t due_day(ctx *c, const flow_node *rest)
{
    int64_t day;
    if (rest->kind != NODE_TASK || !rest->due_days) return 0;
    return workday_add(c->days, c->today, rest->due_days, &day).kind ? 0 : day;
}

static arg waited(ctx *c, const flow_case *k, known_day *known)
{
    if (!known->is || known->of != k->since_day) {
        *known = (known_day){.is = true, .of = k->since_day};
        if (workday_between(c->days, k->since_day, c->today, &known->day).kind) known->day = -1;
    }
    return known->day < 0 ? arg_null() : arg_int(known->day);
}

static err write_case(ctx *c, const flow_case *k, const flow_case *to)
{
    if (!k->version)
        return store_run(c, &flow_case_put, NULL,
                         ARGS(to->id, to->flow_id, to->flow, to->node, to->since_at, to->since_day,
                              to->due_day, to->timer, to->timer_day, to->closed_at,
                              to->started_by));
    int64_t changed;
    TRY(store_run(c, &flow_case_move, &changed,
                  ARGS(k->id, k->version, to->node, to->since_at, to->since_day, to->due_day,
                       to->timer, to->timer_day, to->left_days, to->closed_at, to->moved_by)));
    return changed ? NO_ERR : flow_moved_already(c, k->id);
}

static err write_leg(ctx *c, const flow_move *m, const leg *l)
{
    bool timer = l->rest->kind == NODE_TIMER;
    bool by_itself = m->from->kind == NODE_TIMER && !m->message.n;
    int64_t mover = c->who.person ? c->who.person : c->who.for_person;
    int64_t due = due_day(c, l->rest), closed = l->rest->kind == NODE_END ? c->now : 0;
    known_day ends = {0}, waits = {0};
    for (int i = 0; i < l->n; i++) {
        const flow_case *k = &l->cases[i];
        const left_over *o = &l->over[i];
        flow_case to = *k;
        to.node = l->rest->id;
        to.since_at = c->now;
        to.since_day = c->today;
        to.due_day = due;
        to.timer = timer ? l->rest->id : o->timer;
        to.left_days = timer ? -1 : o->left;
        to.timer_day = 0;
        if (timer) TRY(timer_end(c, l, o, &ends, &to.timer_day));
        to.closed_at = closed;
        to.moved_by = by_itself ? k->moved_by : mover;
        TRY(write_case(c, k, &to));
        TRY(store_run(c, &flow_history_put, NULL,
                      ARGS(k->id, k->version + 1, c->now, c->today, k->flow, k->node, to.node,
                           m->choice ? m->choice->id : (str){0}, m->message, m->note, c->who.person,
                           by_itself ? k->moved_by : c->who.for_person, c->who.org,
                           by_itself ? (str){0} : str_of(role_code[c->who.role]),
                           k->version ? waited(c, k, &waits) : arg_null(), by_itself ? 0 : c->who.mandate)));
    }
    return NO_ERR;
}

/* ---- the move ------------------------------------------------------------------------------- */

static err run_actions(ctx *c, const flow_move *m, const leg *l)
{
    for (int i = 0; i < l->action_n; i++) {
        const flow_action *t = flow_action_of(c->flows, m->flow, l->actions[i]->action);
        assert(t); /* proved when the flow was read */
        TRY(t->run(c, m));
    }
    return NO_ERR;
}

err flow_go(ctx *c, const flow_move *m, const flow_edge *first)
{
    assert(store_acting(c));
    leg legs[2];
    TRY(part(c, m, first, legs));
    flow_move moves[2];
    for (int i = 0; i < 2; i++) {
        moves[i] = *m;
        moves[i].to = legs[i].rest;
        moves[i].cases = legs[i].cases;
        moves[i].n = legs[i].n;
    }
    for (int i = 0; i < 2; i++)
        if (legs[i].n) TRY(run_actions(c, &moves[i], &legs[i]));
    for (int i = 0; i < 2; i++)
        if (legs[i].n) TRY(write_leg(c, &moves[i], &legs[i]));
    const flow_kind *k = flow_kind_of(c->flows, m->flow->name);
    for (int i = 0; i < 2; i++)
        if (legs[i].n && k && k->rested && m->from->kind != NODE_START)
            TRY(k->rested(c, &moves[i]));
    return NO_ERR;
}
