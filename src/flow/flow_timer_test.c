/* SPDX-License-Identifier: Apache-2.0 */
/* flow_timer_test.c: notices that end on the right day, objections that interrupt them. */
#include "flow/flow_zone.h"

/* ---- timers --------------------------------------------------------------------------------- */

static void a_notice_ends_on_the_right_day(void **state)
{
    (void)state;
    static const struct { const char *from, *last; } t[] = { /* features.md, golden vectors */
        {"2018-09-21", "2018-10-08"}, {"2018-11-30", "2018-12-11"}, {"2018-12-20", "2018-12-29"},
        {"2019-01-25", "2019-02-03"}, {"2018-11-03", "2018-11-13"}, {"2018-11-05", "2018-11-14"},
    };
    for (size i = 0; i < countof(t); i++) {
        day(t[i].from);
        int64_t id = start();
        go(id, ways[6].way);
        int64_t last = get(id).timer_day;
        assert_day(last, t[i].last);
        must(act(&(op){.what = DAY, .day = last})); /* the last day is open until its end */
        assert_at(id, "notice");
        at.who = (actor){0};
        must(act(&(op){.what = DAY, .day = last + 1}));
        assert_at(id, "letter");
        int64_t version = get(id).version;
        must(act(&(op){.what = DAY, .day = last + 1})); /* once */
        must(act(&(op){.what = DAY, .day = last + 2}));
        assert_int_equal(get(id).version, version);
        assert_int_equal(get(id).left_days, 0);
        assert_day(get(id).since_day, str_z(&a, day_text(&a, last + 1)));
    }
}

static void a_timer_acts_for_who_started_it(void **state)
{
    (void)state;
    int64_t id = start();
    go(id, ways[6].way);
    int64_t by = get(id).moved_by;
    assert_int_equal(by, ROLE_COMMITTEE * 100 + 1);
    heard_n = 0;
    at.who = (actor){0};
    at.today =
        get(id).timer_day + 3; /* the program did not run for some days: each begins in its turn */
    must(act(&(op){.what = DAY, .day = get(id).timer_day + 1}));
    assert_int_equal(heard_n, 1);
    assert_string_equal(heard[0].what, "rested");
    assert_string_equal(heard[0].to, "letter");
    assert_int_equal(heard[0].by, 0);
    assert_int_equal(heard[0].for_person, by);
    assert_int_equal(at.who.for_person, 0);
    assert_day(get(id).since_day, "2018-11-15");
    view *v = view_map(&a);
    must(flow_show_history(&at, id, v));
    const view *last = view_get(v, S("history"))->last;
    assert_true(str_eqz(view_get_text(last, S("who")), "The system"));
    assert_true(str_eqz(view_get_text(last, S("for")), "501"));
    assert_int_equal(view_get_int(last, S("waited_days"), -1), 8);
}

static void an_interrupted_notice_goes_on_for_the_days_it_had_left(void **state)
{
    (void)state;
    static const struct { const char *objected, *dismissed; int left; const char *last;
    } t[] = {
        {"2018-11-05", "2018-11-05", 7,
         "2018-11-14"}, /* on the day of publication: nothing has elapsed */
        {"2018-11-06", "2018-11-06", 7,
         "2018-11-15"}, /* the day of interruption counts as not elapsed */
        {"2018-11-09", "2018-11-12", 4, "2018-11-16"},
        {"2018-11-10", "2018-11-12", 3, "2018-11-15"}, /* a Saturday */
        {"2018-11-14", "2018-11-30", 1, "2018-12-03"}, /* the last day */
    };
    for (size i = 0; i < countof(t); i++) {
        day("2018-11-05");
        int64_t id = start(), other = start();
        go(id, ways[6].way);
        go(other, ways[6].way);
        day(t[i].objected);
        go(id, "objection");
        assert_at(id, "amend");
        assert_int_equal(get(id).left_days, t[i].left);
        assert_int_equal(get(id).timer_day, 0);
        day(t[i].dismissed);
        go(id, "dismiss");
        assert_day(get(id).timer_day, t[i].last);
        assert_int_equal(get(id).left_days, -1);
        assert_day(get(other).timer_day, "2018-11-14"); /* the others are not touched */
        go(id, "(over)");
        assert_at(id, "letter");
    }
}

static void a_second_objection_takes_from_what_is_left(void **state)
{
    (void)state;
    int64_t id = start();
    go(id, ways[6].way);
    day("2018-11-09");
    go(id, "objection dismiss"); /* 4 left: 12, 13, 14, 15 */
    assert_day(get(id).timer_day, "2018-11-15");
    day("2018-11-14");
    go(id, "objection");
    assert_int_equal(get(id).left_days, 2);
    go(id, "resubmit bureau_pass request_submit approved"); /* noticed again: seven days, whatever
                                                               was left */
    assert_day(get(id).timer_day, "2018-11-23");
}

static void a_finished_notice_has_no_days_left_and_passes(void **state)
{
    (void)state;
    int64_t id = start();
    go(id, ways[9].way);
    go(id, "finance_return");
    heard_n = 0;
    int64_t version = get(id).version;
    go(id, "dismiss");
    assert_at(id, "letter");
    assert_int_equal(get(id).version, version + 1); /* one move */
    assert_int_equal(get(id).left_days, 0);
    assert_int_equal(heard_n, 1);
    assert_string_equal(heard[0].to, "letter");
    go(id,
       "letter_send finance_return resubmit bureau_pass request_submit approved"); /* noticed again,
                                                                                      a fresh one */
    assert_at(id, "notice");
    go(id, "objection dismiss");
    assert_at(id, "notice");
}

static void cases_that_part_are_two_moves(void **state)
{
    (void)state;
    int64_t over = start(), open = start();
    go(over, ways[9].way);
    go(over, "finance_return");
    go(open, ways[6].way);
    go(open, "objection");
    flow_case k[] = {get(over), get(open)};
    heard_n = 0;
    as(ROLE_BUREAU, 1);
    must(act(&(op){
        .what = BATCH, .cases = k, .n = 2, .choice = S("dismiss"), .note = S("nothing changed")}));
    assert_at(over, "letter");
    assert_at(open, "notice");
    assert_int_equal(heard_n, 2);
    assert_string_equal(heard[0].to, "notice");
    assert_string_equal(heard[1].to, "letter");
    assert_int_equal(heard[0].n, 1);
    assert_int_equal(heard[1].n, 1);
}

static void a_message_comes_only_where_it_is_waited_for(void **state)
{
    (void)state;
    for (size i = 0; i < countof(ways); i++) {
        day("2018-11-05");
        int64_t id = start();
        go(id, ways[i].way);
        if (!strcmp(ways[i].node, "notice")) {
            assert_int_equal(act(&(op){.what = MESSAGE, .id = id, .choice = S("applause")}).kind,
                             ERR_CONFLICT);
            at.today =
                get(id).timer_day + 1; /* it has ended, though the day's work has not run yet */
        }
        assert_says(act(&(op){.what = MESSAGE, .id = id, .choice = S("objection")}), ERR_CONFLICT,
                    "can no longer come in");
        assert_at(id, ways[i].node);
    }
}

static void an_unknown_calendar_blocks_a_notice_and_nothing_else(void **state)
{
    (void)state;
    day("2026-12-30"); /* 2027 has no paper yet */
    int64_t id = start();
    go(id, "submit");
    assert_int_equal(get(id).due_day, 0);
    day("2027-03-01");
    go(id, "pass report_submit bureau_pass request_submit");
    as(ROLE_COMMITTEE, 1);
    int64_t version = get(id).version;
    err e = decide(id, "approved", "");
    assert_says(e, ERR_INPUT, "2027");
    assert_at(id, "approve");
    assert_int_equal(get(id).version, version);
    view *v = view_map(&a);
    must(flow_show_history(&at, id, v));
    assert_int_equal(view_get(view_get(v, S("history"))->first->next->next, S("waited_days"))->kind,
                     V_NULL);
    day("2018-11-05");
    id = start();
    go(id, "submit");
    assert_day(get(id).due_day, "2018-11-08");
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_notice_ends_on_the_right_day),
        TEST(a_timer_acts_for_who_started_it),
        TEST(an_interrupted_notice_goes_on_for_the_days_it_had_left),
        TEST(a_second_objection_takes_from_what_is_left),
        TEST(a_finished_notice_has_no_days_left_and_passes),
        TEST(cases_that_part_are_two_moves),
        TEST(a_message_comes_only_where_it_is_waited_for),
        TEST(an_unknown_calendar_blocks_a_notice_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
