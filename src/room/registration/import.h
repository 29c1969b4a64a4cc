/* SPDX-License-Identifier: Apache-2.0 */
/* import.h: inside the room: imports and their acts. */
#ifndef REGISTRATION_IMPORT_H
#define REGISTRATION_IMPORT_H

#include "format/sheet.h"
#include "room/registration/feed.h"
#include "room/registration/registration.h"
#include "room/registration/screen.h"

typedef struct import_new { str file_name, beginning, header; int64_t all_bytes, document; int64_t id; } import_new; /* id: result */
typedef struct import_end { int64_t id; str state, reason; } import_end;
extern const shape import_end_shape;
extern const action import_begin, import_part, import_finish;
#endif
