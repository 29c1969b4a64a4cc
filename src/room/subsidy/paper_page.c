/* SPDX-License-Identifier: Apache-2.0 */
/* paper_page.c: the list of issued papers; one paper as a printable page, as CSV and as PDF. */
#include "base/days.h"
#include "format/json.h"
#include "format/pdf.h"
#include "gen/room/subsidy/paper_sql.h"
#include "room/account/account.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/seal.h"

static const char *const shown_kinds[] = {"claim", "report", "request", "notice", "letter"};

static err read_list(ctx *c, view *v, int64_t before, int64_t month, str kind)
{
    if (month && kind.n) return store_rows(c, &paper_newest_of_month_and_kind, v, S("items"), ARGS(before, month, kind));
    if (month) return store_rows(c, &paper_newest_of_month, v, S("items"), ARGS(before, month));
    if (kind.n) return store_rows(c, &paper_newest_of_kind, v, S("items"), ARGS(before, kind));
    return store_rows(c, &paper_newest, v, S("items"), ARGS(before));
}

static void show_filters(ctx *c, view *v, str month, str kind)
{
    view *all = view_put_list(v, S("filters")), *one = view_add_map(all);
    view_text(one, S("name"), S("month"));
    view_text(one, S("id"), S("f-month"));
    view_text(one, S("label"), tr(c->lang, N_("Month (2018-11)")));
    view_text(one, S("value"), month);
    one = view_add_map(all);
    view_text(one, S("name"), S("kind"));
    view_text(one, S("id"), S("f-kind"));
    view_text(one, S("label"), tr(c->lang, N_("Kind of paper")));
    view *options = view_put_list(one, S("options"));
    for (int i = 0; i < countof(shown_kinds); i++) {
        view *o = view_add_map(options);
        view_text(o, S("code"), str_of(shown_kinds[i]));
        view_text(o, S("label"), paper_kind_name(c->lang, str_of(shown_kinds[i])));
        view_bool(o, S("selected"), str_eqz(kind, shown_kinds[i]));
    }
}

/* GET /papers */
static err list_papers(req *r)
{
    ctx *c = r->ctx;
    int64_t before, month = 0;
    str typed = req_arg(r, "month"), kind = req_arg(r, "kind");
    TRY(req_before(r, &before));
    if (typed.n && !month_parse(typed, &month)) return err_of(ERR_INPUT, "month", N_("A month is written 2018-11."));
    view *v = view_map(c->a);
    web_title(r, v, N_("Papers"), (str){0});
    TRY(read_list(c, v, before, month, kind));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        str code = str_dup(c->a, view_get_text(row, S("kind")));
        int64_t of = view_get_int(row, S("month"), 0);
        view_code(row, S("kind"), code, paper_kind_name(c->lang, code));
        view_text(row, S("month"), month_text(c->a, of));
    }
    show_filters(c, v, typed, kind);
    web_cut(v, 50, "id");
    return web_page(r, "subsidy/papers", v);
}

/* JSON has whole fen and days as text; on the page they are money and days again. */
static void retype(view *map)
{
    for (view *v = map->first; v; v = v->next) {
        int64_t day;
        if (v->kind == V_LIST || v->kind == V_MAP) retype(v);
        else if (v->kind == V_INT && str_ends(v->name, S("_fen"))) v->kind = V_FEN;
        else if (v->kind == V_TEXT && str_ends(v->name, S("_day")) && day_parse(v->s, &day)) v->kind = V_DAY, v->i = day;
    }
}

/* The frozen lines in the order in which people read them, which is the CSV's too. */
static void show_lines(view *v)
{
    static const char *const names[] = {"place", "number", "agency", "enterprise", "item", "payee", "amount_fen", "application"};
    view *items = view_put_list(v, S("items"));
    for (const view *l = view_get(v, S("lines"))->first; l; l = l->next) {
        view *row = view_add_map(items);
        for (int i = 0; i < countof(names); i++) view_adopt(row, str_of(names[i]), view_copy(v->a, view_get(l, str_of(names[i]))));
    }
}

static err show_former(ctx *c, const official_paper *p, view *v)
{
    view *former = view_get(v, S("former"));
    if (!former) return NO_ERR;
    str kind = str_dup(c->a, view_get_text(former, S("kind")));
    view_code(former, S("kind"), kind, paper_kind_name(c->lang, kind));
    view_int(former, S("id"), p->former);
    for (view *row = view_get(v, S("changes"))->first; row; row = row->next) {
        bool returned = str_eqz(view_get_text(row, S("kind")), "returned");
        view_code(row, S("kind"), returned ? S("returned") : S("joined"), tr(c->lang, returned ? N_("sent back") : N_("joined")));
    }
    return NO_ERR;
}

/* GET /papers/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    official_paper p;
    view *v, *words;
    person by;
    TRY(paper_get(c, req_id(r), &p));
    TRY(paper_describe(c, &p, &words));
    TRY(json_read(c->a, p.snapshot, &v));
    retype(v);
    show_lines(v);
    view_fen(v, S("this_fen"), p.total_fen);
    view_int(v, S("id"), p.id);
    view_code(v, S("kind"), p.kind, paper_kind_name(c->lang, p.kind));
    view_text(v, S("month_name"), month_words(c->a, p.month, c->lang));
    view_int(v, S("batch"), p.batch);
    view_int(v, S("application"), p.application);
    view_text(v, S("sha256"), p.sha256);
    view_text(v, S("head"), p.head);
    view_time(v, S("issued_at"), p.issued_at);
    if (!account_person(c, p.issued_by, &by).kind) view_text(v, S("issued_by"), by.name);
    TRY(show_former(c, &p, v));
    TRY(seal_show(c, &p, v));
    if (view_get(v, S("may_seal"))->i) form_show(r, v, "form", &seal_in_shape, &(seal_in){.paper = p.id}, str_fmt(c->a, "/papers/%lld/seal", (long long)p.id), N_("Send the sealed copy"));
    web_paper(c, words, v);
    web_title(r, v, "{0}", p.number);
    if (WHO(c->who.role) & OFFICERS) web_crumb(r, v, S("/papers"), tr(c->lang, N_("Papers")));
    return web_page(r, "subsidy/paper", v);
}

/* GET /papers/{id}/pdf */
static err send_pdf(req *r)
{
    ctx *c = r->ctx;
    official_paper p;
    view *words;
    str pdf;
    TRY(paper_get(c, req_id(r), &p));
    TRY(paper_describe(c, &p, &words));
    TRY(pdf_in_child(c->makers, c->a, words, &pdf));
    return web_bytes(r, S("application/pdf"), str_fmt(c->a, SF ".pdf", SA(p.number)), pdf);
}

const route paper_routes[] = {
    {GET, "/papers", OFFICERS, list_papers, N_("List the issued papers")},
    {GET, "/papers/{id}", PARTY, show, N_("Read one issued paper"), .counter = "application"},
    {GET, "/papers/{id}/pdf", PARTY, send_pdf, N_("Read one issued paper as PDF"), .flags = SLOW, .counter = "application"},
    {0},
};
