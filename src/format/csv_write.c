/* SPDX-License-Identifier: Apache-2.0 */
/* csv_write.c: a list of a view as CSV for spreadsheets. */
#include "format/csv.h"
#include "format/value.h"

void csv_begin(buf *b)
{
    buf_put(b, S("\xEF\xBB\xBF"));
}

void csv_comma(buf *b)
{
    buf_byte(b, ',');
}

void csv_end_row(buf *b)
{
    buf_put(b, S("\r\n"));
}

/* A spreadsheet runs a cell that begins so (OWASP, CSV injection); after an apostrophe it is text. */
static bool is_formula(str s)
{
    return s.n && memchr("=+-@\t\r", s.p[0], 6);
}

void csv_text(buf *b, str s)
{
    bool quoted = is_formula(s);
    for (size i = 0; i < s.n && !quoted; i++)
        quoted = s.p[i] == '"' || s.p[i] == ',' || s.p[i] == '\n' || s.p[i] == '\r';
    if (!quoted) {
        buf_put(b, s);
        return;
    }
    buf_byte(b, '"');
    if (is_formula(s)) buf_byte(b, '\'');
    for (size i = 0; i < s.n; i++) {
        if (s.p[i] == '"') buf_byte(b, '"');
        buf_byte(b, s.p[i]);
    }
    buf_byte(b, '"');
}

void csv_value(buf *b, const view *v)
{
    if (!v) return;
    if (v->kind == V_CODE) csv_text(b, v->label.n ? v->label : v->s);
    else if (v->kind == V_TEXT) csv_text(b, v->s);
    else value_put_cell(b, v);
}

const view *csv_cell(const view *row, str name)
{
    str part;
    while (row && row->kind == V_MAP && str_split(&name, '.', &part)) row = view_get(row, part);
    return row;
}

static bool has(const csv_column *columns, int n, str name)
{
    for (int i = 0; i < n; i++)
        if (str_eq(columns[i].name, name)) return true;
    return false;
}

int csv_keys(arena *a, const view *rows, csv_column **out)
{
    enum { MOST = 100 };
    csv_column *all = new_n(a, csv_column, MOST);
    int n = 0;
    for (const view *row = rows->first; row; row = row->next) {
        if (row->kind != V_MAP) continue;
        for (const view *v = row->first; v && n < MOST; v = v->next) {
            if (v->kind == V_LIST || v->kind == V_MAP || has(all, n, v->name)) continue;
            all[n++] = (csv_column){v->name, v->name};
        }
    }
    *out = all;
    return n;
}

void csv_write_list(buf *b, const view *rows, const csv_column *columns, int n)
{
    if (!columns) {
        csv_column *own;
        n = csv_keys(b->a, rows, &own);
        columns = own;
    }
    csv_begin(b);
    for (int i = 0; i < n; i++) {
        if (i) csv_comma(b);
        csv_text(b, columns[i].title);
    }
    csv_end_row(b);
    for (const view *row = rows->first; row; row = row->next) {
        size begin = b->n;
        for (int i = 0; i < n; i++) {
            if (i) csv_comma(b);
            csv_value(b, csv_cell(row, columns[i].name));
        }
        if (b->n == begin) buf_put(b, S("\"\"")); /* an empty line would be no row */
        csv_end_row(b);
    }
}
