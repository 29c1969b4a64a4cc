/* SPDX-License-Identifier: Apache-2.0 */
/* registration.c: the room's tables. */
#include "room/registration/registration.h"

#include "gen/room/registration/import_sql.h"
#include "gen/room/registration/rules_sql.h"
#include "room/registration/import.h"
#include "room/registration/rules.h"

static const action *const actions[] = {&import_begin, &import_part, &import_finish, &rules_replace, NULL};

const room registration_room = {
    .name = "registration",
    .actions = actions,
    .statements = (const stmt *const *const[]){import_statements, rules_statements, NULL},
};
