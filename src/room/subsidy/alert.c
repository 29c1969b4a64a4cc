/* SPDX-License-Identifier: Apache-2.0 */
/* alert.c: new payees, parties that are not in good standing, agencies whose sum is another than last month's by three tenths. */
#include "room/subsidy/alert.h"

#include "gen/room/subsidy/alert_sql.h"

enum { TENTHS = 3 };

static view *add(ctx *c, view *out, const char *code, const char *label, const view *of)
{
    view *one = view_add_map(out);
    view_code(one, S("kind"), str_of(code), tr(c->lang, label));
    view_text(one, S("name"), str_dup(c->a, view_get_text(of, S("name"))));
    view_int(one, S("organisation"), view_get_int(of, S("id"), 0));
    return one;
}

/* An agency of no last month is no change: a new payee says it. */
static bool differs(int64_t now, int64_t before)
{
    int64_t by = now > before ? now - before : before - now;
    return before > 0 && by > before / 10 * TENTHS;
}

static err add_amounts(ctx *c, const batch *b, view *out)
{
    view *found = view_map(c->a);
    TRY(store_rows(c, &alert_sums, found, S("rows"), ARGS(b->id, b->node)));
    for (const view *row = view_get(found, S("rows"))->first; row; row = row->next) {
        int64_t before, now = view_get_int(row, S("now_fen"), 0);
        TRY(store_int(c, &alert_sum_of_month, &before, ARGS(view_get_int(row, S("id"), 0), b->month - 1)));
        if (!differs(now, before)) continue;
        view *one = add(c, out, "amount", N_("Sum differs from last month's by more than 30 %"), row);
        view_fen(one, S("now_fen"), now);
        view_fen(one, S("before_fen"), before);
    }
    return NO_ERR;
}

err batch_alerts(ctx *c, const batch *b, view *into)
{
    view *out = view_put_list(into, S("alerts")), *found = view_map(c->a);
    TRY(store_rows(c, &alert_new_payees, found, S("payees"), ARGS(b->id, b->node)));
    for (const view *row = view_get(found, S("payees"))->first; row; row = row->next) add(c, out, "new_payee", N_("Paid for the first time"), row);
    TRY(store_rows(c, &alert_standings, found, S("parties"), ARGS(b->id, b->node)));
    for (const view *row = view_get(found, S("parties"))->first; row; row = row->next)
        view_text(add(c, out, "standing", N_("Not in good standing"), row), S("state"), view_get_text(row, S("state")));
    return add_amounts(c, b, out);
}
