/* SPDX-License-Identifier: Apache-2.0 */
/* alert.c: new payees, parties that are not in good standing, agencies whose sum is another than last month's by three tenths. */
#include "room/subsidy/alert.h"

#include "gen/room/subsidy/alert_sql.h"

enum { TENTHS = 3 };

const struct choice alert_kinds[] = {
    {"new_payee", N_("Paid for the first time")}, {"standing", N_("Not in good standing")}, {"amount", N_("Sum differs from last month's by more than 30 %")}, {0},
};

SHAPE(batch_alert, FIELD(batch_alert, id, F_ID), FIELD(batch_alert, name, F_TEXT), FIELD(batch_alert, state, F_TEXT), FIELD(batch_alert, now_fen, F_FEN));

/* An agency of no last month is no change: a new payee says it. */
static bool differs(int64_t now, int64_t before)
{
    int64_t by = now > before ? now - before : before - now;
    return before > 0 && by > before / 10 * TENTHS;
}

static err compare(ctx *c, const batch *b, batch_alert *one, bool *is)
{
    TRY(store_int(c, &alert_sum_of_month, &one->before_fen, ARGS(one->id, b->month - 1)));
    *is = differs(one->now_fen, one->before_fen);
    return NO_ERR;
}

err batch_alerts(ctx *c, const batch *b, list *out)
{
    static const struct { const char *kind; const stmt *of; bool compared; } finders[] = {
        {"new_payee", &alert_new_payees, false}, {"standing", &alert_standings, false}, {"amount", &alert_sums, true},
    };
    list found[countof(finders)];
    int most = 0;
    for (int i = 0; i < countof(finders); i++) {
        TRY(store_list(c, finders[i].of, &batch_alert_shape, &found[i], ARGS(b->id, b->node)));
        most += found[i].n;
    }
    batch_alert *all = new_n(c->a, batch_alert, most + 1);
    *out = (list){.items = all};
    for (int i = 0; i < countof(finders); i++)
        for (int j = 0; j < found[i].n; j++) {
            bool is = true;
            batch_alert one = ((const batch_alert *)found[i].items)[j];
            one.kind = str_of(finders[i].kind);
            one.key = str_fmt(c->a, "%s-%lld", finders[i].kind, (long long)one.id);
            if (finders[i].compared) TRY(compare(c, b, &one, &is));
            if (is) all[out->n++] = one;
        }
    return NO_ERR;
}
