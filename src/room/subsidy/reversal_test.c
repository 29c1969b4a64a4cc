/* SPDX-License-Identifier: Apache-2.0 */
/* reversal_test.c: an approval is taken back only before payment, by two persons, for a reason, and everybody is told. */
#include "month.h"

#define PROPOSE "{\"reason\":\"公示期满后发现成果证书编号与登记不符。\",\"warned\":true}"

static int propose(month *m, const char *login, int i, const char *json, view **out)
{
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld/reversal", (long long)m->application[i]);
    return world_call(&m->w, login, POST, path, json, out);
}

static bool says(const view *v, const char *what) { return str_find(view_get_text(v, S("detail")), str_of(what)) >= 0; }

static str step_of(month *m, int i)
{
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld", (long long)m->application[i]);
    return view_get_text(world_do(&m->w, 200, "auditor1", GET, path, NULL), S("step"));
}

static bool told(month *m, const char *login)
{
    const view *all = view_get(world_do(&m->w, 200, login, GET, "/messages", NULL), S("items"));
    for (const view *row = all->first; row; row = row->next)
        if (str_find(view_get_text(row, S("text")), S("reversed before payment")) >= 0 || str_find(view_get_text(row, S("text")), S("已在拨付前撤销")) >= 0) return true;
    return false;
}

static void it_is_proposed_by_one_decided_by_another_and_everybody_is_told(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    month_to_letter(&m);
    assert_int_equal(propose(&m, "bureau1", 0, "{\"reason\":\"short\",\"warned\":true}", &v), 422);
    assert_int_equal(propose(&m, "bureau1", 0, "{\"reason\":\"a reason of enough length\"}", &v), 422);
    assert_int_equal(propose(&m, "finance1", 0, PROPOSE, &v), 403);
    assert_int_equal(propose(&m, "bureau1", 0, PROPOSE, &v), 201);
    char path[64];
    snprintf(path, sizeof path, "/reversals/%lld", (long long)month_made(v));
    assert_int_equal(propose(&m, "bureau2", 0, PROPOSE, &v), 409);
    assert_true(str_eqz(step_of(&m, 0), "letter")); /* one person alone reverses nothing */
    assert_int_equal(world_call(&m.w, "bureau1", POST, path, "{\"verdict\":\"confirmed\",\"note\":\"x\"}", &v), 403);
    assert_int_equal(world_call(&m.w, "committee1", POST, path, "{\"verdict\":\"confirmed\"}", &v), 422);
    world_do(&m.w, 200, "committee1", POST, path, "{\"verdict\":\"confirmed\",\"note\":\"经核实，同意撤销。\"}");
    assert_int_equal(world_call(&m.w, "committee1", POST, path, "{\"verdict\":\"declined\",\"note\":\"x\"}", &v), 409);
    assert_true(str_eqz(step_of(&m, 0), "amend"));
    assert_true(str_eqz(step_of(&m, 1), "letter"));
    static const char *const parties[] = {"agency1", "enterprise1", "alliance1", "bureau2", "finance1"};
    for (int i = 0; i < countof(parties); i++)
        if (!told(&m, parties[i])) fail_msg("%s was not told", parties[i]);
    assert_false(told(&m, "agency2"));
    month_batch(&m, "bureau1", "letter_send", "");
    month_move(&m, "bureau1", "applications", m.application[0], "refuse_after_objection", "成果不实");
    assert_true(str_eqz(step_of(&m, 0), "refused"));
    world_end(&m.w); /* and the ledger balances */
}

static void what_stands_stays_where_it_is(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_to_letter(&m);
    assert_int_equal(propose(&m, "bureau1", 0, PROPOSE, &v), 201);
    char path[64];
    snprintf(path, sizeof path, "/reversals/%lld", (long long)month_made(v));
    world_do(&m.w, 200, "committee1", POST, path, "{\"verdict\":\"declined\",\"note\":\"依据不足。\"}");
    assert_true(str_eqz(step_of(&m, 0), "letter"));
    assert_int_equal(propose(&m, "bureau1", 0, PROPOSE, &v), 201); /* new facts, a new proposal */
    world_end(&m.w);
}

static void before_the_notice_has_ended_and_after_payment_it_is_too_late_and_payment_waits_for_it(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    assert_int_equal(propose(&m, "bureau1", 0, PROPOSE, &v), 409);
    assert_true(says(v, "before it is paid") || says(v, "拨付前"));
    month_to_letter(&m);
    assert_int_equal(propose(&m, "bureau1", 0, PROPOSE, &v), 201);
    char path[64], batch[64];
    snprintf(path, sizeof path, "/reversals/%lld", (long long)month_made(v));
    snprintf(batch, sizeof batch, "/batches/%lld/moves", (long long)m.batch);
    month_batch(&m, "bureau3", "letter_send", "");
    month_batch(&m, "finance1", "finance_pass", "");
    assert_int_equal(world_call(&m.w, "finance2", POST, batch, "{\"choice\":\"pay_done\"}", &v), 409); /* first it is decided */
    assert_true(str_eqz(step_of(&m, 0), "pay"));
    world_do(&m.w, 200, "committee1", POST, path, "{\"verdict\":\"declined\",\"note\":\"x\"}");
    month_batch(&m, "finance2", "pay_done", "");
    assert_true(str_eqz(step_of(&m, 0), "paid"));
    assert_int_equal(propose(&m, "bureau1", 0, PROPOSE, &v), 409);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_proposed_by_one_decided_by_another_and_everybody_is_told),
        cmocka_unit_test(what_stands_stays_where_it_is),
        cmocka_unit_test(before_the_notice_has_ended_and_after_payment_it_is_too_late_and_payment_waits_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
