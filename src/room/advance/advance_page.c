/* SPDX-License-Identifier: Apache-2.0 */
/* advance_page.c: the sums by agreement, one ledger, its entries and vouchers. */
#include "gen/room/advance/advance_sql.h"
#include "room/advance/advance.h"
#include "room/document/document.h"
#include "room/pair/pair.h"

static str href_of(ctx *c, int64_t agreement_id) { return str_fmt(c->a, "/agreements/%lld/advances", (long long)agreement_id); }

static void put_balance(view *v, const advance_balance *b)
{
    view_fen(v, S("laid_out_fen"), b->laid_out_fen);
    view_fen(v, S("recovered_fen"), b->recovered_fen);
    view_fen(v, S("expected_fen"), b->expected_fen);
    view_fen(v, S("outstanding_fen"), b->outstanding_fen);
    view_int(v, S("days"), b->days);
}

/* GET /advances */
static err list_sums(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    web_title(r, v, N_("Advances"), (str){0});
    if (c->who.role == ROLE_AGENCY) TRY(store_rows(c, &advance_sums_of_agency, v, S("items"), ARGS(c->who.org, before)));
    else TRY(store_rows(c, &advance_sums_of_all, v, S("items"), ARGS(before)));
    int64_t out = 0;
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        advance_balance b;
        TRY(advance_balance_of(c, view_get_int(row, S("agreement"), 0), view_get_int(row, S("laid_out_fen"), 0), view_get_int(row, S("first_day"), 0), &b));
        put_balance(row, &b);
        out += b.outstanding_fen;
    }
    view_fen(v, S("outstanding_fen"), out);
    web_cut(v, 50, "agreement");
    return web_page(r, "advance/list", v);
}

/* GET /agreements/{id}/advances */
static err show_ledger(req *r)
{
    ctx *c = r->ctx;
    agreement a;
    advance_balance b;
    TRY(agreement_get(c, req_id(r), &a));
    view *v = view_map(c->a);
    web_title(r, v, N_("Advances on {0}"), a.subject);
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, str_fmt(c->a, "/agreements/%lld", (long long)a.id), a.subject);
    TRY(store_rows(c, &advance_entries_of, v, S("items"), ARGS(a.id)));
    int64_t sum = 0, first = 0;
    bool mine = c->who.role == ROLE_AGENCY && c->who.org == a.agency;
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        int64_t day = view_get_int(row, S("paid_day"), 0);
        view_choice(c->lang, row, S("kind"), advance_kinds);
        sum += view_get_int(row, S("amount_fen"), 0);
        if (!first || day < first) first = day;
        bool gone = view_get(row, S("is_taken_back"))->i || view_get_int(row, S("takes_back"), 0);
        view_bool(row, S("may_take_back"), mine && !gone);
    }
    TRY(advance_balance_of(c, a.id, sum, first, &b));
    put_balance(v, &b);
    view_int(v, S("agreement"), a.id);
    advance blank = {.agreement = a.id, .paid_day = c->today};
    if (mine && a.filed_day) form_show(r, v, "form", &advance_shape, &blank, href_of(c, a.id), N_("Enter the outlay"));
    return web_page(r, "advance/ledger", v);
}

/* POST /agreements/{id}/advances */
static err enter_one(req *r)
{
    advance n;
    TRY(form_read(r, &advance_shape, &n));
    n.agreement = req_id(r);
    TRY(store_act(r->ctx, &advance_enter, &n));
    web_say(r, N_("The outlay stands in the ledger."), (str){0}, (str){0});
    return web_go(r, href_of(r->ctx, n.agreement));
}

/* POST /advances/{id}/take-back */
static err take_one_back(req *r)
{
    advance n, was;
    TRY(form_read(r, &advance_take_back_shape, &n));
    n.id = req_id(r);
    TRY(store_act(r->ctx, &advance_take_back, &n));
    TRY(store_row(r->ctx, &advance_row, &advance_shape, &was, ARGS(n.id)));
    return web_go(r, href_of(r->ctx, was.agreement));
}

/* GET /advances/{id}/voucher */
static err send_voucher(req *r)
{
    advance n;
    agreement a;
    err e = store_row(r->ctx, &advance_row, &advance_shape, &n, ARGS(req_id(r)));
    if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such entry."));
    TRY(e);
    TRY(agreement_get(r->ctx, n.agreement, &a));
    return n.voucher ? document_send(r, n.voucher) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

#define SEES (WHO(ROLE_AGENCY) | OFFICERS)
static const route routes[] = {
    {GET, "/advances", SEES, list_sums, N_("List the advances by agreement")},
    {GET, "/agreements/{id}/advances", SEES, show_ledger, N_("Read what was laid out for an agreement and what came back")},
    {POST, "/agreements/{id}/advances", WHO(ROLE_AGENCY), enter_one, N_("Enter an outlay"), .form = &advance_shape, .back = "/agreements/{id}/advances"},
    {POST, "/advances/{id}/take-back", WHO(ROLE_AGENCY), take_one_back, N_("Take an outlay back"), .form = &advance_take_back_shape},
    {GET, "/advances/{id}/voucher", SEES, send_voucher, N_("Read the voucher of an outlay")},
    {0},
};
static const nav_item nav[] = {{"/advances", N_("Advances"), "coins", WHO(ROLE_AGENCY) | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR), 45, NULL}, {0}};
static const action *const actions[] = {&advance_enter, &advance_take_back, NULL};

const room advance_room = {
    .name = "advance",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){advance_statements, NULL},
    .nav = nav,
};
