/* SPDX-License-Identifier: Apache-2.0 */
/* entry_page.c: a table of outcomes is sent, read row by row, and what became of each row is shown. */
#include "base/days.h"
#include "format/sheet.h"
#include "gen/room/outcome/outcome_sql.h"
#include "room/document/document.h"
#include "room/outcome/outcome_parts.h"

enum { HEADER_ROWS = 5 };

/* ---- reading --------------------------------------------------------------------------------------------------------- */

static const struct { const char *zh, *en; size_t at; } columns[] = {
    {"协议备案号", "Filing number", offsetof(entry_row, agreement)},
    {"成果类型", "Kind of outcome", offsetof(entry_row, kind)},
    {"成果编号", "Number of the outcome", offsetof(entry_row, number)},
    {"成果日期", "Day of the outcome", offsetof(entry_row, obtained)},
};
typedef struct { int at[countof(columns)]; } header; /* where each column stands in the file */

static bool read_header(const str *cells, int n, header *out)
{
    for (int i = 0; i < countof(columns); i++) {
        out->at[i] = -1;
        for (int k = 0; k < n; k++)
            if (str_eqz(str_trim(cells[k]), columns[i].zh) || str_eqz(str_trim(cells[k]), columns[i].en)) out->at[i] = k;
        if (out->at[i] < 0) return false;
    }
    return true;
}

static err find_header(ctx *c, sheet_reader *s, header *out)
{
    str cells[SHEET_CELLS];
    int n;
    for (int i = 0; i < HEADER_ROWS; i++) {
        TRY(sheet_row(s, c->a, cells, &n));
        if (n && read_header(cells, n, out)) return NO_ERR;
        if (!n) break;
    }
    return err_of(ERR_INPUT, "file", N_("The first row must name the columns: filing number, kind, number and day of the outcome. Use the template."));
}

static void read_row(ctx *c, const sheet_reader *s, const header *h, const str *cells, int n, entry_row *out)
{
    int64_t day;
    for (int i = 0; i < countof(columns); i++)
        if (h->at[i] < n) *(str *)((char *)out + columns[i].at) = str_dup(c->a, str_trim(cells[h->at[i]]));
    if (sheet_day(s, out->obtained, &day)) out->obtained = day_text(c->a, day);
}

/* Every row of the file, also those that cannot be read. */
static err read_rows(ctx *c, int64_t file, list *out)
{
    str path, cells[SHEET_CELLS];
    sheet_reader *s;
    header h;
    int n;
    entry_row *rows = new_n(c->a, entry_row, ENTRY_ROWS);
    TRY(document_file(c, file, &path));
    TRY(sheet_open(c->a, str_z(c->a, path), &s));
    TRY(find_header(c, s, &h));
    for (*out = (list){rows, 0};; out->n++) {
        err e = sheet_row(s, c->a, cells, &n);
        if (e.kind && e.kind != ERR_INPUT) return e;
        if (!e.kind && !n) return out->n ? NO_ERR : err_of(ERR_INPUT, "file", N_("There are no rows below the headers."));
        if (out->n == ENTRY_ROWS) return err_with(ERR_INPUT, "file", N_("At most {0} rows in one file."), str_fmt(c->a, "%d", ENTRY_ROWS), (str){0}, (str){0});
        rows[out->n] = (entry_row){.line = sheet_line(s)};
        if (e.kind) rows[out->n].reason = str_of(e.text), rows[out->n].arg0 = e.arg[0], rows[out->n].arg1 = e.arg[1];
        else read_row(c, s, &h, cells, n, &rows[out->n]);
    }
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
    TRY(document_own(c, u.file, &d));
    TRY(read_rows(c, d.id, &n.rows));
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

/* GET /outcomes/template: the headers and a row of example */
static err template(req *r)
{
    buf b = buf_new(r->ctx->a, 256);
    bool zh = r->ctx->lang == LANG_ZH;
    buf_put(&b, S("\xEF\xBB\xBF")); /* spreadsheets take it for UTF-8 by this */
    for (int i = 0; i < countof(columns); i++) buf_put(&b, str_fmt(b.a, "%s%s", i ? "," : "", zh ? columns[i].zh : columns[i].en));
    buf_put(&b, str_fmt(b.a, "\r\n备2026-0001,%s,ZL202510123456.1,2026-10-16\r\n", zh ? "发明专利" : "Invention patent"));
    return web_bytes(r, S("text/csv; charset=utf-8"), zh ? S("成果批量录入模板.csv") : S("outcomes.csv"), buf_str(&b));
}

const route entry_routes[] = {
    {GET, "/outcomes/template", WHO(ROLE_AGENCY), template, N_("The table in which many outcomes are entered"), .counter = "outcome"},
    {GET, "/outcomes/entries/new", WHO(ROLE_AGENCY), new_entry, N_("Fields of a table of outcomes"), .counter = "outcome"},
    {POST, "/outcomes/entries", WHO(ROLE_AGENCY), take, N_("Enter many outcomes from a table"), .form = &upload_shape, .back = "/outcomes/entries/new", .counter = "outcome"},
    {GET, "/outcomes/entries/{id}", WHO(ROLE_AGENCY), show, N_("Read what became of a table's rows"), .counter = "outcome"},
    {0},
};
