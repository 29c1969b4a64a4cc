/* SPDX-License-Identifier: Apache-2.0 */
/* mentoring_test.c: one helps one: both agree, both write, both see, and nobody else. */
#include "month.h"

static int64_t propose(world *w, const char *login, int want, const char *mentor, const char *startup)
{
    view *v;
    str json = str_fmt(w->at.c.a, "{\"mentor\":%lld,\"startup\":%lld,\"topic\":\"financing\",\"goal\":\"monthly meetings\",\"until_day\":\"2019-05-31\"}",
                       (long long)world_org(w, mentor), (long long)world_org(w, startup));
    int status = world_call(w, login, POST, "/mentorings", str_z(w->at.c.a, json), &v);
    if (status != want) fail_msg("%s proposes %s for %s: %d, not %d", login, mentor, startup, status, want);
    return status == 201 ? month_made(v) : 0;
}

static int act(world *w, const char *login, int64_t id, const char *what, const char *json)
{
    view *v;
    char path[64];
    snprintf(path, sizeof path, "/mentorings/%lld/%s", (long long)id, what);
    return world_call(w, login, POST, path, json, &v);
}

static view *seen(world *w, const char *login, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/mentorings/%lld", (long long)id);
    return world_do(w, 200, login, GET, path, NULL);
}

static void it_begins_when_both_agreed_and_each_writes_what_both_see(void **state)
{
    (void)state;
    world w;
    world_begin(&w, "2018-11-05");
    static const struct { const char *by; const char *answers[2]; int n; } t[] = {
        {"agency1", {"enterprise2"}, 1}, {"enterprise2", {"agency1"}, 1}, {"alliance1", {"agency1", "enterprise2"}, 2},
    };
    for (int i = 0; i < countof(t); i++) {
        int64_t id = propose(&w, t[i].by, 201, "agency1", "enterprise2");
        propose(&w, t[i].by, 409, "agency1", "enterprise2"); /* one at a time */
        for (int k = 0; k < t[i].n; k++) {
            assert_true(month_text_is(seen(&w, "auditor1", id), "state", "proposed"));
            assert_int_equal(act(&w, t[i].answers[k], id, "meetings", "{\"met_day\":\"2018-11-05\",\"way\":\"call\",\"text\":\"too early\"}"), 409);
            const view *todo = world_do(&w, 200, t[i].answers[k], GET, "/desk", NULL);
            assert_int_equal(view_get(todo, S("items"))->n, 1);
            assert_int_equal(act(&w, t[i].answers[k], id, "moves", "{\"choice\":\"accept\"}"), 200);
            assert_int_equal(act(&w, t[i].answers[k], id, "moves", "{\"choice\":\"accept\"}"), 409);
        }
        assert_true(month_text_is(seen(&w, "auditor1", id), "state", "running"));
        assert_int_equal(act(&w, "agency1", id, "meetings", "{\"met_day\":\"2018-11-05\",\"way\":\"in_person\",\"text\":\"the plan\"}"), 200);
        assert_int_equal(act(&w, "enterprise2", id, "meetings", "{\"met_day\":\"2018-11-05\",\"way\":\"writing\",\"text\":\"our view\",\"next_step\":\"bank\"}"), 200);
        const view *of_mentor = seen(&w, "agency1", id), *of_startup = seen(&w, "enterprise2", id);
        assert_int_equal(view_get(of_mentor, S("meetings"))->n, 2);
        assert_int_equal(view_get(of_startup, S("meetings"))->n, 2);
        assert_true(month_text_is(month_item(of_startup, "meetings", 1), "text", "the plan")); /* the newest first */
        assert_int_equal(act(&w, "agency1", id, "moves", "{\"choice\":\"end\"}"), 422); /* not without a word */
        assert_int_equal(act(&w, "agency1", id, "moves", "{\"choice\":\"end\",\"note\":\"the goal is reached\"}"), 200);
        assert_int_equal(act(&w, "agency1", id, "meetings", "{\"met_day\":\"2018-11-05\",\"way\":\"call\",\"text\":\"too late\"}"), 409);
    }
    world_end(&w);
}

static void strangers_see_nothing_and_officers_write_nothing(void **state)
{
    (void)state;
    world w;
    view *v;
    world_begin(&w, "2018-11-05");
    int64_t id = propose(&w, "enterprise1", 201, "enterprise1", "enterprise2");
    char path[64];
    snprintf(path, sizeof path, "/mentorings/%lld", (long long)id);
    static const struct { const char *login; int see, accept, write; } t[] = {
        {"agency1", 404, 404, 404}, {"enterprise1", 200, 409, 409}, {"alliance1", 200, 403, 403}, {"auditor1", 200, 403, 403}, {"finance1", 403, 403, 403},
    };
    for (int i = 0; i < countof(t); i++) {
        assert_int_equal(world_call(&w, t[i].login, GET, path, NULL, &v), t[i].see);
        assert_int_equal(act(&w, t[i].login, id, "moves", "{\"choice\":\"accept\"}"), t[i].accept);
        assert_int_equal(act(&w, t[i].login, id, "meetings", "{\"met_day\":\"2018-11-05\",\"way\":\"call\",\"text\":\"x\"}"), t[i].write);
    }
    assert_int_equal(act(&w, "enterprise2", id, "moves", "{\"choice\":\"decline\"}"), 422);
    assert_int_equal(act(&w, "enterprise2", id, "moves", "{\"choice\":\"decline\",\"note\":\"no time\"}"), 200);
    assert_true(month_text_is(seen(&w, "enterprise1", id), "state", "declined"));
    world_end(&w);
}

static void what_cannot_be_is_refused_at_its_field(void **state)
{
    (void)state;
    world w;
    world_begin(&w, "2018-11-05");
    propose(&w, "enterprise1", 422, "enterprise1", "enterprise1");
    propose(&w, "agency1", 422, "agency1", "agency2");    /* a start-up is an enterprise */
    propose(&w, "alliance1", 422, "bureau", "enterprise1");
    propose(&w, "enterprise3", 403, "agency1", "enterprise2"); /* neither of the two */
    int64_t id = propose(&w, "agency1", 201, "agency1", "enterprise2");
    assert_int_equal(act(&w, "enterprise2", id, "moves", "{\"choice\":\"accept\"}"), 200);
    static const char *const wrong[] = {
        "{\"met_day\":\"2018-11-06\",\"way\":\"call\",\"text\":\"tomorrow\"}", "{\"met_day\":\"2018-11-04\",\"way\":\"call\",\"text\":\"before it\"}",
        "{\"met_day\":\"2018-11-05\",\"way\":\"dream\",\"text\":\"x\"}", "{\"met_day\":\"2018-11-05\",\"way\":\"call\",\"text\":\"\"}",
    };
    for (int i = 0; i < countof(wrong); i++) assert_int_equal(act(&w, "agency1", id, "meetings", wrong[i]), 422);
    world_end(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_begins_when_both_agreed_and_each_writes_what_both_see),
        cmocka_unit_test(strangers_see_nothing_and_officers_write_nothing),
        cmocka_unit_test(what_cannot_be_is_refused_at_its_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
