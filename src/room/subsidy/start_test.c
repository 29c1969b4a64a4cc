/* SPDX-License-Identifier: Apache-2.0 */
/* start_test.c: how an application begins: one at a time for an agreement, blank or with what carries over from an earlier one. */
#include "month.h"
#include "room/subsidy/subsidy.h"

static month m;
static int begin(void **state) { (void)state; return month_begin(&m), 0; }
static int end(void **state) { (void)state; return world_end(&m.w), 0; }

static application stored(int64_t id)
{
    application a;
    assert_int_equal(application_fetch(world_as(&m.w, "auditor1"), id, &a).kind, OK);
    return a;
}

static view *start(const char *login, int status, int64_t agreement, int64_t copy)
{
    return world_do(&m.w, status, login, POST, "/applications", "{\"agreement\":%lld,\"copy\":%lld}", (long long)agreement, (long long)copy);
}

static void an_agreement_has_one_application_at_a_time(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1");
    application a = stored(m.application[0]);
    start("agency1", 409, a.agreement, 0);
    char path[64];
    snprintf(path, sizeof path, "/applications/new?agreement=%lld", (long long)a.agreement);
    assert_int_equal(month_int(world_do(&m.w, 200, "agency1", GET, path, NULL), "live"), a.id); /* offered to go on with */
}

static void a_copy_takes_over_what_carries_over_and_no_number_day_or_proof(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1");
    month_to_paid(&m);
    application old = stored(m.application[0]), now = stored(month_made(start("agency1", 201, old.agreement, old.id)));
    assert_true(str_eq(now.outcome_kind, old.outcome_kind));
    assert_int_equal(now.contract_doc, old.contract_doc);
    assert_int_equal(now.service_from, old.service_from);
    assert_int_equal(now.outcome_number.n, 0);
    assert_int_equal(now.outcome_day, 0);
    assert_int_equal(now.letter_doc, 0);
    assert_int_equal(now.proof_doc, 0);
    assert_int_equal(now.amount_fen, 0);
}

static void another_agencys_application_is_none_to_copy(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    month_to_paid(&m);
    application mine = stored(m.application[0]);
    view *v = start("agency1", 422, mine.agreement, m.application[1]);
    assert_true(month_text_is(month_item(v, "errors", 0), "field", "copy"));
    start("agency1", 201, mine.agreement, 0); /* what was refused has left nothing behind */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_agreement_has_one_application_at_a_time, begin, end),
        cmocka_unit_test_setup_teardown(a_copy_takes_over_what_carries_over_and_no_number_day_or_proof, begin, end),
        cmocka_unit_test_setup_teardown(another_agencys_application_is_none_to_copy, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
