/* SPDX-License-Identifier: Apache-2.0 */
/* budget.c: reserve, commit, pay, release; one statement moves money and refuses what a line has not. */
#include "room/budget/budget.h"

#include "base/days.h"
#include "base/money.h"
#include "gen/room/budget/budget_sql.h"
#include "room/budget/limit.h"
#include "room/policy/policy.h"

SHAPE(budget_line, FIELD(budget_line, id, F_ID), FIELD(budget_line, policy, F_ID), FIELD(budget_line, year, F_INT),
      FIELD(budget_line, total_fen, F_FEN), FIELD(budget_line, reserved_fen, F_FEN), FIELD(budget_line, committed_fen, F_FEN),
      FIELD(budget_line, paid_fen, F_FEN), FIELD(budget_line, available_fen, F_FEN), FIELD(budget_line, code, F_TEXT));

typedef struct hold { int64_t hold_id, line_id, item_id, reserved_fen; } hold;
SHAPE(hold, FIELD(hold, hold_id, F_ID), FIELD(hold, line_id, F_ID), FIELD(hold, item_id, F_ID), FIELD(hold, reserved_fen, F_FEN));
typedef struct claim { int64_t case_id, hold_id, line_id, drawn_fen, committed_fen, paid_fen; } claim;
SHAPE(claim, FIELD(claim, case_id, F_ID), FIELD(claim, hold_id, F_ID), FIELD(claim, line_id, F_ID), FIELD(claim, drawn_fen, F_FEN),
      FIELD(claim, committed_fen, F_FEN), FIELD(claim, paid_fen, F_FEN));

/* ---- moving money ----------------------------------------------------------------------------------------------- */

typedef struct { int64_t item, total, reserved, committed, paid; str reason; } change; /* item: the service it is for; 0: of the line itself */

err budget_line_name(ctx *c, int64_t line, str *title, budget_line *l)
{
    policy_version p;
    TRY(store_row(c, &budget_line_by_id, &budget_line_shape, l, ARGS(line)));
    err e = policy_in_force(c, l->policy, c->today, &p);
    *title = e.kind ? l->code : p.title;
    return NO_ERR;
}

static err refused(ctx *c, int64_t line)
{
    budget_line l;
    str name;
    TRY(budget_line_name(c, line, &name, &l));
    return err_with(ERR_CONFLICT, "budget", N_("Over budget: the line {0} of {1} has {2} left."), name,
                    str_fmt(c->a, "%lld", (long long)l.year), fen_words(c->a, l.available_fen));
}

static err move(ctx *c, int64_t line, int64_t case_id, const char *kind, change by)
{
    int64_t changed, id;
    TRY(store_run(c, &budget_line_move, &changed, ARGS(line, by.total, by.reserved, by.committed, by.paid)));
    if (!changed) return refused(c, line);
    TRY(store_next_id(c, S("budget_entry"), &id));
    TRY(store_run(c, &budget_entry_add, NULL,
                  ARGS(id, line, case_id, str_of(kind), by.total, by.reserved, by.committed, by.paid, c->today, c->now, c->who.person, by.reason)));
    if (!by.reserved && !by.committed && !by.paid) return NO_ERR;
    TRY(store_run(c, &budget_month_add, NULL, ARGS(line, by.item, month_of(c->today), by.reserved, by.committed, by.paid)));
    return limit_keep(c, line, by.item, by.reserved + by.committed + by.paid);
}

static err hold_set(ctx *c, const hold *h) { return store_run(c, &budget_hold_put, NULL, ARGS(h->hold_id, h->line_id, h->item_id, h->reserved_fen)); }

static err claim_set(ctx *c, const claim *k)
{
    return store_run(c, &budget_claim_put, NULL, ARGS(k->case_id, k->hold_id, k->line_id, k->drawn_fen, k->committed_fen, k->paid_fen));
}

err budget_of(ctx *c, int64_t policy, int64_t year, budget_line *out)
{
    err e = store_row(c, &budget_line_row, &budget_line_shape, out, ARGS(policy, year));
    if (e.kind != ERR_MISSING) return e;
    policy_version p;
    err named = policy_in_force(c, policy, c->today, &p);
    return err_with(ERR_CONFLICT, "budget", N_("There is no budget line for {0} in {1}."), named.kind ? S("?") : p.title,
                    str_fmt(c->a, "%lld", (long long)year), (str){0});
}

err budget_reserve(ctx *c, int64_t policy, int64_t year, int64_t item, int64_t hold_id, int64_t fen)
{
    budget_line l;
    hold h;
    bool found;
    TRY(store_find(c, &budget_hold_row, &hold_shape, &h, &found, ARGS(hold_id)));
    if (found && h.reserved_fen) return err_of(ERR_CONFLICT, "budget", N_("Money is already reserved for this agreement."));
    TRY(budget_of(c, policy, year, &l));
    TRY(move(c, l.id, hold_id, "reserve", (change){.item = item, .reserved = fen}));
    return hold_set(c, &(hold){hold_id, l.id, item, fen});
}

/* The year turns: what is still reserved moves to the line of the year of payment, if that has it. */
static err move_hold(ctx *c, hold *h, int64_t line)
{
    if (h->line_id == line) return NO_ERR;
    if (h->reserved_fen) {
        TRY(move(c, h->line_id, h->hold_id, "move", (change){.item = h->item_id, .reserved = -h->reserved_fen}));
        TRY(move(c, line, h->hold_id, "move", (change){.item = h->item_id, .reserved = h->reserved_fen}));
    }
    h->line_id = line;
    return hold_set(c, h);
}

err budget_commit(ctx *c, int64_t policy, int64_t hold_id, int64_t case_id, int64_t fen)
{
    int y, m, d;
    budget_line l;
    hold h;
    claim k;
    bool found, bound;
    day_split(c->today, &y, &m, &d);
    TRY(budget_of(c, policy, y, &l));
    TRY(store_find(c, &budget_claim_row, &claim_shape, &k, &bound, ARGS(case_id)));
    if (bound && (k.committed_fen || k.paid_fen)) return err_of(ERR_CONFLICT, "budget", N_("Money is already committed for this application."));
    TRY(store_find(c, &budget_hold_row, &hold_shape, &h, &found, ARGS(hold_id)));
    if (!found) h = (hold){.hold_id = hold_id, .line_id = l.id};
    TRY(move_hold(c, &h, l.id));
    int64_t drawn = fen < h.reserved_fen ? fen : h.reserved_fen;
    TRY(move(c, l.id, case_id, "commit", (change){.item = h.item_id, .reserved = -drawn, .committed = fen}));
    h.reserved_fen -= drawn;
    TRY(hold_set(c, &h));
    return claim_set(c, &(claim){case_id, hold_id, l.id, drawn, fen, 0});
}

err budget_uncommit(ctx *c, int64_t case_id)
{
    claim k;
    hold h;
    bool bound;
    TRY(store_find(c, &budget_claim_row, &claim_shape, &k, &bound, ARGS(case_id)));
    if (!bound || !k.committed_fen) return NO_ERR;
    TRY(store_row(c, &budget_hold_row, &hold_shape, &h, ARGS(k.hold_id)));
    int64_t drawn = k.drawn_fen < k.committed_fen ? k.drawn_fen : k.committed_fen; /* what was paid of it stays paid */
    int64_t back = h.line_id == k.line_id ? drawn : 0; /* a hold that has moved on takes nothing back */
    TRY(move(c, k.line_id, case_id, "return", (change){.item = h.item_id, .reserved = back, .committed = -k.committed_fen}));
    h.reserved_fen += back;
    TRY(hold_set(c, &h));
    k.committed_fen = k.drawn_fen = 0;
    return claim_set(c, &k);
}

err budget_pay(ctx *c, int64_t case_id, int64_t fen)
{
    claim k;
    hold h;
    err e = store_row(c, &budget_claim_row, &claim_shape, &k, ARGS(case_id));
    if (e.kind == ERR_MISSING || (!e.kind && k.committed_fen < fen))
        return err_of(ERR_CONFLICT, "budget", N_("More is to be paid than was committed at approval."));
    TRY(e);
    TRY(store_row(c, &budget_hold_row, &hold_shape, &h, ARGS(k.hold_id)));
    TRY(move(c, k.line_id, case_id, "pay", (change){.item = h.item_id, .committed = -fen, .paid = fen}));
    k.committed_fen -= fen;
    k.paid_fen += fen;
    return claim_set(c, &k);
}

err budget_release(ctx *c, int64_t hold_id)
{
    hold h;
    bool found;
    TRY(store_find(c, &budget_hold_row, &hold_shape, &h, &found, ARGS(hold_id)));
    if (!found || !h.reserved_fen) return NO_ERR;
    TRY(move(c, h.line_id, hold_id, "release", (change){.item = h.item_id, .reserved = -h.reserved_fen}));
    h.reserved_fen = 0;
    return hold_set(c, &h);
}

/* ---- the lines themselves ------------------------------------------------------------------------------------------ */

static const field change_fields[] = {
    FIELD(budget_change, policy, F_ID, .flags = F_REQUIRED, .label = N_("Policy"), .min = 1, .max = INT64_MAX),
    FIELD(budget_change, year, F_INT, .flags = F_REQUIRED, .label = N_("Year"), .min = 2000, .max = 2100),
    FIELD(budget_change, total_fen, F_FEN, .flags = F_REQUIRED, .label = N_("Budget of the year"), .hint = N_("In yuan"), .min = 0, .max = 100000000000000),
    FIELD(budget_change, reason, F_TEXT, .label = N_("Reason of a change"), .hint = N_("The paper that grants or cuts it"), .max = 200),
    FIELD(budget_change, id, F_ID, .flags = F_RESULT),
};
const shape budget_change_shape = {"budget_change", change_fields, countof(change_fields), sizeof(budget_change)};

static err set_total(ctx *c, void *in)
{
    budget_change *n = in;
    budget_line l;
    bool found;
    TRY(store_find(c, &budget_line_row, &budget_line_shape, &l, &found, ARGS(n->policy, n->year)));
    if (!found) {
        l = (budget_line){.policy = n->policy, .year = n->year};
        TRY(store_next_id(c, S("budget_line"), &l.id));
        err e = store_run(c, &budget_line_add, NULL, ARGS(l.id, n->policy, n->year));
        if (e.kind == ERR_CONFLICT) return err_of(ERR_INPUT, "policy", N_("There is no such policy."));
        TRY(e);
    }
    n->id = l.id;
    int64_t bound = l.reserved_fen + l.committed_fen + l.paid_fen;
    if (n->total_fen < bound)
        return err_with(ERR_INPUT, "total_fen", N_("{0} of this line is already bound; the budget cannot fall below it."),
                        fen_words(c->a, bound), (str){0}, (str){0});
    return move(c, l.id, 0, "total", (change){.total = n->total_fen - l.total_fen, .reason = n->reason});
}
const action budget_set = {"budget_set", &budget_change_shape, set_total, 0};

err budget_verify(ctx *c, view *report)
{
    view *all = view_put_list(report, S("ledger_broken"));
    static const struct { const stmt *find; const char *says; } checks[] = {
        {&budget_unbalanced_lines, N_("The line differs from the sum of its entries.")},
        {&budget_unbalanced_holds, N_("The line differs from what agreements hold of it.")},
        {&budget_unbalanced_claims, N_("The line differs from what applications have bound and received.")},
        {&budget_unbalanced_months, N_("The line differs from the sum of its months.")},
    };
    for (int i = 0; i < countof(checks); i++) {
        view *found = view_map(c->a);
        TRY(store_rows(c, checks[i].find, found, S("rows"), NO_ARGS));
        for (view *row = view_get(found, S("rows"))->first; row; row = row->next) {
            view *one = view_add_map(all);
            view_int(one, S("line"), view_get_int(row, S("id"), 0));
            view_text(one, S("what"), tr(c->lang, checks[i].says));
        }
    }
    if (all->n) view_bool(report, S("ok"), false);
    return NO_ERR;
}
