/* SPDX-License-Identifier: Apache-2.0 */
/* rules.h: inside the room: the rules of screening that this zone uses, and how new ones go over the firms that are known. */
#ifndef REGISTRATION_RULES_H
#define REGISTRATION_RULES_H

#include "room/registration/screen.h"
#include "store/store.h"

typedef struct rules_new { str rules; } rules_new;
extern const shape rules_new_shape;
extern const action rules_replace;

MUST_CHECK err rules_text(ctx *c, str *out);                     /* the zone's own, else the built-in ones */
MUST_CHECK err rules_ready(ctx *c, const screening **out);

/* Who replaced them when, and how far the known firms were asked by them. person 0: they are the built-in ones. */
typedef struct rules_state { int64_t person_id, put_day, asked_id, asked, changed; } rules_state; /* asked_id -1: all were */
MUST_CHECK err rules_state_get(ctx *c, rules_state *out);

/* A job's work: the next firms are asked by new rules. The record holds how many were asked and marked otherwise; the marks
 * themselves stand with their rows beside it (decision 13). */
MUST_CHECK err rules_ask_on(ctx *c);
extern const action rules_asked;
#endif
