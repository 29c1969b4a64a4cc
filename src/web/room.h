/* SPDX-License-Identifier: Apache-2.0 */
/* room.h: all that main knows of a room: its tables. A room is a folder and one line in main/rooms.c. */
#ifndef WEB_ROOM_H
#define WEB_ROOM_H

#include "flow/flow.h"
#include "store/store.h"
#include "web/web.h"

/* An entry of the left rail; `count` (may be NULL) gives the number at its side: what waits there. */
typedef struct {
    const char *href, *label, *icon; /* label: N_("To do"); icon: name in icons.svg */
    uint32_t who;
    int order;                       /* 10, 20, …: the rail is sorted by it */
    err (*count)(ctx *c, int64_t *out);
} nav_item;                          /* a table ends with {0} */

/* Work after the commit: called by the job thread every `every_s` seconds with a ctx of the system. */
typedef struct { const char *name; int every_s; err (*run)(ctx *c); } job; /* ends with {0} */

/* The calendar was amended: `before` counts as it did; the timers whose end moved by it. */
typedef struct { const struct calendar *before; const flow_timer_moved *moved; int n; } calendar_change;

typedef struct room {
    const char *name;                /* "subsidy": its schema is room/NAME/NAME_schema.sql, embedded */
    const route *const *routes;      /* its tables of routes; NULL-ended */
    const action *const *actions;    /* every act there is, by which the record can be replayed; NULL-ended */
    const stmt *const *const *statements; /* the generated NAME_statements of each .sql; NULL-ended */
    const flow_kind *const *flows;   /* NULL-ended */
    const char *const *flow_files;   /* embedded paths published when a zone is made; NULL-ended */
    const nav_item *nav;
    const job *jobs;
    err (*zone_made)(ctx *c);        /* inside the act that makes a zone: first rows */
    err (*day_begins)(ctx *c);       /* inside the act that begins ctx->today, in order of the rooms */
    err (*calendar_changes)(ctx *c, const calendar_change *by); /* inside the act that amends it; c->days counts anew */
    err (*todo)(ctx *c, view *list); /* appends what waits for this person: see desk.h */
    err (*beside)(ctx *c, str object, int64_t id, view *v); /* what it adds to the page of a room below: "agreement", 7 */
} room;

/* A row of the to-do list: what waits for a person. */
typedef struct {
    const char *kind, *kind_name;    /* "need", N_("Need"): the list can be cut down to a kind */
    str title, href, step, step_name; /* no step: the kind says it all */
    int64_t since_day, due_day, amount_fen; /* 0: none */
} todo_row;
void todo_add(const ctx *c, view *rows, const todo_row *t);

/* The page of a case asks the rooms above what they have for it; the case itself the caller has fetched. */
MUST_CHECK err room_beside(ctx *c, str object, int64_t id, view *v);

/* What ctx->house begins with: the rooms that are open in this process; a provider of sign-ins (room/signin/signin.h) and the socket of a
 * virus scanner, NULL where the configuration names none. */
typedef struct house_face { const room *const *rooms; bool demo; const struct provider *provider; const char *clamd; } house_face;

#endif
