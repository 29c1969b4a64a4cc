/* SPDX-License-Identifier: Apache-2.0 */
/* book_test.c: a list as a workbook says what its CSV says, cell for cell; its numbers, days and texts are what they are. */
#include "format/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zip.h>

#include "base/days.h"
#include "format/book.h"
#include "format/json.h"
#include "format/sheet.h"

enum { COLUMNS = 8 };

static child_pool pool;

static const char *workbook_of(arena *a, const view *rows, const csv_column *columns, int n, str *bytes)
{
    buf b = buf_new(a, 4096);
    book_begin(&b, INT64_C(1541376000000000));
    book_list(&b, S("申报[1]: 'a/b'"), rows, columns, n);
    book_dictionary(&b, LANG_EN, rows, columns, n);
    assert_int_equal(book_in_child(&pool, a, &b, bytes).kind, OK);
    const char *path = str_z(a, str_fmt(a, "/tmp/lingfei-book-%d.xlsx", (int)getpid()));
    FILE *f = fopen(path, "wb");
    assert_true(f && fwrite(bytes->p, 1, (size_t)bytes->n, f) == (size_t)bytes->n && !fclose(f));
    return path;
}

static view *row_of(view *rows, int64_t i)
{
    view *r = view_add_map(rows);
    view_int(r, S("id"), i);
    view_fen(r, S("amount_fen"), i * 995);
    view_day(r, S("first_day"), day_of(2018, 11, 5) + i);
    view_time(r, S("made_at"), INT64_C(1541376000123456) + i * 61000000);
    view_bool(r, S("late"), i % 2);
    view_text(r, S("uscc"), str_fmt(rows->a, "00%lld", (long long)i));
    view_code(r, S("state"), i % 2 ? S("open") : S("shut"), i % 2 ? S("开放") : S("关闭"));
    view_text(r, S("note"), i % 3 ? S("说明，\"两行\"\n第二行") : (str){0});
    return r;
}

/* ---- reading both back -------------------------------------------------------------------------- */

static str seconds_of(arena *a, str serial)
{
    double t = strtod(str_z(a, serial), NULL);
    int64_t day = (int64_t)t, s = (int64_t)((t - (double)day) * 86400 + 0.5);
    day += day_of(1899, 12, 30);
    int y, m, d;
    day_split(day, &y, &m, &d);
    return str_fmt(a, "%04d-%02d-%02d %02d:%02d:%02d", y, m, d, (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* A cell of the workbook as the CSV writes it. */
static str as_csv(arena *a, const sheet_reader *r, view_kind kind, str cell)
{
    int64_t day;
    size point = str_find(cell, S("."));
    if (kind == V_FEN) return str_fmt(a, SF "%s", SA(cell), point < 0 ? ".00" : cell.n - point == 2 ? "0" : "");
    if (kind == V_TIME) return seconds_of(a, cell);
    if (kind != V_DAY) return cell;
    assert_true(sheet_day(r, cell, &day));
    int y, m, d;
    day_split(day, &y, &m, &d);
    return str_fmt(a, "%04d-%02d-%02d", y, m, d);
}

static void a_workbook_says_what_the_csv_says(void **state)
{
    arena *a = *state;
    view *rows = view_list(a);
    for (int i = 0; i < 1200; i++) row_of(rows, i);
    csv_column *columns;
    int n = csv_keys(a, rows, &columns), count = 0, got = 0, cells_n = 0;
    assert_int_equal(n, COLUMNS);
    str bytes, have[SHEET_CELLS], want[SHEET_CELLS];
    sheet_reader *r;
    assert_int_equal(sheet_open(a, workbook_of(a, rows, columns, n, &bytes), &r).kind, OK);
    assert_true(sheet_is_xlsx(r));
    buf text = buf_new(a, 4096);
    csv_write_list(&text, rows, columns, n);
    csv_reader csv;
    csv_open(&csv, a, buf_str(&text));
    for (const view *row = NULL;; row = row ? row->next : rows->first, count++) {
        assert_int_equal(csv_read_row(&csv, want, SHEET_CELLS, &n).kind, OK);
        assert_int_equal(sheet_row(r, a, have, &got).kind, OK);
        if (!n) break;
        for (int i = 0; i < n; i++, cells_n++) {
            const view *v = count ? csv_cell(row, columns[i].name) : NULL;
            str cell = i < got ? as_csv(a, r, v ? v->kind : V_TEXT, have[i]) : (str){0};
            assert_string_equal(str_z(a, cell), str_z(a, want[i]));
        }
        if (!count) row = NULL;
    }
    assert_int_equal(got, 0);
    assert_int_equal(count, 1201);
    assert_int_equal(cells_n, 1201 * COLUMNS);
}

/* ---- single values -------------------------------------------------------------------------------- */

static str part_of(arena *a, str bytes, const char *name)
{
    zip_error_t why;
    zip_stat_t st;
    zip_t *z = zip_open_from_source(zip_source_buffer_create(bytes.p, (zip_uint64_t)bytes.n, 0, &why), ZIP_RDONLY, &why);
    assert_non_null(z);
    assert_int_equal(zip_stat(z, name, 0, &st), 0);
    zip_file_t *f = zip_fopen(z, name, 0);
    char *p = new_n(a, char, (size)st.size + 1);
    assert_int_equal(zip_fread(f, p, st.size), st.size);
    zip_fclose(f);
    zip_discard(z);
    return (str){p, (size)st.size};
}

static const struct { const char *what; view_kind kind; int64_t i; const char *s; bool number; const char *read; } values[] = {
    {"money", V_FEN, 995, NULL, true, "9.95"},
    {"money that a double cannot hold stands as text, to the fen", V_FEN, INT64_C(9007199254740993), NULL, false, "90071992547409.93"},
    {"the most that is a number", V_FEN, BOOK_NUMBER_MAX, NULL, true, "9999999999999.99"},
    {"one fen more", V_FEN, BOOK_NUMBER_MAX + 1, NULL, false, "10000000000000.00"},
    {"less than nothing", V_FEN, -1, NULL, true, "-0.01"},
    {"a whole number", V_INT, 42, NULL, true, "42"},
    {"a whole number of 16 digits", V_INT, INT64_C(9007199254740993), NULL, false, "9007199254740993"},
    {"a day", V_DAY, 17840, NULL, true, "43409"},
    {"a day before spreadsheets can count", V_DAY, -25568, NULL, false, "1899-12-31"},
    {"a formula is text", V_TEXT, 0, "=HYPERLINK(\"http://example.org\")", false, "=HYPERLINK(\"http://example.org\")"},
    {"a command is text", V_TEXT, 0, "@SUM(1+1)*cmd|' /C calc'!A0", false, "@SUM(1+1)*cmd|' /C calc'!A0"},
    {"a code with zeros in front", V_TEXT, 0, "00123", false, "00123"},
    {"markup", V_TEXT, 0, "<b>&amp;", false, "<b>&amp;"},
};

static void a_value_is_what_it_is(void **state)
{
    arena *a = *state;
    const csv_column column = {S("x"), S("x")};
    for (int i = 0; i < countof(values); i++) {
        view *rows = view_list(a), *v = view_put(view_add_map(rows), S("x"), values[i].kind);
        if (values[i].s) v->s = str_of(values[i].s);
        else v->i = values[i].i;
        str bytes, cells[SHEET_CELLS];
        int n;
        sheet_reader *r;
        assert_int_equal(sheet_open(a, workbook_of(a, rows, &column, 1, &bytes), &r).kind, OK);
        assert_int_equal(sheet_row(r, a, cells, &n).kind, OK);
        assert_int_equal(sheet_row(r, a, cells, &n).kind, OK); /* a formula would be refused */
        assert_int_equal(n, 1);
        assert_string_equal(str_z(a, cells[0]), values[i].read);
        str xml = part_of(a, bytes, "xl/worksheets/sheet1.xml");
        bool number = str_find(xml, S("<c r=\"A2\" s=\"")) >= 0 && str_find(str_from(xml, str_find(xml, S("<c r=\"A2\""))), S("inlineStr")) < 0;
        assert_int_equal(number, values[i].number);
        assert_true(str_find(xml, S("<f>")) < 0);
    }
}

static void its_head_stays_and_its_sheets_are_named(void **state)
{
    arena *a = *state;
    view *rows = view_list(a);
    for (int i = 0; i < 3; i++) row_of(rows, i);
    csv_column *columns;
    int n = csv_keys(a, rows, &columns);
    str bytes;
    workbook_of(a, rows, columns, n, &bytes);
    str book = part_of(a, bytes, "xl/workbook.xml"), sheet = part_of(a, bytes, "xl/worksheets/sheet1.xml");
    assert_true(str_find(book, S("name=\"申报 1 :  a b\"")) < 0);
    assert_true(str_find(book, S("name=\"申报 1    a b\"")) >= 0);
    assert_true(str_find(book, S("name=\"Data dictionary\"")) >= 0);
    assert_true(str_find(sheet, S("state=\"frozen\"")) >= 0);
    assert_true(str_find(sheet, S("<autoFilter ref=\"A1:H4\"/>")) >= 0);
    assert_true(str_find(sheet, S("customWidth=\"1\"")) >= 0);
    assert_true(str_find(part_of(a, bytes, "xl/worksheets/sheet2.xml"), S("shut = 关闭; open = 开放")) >= 0);
}

static void the_same_list_is_the_same_bytes(void **state)
{
    arena *a = *state;
    view *rows = view_list(a);
    row_of(rows, 7);
    csv_column *columns;
    int n = csv_keys(a, rows, &columns);
    str one, two;
    workbook_of(a, rows, columns, n, &one);
    workbook_of(a, rows, columns, n, &two);
    assert_true(str_eq(one, two));
}

static void a_long_text_is_cut_where_a_cell_ends(void **state)
{
    arena *a = *state;
    char *p = new_n(a, char, 40000);
    memset(p, 'x', 40000);
    view *rows = view_list(a);
    view_text(view_add_map(rows), S("x"), (str){p, 40000});
    str bytes;
    workbook_of(a, rows, &(csv_column){S("x"), S("x")}, 1, &bytes);
    assert_true(str_find(part_of(a, bytes, "xl/worksheets/sheet1.xml"), S("xxx…</t>")) >= 0);
}

static void what_is_no_list_is_refused(void **state)
{
    arena *a = *state;
    static const char *const bad[] = {"", "t3:abc", "S1:xt5:abc", "S1:xt99999999:", "S1:xq0:", "S1:xn3:abc"};
    for (int i = 0; i < countof(bad); i++) {
        buf b = buf_new(a, 64);
        str out;
        buf_putz(&b, bad[i]);
        err e = book_in_child(&pool, a, &b, &out);
        assert_int_equal(e.kind, ERR_FAULT);
        assert_string_equal(e.text, "The {0} file could not be made: its description was not understood.");
    }
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], BOOK_WORKER_WORD)) return book_worker_main();
    child_pool_begin(&pool, 2);
    const struct CMUnitTest tests[] = {
        TEST(a_workbook_says_what_the_csv_says),
        TEST(a_value_is_what_it_is),
        TEST(its_head_stays_and_its_sheets_are_named),
        TEST(the_same_list_is_the_same_bytes),
        TEST(a_long_text_is_cut_where_a_cell_ends),
        TEST(what_is_no_list_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
