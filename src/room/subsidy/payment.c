/* SPDX-License-Identifier: Apache-2.0 */
/* payment.c: orders, the bank's answer line by line, retries of failed lines, closing a month. */
#include "room/subsidy/payment.h"

#include "base/days.h"
#include "base/money.h"
#include "format/csv.h"
#include "format/hash.h"
#include "gen/room/subsidy/payment_sql.h"
#include "room/budget/budget.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/pair/pair.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/payment_file.h"
#include "room/subsidy/subsidy.h"

SHAPE(payment, FIELD(payment, id, F_ID), FIELD(payment, number, F_TEXT), FIELD(payment, kind, F_TEXT), FIELD(payment, month, F_INT),
      FIELD(payment, batch, F_ID), FIELD(payment, count, F_INT), FIELD(payment, total_fen, F_FEN), FIELD(payment, hash, F_TEXT),
      FIELD(payment, made_day, F_DAY), FIELD(payment, made_by, F_ID), FIELD(payment, former, F_ID));
SHAPE(payment_line, FIELD(payment_line, id, F_ID), FIELD(payment_line, payment, F_ID), FIELD(payment_line, application, F_ID),
      FIELD(payment_line, case_id, F_ID), FIELD(payment_line, org, F_ID), FIELD(payment_line, holder, F_TEXT), FIELD(payment_line, bank, F_TEXT),
      FIELD(payment_line, account, F_TEXT), FIELD(payment_line, amount_fen, F_FEN), FIELD(payment_line, state, F_TEXT),
      FIELD(payment_line, bank_ref, F_TEXT), FIELD(payment_line, bank_day, F_DAY), FIELD(payment_line, failure, F_TEXT),
      FIELD(payment_line, retry_of, F_ID), FIELD(payment_line, number, F_TEXT));

static str href_of(ctx *c, int64_t id) { return str_fmt(c->a, "/payments/%lld", (long long)id); }
static str number_text(ctx *c, int64_t n) { return str_fmt(c->a, "%lld", (long long)n); }

err payment_get(ctx *c, int64_t id, payment *out)
{
    err e = store_row(c, &payment_row, &payment_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such payment order.")) : e;
}

/* ---- making an order -------------------------------------------------------------------------------------------------- */

/* Why an account cannot be used, with the organisation's name before it. */
static err account_of(ctx *c, payment_line *l)
{
    bank_account b;
    org o;
    err e = member_account(c, l->org, &b);
    if (e.kind == ERR_CONFLICT) {
        TRY(member_get(c, l->org, &o));
        return err_with(ERR_CONFLICT, "account", N_("{0} ({1}) cannot be paid: {2}"), o.name, l->number, err_text(c->a, e, tr(c->lang, e.text)));
    }
    TRY(e);
    l->holder = b.holder, l->bank = b.bank, l->account = b.number;
    return NO_ERR;
}

static err keep_line(ctx *c, const payment_line *l)
{
    err e = store_run(c, &payment_line_add, NULL,
                      ARGS(l->id, l->payment, l->application, l->case_id, l->org, l->holder, l->bank, store_sealed(c, l->account), l->amount_fen, l->retry_of));
    if (e.kind == ERR_CONFLICT)
        return err_with(ERR_CONFLICT, "", l->retry_of ? N_("The failed line of {0} is retried already.") : N_("{0} is ordered already: a case is paid once."), l->number,
                        (str){0}, (str){0});
    return e;
}

static err make_order(ctx *c, payment *p, payment_line *lines, int n)
{
    int64_t year, number;
    TRY(store_next_id(c, S("payment"), &p->id));
    TRY(paper_take_number(c, S("payment"), &year, &number));
    p->number = str_fmt(c->a, "拨付〔%lld〕%lld号", (long long)year, (long long)number);
    p->count = n;
    p->total_fen = 0;
    for (int i = 0; i < n; i++) {
        payment_line *l = &lines[i];
        TRY(store_next_id(c, S("payment_line"), &l->id));
        TRY(account_of(c, l));
        l->payment = p->id;
        if (!fen_add(p->total_fen, l->amount_fen, &p->total_fen)) return err_of(ERR_CONFLICT, "", N_("The order's total is too large."));
    }
    buf b = buf_new(c->a, n * 120);
    payment_file_lines(&b, lines, n);
    p->hash = sha256_hex(c->a, buf_str(&b));
    TRY(store_run(c, &payment_add, NULL,
                  ARGS(p->id, p->number, p->kind, p->month, p->batch, p->count, p->total_fen, p->hash, c->today, c->who.person, p->former)));
    for (int i = 0; i < n; i++) TRY(keep_line(c, &lines[i]));
    return NO_ERR;
}

err payment_order(ctx *c, str kind, int64_t batch_id, payment_line *lines, int n)
{
    payment p = {.kind = kind, .batch = batch_id, .month = month_of(c->today)};
    return n ? make_order(c, &p, lines, n) : NO_ERR;
}

typedef struct { payment_line *lines; int n, room; } lines_of;

static void add_line(ctx *c, lines_of *l, const application *a, int64_t whom, int64_t fen)
{
    if (!fen) return;
    if (l->n == l->room) {
        payment_line *more = new_n(c->a, payment_line, 2 * l->room);
        memcpy(more, l->lines, (size_t)l->n * sizeof *more);
        l->lines = more, l->room *= 2;
    }
    l->lines[l->n++] = (payment_line){.application = a->id, .case_id = a->id, .org = whom, .amount_fen = fen, .number = a->number};
}

/* Agencies that served before keep their agreed shares, in whole fen rounded down; the rest is its who serves now. Where the policy pays the
 * alliance, that passes the money on. */
static err share_out(ctx *c, const application *a, lines_of *l)
{
    list formers;
    agreement m;
    TRY(agreement_formers(c, a->agreement, &formers));
    if (!formers.n || a->payee != a->agency) return add_line(c, l, a, a->payee, a->amount_fen), NO_ERR;
    int64_t rest = a->amount_fen;
    for (const agreement_share *s = formers.items; s < (const agreement_share *)formers.items + formers.n; s++) {
        int64_t part = a->amount_fen / 100 * s->percent + a->amount_fen % 100 * s->percent / 100; /* no product beyond an int64 */
        add_line(c, l, a, s->org, part);
        rest -= part;
    }
    TRY(agreement_fetch(c, a->agreement, &m));
    return add_line(c, l, a, m.agency, rest), NO_ERR;
}

static err settle_one(ctx *c, int64_t id, lines_of *l)
{
    application a;
    TRY(application_fetch(c, id, &a));
    if (a.standard_fen && a.amount_fen + a.reward_fen > a.standard_fen)
        return err_with(ERR_CONFLICT, "", N_("{0}: the agency's and the enterprise's parts are {1}, above the policy's standard of {2}."), a.number,
                        fen_words(c->a, a.amount_fen + a.reward_fen), fen_words(c->a, a.standard_fen));
    if (!a.amount_fen) return NO_ERR;
    TRY(budget_pay(c, a.id, a.amount_fen));
    return share_out(c, &a, l);
}

err payment_settle(ctx *c, const flow_move *m)
{
    lines_of l = {.lines = new_n(c->a, payment_line, m->n), .room = m->n};
    for (int i = 0; i < m->n; i++) TRY(settle_one(c, m->cases[i].id, &l));
    return payment_order(c, S("agency"), m->cases[0].batch, l.lines, l.n);
}

/* ---- what the bank answers --------------------------------------------------------------------------------------------- */

static const field results_fields[] = {
    FIELD(payment_results_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(payment_results_in, results, F_LINES, .flags = F_REQUIRED, .label = N_("The bank's result file (CSV)"),
          .hint = N_("First row: sha256 and the order's hash; then line, amount, paid or failed, bank reference, day, reason"), .max = 900000),
    FIELD(payment_results_in, paid, F_INT, .flags = F_RESULT),
    FIELD(payment_results_in, failed, F_INT, .flags = F_RESULT),
    FIELD(payment_results_in, same, F_INT, .flags = F_RESULT),
};
const shape payment_results_in_shape = {"payment_results", results_fields, countof(results_fields), sizeof(payment_results_in)};

static payment_line *line_of(const list *all, int64_t id)
{
    payment_line *l = all->items;
    int low = 0, high = all->n;
    while (low < high) { /* by id */
        int mid = (low + high) / 2;
        if (l[mid].id < id) low = mid + 1;
        else high = mid;
    }
    return low < all->n && l[low].id == id ? &l[low] : NULL;
}

static void wrong(ctx *c, int64_t line, const char *why, str a, str b)
{
    ctx_wrong(c, "results", err_with(ERR_INPUT, "results", why, number_text(c, line), a, b));
}

static bool same_result(const payment_line *l, const bank_result *r)
{
    return str_eq(l->state, r->state) && str_eq(l->bank_ref, r->bank_ref) && l->bank_day == r->day && str_eq(l->failure, r->reason);
}

/* Notes what is wrong with one answer; true: it is to be written. `seen` is of the line. */
static bool check_result(ctx *c, const payment *p, const payment_line *l, bool *seen, const bank_result *r)
{
    bool again = l && *seen;
    if (l) *seen = true;
    if (again) wrong(c, r->at, N_("Row {0}: line {1} stands there twice."), number_text(c, r->line), (str){0});
    else if (!l) wrong(c, r->at, N_("Row {0}: the order has no line {1}."), number_text(c, r->line), (str){0});
    else if (l->amount_fen != r->amount_fen)
        wrong(c, r->at, N_("Row {0}: the amount is {1}, in the order {2}."), fen_words(c->a, r->amount_fen), fen_words(c->a, l->amount_fen));
    else if (!str_eqz(l->state, "ordered") && !same_result(l, r))
        wrong(c, r->at, N_("Row {0}: line {1} has another result already: {2}."), number_text(c, r->line),
              tr(c->lang, str_eqz(l->state, "paid") ? N_("paid") : N_("failed")));
    else if (r->day < p->made_day || r->day > c->today)
        wrong(c, r->at, N_("Row {0}: the day is before the order or after today."), (str){0}, (str){0});
    else return str_eqz(l->state, "ordered");
    return false;
}

static err tell(ctx *c, const payment_line *l, const bank_result *r)
{
    application a;
    TRY(application_fetch(c, l->application, &a));
    str amount = fen_words(c->a, l->amount_fen), href = str_fmt(c->a, "/applications/%lld", (long long)a.id);
    if (str_eqz(r->state, "paid")) {
        TRY(message_org(c, l->org, N_("The bank has paid {0} for application {1}, reference {2}."), amount, a.number, r->bank_ref, href));
        return l->org == a.enterprise ? NO_ERR : message_org(c, a.enterprise, N_("The subsidy of {0} for application {1} is paid to {2}."), amount, a.number, l->holder, href);
    }
    TRY(message_org(c, l->org, N_("The bank could not pay {0} for application {1}: {2}"), amount, a.number, r->reason, href));
    return l->org == a.enterprise ? NO_ERR : message_org(c, a.enterprise, N_("The bank could not pay {0} for application {1}: {2}"), amount, a.number, r->reason, href);
}

static err read_results(ctx *c, void *in)
{
    payment_results_in *f = in;
    payment p;
    list lines;
    bank_result *answers;
    int n;
    TRY(payment_get(c, f->id, &p));
    TRY(store_list(c, &payment_lines, &payment_line_shape, &lines, ARGS(p.id)));
    TRY(payment_file_read(c, &p, f->results, &answers, &n));
    bool *fresh = new_n(c->a, bool, n + 1), *seen = new_n(c->a, bool, lines.n + 1);
    for (int i = 0; i < n; i++) {
        const payment_line *l = line_of(&lines, answers[i].line);
        fresh[i] = check_result(c, &p, l, seen + (l ? l - (const payment_line *)lines.items : lines.n), &answers[i]);
    }
    TRY(ctx_errors(c));
    f->paid = f->failed = f->same = 0;
    for (int i = 0; i < n; i++) {
        const bank_result *r = &answers[i];
        int64_t changed = 0;
        if (fresh[i]) TRY(store_run(c, &payment_line_done, &changed, ARGS(r->line, r->state, r->bank_ref, r->day, r->reason)));
        if (!changed) f->same++;
        else if (str_eqz(r->state, "paid")) f->paid++;
        else f->failed++;
        if (changed) TRY(tell(c, line_of(&lines, r->line), r));
    }
    return NO_ERR;
}
const action payment_results = {"payment_results", &payment_results_in_shape, read_results, 0};

/* ---- retrying what failed ------------------------------------------------------------------------------------------------ */

static const field retry_fields[] = {
    FIELD(payment_retry_in, payment, F_ID, .flags = F_HIDDEN),
    FIELD(payment_retry_in, id, F_ID, .flags = F_RESULT),
};
const shape payment_retry_in_shape = {"payment_retry", retry_fields, countof(retry_fields), sizeof(payment_retry_in)};

static err retry(ctx *c, void *in)
{
    payment_retry_in *f = in;
    payment old;
    list failed;
    int64_t reviewed, other = c->who.for_person ? c->who.for_person : c->who.person;
    TRY(payment_get(c, f->payment, &old));
    TRY(store_int(c, &payment_reviewed_by, &reviewed, ARGS(old.id, c->who.person, other)));
    if (reviewed) return err_of(ERR_DENIED, "", N_("You reviewed cases of this order; another person has to pay."));
    TRY(store_list(c, &payment_failed_lines, &payment_line_shape, &failed, ARGS(old.id)));
    if (!failed.n) return err_of(ERR_CONFLICT, "", N_("No failed line of this order waits for a retry."));
    payment_line *lines = failed.items;
    for (int i = 0; i < failed.n; i++) lines[i].retry_of = lines[i].id;
    payment p = {.kind = old.kind, .batch = old.batch, .month = old.month, .former = old.id};
    TRY(make_order(c, &p, lines, failed.n));
    f->id = p.id;
    return NO_ERR;
}
const action payment_retry = {"payment_retry", &payment_retry_in_shape, retry, 0};

/* ---- closing a month -------------------------------------------------------------------------------------------------------- */

static const field close_fields[] = {FIELD(payment_close_in, month, F_INT, .flags = F_HIDDEN)};
const shape payment_close_in_shape = {"payment_close", close_fields, countof(close_fields), sizeof(payment_close_in)};

static err close_month(ctx *c, void *in)
{
    int64_t month = ((payment_close_in *)in)->month, ledger, ordered;
    view *sums = view_map(c->a);
    if (month >= month_of(c->today)) return err_of(ERR_CONFLICT, "", N_("A month is closed after it has ended."));
    TRY(store_map(c, &payment_month_sums, sums, ARGS(month)));
    TRY(store_int(c, &payment_month_ledger, &ledger, ARGS(month)));
    TRY(store_int(c, &payment_month_ordered, &ordered, ARGS(month)));
    int64_t total = view_get_int(sums, S("ordered_fen"), 0), left = total - view_get_int(sums, S("paid_fen"), 0);
    if (left || ledger != ordered)
        return err_with(ERR_CONFLICT, "", N_("The month cannot be closed: {0} are not confirmed by the bank, {1} differ from the budget."), fen_words(c->a, left),
                        fen_words(c->a, ledger - ordered), (str){0});
    err e = store_run(c, &payment_month_close, NULL, ARGS(month, total, c->today, c->who.person));
    return e.kind == ERR_CONFLICT ? err_of(ERR_CONFLICT, "", N_("This month is closed already.")) : e;
}
const action payment_close = {"payment_close", &payment_close_in_shape, close_month, 0};

/* ---- for other pages ------------------------------------------------------------------------------------------------------------ */

err payment_of_application(ctx *c, int64_t id, view *into, str name)
{
    TRY(store_rows(c, &payment_lines_of_application, into, name, ARGS(id)));
    for (view *row = view_get(into, name)->first; row; row = row->next) payment_name_line(c, row);
    return NO_ERR;
}

err payment_todo(ctx *c, view *out)
{
    if (c->who.role != ROLE_FINANCE) return NO_ERR;
    view *all = view_map(c->a);
    TRY(store_rows(c, &payment_waiting, all, S("rows"), NO_ARGS));
    for (view *p = view_get(all, S("rows"))->first; p; p = p->next) {
        bool failed = view_get_int(p, S("failed_count"), 0) > 0;
        todo_add(c, out, &(todo_row){
            .kind = "payment", .kind_name = N_("Payment order"), .title = view_get_text(p, S("number")), .href = href_of(c, view_get_int(p, S("id"), 0)),
            .step = failed ? S("retry") : S("results"), .step_name = tr(c->lang, failed ? N_("Failed lines to retry") : N_("Bank results to read in")),
            .since_day = view_get_int(p, S("made_day"), 0), .amount_fen = view_get_int(p, S("total_fen"), 0)});
    }
    return NO_ERR;
}
