/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.h: services on offer, each an item that rests on a policy (government mode) or on none (market mode).
 * table item(zone_id, id, code, name, name_en, category, policy_id, mode, state). Versions, standards and prices
 * of items: the next release. */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "web/room.h"

extern const room catalogue_room;

typedef struct item { int64_t id; str code, name, name_en; int64_t category; int64_t policy; str mode; } item; /* mode: government, market */
extern const shape item_shape;
extern const action catalogue_add;
MUST_CHECK err catalogue_get(ctx *c, int64_t id, item *out);
MUST_CHECK err catalogue_options(ctx *c, view *into, str name);
#endif
