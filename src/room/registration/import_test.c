/* SPDX-License-Identifier: Apache-2.0 */
/* import_test.c: files as they come, good and bad, into the register: every row is accounted for. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/uscc.h"
#include "format/csv.h"
#include "gen/room/registration/import_sql.h"
#include "main/cast.h"
#include "room/registration/import.h"
#include "workbook.h"
#include "world.h"

#define HEAD "企业名称,统一社会信用代码,成立日期,经营范围\n"

static world w;
static int begin(void **state) { (void)state; return world_begin_empty(&w, day_of(2018, 11, 5)), 0; }
static int end(void **state) { (void)state; return world_end(&w), 0; }

/* ---- files ---------------------------------------------------------------------------------------------------------------- */

static const char *write_file(const char *name, str bytes)
{
    ctx *c = world_as(&w, NULL);
    const char *path = str_z(c->a, str_fmt(c->a, "%s/%s", w.place.folder, name));
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    if (bytes.n) assert_int_equal(fwrite(bytes.p, 1, (size_t)bytes.n, f), bytes.n);
    assert_int_equal(fclose(f), 0);
    return path;
}

static str code(arena *a, int i)
{
    str c = str_fmt(a, "91210299MA%06d", i);
    c = str_fmt(a, SF "%c", SA(c), uscc_org_digit(str_from(c, 8)));
    return str_fmt(a, SF "%c", SA(c), uscc_check_digit(c));
}

static err import(const char *path, import_told told, void *what, registration_import *out)
{
    import_source from = {.path = path, .file_name = str_of(path), .told = told, .what = what};
    return registration_read(world_as(&w, NULL), &from, out);
}

static registration_import must_import(const char *path)
{
    registration_import it;
    err e = import(path, NULL, NULL, &it);
    if (e.kind) fail_msg("%s: %s", path, e.text);
    assert_int_equal(it.read, it.imported + it.updated + it.unchanged + it.rejected);
    assert_true(str_eqz(it.state, "done"));
    return it;
}

static str rejects(int64_t id)
{
    ctx *c = world_as(&w, NULL);
    buf b = buf_new(c->a, 100);
    int64_t after = 0;
    bool more = true;
    while (more) assert_int_equal(registration_rejects(c, id, &after, &b, &more).kind, OK);
    return buf_str(&b);
}

static str row(const char *name, int i, const char *rest)
{
    arena *a = world_as(&w, NULL)->a;
    return str_fmt(a, "%s," SF ",%s\n", name, SA(code(a, i)), rest);
}

/* ---- as they come --------------------------------------------------------------------------------------------------------------- */

static str in_gb18030(str s)
{
    ctx *c = world_as(&w, NULL);
    iconv_t t = iconv_open("GB18030", "UTF-8");
    char *to = new_n(c->a, char, s.n * 2), *out = to, *in = (char *)(uintptr_t)s.p;
    size_t n = (size_t)s.n, left = n * 2;
    assert_int_equal(iconv(t, &in, &n, &out, &left), 0);
    iconv_close(t);
    return (str){to, out - to};
}

static void headers_in_any_order_and_language_encodings_and_days(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    str c1 = code(a, 1), c2 = code(a, 2), c3 = code(a, 3);
    str plain = str_fmt(a, HEAD "示例甲有限公司," SF ",2018-11-05,软件开发\n示例乙有限公司," SF ",2018/11/5,餐饮服务\n示例丙有限公司," SF ",2018年11月5日,软件开发\n",
                        SA(c1), SA(c2), SA(c3));
    registration_import it = must_import(write_file("plain.csv", plain));
    assert_int_equal(it.imported, 3);
    assert_int_equal(it.technology, 2);
    const struct { const char *name; str bytes; } same[] = {
        {"bom.csv", str_join(a, S("\xEF\xBB\xBF"), plain)},
        {"crlf.csv", str_replace(a, plain, S("\n"), S("\r\n"))},
        {"gb.csv", in_gb18030(plain)},
        {"english.csv", str_fmt(a, "Business Scope,Registration date,Credit Code,Company Name\n软件开发,2018-11-05," SF ",示例甲有限公司\n", SA(c1))},
        {"remarks.csv", str_fmt(a, "成立日期(必填),\"统一社会信用代码（18位）\",名称,经营范围,没有用的\n2018-11-05," SF ",示例甲有限公司,软件开发,x\n", SA(c1))},
    };
    for (int i = 0; i < countof(same); i++) {
        it = must_import(write_file(same[i].name, same[i].bytes));
        if (it.unchanged != it.read || !it.read) fail_msg("%s: %d read, %d unchanged", same[i].name, (int)it.read, (int)it.unchanged);
    }
}

static void the_same_file_again_changes_nothing_and_another_day_updates(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    str file = str_join(a, S(HEAD), row("示例甲有限公司", 1, "2018-11-05,软件开发"));
    assert_int_equal(must_import(write_file("a.csv", file)).imported, 1);
    int64_t changes, again;
    ctx *c = world_as(&w, NULL);
    assert_int_equal(store_int(c, &import_last_id, &changes, NO_ARGS).kind, OK);
    assert_int_equal(must_import(write_file("a.csv", file)).unchanged, 1);
    assert_int_equal(store_int(world_as(&w, NULL), &import_last_id, &again, NO_ARGS).kind, OK);
    assert_int_equal(changes, again);
    file = str_replace(a, file, S("2018-11-05"), S("2018-11-06"));
    assert_int_equal(must_import(write_file("a.csv", file)).updated, 1);
}

static void a_file_without_the_needed_columns_is_refused_by_name(void **state)
{
    (void)state;
    registration_import it;
    err e = import(write_file("x.csv", S("企业名称,成立日期\n示例,2018-11-05\n")), NULL, NULL, &it);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_true(str_eqz(e.arg[0], "统一社会信用代码"));
    assert_int_equal(import(write_file("empty.csv", (str){0}), NULL, NULL, &it).kind, ERR_INPUT);
    assert_int_equal(import("/nowhere/x.csv", NULL, NULL, &it).kind, ERR_MISSING);
}

/* ---- bad rows ---------------------------------------------------------------------------------------------------------------------- */

/* One bad row between two good ones: it is refused with its line and the reason, they are taken. */
static void each_bad_row_costs_itself_and_says_why(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    str good = code(a, 900), long_cell = {new_n(a, char, 10 << 20), 10 << 20};
    memset((char *)(uintptr_t)long_cell.p, 'x', (size_t)long_cell.n);
    const struct { str row; const char *reason; } t[] = {
        {S("示例,91210299MA0000009Y,2018-11-05,x\n"), "the last would be"},
        {S("示例,123,2018-11-05,x\n"), "18"},
        {S("示例,,2018-11-05,x\n"), "missing"},
        {str_fmt(a, "," SF ",2018-11-05,x\n", SA(good)), "name is missing"},
        {str_fmt(a, "示例," SF ",2018-02-30,x\n", SA(good)), "no day that exists"},
        {str_fmt(a, "示例," SF ",,x\n", SA(good)), "day of establishment is missing"},
        {str_fmt(a, "示例," SF "\n", SA(good)), "day of establishment is missing"},
        {str_fmt(a, "示例," SF ",2018-11-05,\"x\" y\n", SA(good)), "closing quote"},
        {str_fmt(a, "示例," SF ",2018-11-05,\"never closed\n", SA(good)), "quote"},
        {str_fmt(a, "示例," SF ",2018-11-05,\xff\xfe\n", SA(good)), "UTF-8"},
        {str_fmt(a, "示例," SF ",2018-11-05,=cmd|' /C calc'!A0\n", SA(good)), "formula"},
        {str_fmt(a, "=HYPERLINK(1)," SF ",2018-11-05,x\n", SA(good)), "formula"},
        {str_fmt(a, "示例," SF ",2018-11-05," SF "\n", SA(good), SA(long_cell)), "longer"},
        {str_fmt(a, "示例甲有限公司," SF ",2018-11-05,x\n", SA(code(a, 1))), "earlier row"},
    };
    for (int i = 0; i < countof(t); i++) {
        str file = str_fmt(a, HEAD SF SF SF, SA(row("示例甲有限公司", 1, "2018-11-05,软件开发")), SA(t[i].row), SA(row("示例乙有限公司", 2, "2018-11-05,餐饮服务")));
        registration_import it = must_import(write_file("bad.csv", file));
        str said = rejects(it.id);
        if (it.rejected != 1 || it.read != 3 || str_find(said, S("\r\n3,")) < 0 || str_find(said, str_of(t[i].reason)) < 0)
            fail_msg("row %d: %d of %d rejected: " SF, i, (int)it.rejected, (int)it.read, SA(str_head(said, 600)));
        assert_true(str_is_text(said));
        assert_true(str_find(said, S(",=")) < 0);
    }
}

static void what_was_refused_can_be_mended_and_imported(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    registration_import it = must_import(write_file("bad.csv", str_join(a, S(HEAD), row("示例甲有限公司", 1, "2018-02-30,\"软件开发，\"\"甲\"\"\""))));
    str mended = str_replace(a, rejects(it.id), S("2018-02-30,"), S("2018-02-28,"));
    it = must_import(write_file("mended.csv", mended));
    assert_int_equal(it.imported, 1);
}

static void a_file_cut_off_in_a_row_gives_no_partial_row(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    str file = str_fmt(a, HEAD SF SF, SA(row("示例甲有限公司", 1, "2018-11-05,软件开发")), SA(row("示例乙有限公司", 2, "2018-11-05,软件开发")));
    registration_import it = must_import(write_file("cut.csv", str_head(file, file.n - 28)));
    assert_int_equal(it.imported, 1);
    assert_int_equal(it.rejected, 1);
}

/* ---- killed and gone on ---------------------------------------------------------------------------------------------------------------- */

static bool stop_after_one(void *what, const registration_import *so_far) { (void)what; return so_far->read == 0; }

static str long_file(int rows)
{
    arena *a = world_as(&w, NULL)->a;
    buf b = buf_new(a, rows * 80);
    buf_putz(&b, HEAD);
    for (int i = 0; i < rows; i++) buf_put(&b, row("示例有限公司", i % 70000, i % 1000 == 7 ? "2018-02-30,x" : "2018-11-05,软件开发"));
    return buf_str(&b);
}

static void a_killed_import_goes_on_where_it_was(void **state)
{
    (void)state;
    registration_import it, whole;
    const char *path = write_file("long.csv", long_file(90000));
    assert_int_equal(import(path, stop_after_one, NULL, &it).kind, OK);
    assert_true(str_eqz(it.state, "running"));
    assert_true(it.read > 0 && it.read < 90000);
    whole = must_import(path);
    assert_int_equal(whole.id, it.id);
    assert_int_equal(whole.read, 90000);
    assert_int_equal(whole.rejected, 90 + 19980); /* the bad days, and the good rows of the last 20,000 that name a firm again */
    assert_int_equal(whole.imported, 69930);
}

static void a_file_changed_meanwhile_is_not_gone_on_with(void **state)
{
    (void)state;
    registration_import it;
    str file = long_file(90000);
    const char *path = write_file("long.csv", file);
    assert_int_equal(import(path, stop_after_one, NULL, &it).kind, OK);
    ((char *)(uintptr_t)file.p)[100000] ^= 1; /* behind the bytes by which it is found again */
    write_file("long.csv", file);
    err e = import(path, NULL, NULL, &it);
    assert_int_equal(e.kind, ERR_CONFLICT);
    assert_non_null(strstr(e.text, "changed meanwhile"));
}

static void a_cancelled_import_stops_and_keeps_what_it_read(void **state)
{
    (void)state;
    registration_import it;
    const char *path = write_file("long.csv", long_file(90000));
    assert_int_equal(import(path, stop_after_one, NULL, &it).kind, OK);
    import_end stop = {it.id, S("cancelled"), (str){0}};
    assert_int_equal(store_act(world_as(&w, NULL), &import_finish, &stop).kind, OK);
    int64_t kept;
    assert_int_equal(store_int(world_as(&w, NULL), &import_last_id, &kept, NO_ARGS).kind, OK);
    assert_true(kept > 0 && kept <= it.read);
    assert_int_equal(store_act(world_as(&w, NULL), &import_finish, &stop).kind, ERR_CONFLICT);
}

/* ---- workbooks ----------------------------------------------------------------------------------------------------------------------------- */

#define CELL WORKBOOK_CELL
#define ROW1 "<row r='1'><c t='s'><v>0</v></c>" CELL("统一社会信用代码") CELL("成立日期") CELL("经营范围") "</row>"

static const char *workbook(const char *name, str rows, const char *strings)
{
    ctx *c = world_as(&w, NULL);
    const char *path = str_z(c->a, str_fmt(c->a, "%s/%s", w.place.folder, name));
    workbook_write(c->a, path, rows, strings);
    return path;
}

static str sheet_row_of(int line, const char *name, int i, const char *day, const char *scope)
{
    arena *a = world_as(&w, NULL)->a;
    return str_fmt(a, "<row r='%d'>" CELL("%s") CELL(SF) "%s<c t='inlineStr'>%s</c></row>", line, name, SA(code(a, i)), day, scope);
}

static void a_workbook_with_serial_days_and_shared_texts(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    str rows = str_fmt(a, ROW1 SF SF SF, SA(sheet_row_of(2, "示例甲有限公司", 1, "<c><v>43409</v></c>", "<is><t>软件开发</t></is>")),
                       SA(sheet_row_of(3, "示例乙有限公司", 2, "<c><v>60</v></c>", "<is><t>x</t></is>")),
                       SA(sheet_row_of(4, "示例丙有限公司", 3, "<c><v>43409</v></c>", "<f>cmd</f><v>1</v>")));
    registration_import it = must_import(workbook("a.xlsx", rows, "<sst><si><t>企业</t><rPh><t>qiye</t></rPh><t>名称</t></si></sst>"));
    str said = rejects(it.id);
    assert_int_equal(it.imported, 1);
    assert_int_equal(it.rejected, 2);
    assert_true(str_find(said, S("\r\n3,")) >= 0 && str_find(said, S("no day that exists")) >= 0);
    assert_true(str_find(said, S("\r\n4,")) >= 0 && str_find(said, S("formula")) >= 0);
    str same = str_join(a, S(HEAD), row("示例甲有限公司", 1, "2018-11-05,软件开发"));
    assert_int_equal(must_import(write_file("same.csv", same)).unchanged, 1); /* 43409 is that day */
}

static void a_workbook_of_many_shared_texts_and_one_that_is_too_long(void **state)
{
    (void)state;
    enum { FIRMS = 20000, HUGE = 10 << 20 };
    arena *a = world_as(&w, NULL)->a;
    buf rows = buf_new(a, FIRMS * 120), strings = buf_new(a, FIRMS * 80 + HUGE);
    buf_putz(&rows, ROW1);
    buf_putz(&strings, "<sst><si><t>企业名称</t></si>");
    for (int i = 0; i < FIRMS; i++) {
        buf_fmt(&strings, "<si><t>样例%d号软件有限公司 &amp; 其分支机构，住所示范高新区示例路%d号</t></si>", i, i);
        buf_fmt(&rows, "<row r='%d'><c t='s'><v>%d</v></c>" CELL(SF) "<c><v>43409</v></c></row>", i + 2, i + 1, SA(code(a, i)));
    }
    buf_putz(&strings, "<si><t>");
    memset(buf_room(&strings, HUGE), 'x', HUGE);
    strings.n += HUGE;
    buf_putz(&strings, "</t></si></sst>");
    buf_fmt(&rows, "<row r='%d'><c t='s'><v>%d</v></c>" CELL(SF) "<c><v>43409</v></c></row>", FIRMS + 2, FIRMS + 1, SA(code(a, FIRMS)));
    registration_import it = must_import(workbook("many.xlsx", buf_str(&rows), str_z(a, buf_str(&strings))));
    assert_int_equal(it.imported, FIRMS);
    assert_int_equal(it.rejected, 1);
    assert_true(str_find(rejects(it.id), S("too long")) >= 0);
}

static void a_bomb_is_not_unpacked(void **state)
{
    (void)state;
    registration_import it;
    arena *a = world_as(&w, NULL)->a;
    char *p = new_n(a, char, 100 << 20);
    memset(p, ' ', 100 << 20);
    err e = import(workbook("bomb.xlsx", (str){p, 100 << 20}, "<sst/>"), NULL, NULL, &it);
    assert_int_equal(e.kind, ERR_LARGE);
    assert_non_null(strstr(e.text, "unpacks"));
    e = import(workbook("dtd.xlsx", S(ROW1), "<!DOCTYPE a [<!ENTITY b 'b'>]><sst/>"), NULL, NULL, &it);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_non_null(strstr(e.text, "document type"));
}

static void a_workbook_cut_off_anywhere_never_crashes(void **state)
{
    (void)state;
    arena *a = world_as(&w, NULL)->a;
    str rows = str_fmt(a, ROW1 SF, SA(sheet_row_of(2, "示例甲有限公司", 1, "<c><v>43409</v></c>", "<is><t>软件开发</t></is>")));
    const char *path = workbook("whole.xlsx", rows, "<sst><si><t>企业名称</t></si></sst>");
    char bytes[8192];
    FILE *f = fopen(path, "rb");
    size n = (size)fread(bytes, 1, sizeof bytes, f);
    fclose(f);
    for (size cut = 5; cut < n; cut += 41) {
        registration_import it;
        err e = import(write_file("cut.xlsx", (str){bytes, cut}), NULL, NULL, &it);
        assert_true(e.kind == ERR_INPUT);
    }
    str half = str_head(rows, rows.n - 40); /* the package whole, its sheet cut off in a row */
    registration_import it = must_import(workbook("half.xlsx", half, "<sst><si><t>企业名称</t></si></sst>"));
    assert_int_equal(it.imported, 0);
    assert_int_equal(it.rejected, 1);
}

/* ---- the real files, where they are ------------------------------------------------------------------------------------------------------- */

static void every_row_of_the_real_zone_is_accounted_for(void **state)
{
    (void)state;
    const char *shared = getenv("SHARED");
    char path[4096];
    snprintf(path, sizeof path, "%s/data/registrations/zone.csv", shared ? shared : "");
    FILE *f = fopen(path, "rb");
    if (!f) {
        print_message("skipped: no shared data\n");
        skip();
    }
    fclose(f);
    assert_int_equal(must_import(path).imported, 2235);
    assert_int_equal(must_import(path).unchanged, 2235);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(headers_in_any_order_and_language_encodings_and_days, begin, end),
        cmocka_unit_test_setup_teardown(the_same_file_again_changes_nothing_and_another_day_updates, begin, end),
        cmocka_unit_test_setup_teardown(a_file_without_the_needed_columns_is_refused_by_name, begin, end),
        cmocka_unit_test_setup_teardown(each_bad_row_costs_itself_and_says_why, begin, end),
        cmocka_unit_test_setup_teardown(what_was_refused_can_be_mended_and_imported, begin, end),
        cmocka_unit_test_setup_teardown(a_file_cut_off_in_a_row_gives_no_partial_row, begin, end),
        cmocka_unit_test_setup_teardown(a_killed_import_goes_on_where_it_was, begin, end),
        cmocka_unit_test_setup_teardown(a_file_changed_meanwhile_is_not_gone_on_with, begin, end),
        cmocka_unit_test_setup_teardown(a_cancelled_import_stops_and_keeps_what_it_read, begin, end),
        cmocka_unit_test_setup_teardown(a_workbook_with_serial_days_and_shared_texts, begin, end),
        cmocka_unit_test_setup_teardown(a_workbook_of_many_shared_texts_and_one_that_is_too_long, begin, end),
        cmocka_unit_test_setup_teardown(a_bomb_is_not_unpacked, begin, end),
        cmocka_unit_test_setup_teardown(a_workbook_cut_off_anywhere_never_crashes, begin, end),
        cmocka_unit_test_setup_teardown(every_row_of_the_real_zone_is_accounted_for, begin, end),
    };
    return cmocka_run_group_tests_name("registration import", tests, NULL, NULL);
}
