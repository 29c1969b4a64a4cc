/* SPDX-License-Identifier: Apache-2.0 */
/* notice_test.c: seven working days by the State Council's calendar, and who may object until when. */
#include "month.h"
#include "room/notice/notice.h"

/* An approval in a later year needs a line of that year. */
static void money_for(month *m, const char *day)
{
    int64_t year;
    assert_true(str_int(str_head(str_of(day), 4), &year));
    if (year != 2018) world_do(&m->w, 201, "finance1", POST, "/budgets", "{\"policy\":%lld,\"year\":%lld,\"total_fen\":100000000}", (long long)m->policy, (long long)year);
}

/* Features, "Golden vectors": published on the first, the last day is the second. */
static void seven_working_days_end_when_the_calendar_says(void **state)
{
    (void)state;
    static const struct { const char *published, *last; } t[] = {
        {"2018-11-05", "2018-11-14"}, {"2018-11-30", "2018-12-11"}, {"2018-12-20", "2018-12-29"}, {"2019-01-25", "2019-02-03"},
    };
    for (int i = 0; i < countof(t); i++) {
        month m;
        month_begin(&m);
        month_add(&m, "agency1", "enterprise1");
        month_batch(&m, "alliance2", "report_submit", "");
        month_batch(&m, "bureau1", "bureau_pass", "");
        month_batch(&m, "bureau2", "request_submit", "");
        world_day(&m.w, t[i].published);
        money_for(&m, t[i].published);
        month_batch(&m, "committee1", "approved", "");
        const view *n = month_item(world_do(&m.w, 200, NULL, GET, "/notices", NULL), "items", 0);
        int64_t last;
        assert_true(day_parse(str_of(t[i].last), &last));
        assert_int_equal(view_get(n, S("last_day"))->i, last);
        world_end(&m.w);
    }
}

static void only_a_business_of_its_owner_s_name_is_shortened(void **state)
{
    (void)state;
    static const struct { const char *name, *shown; } t[] = {
        {"张三", "张*"}, {"欧阳小明", "欧*"}, {"示例甲知识产权服务有限公司", "示例甲知识产权服务有限公司"}, {"示例商店", "示例商店"}, {"某某设计院", "某某设计院"}, {"ACME", "ACME"}, {"", ""},
    };
    month m;
    world_begin(&m.w, "2018-11-05");
    for (int i = 0; i < countof(t); i++) assert_true(str_eqz(notice_public_name(m.w.at.c.a, str_of(t[i].name)), t[i].shown));
    world_end(&m.w);
}

/* Seen before the decision and published by it: the same entries, days and sums. */
static void the_preview_is_what_the_public_sees(void **state)
{
    (void)state;
    static const char *const same[] = {"items", "days", "total_fen", "count", "first_day", "last_day", "basis", "left_days", "masked"};
    month m;
    char path[64];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    month_batch(&m, "alliance2", "report_submit", "");
    snprintf(path, sizeof path, "/batches/%lld/notice", (long long)m.batch);
    world_do(&m.w, 409, "bureau1", GET, path, NULL); /* this step publishes nothing */
    month_batch(&m, "bureau1", "bureau_pass", "");
    month_batch(&m, "bureau2", "request_submit", "");
    const view *before = world_do(&m.w, 200, "committee1", GET, path, NULL);
    assert_int_equal(view_get(before, S("treatments"))->n, 10);
    month_batch(&m, "committee1", "approved", "");
    const view *notice = world_do(&m.w, 200, NULL, GET, "/notices/1", NULL);
    for (int i = 0; i < countof(same); i++) {
        buf a = buf_new(m.w.at.c.a, 1024), b = buf_new(m.w.at.c.a, 1024);
        json_canonical(&a, view_get(before, str_of(same[i])));
        json_canonical(&b, view_get(notice, str_of(same[i])));
        assert_true(str_eq(buf_str(&a), buf_str(&b)));
    }
    world_end(&m.w);
}

static void on_notice(month *m)
{
    month_begin(m);
    month_add(m, "agency1", "enterprise1");
    month_add(m, "agency2", "enterprise2");
    month_batch(m, "alliance2", "report_submit", "");
    month_batch(m, "bureau1", "bureau_pass", "");
    month_batch(m, "bureau2", "request_submit", "");
    month_batch(m, "committee1", "approved", "");
}

static view *object(month *m, int status, int at, const char *more)
{
    char path[64];
    snprintf(path, sizeof path, "/notices/%lld/objections", (long long)month_int(month_item(world_do(&m->w, 200, NULL, GET, "/notices", NULL), "items", 0), "id"));
    return world_do(&m->w, status, NULL, POST, path, "{\"case_id\":%lld,\"text\":\"the outcome is not theirs\"%s}", (long long)m->application[at], more);
}

static str node_of(month *m, int at)
{
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld", (long long)m->application[at]);
    return view_get_text(world_do(&m->w, 200, "auditor1", GET, path, NULL), S("node"));
}

static void an_objection_takes_out_its_application_only(void **state)
{
    (void)state;
    month m;
    on_notice(&m);
    object(&m, 201, 0, "");
    assert_true(str_eqz(node_of(&m, 0), "amend"));
    assert_true(str_eqz(node_of(&m, 1), "notice"));
    world_day(&m.w, "2018-11-15");
    assert_true(str_eqz(node_of(&m, 0), "amend"));
    assert_true(str_eqz(node_of(&m, 1), "letter"));
    world_end(&m.w);
}

static void the_last_day_takes_objections_and_the_day_after_does_not(void **state)
{
    (void)state;
    month m;
    on_notice(&m);
    world_day(&m.w, "2018-11-14");
    object(&m, 201, 0, "");
    world_day(&m.w, "2018-11-15");
    view *out = object(&m, 409, 1, "");
    assert_true(str_find(view_get_text(out, S("detail")), S("2018-11-14")) >= 0);
    world_end(&m.w);
}

static void a_code_reads_the_answer_and_nobody_reads_the_name(void **state)
{
    (void)state;
    month m;
    on_notice(&m);
    view *lodged = object(&m, 201, 0, ",\"name\":\"Somebody\",\"contact\":\"by post\"");
    char code[32], path[64];
    snprintf(code, sizeof code, SF, SA(view_get_text(lodged, S("code"))));
    assert_int_equal(strlen(code), 12);
    world_do(&m.w, 422, NULL, POST, "/objections", "{\"code\":\"AAAAAAAAAAAA\"}");
    view *seen = world_do(&m.w, 200, NULL, POST, "/objections", "{\"code\":\"%s\"}", code);
    assert_null(view_get(seen, S("name")));
    assert_int_equal(view_get_text(seen, S("answer")).n, 0);
    int64_t id = month_int(seen, "id");
    snprintf(path, sizeof path, "/objections/%lld", (long long)id);
    world_do(&m.w, 403, "agency1", GET, path, NULL);
    world_do(&m.w, 403, "committee1", GET, path, NULL);
    assert_true(month_text_is(world_do(&m.w, 200, "bureau2", GET, path, NULL), "name", "Somebody"));
    snprintf(path, sizeof path, "/objections/%lld/answer", (long long)id);
    world_do(&m.w, 200, "bureau2", POST, path, "{\"verdict\":\"rejected\",\"answer\":\"the papers agree\"}");
    world_do(&m.w, 409, "bureau2", POST, path, "{\"verdict\":\"upheld\",\"answer\":\"again\"}");
    seen = world_do(&m.w, 200, NULL, POST, "/objections", "{\"code\":\"%s\"}", code);
    assert_true(month_text_is(seen, "answer", "the papers agree"));
    world_end(&m.w);
}

/* A case leaves its amendment only when its objections are answered; dismissed, its notice runs on for the days it had left. */
static void a_dismissed_objection_lets_the_days_run_on(void **state)
{
    (void)state;
    month m;
    char path[64];
    on_notice(&m);
    world_day(&m.w, "2018-11-07"); /* two of seven are over */
    object(&m, 201, 0, "");
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)m.application[0]);
    view *out = world_do(&m.w, 409, "bureau2", POST, path, "{\"choice\":\"dismiss\",\"note\":\"as published\"}");
    assert_true(str_find(view_get_text(out, S("detail")), S("no answer yet")) >= 0);
    const view *o = month_item(world_do(&m.w, 200, "bureau2", GET, "/objections/list", NULL), "items", 0);
    char answer[64];
    snprintf(answer, sizeof answer, "/objections/%lld/answer", (long long)month_int(o, "id"));
    world_do(&m.w, 200, "bureau2", POST, answer, "{\"verdict\":\"rejected\",\"answer\":\"the papers agree\"}");
    world_day(&m.w, "2018-11-20");
    world_do(&m.w, 200, "bureau2", POST, path, "{\"choice\":\"dismiss\",\"note\":\"as published\"}");
    assert_true(str_eqz(node_of(&m, 0), "notice"));
    world_day(&m.w, "2018-11-26");
    assert_true(str_eqz(node_of(&m, 0), "notice"));
    world_day(&m.w, "2018-11-28"); /* the day on which it was interrupted runs once more: 21, 22, 23, 26, 27, 28 */
    assert_true(str_eqz(node_of(&m, 0), "notice"));
    world_day(&m.w, "2018-11-29");
    assert_true(str_eqz(node_of(&m, 0), "letter"));
    world_end(&m.w);
}

/* 2027 has no calendar yet: the approval that would publish is refused and says which year is missing. */
static void a_year_without_a_calendar_refuses_the_notice(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_batch(&m, "alliance2", "report_submit", "");
    month_batch(&m, "bureau1", "bureau_pass", "");
    month_batch(&m, "bureau2", "request_submit", "");
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    world_day(&m.w, "2026-12-30");
    money_for(&m, "2026-12-30");
    view *out = world_do(&m.w, 422, "committee1", POST, path, "{\"choice\":\"approved\"}");
    assert_true(str_find(view_get_text(out, S("detail")), S("2027")) >= 0 || str_find(view_get_text(month_item(out, "errors", 0), S("reason")), S("2027")) >= 0);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_business_of_its_owner_s_name_is_shortened),
        cmocka_unit_test(the_preview_is_what_the_public_sees),
        cmocka_unit_test(seven_working_days_end_when_the_calendar_says),
        cmocka_unit_test(an_objection_takes_out_its_application_only),
        cmocka_unit_test(the_last_day_takes_objections_and_the_day_after_does_not),
        cmocka_unit_test(a_code_reads_the_answer_and_nobody_reads_the_name),
        cmocka_unit_test(a_dismissed_objection_lets_the_days_run_on),
        cmocka_unit_test(a_year_without_a_calendar_refuses_the_notice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
