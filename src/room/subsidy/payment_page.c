/* SPDX-License-Identifier: Apache-2.0 */
/* payment_page.c: payment orders, their file, the bank's results, retries, and the month's reconciliation. */
#include "base/days.h"
#include "gen/room/subsidy/payment_sql.h"
#include "room/account/account.h"
#include "room/subsidy/payment_file.h"

#define READERS (WHO(ROLE_FINANCE) | WHO(ROLE_AUDITOR))

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/payments/%lld", (long long)id); }

static void name_order(ctx *c, view *row)
{
    bool reward = str_eqz(view_get_text(row, S("kind")), "reward");
    view_code(row, S("kind"), reward ? S("reward") : S("agency"), tr(c->lang, reward ? N_("Reward") : N_("Agency subsidy")));
    view_text(row, S("month"), month_text(c->a, view_get_int(row, S("month"), 0)));
}

static err month_arg(req *r, int64_t *out)
{
    str typed = req_arg(r, "month");
    *out = 0;
    return !typed.n || month_parse(typed, out) ? NO_ERR : err_of(ERR_INPUT, "month", N_("A month is written 2018-11."));
}

/* GET /payments */
static err list_payments(req *r)
{
    ctx *c = r->ctx;
    int64_t before, month;
    TRY(req_before(r, &before));
    TRY(month_arg(r, &month));
    view *v = view_map(c->a);
    web_title(r, v, N_("Payment orders"), (str){0});
    TRY(month ? store_rows(c, &payment_newest_of_month, v, S("items"), ARGS(before, month))
              : store_rows(c, &payment_newest, v, S("items"), ARGS(before)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        name_order(c, row);
        TRY(store_map(c, &payment_sums, row, ARGS(view_get_int(row, S("id"), 0))));
    }
    view *filter = view_add_map(view_put_list(v, S("filters")));
    view_text(filter, S("name"), S("month"));
    view_text(filter, S("id"), S("f-month"));
    view_text(filter, S("label"), tr(c->lang, N_("Month (2018-11)")));
    view_text(filter, S("value"), req_arg(r, "month"));
    web_cut(v, 50, "id");
    return web_page(r, "subsidy/payments", v);
}

static err show_forms(req *r, view *v, const payment *p)
{
    ctx *c = r->ctx;
    int64_t failed;
    if (c->who.role != ROLE_FINANCE) return NO_ERR;
    TRY(store_int(c, &payment_failed_left, &failed, ARGS(p->id)));
    view_bool(v, S("may_send"), true);
    if (view_get_int(v, S("open_count"), 0)) {
        payment_results_in blank = {.id = p->id};
        form_show(r, v, "form", &payment_results_in_shape, &blank, str_fmt(c->a, "/payments/%lld/results", (long long)p->id), N_("Read the results in"));
    }
    if (failed) {
        payment_retry_in blank = {.payment = p->id};
        form_show(r, v, "retry_form", &payment_retry_in_shape, &blank, str_fmt(c->a, "/payments/%lld/retries", (long long)p->id), N_("Order the failed lines again"));
        view_int(v, S("failed_left"), failed);
    }
    return NO_ERR;
}

/* GET /payments/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    payment p;
    person by;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    TRY(payment_get(c, req_id(r), &p));
    view *v = view_map(c->a);
    shape_view(&payment_shape, &p, v);
    name_order(c, v);
    web_title(r, v, "{0}", p.number);
    web_crumb(r, v, S("/payments"), tr(c->lang, N_("Payment orders")));
    if (!account_person(c, p.made_by, &by).kind) view_text(v, S("made_by"), by.name);
    TRY(store_map(c, &payment_sums, v, ARGS(p.id)));
    TRY(store_rows(c, &payment_lines_after, v, S("items"), ARGS(p.id, after[0])));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) payment_name_line(c, row);
    TRY(show_forms(r, v, &p));
    web_cut(v, 200, "id");
    return web_page(r, "subsidy/payment", v);
}

/* GET /payments/{id}/file: the only place where account numbers stand in full */
static err send_file(req *r)
{
    ctx *c = r->ctx;
    payment p;
    list lines;
    TRY(payment_get(c, req_id(r), &p));
    TRY(store_list(c, &payment_lines, &payment_line_shape, &lines, ARGS(p.id)));
    buf b = buf_new(c->a, 256 + lines.n * 120);
    payment_file_write(&b, &p, lines.items, lines.n);
    return web_bytes(r, S("text/csv; charset=utf-8"), str_fmt(c->a, SF ".csv", SA(p.number)), buf_str(&b));
}

/* POST /payments/{id}/results */
static err results(req *r)
{
    ctx *c = r->ctx;
    payment_results_in f;
    TRY(form_read(r, &payment_results_in_shape, &f));
    f.id = req_id(r);
    TRY(store_act(c, &payment_results, &f));
    if (f.paid + f.failed) web_say(r, N_("Read in: {0} paid, {1} failed."), str_fmt(c->a, "%lld", (long long)f.paid), str_fmt(c->a, "%lld", (long long)f.failed));
    else web_say(r, N_("These results were read in before; nothing has changed."), (str){0}, (str){0});
    return web_go(r, path_of(c, f.id));
}

/* POST /payments/{id}/retries */
static err retry(req *r)
{
    payment_retry_in f;
    TRY(form_read(r, &payment_retry_in_shape, &f));
    f.payment = req_id(r);
    TRY(store_act(r->ctx, &payment_retry, &f));
    web_say(r, N_("The failed lines are ordered again."), (str){0}, (str){0});
    return web_made(r, path_of(r->ctx, f.id));
}

/* GET /reconciliation */
static err reconcile(req *r)
{
    ctx *c = r->ctx;
    int64_t month, ledger, ordered, closed;
    TRY(month_arg(r, &month));
    if (!month) month = month_of(c->today);
    view *v = view_map(c->a);
    web_title(r, v, N_("Reconciliation of {0}"), month_words(c->a, month, c->lang));
    web_crumb(r, v, S("/payments"), tr(c->lang, N_("Payment orders")));
    view_text(v, S("month"), month_text(c->a, month));
    view_text(v, S("before"), month_text(c->a, month - 1));
    view_text(v, S("following"), month_text(c->a, month + 1));
    TRY(store_map(c, &payment_month_sums, v, ARGS(month)));
    TRY(store_int(c, &payment_month_ledger, &ledger, ARGS(month)));
    TRY(store_int(c, &payment_month_ordered, &ordered, ARGS(month)));
    TRY(store_int(c, &payment_month_closed, &closed, ARGS(month)));
    TRY(store_rows(c, &payment_month_open, v, S("items"), ARGS(month)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) payment_name_line(c, row);
    int64_t difference = view_get_int(v, S("ordered_fen"), 0) - view_get_int(v, S("paid_fen"), 0);
    view_fen(v, S("difference_fen"), difference);
    view_fen(v, S("ledger_difference_fen"), ledger - ordered);
    view_day(v, S("closed_day"), closed);
    bool even = !difference && ledger == ordered;
    view_bool(v, S("even"), even);
    payment_close_in blank = {.month = month};
    if (even && !closed && month < month_of(c->today) && c->who.role == ROLE_FINANCE)
        form_show(r, v, "form", &payment_close_in_shape, &blank, S("/reconciliation"), N_("Close this month"));
    return web_page(r, "subsidy/payment_month", v);
}

/* POST /reconciliation */
static err close_month(req *r)
{
    payment_close_in f;
    TRY(form_read(r, &payment_close_in_shape, &f));
    TRY(store_act(r->ctx, &payment_close, &f));
    web_say(r, N_("The month is closed."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/reconciliation?month=" SF, SA(month_text(r->ctx->a, f.month))));
}

const route payment_routes[] = {
    {GET, "/payments", READERS, list_payments, N_("List the payment orders")},
    {GET, "/payments/{id}", READERS, show, N_("Read one payment order")},
    {GET, "/payments/{id}/file", WHO(ROLE_FINANCE), send_file, N_("Fetch the file for the bank")},
    {POST, "/payments/{id}/results", WHO(ROLE_FINANCE), results, N_("Read the bank's results in"), .form = &payment_results_in_shape, .back = "/payments/{id}", .again = WHO(ROLE_FINANCE)},
    {POST, "/payments/{id}/retries", WHO(ROLE_FINANCE), retry, N_("Order failed lines again"), .form = &payment_retry_in_shape, .back = "/payments/{id}", .again = WHO(ROLE_FINANCE)},
    {GET, "/reconciliation", READERS, reconcile, N_("Compare a month's orders with the bank and the budget")},
    {POST, "/reconciliation", WHO(ROLE_FINANCE), close_month, N_("Close a month of payments"), .form = &payment_close_in_shape, .back = "/reconciliation", .again = WHO(ROLE_FINANCE)},
    {0},
};
