/* SPDX-License-Identifier: Apache-2.0 */
/* flow.h: cases that wait for somebody's decision, moving along flows read from BPMN 2.0 files.
 *
 * A flow is read, proved sound (the rules stand in doc/FLOWS.md) and then never changes: its
 * version is the SHA-256 of its file. A case stays on the version that it started on. This floor
 * knows no domain: rooms register what a service task does and are told where cases came to rest.
 */
#ifndef FLOW_H
#define FLOW_H

#include "base/base.h"
#include "store/store.h"

/* ---- what a flow is ------------------------------------------------------------------------- */

typedef enum {
    NODE_START, NODE_END, NODE_TASK, NODE_GATEWAY, NODE_ACTION, NODE_TIMER, NODE_BOUNDARY,
} node_kind;

typedef struct flow_edge flow_edge;
typedef struct flow_node {
    str id, name, en;              /* BPMN id; Chinese and English name */
    node_kind kind;
    role role;                     /* of its lane; ROLE_PUBLIC where none acts */
    int due_days;                  /* working days allowed at a task; 0: no limit */
    str form;                      /* task: form to fill before deciding */
    str action;                    /* service task */
    str message;                   /* boundary event */
    int timer_days; bool working;  /* timer */
    bool batch;                    /* task decided for a month's batch at once */
    const struct flow_node **differs; int differs_n; /* four eyes */
    const struct flow_node *attached;                /* boundary: what it interrupts */
    const flow_edge *const *out; int out_n;
    int line;
} flow_node;
struct flow_edge {
    str id, name, en;              /* a choice: id for programs, name for the button */
    const flow_node *from, *to;
    bool needs_note, resume;
    int line;
};
typedef struct flow {
    str name, title, en;           /* process id, Chinese and English title */
    str version;                   /* SHA-256 of the file, hex */
    int64_t id;                    /* row of flow_version; 0: not in the store */
    str xml;
    const flow_node *nodes; int node_n;
    const flow_edge *edges; int edge_n;
    const flow_node *start;
} flow;

const flow_node *flow_node_of(const flow *f, str id);          /* NULL if none */
/* The choices of a task: the edges after its gateway, or its one outgoing edge. */
int flow_choices(const flow_node *task, const flow_edge **out, int max);
const flow_edge *flow_choice_of(const flow_node *task, str id); /* NULL if none */
str flow_node_name(const flow_node *n, lang l);
str flow_step_name(const flow *f, str node, lang l);          /* of the node of that id; one that is not in the flow is its own word */
str flow_choice_name(const flow_edge *e, lang l); /* the edge's name, else the task's */

/* ---- what rooms add ------------------------------------------------------------------------- */

typedef struct flow_case {
    int64_t id, flow_id;           /* flow_id: the version it runs on (flow_version.id) */
    str flow, node;                /* flow's name, node's id; an end's id is the final state */
    int64_t version;               /* counts the moves, for the optimistic check */
    int64_t batch;                 /* 0: none */
    int64_t since_at, since_day;   /* when it came to rest here */
    int64_t due_day;               /* by when the task should be decided; 0: no limit or unknown */
    int64_t timer_day;             /* last day of a running timer; it moves on when the next begins */
    str timer;                     /* the timer that it waited at last: left_days are of this one */
    int64_t left_days;             /* of an interrupted timer; 0: it is over; -1: it runs; or none */
    int64_t closed_at;             /* 0: running */
    int64_t started_by;            /* person */
    int64_t moved_by;              /* person who moved it last; by a timer: who moved it there */
} flow_case;
extern const shape flow_case_shape;

/* One move of one or many cases, from one node by one choice, as actions and hooks see it. Actions
 * run first, then the rows are written, then `rested` is called. Cases that part (a timer goes on
 * for some and is already over for others) are two moves. */
typedef struct flow_move {
    const flow *flow;
    const flow_node *from, *to;    /* `to`: where they rest after it */
    const flow_edge *choice;       /* NULL: timer or message */
    str message, note;
    const flow_case *cases; int n; /* as they were before the move */
} flow_move;

typedef struct {
    const char *name;              /* lf:action */
    err (*run)(ctx *c, const flow_move *m); /* refusing undoes the whole move */
} flow_action;

typedef struct {
    const char *flow;              /* process id */
    const flow_action *actions;    /* ends with {0} */
    const char *const *forms;      /* names lf:form may use; ends with NULL */
    /* After the rows are written, in the same transaction: notices, batches, messages. Not called
     * by flow_begin, whose caller has not made its own row yet. */
    err (*rested)(ctx *c, const flow_move *m);
} flow_kind;

/* ---- reading and proving -------------------------------------------------------------------- */

/* Errors: ERR_INPUT, one sentence a line, each FILE:LINE: element id: what is wrong and what is
 * allowed (ERR_LARGE over a limit). Actions and forms must be those of the kind whose flow has the
 * process's id; where there is no such kind, of any of them; `kinds` NULL: they are not checked. */
MUST_CHECK err flow_read(arena *a, str file, str bytes, const flow_kind *kinds, int kind_n,
                         flow **out);

/* ---- the loaded flows; one set per process, safe for threads -------------------------------- */

struct flow_set *flow_set_new(const flow_kind *kinds, int n);   /* kinds outlive the set */
void flow_set_free(struct flow_set *s);
/* How the history calls people and organisations; without it they are called by their numbers. */
typedef err (*flow_names)(ctx *c, int64_t person, int64_t org, str *name, str *org_name);
void flow_set_names(struct flow_set *s, flow_names names);
/* By those: for pages of rooms that know numbers only. 0: empty. */
MUST_CHECK err flow_name_person(ctx *c, int64_t person, int64_t org, str *name, str *org_name);

/* Inside an act: proves and stores a version and makes it the one for new cases; the same file
 * again changes nothing. The process's id must be the flow of a kind. */
MUST_CHECK err flow_publish(ctx *c, str file, str bytes);
MUST_CHECK err flow_current(ctx *c, str name, const flow **out);
MUST_CHECK err flow_version(ctx *c, int64_t id, const flow **out);

/* ---- cases ---------------------------------------------------------------------------------- */

/* Inside an act. The case gets the next id of sequence "case"; the room's row uses the same id. */
MUST_CHECK err flow_begin(ctx *c, str flow, int64_t *case_id);
MUST_CHECK err flow_case_get(ctx *c, int64_t id, flow_case *out);

/* May the actor decide at this node of this case (0: none) and, where the task is decided for a
 * batch, of every case of this batch (0: none)? Role of the lane and four eyes (persons, not posts;
 * a deputy counts as both). Four eyes work both ways: after a return, who decided the later task
 * may not decide the earlier one either, so that nobody ever decides both. Reasons are sentences:
 * who else has to do it. ERR_DENIED; ERR_CONFLICT where nobody decides. */
MUST_CHECK err flow_may(ctx *c, const flow *f, const flow_node *n, int64_t case_id, int64_t batch);

/* Inside an act: one case decided alone. version -1: not checked. A task with lf:batch is refused
 * here: use flow_decide_batch. In this order: ERR_MISSING no such case; ERR_CONFLICT stale version,
 * closed, a timer, a batch task; ERR_DENIED role or four eyes; ERR_INPUT at "choice" or "note". */
MUST_CHECK err flow_decide(ctx *c, int64_t case_id, int64_t version, str choice, str note);

/* Inside an act: many cases resting at the same node of the same flow version, decided as one. The
 * caller has chosen them (a batch; those that come back alone are moved by a call of their own). */
MUST_CHECK err flow_decide_batch(ctx *c, int64_t batch, const flow_case *cases, int n, str choice,
                                 str note);

/* Inside an act: a message (an objection) interrupts the rest of a case; ERR_CONFLICT if
 * nothing there waits for it. */
MUST_CHECK err flow_message(ctx *c, int64_t case_id, str message, str note);

/* Inside an act: fires every timer whose last day is before `day`; grouped by flow version, node
 * and batch so that a batch goes on as one (cases without a batch one by one). ctx->who is then
 * nobody, on behalf of who moved them there. An error undoes them all. */
MUST_CHECK err flow_day_begins(ctx *c, int64_t day);

/* Inside an act, when c->days has been amended: running timers in working days end anew, each after as
 * many days as `before` counted for it (today, should the new end have passed), and open tasks are due
 * anew. list of flow_timer_moved: the timers whose end is another now. */
typedef struct flow_timer_moved { int64_t case_id, old_day, new_day; } flow_timer_moved;
MUST_CHECK err flow_recount(ctx *c, const struct calendar *before, list *moved);

MUST_CHECK err flow_set_batch(ctx *c, int64_t case_id, int64_t batch);  /* inside an act */

/* ---- showing -------------------------------------------------------------------------------- */

/* map "flow": title, version, here, steps: [{id, name, role, kind, state: done|here|ahead,
 * due_days, days, choices: [{id, name, to}]}] in drawing order from the start (the text twin of the
 * picture); `node` empty: no case. */
void flow_show(ctx *c, const flow *f, str node, view *into);
/* list "history": [{n, at, on_day, who, for, org, role, from, to, choice, message, note,
 * waited_days}] oldest first; from, to, choice, role: codes with labels; who empty: the public; the
 * system by its word. The first row is the beginning. */
MUST_CHECK err flow_show_history(ctx *c, int64_t case_id, view *into);
/* list "choices": [{id, name, needs_note, primary}] the actor can make now; "choices_batch" whether
 * they are for its batch at once; and "choices_denied" a sentence if the role fits but four eyes
 * forbids it. */
MUST_CHECK err flow_show_choices(ctx *c, const flow *f, const flow_case *k, view *into);
/* list "pace": [{id, name, n, p50, p90}] of each task of this flow (of one, where `node` names it): the P50 and P90 (nearest rank;
 * null for none) of working days waited in the last n moves from there, 200 at most. Not a promise.
 */
MUST_CHECK err flow_show_pace(ctx *c, str flow, str node, view *into);
/* list "flows": [{id, flow, title, version, made_at, made_by, is_newest}] every version there is,
 * by flow. */
MUST_CHECK err flow_show_versions(ctx *c, view *into);

#endif
