/* SPDX-License-Identifier: Apache-2.0 */
/* flow_show.c: a flow, a case's way through it, its choices and its pace, as views. */
#include "flow/flow_parts.h"

#include <stdlib.h>

#include "gen/flow/flow_sql.h"

enum { PACE_MOVES = 200 };

str flow_node_name(const flow_node *n, lang l)
{
    if (!n) return (str){0};
    str name = l == LANG_EN && n->en.n ? n->en : n->name;
    return name.n ? name : n->id;
}

str flow_step_name(const flow *f, str node, lang l)
{
    const flow_node *n = flow_node_of(f, node);
    return n ? flow_node_name(n, l) : node;
}

str flow_choice_name(const flow_edge *e, lang l)
{
    str name = l == LANG_EN && e->en.n ? e->en : e->name;
    if (name.n) return name;
    return e->from->kind == NODE_TASK ? flow_node_name(e->from, l) : e->id;
}

/* ---- the flow ------------------------------------------------------------------------------- */

static const struct { const char *code, *label; } kinds[] = {
    [NODE_START] = {"start", ""},
    [NODE_END] = {"end", N_("End")},
    [NODE_TASK] = {"task", N_("Decision")},
    [NODE_GATEWAY] = {"gateway", ""},
    [NODE_ACTION] = {"action", N_("Done by the system")},
    [NODE_TIMER] = {"timer", N_("Waiting time")},
    [NODE_BOUNDARY] = {"message", ""},
};
_Static_assert(countof(kinds) == NODE_BOUNDARY + 1, "every kind of node has a word");

static void show_choices_of(const flow_node *n, lang l, view *choices)
{
    const flow_edge *e[FLOW_CHOICES_MAX];
    int count = flow_choices(n, e, FLOW_CHOICES_MAX);
    for (int i = 0; i < count; i++) {
        view *one = view_add_map(choices);
        view_text(one, S("id"), e[i]->id);
        view_text(one, S("name"), flow_choice_name(e[i], l));
        const flow_node *to = e[i]->to;
        while (to->kind == NODE_ACTION) to = to->out[0]->to;
        view_code(one, S("to"), to->id, flow_node_name(to, l));
    }
}

static void show_state(ctx *c, const flow *f, const flow_node *here, const flow_node *n, view *step)
{
    view_bool(step, S("is_here"), n == here);
    if (n == here) view_code(step, S("state"), S("here"), tr(c->lang, N_("Here")));
    else if (here && flow_before(f, n, here))
        view_code(step, S("state"), S("done"), tr(c->lang, N_("Passed")));
    else view_code(step, S("state"), S("ahead"), tr(c->lang, N_("Ahead")));
}

void flow_show(ctx *c, const flow *f, str node, view *into)
{
    view *v = view_put_map(into, S("flow"));
    const flow_node *here = flow_node_of(f, node);
    view_text(v, S("name"), f->name);
    str title = c->lang == LANG_EN && f->en.n ? f->en : f->title;
    view_text(v, S("title"), title.n ? title : f->name);
    view_text(v, S("version"), f->version);
    view_int(v, S("id"), f->id);
    view_code(v, S("here"), node, flow_node_name(here, c->lang));
    view *steps = view_put_list(v, S("steps"));
    const flow_node **order = new_n(c->a, const flow_node *, f->node_n);
    int n = flow_order(f, c->a, order);
    for (int i = 0; i < n; i++) {
        const flow_node *s = order[i];
        if (s->kind == NODE_START || s->kind == NODE_GATEWAY || s->kind == NODE_BOUNDARY) continue;
        view *step = view_add_map(steps);
        view_text(step, S("id"), s->id);
        view_text(step, S("name"), flow_node_name(s, c->lang));
        if (s->kind == NODE_TASK)
            view_code(step, S("role"), str_of(role_code[s->role]),
                      tr(c->lang, role_label[s->role]));
        else view_put(step, S("role"), V_NULL); /* not that of the page around it */
        view_code(step, S("kind"), str_of(kinds[s->kind].code), tr(c->lang, kinds[s->kind].label));
        show_state(c, f, here, s, step);
        if (s->due_days) view_int(step, S("due_days"), s->due_days);
        if (s->timer_days) view_int(step, S("days"), s->timer_days);
        show_choices_of(s, c->lang, view_put_list(step, S("choices")));
    }
}

err flow_show_versions(ctx *c, view *into)
{
    return store_rows(c, &flow_versions_all, into, S("flows"), NO_ARGS);
}

/* ---- a case --------------------------------------------------------------------------------- */

typedef struct line {
    int64_t n, at, on_day, person, for_person, org, waited, mandate;
    bool is_unknown;                               /* `waited` is */
    str from_node, to_node, choice, message, note, role;
} line;
static const field line_fields[] = {
    FIELD(line, n, F_INT),        FIELD(line, at, F_TIME),         FIELD(line, on_day, F_DAY),
    FIELD(line, person, F_ID),    FIELD(line, for_person, F_ID),   FIELD(line, org, F_ID),
    FIELD(line, waited, F_INT),   FIELD(line, is_unknown, F_BOOL), FIELD(line, from_node, F_TEXT),
    FIELD(line, to_node, F_TEXT), FIELD(line, choice, F_TEXT),     FIELD(line, message, F_TEXT),
    FIELD(line, note, F_LINES),   FIELD(line, role, F_TEXT),         FIELD(line, mandate, F_ID),
};
static const shape line_shape = {"line", line_fields, countof(line_fields), sizeof(line)};

static str choice_label(const flow *f, const line *h, lang l)
{
    const flow_node *from = flow_node_of(f, h->from_node);
    if (h->choice.n && from) {
        const flow_edge *e = flow_choice_of(from, h->choice);
        return e ? flow_choice_name(e, l) : h->choice;
    }
    for (int i = 0; i < f->node_n && h->message.n; i++)
        if (f->nodes[i].attached == from && str_eq(f->nodes[i].message, h->message))
            return flow_node_name(&f->nodes[i], l);
    if (from && from->kind == NODE_TIMER && from->out[0]->name.n)
        return flow_choice_name(from->out[0], l);
    return (str){0};
}

static err show_line(ctx *c, const flow *f, const line *h, view *v)
{
    str who, org, other = {0}, none;
    TRY(flow_name_person(c, h->person, h->org, &who, &org));
    if (h->for_person) TRY(flow_name_person(c, h->for_person, 0, &other, &none));
    if (h->mandate) other = org; /* a clerk at the counter */
    bool system = !h->person && !h->role.n;
    view_int(v, S("n"), h->n);
    view_time(v, S("at"), h->at);
    view_day(v, S("on_day"), h->on_day);
    view_text(v, S("who"), system ? tr(c->lang, N_("The system")) : who);
    view_text(v, S("for"), other);
    view_text(v, S("org"), org);
    int r = role_of(h->role);
    if (r >= 0) view_code(v, S("role"), h->role, tr(c->lang, role_label[r]));
    else view_put(v, S("role"), V_NULL); /* or a template would find the page's */
    view_code(v, S("from"), h->from_node, flow_node_name(flow_node_of(f, h->from_node), c->lang));
    view_code(v, S("to"), h->to_node, flow_node_name(flow_node_of(f, h->to_node), c->lang));
    view_code(v, S("choice"), h->choice, choice_label(f, h, c->lang));
    view_text(v, S("message"), h->message);
    view_text(v, S("note"), h->note);
    if (h->is_unknown) view_put(v, S("waited_days"), V_NULL);
    else view_int(v, S("waited_days"), h->waited);
    return NO_ERR;
}

err flow_show_history(ctx *c, int64_t case_id, view *into)
{
    flow_case k = {0};
    const flow *f;
    list l;
    TRY(flow_case_get(c, case_id, &k));
    TRY(flow_version(c, k.flow_id, &f));
    TRY(store_list(c, &flow_history_rows, &line_shape, &l, ARGS(case_id)));
    view *rows = view_put_list(into, S("history"));
    for (const line *h = l.items; h < (const line *)l.items + l.n; h++)
        TRY(show_line(c, f, h, view_add_map(rows)));
    return NO_ERR;
}

err flow_show_choices(ctx *c, const flow *f, const flow_case *k, view *into)
{
    view *choices = view_put_list(into, S("choices"));
    const flow_node *n = flow_node_of(f, k->node);
    if (!n || n->kind != NODE_TASK || n->role != c->who.role) return NO_ERR;
    view_bool(into, S("choices_batch"), n->batch);
    err e = flow_may(c, f, n, k->id, n->batch ? k->batch : 0);
    if (e.kind == ERR_DENIED) {
        view_text(into, S("choices_denied"), err_text(c->a, e, tr(c->lang, e.text)));
        return NO_ERR;
    }
    if (e.kind) return e;
    const flow_edge *can[FLOW_CHOICES_MAX];
    int count = flow_choices(n, can, FLOW_CHOICES_MAX);
    for (int i = 0; i < count; i++) {
        view *one = view_add_map(choices);
        view_text(one, S("id"), can[i]->id);
        view_text(one, S("name"), flow_choice_name(can[i], c->lang));
        view_bool(one, S("needs_note"), can[i]->needs_note);
        view_bool(one, S("primary"), i == 0);
    }
    return NO_ERR;
}

/* ---- the pace ------------------------------------------------------------------------------- */

typedef struct pace { int64_t days; } pace;
static const field pace_fields[] = {FIELD(pace, days, F_INT)};
static const shape pace_shape = {"pace", pace_fields, countof(pace_fields), sizeof(pace)};

static int by_days(const void *x, const void *y)
{
    int64_t a = ((const pace *)x)->days, b = ((const pace *)y)->days;
    return (a > b) - (a < b);
}

/* Nearest rank: the smallest value that at least `percent` of all do not exceed. */
static void show_rank(const list *l, int percent, view *v, str name)
{
    if (!l->n) view_put(v, name, V_NULL);
    else view_int(v, name, ((const pace *)l->items)[(l->n * percent + 99) / 100 - 1].days);
}

err flow_show_pace(ctx *c, str name, str node, view *into)
{
    const flow *f;
    TRY(flow_current(c, name, &f));
    view *all = view_put_list(into, S("pace"));
    const flow_node **order = new_n(c->a, const flow_node *, f->node_n);
    int n = flow_order(f, c->a, order);
    for (int i = 0; i < n; i++) {
        if (order[i]->kind != NODE_TASK || (node.n && !str_eq(order[i]->id, node))) continue;
        list l;
        TRY(store_list(c, &flow_pace, &pace_shape, &l, ARGS(name, order[i]->id, PACE_MOVES)));
        if (l.n) qsort(l.items, (size_t)l.n, sizeof(pace), by_days);
        view *one = view_add_map(all);
        view_text(one, S("id"), order[i]->id);
        view_text(one, S("name"), flow_node_name(order[i], c->lang));
        view_int(one, S("n"), l.n);
        show_rank(&l, 50, one, S("p50"));
        show_rank(&l, 90, one, S("p90"));
    }
    return NO_ERR;
}
