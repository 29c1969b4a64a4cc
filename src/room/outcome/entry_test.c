/* SPDX-License-Identifier: Apache-2.0 */
/* entry_test.c: tables of outcomes, good and bad: every row is entered, there already, or refused with its reason; nothing is half stored. */
#include "month.h"

#include "base/patent.h"
#include "room/document/document.h"
#include "workbook.h"

#define HEAD "协议备案号,成果类型,成果编号,成果日期\n"
#define FIRST "备2018-0001"

static month m;
static int begin(void **state)
{
    (void)state;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    return 0;
}
static int end(void **state) { (void)state; return world_end(&m.w), 0; }

static view *send(int status, const char *login, const char *name, str bytes)
{
    int64_t id;
    ctx *c = world_as(&m.w, login);
    assert_int_equal(document_make(c, str_of(name), S("text/csv"), bytes, &id).kind, OK);
    return world_do(&m.w, status, login, POST, "/outcomes/entries", "{\"file\":%lld}", (long long)id);
}

static void assert_counts(const view *v, int64_t read, int64_t entered, int64_t unchanged, int64_t refused)
{
    assert_int_equal(month_int(v, "read"), read);
    assert_int_equal(month_int(v, "entered"), entered);
    assert_int_equal(month_int(v, "unchanged"), unchanged);
    assert_int_equal(month_int(v, "refused"), refused);
    assert_int_equal(view_get(v, S("items"))->n, refused);
    assert_int_equal(read, entered + unchanged + refused);
}

static int stored(const char *login) { return view_get(world_do(&m.w, 200, login, GET, "/outcomes", NULL), S("items"))->n; }

static void every_row_is_accounted_for_and_the_same_file_again_changes_nothing(void **state)
{
    (void)state;
    str file = S("\xEF\xBB\xBF" HEAD FIRST ",发明专利,ZL200310102344.5,2018-11-05\r\n" FIRST ",standard,DB 1-2018,2018/11/5\r\n\r\n" FIRST ",软件著作权,2018SR503328,2018年11月5日\r\n");
    view *v = send(201, "agency1", "a.csv", file);
    assert_counts(v, 3, 3, 0, 0);
    assert_counts(send(201, "agency1", "a.csv", file), 3, 0, 3, 0);
    assert_int_equal(stored("agency1"), 4); /* with the one that the application typed */
    view *inbox = world_do(&m.w, 200, "enterprise1", GET, "/messages", NULL);
    assert_true(month_text_is(month_item(inbox, "items", 0), "href", "/outcomes?state=entered"));
    assert_int_equal(view_get(world_do(&m.w, 200, "enterprise1", GET, "/desk?only=outcome", NULL), S("items"))->n, 3);
    world_do(&m.w, 200, "agency1", GET, "/outcomes/entries/1", NULL);
    world_do(&m.w, 404, "agency2", GET, "/outcomes/entries/1", NULL);
    world_do(&m.w, 403, "enterprise1", GET, "/outcomes/entries/1", NULL);
}

/* One bad row between two good ones. */
static void a_bad_row_costs_itself_and_says_why(void **state)
{
    (void)state;
    static const struct { const char *row, *reason; } t[] = {
        {FIRST ",发明专利,ZL200310102344.6,2018-11-05", "check character"},
        {FIRST ",实用新型专利,ZL200310102344.5,2018-11-05", "another type"},
        {FIRST ",奖状,1,2018-11-05", "奖状 is no kind of outcome"},
        {FIRST ",standard,DB 1-2018,2018-02-30", "2018-02-30 is no day"},
        {FIRST ",standard,DB 1-2018,2018-11-06", "today is 2018-11-05"},
        {FIRST ",standard,DB 1-2018,2018-11-01", "before the agreement was filed"},
        {",standard,DB 1-2018,2018-11-05", "no agreement with the filing number"},
        {FIRST ",standard,,2018-11-05", "Give the number"},
        {"备2018-0002,standard,DB 1-2018,2018-11-05", "filing number 备2018-0002"}, /* another agency's */
        {"备2018-0099,standard,DB 1-2018,2018-11-05", "no agreement with the filing number"},
        {FIRST ",standard,=cmd|'/C calc'!A0,2018-11-05", "begins like a formula"},
        {FIRST ",standard,DB 1-2018,@SUM(A1)", "begins like a formula"},
        {FIRST ",standard,\"DB 1\"x,2018-11-05", "quote"},
        {FIRST ",standard,DB \xFF\xFE,2018-11-05", "UTF-8"},
        {"备2018-0002,=1+1,DB 1-2018,2018-11-05", "begins like a formula"},
    };
    arena *a = world_as(&m.w, "agency1")->a;
    for (int i = 0; i < countof(t); i++) {
        str file = str_fmt(a, HEAD FIRST ",standard,DB 100-2018,2018-11-05\n%s\n" FIRST ",standard,DB %d-2018,2018-11-05\n", t[i].row, 200 + i);
        view *v = send(201, "agency1", "bad.csv", file);
        assert_counts(v, 3, i ? 1 : 2, i ? 1 : 0, 1);
        const view *row = month_item(v, "items", 0);
        assert_int_equal(month_int(row, "line"), 3);
        str reason = view_get_text(row, S("reason"));
        if (str_find(reason, str_of(t[i].reason)) < 0) fail_msg("%s: " SF, t[i].row, SA(reason));
    }
}

static void the_same_number_twice_in_a_file_is_one_outcome(void **state)
{
    (void)state;
    assert_counts(send(201, "agency1", "twice.csv", S(HEAD FIRST ",invention,ZL200310102344.5,2018-11-05\n" FIRST ",invention,200310102344.5,2018-11-05\n")), 2, 1, 1, 0);
}

/* ---- the file as a whole ---------------------------------------------------------------------------------------------------- */

static void assert_refused(const char *login, const char *name, str bytes, const char *words)
{
    int before = stored("agency1");
    view *v = send(422, login, name, bytes);
    const view *e = month_item(v, "errors", 0);
    str reason = view_get_text(e, S("reason"));
    if (!month_text_is(e, "field", "file") || str_find(reason, str_of(words)) < 0) fail_msg("%s: " SF, name, SA(reason));
    assert_int_equal(stored("agency1"), before);
}

static void a_file_that_is_no_table_of_outcomes_is_refused_whole(void **state)
{
    (void)state;
    arena *a = world_as(&m.w, "agency1")->a;
    assert_refused("agency1", "names.csv", S("企业,编号\n甲,1\n"), "协议备案号");
    assert_refused("agency1", "head.csv", S(HEAD), "no rows below");
    assert_refused("agency1", "cut.xlsx", S("PK\x03\x04 and then nothing"), "no workbook");
    buf b = buf_new(a, 64 << 10);
    buf_putz(&b, HEAD);
    for (int i = 0; i <= 2000; i++) buf_fmt(&b, FIRST ",standard,DB %d-2018,2018-11-05\n", i);
    assert_refused("agency1", "long.csv", buf_str(&b), "At most 2000 rows");
    int64_t stranger = world_file(&m.w, "agency2", "x");
    world_do(&m.w, 422, "agency1", POST, "/outcomes/entries", "{\"file\":%lld}", (long long)stranger);
    world_do(&m.w, 403, "enterprise1", POST, "/outcomes/entries", "{\"file\":%lld}", (long long)stranger);
}

/* ---- workbooks ---------------------------------------------------------------------------------------------------------------- */

#define CELL WORKBOOK_CELL
#define ROW1 "<row r='1'>" CELL("Agreement number") CELL("Kind") CELL("Number") CELL("Day of the outcome") "</row>"

static str workbook(str rows)
{
    arena *a = world_as(&m.w, "agency1")->a;
    const char *path = str_z(a, str_fmt(a, "%s/a.xlsx", m.w.place.folder));
    workbook_write(a, path, rows, "<sst/>");
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *p = new_n(a, char, 4 << 20);
    str bytes = {p, (size)fread(p, 1, 4 << 20, f)};
    fclose(f);
    return bytes;
}

static void a_workbook_with_serial_days_is_read_and_its_formulas_are_refused(void **state)
{
    (void)state;
    view *v = send(201, "agency1", "a.xlsx",
                   workbook(S(ROW1 "<row r='2'>" CELL(FIRST) CELL("Standard") CELL("DB 1-2018") "<c><v>43409</v></c></row>"
                                   "<row r='3'>" CELL(FIRST) CELL("Standard") "<c><f>1+1</f><v>2</v></c><c><v>43409</v></c></row>")));
    assert_counts(v, 2, 1, 0, 1);
    assert_true(str_find(view_get_text(month_item(v, "items", 0), S("reason")), S("formula")) >= 0);
    assert_int_equal(month_int(month_item(v, "items", 0), "line"), 3);
}

static void a_bomb_or_a_cut_workbook_enters_nothing(void **state)
{
    (void)state;
    arena *a = world_as(&m.w, "agency1")->a;
    char *p = new_n(a, char, 100 << 20);
    memset(p, ' ', 100 << 20);
    assert_refused("agency1", "bomb.xlsx", workbook((str){p, 100 << 20}), "unpacks to far more");
    str whole = workbook(S(ROW1 "<row r='2'>" CELL(FIRST) CELL("Standard") CELL("DB 1-2018") "<c><v>43409</v></c></row>"));
    for (size cut = 1; cut < whole.n; cut += whole.n / 7) assert_refused("agency1", "cut.xlsx", str_head(whole, cut), "");
}

/* Every example of the template is a number that is taken, once an agreement's filing number stands before it. */
static void the_template_is_taken_as_soon_as_it_names_an_agreement(void **state)
{
    (void)state;
    arena *a = world_as(&m.w, "agency1")->a;
    buf b = buf_new(a, 4096);
    buf_putz(&b, "Filing number,Kind of outcome,Number of the outcome,Day of the outcome\n");
    int n = 0;
    for (const struct choice *k = outcome_kinds; k->code; k++, n++) buf_fmt(&b, ",%s,%s,2018-11-05\n", k->label, outcome_format_of(str_of(k->code))->example);
    assert_counts(send(201, "agency1", "template.csv", buf_str(&b)), n, 0, 0, n);
    assert_counts(send(201, "agency1", "filled.csv", str_replace(a, buf_str(&b), S("\n,"), S("\n" FIRST ","))), n, n, 0, 0);
}

static void the_same_number_of_another_day_is_no_repetition(void **state)
{
    (void)state;
    world_day(&m.w, "2018-11-06");
    assert_counts(send(201, "agency1", "a.csv", S(HEAD FIRST ",standard,DB 1-2018,2018-11-05\n")), 1, 1, 0, 0);
    view *v = send(201, "agency1", "b.csv", S(HEAD FIRST ",standard,DB 1-2018,2018-11-06\n"));
    assert_counts(v, 1, 0, 0, 1);
    assert_true(str_find(view_get_text(month_item(v, "items", 0), S("reason")), S("with the day 2018-11-05")) >= 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_row_is_accounted_for_and_the_same_file_again_changes_nothing),
        TEST(a_bad_row_costs_itself_and_says_why),
        TEST(the_same_number_twice_in_a_file_is_one_outcome),
        TEST(a_file_that_is_no_table_of_outcomes_is_refused_whole),
        TEST(a_workbook_with_serial_days_is_read_and_its_formulas_are_refused),
        TEST(a_bomb_or_a_cut_workbook_enters_nothing),
        TEST(the_template_is_taken_as_soon_as_it_names_an_agreement),
        TEST(the_same_number_of_another_day_is_no_repetition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
