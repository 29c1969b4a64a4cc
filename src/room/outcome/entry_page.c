/* SPDX-License-Identifier: Apache-2.0 */
/* entry_page.c: a table of outcomes is sent, read row by row, and what became of each row is shown. */
#include "base/days.h"
#include "base/patent.h"
#include "format/csv.h"
#include "format/sheet.h"
#include "gen/room/outcome/outcome_sql.h"
#include "room/document/document.h"
#include "room/outcome/outcome_parts.h"

enum { HEADER_ROWS = 5 };

/* ---- reading --------------------------------------------------------------------------------------------------------- */

enum { AGREEMENT, KIND, NUMBER, OBTAINED, COLUMNS };
static const sheet_column columns[COLUMNS] = {
    [AGREEMENT] = {{"协议备案号", "filingnumber", "备案号", "协议编号", "agreement", "agreementnumber"}, true, 60},
    [KIND] = {{"成果类型", "kindofoutcome", "类型", "kind"}, true, 100},
    [NUMBER] = {{"成果编号", "numberoftheoutcome", "编号", "证书号", "专利号", "登记号", "number"}, true, 400},
    [OBTAINED] = {{"成果日期", "dayoftheoutcome", "取得日期", "授权日期", "登记日期", "发证日期", "day"}, true, 40},
};
/* What the English template calls them: each is among the names that are read. */
static const char *const titles[COLUMNS] = {"Filing number", "Kind of outcome", "Number of the outcome", "Day of the outcome"};

static err find_header(ctx *c, sheet_reader *s, int *at)
{
    err first = NO_ERR;
    for (int i = 0; i < HEADER_ROWS; i++) {
        str cells[SHEET_CELLS];
        int n;
        TRY(sheet_row(s, c->a, cells, &n));
        if (!n) break;
        err e = sheet_headers(columns, COLUMNS, cells, n, at);
        if (!e.kind) return NO_ERR;
        if (!first.kind) first = e;
    }
    return first.kind ? first : err_of(ERR_INPUT, "file", N_("There are no rows below the headers."));
}

static bool is_empty(const str *cells, int n)
{
    for (int i = 0; i < n; i++)
        if (str_trim(cells[i]).n) return false;
    return true;
}

/* What can be shown of the row stays with it, also where one of its cells is refused. */
static err read_cells(ctx *c, const sheet_reader *s, const int *at, const str *cells, int n, entry_row *out)
{
    int64_t day;
    str got[COLUMNS];
    err e = sheet_cells(columns, COLUMNS, at, cells, n, got);
    for (int i = 0; i < COLUMNS; i++) got[i] = got[i].n > columns[i].max ? (str){0} : str_dup(c->a, got[i]);
    out->agreement = got[AGREEMENT], out->kind = got[KIND], out->number = got[NUMBER], out->obtained = got[OBTAINED];
    if (sheet_day(s, out->obtained, &day)) out->obtained = day_text(c->a, day);
    return e;
}

/* Every row of the file, also those that cannot be read; empty ones are none. */
static err read_rows(ctx *c, sheet_reader *s, const int *at, list *out)
{
    entry_row *rows = new_n(c->a, entry_row, ENTRY_ROWS);
    *out = (list){rows, 0};
    for (;;) {
        str cells[SHEET_CELLS];
        int n;
        err e = sheet_row(s, c->a, cells, &n);
        if (e.kind && e.kind != ERR_INPUT) return e;
        if (!e.kind && !n) return out->n ? NO_ERR : err_of(ERR_INPUT, "file", N_("There are no rows below the headers."));
        if (!e.kind && is_empty(cells, n)) continue;
        if (out->n == ENTRY_ROWS) return err_with(ERR_INPUT, "file", N_("At most {0} rows in one file."), str_fmt(c->a, "%d", ENTRY_ROWS), (str){0}, (str){0});
        entry_row *row = &rows[out->n++];
        *row = (entry_row){.line = sheet_line(s)};
        if (!e.kind) e = read_cells(c, s, at, cells, n, row);
        if (e.kind) row->reason = str_of(e.text), row->arg0 = e.arg[0], row->arg1 = e.arg[1];
    }
}

/* Whatever is wrong with the file as a whole stands at its field. */
static err read_file(ctx *c, int64_t file, list *rows)
{
    str path;
    sheet_reader *s;
    int at[COLUMNS];
    TRY(document_file(c, file, &path));
    err e = sheet_open(c->a, str_z(c->a, path), &s);
    if (!e.kind) e = find_header(c, s, at);
    if (!e.kind) e = read_rows(c, s, at, rows);
    return e.kind == ERR_INPUT || e.kind == ERR_LARGE ? err_with(ERR_INPUT, "file", e.text, e.arg[0], e.arg[1], e.arg[2]) : e;
}

/* ---- pages ------------------------------------------------------------------------------------------------------------ */

typedef struct entry_upload { int64_t file; } entry_upload;
static const field upload_fields[] = {
    FIELD(entry_upload, file, F_FILE, .flags = F_REQUIRED, .label = N_("Table of outcomes"), .hint = N_("XLSX or CSV (UTF-8 or GB18030), at most 2,000 rows")),
};
static const shape upload_shape = {"outcome_table", upload_fields, countof(upload_fields), sizeof(entry_upload)};

/* GET /outcomes/entries/new */
static err new_entry(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Enter many outcomes"), (str){0});
    web_crumb(r, v, S("/outcomes"), tr(r->ctx->lang, N_("Outcomes")));
    outcome_show_formats(r->ctx, v);
    form_show(r, v, "form", &upload_shape, NULL, S("/outcomes/entries"), N_("Enter them"));
    return web_page(r, "outcome/entry_new", v);
}

/* POST /outcomes/entries */
static err take(req *r)
{
    ctx *c = r->ctx;
    entry_upload u;
    document d;
    entry_new n = {0};
    TRY(form_read(r, &upload_shape, &u));
    if (document_own(c, u.file, &d).kind) return err_of(ERR_INPUT, "file", N_("There is no such file."));
    err e = read_file(c, d.id, &n.rows);
    if (e.kind == ERR_INPUT) ctx_wrong(c, "file", e);
    TRY(e);
    n.file_name = d.name;
    TRY(store_act(c, &entry_take, &n));
    return web_made(r, str_fmt(c->a, "/outcomes/entries/%lld", (long long)n.id));
}

typedef struct entry { int64_t id, agency; str file_name; int64_t read, entered, unchanged, refused, entered_day; } entry;
SHAPE(entry, FIELD(entry, id, F_ID), FIELD(entry, agency, F_ID), FIELD(entry, file_name, F_TEXT), FIELD(entry, read, F_INT), FIELD(entry, entered, F_INT),
      FIELD(entry, unchanged, F_INT), FIELD(entry, refused, F_INT), FIELD(entry, entered_day, F_DAY));

/* GET /outcomes/entries/{id}: as CSV the refused rows, to be mended and sent again */
static err show(req *r)
{
    ctx *c = r->ctx;
    entry e;
    bool found;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    TRY(store_find(c, &outcome_entry_row, &entry_shape, &e, &found, ARGS(req_id(r))));
    if (!found || e.agency != c->who.org) return err_of(ERR_MISSING, "", N_("There is no such table."));
    view *v = view_map(c->a);
    shape_view(&entry_shape, &e, v);
    web_title(r, v, N_("Table “{0}”"), e.file_name);
    web_crumb(r, v, S("/outcomes"), tr(c->lang, N_("Outcomes")));
    TRY(store_rows(c, &outcome_refused_of, v, S("items"), ARGS(e.id, after[0])));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        const char *says = str_z(c->a, view_get_text(row, S("reason")));
        err why = {.arg = {view_get_text(row, S("arg0")), view_get_text(row, S("arg1"))}};
        view_text(row, S("reason"), err_text(c->a, why, tr(c->lang, says)));
    }
    web_cut(v, 500, "line");
    return web_page(r, "outcome/entry", v);
}

/* GET /outcomes/template: the headers, and each kind with an example of its number */
static err template(req *r)
{
    ctx *c = r->ctx;
    buf b = buf_new(c->a, 1024);
    csv_begin(&b);
    for (int i = 0; i < COLUMNS; i++) {
        if (i) csv_comma(&b);
        csv_text(&b, c->lang == LANG_ZH ? str_of(columns[i].names[0]) : str_of(titles[i]));
    }
    csv_end_row(&b);
    for (const struct choice *k = outcome_kinds; k->code; k++) {
        csv_comma(&b);
        csv_text(&b, tr(c->lang, k->label));
        csv_comma(&b);
        csv_text(&b, str_of(outcome_format_of(str_of(k->code))->example));
        csv_comma(&b);
        csv_text(&b, day_text(c->a, c->today));
        csv_end_row(&b);
    }
    return web_bytes(r, S("text/csv; charset=utf-8"), c->lang == LANG_ZH ? S("成果批量录入模板.csv") : S("outcomes.csv"), buf_str(&b));
}

const route entry_routes[] = {
    {GET, "/outcomes/template", WHO(ROLE_AGENCY), template, N_("The table in which many outcomes are entered"), .flags = OFF_MAP, .counter = "outcome"},
    {GET, "/outcomes/entries/new", WHO(ROLE_AGENCY), new_entry, N_("Fields of a table of outcomes"), .counter = "outcome"},
    {POST, "/outcomes/entries", WHO(ROLE_AGENCY), take, N_("Enter many outcomes from a table"), .form = &upload_shape, .back = "/outcomes/entries/new", .counter = "outcome"},
    {GET, "/outcomes/entries/{id}", WHO(ROLE_AGENCY), show, N_("Read what became of a table's rows"), .counter = "outcome"},
    {0},
};
