/* SPDX-License-Identifier: Apache-2.0 */
/* csv_test.c: CSV as people's programs write it, and as spreadsheets may safely open it. */
#include "format/test.h"

#include "format/csv.h"

/* All rows: cells in […], a bad row as its reason in <…>; with the line of each. */
static str read_all(arena *a, csv_reader *r, int max)
{
    str cells[16];
    buf b = buf_new(a, 0);
    for (int n = 1; n != 0 && n != CSV_MORE;) {
        err e = csv_read_row(r, cells, max, &n);
        if (e.kind) {
            buf_fmt(&b, "%d<" SF "|" SF ">", (int)r->line, SA(reason(a, e)), SA(r->row));
            n = 1;
            continue;
        }
        if (n <= 0) break;
        buf_fmt(&b, "%d", (int)r->line);
        for (int i = 0; i < n; i++) buf_fmt(&b, "[" SF "]", SA(cells[i]));
    }
    return buf_str(&b);
}

static void rows_are_cut_as_rfc_4180_says(void **state)
{
    static const struct { const char *from, *want; } t[] = {
        {"", ""},
        {"\xEF\xBB\xBF""a,b", "1[a][b]"},
        {"a,b\r\nc,d\r\n", "1[a][b]2[c][d]"},
        {"a,b\nc,d", "1[a][b]2[c][d]"},
        {"a\rb", "1[a]2[b]"},
        {",\n,,", "1[][]2[][][]"},
        {"\"\",\"a\"\"b\",\"\"\"\"", "1[][a\"b][\"]"},
        {"\"a\r\nb\",c\nd", "1[a\r\nb][c]3[d]"},
        {"\n\r\na\n\n", "3[a]"},
        {"a \"b\" c, d ", "1[a \"b\" c][ d ]"},
        {"\"\"", "1[]"},
        {"企业,\"大连,高新区\"", "1[企业][大连,高新区]"},
    };
    for (int i = 0; i < countof(t); i++) {
        csv_reader r;
        csv_open(&r, *state, str_of(t[i].from));
        assert_str(read_all(*state, &r, 8), t[i].want);
    }
}

static void a_bad_row_costs_one_row(void **state)
{
    static const struct { const char *from, *want; } t[] = {
        {"a\n\"b\nc\n", "1[a]2<Line 2: a quote is opened here and never closed.|\"b>3[c]"},
        {"\"a\"b,c\r\nd\r\n",
         "1<Line 1: after the closing quote of a cell stands more text.|\"a\"b,c>2[d]"},
        {"a,\"1\n2\"x\nb",
         "1<Line 2: after the closing quote of a cell stands more text.|a,\"1>2[2\"x]3[b]"},
        {"a,b,c,d\ne", "1<Line 1: the row has more than 3 cells.|a,b,c,d>2[e]"},
        {"a\n\xB4\xF3\nb", "1[a]2<Line 2 is not UTF-8 text: save the file as “CSV UTF-8”.|\xB4\xF3>3[b]"},
    };
    for (int i = 0; i < countof(t); i++) {
        csv_reader r;
        csv_open(&r, *state, str_of(t[i].from));
        assert_str(read_all(*state, &r, 3), t[i].want);
    }
}

static void cells_and_rows_have_limits(void **state)
{
    size n = 3 * CSV_ROW_MAX;
    char *p = new_n(*state, char, n);
    memset(p, 'x', (size_t)n);
    memcpy(p, "a\n", 2);
    memcpy(p + n - 2, "\nb", 2);
    csv_reader r;
    int cells;
    str cell[2];
    csv_open(&r, *state, (str){p, n});
    assert_ok(csv_read_row(&r, cell, 2, &cells));
    err e = csv_read_row(&r, cell, 2, &cells);
    assert_str(reason(*state, e), "Line 2: a cell is longer than 65536 bytes.");
    assert_ok(csv_read_row(&r, cell, 2, &cells));
    assert_str(cell[0], "b");
    p[2] = '"';
    csv_open(&r, *state, (str){p, n});
    assert_ok(csv_read_row(&r, cell, 2, &cells));
    e = csv_read_row(&r, cell, 2, &cells);
    assert_str(reason(*state, e),
               "Line 2: the row is longer than 1048576 bytes; perhaps a quote is never closed.");
    assert_ok(csv_read_row(&r, cell, 2, &cells));
    assert_str(cell[0], "b");
    assert_int_equal(r.line, 3);
}

/* Windows of every size, each beginning with what was left, give the same rows. */
static void a_file_may_be_fed_in_pieces(void **state)
{
    static const char file[] = "\xEF\xBB\xBF""a,\"b\"\"\r\nc\",\r\n\r\n\"d\"x\r\ne,f\r\"g\"\n大,\"\"";
    csv_reader r;
    csv_open(&r, *state, str_of(file));
    str want = read_all(*state, &r, 8);
    assert_str(want, "1[a][b\"\r\nc][]4<Line 4: after the closing quote of a cell stands more text.|\"d\"x>"
                     "5[e][f]6[g]7[大][]");
    for (size piece = 1; piece < (size)sizeof file; piece++) {
        buf got = buf_new(*state, 0);
        size at = 0; /* the first byte not yet read */
        csv_open(&r, *state, (str){0});
        for (size end = piece;; end += piece) {
            bool last = end >= (size)sizeof file - 1;
            str window = {file + at, (last ? (size)sizeof file - 1 : end) - at};
            csv_feed(&r, window, last);
            buf_put(&got, read_all(*state, &r, 8));
            at += window.n - r.rest.n;
            if (last) break;
        }
        assert_true(str_eq(buf_str(&got), want));
    }
}

static void formulas_are_made_harmless(void **state)
{
    static const struct { const char *from, *want; } t[] = {
        {"", ""}, {"plain", "plain"}, {"a,b", "\"a,b\""}, {"a\"b", "\"a\"\"b\""},
        {"a\nb", "\"a\nb\""}, {"=1+1", "\"'=1+1\""}, {"+1", "\"'+1\""}, {"-1", "\"'-1\""},
        {"@SUM(A1)", "\"'@SUM(A1)\""}, {"\t=1", "\"'\t=1\""}, {"\r=1", "\"'\r=1\""}, {"a=1", "a=1"},
    };
    for (int i = 0; i < countof(t); i++) {
        buf b = buf_new(*state, 0);
        csv_text(&b, str_of(t[i].from));
        assert_str(buf_str(&b), t[i].want);
    }
}

static view *some_rows(arena *a)
{
    view *all = view_list(a), *row = view_add_map(all);
    view_int(row, S("id"), -7);
    view_fen(row, S("amount"), -1234567);
    view_day(row, S("day"), 17840);
    view_time(row, S("at"), INT64_C(1541399400000000));
    view_code(row, S("step"), S("approve"), S("批准"));
    view_text(view_put_map(row, S("case")), S("number"), S("=A1"));
    view_put_list(row, S("files"));
    view_text(view_add_map(all), S("note"), S("x,y"));
    return all;
}

static void a_list_is_written_with_its_columns(void **state)
{
    static const csv_column columns[] = {
        {{"case.number", 11}, {"编号", 6}}, {{"amount", 6}, {"金额", 6}}, {{"note", 4}, {"-", 1}},
    };
    buf b = buf_new(*state, 0);
    csv_write_list(&b, some_rows(*state), columns, 3);
    assert_str(buf_str(&b), "\xEF\xBB\xBF编号,金额,\"'-\"\r\n\"'=A1\",-12345.67,\r\n,,\"x,y\"\r\n");
}

static void without_columns_every_plain_key_is_one(void **state)
{
    buf b = buf_new(*state, 0);
    csv_write_list(&b, some_rows(*state), NULL, 0);
    assert_str(buf_str(&b), "\xEF\xBB\xBFid,amount,day,at,step,note\r\n"
                            "-7,-12345.67,2018-11-05,2018-11-05 14:30:00,批准,\r\n,,,,,\"x,y\"\r\n");
}

static void a_lone_empty_cell_is_still_a_row(void **state)
{
    static const csv_column note[] = {{{"note", 4}, {"note", 4}}};
    buf b = buf_new(*state, 0);
    csv_write_list(&b, some_rows(*state), note, 1);
    csv_reader r;
    csv_open(&r, *state, buf_str(&b));
    assert_str(read_all(*state, &r, 8), "1[note]2[]3[x,y]");
}

/* Found by the fuzzer: read in windows, a second mark was passed as well. */
static void only_the_first_mark_of_a_file_is_no_text(void **state)
{
    str twice = S("\xEF\xBB\xBF\xEF\xBB\xBF"), cells[4];
    csv_reader r;
    int n;
    csv_open(&r, *state, (str){0});
    csv_feed(&r, str_head(twice, 3), false);
    assert_int_equal(csv_read_row(&r, cells, 4, &n).kind, OK);
    assert_int_equal(n, CSV_MORE);
    csv_feed(&r, str_from(twice, 3 - r.rest.n), true);
    assert_int_equal(csv_read_row(&r, cells, 4, &n).kind, OK);
    assert_int_equal(n, 1);
    assert_int_equal(cells[0].n, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(rows_are_cut_as_rfc_4180_says), TEST(a_bad_row_costs_one_row),
        TEST(cells_and_rows_have_limits), TEST(a_file_may_be_fed_in_pieces),
        TEST(formulas_are_made_harmless), TEST(a_list_is_written_with_its_columns),
        TEST(without_columns_every_plain_key_is_one), TEST(a_lone_empty_cell_is_still_a_row),
        TEST(only_the_first_mark_of_a_file_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
