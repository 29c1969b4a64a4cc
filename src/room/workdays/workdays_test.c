/* SPDX-License-Identifier: Apache-2.0 */
/* workdays_test.c: a late paper moves running notices and everybody learns it; a wrong one changes nothing; a new start knows it. */
#include "month.h"

#define PAPER "http://www.gov.cn/zhengce/example"

static bool told(month *m, const char *login, const char *end)
{
    const view *all = view_get(world_do(&m->w, 200, login, GET, "/messages", NULL), S("items"));
    for (const view *row = all->first; row; row = row->next)
        if (str_find(view_get_text(row, S("text")), str_of(end)) >= 0) return true;
    return false;
}

static void in_notice(month *m)
{
    month_begin(m);
    month_add(m, "agency1", "enterprise1");
    month_batch(m, "alliance2", "report_submit", "");
    month_batch(m, "bureau1", "bureau_pass", "");
    month_batch(m, "bureau2", "request_submit", "");
    month_batch(m, "committee1", "approved", "会议纪要〔2018〕31号");
}

static const char *last_day(month *m)
{
    view *v = world_do(&m->w, 200, "auditor1", GET, "/notices/1", NULL);
    return str_z(m->w.at.c.a, day_text(m->w.at.c.a, view_get(v, S("last_day"))->i));
}

static void take(month *m, int status, const char *rows)
{
    world_do(&m->w, status, "admin1", POST, "/workdays", "{\"csv\":\"%s\"}", rows);
}

static str step(month *m)
{
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld", (long long)m->application[0]);
    return view_get_text(world_do(&m->w, 200, "auditor1", GET, path, NULL), S("step"));
}

static void a_late_holiday_moves_the_end_and_all_are_told(void **state)
{
    (void)state;
    month m;
    in_notice(&m); /* published on Monday 2018-11-05: seven working days end on Wednesday the 14th */
    assert_string_equal(last_day(&m), "2018-11-14");
    take(&m, 200, "2018-11-08,示例假日,holiday," PAPER "\\n2018-11-09,示例假日,holiday," PAPER);
    assert_string_equal(last_day(&m), "2018-11-16");
    assert_true(told(&m, "agency1", "2018-11-16"));
    assert_true(told(&m, "enterprise1", "2018-11-16"));
    assert_true(told(&m, "bureau1", "2018-11-16"));
    world_day(&m.w, "2018-11-16"); /* it would have moved on the day before */
    assert_true(str_eqz(step(&m), "notice"));
    world_day(&m.w, "2018-11-17");
    assert_true(str_eqz(step(&m), "letter"));
    world_end(&m.w);
}

static void an_end_never_moves_into_the_past(void **state)
{
    (void)state;
    month m;
    in_notice(&m);
    world_day(&m.w, "2018-11-14");
    take(&m, 200, "2018-11-10,示例补班,workday," PAPER "\\n2018-11-11,示例补班,workday," PAPER); /* counted so, it was over on the 12th */
    assert_string_equal(last_day(&m), "2018-11-14");
    assert_true(str_eqz(step(&m), "notice"));
    world_end(&m.w);
}

static void what_was_objected_to_runs_on_to_an_end_of_its_own(void **state)
{
    (void)state;
    month m;
    in_notice(&m);
    world_day(&m.w, "2018-11-06");
    view *v = world_do(&m.w, 201, NULL, POST, "/notices/1/objections", "{\"case_id\":%lld,\"text\":\"公示的成果编号与证书不一致，请核查。\"}", (long long)m.application[0]);
    (void)v;
    world_do(&m.w, 200, "bureau1", POST, "/objections/1/answer", "{\"verdict\":\"rejected\",\"answer\":\"经核查一致。\"}");
    world_day(&m.w, "2018-11-12");
    month_move(&m, "bureau1", "applications", m.application[0], "dismiss", "维持"); /* seven days were left: it ends on the 21st */
    take(&m, 200, "2018-11-15,示例假日,holiday," PAPER);
    assert_true(told(&m, "agency1", "2018-11-22"));
    assert_string_equal(last_day(&m), "2018-11-14"); /* the notice of the others has its own end, before that day */
    world_end(&m.w);
}

static void a_wrong_paper_changes_nothing(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "2018-11-31,示例,holiday," PAPER, "2018-11-08,示例,rest," PAPER, "2018-11-08,示例,holiday,javascript:alert(1)",
        "2018-11-09,示例,holiday," PAPER "\\n2018-11-08,示例,holiday," PAPER, "2018-10-01,国庆节,holiday," PAPER,
    };
    month m;
    in_notice(&m);
    str version = str_dup(&m.w.h.a, calendar_version(m.w.h.days));
    for (int i = 0; i < countof(wrong); i++) take(&m, 422, wrong[i]);
    assert_true(str_eq(version, calendar_version(m.w.h.days)));
    assert_string_equal(last_day(&m), "2018-11-14");
    world_do(&m.w, 403, "bureau1", POST, "/workdays", "{\"csv\":\"2018-11-08,示例,holiday," PAPER "\"}");
    world_end(&m.w);
}

static void an_unknown_due_day_becomes_known_with_its_years_paper(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    world_day(&m.w, "2026-12-31");
    view *v = world_do(&m.w, 201, "agency1", POST, "/agreements",
                       "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"s\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2026-12-31\",\"to_day\":\"2026-12-31\","
                       "\"pay_year\":2026,\"contract\":%lld}",
                       (long long)world_org(&m.w, "enterprise1"), (long long)m.service, (long long)world_file(&m.w, "agency1", "contract"));
    int64_t id = month_made(v);
    month_move(&m, "agency1", "agreements", id, "submit", "");
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld", (long long)id);
    v = world_do(&m.w, 200, "agency1", GET, path, NULL);
    assert_true(!view_get(v, S("due_day")) || !view_get(v, S("due_day"))->i);
    take(&m, 200, "2027-01-01,元旦,holiday," PAPER);
    v = world_do(&m.w, 200, "agency1", GET, path, NULL);
    assert_true(view_get(v, S("due_day"))->i > day_of(2027, 1, 1));
    world_end(&m.w);
}

static void a_new_start_knows_the_paper(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    take(&m, 200, "2018-11-08,示例假日,holiday," PAPER);
    str version = str_dup(&m.w.h.a, calendar_version(m.w.h.days));
    house_options o = {.data = m.w.place.data};
    house second = {0};
    assert_int_equal(house_open(&o, &second).kind, OK);
    assert_true(str_eq(version, calendar_version(second.days)));
    house_close(&second);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_late_holiday_moves_the_end_and_all_are_told),
        cmocka_unit_test(an_end_never_moves_into_the_past),
        cmocka_unit_test(what_was_objected_to_runs_on_to_an_end_of_its_own),
        cmocka_unit_test(a_wrong_paper_changes_nothing),
        cmocka_unit_test(an_unknown_due_day_becomes_known_with_its_years_paper),
        cmocka_unit_test(a_new_start_knows_the_paper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
