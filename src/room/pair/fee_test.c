/* SPDX-License-Identifier: Apache-2.0 */
/* fee_test.c: a fee in market mode is due after success, paid, disputed, settled: each by whose it is to say. */
#include "month.h"

static month m;
static int64_t agreement_id;

static int begin(void **state)
{
    (void)state;
    month_begin(&m);
    int64_t item = month_item_of_catalogue(&m, "\"code\":\"M1\",\"name\":\"知识产权布局\",\"category\":2,\"mode\":\"market\",\"zero_fee\":false,\"floor_fen\":500000,\"ceiling_fen\":2000000");
    agreement_id = month_made(world_do(&m.w, 201, "agency1", POST, "/agreements",
                                       "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"layout\",\"quantity\":1,\"fee_fen\":1000000,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                       "\"pay_year\":2018,\"contract\":%lld}",
                                       (long long)world_org(&m.w, "enterprise1"), (long long)item, (long long)world_file(&m.w, "agency1", "contract")));
    month_move(&m, "agency1", "agreements", agreement_id, "submit", "");
    month_move(&m, "enterprise1", "agreements", agreement_id, "sign", "");
    month_move(&m, "agency1", "agreements", agreement_id, "sign_agency", "");
    month_move(&m, "bureau3", "agreements", agreement_id, "file", "");
    return 0;
}
static int end(void **state) { (void)state; return world_end(&m.w), 0; }

static view *say(const char *login, int status, const char *choice, bool file, const char *note, int64_t fen)
{
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld/fee", (long long)agreement_id);
    int64_t doc = file ? world_file(&m.w, login, choice) : 0;
    return world_do(&m.w, status, login, POST, path, "{\"choice\":\"%s\",\"file\":%lld,\"note\":\"%s\",\"amount_fen\":%lld}", choice, (long long)doc, note, (long long)fen);
}

static const char *waiting(const char *login)
{
    view *v = world_do(&m.w, 200, login, GET, "/desk?only=fee", NULL);
    const view *first = view_get(v, S("items")) ? view_get(v, S("items"))->first : NULL;
    return first ? str_z(m.w.at.c.a, view_get_text(first, S("step"))) : "";
}

static void it_is_due_after_success_and_paid_when_both_have_said_so(void **state)
{
    (void)state;
    say("enterprise1", 409, "pay", true, "", 0); /* nothing is due yet */
    say("agency1", 422, "declare", false, "", 0); /* without its proof */
    say("enterprise1", 409, "declare", true, "", 0);
    say("agency2", 404, "declare", true, "", 0);
    say("agency1", 200, "declare", true, "", 0);
    assert_string_equal(waiting("enterprise1"), "due");
    say("enterprise1", 200, "pay", true, "", 0);
    assert_string_equal(waiting("enterprise1"), "");
    assert_string_equal(waiting("agency1"), "sent");
    view *v = say("agency1", 200, "receive", false, "", 0);
    assert_true(month_text_is(v, "state", "paid"));
    assert_int_equal(view_get(v, S("items"))->n, 3);
    say("enterprise1", 409, "dispute", false, "too late", 0);
}

static void what_is_disputed_is_settled_by_the_alliance_for_at_most_the_agreed_fee(void **state)
{
    (void)state;
    say("agency1", 200, "declare", true, "", 0);
    say("enterprise1", 422, "dispute", false, "", 0);
    say("enterprise1", 200, "dispute", false, "成果未达约定", 0);
    assert_string_equal(waiting("alliance1"), "disputed");
    say("bureau1", 403, "settle", false, "x", 0);
    say("alliance1", 422, "settle", false, "x", 1000001);
    view *v = say("alliance1", 200, "settle", false, "双方同意减半", 500000);
    assert_true(month_text_is(v, "state", "due"));
    assert_int_equal(month_int(v, "amount_fen"), 500000);
    say("enterprise1", 200, "pay", true, "", 0);
    say("agency1", 200, "dispute", false, "未到账", 0);
    v = say("alliance1", 200, "settle", false, "成果后被撤销", 0);
    assert_true(month_text_is(v, "state", "lifted"));
    v = world_do(&m.w, 200, "alliance1", GET, "/fees?state=lifted", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 1);
}

static void in_government_mode_there_is_no_fee(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1");
    view *v = world_do(&m.w, 200, "agency1", GET, "/agreements", NULL);
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld/fee", (long long)month_int(month_item(v, "items", 0), "id"));
    world_do(&m.w, 404, "agency1", GET, path, NULL);
    world_do(&m.w, 409, "agency1", POST, path, "{\"choice\":\"declare\"}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_due_after_success_and_paid_when_both_have_said_so, begin, end),
        cmocka_unit_test_setup_teardown(what_is_disputed_is_settled_by_the_alliance_for_at_most_the_agreed_fee, begin, end),
        cmocka_unit_test_setup_teardown(in_government_mode_there_is_no_fee, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
