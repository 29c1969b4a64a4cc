/* SPDX-License-Identifier: Apache-2.0 */
/* mandate_page.c: the list of mandates, one mandate with what was done under it, entering and revoking. */
#include "gen/room/counter/mandate_sql.h"
#include "gen/room/counter/receipt_sql.h"
#include "room/account/account.h"
#include "room/audit/audit.h"
#include "room/counter/receipt.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "web/secret.h"

static const struct choice standings[] = {
    {"holds", N_("holds"), "green"}, {"ahead", N_("not begun"), "blue"}, {"over", N_("over"), "secondary"}, {"revoked", N_("revoked"), "red"}, {0},
};

static const char *standing_of(const ctx *c, int64_t from_day, int64_t to_day, int64_t revoked_day)
{
    if (revoked_day) return "revoked";
    if (to_day < c->today) return "over";
    return from_day > c->today ? "ahead" : "holds";
}

static void name_row(ctx *c, view *row)
{
    view_text(row, S("state"), str_of(standing_of(c, view_get_int(row, S("from_day"), 0), view_get_int(row, S("to_day"), 0), view_get_int(row, S("revoked_day"), 0))));
    view_choice(c->lang, row, S("state"), standings);
    view_text(row, S("scope_words"), mandate_words(c, str_dup(c->a, view_get_text(row, S("scopes")))));
    view_english(c->lang, row, "name");
}

static str href_of(ctx *c, int64_t id) { return str_fmt(c->a, "/counter/mandates/%lld", (long long)id); }

/* GET /counter/mandates */
static err list_mandates(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    bool firm = c->who.role == ROLE_AGENCY || c->who.role == ROLE_ENTERPRISE;
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    web_title(r, v, N_("Mandates for the counter"), (str){0});
    if (firm) TRY(store_rows(c, &mandate_of_firm, v, S("items"), ARGS(before, c->who.org)));
    else if (c->who.role == ROLE_AUDITOR) TRY(store_rows(c, &mandate_newest, v, S("items"), ARGS(before)));
    else TRY(store_rows(c, &mandate_of_office, v, S("items"), ARGS(before, c->who.org)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_row(c, row);
    view_bool(v, S("firm"), firm);
    view_bool(v, S("clerk"), c->who.role == ROLE_COUNTER);
    web_cut(v, 50, "id");
    return web_page(r, "counter/mandates", v);
}

/* GET /counter/mandates/new */
static err new_mandate(req *r)
{
    view *v = view_map(r->ctx->a);
    mandate_new n = {.uscc = req_arg(r, "uscc"), .from_day = r->ctx->today};
    web_title(r, v, N_("Enter a mandate"), (str){0});
    web_crumb(r, v, S("/counter/mandates"), tr(r->ctx->lang, N_("Mandates for the counter")));
    form_show(r, v, "form", &mandate_new_shape, &n, S("/counter/mandates"), N_("Enter the mandate"));
    return web_page(r, "counter/mandate_new", v);
}

/* POST /counter/mandates */
static err enter_one(req *r)
{
    mandate_new n;
    TRY(form_read(r, &mandate_new_shape, &n));
    n.seed = secret_token(r->ctx->a);
    TRY(store_act(r->ctx, &mandate_enter, &n));
    web_say(r, N_("The mandate is entered; the firm was told."), (str){0}, (str){0});
    return web_made(r, href_of(r->ctx, n.id));
}

static err name_sides(ctx *c, const mandate *m, view *v)
{
    org firm, office;
    person clerk;
    TRY(member_get(c, m->org, &firm));
    TRY(member_get(c, m->office, &office));
    TRY(account_person(c, m->entered_by, &clerk));
    view_text(v, S("firm_name"), org_name(c, &firm));
    view_text(v, S("uscc"), firm.uscc);
    view_text(v, S("office_name"), org_name(c, &office));
    view_text(v, S("entered_by"), clerk.name);
    if (!m->revoked_by) return NO_ERR;
    TRY(account_person(c, m->revoked_by, &clerk));
    view_text(v, S("revoked_by"), clerk.name);
    return NO_ERR;
}

/* GET /counter/mandates/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    mandate m;
    TRY(mandate_get(c, req_id(r), &m));
    view *v = view_map(c->a);
    shape_view(&mandate_shape, &m, v);
    name_row(c, v);
    TRY(name_sides(c, &m, v));
    web_title(r, v, N_("Mandate {0}"), str_fmt(c->a, "%lld", (long long)m.id));
    web_crumb(r, v, S("/counter/mandates"), tr(c->lang, N_("Mandates for the counter")));
    TRY(store_rows(c, &receipt_of_mandate, v, S("receipts"), ARGS(m.id)));
    for (view *row = view_get(v, S("receipts"))->first; row; row = row->next) receipt_name_act(c, row);
    view_bool(v, S("may_use"), c->who.role == ROLE_COUNTER && !mandate_holds(c, &m).kind);
    mandate_revocation blank = {.id = m.id};
    if (mandate_may_revoke(c, &m)) form_show(r, v, "form", &mandate_revocation_shape, &blank, str_join(c->a, href_of(c, m.id), S("/revoke")), N_("Revoke the mandate"));
    return web_page(r, "counter/mandate", v);
}

/* POST /counter/mandates/{id}/revoke */
static err revoke_one(req *r)
{
    mandate_revocation n;
    TRY(form_read(r, &mandate_revocation_shape, &n));
    n.id = req_id(r);
    TRY(store_act(r->ctx, &mandate_revoke, &n));
    web_say(r, N_("The mandate is revoked. Nothing can be done under it any more."), (str){0}, (str){0});
    return web_go(r, href_of(r->ctx, n.id));
}

/* GET /counter/mandates/{id}/scan */
static err send_scan(req *r)
{
    mandate m;
    TRY(mandate_get(r->ctx, req_id(r), &m));
    return document_send(r, m.scan);
}

#define FIRMS (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE))
#define SEES (FIRMS | WHO(ROLE_COUNTER) | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR))
const route mandate_routes[] = {
    {GET, "/counter/mandates", SEES, list_mandates, N_("List the mandates for the counter"), .counter = COUNTER_ANY},
    {GET, "/counter/mandates/new", WHO(ROLE_COUNTER), new_mandate, N_("Fields of a mandate")},
    {POST, "/counter/mandates", WHO(ROLE_COUNTER), enter_one, N_("Enter a firm's mandate"), .form = &mandate_new_shape, .back = "/counter/mandates/new"},
    {GET, "/counter/mandates/{id}", SEES, show, N_("Read one mandate and what was done under it"), .counter = COUNTER_ANY},
    {GET, "/counter/mandates/{id}/scan", SEES, send_scan, N_("Read the scan of a mandate"), .counter = COUNTER_ANY},
    {POST, "/counter/mandates/{id}/revoke", FIRMS | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU), revoke_one, N_("Revoke a mandate"), .form = &mandate_revocation_shape,
     .back = "/counter/mandates/{id}"},
    {0},
};
