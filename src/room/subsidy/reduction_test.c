/* SPDX-License-Identifier: Apache-2.0 */
/* reduction_test.c: finance cuts an amount: it is reviewed, approved and noticed again, and no rule raises it any more. */
#include "month.h"
#include "room/subsidy/subsidy.h"

static application stored(month *m, int at)
{
    application a;
    assert_int_equal(application_fetch(world_as(&m->w, "auditor1"), m->application[at], &a).kind, OK);
    return a;
}

static void reduce(month *m, int status, const char *login, const char *choice, int64_t fen)
{
    char path[64];
    const char *clear = month_clear(m, login);
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m->batch);
    world_do(&m->w, status, login, POST, path, "{\"choice\":\"%s\",\"return\":[{\"id\":%lld,\"note\":\"the contract says two months less\",\"reduce_fen\":%lld}],%s}", choice,
             (long long)m->application[1], (long long)fen, clear);
}

static void a_reduced_amount_is_noticed_again(void **state)
{
    (void)state;
    month m;
    char path[64];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    month_batch(&m, "alliance2", "report_submit", "");
    reduce(&m, 403, "bureau1", "bureau_pass", 2000000); /* not the bureau's to cut */
    month_batch(&m, "bureau1", "bureau_pass", "");
    month_batch(&m, "bureau2", "request_submit", "");
    month_batch(&m, "committee1", "approved", "");
    world_day(&m.w, "2018-11-19");
    month_batch(&m, "bureau3", "letter_send", "");
    reduce(&m, 422, "finance1", "finance_pass", 3000000); /* no less than before */
    reduce(&m, 200, "finance1", "finance_pass", 2000000);
    application a = stored(&m, 1);
    assert_true(str_eqz(a.node, "amend"));
    assert_int_equal(a.amount_fen, 2000000);
    assert_true(str_find(a.explained, S("财政复核核减至")) >= 0);
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)a.id);
    world_do(&m.w, 409, "bureau1", POST, path, "{\"choice\":\"dismiss\",\"note\":\"as it was\"}"); /* a published fact has changed */
    snprintf(path, sizeof path, "/applications/%lld/amend", (long long)a.id);
    world_do(&m.w, 200, "bureau1", POST, path, "{\"outcome_kind\":\"standard\",\"outcome_number\":\"DB 4403/T 2-2018\",\"outcome_day\":\"2018-11-05\",\"service_from\":\"2018-11-05\",\"service_to\":\"2018-11-05\"}");
    assert_int_equal(stored(&m, 1).amount_fen, 2000000); /* the rule computes 30,000; finance's cut holds */
    month_move(&m, "bureau1", "applications", a.id, "resubmit", "");
    assert_true(str_eqz(stored(&m, 1).node, "bureau_review"));
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_reduced_amount_is_noticed_again)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
