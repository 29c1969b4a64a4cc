/* SPDX-License-Identifier: Apache-2.0 */
/* phrase_act.h: inside the room: what can be done to phrases. */
#ifndef PHRASE_ACT_H
#define PHRASE_ACT_H
#include "room/phrase/phrase.h"
typedef struct phrase_in { str text; int64_t id; } phrase_in; /* id: result */
typedef struct phrase_ref { int64_t id; } phrase_ref;
extern const shape phrase_in_shape;
extern const action phrase_keep, phrase_drop;
#endif
