/* SPDX-License-Identifier: Apache-2.0 */
/* book.c: sheets as the marks that the child reads. */
#include "base/days.h"
#include "format/book_parts.h"
#include "format/value.h"

enum { CELL_CHARS = 32767, CODES_SAID = 60 };

static void mark(buf *b, char what, str s)
{
    buf_byte(b, what);
    buf_int(b, s.n);
    buf_byte(b, ':');
    buf_put(b, s);
}

static void number(buf *b, char what, int64_t i) { mark(b, what, str_fmt(b->a, "%lld", (long long)i)); }

void book_begin(buf *b, int64_t made_at) { number(b, BOOK_MADE, made_at); }
void book_end_row(buf *b) { mark(b, BOOK_ROW, (str){0}); }

/* Characters are counted as spreadsheets do, in UTF-16: the bytes of s that are at most so many. */
static size bytes_within(str s, int most)
{
    str rest = s;
    while (rest.n) {
        str before = rest;
        most -= str_next_char(&rest) > 0xFFFF ? 2 : 1;
        if (most < 0) return s.n - before.n;
    }
    return s.n;
}

void book_sheet(buf *b, str name)
{
    buf plain = buf_new(b->a, name.n + 8);
    for (size i = 0; i < name.n; i++)
        buf_byte(&plain, (unsigned char)name.p[i] < ' ' || strchr("[]:*?/\\'", name.p[i]) ? ' ' : name.p[i]);
    str s = str_trim(buf_str(&plain));
    s = str_trim(str_head(s, bytes_within(s, BOOK_NAME)));
    mark(b, BOOK_SHEET, s.n ? s : S("1"));
}

void book_text(buf *b, str s)
{
    size n = s.n > CELL_CHARS ? bytes_within(s, CELL_CHARS) : s.n;
    if (n < s.n) s = str_join(b->a, str_head(s, bytes_within(s, CELL_CHARS - 1)), S("…"));
    mark(b, s.n ? BOOK_TEXT : BOOK_EMPTY, s);
}

static void as_text(buf *b, const view *v)
{
    buf t = buf_new(b->a, 32);
    value_put_cell(&t, v);
    book_text(b, buf_str(&t));
}

/* Before 1 March 1900 spreadsheets count a day that never was. */
static bool has_serial(int64_t day) { return day >= day_of(1900, 3, 1) && day < day_of(10000, 1, 1); }
static bool fits(int64_t i) { return i >= -BOOK_NUMBER_MAX && i <= BOOK_NUMBER_MAX; }

void book_value(buf *b, const view *v)
{
    switch (v ? v->kind : V_NULL) {
    case V_NULL: case V_LIST: case V_MAP: mark(b, BOOK_EMPTY, (str){0}); return;
    case V_BOOL: number(b, BOOK_BOOL, v->i); return;
    case V_INT: fits(v->i) ? number(b, BOOK_NUMBER, v->i) : as_text(b, v); return;
    case V_FEN: fits(v->i) ? number(b, BOOK_YUAN, v->i) : as_text(b, v); return;
    case V_DAY: has_serial(v->i) ? number(b, BOOK_DAY, v->i) : as_text(b, v); return;
    case V_TIME: has_serial(day_of_time(v->i)) ? number(b, BOOK_TIME, v->i) : as_text(b, v); return;
    case V_TEXT: book_text(b, v->s); return;
    case V_CODE: book_text(b, v->label.n ? v->label : v->s); return;
    }
}

void book_list(buf *b, str name, const view *rows, const csv_column *columns, int n)
{
    book_sheet(b, name);
    for (int i = 0; i < n; i++) book_text(b, columns[i].title);
    book_end_row(b);
    for (const view *row = rows->first; row; row = row->next) {
        for (int i = 0; i < n; i++) book_value(b, csv_cell(row, columns[i].name));
        book_end_row(b);
    }
}

/* ---- the dictionary ----------------------------------------------------------------------------- */

static const char *const kind_word[] = {
    [V_NULL] = N_("Empty"), [V_BOOL] = N_("Yes or no"), [V_INT] = N_("Number"), [V_FEN] = N_("Money, in yuan"), [V_DAY] = N_("Day"),
    [V_TIME] = N_("Time, of Beijing"), [V_TEXT] = N_("Text"), [V_CODE] = N_("Word for a code"), [V_LIST] = "", [V_MAP] = "",
};
_Static_assert(countof(kind_word) == V_MAP + 1, "every kind has a word");

static view_kind kind_of(const view *rows, str name)
{
    for (const view *row = rows->first; row; row = row->next) {
        const view *v = csv_cell(row, name);
        if (v && v->kind != V_NULL) return v->kind;
    }
    return V_NULL;
}

/* "at_agency = 机构办理; …": those that the list has, as they come. */
static str codes_of(arena *a, const view *rows, str name)
{
    str seen[CODES_SAID];
    int n = 0;
    buf b = buf_new(a, 64);
    for (const view *row = rows->first; row && n < CODES_SAID; row = row->next) {
        const view *v = csv_cell(row, name);
        bool known = !v || v->kind != V_CODE || !v->s.n;
        for (int i = 0; i < n && !known; i++) known = str_eq(seen[i], v->s);
        if (known) continue;
        seen[n++] = v->s;
        if (b.n) buf_put(&b, S("; "));
        buf_put(&b, v->s);
        buf_put(&b, S(" = "));
        buf_put(&b, v->label);
    }
    return buf_str(&b);
}

void book_dictionary(buf *b, lang l, const view *rows, const csv_column *columns, int n)
{
    static const char *const head[] = {N_("Column"), N_("Name for programs"), N_("Kind"), N_("Codes and their words")};
    book_sheet(b, tr(l, N_("Data dictionary")));
    for (int i = 0; i < countof(head); i++) book_text(b, tr(l, head[i]));
    book_end_row(b);
    for (int i = 0; i < n; i++) {
        book_text(b, columns[i].title);
        book_text(b, columns[i].name);
        book_text(b, tr(l, kind_word[kind_of(rows, columns[i].name)]));
        book_text(b, codes_of(b->a, rows, columns[i].name));
        book_end_row(b);
    }
}

/* ---- asking the child ----------------------------------------------------------------------------- */

static const child_work book_work = {
    .word = BOOK_WORKER_WORD, .makes = "XLSX", .begins = "PK\3\4", .ends = "PK\5\6", .most = BOOK_BYTES_MAX,
    .too_long = N_("The list is too long for one workbook. Choose a shorter one by its filters, or take CSV."),
};

err book_in_child(child_pool *pool, arena *a, const buf *written, str *xlsx)
{
    return child_run(pool, a, &book_work, buf_str(written), xlsx);
}
