/* SPDX-License-Identifier: Apache-2.0 */
/* flow.c: cases: who may decide, and the ways in which one is moved. */
#include "flow/flow_parts.h"

#include "base/days.h"
#include "gen/flow/flow_sql.h"

SHAPE(flow_case, FIELD(flow_case, id, F_ID), FIELD(flow_case, flow_id, F_ID),
      FIELD(flow_case, flow, F_TEXT), FIELD(flow_case, node, F_TEXT),
      FIELD(flow_case, version, F_INT), FIELD(flow_case, batch, F_ID),
      FIELD(flow_case, since_at, F_TIME), FIELD(flow_case, since_day, F_DAY),
      FIELD(flow_case, due_day, F_DAY), FIELD(flow_case, timer, F_TEXT),
      FIELD(flow_case, timer_day, F_DAY), FIELD(flow_case, left_days, F_INT),
      FIELD(flow_case, closed_at, F_TIME), FIELD(flow_case, started_by, F_ID),
      FIELD(flow_case, moved_by, F_ID));

static err sentence(err_kind kind, const char *where, const char *text, str a, str b)
{
    return err_with(kind, where, text, a, b, (str){0});
}

err flow_case_get(ctx *c, int64_t id, flow_case *out)
{
    err e = store_row(c, &flow_case_row, &flow_case_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such case.")) : e;
}

err flow_set_batch(ctx *c, int64_t case_id, int64_t batch)
{
    int64_t changed;
    TRY(store_run(c, &flow_case_batch, &changed, ARGS(case_id, batch)));
    return changed ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such case."));
}

err flow_begin(ctx *c, str name, int64_t *case_id)
{
    const flow *f;
    TRY(flow_current(c, name, &f));
    flow_case k = {.flow_id = f->id, .flow = f->name, .node = f->start->id, .left_days = -1};
    TRY(store_next_id(c, S("case"), &k.id));
    k.started_by = c->who.person ? c->who.person : c->who.for_person;
    TRY(flow_go(c, &(flow_move){.flow = f, .from = f->start, .cases = &k, .n = 1},
                f->start->out[0]));
    *case_id = k.id;
    return NO_ERR;
}

/* ---- who may -------------------------------------------------------------------------------- */

/* Four eyes work both ways: after a return the earlier task is decided after the later one. */
static bool must_differ(const flow_node *x, const flow_node *y)
{
    for (int i = 0; i < x->differs_n; i++)
        if (x->differs[i] == y) return true;
    for (int i = 0; i < y->differs_n; i++)
        if (y->differs[i] == x) return true;
    return false;
}

typedef struct decided { str node; } decided;
static const field decided_fields[] = {FIELD(decided, node, F_TEXT)};
static const shape decided_shape = {"decided", decided_fields, countof(decided_fields),
                                    sizeof(decided)};

static err four_eyes(ctx *c, const flow *f, const flow_node *n, const stmt *which, int64_t of)
{
    int64_t person = c->who.person, other = c->who.for_person ? c->who.for_person : person;
    list l;
    TRY(store_list(c, which, &decided_shape, &l, ARGS(of, person, other)));
    for (const decided *d = l.items; d < (const decided *)l.items + l.n; d++) {
        const flow_node *before = flow_node_of(f, d->node);
        if (before && must_differ(n, before))
            return sentence(
                ERR_DENIED, "",
                N_("You decided “{0}” before; “{1}” has to be decided by somebody else."),
                flow_node_name(before, c->lang), flow_node_name(n, c->lang));
    }
    return NO_ERR;
}

static bool has_four_eyes(const flow *f, const flow_node *n)
{
    for (int i = 0; i < f->node_n; i++)
        if (must_differ(n, &f->nodes[i])) return true;
    return false;
}

static err check_role(ctx *c, const flow_node *n)
{
    if (n->kind != NODE_TASK)
        return sentence(ERR_CONFLICT, "", N_("Nobody decides at “{0}”."),
                        flow_node_name(n, c->lang), (str){0});
    if (c->who.role == n->role) return NO_ERR;
    return sentence(ERR_DENIED, "", N_("“{0}” is decided by: {1}."), flow_node_name(n, c->lang),
                    tr(c->lang, role_label[n->role]));
}

err flow_may(ctx *c, const flow *f, const flow_node *n, int64_t case_id, int64_t batch)
{
    TRY(check_role(c, n));
    if (!has_four_eyes(f, n)) return NO_ERR;
    if (case_id) TRY(four_eyes(c, f, n, &flow_decided_case, case_id));
    if (batch && n->batch) TRY(four_eyes(c, f, n, &flow_decided_batch, batch));
    return NO_ERR;
}

/* ---- deciding ------------------------------------------------------------------------------- */

err flow_moved_already(ctx *c, int64_t id)
{
    flow_case k = {0};
    const flow *f;
    TRY(flow_case_get(c, id, &k));
    TRY(flow_version(c, k.flow_id, &f));
    return sentence(ERR_CONFLICT, "version",
                    N_("Somebody else moved it first: it is now at {0} (version {1})."),
                    flow_node_name(flow_node_of(f, k.node), c->lang),
                    str_fmt(c->a, "%lld", (long long)k.version));
}

static err check_open(ctx *c, const flow_node *n, const flow_case *k)
{
    str name = flow_node_name(n, c->lang);
    if (k->closed_at)
        return sentence(ERR_CONFLICT, "", N_("This case is closed: {0}."), name, (str){0});
    if (n->kind != NODE_TIMER) return NO_ERR;
    return sentence(ERR_CONFLICT, "",
                    N_("Nobody decides now: it waits at “{0}” until the end of {1}."), name,
                    day_words(c->a, k->timer_day, c->lang));
}

static err check_choice(ctx *c, const flow_node *n, str id, str note, const flow_edge **out)
{
    *out = flow_choice_of(n, id);
    if (*out && (!(*out)->needs_note || str_trim(note).n)) return NO_ERR;
    if (*out)
        return sentence(ERR_INPUT, "note", N_("“{0}” needs a reason. Please write it."),
                        flow_choice_name(*out, c->lang), (str){0});
    const flow_edge *choices[FLOW_CHOICES_MAX];
    int count = flow_choices(n, choices, FLOW_CHOICES_MAX);
    buf b = buf_new(c->a, 60);
    for (int i = 0; i < count; i++) buf_fmt(&b, "%s" SF, i ? ", " : "", SA(choices[i]->id));
    return err_with(ERR_INPUT, "choice", N_("“{1}” has no choice {0}. It has: {2}."), id,
                    flow_node_name(n, c->lang), buf_str(&b));
}

err flow_decide(ctx *c, int64_t case_id, int64_t version, str choice, str note)
{
    flow_case k = {0};
    const flow *f;
    TRY(flow_case_get(c, case_id, &k));
    TRY(flow_version(c, k.flow_id, &f));
    if (version != -1 && version != k.version) return flow_moved_already(c, case_id);
    const flow_node *n = flow_node_of(f, k.node);
    assert(n);
    const flow_edge *e;
    TRY(check_open(c, n, &k));
    TRY(flow_may(c, f, n, case_id, 0));
    if (n->batch)
        return sentence(ERR_CONFLICT, "", N_("“{0}” is decided for the month's batch at once."),
                        flow_node_name(n, c->lang), (str){0});
    TRY(check_choice(c, n, choice, note, &e));
    flow_move m = {.flow = f, .from = n, .choice = e, .note = note, .cases = &k, .n = 1};
    return flow_go(c, &m, e);
}

err flow_decide_batch(ctx *c, int64_t batch, const flow_case *cases, int n, str choice, str note)
{
    if (n < 1) return err_of(ERR_CONFLICT, "", N_("There is nothing here to decide."));
    const flow *f;
    TRY(flow_version(c, cases->flow_id, &f));
    const flow_node *at = flow_node_of(f, cases->node);
    assert(at);
    for (int i = 0; i < n; i++) {
        TRY(check_open(c, at, &cases[i]));
        if (cases[i].flow_id != cases->flow_id || !str_eq(cases[i].node, cases->node))
            return err_of(ERR_CONFLICT, "",
                          N_("These cases do not rest at the same step of the same flow."));
    }
    TRY(flow_may(c, f, at, 0, batch));
    if (has_four_eyes(f, at))
        for (int i = 0; i < n; i++) /* those that the batch's own question did not cover */
            if (!at->batch || !batch || cases[i].batch != batch)
                TRY(four_eyes(c, f, at, &flow_decided_case, cases[i].id));
    const flow_edge *e;
    TRY(check_choice(c, at, choice, note, &e));
    flow_move m = {.flow = f, .from = at, .choice = e, .note = note, .cases = cases, .n = n};
    return flow_go(c, &m, e);
}

/* ---- messages and days ---------------------------------------------------------------------- */

err flow_message(ctx *c, int64_t case_id, str message, str note)
{
    flow_case k = {0};
    const flow *f;
    TRY(flow_case_get(c, case_id, &k));
    TRY(flow_version(c, k.flow_id, &f));
    const flow_node *n = flow_node_of(f, k.node);
    assert(n);
    flow_move m = {.flow = f, .from = n, .message = message, .note = note, .cases = &k, .n = 1};
    bool over = k.timer_day && k.timer_day < c->today; /* but the timer has not fired yet */
    for (const flow_node *b = f->nodes; b < f->nodes + f->node_n && !over; b++)
        if (b->attached == n && str_eq(b->message, message))
            return flow_go(c, &m, b->out[0]);
    return sentence(ERR_CONFLICT, "", N_("It is at “{0}” now, where this can no longer come in."),
                    flow_node_name(n, c->lang), (str){0});
}

static bool goes_with(const flow_case *x, const flow_case *y)
{
    return x->batch && x->batch == y->batch && x->flow_id == y->flow_id && str_eq(x->node, y->node);
}

static err fire(ctx *c, const flow_case *cases, int n)
{
    const flow *f;
    TRY(flow_version(c, cases->flow_id, &f));
    const flow_node *timer = flow_node_of(f, cases->node);
    assert(timer && timer->kind == NODE_TIMER);
    c->who = (actor){.for_person = cases->moved_by};
    return flow_go(c, &(flow_move){.flow = f, .from = timer, .cases = cases, .n = n},
                   timer->out[0]);
}

err flow_day_begins(ctx *c, int64_t day)
{
    list l;
    TRY(store_list(c, &flow_timers_over, &flow_case_shape, &l, ARGS(day)));
    const flow_case *k = l.items;
    ctx at = *c; /* a copy: the arena's way out could leave another actor in the caller's */
    at.today = day;
    for (int i = 0, n; i < l.n; i += n) {
        for (n = 1; i + n < l.n && goes_with(&k[i], &k[i + n]);) n++;
        TRY(fire(&at, &k[i], n));
    }
    return NO_ERR;
}
