/* SPDX-License-Identifier: Apache-2.0 */
/* need.h: inside the room: a need, the agencies asked about it, and how it moves. */
#ifndef MATCHING_NEED_H
#define MATCHING_NEED_H

#include "room/matching/matching.h"

typedef struct need {
    int64_t id, version;             /* version: counts moves */
    int64_t enterprise, item;
    str topic, subject, details, state;
    int64_t wished_day;
    bool by_platform;                /* the platform chose whom to ask, and goes on to the next by itself */
    int64_t agency, agreement;       /* 0 until chosen, until matched */
    int64_t made_day, since_day, due_day;
    str enterprise_name, item_name, item_name_en, agency_name;
    str offer;                       /* of the actor's agency: the state of its being asked; empty for others */
    str offer_note;
    int64_t answer_by_day, pass_on_day; /* of that */
} need;
extern const shape need_shape;
extern const struct choice need_topics[]; /* ends with {0} */

/* Its enterprise, an agency that was asked, or an officer of those who look after matching; else ERR_MISSING. */
MUST_CHECK err need_get(ctx *c, int64_t id, need *out);
/* Whose needs officers see: the alliance's and the bureau's people, the auditor. */
#define NEED_OFFICERS (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR))
#define NEED_READERS (WHO(ROLE_ENTERPRISE) | WHO(ROLE_AGENCY) | NEED_OFFICERS)
#define NEED_MOVERS (WHO(ROLE_ENTERPRISE) | WHO(ROLE_AGENCY) | WHO(ROLE_ALLIANCE))

typedef struct need_new { int64_t id, item, wished_day, file; str topic, subject, details; } need_new; /* id: result */
extern const shape need_new_shape;
extern const action need_post;

typedef struct need_file { int64_t need, file; } need_file;
extern const shape need_file_shape;
extern const action need_add_file;

typedef struct need_agency { int64_t id; } need_agency;
typedef struct need_move_in {
    int64_t id, version;
    str choice, note;
    list agencies;                   /* of need_agency: whom to ask (pick), whom to take (choose) */
    int64_t agreement;               /* result of draft */
} need_move_in;
extern const shape need_move_shape;
extern const action need_move;

/* Which moves the actor can make now: list `name` of {id, name, needs_note, wants_agencies, primary}. */
void need_choices(const ctx *c, const need *n, view *into, const char *name);
extern const struct choice need_states[];    /* all of them, in order */

/* Reminders, escalation, the next agency; what is past its wished day ends. */
MUST_CHECK err need_day_begins(ctx *c);
MUST_CHECK err need_calendar_changes(ctx *c, const calendar_change *by);
MUST_CHECK err need_todo(ctx *c, view *out);

extern const route need_routes[];
#define MATCHING_NEED_ACTIONS &need_post, &need_add_file, &need_move
#endif
