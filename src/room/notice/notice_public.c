/* SPDX-License-Identifier: Apache-2.0 */
/* notice_public.c: a notice in the forms in which it leaves the house: PDF, one HTML file for the zone's official site, Atom feed. */
#include "base/days.h"
#include "base/money.h"
#include "format/pdf.h"
#include "format/qr.h"
#include "gen/room/notice/notice_sql.h"
#include "room/notice/objection.h"
#include "room/zone/zone.h"

static void cell(view *row, str s)
{
    view *v = view_add(row, V_TEXT);
    v->s = s;
}

static void column(view *columns, str title, const char *align, bool mono)
{
    view *one = view_add_map(columns);
    view_text(one, S("title"), title);
    view_text(one, S("align"), str_of(align));
    if (!mono) return;
    view_bool(one, S("mono"), true);
    view_int(one, S("width"), 16);
}

/* What the notice says, line by line, as the paper's table. Notices are Chinese official texts in every language of the page. */
static void put_table(ctx *c, const view *v, view *body)
{
    view *table = view_put_map(view_add_map(body), S("table")), *columns = view_put_list(table, S("columns")), *rows = view_put_list(table, S("rows"));
    static const struct { const char *title, *align, *key; } parts[] = {
        {N_("No."), "center", NULL}, {N_("Number"), "left", "number"}, {N_("Enterprise"), "left", "enterprise"}, {N_("Agency"), "left", "agency"},
        {N_("Service"), "left", "item"}, {N_("Amount (yuan)"), "right", NULL},
    };
    for (int i = 0; i < countof(parts); i++) column(columns, tr(LANG_ZH, parts[i].title), parts[i].align, i == 1);
    for (const view *l = view_get(v, S("items"))->first; l; l = l->next) {
        view *row = view_add_list(rows);
        cell(row, str_fmt(c->a, "%lld", (long long)view_get_int(l, S("place"), 0)));
        for (int i = 1; i <= 4; i++) cell(row, view_get_text(l, str_of(parts[i].key)));
        cell(row, str_from(fen_words(c->a, view_get(l, S("amount_fen"))->i), (size)strlen("¥")));
    }
    int64_t total = view_get(v, S("total_fen"))->i;
    view *sum = view_put_list(table, S("total"));
    cell(sum, S(""));
    cell(sum, tr(LANG_ZH, N_("Total")));
    for (int i = 0; i < 3; i++) cell(sum, S(""));
    cell(sum, str_from(fen_words(c->a, total), (size)strlen("¥")));
}

static void paragraph(view *body, str s) { view_text(view_add_map(body), S("p"), s); }

static str filled(ctx *c, const char *msgid, str a, str b, str d) { return err_text(c->a, (err){.arg = {a, b, d}}, tr(LANG_ZH, msgid)); }

static err describe(req *r, const view *v, view **out)
{
    ctx *c = r->ctx;
    str issuer, phone;
    TRY(zone_text(c, "office_issuer", &issuer));
    TRY(zone_text(c, "office_phone", &phone));
    view *p = *out = view_map(c->a);
    view_text(p, S("kind"), S("plain"));
    view_text(p, S("number"), view_get_text(v, S("number")));
    view_text(p, S("title"), view_get_text(v, S("title")));
    view_text(p, S("issuer"), issuer);
    view *body = view_put_list(p, S("body"));
    int64_t first = view_get(v, S("first_day"))->i, last = view_get(v, S("last_day"))->i;
    paragraph(body, filled(c, N_("The following {0} applications have been reviewed and approved and are hereby made public. The notice runs for seven working days, from {1} to 24:00 of {2}."),
                           str_fmt(c->a, "%lld", (long long)view_get_int(v, S("count"), 0)), day_words(c->a, first, LANG_ZH), day_words(c->a, last, LANG_ZH)));
    put_table(c, v, body);
    paragraph(body, filled(c, N_("Anybody may object until 24:00 of {0}, with or without a name, on the page of this notice or by telephone {1}. Each objection gets a query code and is answered."),
                           day_words(c->a, last, LANG_ZH), phone, (str){0}));
    view_text(p, S("signer"), issuer);
    view_text(p, S("date"), day_text(c->a, view_get(v, S("published_day"))->i));
    str origin = web_origin(r);
    if (!origin.n) return NO_ERR;
    view *qr = view_put_map(p, S("qr"));
    view_text(qr, S("text"), str_fmt(c->a, SF "/notices/%lld", SA(origin), (long long)req_id(r)));
    view_text(qr, S("caption"), tr(LANG_ZH, N_("Read this notice and object")));
    return NO_ERR;
}

/* GET /notices/{id}/pdf */
static err send_pdf(req *r)
{
    view *v = view_map(r->ctx->a), *words = NULL;
    str pdf;
    TRY(notice_load(r, v, req_id(r)));
    TRY(describe(r, v, &words));
    TRY(pdf_in_child(r->ctx->makers, r->ctx->a, words, &pdf));
    return web_bytes(r, S("application/pdf"), str_fmt(r->ctx->a, SF ".pdf", SA(view_get_text(v, S("number")))), pdf);
}

/* GET /notices/{id}/single: one file with all it needs, for the zone's official site */
static err send_single(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    str html, issuer;
    TRY(notice_load(r, v, req_id(r)));
    TRY(zone_text(c, "office_issuer", &issuer));
    view_text(v, S("issuer"), issuer);
    view_text(v, S("address"), str_fmt(c->a, SF "/notices/%lld", SA(web_origin(r)), (long long)req_id(r)));
    TRY(web_render(r, "notice/single", v, &html));
    return web_bytes(r, S("text/html; charset=utf-8"), str_fmt(c->a, SF ".html", SA(view_get_text(v, S("number")))), html);
}

/* GET /notices/{id}/qr.svg */
static err send_qr(req *r)
{
    view *v = view_map(r->ctx->a);
    TRY(notice_load(r, v, req_id(r)));
    return web_inline(r, S("image/svg+xml"), qr_svg(r->ctx->a, str_fmt(r->ctx->a, SF "/notices/%lld", SA(web_origin(r)), (long long)req_id(r))), (str){0});
}

/* GET /notices.atom: RFC 4287, the newest fifty */
static err send_feed(req *r)
{
    ctx *c = r->ctx;
    zone z;
    str xml;
    view *v = view_map(c->a);
    TRY(zone_get(c, &z));
    view_text(v, S("zone_name"), z.name);
    view_text(v, S("origin"), web_origin(r));
    view_int(v, S("zone"), c->zone);
    TRY(store_rows(c, &notice_newest, v, S("items"), ARGS(INT64_MAX)));
    web_cut(v, 50, "id");
    const view *newest = view_get(v, S("items"))->first;
    view_text(v, S("updated"), time_text(c->a, newest ? view_get(newest, S("published_at"))->i : 0));
    for (view *n = view_get(v, S("items"))->first; n; n = n->next) view_text(n, S("updated"), time_text(c->a, view_get(n, S("published_at"))->i));
    TRY(web_render(r, "notice/atom", v, &xml));
    return web_inline(r, S("application/atom+xml; charset=utf-8"), xml, (str){0});
}

const route notice_public_routes[] = {
    {GET, "/notices.atom", ANYONE, send_feed, N_("Follow the public notices (Atom)"), .flags = CACHED},
    {GET, "/notices/{id}/pdf", ANYONE, send_pdf, N_("Read one public notice as PDF"), .flags = SLOW},
    {GET, "/notices/{id}/single", ANYONE, send_single, N_("Take one public notice as a single HTML file")},
    {GET, "/notices/{id}/qr.svg", ANYONE, send_qr, N_("See the QR code of a notice's address")},
    {0},
};
