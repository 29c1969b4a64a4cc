/* SPDX-License-Identifier: Apache-2.0 */
/* values_test.c: days, working days, money, capitals, codes and numbers, against vectors of independent programs. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/amount.h"
#include "base/capitals.h"
#include "base/days.h"
#include "base/embed.h"
#include "base/money.h"
#include "base/patent.h"
#include "base/uscc.h"

static arena a;
static calendar *days;

static str shared(const char *name)
{
    const char *folder = getenv("SHARED");
    char path[512];
    if (!folder || !*folder) return (str){0};
    snprintf(path, sizeof path, "%s/data/vectors/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) return (str){0};
    char *p = new_n(&a, char, 1 << 20);
    size n = (size)fread(p, 1, 1 << 20, f);
    fclose(f);
    return (str){p, n};
}

/* Comma-separated with quotes; enough for the vector files. */
static str cell(str *line)
{
    if (!str_starts(*line, S("\""))) {
        str part = {0};
        str_split(line, ',', &part);
        return part;
    }
    size end = str_find(str_from(*line, 1), S("\""));
    str part = str_head(str_from(*line, 1), end);
    *line = str_from(*line, end + 3);
    return part;
}

static bool next_line(str *rest, str *line)
{
    bool more = str_split(rest, '\n', line);
    if (more) *line = str_trim(*line);
    return more;
}

#define VECTORS(name)                                  \
    str rest = shared(name), line;                     \
    if (!rest.n) {                                     \
        print_message("skipped: no shared data\n");    \
        skip();                                        \
    }                                                  \
    next_line(&rest, &line);                           \
    int rows = 0;                                      \
    for (; next_line(&rest, &line); rows++)

static void a_notice_ends_on_the_right_day(void **state)
{
    static const struct { const char *from; int n; const char *want; } t[] = {
        {"2018-12-20", 7, "2018-12-29"}, /* a make-up Saturday counts */
        {"2019-01-25", 7, "2019-02-03"}, /* a make-up Sunday counts */
        {"2018-09-21", 7, "2018-10-08"}, {"2018-11-30", 7, "2018-12-11"}, {"2018-11-03", 7, "2018-11-13"},
        {"2018-11-05", 7, "2018-11-14"}, {"2018-11-05", 0, "2018-11-05"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        int64_t from, out;
        assert_true(day_parse(str_of(t[i].from), &from));
        assert_int_equal(workday_add(days, from, t[i].n, &out).kind, OK);
        assert_string_equal(str_z(&a, day_text(&a, out)), t[i].want);
    }
}

static void working_days_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("workdays.csv") {
        int64_t from, n, out;
        str start = cell(&line), count = cell(&line), want = cell(&line);
        assert_true(day_parse(start, &from) && str_int(count, &n));
        assert_int_equal(workday_add(days, from, n, &out).kind, OK);
        assert_string_equal(str_z(&a, day_text(&a, out)), str_z(&a, want));
    }
    assert_true(rows >= 150);
}

static void counting_back_gives_the_same_number(void **state)
{
    (void)state;
    for (int64_t day = day_of(2007, 1, 1); day < day_of(2026, 12, 1); day++)
        for (int n = 1; n <= 15; n += 7) {
            int64_t to, back;
            if (workday_add(days, day, n, &to).kind) continue;
            assert_int_equal(workday_between(days, day, to, &back).kind, OK);
            assert_int_equal(back, n);
        }
}

static void an_unknown_year_is_named(void **state)
{
    int64_t out;
    (void)state;
    err e = workday_add(days, day_of(2026, 12, 28), 7, &out);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_string_equal(str_z(&a, e.arg[0]), "2027");
    assert_int_equal(workday_add(days, day_of(2006, 11, 1), 1, &out).kind, ERR_INPUT);
}

static void a_strip_says_why_each_day_counts(void **state)
{
    (void)state;
    view *all = view_list(&a);
    workday_strip(days, day_of(2018, 12, 20), day_of(2018, 12, 30), LANG_EN, all);
    assert_int_equal(all->n, 10);
    int64_t counted = 0;
    for (view *row = all->first; row; row = row->next) counted = view_get_int(row, S("number"), counted);
    assert_int_equal(counted, 7);
    assert_string_equal(str_z(&a, view_get_text(all->last, S("reason"))), "holiday");
    assert_true(str_find(view_get_text(all->last, S("source")), S("gov.cn")) > 0);
}

static void dates_that_do_not_exist_are_refused(void **state)
{
    static const char *const bad[] = {"2018-02-29", "2018-13-01", "2018-00-10", "2018-1-5", "18-01-05", "2018-11-05x", "", "2018年11月"};
    static const char *const good[] = {"2018-11-05", "2018/11/5", "2018年11月5日", "2016-02-29"};
    int64_t out;
    (void)state;
    for (int i = 0; i < countof(bad); i++) assert_false(day_parse(str_of(bad[i]), &out));
    for (int i = 0; i < countof(good); i++) assert_true(day_parse(str_of(good[i]), &out));
    for (int64_t day = day_of(1900, 1, 1); day < day_of(2100, 1, 1); day++) {
        assert_true(day_parse(day_text(&a, day), &out));
        assert_int_equal(out, day);
        if (day % 1000 == 0) arena_done(&a);
    }
    arena_init(&a, (size)64 << 20, NULL, NULL);
}

static void instants_are_written_and_read_back(void **state)
{
    int64_t us;
    (void)state;
    assert_true(time_parse(S("2018-11-05T23:30:00+08:00"), &us));
    assert_string_equal(str_z(&a, time_text(&a, us)), "2018-11-05T15:30:00Z");
    assert_int_equal(day_of_time(us), day_of(2018, 11, 5));
    assert_int_equal(day_of_time(day_start(day_of(2018, 11, 5)) - 1), day_of(2018, 11, 4));
    assert_string_equal(str_z(&a, time_words(&a, us, LANG_ZH)), "2018年11月5日 23:30");
    assert_false(time_parse(S("2018-11-05T24:00:00Z"), &us));
}

static void money_is_read_as_people_write_it(void **state)
{
    static const struct { const char *text; int64_t fen; } good[] = {
        {"12345.67", 1234567}, {"12,345.6", 1234560}, {"¥12,345.00", 1234500}, {"１２，３４５．６７", 1234567}, {"0", 0}, {"0.01", 1}, {"1,000,000", 100000000},
    };
    static const char *const bad[] = {"", "-1", "1.234", "1,23", "12,3456", "a", "1.", ".5", "1e3", "1 000", "99999999999999999", "¥", "1,2345.00"};
    int64_t fen;
    (void)state;
    for (int i = 0; i < countof(good); i++) {
        assert_true(fen_parse(str_of(good[i].text), &fen));
        assert_int_equal(fen, good[i].fen);
    }
    for (int i = 0; i < countof(bad); i++)
        if (fen_parse(str_of(bad[i]), &fen)) fail_msg("%s was read as %lld", bad[i], (long long)fen);
    assert_string_equal(str_z(&a, fen_words(&a, 123456789)), "¥1,234,567.89");
    assert_string_equal(str_z(&a, fen_words(&a, -5)), "-¥0.05");
}

static void capitals_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("rmb.csv") {
        int64_t fen;
        str amount = cell(&line), want = cell(&line);
        assert_true(fen_parse(amount, &fen));
        assert_string_equal(str_z(&a, fen_capitals(&a, fen)), str_z(&a, want));
    }
    assert_true(rows >= 30);
}

static void credit_codes_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("uscc.csv") {
        int at;
        str normal, code = cell(&line), want = cell(&line);
        uscc_verdict v = uscc_check(&a, code, &normal, &at);
        bool right = str_eqz(want, "invalid")              ? v > USCC_ORG_CHECK
                   : str_eqz(want, "valid_org_mismatch")   ? v == USCC_ORG_CHECK
                                                           : v == USCC_OK;
        if (!right) fail_msg(SF ": wanted " SF ", got %d", SA(code), SA(want), v);
    }
    assert_true(rows >= 120);
}

static void numbers_of_outcomes_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("patent.csv") {
        str normal, kind = cell(&line), number = cell(&line), want = cell(&line);
        bool valid = str_eqz(want, "valid"), good;
        if (str_starts(kind, S("software"))) good = !outcome_number(&a, S("software_copyright"), number, &normal).kind;
        else if (str_eqz(kind, "ic_layout")) good = !outcome_number(&a, S("layout"), number, &normal).kind;
        else if (str_eqz(kind, "publication_number")) good = false, valid = false; /* no application number: always refused */
        else good = !patent_check(&a, number, &normal);
        if (good != valid) fail_msg(SF ": wanted " SF, SA(number), SA(want));
    }
    assert_true(rows >= 90);
}

static void a_number_must_fit_its_kind_and_has_one_normal_form(void **state)
{
    str x, y;
    (void)state;
    assert_int_equal(outcome_number(&a, S("invention"), S("ZL201310033299.6"), &x).kind, OK);
    assert_int_equal(outcome_number(&a, S("invention"), S("2013 1003 3299.6"), &y).kind, OK);
    assert_true(str_eq(x, y));
    assert_int_equal(outcome_number(&a, S("design"), S("ZL201310033299.6"), &x).kind, ERR_INPUT);
    assert_int_equal(outcome_number(&a, S("invention"), S("200310102344.5"), &x).kind, OK);
    assert_int_equal(outcome_number(&a, S("invention"), S("200310102344.6"), &x).kind, ERR_INPUT);
    assert_int_equal(outcome_number(&a, S("hte_certificate"), S("GR201821200123"), &x).kind, OK);
}

static void a_rule_pays_what_it_says(void **state)
{
    static const struct { amount_rule rule; int64_t n, base; const char *grade; int64_t want; } t[] = {
        {{.kind = AMOUNT_FIXED, .fen = 500}, 3, 0, "", 500},
        {{.kind = AMOUNT_PER_ITEM, .fen = 300, .most = 2}, 5, 0, "", 600},
        {{.kind = AMOUNT_PER_ITEM, .fen = 300}, 5, 0, "", 1500},
        {{.kind = AMOUNT_RATE, .rate_bp = 3333, .fen = 100000}, 1, 10001, "", 3333}, /* rounds down */
        {{.kind = AMOUNT_RATE, .rate_bp = 5000, .fen = 1000}, 1, 10000, "", 1000},   /* the cap */
        {{.kind = AMOUNT_RATE, .rate_bp = 5000, .fen = 1000}, 1, INT64_MAX, "", 1000},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        int64_t out;
        str why;
        assert_int_equal(amount_compute(&a, &t[i].rule, t[i].n, t[i].base, str_of(t[i].grade), LANG_EN, &out, &why).kind, OK);
        assert_int_equal(out, t[i].want);
        assert_true(why.n > 0);
    }
    err e = amount_split_check(&a, 100, 60, 41);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_string_equal(str_z(&a, e.arg[2]), "¥1.00");
}

static int begin(void **state)
{
    (void)state;
    static arena whole;
    arena_init(&a, (size)256 << 20, NULL, NULL);
    arena_init(&whole, (size)16 << 20, NULL, NULL);
    const embedded *e = embed_find(S("data/cn_workdays.csv"));
    return !e || calendar_load(&whole, e->bytes, &days).kind;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_notice_ends_on_the_right_day), cmocka_unit_test(working_days_agree_with_the_vectors),
        cmocka_unit_test(counting_back_gives_the_same_number), cmocka_unit_test(an_unknown_year_is_named),
        cmocka_unit_test(a_strip_says_why_each_day_counts), cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(instants_are_written_and_read_back), cmocka_unit_test(money_is_read_as_people_write_it),
        cmocka_unit_test(capitals_agree_with_the_vectors), cmocka_unit_test(credit_codes_agree_with_the_vectors),
        cmocka_unit_test(numbers_of_outcomes_agree_with_the_vectors),
        cmocka_unit_test(a_number_must_fit_its_kind_and_has_one_normal_form), cmocka_unit_test(a_rule_pays_what_it_says),
    };
    return cmocka_run_group_tests(tests, begin, NULL);
}
