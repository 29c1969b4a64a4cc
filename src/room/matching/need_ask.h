/* SPDX-License-Identifier: Apache-2.0 */
/* need_ask.h: inside the room: asking agencies about a need, and what happens when they do not answer. */
#ifndef MATCHING_NEED_ASK_H
#define MATCHING_NEED_ASK_H

#include "room/matching/choice.h"
#include "room/matching/need.h"

/* An agency that was asked: offered, accepted, declined, expired, closed or chosen. */
typedef struct asked {
    int64_t need, agency, asked_day, answer_by_day, escalate_day, pass_on_day, told; /* told: 1 reminded, 2 escalated */
    bool is_picked;                  /* by a person, not by the platform */
    str state;
} asked;
extern const shape asked_shape;

typedef struct candidates { candidate *all; int n; } candidates;
/* Every agency of the zone with the facts of today, as they bear on this need. */
MUST_CHECK err need_candidates(ctx *c, const need *n, candidates *out);
/* Inside an act: judges all, notes the judgement with its reasons, asks the first `most`; how many were asked. */
MUST_CHECK err need_ask_best(ctx *c, const need *n, int most, int *asked);
/* Inside an act: asks those that somebody picked, or refuses with the reason of the one that cannot be asked. */
MUST_CHECK err need_ask_picked(ctx *c, const need *n, const list *agencies);
/* Inside an act: one agency less: asks the next one where the platform chooses; where nobody is left, the need is open again. */
MUST_CHECK err need_go_on(ctx *c, int64_t id);

/* Inside an act: a row of the need's history; agency and note may be 0 and empty. */
MUST_CHECK err need_note(ctx *c, int64_t need, const char *what, int64_t agency, str note);
/* Inside an act: state, version, since; due 0: none. */
MUST_CHECK err need_rest(ctx *c, int64_t id, const char *state, int64_t due_day);
MUST_CHECK err need_fetch(ctx *c, int64_t id, need *out); /* no permission check */
str need_path(ctx *c, int64_t id);
MUST_CHECK err need_due(ctx *c, int64_t *out);            /* the last day to answer something asked today */
#endif
