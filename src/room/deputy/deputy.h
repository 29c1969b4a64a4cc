/* SPDX-License-Identifier: Apache-2.0 */
/* deputy.h: 委托, a person hands the duties of a post over to a colleague of the same organisation, from a day to a day.
 *
 * Who stands in is ctx->who in person, the principal in post, organisation, role and for_person: acts show both names, and four eyes
 * count both (actor_is, flow). Nobody hands on what was handed to him. */
#ifndef DEPUTY_H
#define DEPUTY_H

#include "web/room.h"

extern const room deputy_room;

typedef struct deputy { int64_t id, post, principal, person, org, from_day, to_day, ended_day; str role; } deputy; /* person: who stands in */
extern const shape deputy_shape;
typedef struct deputy_new { int64_t colleague, from_day, to_day; str reason; int64_t id; } deputy_new; /* of the actor's post */
extern const shape deputy_new_shape;
typedef struct deputy_ref { int64_t id; str token_hash; } deputy_ref;
extern const action deputy_name, deputy_end, deputy_use, deputy_leave;

/* c->who, a colleague, as he stands in: the demonstration and tests act so, as account_as does. */
MUST_CHECK err deputy_as(ctx *c, int64_t id);
/* Around every page: map "deputising" of who stands in: {for, role}. */
MUST_CHECK err deputy_globals(ctx *c, view *v);
#endif
