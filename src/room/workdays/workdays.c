/* SPDX-License-Identifier: Apache-2.0 */
/* workdays.c: a paper of the State Council is taken, and what hangs on working days is dated anew. */
#include "room/workdays/workdays.h"

#include "base/days.h"
#include "gen/room/workdays/workdays_sql.h"

static const field paper_fields[] = {
    FIELD(workdays_paper, csv, F_LINES, .flags = F_REQUIRED, .label = N_("Days that the paper names"),
          .hint = N_("A line each: date, name, holiday or workday, web address of the paper. A day named before is replaced."), .max = 200000),
    FIELD(workdays_paper, id, F_ID, .flags = F_RESULT),
    FIELD(workdays_paper, moved, F_INT, .flags = F_RESULT),
};
const shape workdays_paper_shape = {"workdays_paper", paper_fields, countof(paper_fields), sizeof(workdays_paper)};

typedef struct stored { int64_t id; str csv; } stored;
SHAPE(stored, FIELD(stored, id, F_ID), FIELD(stored, csv, F_LINES));

err workdays_load(ctx *c)
{
    list all;
    TRY(store_list(c, &workdays_papers, &stored_shape, &all, NO_ARGS));
    for (const stored *p = all.items; p < (const stored *)all.items + all.n; p++) TRY(calendar_amend(c->days, p->csv));
    return NO_ERR;
}

/* Every room dates anew what it has dated. */
static err tell_rooms(ctx *c, const calendar *before, const list *moved)
{
    const house_face *face = (const house_face *)c->house;
    calendar_change change = {before, moved->items, moved->n};
    for (const room *const *r = face->rooms; *r; r++)
        if ((*r)->calendar_changes) TRY((*r)->calendar_changes(c, &change));
    return NO_ERR;
}

/* First on a calendar of the act's own: a paper that is refused, or refuses something, has changed nothing. The one in force is amended as the
 * last step inside the act, so that the next act of the same group counts by it; a group whose commit fails ends the process, and the next
 * start counts by what is stored. */
static err take(ctx *c, void *in)
{
    workdays_paper *p = in;
    list moved;
    ctx at = *c;
    at.days = calendar_still(c->a, c->days);
    err e = calendar_amend(at.days, p->csv);
    if (e.kind) return ctx_wrong(c, "csv", e), ctx_errors(c);
    if (str_eq(calendar_version(at.days), calendar_version(c->days)))
        return err_of(ERR_INPUT, "csv", N_("These days are counted like this already: nothing would change."));
    TRY(flow_recount(&at, c->days, &moved));
    TRY(tell_rooms(&at, c->days, &moved));
    p->moved = moved.n;
    TRY(store_next_id(c, S("workdays_paper"), &p->id));
    TRY(store_run(c, &workdays_add_paper, NULL, ARGS(p->id, p->csv, str_dup(c->a, calendar_version(at.days)), c->today, c->now, c->who.person, p->moved)));
    return calendar_amend(c->days, p->csv);
}
const action workdays_take = {"workdays_take", &workdays_paper_shape, take, 0};
