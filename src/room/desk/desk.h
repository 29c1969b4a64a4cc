/* SPDX-License-Identifier: Apache-2.0 */
/* desk.h: what each person sees first: the to-do list of every room, sorted by working days left; and what every page shows
 * around itself: the rail with its counts, the posts, the day. */
#ifndef DESK_H
#define DESK_H

#include "web/room.h"

extern const room desk_room;

/* web_hooks.globals */
err desk_globals(req *r, view *v);
/* list `name`: everything that waits for the actor: {kind, title, href, step, since_day, due_day, left_days, late, amount_fen}. */
MUST_CHECK err desk_todo(ctx *c, view *into, str name);
#endif
