/* SPDX-License-Identifier: Apache-2.0 */
/* feedback.h: inside the room: the enterprise's answer to a case that ended: five levels, once, within 30 days; the agency's reply. */
#ifndef FEEDBACK_H
#define FEEDBACK_H
#include "web/room.h"
typedef struct feedback_in { int64_t id, level; bool contacted, useful; str words; } feedback_in; /* id: of the case */
typedef struct feedback_reply_in { int64_t id; str reply; } feedback_reply_in;
enum { FEEDBACK_DAYS = 30 };                       /* a case can be rated so long after it ended */
/* What there is to answer to. */
typedef struct ended { int64_t id, agency, enterprise, closed_at; str subject, agency_name; } ended;
/* An answer that was given; words and reply are shown without the enterprise. */
typedef struct feedback { int64_t id, agency, enterprise, level; bool contacted, useful; str words; int64_t given_day; str reply; int64_t reply_day; } feedback;
extern const shape ended_shape, feedback_shape, feedback_give_shape, feedback_reply_shape;
extern const action feedback_give, feedback_reply;
/* A case of the actor's own enterprise that has ended well; anything else is missing. */
MUST_CHECK err feedback_ended_case(ctx *c, int64_t id, ended *out);
MUST_CHECK err feedback_get(ctx *c, int64_t id, feedback *out); /* on the actor's own agency */
int64_t feedback_last_day(const ended *e);
extern const route feedback_routes[];
extern const struct choice feedback_levels[];      /* "5" to "1" */
MUST_CHECK err feedback_todo(ctx *c, view *out);
#endif
