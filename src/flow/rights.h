/* SPDX-License-Identifier: Apache-2.0 */
/* rights.h: who may see and write which field of a case at which step: one table a flow, by which the room's acts refuse, and which the
 * page of the flow's rights shows; a test tries each of its cells at the running program. */
#ifndef RIGHTS_H
#define RIGHTS_H

#include "flow/flow.h"

typedef enum { RIGHT_HIDDEN, RIGHT_READ, RIGHT_WRITE, RIGHT_REQUIRED } right;
extern const struct choice right_words[];   /* by their number: hidden, read, write, required */

/* A field belongs to one group (a bit of the room's own); group 0: computed, nobody writes it. */
typedef struct { const char *name, *label; unsigned group; const char *missing; } right_field; /* missing: what is said when it is needed and not there; NULL: it may be empty. Ends with {0} */
typedef struct { uint32_t who; const char *node; unsigned groups; } right_write; /* node NULL: at each task that is this role's own. Ends with {0} */
typedef struct { uint32_t who; bool draft; } right_read; /* draft: also before it is submitted at first. A party only its own. Ends with {0} */
typedef struct flow_rights {
    const char *flow;
    const right_field *fields;
    const right_write *writes;
    const right_read *reads;
    const shape *form;         /* whose F_REQUIRED fields are needed at every saving; NULL: none */
    bool drafts_anew;          /* back at its first step a case is as if never submitted */
} flow_rights;

bool rights_read(const flow_rights *t, role r, bool submitted);
/* Of a case that he may read. */
bool rights_write(const flow_rights *t, const flow *f, role r, str node, unsigned groups);
right rights_of(const flow_rights *t, const flow *f, role r, str node, bool submitted, const right_field *x);
/* "fields": [{name, label}], "rows": [{role, states, cells: [{right, …}]}], states with equal cells on one row; "items": every role, state and field. */
void rights_show(const ctx *c, const flow_rights *t, const flow *f, view *into);
#endif
