/* SPDX-License-Identifier: Apache-2.0 */
/* deputy_test.c: a colleague does the duties of a post from a day to a day; both names stand everywhere, four eyes count both. */
#include "month.h"

#include "format/json.h"
#include "room/account/account.h"
#include "room/deputy/deputy.h"

static int64_t person_of(month *m, const char *login) { return world_as(&m->w, login)->who.person; }

static int hand_over(month *m, const char *principal, const char *colleague, const char *from, const char *to)
{
    view *v;
    long long who = person_of(m, colleague);
    return world_call(&m->w, principal, POST, "/account/deputies", str_z(m->w.at.c.a, str_fmt(m->w.at.c.a, "{\"colleague\":%lld,\"from_day\":\"%s\",\"to_day\":\"%s\",\"reason\":\"休假\"}", who, from, to)), &v);
}

/* A batch's move by the one who stands in. */
static int move_as(month *m, const char *login, int64_t id, const char *choice, view **v)
{
    char path[64];
    view *body;
    ctx *c = world_as(&m->w, login);
    assert_int_equal(deputy_as(c, id).kind, OK);
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m->batch);
    assert_int_equal(json_read(c->a, str_fmt(c->a, "{\"choice\":\"%s\",\"note\":\"\"}", choice), &body).kind, OK);
    return web_call(c, &m->w.web, POST, str_of(path), body, v);
}

static void four_eyes_count_the_deputy_and_the_one_he_stands_in_for(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    assert_int_equal(hand_over(&m, "alliance2", "alliance1", "2018-11-05", "2018-11-09"), 200);
    assert_int_equal(hand_over(&m, "alliance1", "alliance3", "2018-11-05", "2018-11-09"), 200);
    assert_int_equal(hand_over(&m, "alliance3", "alliance2", "2018-11-05", "2018-11-09"), 200);
    assert_int_equal(move_as(&m, "alliance1", 1, "report_submit", &v), 403); /* he checked the case himself, though he is another now */
    assert_int_equal(move_as(&m, "alliance3", 2, "report_submit", &v), 403); /* the one for whom he acts checked it */
    assert_int_equal(move_as(&m, "alliance2", 3, "report_submit", &v), 200);
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld", (long long)m.application[0]);
    v = world_do(&m.w, 200, "auditor1", GET, path, NULL);
    const view *line = month_item(v, "history", 0);
    while (line->next) line = line->next;
    assert_true(month_text_is(line, "who", "联盟报告员"));
    assert_true(month_text_is(line, "for", "联盟主管"));
    v = world_do(&m.w, 200, "auditor1", GET, "/record", NULL);
    assert_true(month_text_is(month_item(v, "items", 0), "name", "联盟报告员"));
    assert_true(month_text_is(month_item(v, "items", 0), "for_name", "联盟主管"));
    world_rebuild(&m.w);
    world_end(&m.w);
}

static void duties_go_to_colleagues_for_days_that_are_free(void **state)
{
    (void)state;
    static const struct { const char *principal, *colleague, *from, *to; int status; } t[] = {
        {"bureau1", "alliance1", "2018-11-05", "2018-11-09", 422}, {"bureau1", "bureau1", "2018-11-05", "2018-11-09", 422}, {"bureau1", "bureau2", "2018-11-02", "2018-11-09", 422},
        {"bureau1", "bureau2", "2018-11-09", "2018-11-08", 422}, {"bureau1", "bureau2", "2018-11-05", "2018-11-09", 200}, {"bureau1", "bureau3", "2018-11-09", "2018-11-12", 422},
        {"bureau1", "bureau3", "2018-11-10", "2018-11-12", 200}, {"agency1", "agency1b", "2018-11-05", "2018-11-05", 200},
    };
    month m;
    month_begin(&m);
    for (int i = 0; i < countof(t); i++) {
        int got = hand_over(&m, t[i].principal, t[i].colleague, t[i].from, t[i].to);
        if (got != t[i].status) fail_msg("row %d: %d, not %d", i, got, t[i].status);
    }
    view *v = world_do(&m.w, 200, "bureau2", GET, "/messages", NULL);
    assert_true(str_find(view_get_text(month_item(v, "items", 0), S("text")), S("2018-11-05 to 2018-11-09")) >= 0);
    world_end(&m.w);
}

static void a_deputy_stands_in_on_his_days_until_it_is_ended(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    assert_int_equal(hand_over(&m, "bureau1", "bureau2", "2018-11-06", "2018-11-07"), 200);
    assert_int_equal(deputy_as(world_as(&m.w, "bureau2"), 1).kind, ERR_DENIED);  /* not yet */
    world_day(&m.w, "2018-11-06");
    assert_int_equal(deputy_as(world_as(&m.w, "bureau3"), 1).kind, ERR_MISSING); /* not he */
    assert_int_equal(deputy_as(world_as(&m.w, "bureau1"), 1).kind, ERR_DENIED);
    ctx *c = world_as(&m.w, "bureau2");
    assert_int_equal(deputy_as(c, 1).kind, OK);
    assert_int_equal(deputy_as(c, 1).kind, ERR_CONFLICT);                        /* not twice over */
    deputy_new on = {.colleague = person_of(&m, "bureau3"), .from_day = house_today(), .to_day = house_today(), .reason = S("x")};
    c = world_as(&m.w, "bureau2");
    assert_int_equal(deputy_as(c, 1).kind, OK);
    assert_int_equal(store_act(c, &deputy_name, &on).kind, ERR_DENIED);          /* what was handed over is not handed on */
    world_do(&m.w, 404, "bureau3", POST, "/account/deputies/1/end", "{}");
    world_do(&m.w, 200, "bureau1", POST, "/account/deputies/1/end", "{}");
    world_do(&m.w, 409, "bureau1", POST, "/account/deputies/1/end", "{}");
    assert_int_equal(deputy_as(world_as(&m.w, "bureau2"), 1).kind, ERR_DENIED);
    assert_int_equal(hand_over(&m, "bureau1", "bureau2", "2018-11-06", "2018-11-07"), 200);
    assert_int_equal(deputy_as(world_as(&m.w, "bureau2"), 2).kind, OK);
    world_day(&m.w, "2018-11-08");
    assert_int_equal(deputy_as(world_as(&m.w, "bureau2"), 2).kind, ERR_DENIED);  /* over */
    world_end(&m.w);
}

/* Who the holder of the session is now. */
static actor who_is(month *m, str token)
{
    web_session s;
    ctx *c = world_as(&m->w, NULL);
    assert_int_equal(account_identify(c, token, (str){0}, &s).kind, OK);
    return c->who;
}

static void the_session_is_the_principals_until_the_day_or_the_end(void **state)
{
    (void)state;
    month m;
    str token, hash;
    web_session s;
    month_begin(&m);
    assert_int_equal(hand_over(&m, "bureau1", "bureau2", "2018-11-05", "2018-11-06"), 200);
    int64_t principal = person_of(&m, "bureau1");
    ctx *c = world_as(&m.w, "bureau2");
    int64_t self = c->who.person;
    assert_int_equal(account_open_session(c, self, 0, &token).kind, OK);
    assert_int_equal(account_identify(c, token, (str){0}, &s).kind, OK);
    hash = s.token_hash;
    deputy_ref ref = {1, hash};
    assert_int_equal(store_act(c, &deputy_use, &ref).kind, OK);
    actor a = who_is(&m, token);
    assert_true(a.person == self && a.for_person == principal);
    c = world_as(&m.w, NULL);
    c->who = a;
    assert_int_equal(store_act(c, &deputy_leave, &ref).kind, OK);
    assert_int_equal(who_is(&m, token).for_person, 0);
    c = world_as(&m.w, "bureau2");
    assert_int_equal(store_act(c, &deputy_use, &ref).kind, OK);
    assert_int_equal(who_is(&m, token).for_person, principal);
    world_do(&m.w, 200, "bureau1", POST, "/account/deputies/1/end", "{}");
    assert_int_equal(who_is(&m, token).for_person, 0); /* at once */
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_eyes_count_the_deputy_and_the_one_he_stands_in_for),
        cmocka_unit_test(duties_go_to_colleagues_for_days_that_are_free),
        cmocka_unit_test(a_deputy_stands_in_on_his_days_until_it_is_ended),
        cmocka_unit_test(the_session_is_the_principals_until_the_day_or_the_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
