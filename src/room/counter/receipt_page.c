/* SPDX-License-Identifier: Apache-2.0 */
/* receipt_page.c: a receipt as its firm and its office read it, as PDF to hand over, and as anybody checks it by its code. */
#include "format/pdf.h"
#include "format/qr.h"
#include "room/account/account.h"
#include "room/counter/receipt.h"

void receipt_name_act(ctx *c, view *row)
{
    str act = str_dup(c->a, view_get_text(row, S("act")));
    const deed *d = deed_of(act, view_get_text(row, S("choice")));
    view_code(row, S("act"), act, d && d->says ? tr(c->lang, d->says) : act);
}

/* With both names: for the two sides only. */
static err load(req *r, view *v)
{
    ctx *c = r->ctx;
    receipt it;
    person clerk;
    TRY(receipt_get(c, req_id(r), &it));
    TRY(receipt_show(c, &it, v));
    TRY(account_person(c, it.person, &clerk));
    view_int(v, S("id"), it.id);
    view_int(v, S("mandate"), it.mandate);
    view_text(v, S("clerk"), clerk.name);
    view_text(v, S("check"), str_fmt(c->a, SF "/receipts/" SF, SA(web_origin(r)), SA(it.code)));
    web_title(r, v, N_("Receipt {0}"), it.number);
    return NO_ERR;
}

/* GET /counter/receipts/{id} */
static err show(req *r)
{
    view *v = view_map(r->ctx->a);
    TRY(load(r, v));
    web_crumb(r, v, str_fmt(r->ctx->a, "/counter/mandates/%lld", (long long)view_get_int(v, S("mandate"), 0)), tr(r->ctx->lang, N_("Mandate")));
    return web_page(r, "counter/receipt", v);
}

/* ---- on paper ---------------------------------------------------------------------------------------------------- */

static void fact(ctx *c, view *facts, const char *name, const view *value)
{
    view *one = view_add_map(facts);
    view_text(one, S("name"), tr(c->lang, name));
    view_adopt(one, S("value"), view_copy(c->a, value));
}

static void column(view *columns, str title, bool mono)
{
    view *one = view_add_map(columns);
    view_text(one, S("title"), title);
    if (mono) view_bool(one, S("mono"), true);
}

static void cell(view *row, str s) { view_add(row, V_TEXT)->s = s; }

static void put_files(ctx *c, const view *files, view *body)
{
    view *table = view_put_map(view_add_map(body), S("table")), *columns = view_put_list(table, S("columns")), *rows = view_put_list(table, S("rows"));
    view_text(table, S("caption"), tr(c->lang, N_("Files handed in")));
    column(columns, tr(c->lang, N_("File")), false);
    column(columns, S("SHA-256"), true);
    for (const view *f = files->first; f; f = f->next) {
        view *row = view_add_list(rows);
        cell(row, view_get_text(f, S("name")));
        cell(row, view_get_text(f, S("sha256")));
    }
}

static view *describe(ctx *c, const view *v)
{
    static const struct { const char *name, *key; } facts[] = {
        {N_("Time"), "at"}, {N_("What was done"), "what"}, {N_("Firm"), "firm"}, {N_("Unified social credit code"), "firm_uscc"},
        {N_("Done at the counter by"), "clerk"}, {N_("Office"), "office"}, {N_("Mandate"), "mandate"}, {N_("Entry of the record"), "entry"},
    };
    view *p = view_map(c->a);
    view_text(p, S("kind"), S("form"));
    view_text(p, S("lang"), lang_code(c->lang));
    view_text(p, S("issuer"), view_get_text(v, S("office")));
    view_text(p, S("number"), view_get_text(v, S("number")));
    view_text(p, S("title"), tr(c->lang, N_("Receipt of the counter")));
    view *body = view_put_list(p, S("body")), *grid = view_put_list(view_add_map(body), S("facts"));
    for (int i = 0; i < countof(facts); i++) fact(c, grid, facts[i].name, view_get(v, str_of(facts[i].key)));
    const view *files = view_get(v, S("files"));
    if (files->n) put_files(c, files, body);
    else view_text(view_add_map(body), S("p"), tr(c->lang, N_("No file was handed in.")));
    view_text(view_add_map(body), S("note"), tr(c->lang, N_("The code leads to the page where anybody may check this receipt. If the firm did not ask for this, it revokes its mandate on the platform or at the counter.")));
    view *sign = view_put_list(view_add_map(body), S("sign"));
    cell(sign, tr(c->lang, N_("Clerk (signature):")));
    cell(sign, tr(c->lang, N_("For the firm (signature):")));
    view *qr = view_put_map(p, S("qr"));
    view_text(qr, S("text"), view_get_text(v, S("check")));
    view_text(qr, S("caption"), tr(c->lang, N_("Check this receipt")));
    return p;
}

/* GET /counter/receipts/{id}/pdf */
static err send_pdf(req *r)
{
    ctx *c = r->ctx;
    str pdf;
    view *v = view_map(c->a);
    TRY(load(r, v));
    TRY(pdf_in_child(c->makers, c->a, describe(c, v), &pdf));
    return web_bytes(r, S("application/pdf"), str_fmt(c->a, SF ".pdf", SA(view_get_text(v, S("number")))), pdf);
}

/* ---- for anybody ------------------------------------------------------------------------------------------------- */

/* GET /receipts/{code}: genuine, and what; no names of people */
static err check(req *r)
{
    receipt it;
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Is the receipt genuine?"), (str){0});
    view_text(v, S("code"), req_part(r, "code"));
    err e = receipt_by_code(r->ctx, req_part(r, "code"), &it);
    view_bool(v, S("genuine"), !e.kind);
    if (e.kind == ERR_MISSING) r->status = 404;
    else TRY(e);
    if (!e.kind) TRY(receipt_show(r->ctx, &it, v));
    return web_page(r, "counter/check", v);
}

/* GET /receipts/{code}/qr.svg */
static err send_qr(req *r)
{
    receipt it;
    TRY(receipt_by_code(r->ctx, req_part(r, "code"), &it));
    return web_inline(r, S("image/svg+xml"), qr_svg(r->ctx->a, str_fmt(r->ctx->a, SF "/receipts/" SF, SA(web_origin(r)), SA(it.code))), (str){0});
}

#define SEES (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE) | WHO(ROLE_COUNTER) | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR))
const route receipt_routes[] = {
    {GET, "/counter/receipts/{id}", SEES, show, N_("Read one receipt of the counter"), .counter = COUNTER_ANY},
    {GET, "/counter/receipts/{id}/pdf", SEES, send_pdf, N_("Read one receipt of the counter as PDF"), .flags = SLOW, .counter = COUNTER_ANY},
    {GET, "/receipts/{code}", ANYONE, check, N_("Check whether a receipt of the counter is genuine")},
    {GET, "/receipts/{code}/qr.svg", ANYONE, send_qr, N_("See the QR code of a receipt's address")},
    {0},
};
