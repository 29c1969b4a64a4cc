/* SPDX-License-Identifier: Apache-2.0 */
/* registration_parts.h: inside the room. */
#ifndef REGISTRATION_PARTS_H
#define REGISTRATION_PARTS_H

#include "room/registration/feed.h"
#include "room/registration/registration.h"

/* The rules in force: those that the program came with. */
MUST_CHECK err screening_rules(arena *a, const screening **out);

typedef struct import_end { int64_t id; str state, reason; } import_end;
extern const action registration_import_begin, registration_import_end, registration_take;
#define REGISTRATION_IMPORT_ACTIONS &registration_import_begin, &registration_import_end, &registration_take
#endif
