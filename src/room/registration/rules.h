/* SPDX-License-Identifier: Apache-2.0 */
/* rules.h: inside the room: the rules of screening that this zone uses. */
#ifndef REGISTRATION_RULES_H
#define REGISTRATION_RULES_H

#include "room/registration/screen.h"
#include "store/store.h"

typedef struct rules_new { str rules; } rules_new;
extern const shape rules_new_shape;
extern const action rules_replace;

MUST_CHECK err rules_text(ctx *c, str *out);                     /* the zone's own, else the built-in ones */
MUST_CHECK err rules_ready(ctx *c, const screening **out);
#endif
