/* SPDX-License-Identifier: Apache-2.0 */
/* advance.c: entries of the ledger and its balance. */
#include "room/advance/advance.h"

#include "gen/room/advance/advance_sql.h"
#include "room/document/document.h"
#include "room/pair/pair.h"

static const struct choice kinds[] = {
    {"official_fee", N_("Official fees")}, {"testing", N_("Testing and certification")}, {"travel", N_("Travel")},
    {"subcontract", N_("Subcontracted services")}, {"labour", N_("Working hours")}, {"other", N_("Other")}, {0},
};

SHAPE(advance, FIELD(advance, id, F_ID, .flags = F_RESULT), FIELD(advance, agreement, F_ID, .flags = F_HIDDEN),
      FIELD(advance, kind, F_CODE, .flags = F_REQUIRED, .label = N_("What it was for"), .choices = kinds),
      FIELD(advance, paid_day, F_DAY, .flags = F_REQUIRED, .label = N_("Day of payment")),
      FIELD(advance, amount_fen, F_FEN, .flags = F_REQUIRED, .label = N_("Amount in yuan"), .min = 1, .max = 100000000000),
      FIELD(advance, note, F_TEXT, .label = N_("Note"), .max = 200),
      FIELD(advance, voucher, F_FILE, .flags = F_REQUIRED, .label = N_("Voucher"), .hint = N_("Invoice or receipt as PDF or picture, at most 20 MB")),
      FIELD(advance, takes_back, F_ID));

/* The ledger belongs to the agency of the agreement, and is kept while the agreement lives. */
static err own_agreement(ctx *c, int64_t id, agreement *a)
{
    TRY(agreement_get(c, id, a));
    if (c->who.org != a->agency) return err_of(ERR_DENIED, "", N_("Only the agency of the agreement enters what it laid out."));
    return a->filed_day ? NO_ERR : err_of(ERR_CONFLICT, "", N_("The agreement is not filed yet."));
}

static err put(ctx *c, const advance *n, int64_t agency)
{
    TRY(store_run(c, &advance_add_entry, NULL,
                  ARGS(n->id, n->agreement, n->kind, n->paid_day, n->amount_fen, n->note, n->voucher, n->takes_back, c->who.person, c->now)));
    if (n->takes_back) return store_run(c, &advance_take_from_sum, NULL, ARGS(n->agreement, n->amount_fen));
    return store_run(c, &advance_add_to_sum, NULL, ARGS(n->agreement, agency, n->amount_fen, n->paid_day));
}

static err enter(ctx *c, void *in)
{
    advance *n = in;
    agreement a;
    document d;
    TRY(own_agreement(c, n->agreement, &a));
    if (n->paid_day > c->today) return err_of(ERR_INPUT, "paid_day", N_("This day has not come yet."));
    if (n->paid_day < a.filed_day) return err_of(ERR_INPUT, "paid_day", N_("It was paid before the agreement was filed."));
    if (document_own(c, n->voucher, &d).kind) return err_of(ERR_INPUT, "voucher", N_("There is no such file."));
    n->takes_back = 0;
    TRY(store_next_id(c, S("advance"), &n->id));
    TRY(put(c, n, a.agency));
    return document_link(c, n->voucher, S("advance"), n->id, S("voucher"));
}
const action advance_enter = {"advance_enter", &advance_shape, enter, 0};

static const field take_back_fields[] = {
    FIELD(advance, id, F_ID, .flags = F_HIDDEN),
    FIELD(advance, note, F_TEXT, .flags = F_REQUIRED, .label = N_("Reason"), .max = 200),
};
const shape advance_take_back_shape = {"advance_take_back", take_back_fields, countof(take_back_fields), sizeof(advance)};

static err take_back(ctx *c, void *in)
{
    const advance *n = in;
    advance was;
    agreement a;
    err e = store_row(c, &advance_row, &advance_shape, &was, ARGS(n->id));
    if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such entry."));
    TRY(e);
    TRY(own_agreement(c, was.agreement, &a));
    if (was.takes_back) return err_of(ERR_CONFLICT, "", N_("This entry takes another back; enter the outlay anew."));
    advance back = was;
    TRY(store_next_id(c, S("advance"), &back.id));
    back.amount_fen = -was.amount_fen, back.takes_back = was.id, back.note = n->note, back.voucher = 0;
    e = put(c, &back, a.agency);
    return e.kind == ERR_CONFLICT ? err_of(ERR_CONFLICT, "", N_("This entry has been taken back already.")) : e;
}
const action advance_take_back = {"advance_take_back", &advance_take_back_shape, take_back, 0};

err advance_balance_of(ctx *c, int64_t agreement_id, int64_t laid_out_fen, int64_t first_day, advance_balance *out)
{
    int64_t last = 0;
    *out = (advance_balance){.laid_out_fen = laid_out_fen};
    TRY(store_int(c, &advance_recovered, &out->recovered_fen, ARGS(agreement_id)));
    TRY(store_int(c, &advance_expected, &out->expected_fen, ARGS(agreement_id)));
    TRY(store_int(c, &advance_recovered_day, &last, ARGS(agreement_id)));
    out->outstanding_fen = laid_out_fen > out->recovered_fen ? laid_out_fen - out->recovered_fen : 0;
    int64_t until = out->outstanding_fen || !last ? c->today : last;
    if (laid_out_fen && until > first_day) out->days = until - first_day;
    return NO_ERR;
}

/* ---- pages -------------------------------------------------------------------------------------------------------------- */

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
        view_choice(c->lang, row, S("kind"), kinds);
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
