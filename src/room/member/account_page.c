/* SPDX-License-Identifier: Apache-2.0 */
/* account_page.c: bank accounts: what waits to be confirmed, one of them, and its number in full for a reason. */
#include "gen/room/member/member_sql.h"
#include "room/member/member_form.h"

static void finish_row(ctx *c, view *b)
{
    view_bool(b, S("mine"), actor_is(&c->who, view_get_int(b, S("proposed_by"), 0)));
    view_text(b, S("number"), bank_masked(c->a, str_dup(c->a, view_get_text(b, S("number")))));
}

/* GET /bank-accounts: what waits for a second person */
static err list_accounts(req *r)
{
    ctx *c = r->ctx;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    view *v = view_map(c->a);
    web_title(r, v, N_("Bank accounts to confirm"), (str){0});
    TRY(store_rows(c, &member_accounts_waiting, v, S("items"), ARGS(after[0])));
    for (view *b = view_get(v, S("items"))->first; b; b = b->next)
        finish_row(c, b);
    view_bool(v, S("may_decide"), c->who.role == ROLE_FINANCE);
    web_cut(v, 50, "id");
    return web_page(r, "member/accounts", v);
}

/* The account with its number as the reader may see it now. */
static err show_one(req *r, const bank_account *b, bool in_full)
{
    ctx *c = r->ctx;
    org o;
    TRY(member_get(c, b->org, &o));
    view *v = view_map(c->a);
    web_title(r, v, N_("Bank account of {0}"), org_name(c, &o));
    if (c->who.role == ROLE_FINANCE || c->who.role == ROLE_AUDITOR) web_crumb(r, v, S("/bank-accounts"), tr(c->lang, N_("Bank accounts to confirm")));
    shape_view(&bank_account_shape, b, v);
    view_text(v, S("number"), in_full ? b->number : bank_masked(c->a, b->number));
    view_bool(v, S("in_full"), in_full);
    view_bool(v, S("finance"), c->who.role == ROLE_FINANCE);
    view_bool(v, S("waiting"), str_eqz(b->state, "proposed"));
    account_verdict blank = {.id = b->id};
    if (account_decides(c, b)) form_show(r, v, "form", &account_verdict_shape, &blank, str_fmt(c->a, "/bank-accounts/%lld", (long long)b->id), N_("Decide"));
    if (!in_full) form_show(r, v, "reading", &account_reading_shape, NULL, str_fmt(c->a, "/bank-accounts/%lld/reading", (long long)b->id), N_("Show in full"));
    return web_page(r, "member/account", v);
}

/* GET /bank-accounts/{id}: in full for whoever compares it with its proof now, else but its end */
static err show_account(req *r)
{
    bank_account b;
    TRY(account_get(r->ctx, req_id(r), &b));
    return show_one(r, &b, account_decides(r->ctx, &b));
}

/* POST /bank-accounts/{id}/reading: the reason is on the record before the number is shown */
static err read_account(req *r)
{
    account_reading a;
    bank_account b;
    TRY(form_read(r, &account_reading_shape, &a));
    a.id = req_id(r);
    TRY(store_act(r->ctx, &member_read_account, &a));
    TRY(account_get(r->ctx, a.id, &b));
    return show_one(r, &b, true);
}

/* POST /bank-accounts/{id} */
static err decide_account(req *r)
{
    account_verdict d;
    TRY(form_read(r, &account_verdict_shape, &d));
    d.id = req_id(r);
    TRY(store_act(r->ctx, &member_decide_account, &d));
    web_say(r, N_("The decision is on the record."), (str){0}, (str){0});
    return web_go(r, S("/bank-accounts"));
}

err member_accounts_to_confirm(ctx *c, int64_t *out) { return store_int(c, &member_accounts_waiting_count, out, NO_ARGS); }

#define READERS (WHO(ROLE_FINANCE) | WHO(ROLE_AUDITOR) | EARNERS)
const route account_routes[] = {
    {GET, "/bank-accounts", WHO(ROLE_FINANCE) | WHO(ROLE_AUDITOR), list_accounts, N_("List the bank accounts to confirm")},
    {GET, "/bank-accounts/{id}", READERS, show_account, N_("Read a bank account")},
    {POST, "/bank-accounts/{id}", WHO(ROLE_FINANCE), decide_account, N_("Confirm or refuse a bank account"), .form = &account_verdict_shape, .back = "/bank-accounts/{id}", .again = WHO(ROLE_FINANCE)},
    {POST, "/bank-accounts/{id}/reading", READERS, read_account, N_("Show a bank account's number in full, for a reason"), .form = &account_reading_shape, .back = "/bank-accounts/{id}"},
    {0},
};
