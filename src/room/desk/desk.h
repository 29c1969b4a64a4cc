/* SPDX-License-Identifier: Apache-2.0 */
/* desk.h: what each person sees first: the to-do list with counts and working days left, from every room's `todo`. */
#ifndef DESK_H
#define DESK_H
#include "web/room.h"
extern const room desk_room;
/* A room's todo appends maps {kind (code), title (text), href, since_day, due_day, state, count} to the list. */
#endif
