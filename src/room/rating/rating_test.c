/* SPDX-License-Identifier: Apache-2.0 */
/* rating_test.c: a month's rating from cases that really went their way, the enterprises' answers, and proposals decided and appealed. */
#define MONTH_MOST 8
#include "month.h"

#include "room/rating/rating.h"

static month m;

static view *get(const char *login, int status, const char *path) { return world_do(&m.w, status, login, GET, path, NULL); }

static view *post(const char *login, int status, const char *json, const char *of, int64_t id, const char *tail)
{
    char path[80];
    snprintf(path, sizeof path, "%s/%lld%s", of, (long long)id, tail);
    return world_do(&m.w, status, login, POST, path, "%s", json);
}

static bool said(const view *v, const char *why)
{
    const view *errors = view_get(v, S("errors"));
    str s = errors && errors->first ? view_get_text(errors->first, S("reason")) : view_get_text(v, S("detail"));
    bool found = str_find(s, str_of(why)) >= 0;
    if (!found) printf("said: " SF "\n", SA(s));
    return found;
}

/* So many paid applications of agency1, an enterprise each. */
static void begin_paid(int n)
{
    static const char *const enterprises[] = {"enterprise1", "enterprise2"};
    month_begin(&m);
    for (int i = 0; i < n; i++) month_add(&m, "agency1", enterprises[i % 2]);
    month_to_paid(&m);
}

/* A filed agreement of agency2 that it ends early. */
static void end_early(int n)
{
    for (int i = 0; i < n; i++) {
        int64_t id = month_made(world_do(&m.w, 201, "agency2", POST, "/agreements",
                                         "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"early %d\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                         "\"pay_year\":2018,\"contract\":%lld}",
                                         (long long)world_org(&m.w, "enterprise2"), (long long)m.service, i, (long long)world_file(&m.w, "agency2", "contract")));
        month_move(&m, "agency2", "agreements", id, "submit", "");
        month_move(&m, "enterprise2", "agreements", id, "sign", "");
        month_move(&m, "agency2", "agreements", id, "sign_agency", "");
        month_move(&m, "bureau3", "agreements", id, "file", "");
        month_move(&m, "agency2", "agreements", id, "terminate", "given up");
    }
}

/* ---- the month's run --------------------------------------------------------------------------------------------------- */

static void five_cases_are_ranked_by_themselves_on_the_first_day_and_four_are_not(void **state)
{
    (void)state;
    static const struct { int cases; bool ranked; const char *score; } t[] = {{4, false, ""}, {5, true, "56.5"}};
    for (int i = 0; i < countof(t); i++) {
        begin_paid(t[i].cases);
        world_day(&m.w, "2018-12-01");
        const view *row = month_item(get(NULL, 200, "/ratings/1"), "items", 0);
        assert_int_equal(month_int(row, "cases"), t[i].cases);
        assert_int_equal(view_get(row, S("ranked"))->i, t[i].ranked);
        assert_true(month_text_is(row, "score", t[i].score)); /* 5 of 5 in every fact: 56.5 to 100 */
        const view *satisfaction = month_item(row, "facts", FACT_SATISFACTION);
        assert_false(view_get(satisfaction, S("known"))->i);
        world_end(&m.w);
    }
}

static const struct { const char *login; int status; int month; const char *why; } runs[] = {
    {"agency1", 403, 2018 * 12 + 9, ""},
    {"alliance3", 422, 2018 * 12 + 10, "when it is over"},
    {"alliance3", 201, 2018 * 12 + 9, ""},
    {"alliance3", 409, 2018 * 12 + 9, "rated already"},
};

static void a_month_is_rated_once_when_it_is_over(void **state)
{
    (void)state;
    month_begin(&m);
    for (int i = 0; i < countof(runs); i++) {
        view *v = world_do(&m.w, runs[i].status, runs[i].login, POST, "/ratings", "{\"month\":%d}", runs[i].month);
        if (runs[i].why[0]) assert_true(said(v, runs[i].why));
    }
    world_end(&m.w);
}

/* What no act of the program does: a stored input changed afterwards. */
static err spoil(ctx *c, void *in)
{
    (void)in;
    static const char spoil[] = "UPDATE rating_case SET success = 0 WHERE zone_id = $1 AND run_id = 1";
    static const stmt change = {"spoil", spoil, spoil, 1, true};
    return store_run(c, &change, NULL, NO_ARGS);
}
static const shape nothing = {"nothing", NULL, 0, 0};
static const action spoil_it = {"spoil", &nothing, spoil, ACT_SILENT};

static void computing_again_from_the_stored_cases_gives_the_same_until_somebody_changes_them(void **state)
{
    (void)state;
    begin_paid(5);
    world_day(&m.w, "2018-12-01");
    assert_true(view_get(get(NULL, 200, "/ratings/1"), S("same"))->i);
    post("enterprise1", 200, "{\"level\":1}", "/feedback", m.application[0], ""); /* what comes later is another month's */
    view *v = get(NULL, 200, "/ratings/1");
    assert_true(view_get(v, S("same"))->i);
    assert_true(month_text_is(month_item(v, "items", 0), "score", "56.5"));
    assert_false(store_act(world_as(&m.w, NULL), &spoil_it, NULL).kind);
    assert_false(view_get(get(NULL, 200, "/ratings/1"), S("same"))->i);
    world_end(&m.w);
}

static void a_case_counts_in_twelve_months_and_then_no_more(void **state)
{
    (void)state;
    begin_paid(1);
    world_day(&m.w, "2018-12-01");
    world_day(&m.w, "2019-11-01");
    assert_int_equal(month_int(get(NULL, 200, "/ratings/12"), "cases"), 1); /* October 2019: November 2018 is the first of its months */
    world_day(&m.w, "2019-12-01");
    assert_int_equal(month_int(get(NULL, 200, "/ratings/13"), "cases"), 0);
    world_end(&m.w);
}

/* ---- the enterprises' answers ------------------------------------------------------------------------------------------------ */

static const struct { const char *login, *json, *tail; int status; const char *why; } answers[] = {
    {"agency1", "{\"level\":5}", "", 403, ""},
    {"enterprise2", "{\"level\":5}", "", 404, "no ended case of yours"},
    {"enterprise1", "{\"level\":0}", "", 422, ""},
    {"enterprise1", "{\"level\":6}", "", 422, ""},
    {"enterprise1", "{}", "", 422, ""},
    {"agency1", "{\"reply\":\"thanks\"}", "/reply", 404, "no such answer"},
    {"enterprise1", "{\"level\":4,\"contacted\":true,\"useful\":true,\"words\":\"准时\"}", "", 200, ""},
    {"enterprise1", "{\"level\":5}", "", 409, "given once"},
    {"agency2", "{\"reply\":\"thanks\"}", "/reply", 404, "no such answer"},
    {"agency1", "{\"reply\":\"谢谢\"}", "/reply", 200, ""},
    {"agency1", "{\"reply\":\"again\"}", "/reply", 409, "it stays"},
};

static void only_the_enterprise_answers_and_once_and_the_agency_replies_once(void **state)
{
    (void)state;
    begin_paid(1);
    for (int i = 0; i < countof(answers); i++) {
        view *v = post(answers[i].login, answers[i].status, answers[i].json, "/feedback", m.application[0], answers[i].tail);
        if (answers[i].why[0]) assert_true(said(v, answers[i].why));
    }
    char path[40];
    snprintf(path, sizeof path, "/agencies/%lld", (long long)world_org(&m.w, "agency1"));
    const view *words = month_item(get(NULL, 200, path), "words", 0);
    assert_true(month_text_is(words, "words", "准时") && month_text_is(words, "reply", "谢谢"));
    assert_null(view_get(words, S("enterprise")));
    world_end(&m.w);
}

static void an_answer_comes_within_thirty_days_of_an_ended_case(void **state)
{
    (void)state;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    post("enterprise1", 404, "{\"level\":5}", "/feedback", m.application[0], ""); /* not paid yet */
    month_to_paid(&m);                                                            /* on 19 November */
    assert_int_equal(view_get(get("enterprise1", 200, "/desk?only=feedback"), S("items"))->n, 1);
    world_day(&m.w, "2018-12-20");
    assert_int_equal(view_get(get("enterprise1", 200, "/desk?only=feedback"), S("items"))->n, 0);
    assert_true(said(post("enterprise1", 409, "{\"level\":5}", "/feedback", m.application[0], ""), "2018-12-19"));
    world_end(&m.w);
}

static const struct { int level; int good; } levels[] = {{5, 1}, {4, 1}, {3, 0}, {2, 0}, {1, 0}};

static void four_and_five_of_five_are_good_and_silence_is_neither(void **state)
{
    (void)state;
    begin_paid(6);
    for (int i = 0; i < countof(levels); i++) {
        char json[20];
        snprintf(json, sizeof json, "{\"level\":%d}", levels[i].level);
        post(i % 2 ? "enterprise2" : "enterprise1", 200, json, "/feedback", m.application[i], "");
    }
    world_day(&m.w, "2018-12-01");
    const view *fact = month_item(month_item(get(NULL, 200, "/ratings/1"), "items", 0), "facts", FACT_SATISFACTION);
    assert_int_equal(month_int(fact, "good"), 2);
    assert_int_equal(month_int(fact, "n"), 5); /* of six cases */
    world_end(&m.w);
}

/* ---- proposals --------------------------------------------------------------------------------------------------------------- */

static view *decide(const char *login, int status, const char *verdict)
{
    char json[80];
    snprintf(json, sizeof json, "{\"verdict\":\"%s\",\"note\":\"after talks\"}", verdict);
    return post(login, status, json, "/ratings/proposals", 1, "/decide");
}

static view *judge(const char *login, int status, const char *verdict)
{
    char json[80];
    snprintf(json, sizeof json, "{\"verdict\":\"%s\",\"note\":\"heard\"}", verdict);
    return post(login, status, json, "/ratings/proposals", 1, "/judge");
}

static view *appeal(const char *login, int status) { return post(login, status, "{\"appeal\":\"the firms gave up\"}", "/ratings/proposals", 1, "/appeal"); }

static bool listed(int64_t agency)
{
    for (const view *row = view_get(get(NULL, 200, "/agencies"), S("items"))->first; row; row = row->next)
        if (month_int(row, "agency") == agency) return true;
    return false;
}

static void nobody_is_suspended_until_a_person_decides_and_an_appeal_is_judged_by_another(void **state)
{
    (void)state;
    month_begin(&m);
    end_early(8); /* 0 of 8: even the upper end of the score is 49.4 */
    world_day(&m.w, "2018-12-01");
    int64_t agency = world_org(&m.w, "agency2");
    assert_true(month_text_is(get("alliance3", 200, "/ratings/proposals/1"), "kind", "suspend"));
    assert_true(listed(agency));
    get("agency2", 404, "/ratings/proposals/1"); /* a mere proposal is no news to the agency */
    decide("bureau1", 403, "confirm");
    appeal("agency2", 404);
    decide("alliance3", 200, "confirm");
    assert_true(said(decide("alliance2", 409, "dismiss"), "decided already"));
    assert_false(listed(agency));
    assert_true(said(world_do(&m.w, 409, "agency2", POST, "/agreements",
                              "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"new\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-12-03\",\"to_day\":\"2018-12-31\",\"pay_year\":2018}",
                              (long long)world_org(&m.w, "enterprise1"), (long long)m.service), "suspended"));
    judge("alliance2", 409, "lift");
    appeal("agency1", 404);
    appeal("agency2", 200);
    appeal("agency2", 409);
    assert_true(said(judge("alliance3", 403, "lift"), "colleague"));
    judge("alliance2", 200, "lift");
    assert_true(month_text_is(get("agency2", 200, "/ratings/proposals/1"), "state", "lifted"));
    assert_true(listed(agency));
    world_end(&m.w);
}

static void what_is_proposed_hangs_on_the_zones_thresholds(void **state)
{
    (void)state;
    month_begin(&m);
    end_early(8);
    world_do(&m.w, 200, "admin1", POST, "/settings/rating_suspend_below", "{\"value\":\"40\"}");
    assert_int_equal(month_int(get(NULL, 200, "/ratings/formula"), "suspend"), 40);
    world_day(&m.w, "2018-12-01");
    assert_true(month_text_is(get("alliance3", 200, "/ratings/proposals/1"), "kind", "warn"));
    world_end(&m.w);
}

static void an_appeal_comes_within_fifteen_working_days_and_the_same_is_not_proposed_again_at_once(void **state)
{
    (void)state;
    month_begin(&m);
    month_add(&m, "agency2", "enterprise1");
    month_to_paid(&m);
    end_early(8); /* one of nine: 78.9 at most, a warning */
    world_day(&m.w, "2018-12-01");
    assert_true(month_text_is(get("alliance3", 200, "/ratings/proposals/1"), "kind", "warn"));
    world_day(&m.w, "2018-12-03");
    decide("alliance3", 200, "confirm");
    assert_true(listed(world_org(&m.w, "agency2"))); /* a warning takes nothing away */
    world_day(&m.w, "2018-12-25");                   /* the fifteenth was the 24th */
    assert_true(said(appeal("agency2", 409), "2018-12-24"));
    world_day(&m.w, "2019-02-01");
    assert_int_equal(view_get(get("alliance3", 200, "/ratings/proposals"), S("items"))->n, 1);
    world_day(&m.w, "2019-04-01");
    assert_int_equal(view_get(get("alliance3", 200, "/ratings/proposals"), S("items"))->n, 2);
    world_end(&m.w);
}

/* ---- what the public sees --------------------------------------------------------------------------------------------------- */

static const struct { const char *query; int n; } filters[] = {{"", 3}, {"?kind=4", 2}, {"?kind=5", 0}, {"?score=500", 1}, {"?score=600", 0}, {"?kind=4&score=300", 1}};

static void the_directory_is_filtered_by_kind_and_score_and_compares_three(void **state)
{
    (void)state;
    char path[80];
    begin_paid(5);
    end_early(1);
    world_day(&m.w, "2018-12-01");
    for (int i = 0; i < countof(filters); i++) {
        snprintf(path, sizeof path, "/agencies%s", filters[i].query);
        assert_int_equal(view_get(get(NULL, 200, path), S("items"))->n, filters[i].n);
    }
    assert_int_equal(month_int(month_item(get(NULL, 200, "/agencies"), "items", 0), "agency"), world_org(&m.w, "agency1"));
    snprintf(path, sizeof path, "/agencies/compare?a=%lld&b=%lld", (long long)world_org(&m.w, "agency1"), (long long)world_org(&m.w, "agency2"));
    view *v = get(NULL, 200, path);
    assert_int_equal(view_get(v, S("items"))->n, 2);
    assert_int_equal(view_get(v, S("rows"))->n, RATING_FACTS);
    const view *success = view_get(view_get(v, S("rows"))->first, S("cells"));
    assert_int_equal(month_int(success->first, "good"), 5);
    assert_int_equal(month_int(success->last, "good"), 0);
    snprintf(path, sizeof path, "/agencies/%lld", (long long)world_org(&m.w, "enterprise1"));
    get(NULL, 404, path);
    world_end(&m.w);
}

static void an_agency_reads_its_own_cases_and_no_others(void **state)
{
    (void)state;
    char path[80];
    begin_paid(2);
    world_day(&m.w, "2018-12-01");
    snprintf(path, sizeof path, "/ratings/1/cases?agency=%lld", (long long)world_org(&m.w, "agency1"));
    assert_int_equal(view_get(get("agency1", 200, path), S("items"))->n, 2);
    assert_int_equal(view_get(get("agency2", 200, path), S("items"))->n, 0);
    assert_int_equal(view_get(get("auditor1", 200, path), S("items"))->n, 2);
    get("enterprise1", 403, path);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(five_cases_are_ranked_by_themselves_on_the_first_day_and_four_are_not),
        cmocka_unit_test(a_month_is_rated_once_when_it_is_over),
        cmocka_unit_test(computing_again_from_the_stored_cases_gives_the_same_until_somebody_changes_them),
        cmocka_unit_test(a_case_counts_in_twelve_months_and_then_no_more),
        cmocka_unit_test(only_the_enterprise_answers_and_once_and_the_agency_replies_once),
        cmocka_unit_test(an_answer_comes_within_thirty_days_of_an_ended_case),
        cmocka_unit_test(four_and_five_of_five_are_good_and_silence_is_neither),
        cmocka_unit_test(nobody_is_suspended_until_a_person_decides_and_an_appeal_is_judged_by_another),
        cmocka_unit_test(what_is_proposed_hangs_on_the_zones_thresholds),
        cmocka_unit_test(an_appeal_comes_within_fifteen_working_days_and_the_same_is_not_proposed_again_at_once),
        cmocka_unit_test(the_directory_is_filtered_by_kind_and_score_and_compares_three),
        cmocka_unit_test(an_agency_reads_its_own_cases_and_no_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
