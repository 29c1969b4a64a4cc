/* SPDX-License-Identifier: Apache-2.0 */
/* matching.c: the room's tables put together. */
#include "room/matching/matching.h"

#include "gen/room/matching/mentoring_sql.h"
#include "gen/room/matching/need_sql.h"
#include "gen/room/matching/offer_sql.h"
#include "room/matching/mentoring.h"
#include "room/matching/need.h"
#include "room/matching/offer.h"

static err todo(ctx *c, view *out)
{
    TRY(need_todo(c, out));
    return mentoring_todo(c, out);
}

static const nav_item nav[] = {
    {"/needs", N_("Needs"), "search", NEED_READERS, 35, NULL},
    {"/offering", N_("What we offer"), "list-details", WHO(ROLE_AGENCY), 36, NULL},
    {"/offers", N_("Who offers what"), "building", WHO(ROLE_ENTERPRISE) | WHO(ROLE_ALLIANCE), 36, NULL},
    {"/mentorings", N_("One helps one"), "users", NEED_READERS, 37, NULL},
    {0},
};
static const action *const actions[] = {MATCHING_NEED_ACTIONS, MATCHING_OFFER_ACTIONS, MATCHING_MENTORING_ACTIONS, NULL};

const room matching_room = {
    .name = "matching",
    .routes = (const route *const[]){need_routes, offer_routes, mentoring_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){need_statements, offer_statements, mentoring_statements, NULL},
    .nav = nav,
    .day_begins = need_day_begins,
    .calendar_changes = need_calendar_changes,
    .todo = todo,
};
