/* SPDX-License-Identifier: Apache-2.0 */
/* change_test.c: an agreement in service is changed by who it concerns in their order, and another agency goes on with an agreed share. */
#include "month.h"
#include "room/subsidy/subsidy.h"

static month m;
static int64_t agreement_id;
static int begin(void **state)
{
    (void)state;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    application a;
    assert_int_equal(application_fetch(world_as(&m.w, "auditor1"), m.application[0], &a).kind, OK);
    agreement_id = a.agreement;
    return 0;
}
static int end(void **state) { (void)state; return world_end(&m.w), 0; }

static const char *path(const char *before, int64_t id, const char *after)
{
    static char p[64];
    snprintf(p, sizeof p, "%s%lld%s", before, (long long)id, after);
    return p;
}

static view *propose(const char *login, int status, const char *json) { return world_do(&m.w, status, login, POST, path("/agreements/", agreement_id, "/changes"), "%s", json); }
static view *sign(const char *login, int status, int64_t id) { return world_do(&m.w, status, login, POST, path("/changes/", id, "/signature"), "{}"); }
static view *finish(const char *login, int status, int64_t id, const char *verdict, const char *note)
{
    return world_do(&m.w, status, login, POST, path("/changes/", id, "/end"), "{\"verdict\":\"%s\",\"note\":\"%s\"}", verdict, note);
}
static view *read_agreement(const char *login) { return world_do(&m.w, 200, login, GET, path("/agreements/", agreement_id, ""), NULL); }

static const char *replacement(int percent)
{
    static char json[160];
    snprintf(json, sizeof json, "{\"kind\":\"replacement\",\"successor\":%lld,\"former_percent\":%d,\"reason\":\"人员不足\"}", (long long)world_org(&m.w, "agency2"), percent);
    return json;
}

static const struct { const char *json, *field; } wrong[] = {
    {"{\"kind\":\"terms\",\"reason\":\"x\"}", "to_day"},
    {"{\"kind\":\"terms\",\"to_day\":\"2018-11-01\",\"reason\":\"x\"}", "to_day"},
    {"{\"kind\":\"terms\",\"fee_fen\":5,\"reason\":\"x\"}", "fee_fen"},
    {"{\"kind\":\"replacement\",\"reason\":\"x\"}", "successor"},
    {"{\"kind\":\"replacement\",\"successor\":999999,\"reason\":\"x\"}", "successor"},
    {"{\"kind\":\"terms\",\"to_day\":\"2019-03-31\"}", "reason"},
};

static void a_wrong_change_is_refused_at_its_field(void **state)
{
    (void)state;
    for (int i = 0; i < countof(wrong); i++)
        if (!month_text_is(month_item(propose("agency1", 422, wrong[i].json), "errors", 0), "field", wrong[i].field)) fail_msg("%d", i);
    propose("agency2", 404, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"x\"}");
    propose("bureau1", 403, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"x\"}");
}

static void a_longer_term_is_signed_in_order_and_holds_when_it_is_filed(void **state)
{
    (void)state;
    int64_t id = month_made(propose("agency1", 201, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"延长\"}"));
    propose("enterprise1", 409, "{\"kind\":\"terms\",\"to_day\":\"2019-04-30\",\"reason\":\"x\"}"); /* one at a time */
    sign("agency1", 403, id); /* the enterprise is first */
    finish("bureau1", 409, id, "file", "");
    world_do(&m.w, 409, "enterprise1", POST, path("/changes/", id, "/signature"), "{\"sha256\":\"%064d\"}", 0);
    sign("enterprise1", 200, id);
    sign("agency1", 200, id);
    sign("agency1", 409, id);
    assert_int_equal(month_int(read_agreement("agency1"), "to_day"), day_of(2018, 12, 31)); /* not before it is filed */
    finish("agency1", 403, id, "file", "");
    finish("bureau1", 200, id, "file", "");
    assert_int_equal(month_int(read_agreement("agency1"), "to_day"), day_of(2019, 3, 31));
    view *v = world_do(&m.w, 200, "enterprise1", GET, path("/changes/", id, ""), NULL);
    assert_int_equal(view_get(v, S("signed_by"))->n, 2);
    char check[100];
    snprintf(check, sizeof check, "/check/" SF, SA(view_get_text(v, S("sha256"))));
    assert_int_equal(view_get(world_do(&m.w, 200, NULL, GET, check, NULL), S("genuine"))->i, 1);
}

static void whose_turn_it_is_may_decline_with_a_reason_and_the_proposer_withdraw(void **state)
{
    (void)state;
    int64_t id = month_made(propose("agency1", 201, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"延长\"}"));
    finish("enterprise1", 422, id, "decline", "");
    finish("enterprise1", 200, id, "decline", "不需要");
    finish("agency1", 409, id, "withdraw", "x");
    id = month_made(propose("enterprise1", 201, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"延长\"}"));
    finish("agency1", 403, id, "withdraw", "x");
    finish("enterprise1", 200, id, "withdraw", "另行商定");
}

static void another_agency_goes_on_and_the_former_keeps_its_share_to_the_fen(void **state)
{
    (void)state;
    int64_t id = month_made(propose("alliance1", 201, replacement(33)));
    sign("enterprise1", 200, id);
    sign("agency2", 403, id); /* the former agency first */
    sign("agency1", 200, id);
    sign("agency2", 200, id);
    finish("bureau1", 200, id, "file", "");
    view *v = read_agreement("agency2");
    assert_int_equal(month_int(v, "agency"), world_org(&m.w, "agency2"));
    assert_int_equal(month_int(month_item(v, "formers", 0), "percent"), 33);
    read_agreement("agency1"); /* what it did stays open to it, to read */
    propose("agency1", 403, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"x\"}");
    month_to_paid(&m);
    v = world_do(&m.w, 200, "finance2", GET, "/payments", NULL);
    v = world_do(&m.w, 200, "finance2", GET, path("/payments/", month_int(month_item(v, "items", 0), "id"), ""), NULL);
    assert_int_equal(view_get(v, S("items"))->n, 2);
    assert_int_equal(month_int(v, "total_fen"), 3000000);
    assert_int_equal(month_int(month_item(v, "items", 0), "amount_fen"), 990000);
    assert_int_equal(month_int(month_item(v, "items", 1), "amount_fen"), 2010000);
}

static void who_does_not_sign_is_reminded_every_third_working_day(void **state)
{
    (void)state;
    propose("agency1", 201, "{\"kind\":\"terms\",\"to_day\":\"2019-03-31\",\"reason\":\"延长\"}");
    static const struct { const char *day; int messages; } t[] = {{"2018-11-07", 0}, {"2018-11-08", 1}, {"2018-11-11", 1}, {"2018-11-13", 2}};
    int before = view_get(world_do(&m.w, 200, "enterprise1", GET, "/messages", NULL), S("items"))->n;
    for (int i = 0; i < countof(t); i++) {
        world_day(&m.w, t[i].day);
        assert_int_equal(view_get(world_do(&m.w, 200, "enterprise1", GET, "/messages", NULL), S("items"))->n - before, t[i].messages);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_wrong_change_is_refused_at_its_field, begin, end),
        cmocka_unit_test_setup_teardown(a_longer_term_is_signed_in_order_and_holds_when_it_is_filed, begin, end),
        cmocka_unit_test_setup_teardown(whose_turn_it_is_may_decline_with_a_reason_and_the_proposer_withdraw, begin, end),
        cmocka_unit_test_setup_teardown(another_agency_goes_on_and_the_former_keeps_its_share_to_the_fen, begin, end),
        cmocka_unit_test_setup_teardown(who_does_not_sign_is_reminded_every_third_working_day, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
