/* SPDX-License-Identifier: Apache-2.0 */
/* days_test.c: dates, instants, months and the working days of China. */
#include "base/vectors_test.h"

#include "base/days.h"
#include "base/embed.h"

static calendar *days;

static int64_t on(const char *date)
{
    int64_t day = 0;
    if (!day_parse(str_of(date), &day)) fail_msg("%s is no date", date);
    return day;
}

/* ---- dates ------------------------------------------------------------------------------- */

static void every_day_is_written_and_read_back(void **state)
{
    (void)state;
    int64_t back;
    assert_int_equal(day_of(1970, 1, 1), 0);
    assert_int_equal(day_of(2000, 3, 1), 11017);
    for (int64_t day = day_of(1900, 1, 1), n = 0; day < day_of(2100, 1, 1); day++, n++) {
        arena own;
        arena_init(&own, 1 << 16, NULL, NULL);
        int y, m, d;
        day_split(day, &y, &m, &d);
        assert_int_equal(day_of(y, m, d), day);
        assert_int_equal(day_weekday(day), n % 7 + 1); /* 1900-01-01 was a Monday */
        assert_true(day_parse(day_text(&own, day), &back) && back == day);
        assert_true(day_parse(day_words(&own, day, LANG_ZH), &back) && back == day);
        arena_done(&own);
    }
}

static void dates_that_do_not_exist_are_refused(void **state)
{
    static const char *const bad[] = {
        "2018-02-29", "2018-13-01", "2018-00-10", "2018-01-00", "2018-04-31", "2018-1-5",
        "18-01-05", "2018-11-05x", " 2018-11-05", "", "2018年11月", "2018-11/05", "2018/11-05",
        "1900-02-29", "1899-12-31", "3000-01-01", "2018-011-5", "2018-11-+5", "2018年11月5",
    };
    static const struct { const char *text; int y, m, d; } good[] = {
        {"2018-11-05", 2018, 11, 5}, {"2018/11/5", 2018, 11, 5}, {"2018/01/05", 2018, 1, 5},
        {"2018年11月5日", 2018, 11, 5}, {"2018年01月05日", 2018, 1, 5}, {"2016-02-29", 2016, 2, 29},
        {"2000-02-29", 2000, 2, 29},
    };
    (void)state;
    int64_t out = 42;
    for (int i = 0; i < countof(bad); i++)
        if (day_parse(str_of(bad[i]), &out)) fail_msg("%s was read", bad[i]);
    assert_int_equal(out, 42); /* untouched */
    for (int i = 0; i < countof(good); i++)
        assert_int_equal(on(good[i].text), day_of(good[i].y, good[i].m, good[i].d));
}

static void days_and_months_are_said_in_both_languages(void **state)
{
    (void)state;
    int64_t month;
    same(day_words(&a, on("2018-11-05"), LANG_ZH), "2018年11月5日");
    same(day_words(&a, on("2018-11-05"), LANG_EN), "5 Nov 2018");
    assert_true(month_parse(S("2018-11"), &month));
    assert_int_equal(month, 2018 * 12 + 10);
    assert_int_equal(month_of(on("2018-11-30")), month);
    assert_int_equal(month_first(month), on("2018-11-01"));
    assert_int_equal(month_first(month + 2), on("2019-01-01"));
    same(month_text(&a, month), "2018-11");
    same(month_words(&a, month, LANG_ZH), "2018年11月");
    same(month_words(&a, month, LANG_EN), "November 2018");
    static const char *const bad[] = {"2018-13", "2018-00", "2018-1", "2018-11-05", "0000-01", ""};
    for (int i = 0; i < countof(bad); i++) assert_false(month_parse(str_of(bad[i]), &month));
}

/* ---- instants ---------------------------------------------------------------------------- */

static void instants_are_written_in_utc_and_said_in_shanghai(void **state)
{
    static const struct { const char *text, *utc, *zh, *en; } t[] = {
        {"2018-11-05T03:04:05Z", "2018-11-05T03:04:05Z", "2018年11月5日 11:04", "5 Nov 2018, 11:04"},
        {"2018-11-05T23:30:00+08:00", "2018-11-05T15:30:00Z", "2018年11月5日 23:30",
         "5 Nov 2018, 23:30"},
        {"2018-12-31T16:00:00Z", "2018-12-31T16:00:00Z", "2019年1月1日 00:00", "1 Jan 2019, 00:00"},
        {"2018-11-05T03:04:05.25Z", "2018-11-05T03:04:05.250000Z", "2018年11月5日 11:04",
         "5 Nov 2018, 11:04"},
        {"2018-11-05T03:04:05.0000019Z", "2018-11-05T03:04:05.000001Z", "2018年11月5日 11:04",
         "5 Nov 2018, 11:04"},
        {"1969-12-31T23:59:59.5-00:30", "1970-01-01T00:29:59.500000Z", "1970年1月1日 08:29",
         "1 Jan 1970, 08:29"},
        {"1950-01-01T00:00:00Z", "1950-01-01T00:00:00Z", "1950年1月1日 08:00", "1 Jan 1950, 08:00"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        int64_t us, back;
        assert_true(time_parse(str_of(t[i].text), &us));
        same(time_text(&a, us), t[i].utc);
        assert_true(time_parse(time_text(&a, us), &back) && back == us);
        same(time_words(&a, us, LANG_ZH), t[i].zh);
        same(time_words(&a, us, LANG_EN), t[i].en);
    }
}

static void what_is_no_instant_is_refused(void **state)
{
    static const char *const bad[] = {
        "2018-11-05", "2018-11-05T24:00:00Z", "2018-11-05T23:60:00Z", "2018-11-05T23:00:61Z",
        "2018-11-05T23:00:00", "2018-11-05 23:00:00Z", "2018/11/05T23:00:00Z",
        "2018-11-05T23:00:00.Z", "2018-11-05T23:00:00+0800", "2018-11-05T23:00:00+24:00",
        "2018-11-05T23:00:00ZZ", "2018-02-30T23:00:00Z", "",
    };
    (void)state;
    int64_t us;
    for (int i = 0; i < countof(bad); i++)
        if (time_parse(str_of(bad[i]), &us)) fail_msg("%s was read", bad[i]);
}

static void a_day_begins_at_four_in_the_afternoon_before_in_utc(void **state)
{
    (void)state;
    for (int64_t day = on("1969-12-30"); day < on("2030-01-01"); day += 13) {
        assert_int_equal(day_of_time(day_start(day)), day);
        assert_int_equal(day_of_time(day_start(day) - 1), day - 1);
        assert_int_equal(day_of_time(day_start(day + 1) - 1), day);
    }
    same(time_text(&a, day_start(on("2018-11-05"))), "2018-11-04T16:00:00Z");
}

/* ---- working days ------------------------------------------------------------------------ */

static void a_notice_ends_on_the_right_day(void **state)
{
    static const struct { const char *from; int n; const char *want; } t[] = {
        {"2018-09-21", 7, "2018-10-08"}, /* Mid-Autumn and the National Day */
        {"2018-11-30", 7, "2018-12-11"},
        {"2018-12-20", 7, "2018-12-29"}, /* a make-up Saturday counts */
        {"2019-01-25", 7, "2019-02-03"}, /* a make-up Sunday counts */
        {"2018-11-03", 7, "2018-11-13"}, /* from a Saturday */
        {"2018-11-05", 7, "2018-11-14"},
        {"2018-11-05", 0, "2018-11-05"},
        {"2018-11-03", 0, "2018-11-03"},
        {"2006-12-29", 1, "2006-12-30"}, /* before the first known year, but named by its paper */
        {"2015-09-02", 1, "2015-09-06"}, /* a paper of the middle of the year; a Sunday */
        {"2020-01-23", 1, "2020-02-03"}, /* a Spring Festival made longer when it had begun */
        {"2019-04-30", 1, "2019-05-05"}, /* make-up Sunday after a changed May Day */
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        int64_t out, back;
        assert_int_equal(workday_add(days, on(t[i].from), t[i].n, &out).kind, OK);
        same(day_text(&a, out), t[i].want);
        assert_int_equal(workday_between(days, on(t[i].from), out, &back).kind, OK);
        assert_int_equal(back, t[i].n);
        assert_int_equal(workday_between(days, out, on(t[i].from), &back).kind, OK);
        assert_int_equal(back, -t[i].n);
    }
}

static void days_that_other_calendars_have_wrong_are_right(void **state)
{
    static const struct { const char *date; bool work; } t[] = {
        {"2007-12-29", true}, {"2007-12-31", false}, {"2008-05-04", true}, {"2008-06-07", false},
        {"2008-09-13", false}, {"2009-01-04", true}, {"2009-09-27", true}, {"2011-12-31", true},
        {"2015-01-04", true}, {"2016-04-02", false}, {"2018-06-16", false}, {"2018-09-22", false},
        {"2018-12-31", false}, {"2018-11-05", true}, {"2018-11-04", false}, {"2026-10-10", true},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        bool work;
        assert_int_equal(calendar_is_workday(days, on(t[i].date), &work).kind, OK);
        if (work != t[i].work) fail_msg("%s is %sa working day", t[i].date, work ? "" : "no ");
    }
}

static void working_days_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("workdays.csv") {
        int64_t n, out;
        str start = vector_cell(&line), count = vector_cell(&line), want = vector_cell(&line);
        assert_true(str_int(count, &n));
        assert_int_equal(workday_add(days, on(str_z(&a, start)), n, &out).kind, OK);
        same(day_text(&a, out), str_z(&a, want));
    }
    assert_true(rows >= 150);
}

static void our_calendar_holds_the_facts_of_the_source(void **state)
{
    (void)state;
    const char *folder = getenv("SHARED");
    FILE *f = fopen(str_z(&a, str_fmt(&a, "%s/data/cn_workdays.csv", folder ? folder : "")), "rb");
    if (!f) {
        print_message("skipped: no shared data\n");
        skip();
    }
    char *p = new_n(&a, char, 1 << 20);
    size n = (size)fread(p, 1, 1 << 20, f);
    fclose(f);
    calendar *theirs;
    assert_int_equal(calendar_load(&a, (str){p, n}, &theirs).kind, OK);
    assert_true(str_eq(calendar_version(theirs), calendar_version(days)));
}

/* Every day of every known year, with as many working days as the days left allow. */
static void counting_back_gives_the_same_number(void **state)
{
    static const int counts[] = {0, 1, 7, 20, 60};
    (void)state;
    int64_t last = on("2026-12-31"), to, back;
    for (int64_t day = on("2007-01-01"); day <= last; day++)
        for (int i = 0; i < countof(counts); i++) {
            err e = workday_add(days, day, counts[i], &to);
            if (e.kind) {
                assert_true(day > last - 100);
                same(e.arg[0], "2027");
                continue;
            }
            assert_int_equal(workday_between(days, day, to, &back).kind, OK);
            assert_int_equal(back, counts[i]);
            bool work = counts[i] == 0;
            if (!work) assert_int_equal(calendar_is_workday(days, to, &work).kind, OK);
            assert_true(work);
        }
}

static void an_unknown_year_is_named_and_never_guessed(void **state)
{
    static const struct { const char *from; int n; const char *year; } t[] = {
        {"2026-12-28", 7, "2027"}, {"2027-03-01", 1, "2027"}, {"2006-11-01", 1, "2006"},
        {"2006-12-28", 1, "2006"}, {"1900-01-01", 1, "1900"},
    };
    (void)state;
    int64_t out;
    for (int i = 0; i < countof(t); i++) {
        err e = workday_add(days, on(t[i].from), t[i].n, &out);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.text,
                            "The State Council's holiday calendar for {0} is not known yet.");
        same(e.arg[0], t[i].year);
        e = workday_between(days, on(t[i].from), on(t[i].from) + 20, &out);
        assert_int_equal(e.kind, ERR_INPUT);
    }
    assert_int_equal(workday_add(days, on("2027-03-01"), 0, &out).kind, OK); /* nothing to know */
    assert_int_equal(workday_add(days, on("2018-11-05"), -1, &out).kind, ERR_INPUT);
}

static void a_strip_says_why_each_day_counts(void **state)
{
    static const struct { const char *date, *reason; int number; bool named; } t[] = {
        {"2018-12-27", "workday", 1, false}, {"2018-12-28", "workday", 2, false},
        {"2018-12-29", "makeup", 3, true}, {"2018-12-30", "holiday", 0, true},
        {"2018-12-31", "holiday", 0, true}, {"2019-01-01", "holiday", 0, true},
        {"2019-01-02", "workday", 4, false}, {"2019-01-03", "workday", 5, false},
        {"2019-01-04", "workday", 6, false}, {"2019-01-05", "weekend", 0, false},
    };
    (void)state;
    view *all = view_list(&a);
    workday_strip(days, on("2018-12-26"), on("2019-01-05"), LANG_EN, all);
    assert_int_equal(all->n, countof(t));
    const view *row = all->first;
    for (int i = 0; i < countof(t); i++, row = row->next) {
        assert_int_equal(view_get_int(row, S("day"), 0), on(t[i].date));
        same(view_get_text(row, S("reason")), t[i].reason);
        assert_int_equal(view_get_int(row, S("number"), 0), t[i].number);
        assert_int_equal(view_get_int(row, S("counted"), -1), t[i].number > 0);
        same(view_get_text(row, S("name")), t[i].named ? "元旦" : "");
        assert_true(!t[i].named == !str_starts(view_get_text(row, S("source_paper")), S("http")));
    }
    same(view_get_text(all->first, S("weekday")), "Thursday");
}

static void a_strip_into_an_unknown_year_counts_nothing_there(void **state)
{
    (void)state;
    view *all = view_list(&a);
    workday_strip(days, on("2026-12-30"), on("2027-01-04"), LANG_EN, all);
    same(view_get_text(all->first, S("reason")), "workday");
    same(view_get_text(all->last, S("reason")), "unknown");
    assert_int_equal(view_get_int(all->last, S("counted"), -1), 0);
}

static void a_wrong_calendar_is_refused_with_its_line(void **state)
{
#define HTTP ",http://x.example/1\n"
    static const struct { const char *csv, *line, *text; } t[] = {
        {"# nothing\n\n", NULL, "The calendar has no rows."},
        {"date,name,kind,source_paper\n2018-02-30,a,holiday" HTTP, "2",
         "Calendar, line {0}: the date does not exist."},
        {"2018-01-01,a,holiday" HTTP "2018-01-01,a,workday" HTTP, "2",
         "Calendar, line {0}: each date stands once, in rising order."},
        {"2018-01-02,a,holiday" HTTP "2018-01-01,a,holiday" HTTP, "2",
         "Calendar, line {0}: each date stands once, in rising order."},
        {"2018-01-01,a,Holiday" HTTP, "1",
         "Calendar, line {0}: the kind is neither holiday nor workday."},
        {"2018-01-01,a,holiday", "1",
         "Calendar, line {0}: the source is the web address of the paper."},
        {"2018-01-01,a,holiday,javascript:alert(1)", "1",
         "Calendar, line {0}: the source is the web address of the paper."},
        {"2018-01-01,,holiday" HTTP, "1",
         "Calendar, line {0}: a date, a name, a kind and a source are wanted."},
        {"2018-01-01", "1", "Calendar, line {0}: a date, a name, a kind and a source are wanted."},
        {"2018-01-01,\xff,holiday" HTTP, "1", "Calendar, line {0}: the text is not UTF-8."},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        calendar *k = NULL;
        err e = calendar_load(&a, str_of(t[i].csv), &k);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.text, t[i].text);
        if (t[i].line) same(e.arg[0], t[i].line);
        assert_null(k);
    }
}

static void the_version_changes_with_what_counts_only(void **state)
{
    static const char *const csv[] = {
        "2018-01-01,a,holiday" HTTP "2018-02-11,b,workday" HTTP,
        "\xEF\xBB\xBF# c\r\n2018/1/1,x,holiday,https://y.example\r\n2018-02-11,b,workday" HTTP,
        "2018-01-01,a,holiday" HTTP "2018-02-11,b,holiday" HTTP,
        "2018-01-01,a,holiday" HTTP,
    };
    (void)state;
    calendar *k[countof(csv)];
    for (int i = 0; i < countof(csv); i++)
        assert_int_equal(calendar_load(&a, str_of(csv[i]), &k[i]).kind, OK);
    assert_int_equal(calendar_version(k[0]).n, 16);
    assert_true(str_eq(calendar_version(k[0]), calendar_version(k[1])));
    assert_false(str_eq(calendar_version(k[0]), calendar_version(k[2])));
    assert_false(str_eq(calendar_version(k[0]), calendar_version(k[3])));
}

static int begin(void **state)
{
    (void)state;
    arena_init(&a, (size)64 << 20, NULL, NULL);
    const embedded *e = embed_find(S("data/cn_workdays.csv"));
    return !e || calendar_load(&a, e->bytes, &days).kind;
}

static int end(void **state)
{
    (void)state;
    arena_done(&a);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_is_written_and_read_back),
        cmocka_unit_test(dates_that_do_not_exist_are_refused),
        cmocka_unit_test(days_and_months_are_said_in_both_languages),
        cmocka_unit_test(instants_are_written_in_utc_and_said_in_shanghai),
        cmocka_unit_test(what_is_no_instant_is_refused),
        cmocka_unit_test(a_day_begins_at_four_in_the_afternoon_before_in_utc),
        cmocka_unit_test(a_notice_ends_on_the_right_day),
        cmocka_unit_test(days_that_other_calendars_have_wrong_are_right),
        cmocka_unit_test(working_days_agree_with_the_vectors),
        cmocka_unit_test(our_calendar_holds_the_facts_of_the_source),
        cmocka_unit_test(counting_back_gives_the_same_number),
        cmocka_unit_test(an_unknown_year_is_named_and_never_guessed),
        cmocka_unit_test(a_strip_says_why_each_day_counts),
        cmocka_unit_test(a_strip_into_an_unknown_year_counts_nothing_there),
        cmocka_unit_test(a_wrong_calendar_is_refused_with_its_line),
        cmocka_unit_test(the_version_changes_with_what_counts_only),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
