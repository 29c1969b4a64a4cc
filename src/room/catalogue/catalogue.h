/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.h: services on offer, each an item that rests on a policy (government mode: zero fee) or on none (market mode:
 * the enterprise pays after success). R6, R11. */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "web/room.h"

extern const room catalogue_room;

typedef struct item { int64_t id; str code, name, name_en; int64_t category; int64_t policy; str mode; } item; /* policy 0: market */
extern const shape item_shape;
extern const action catalogue_add;    /* in: item; id is the result */
MUST_CHECK err catalogue_get(ctx *c, int64_t id, item *out);
MUST_CHECK err catalogue_options(ctx *c, view *into, str name);
#endif
