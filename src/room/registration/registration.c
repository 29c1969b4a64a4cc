/* SPDX-License-Identifier: Apache-2.0 */
/* registration.c: the room's tables put together. */
#include "gen/room/registration/registration_sql.h"
#include "room/registration/registration_parts.h"

static const action *const actions[] = {REGISTRATION_IMPORT_ACTIONS, NULL};

const room registration_room = {
    .name = "registration",
    .actions = actions,
    .statements = (const stmt *const *const[]){registration_statements, NULL},
};
