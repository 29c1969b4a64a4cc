/* SPDX-License-Identifier: Apache-2.0 */
/* mentoring.h: inside the room: one helps one (一帮一): a mentor, enterprise or agency, and a start-up, with a log that both write. R7. */
#ifndef MATCHING_MENTORING_H
#define MATCHING_MENTORING_H

#include "room/matching/matching.h"

typedef struct mentoring {
    int64_t id, version;
    int64_t mentor, startup, proposed_by;               /* proposed_by: the organisation */
    str topic, goal, state, end_note;
    int64_t until_day, made_day, mentor_agreed_day, startup_agreed_day, ended_day;
    str mentor_name, startup_name;
} mentoring;
extern const shape mentoring_shape;
/* One of the two, or an officer who looks after matching; else ERR_MISSING. */
MUST_CHECK err mentoring_get(ctx *c, int64_t id, mentoring *out);

typedef struct mentoring_new { int64_t id, mentor, startup, until_day; str topic, goal; } mentoring_new; /* id: result */
extern const shape mentoring_new_shape;
extern const action mentoring_propose;

typedef struct mentoring_move_in { int64_t id, version; str choice, note; } mentoring_move_in; /* accept, decline, end */
extern const shape mentoring_move_shape;
extern const action mentoring_move;
void mentoring_choices(const ctx *c, const mentoring *m, view *into, const char *name);

typedef struct meeting { int64_t id, met_day; str way, text, next_step; } meeting; /* id: of the mentoring */
extern const shape meeting_shape;
extern const action mentoring_log;
extern const struct choice meeting_ways[];

MUST_CHECK err mentoring_todo(ctx *c, view *out);
extern const struct choice mentoring_states[];
extern const route mentoring_routes[];
#define MATCHING_MENTORING_ACTIONS &mentoring_propose, &mentoring_move, &mentoring_log
#endif
