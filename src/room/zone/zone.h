/* SPDX-License-Identifier: Apache-2.0 */
/* zone.h: the zone itself: its name, the last day begun, and its settings with their history.
 * table zone(zone_id, name, name_en, begun_day), setting(zone_id, name, value, at, person_id). */
#ifndef ZONE_H
#define ZONE_H

#include "web/room.h"

extern const room zone_room;

typedef struct zone { str name, name_en; int64_t begun_day; } zone;
extern const shape zone_shape;
MUST_CHECK err zone_get(ctx *c, zone *out);               /* ERR_MISSING: the store has none yet */

/* A setting's meaning, default and bounds stand in the table of zone.c; an unknown name is our bug. */
MUST_CHECK err zone_number(ctx *c, const char *setting, int64_t *out);
MUST_CHECK err zone_text(ctx *c, const char *setting, str *out);

typedef struct zone_new { str name, name_en; int64_t begun_day; } zone_new;
extern const shape zone_new_shape;
typedef struct setting_change { str name, value; } setting_change;
extern const shape setting_change_shape;
extern const action setting_set;
/* Inside an act. */
MUST_CHECK err zone_insert(ctx *c, const zone_new *z);
MUST_CHECK err zone_begun(ctx *c, int64_t day);
#endif
