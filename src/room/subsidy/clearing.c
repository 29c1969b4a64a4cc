/* SPDX-License-Identifier: Apache-2.0 */
/* clearing.c: notes that clear a batch's alerts, asked for at the steps that review it. */
#include "room/subsidy/clearing.h"

#include "gen/room/subsidy/clearing_sql.h"
#include "room/subsidy/alert.h"

static const field clearing_fields[] = {
    FIELD(clearing_in, alert, F_TEXT, .flags = F_REQUIRED, .max = 60),
    FIELD(clearing_in, why, F_LINES, .max = 2000),
};
const shape clearing_in_shape = {"clearing", clearing_fields, countof(clearing_fields), sizeof(clearing_in)};

static err is_cleared(ctx *c, const batch *b, const batch_alert *a, bool *out)
{
    int64_t n;
    TRY(store_int(c, &clearing_given, &n, ARGS(b->id, a->kind, a->id, a->now_fen)));
    *out = n > 0;
    return NO_ERR;
}

static str note_on(const list *given, const batch_alert *a)
{
    const clearing_in *g = given->items;
    for (int i = 0; i < given->n; i++)
        if (str_eq(g[i].alert, a->key)) return g[i].why;
    return (str){0};
}

static err keep(ctx *c, const batch *b, const batch_alert *a, str note)
{
    int64_t id;
    TRY(store_next_id(c, S("batch_clearing"), &id));
    return store_run(c, &clearing_add, NULL, ARGS(id, b->id, a->kind, a->id, a->now_fen, note, b->node, c->who.person, c->who.org, c->today));
}

static err need_one(ctx *c, const batch *b, const batch_alert *a, const list *given)
{
    bool cleared;
    int64_t n;
    TRY(store_int(c, &clearing_goes_on, &n, ARGS(b->id, b->node, a->id)));
    if (!n) return NO_ERR;
    str note = note_on(given, a);
    const char *at = str_z(c->a, str_join(c->a, S("why_"), a->key));
    if (note.n) return keep(c, b, a, note);
    TRY(is_cleared(c, b, a, &cleared));
    if (!cleared)
        ctx_wrong(c, at, err_with(ERR_INPUT, at, N_("{0}: {1}. Note why it is in order before the batch is signed off."), a->name,
                                  choice_word(c->lang, alert_kinds, a->kind), (str){0}));
    return NO_ERR;
}

err clearing_need(ctx *c, const batch *b, const list *alerts, const list *given)
{
    for (const batch_alert *a = alerts->items; a < (const batch_alert *)alerts->items + alerts->n; a++) TRY(need_one(c, b, a, given));
    return ctx_errors(c);
}

/* ---- showing ---------------------------------------------------------------------------------------------------------- */

static err show_alert(ctx *c, const batch *b, const batch_alert *a, view *row)
{
    bool cleared;
    TRY(is_cleared(c, b, a, &cleared));
    view_code(row, S("kind"), a->kind, choice_word(c->lang, alert_kinds, a->kind));
    view_text(row, S("name"), a->name);
    view_int(row, S("organisation"), a->id);
    view_text(row, S("key"), a->key);
    view_bool(row, S("cleared"), cleared);
    if (a->before_fen) view_fen(row, S("now_fen"), a->now_fen), view_fen(row, S("before_fen"), a->before_fen);
    return NO_ERR;
}

err clearing_show(ctx *c, const batch *b, bool waits, view *into)
{
    list alerts = {0};
    view *rows = view_put_list(into, S("alerts"));
    if (waits) TRY(batch_alerts(c, b, &alerts));
    for (const batch_alert *a = alerts.items; a < (const batch_alert *)alerts.items + alerts.n; a++) TRY(show_alert(c, b, a, view_add_map(rows)));
    TRY(store_rows(c, &clearing_of_batch, into, S("clearings"), ARGS(b->id)));
    for (view *row = view_get(into, S("clearings"))->first; row; row = row->next) {
        str who, org;
        view_choice(c->lang, row, S("kind"), alert_kinds);
        TRY(flow_name_person(c, view_get_int(row, S("cleared_by"), 0), view_get_int(row, S("cleared_org"), 0), &who, &org));
        view_text(row, S("who"), who);
    }
    return NO_ERR;
}
