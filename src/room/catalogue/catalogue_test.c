/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue_test.c: versions of a service, their price guide, and the agreements that keep theirs. */
#include "month.h"

static month m;

static void begin(void) { month_begin(&m); }

static const char *detail(const view *v)
{
    static char text[600];
    const view *errors = v ? view_get(v, S("errors")) : NULL;
    str s = errors && errors->first ? view_get_text(errors->first, S("reason")) : view_get_text(v, S("detail"));
    snprintf(text, sizeof text, SF, SA(s));
    return text;
}

static void refused(const char *why, const view *v)
{
    if (!strstr(detail(v), why)) printf("said: %s\n", detail(v));
    assert_non_null(strstr(detail(v), why));
}

#define MARKET "\"mode\":\"market\",\"floor_fen\":200000,\"ceiling_fen\":500000"
#define WHOLE "\"unit\":\"项\",\"deliverable\":\"报告\",\"evidence\":\"验收单\",\"steps\":[{\"name\":\"受理\",\"working_days\":5}]"

static int64_t market_item(void) { return month_item_of_catalogue(&m, "\"code\":\"M1\",\"name\":\"查新\",\"category\":5," MARKET); }

static view *publish(int status, int64_t id, const char *day)
{
    char path[64];
    snprintf(path, sizeof path, "/services/%lld/publish", (long long)id);
    return world_do(&m.w, status, "alliance3", POST, path, "{\"from_day\":\"%s\"}", day);
}

static view *one(const char *login, int status, int64_t id, int version)
{
    char path[64];
    snprintf(path, sizeof path, version ? "/services/%lld?version=%d" : "/services/%lld", (long long)id, version);
    return world_do(&m.w, status, login, GET, path, NULL);
}

/* ---- publishing -------------------------------------------------------------------------------------------------------- */

static const struct { const char *fields; int status; const char *why; } publications[] = {
    {"\"mode\":\"market\",\"floor_fen\":1,\"ceiling_fen\":2,\"deliverable\":\"a\",\"evidence\":\"b\",\"steps\":[{\"name\":\"s\",\"working_days\":1}]", 422, "The unit is missing"},
    {MARKET ",\"unit\":\"项\",\"deliverable\":\"a\",\"evidence\":\"b\"", 422, "no step yet"},
    {"\"mode\":\"market\"," WHOLE, 422, "give the ceiling"},
    {"\"mode\":\"market\",\"zero_fee\":true," WHOLE, 200, ""},
    {MARKET "," WHOLE, 200, ""},
    {"\"mode\":\"government\",\"policy\":1,\"subsidy_fen\":3000000,\"reward_fen\":1000001," WHOLE, 422, "¥30,000.00"},
    {"\"mode\":\"government\",\"policy\":1,\"subsidy_fen\":3000000,\"reward_fen\":1000001," WHOLE, 422, "¥10,000.01"},
    {"\"mode\":\"government\",\"policy\":1,\"subsidy_fen\":3000000,\"reward_fen\":1000001," WHOLE, 422, "¥40,000.00"},
    {"\"mode\":\"government\",\"policy\":1,\"subsidy_fen\":3000000,\"reward_fen\":1000000," WHOLE, 200, ""},
};

static void only_a_complete_version_within_the_standard_is_published(void **state)
{
    (void)state;
    begin();
    for (int i = 0; i < countof(publications); i++) {
        int64_t id = month_made(world_do(&m.w, 201, "alliance3", POST, "/services", "{\"code\":\"T%d\",\"name\":\"查新\",\"category\":5,%s}", i, publications[i].fields));
        view *v = publish(publications[i].status, id, "2018-11-05");
        if (publications[i].status != 200) refused(publications[i].why, v);
    }
    world_end(&m.w);
}

static const struct { const char *fields, *why; } drafts[] = {
    {"\"mode\":\"government\"", "rests on a policy"},
    {"\"mode\":\"market\",\"policy\":1", "In market mode no policy pays"},
    {"\"mode\":\"market\",\"subsidy_fen\":1", "In market mode no policy pays"},
    {"\"mode\":\"market\",\"floor_fen\":3,\"ceiling_fen\":2", "below the floor"},
    {"\"mode\":\"market\",\"zero_fee\":true,\"ceiling_fen\":2", "has no price guide"},
};

static void a_draft_that_contradicts_itself_is_refused(void **state)
{
    (void)state;
    begin();
    for (int i = 0; i < countof(drafts); i++)
        refused(drafts[i].why, world_do(&m.w, 422, "alliance3", POST, "/services", "{\"code\":\"T%d\",\"name\":\"查新\",\"category\":5,%s}", i, drafts[i].fields));
    world_do(&m.w, 403, "agency1", POST, "/services", "{\"code\":\"T\",\"name\":\"查新\",\"category\":5,\"mode\":\"market\"}");
    world_end(&m.w);
}

static void a_published_version_stays_and_the_next_replaces_it_from_its_day(void **state)
{
    (void)state;
    begin();
    int64_t id = market_item();
    char path[64];
    snprintf(path, sizeof path, "/services/%lld", (long long)id);
    world_do(&m.w, 200, "alliance3", POST, path, "{\"name\":\"科技查新\",\"mode\":\"market\",\"floor_fen\":300000,\"ceiling_fen\":600000,\"note\":\"成本上升\"," WHOLE "}");
    assert_int_equal(month_int(one(NULL, 200, id, 1), "floor_fen"), 200000);
    one(NULL, 404, id, 2);                                /* a draft is the alliance's own */
    assert_true(month_text_is(one("alliance3", 200, id, 2), "state", "draft"));
    refused("from today at the earliest", publish(422, id, "2018-11-04")); /* never back in time */
    publish(200, id, "2018-11-08");
    publish(409, id, "2018-11-09");                       /* nothing left to publish */
    assert_int_equal(month_int(one(NULL, 200, id, 0), "version"), 1);
    world_day(&m.w, "2018-11-08");
    view *v = one(NULL, 200, id, 0);
    assert_int_equal(month_int(v, "version"), 2);
    assert_int_equal(month_int(v, "floor_fen"), 300000);
    const view *changes = view_get(month_item(v, "versions", 0), S("changes"));
    assert_int_equal(changes->n, 5);                      /* name, floor, ceiling, deliverable, evidence: unit and steps are the same */
    assert_int_equal(month_int(one(NULL, 200, id, 1), "floor_fen"), 200000);
    world_end(&m.w);
}

static void two_hands_on_one_draft_do_not_overwrite_each_other(void **state)
{
    (void)state;
    begin();
    int64_t id = month_made(world_do(&m.w, 201, "alliance3", POST, "/services", "{\"code\":\"T\",\"name\":\"查新\",\"category\":5,\"mode\":\"market\"}"));
    char path[64];
    snprintf(path, sizeof path, "/services/%lld", (long long)id);
    world_do(&m.w, 200, "alliance3", POST, path, "{\"saves\":1,\"name\":\"甲\",\"mode\":\"market\"}");
    world_do(&m.w, 409, "alliance2", POST, path, "{\"saves\":1,\"name\":\"乙\",\"mode\":\"market\"}");
    assert_true(month_text_is(one("alliance3", 200, id, 0), "name", "甲"));
    world_end(&m.w);
}

static void what_is_withdrawn_is_offered_no_more_and_the_reason_is_public(void **state)
{
    (void)state;
    begin();
    int64_t id = market_item();
    char path[64];
    snprintf(path, sizeof path, "/services/%lld/withdraw", (long long)id);
    world_do(&m.w, 422, "alliance3", POST, path, "{\"version\":1}");
    world_do(&m.w, 200, "alliance3", POST, path, "{\"version\":1,\"reason\":\"并入其他事项\"}");
    world_do(&m.w, 409, "alliance3", POST, path, "{\"version\":1,\"reason\":\"again\"}");
    const view *offered = view_get(world_do(&m.w, 200, NULL, GET, "/services", NULL), S("items"));
    assert_int_equal(offered->n, 1); /* the month's own */
    assert_true(month_text_is(month_item(one(NULL, 200, id, 0), "versions", 0), "reason", "并入其他事项"));
    world_do(&m.w, 422, "agency1", POST, "/agreements",
             "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"x\",\"quantity\":1,\"fee_fen\":300000,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\",\"pay_year\":2018}",
             (long long)world_org(&m.w, "enterprise1"), (long long)id);
    world_end(&m.w);
}

/* ---- the price guide and agreements ---------------------------------------------------------------------------------------- */

static int64_t signed_agreement(int64_t item, int quantity, int fee_fen)
{
    static int n;
    int64_t file = world_file(&m.w, "agency1", "contract");
    int64_t id = month_made(world_do(&m.w, 201, "agency1", POST, "/agreements",
                                     "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"price %d\",\"quantity\":%d,\"fee_fen\":%d,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                     "\"pay_year\":2018,\"contract\":%lld}",
                                     (long long)world_org(&m.w, "enterprise1"), (long long)item, n++, quantity, fee_fen, (long long)file));
    month_move(&m, "agency1", "agreements", id, "submit", "");
    month_move(&m, "enterprise1", "agreements", id, "sign", "");
    month_move(&m, "agency1", "agreements", id, "sign_agency", "");
    return id;
}

static view *file_it(int status, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld/moves", (long long)id);
    return world_do(&m.w, status, "bureau3", POST, path, "{\"choice\":\"file\",\"note\":\"\"}");
}

static const struct { int quantity, fee_fen; const char *why[2]; } fees[] = {
    {1, 199999, {"¥1,999.99", "¥2,000.00"}}, {1, 200000, {0}}, {1, 500000, {0}}, {1, 500001, {"¥5,000.01", "¥5,000.00"}},
    {3, 599999, {"¥5,999.99", "¥6,000.00"}}, {3, 1500000, {0}}, {3, 1500001, {"¥15,000.01", "¥15,000.00"}},
};

static void a_fee_outside_the_guide_is_filed_only_with_a_reasoned_approval(void **state)
{
    (void)state;
    begin();
    int64_t item = market_item();
    char path[64];
    for (int i = 0; i < countof(fees); i++) {
        int64_t id = signed_agreement(item, fees[i].quantity, fees[i].fee_fen);
        snprintf(path, sizeof path, "/agreements/%lld/price", (long long)id);
        if (!fees[i].why[0]) {
            world_do(&m.w, 409, "alliance3", POST, path, "{\"reason\":\"needless\"}");
            file_it(200, id);
            continue;
        }
        view *v = file_it(409, id);
        for (int k = 0; k < 2; k++) refused(fees[i].why[k], v);
        world_do(&m.w, 403, "bureau3", POST, path, "{\"reason\":\"not mine\"}");
        world_do(&m.w, 422, "alliance3", POST, path, "{}");
        world_do(&m.w, 200, "alliance3", POST, path, "{\"reason\":\"首次合作，范围较小\"}");
        file_it(200, id);
    }
    world_end(&m.w);
}

static void an_agreement_keeps_its_version_and_a_draft_must_be_saved_on_the_new_one(void **state)
{
    (void)state;
    begin();
    int64_t item = market_item();
    char path[64];
    int64_t old = signed_agreement(item, 1, 250000);
    int64_t file = world_file(&m.w, "agency1", "contract");
    int64_t draft = month_made(world_do(&m.w, 201, "agency1", POST, "/agreements",
                                        "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"late\",\"quantity\":1,\"fee_fen\":350000,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                        "\"pay_year\":2018,\"contract\":%lld}",
                                        (long long)world_org(&m.w, "enterprise1"), (long long)item, (long long)file));
    snprintf(path, sizeof path, "/services/%lld", (long long)item);
    world_do(&m.w, 200, "alliance3", POST, path, "{\"name\":\"查新\",\"mode\":\"market\",\"floor_fen\":300000,\"ceiling_fen\":600000," WHOLE "}");
    publish(200, item, "2018-11-05");
    file_it(200, old); /* 2,500.00 is within version 1, under version 2's floor */
    snprintf(path, sizeof path, "/agreements/%lld", (long long)old);
    assert_int_equal(month_int(world_do(&m.w, 200, "agency1", GET, path, NULL), "item_version_number"), 1);
    snprintf(path, sizeof path, "/agreements/%lld/moves", (long long)draft);
    refused("new version", world_do(&m.w, 409, "agency1", POST, path, "{\"choice\":\"submit\",\"note\":\"\"}"));
    snprintf(path, sizeof path, "/agreements/%lld", (long long)draft);
    world_do(&m.w, 200, "agency1", POST, path,
             "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"late\",\"quantity\":1,\"fee_fen\":350000,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\",\"pay_year\":2018}",
             (long long)world_org(&m.w, "enterprise1"), (long long)item);
    month_move(&m, "agency1", "agreements", draft, "submit", "");
    assert_int_equal(month_int(world_do(&m.w, 200, "agency1", GET, path, NULL), "item_version_number"), 2);
    world_end(&m.w);
}

static void the_price_list_is_public_and_can_be_narrowed_to_a_kind(void **state)
{
    (void)state;
    begin();
    market_item();
    view *v = world_do(&m.w, 200, NULL, GET, "/services", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 2);
    assert_null(view_get(v, S("drafts")));
    v = world_do(&m.w, 200, NULL, GET, "/services?kind=5", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 1);
    assert_int_equal(month_int(month_item(v, "items", 0), "ceiling_fen"), 500000);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_complete_version_within_the_standard_is_published),
        cmocka_unit_test(a_draft_that_contradicts_itself_is_refused),
        cmocka_unit_test(a_published_version_stays_and_the_next_replaces_it_from_its_day),
        cmocka_unit_test(two_hands_on_one_draft_do_not_overwrite_each_other),
        cmocka_unit_test(what_is_withdrawn_is_offered_no_more_and_the_reason_is_public),
        cmocka_unit_test(a_fee_outside_the_guide_is_filed_only_with_a_reasoned_approval),
        cmocka_unit_test(an_agreement_keeps_its_version_and_a_draft_must_be_saved_on_the_new_one),
        cmocka_unit_test(the_price_list_is_public_and_can_be_narrowed_to_a_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
