/* SPDX-License-Identifier: Apache-2.0 */
/* flow_parts.h: what reading, proof and engine share inside this floor; no room includes it. */
#ifndef FLOW_PARTS_H
#define FLOW_PARTS_H

#include "flow/flow.h"

enum {
    FLOW_BYTES_MAX = 1 << 20,
    FLOW_NODES_MAX = 500,
    FLOW_EDGES_MAX = 1000,
    FLOW_DAYS_MAX = 366,    /* of a timer or a due date */
    FLOW_CHOICES_MAX = 64,  /* of one task */
};

/* ---- what is wrong with a file, each sentence with its line --------------------------------- */

typedef struct { int line; str text; } flow_fault;
typedef struct {
    arena *a;
    str file;
    int process_line;
    flow_fault *at; int n, cap;
} flow_faults;

/* "FILE:LINE: tag id: " and the sentence. */
void flow_wrong(flow_faults *w, int line, str tag, str id, const char *format, ...)
    PRINTF_LIKE(5, 6) __attribute__((nonnull(5)));
err flow_faults_err(flow_faults *w);          /* NO_ERR if there are none; by line */

const char *flow_tag(node_kind k);            /* "userTask" */
bool flow_rests(const flow_node *n);          /* a task or a timer */

/* ---- proof (flow_sound.c) ------------------------------------------------------------------- */

void flow_prove(const flow *f, flow_faults *w);
bool flow_before(const flow *f, const flow_node *d,
                 const flow_node *n); /* d always comes before n */
/* Forward order from the start, ends last; the caller's array holds f->node_n. */
int flow_order(const flow *f, arena *a, const flow_node **out);

/* ---- versions (flow_set.c) ------------------------------------------------------------------ */

const flow_action *flow_action_of(const struct flow_set *s, const flow *f,
                                  str name); /* NULL if none */
const flow_kind *flow_kind_of(const struct flow_set *s, str name);

/* ---- moving (flow_go.c) --------------------------------------------------------------------- */

/* Moves the cases from where they rest along `first` to their next rest; `to` of m is found here. A
 * case of version 0 is new. */
MUST_CHECK err flow_go(ctx *c, const flow_move *m, const flow_edge *first);
err flow_moved_already(ctx *c, int64_t id);   /* the ERR_CONFLICT that says where it is now */

#endif
