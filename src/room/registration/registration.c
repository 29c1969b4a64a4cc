/* SPDX-License-Identifier: Apache-2.0 */
/* registration.c: the room's tables. */
#include "room/registration/registration.h"

#include "gen/room/registration/firm_sql.h"
#include "gen/room/registration/import_sql.h"
#include "gen/room/registration/rules_sql.h"
#include "room/registration/firm.h"
#include "room/registration/import.h"
#include "room/registration/rules.h"

static const action *const actions[] = {&import_begin, &import_part, &import_finish, &rules_replace, &rules_asked, &firm_correct, &firm_invite, &firm_join, NULL};
static const nav_item nav[] = {
    {"/registrations", N_("Register of firms"), "list-details", WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_COMMITTEE) | WHO(ROLE_AUDITOR), 77, NULL},
    {0},
};

const room registration_room = {
    .name = "registration",
    .routes = (const route *const[]){firm_routes, import_routes, join_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){import_statements, rules_statements, firm_statements, NULL},
    .nav = nav,
    .jobs = registration_jobs,
};
