/* SPDX-License-Identifier: Apache-2.0 */
/* flow_sound.c: proves a flow sound before any case runs on it (doc/FLOWS.md, "Soundness"). */
#include "flow/flow_parts.h"

bool flow_rests(const flow_node *n) { return n->kind == NODE_TASK || n->kind == NODE_TIMER; }

const flow_node *flow_node_of(const flow *f, str id)
{
    for (int i = 0; i < f->node_n; i++)
        if (str_eq(f->nodes[i].id, id)) return &f->nodes[i];
    return NULL;
}

int flow_choices(const flow_node *task, const flow_edge **out, int max)
{
    if (task->kind != NODE_TASK) return 0;
    const flow_node *at = task->out[0]->to->kind == NODE_GATEWAY ? task->out[0]->to : task;
    int n = at->out_n < max ? at->out_n : max;
    for (int i = 0; i < n; i++) out[i] = at->out[i];
    return n;
}

const flow_edge *flow_choice_of(const flow_node *task, str id)
{
    const flow_edge *choices[FLOW_CHOICES_MAX];
    int n = flow_choices(task, choices, FLOW_CHOICES_MAX);
    for (int i = 0; i < n; i++)
        if (str_eq(choices[i]->id, id)) return choices[i];
    return NULL;
}

/* ---- walking -------------------------------------------------------------------------------- */

typedef struct {
    const flow *f;
    flow_faults *w;
    int *in;           /* how many edges come to a node */
    bool *from_start, *to_end;
} proof;

static int at(const flow *f, const flow_node *n) { return (int)(n - f->nodes); }

#define WRONG(p, n, ...)                                                                           \
    flow_wrong((p)->w, (n)->line, str_of(flow_tag((n)->kind)), (n)->id, __VA_ARGS__)
#define WRONG_EDGE(p, e, ...) flow_wrong((p)->w, (e)->line, S("sequenceFlow"), (e)->id, __VA_ARGS__)

/* Marks what can be reached from the start without passing `skip`. A message leads on from where it
 * waits. */
static void reach(const flow *f, const flow_node *skip, bool *seen)
{
    const flow_node *todo[FLOW_NODES_MAX];
    int n = 0;
    if (f->start == skip) return;
    seen[at(f, f->start)] = true;
    todo[n++] = f->start;
    while (n) {
        const flow_node *here = todo[--n];
        for (int i = 0; i < f->node_n + here->out_n; i++) {
            const flow_node *next = i < here->out_n ? here->out[i]->to : &f->nodes[i - here->out_n];
            bool leads = i < here->out_n || next->attached == here;
            if (!leads || next == skip || seen[at(f, next)]) continue;
            seen[at(f, next)] = true;
            todo[n++] = next;
        }
    }
}

bool flow_before(const flow *f, const flow_node *d, const flow_node *n)
{
    bool seen[FLOW_NODES_MAX] = {0};
    if (d == n) return false;
    reach(f, d, seen);
    return !seen[at(f, n)];
}

static void reach_back(const flow *f, bool *seen)
{
    for (int i = 0; i < f->node_n; i++) seen[i] = f->nodes[i].kind == NODE_END;
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < f->edge_n; i++) {
            int from = at(f, f->edges[i].from), to = at(f, f->edges[i].to);
            if (!seen[from] && seen[to]) more = seen[from] = true;
        }
        for (int i = 0; i < f->node_n; i++) {
            const flow_node *host = f->nodes[i].attached;
            if (host && seen[i] && !seen[at(f, host)]) more = seen[at(f, host)] = true;
        }
    }
}

/* Depth first, the first choice's side foremost: reversed, the order in which nodes are left is a
 * forward order. */
typedef struct { const flow *f; bool *seen; const flow_node **left; int n; } leaving;

static void leave(leaving *l, const flow_node *n)
{
    if (l->seen[at(l->f, n)]) return;
    l->seen[at(l->f, n)] = true;
    for (int i = n->out_n; i-- > 0;) leave(l, n->out[i]->to);
    for (int i = l->f->node_n; i-- > 0;)
        if (l->f->nodes[i].attached == n) leave(l, &l->f->nodes[i]);
    l->left[l->n++] = n;
}

int flow_order(const flow *f, arena *a, const flow_node **out)
{
    leaving l = {f, new_n(a, bool, f->node_n), new_n(a, const flow_node *, f->node_n), 0};
    leave(&l, f->start);
    int n = 0;
    for (int ends = 0; ends < 2; ends++)
        for (int i = l.n; i-- > 0;)
            if ((l.left[i]->kind == NODE_END) == ends) out[n++] = l.left[i];
    return n;
}

/* ---- the shape of each node ----------------------------------------------------------------- */

static void prove_degree(proof *p, const flow_node *n)
{
    int in = p->in[at(p->f, n)], out = n->out_n;
    switch (n->kind) {
    case NODE_START:
        if (in) WRONG(p, n, "%d sequence flows lead into it; a start has none", in);
        if (out != 1) WRONG(p, n, "it has %d outgoing sequence flows; a start has one", out);
        break;
    case NODE_END:
        if (out) WRONG(p, n, "it has %d outgoing sequence flows; an end has none", out);
        break;
    case NODE_TASK:
        if (out != 1)
            WRONG(p, n,
                  "it has %d outgoing sequence flows; a user task has one, to its next node or to "
                  "the exclusiveGateway that holds its choices",
                  out);
        break;
    case NODE_GATEWAY:
        if (in != 1)
            WRONG(p, n, "%d sequence flows lead into it; a gateway has one, from its user task",
                  in);
        if (out < 1 || out > FLOW_CHOICES_MAX)
            WRONG(p, n, "it has %d outgoing sequence flows; allowed: 1 to %d choices", out,
                  FLOW_CHOICES_MAX);
        break;
    case NODE_ACTION: case NODE_TIMER:
        if (out != 1) WRONG(p, n, "it has %d outgoing sequence flows; here must be one", out);
        break;
    case NODE_BOUNDARY:
        if (in) WRONG(p, n, "%d sequence flows lead into it; only its message does", in);
        if (out != 1) WRONG(p, n, "it has %d outgoing sequence flows; here must be one", out);
        if (!flow_rests(n->attached))
            WRONG(p, n,
                  "it is attached to " SF ", where no case rests; allowed: a userTask or a timer",
                  SA(n->attached->id));
        for (const flow_node *o = p->f->nodes; o < n; o++)
            if (o->attached == n->attached && str_eq(o->message, n->message))
                WRONG(p, n, "the message " SF " is waited for here twice", SA(n->message));
        break;
    }
}

static void prove_edge(proof *p, const flow_edge *e)
{
    bool choice = e->from->kind == NODE_GATEWAY ||
                  (e->from->kind == NODE_TASK && e->to->kind != NODE_GATEWAY);
    bool named = e->name.n || (e->from->kind == NODE_TASK && e->from->name.n);
    if (choice && !named) WRONG_EDGE(p, e, "this choice has no name; its name is the button");
    if (e->to->kind == NODE_GATEWAY && e->from->kind != NODE_TASK)
        WRONG_EDGE(p, e, "it leads into the gateway " SF " from a %s; allowed: from a userTask",
                   SA(e->to->id), flow_tag(e->from->kind));
    if (e->needs_note && !choice) WRONG_EDGE(p, e, "lf:needs-note stands only on a choice");
    if (e->resume && e->to->kind != NODE_TIMER)
        WRONG_EDGE(p, e, "lf:resume stands only on a sequence flow into a timer");
}

static void prove_starts(proof *p, const flow_node **start)
{
    *start = NULL;
    for (int i = 0; i < p->f->node_n; i++) {
        const flow_node *n = &p->f->nodes[i];
        if (n->kind != NODE_START) continue;
        if (*start) WRONG(p, n, "a second start; a flow has one");
        else *start = n;
    }
}

/* ---- the whole ------------------------------------------------------------------------------ */

static void prove_reach(proof *p)
{
    reach(p->f, NULL, p->from_start);
    reach_back(p->f, p->to_end);
    for (int i = 0; i < p->f->node_n; i++) {
        const flow_node *n = &p->f->nodes[i];
        if (!p->from_start[i]) WRONG(p, n, "it cannot be reached from the start");
        if (!p->to_end[i]) WRONG(p, n, "no end can be reached from it");
    }
}

/* A cycle on which a case would run for ever within one move. A timer entered with lf:resume may
 * have no days left, so it is not a rest. */
typedef struct { proof *p; char *seen; } turning; /* seen: 0 not yet, 1 on the way here, 2 done */

static void turn(turning *t, const flow_node *n)
{
    t->seen[at(t->p->f, n)] = 1;
    for (int i = 0; i < n->out_n; i++) {
        const flow_edge *e = n->out[i];
        int to = at(t->p->f, e->to);
        if (e->to->kind == NODE_TASK || (e->to->kind == NODE_TIMER && !e->resume)) continue;
        if (t->seen[to] == 1)
            WRONG_EDGE(t->p, e,
                       "it closes a cycle without a rest; each cycle must pass a userTask or a "
                       "timer that begins afresh");
        if (!t->seen[to]) turn(t, e->to);
    }
    t->seen[at(t->p->f, n)] = 2;
}

static void prove_cycles(proof *p)
{
    char seen[FLOW_NODES_MAX] = {0};
    turning t = {p, seen};
    for (int i = 0; i < p->f->node_n; i++)
        if (!seen[i]) turn(&t, &p->f->nodes[i]);
}

static void prove_differs(proof *p)
{
    for (int i = 0; i < p->f->node_n; i++) {
        const flow_node *n = &p->f->nodes[i];
        for (int k = 0; k < n->differs_n; k++)
            if (!flow_before(p->f, n->differs[k], n))
                WRONG(p, n,
                      "lf:differs-from names " SF
                      ", which does not always come before; allowed: tasks that every way "
                      "from the start to here passes",
                      SA(n->differs[k]->id));
    }
}

void flow_prove(const flow *f, flow_faults *w)
{
    proof p = {f, w, new_n(w->a, int, f->node_n), new_n(w->a, bool, f->node_n),
               new_n(w->a, bool, f->node_n)};
    int before = w->n;
    const flow_node *start;
    prove_starts(&p, &start);
    if (!start)
        flow_wrong(w, w->process_line, S("process"), f->name,
                   "there is no startEvent; a flow has one");
    for (int i = 0; i < f->edge_n; i++) p.in[at(f, f->edges[i].to)]++;
    for (int i = 0; i < f->node_n; i++) prove_degree(&p, &f->nodes[i]);
    for (int i = 0; i < f->edge_n; i++) prove_edge(&p, &f->edges[i]);
    if (w->n > before) return; /* the ways through it mean nothing yet */
    prove_reach(&p);
    prove_cycles(&p);
    if (w->n == before) prove_differs(&p);
}
