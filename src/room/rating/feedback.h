/* SPDX-License-Identifier: Apache-2.0 */
/* feedback.h: inside the room: the enterprise's answer to a case that ended: five levels, once, within 30 days; the agency's reply. */
#ifndef FEEDBACK_H
#define FEEDBACK_H
#include "web/room.h"
typedef struct feedback_in { int64_t id, level; bool contacted, useful; str words; } feedback_in; /* id: of the case */
typedef struct feedback_reply_in { int64_t id; str reply; } feedback_reply_in;
extern const action feedback_give, feedback_reply;
extern const route feedback_routes[];
extern const struct choice feedback_levels[];      /* "5" to "1" */
MUST_CHECK err feedback_todo(ctx *c, view *out);
#endif
