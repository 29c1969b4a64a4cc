/* SPDX-License-Identifier: Apache-2.0 */
/* workdays.h: the working days in force: the calendar that the program came with, and the State Council's papers that an
 * administrator has taken since. Taking one recomputes what was dated by it: running notices, timers, due days. R17.
 * table workdays_paper(zone_id, id, csv, version, taken_…, moved). */
#ifndef WORKDAYS_H
#define WORKDAYS_H

#include "web/room.h"

extern const room workdays_room;

typedef struct workdays_paper { str csv; int64_t id, moved; } workdays_paper; /* moved: running timers that end on another day now */
extern const shape workdays_paper_shape;
extern const action workdays_take;
/* At start: the papers taken before, on top of c->days. */
MUST_CHECK err workdays_load(ctx *c);
#endif
