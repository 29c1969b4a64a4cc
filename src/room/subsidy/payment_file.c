/* SPDX-License-Identifier: Apache-2.0 */
/* payment_file.c: CSV to the bank and from it. */
#include "room/subsidy/payment_file.h"

#include "base/days.h"
#include "base/money.h"
#include "format/csv.h"
#include "room/member/member.h"

enum { CELLS_MAX = 12, RESULTS_MAX = 20000 };

/* ---- to the bank ------------------------------------------------------------------------------------------------------ */

static void cells(buf *b, const str *all, int n)
{
    for (int i = 0; i < n; i++) {
        if (i) csv_comma(b);
        csv_text(b, all[i]);
    }
    csv_end_row(b);
}

static str number_text(arena *a, int64_t n) { return str_fmt(a, "%lld", (long long)n); }

void payment_file_lines(buf *b, const payment_line *lines, int n)
{
    for (int i = 0; i < n; i++) {
        const payment_line *l = &lines[i];
        str row[] = {number_text(b->a, l->id), l->number, l->holder, l->bank, l->account, fen_text(b->a, l->amount_fen)};
        cells(b, row, countof(row));
    }
}

void payment_file_write(buf *b, const payment *p, const payment_line *lines, int n)
{
    csv_begin(b);
    str head[] = {S("拨付单号"), p->number, S("笔数"), number_text(b->a, p->count), S("合计"), fen_text(b->a, p->total_fen), S("sha256"), p->hash};
    cells(b, head, countof(head));
    str titles[] = {S("行号"), S("申报编号"), S("收款人"), S("开户银行"), S("账号"), S("金额")};
    cells(b, titles, countof(titles));
    payment_file_lines(b, lines, n);
}

/* ---- from the bank ------------------------------------------------------------------------------------------------------ */

static void wrong(ctx *c, int64_t at, const char *why, str a)
{
    ctx_wrong(c, "results", err_with(ERR_INPUT, "results", why, number_text(c->a, at), a, (str){0}));
}

static bool read_state(str s, str *out)
{
    bool paid = str_eqz(s, "paid") || str_eqz(s, "成功"), failed = str_eqz(s, "failed") || str_eqz(s, "失败");
    *out = paid ? S("paid") : S("failed");
    return paid || failed;
}

/* line, amount, state, reference, day, reason */
static bool read_result(ctx *c, int64_t at, const str *cell, int n, bank_result *r)
{
    *r = (bank_result){.at = at};
    if (n < 5) wrong(c, at, N_("Row {0}: six columns are expected: line, amount, state, reference, day, reason."), (str){0});
    else if (!str_int(str_trim(cell[0]), &r->line)) wrong(c, at, N_("Row {0}: “{1}” is no line number."), cell[0]);
    else if (!fen_parse(str_trim(cell[1]), &r->amount_fen)) wrong(c, at, N_("Row {0}: “{1}” is no amount."), cell[1]);
    else if (!read_state(str_trim(cell[2]), &r->state)) wrong(c, at, N_("Row {0}: the state is “paid” or “failed”, not “{1}”."), cell[2]);
    else if (!day_parse(str_trim(cell[4]), &r->day)) wrong(c, at, N_("Row {0}: “{1}” is no day."), cell[4]);
    else {
        r->bank_ref = str_trim(cell[3]);
        r->reason = n > 5 ? str_trim(cell[5]) : (str){0};
        bool paid = str_eqz(r->state, "paid");
        if (paid && !r->bank_ref.n) wrong(c, at, N_("Row {0}: a paid line has the bank's reference."), (str){0});
        else if (!paid && !r->reason.n) wrong(c, at, N_("Row {0}: a failed line has the reason."), (str){0});
        else return true;
    }
    return false;
}

/* The hash says which order this answers. */
static err check_hash(const payment *p, str hash)
{
    if (!hash.n) return err_of(ERR_INPUT, "results", N_("The row with sha256 and the order's hash is missing: nobody could say which order this answers."));
    return str_eq(hash, p->hash) ? NO_ERR : err_of(ERR_INPUT, "results", N_("The hash is another order's. Nothing was read in."));
}

err payment_file_read(ctx *c, const payment *p, str bytes, bank_result **out, int *n)
{
    csv_reader r;
    str cell[CELLS_MAX], hash = {0};
    int cell_n;
    csv_open(&r, c->a, bytes);
    *out = new_n(c->a, bank_result, RESULTS_MAX + 1);
    *n = 0;
    for (;;) {
        err e = csv_read_row(&r, cell, CELLS_MAX, &cell_n);
        if (e.kind == ERR_INPUT) {
            ctx_wrong(c, "results", e);
            continue;
        }
        TRY(e);
        if (!cell_n) break;
        if (cell_n >= 2 && str_eqz(cell[0], "sha256")) hash = str_trim(cell[1]);
        else if (str_eqz(cell[0], "line") || str_eqz(cell[0], "行号")) continue;
        else if (*n == RESULTS_MAX) return err_of(ERR_LARGE, "results", N_("At most 20000 results in one file."));
        else if (read_result(c, r.line, cell, cell_n, &(*out)[*n])) ++*n;
    }
    TRY(check_hash(p, hash));
    TRY(ctx_errors(c));
    return *n ? NO_ERR : err_of(ERR_INPUT, "results", N_("The file has no results."));
}

/* ---- on a page --------------------------------------------------------------------------------------------------------------- */

void payment_name_line(ctx *c, view *row)
{
    static const struct { const char *state, *label; } states[] = {{"ordered", N_("ordered")}, {"paid", N_("paid")}, {"failed", N_("failed")}};
    str state = str_dup(c->a, view_get_text(row, S("state"))), account = str_dup(c->a, view_get_text(row, S("account")));
    if (account.n) view_text(row, S("account"), bank_masked(c->a, account));
    for (int i = 0; i < countof(states); i++) {
        bool is = str_eqz(state, states[i].state);
        if (is) view_code(row, S("state"), state, tr(c->lang, states[i].label));
        view_bool(row, str_fmt(c->a, "is_%s", states[i].state), is);
    }
}
