/* SPDX-License-Identifier: Apache-2.0 */
/* world.h: a zone of its own for a test: a temporary store with every room, the invented organisations and people
 * of main/cast.h, a clock that the test sets, and calls without a socket. */
#ifndef WORLD_H
#define WORLD_H

#include "base/days.h"
#include "main/cast.h"
#include "main/house.h"
#include "place.h"

typedef struct world {
    house h;
    errand at;                    /* at.c: the context of the last world_as */
    place place;
    int64_t now;                  /* µs; moves one second with each call */
    web_options web;
} world;

/* Opens a zone on `today` ("2018-11-05") with orgs and people; asserts that it works. */
void world_begin(world *w, const char *today);
void world_begin_empty(world *w, int64_t day);   /* without people */
void world_end(world *w);         /* proves the chain unbroken and the ledger balanced, then removes the store */

/* The context of a person ("agency1"; NULL: the system), fresh arena errors, now = w->now. */
ctx *world_as(world *w, const char *login);
/* Goes to a day, beginning each day between. */
void world_day(world *w, const char *day);
void world_rebuild(world *w);     /* does the whole record again in an empty store: every table comes out the same */
void world_forget(world *w);  /* every answer so far, whose memory a long test wants back */
int64_t world_org(world *w, const char *key);

/* A request of that person as a program, body as JSON text (NULL: none); the answer's status and view. */
int world_call(world *w, const char *login, web_method m, const char *path, const char *json, view **out);
/* The same, asserting the status; returns the view; prints the answer when it is another. */
view *world_do(world *w, int status, const char *login, web_method m, const char *path, const char *format, ...)
    PRINTF_LIKE(6, 7);
/* A document of this person's organisation with this text as its content (a small valid PDF around it). */
int64_t world_file(world *w, const char *login, const char *text);

#endif
