/* SPDX-License-Identifier: Apache-2.0 */
/* subsidy.c: the room's tables put together, and what begins with a day: the month's call. */
#include "room/subsidy/application.h"

#include "base/days.h"
#include "gen/room/subsidy/alert_sql.h"
#include "gen/room/subsidy/application_sql.h"
#include "gen/room/subsidy/batch_sql.h"
#include "gen/room/subsidy/clearing_sql.h"
#include "gen/room/subsidy/original_sql.h"
#include "gen/room/subsidy/pace_sql.h"
#include "gen/room/subsidy/paper_sql.h"
#include "gen/room/subsidy/payment_sql.h"
#include "gen/room/subsidy/reduction_sql.h"
#include "gen/room/subsidy/reversal_sql.h"
#include "gen/room/subsidy/reward_sql.h"
#include "room/budget/budget.h"
#include "room/message/message.h"
#include "room/subsidy/original.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/payment.h"
#include "room/subsidy/publish.h"
#include "room/subsidy/reversal.h"
#include "room/subsidy/reward.h"
#include "room/subsidy/seal.h"
#include "room/zone/zone.h"

/* A month's call opens and closes on the days the zone has set; a shorter month closes on its last day. */
static err open_call(ctx *c, int64_t month)
{
    int64_t opens, closes, made, first = month_first(month), last = month_first(month + 1) - 1;
    TRY(zone_number(c, "call_opens_on", &opens));
    TRY(zone_number(c, "call_closes_on", &closes));
    int64_t from = first + opens - 1, to = first + closes - 1;
    if (to > last) to = last;
    if (to < from) to = from;
    if (c->today < from) return NO_ERR;
    TRY(store_run(c, &application_call_add, &made, ARGS(month, from, to)));
    if (!made || c->today != from) return NO_ERR;
    return message_role(c, ROLE_AGENCY, N_("The call of {0} is open until {1}."), month_text(c->a, month), day_text(c->a, to), (str){0}, S("/applications"));
}

typedef struct expired { int64_t id, agency, enterprise; str number; } expired;
SHAPE(expired, FIELD(expired, id, F_ID), FIELD(expired, number, F_TEXT), FIELD(expired, agency, F_ID), FIELD(expired, enterprise, F_ID));

/* What nobody can claim any more is free for others. */
static err release_expired(ctx *c)
{
    const char *says = N_("The money reserved for the agreement {0} is released: nothing can be applied for on it any more.");
    list all;
    TRY(store_list(c, &application_holds_expired, &expired_shape, &all, ARGS(c->today)));
    for (const expired *e = all.items; e < (const expired *)all.items + all.n; e++) {
        str href = str_fmt(c->a, "/agreements/%lld", (long long)e->id);
        TRY(budget_release(c, e->id));
        TRY(message_org(c, e->agency, says, e->number, (str){0}, (str){0}, href));
        TRY(message_org(c, e->enterprise, says, e->number, (str){0}, (str){0}, href));
    }
    return NO_ERR;
}

static err day_begins(ctx *c)
{
    TRY(release_expired(c));
    return open_call(c, month_of(c->today));
}

/* Both parties learn that their notice ends on another day. */
static err calendar_changes(ctx *c, const calendar_change *by)
{
    const char *says = N_("The working days were changed: the public notice of {0} ends on {2} now, not on {1}.");
    for (int i = 0; i < by->n; i++) {
        const flow_timer_moved *m = &by->moved[i];
        application a;
        reward w;
        str old = day_text(c->a, m->old_day), end = day_text(c->a, m->new_day);
        err e = application_fetch(c, m->case_id, &a);
        if (!e.kind) {
            str href = str_fmt(c->a, "/applications/%lld", (long long)a.id);
            TRY(message_org(c, a.agency, says, a.number, old, end, href));
            TRY(message_org(c, a.enterprise, says, a.number, old, end, href));
        } else if (!store_row(c, &reward_row, &reward_shape, &w, ARGS(m->case_id)).kind)
            TRY(message_org(c, w.enterprise, says, w.number, old, end, str_fmt(c->a, "/rewards/%lld", (long long)w.id)));
    }
    return NO_ERR;
}

static err todo(ctx *c, view *out)
{
    TRY(application_todo(c, out));
    TRY(batch_todo(c, out));
    TRY(reversal_todo(c, out));
    return reward_todo(c, out);
}

static const nav_item nav[] = {
    {"/applications", N_("Applications"), "file-text", PARTY, 20, application_waiting},
    {"/batches", N_("Batches"), "files", OFFICERS, 30, NULL},
    {"/papers", N_("Papers"), "printer", OFFICERS, 100, NULL},
    {"/payments", N_("Payments"), "cash", WHO(ROLE_FINANCE) | WHO(ROLE_AUDITOR), 110, NULL},
    {"/rewards", N_("Rewards"), "gift", WHO(ROLE_BUREAU) | WHO(ROLE_FINANCE) | WHO(ROLE_AUDITOR) | WHO(ROLE_ENTERPRISE), 120, NULL},
    {"/flows", N_("Flows"), "git-branch", WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR) | WHO(ROLE_ADMIN), 130, NULL},
    {0},
};

extern const action flow_publish_act;
static const action *const actions[] = {
    &application_start, &application_save, &application_amend, &application_confirm, &application_move, &original_see, &batch_move, &paper_seal, &flow_publish_act,
    SUBSIDY_PAYMENT_ACTIONS, SUBSIDY_REVERSAL_ACTIONS, SUBSIDY_REWARD_ACTIONS, NULL,
};
static const char *const files[] = {"room/subsidy/subsidy.bpmn", "room/subsidy/reward.bpmn", NULL};

const room subsidy_room = {
    .name = "subsidy",
    .routes = (const route *const[]){application_routes, original_routes, many_routes, batch_routes, publish_routes, flow_routes, paper_routes, seal_routes, payment_routes, reversal_routes, reward_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){alert_statements, application_statements, batch_statements, clearing_statements, original_statements, pace_statements, paper_statements, payment_statements, reduction_statements, reversal_statements, reward_statements, NULL},
    .flows = (const flow_kind *const[]){&subsidy_flow, &reward_flow, NULL},
    .flow_files = files,
    .nav = nav,
    .day_begins = day_begins,
    .calendar_changes = calendar_changes,
    .todo = todo,
};
