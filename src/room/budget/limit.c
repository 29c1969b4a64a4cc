/* SPDX-License-Identifier: Apache-2.0 */
/* limit.c: setting a limit, and keeping it in the transaction that would exceed it. */
#include "room/budget/limit.h"

#include "base/days.h"
#include "base/money.h"
#include "gen/room/budget/limit_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/message/message.h"

const struct choice limit_modes[] = {{"stop", N_("Stop what exceeds it"), "red"}, {"warn", N_("Warn the offices"), "yellow"}, {"none", N_("Lift the limit")}, {0}};

static const field limit_in_fields[] = {
    FIELD(limit_in, line, F_ID, .flags = F_HIDDEN),
    FIELD(limit_in, item, F_ID, .label = N_("Service"), .hint = N_("Empty: all services of the line"), .max = INT64_MAX),
    FIELD(limit_in, month, F_TEXT, .label = N_("Month"), .hint = N_("Such as 2018-11; empty: the whole year"), .max = 7),
    FIELD(limit_in, limit_fen, F_FEN, .label = N_("May be bound at most"), .hint = N_("In yuan"), .min = 0, .max = 100000000000000),
    FIELD(limit_in, mode, F_CODE, .flags = F_REQUIRED, .label = N_("What then"), .choices = limit_modes),
};
const shape limit_in_shape = {"budget_limit", limit_in_fields, countof(limit_in_fields), sizeof(limit_in)};

static err set_limit(ctx *c, void *in)
{
    limit_in *n = in;
    budget_line l;
    str title, service;
    int64_t month = 0;
    err e = budget_line_name(c, n->line, &title, &l);
    if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such budget line."));
    TRY(e);
    if (n->month.n && !month_parse(n->month, &month)) return err_of(ERR_INPUT, "month", N_("Give the month as 2018-11."));
    TRY(store_text(c, &limit_item_name, &service, ARGS(n->item)));
    if (n->item && !service.n) return err_of(ERR_INPUT, "item", N_("There is no such service."));
    if (str_eqz(n->mode, "none")) return store_run(c, &limit_lift, NULL, ARGS(l.id, n->item, month));
    return store_run(c, &limit_put, NULL, ARGS(l.id, n->item, month, n->limit_fen, n->mode));
}
const action budget_limit_set = {"budget_limit_set", &limit_in_shape, set_limit, 0};

/* ---- keeping ----------------------------------------------------------------------------------------------------------- */

typedef struct limit { int64_t item, month, limit_fen, bound_fen; str mode; } limit;
SHAPE(limit, FIELD(limit, item, F_ID), FIELD(limit, month, F_INT), FIELD(limit, limit_fen, F_FEN), FIELD(limit, bound_fen, F_FEN), FIELD(limit, mode, F_TEXT));

/* Service and month, as far as the limit names them. */
static err name_limit(ctx *c, const limit *m, lang l, str *out)
{
    str service = {0};
    if (m->item) TRY(store_text(c, &limit_item_name, &service, ARGS(m->item)));
    str month = m->month ? month_words(c->a, m->month, l) : tr(l, N_("the whole year"));
    *out = str_fmt(c->a, SF "%s" SF, SA(service), service.n ? " · " : "", SA(month));
    return NO_ERR;
}

static err keep_one(ctx *c, int64_t line, const limit *m, int64_t grown)
{
    budget_line l;
    str title, of;
    if (m->bound_fen <= m->limit_fen) return NO_ERR;
    bool stop = str_eqz(m->mode, "stop");
    if (!stop && m->bound_fen - grown > m->limit_fen) return NO_ERR; /* told when it was crossed */
    TRY(budget_line_name(c, line, &title, &l));
    TRY(name_limit(c, m, stop ? c->lang : LANG_ZH, &of));
    str name = str_fmt(c->a, SF " %lld", SA(title), (long long)l.year), left = fen_words(c->a, m->limit_fen - (m->bound_fen - grown));
    if (stop) return err_with(ERR_CONFLICT, "budget", N_("Over budget: the line {0} has {2} left for {1}."), name, of, left);
    str href = str_fmt(c->a, "/budgets/%lld", (long long)line);
    const char *says = N_("The line {0} has passed its limit for {1}: {2} are bound.");
    TRY(message_role(c, ROLE_FINANCE, says, name, of, fen_words(c->a, m->bound_fen), href));
    return message_role(c, ROLE_BUREAU, says, name, of, fen_words(c->a, m->bound_fen), href);
}

err limit_keep(ctx *c, int64_t line, int64_t service, int64_t grown)
{
    list all;
    if (grown <= 0) return NO_ERR; /* what gives back exceeds nothing */
    TRY(store_list(c, &limit_touched, &limit_shape, &all, ARGS(line, service, month_of(c->today))));
    for (const limit *m = all.items; m < (const limit *)all.items + all.n; m++) TRY(keep_one(c, line, m, grown));
    return NO_ERR;
}

err limit_show(ctx *c, int64_t line, view *into)
{
    list all;
    view *out = view_put_list(into, S("limits"));
    TRY(store_list(c, &limit_of_line, &limit_shape, &all, ARGS(line)));
    for (const limit *m = all.items; m < (const limit *)all.items + all.n; m++) {
        view *row = view_add_map(out);
        str of;
        TRY(name_limit(c, m, c->lang, &of));
        view_int(row, S("item"), m->item);
        view_text(row, S("month"), m->month ? month_text(c->a, m->month) : S(""));
        view_text(row, S("name"), of);
        view_fen(row, S("limit_fen"), m->limit_fen);
        view_fen(row, S("bound_fen"), m->bound_fen);
        view_fen(row, S("left_fen"), m->limit_fen - m->bound_fen);
        view_bool(row, S("over"), m->bound_fen > m->limit_fen);
        view_text(row, S("mode"), m->mode);
        view_choice(c->lang, row, S("mode"), limit_modes);
    }
    return NO_ERR;
}
