/* SPDX-License-Identifier: Apache-2.0 */
/* advance_test.c: laid out - recovered = outstanding, to the fen; entries are taken back once and never changed; only the agency enters. */
#include "month.h"

static int64_t agreement_of(month *m, int i)
{
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld", (long long)m->application[i]);
    return month_int(world_do(&m->w, 200, "auditor1", GET, path, NULL), "agreement");
}

static view *ledger(month *m, const char *login, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld/advances", (long long)id);
    return world_do(&m->w, 200, login, GET, path, NULL);
}

static int enter(month *m, const char *login, int64_t id, int64_t fen, const char *day, const char *text)
{
    char path[64], json[256];
    view *out;
    int64_t file = text ? world_file(&m->w, login, text) : 0;
    snprintf(path, sizeof path, "/agreements/%lld/advances", (long long)id);
    snprintf(json, sizeof json, "{\"kind\":\"official_fee\",\"paid_day\":\"%s\",\"amount_fen\":%lld,\"voucher\":%lld}", day, (long long)fen, (long long)file);
    return world_call(&m->w, login, POST, path, json, &out);
}

static void assert_balance(view *v, int64_t laid_out, int64_t recovered, int64_t expected, int64_t outstanding)
{
    assert_int_equal(month_int(v, "laid_out_fen"), laid_out);
    assert_int_equal(month_int(v, "recovered_fen"), recovered);
    assert_int_equal(month_int(v, "expected_fen"), expected);
    assert_int_equal(month_int(v, "outstanding_fen"), outstanding);
}

static void what_was_laid_out_comes_back_with_the_banks_payment(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    int64_t id = agreement_of(&m, 0);
    assert_int_equal(enter(&m, "agency1", id, 123456, "2018-11-05", "invoice 1"), 200);
    assert_int_equal(enter(&m, "agency1", id, 44, "2018-11-05", "invoice 2"), 200);
    assert_balance(ledger(&m, "agency1", id), 123500, 0, 3000000, 123500);
    month_to_paid(&m);
    view *v = ledger(&m, "alliance1", id);
    assert_balance(v, 123500, 0, 3000000, 123500); /* ordered is not paid */
    assert_int_equal(month_int(v, "days"), 14);
    view *p = world_do(&m.w, 200, "finance2", GET, "/payments/1", NULL);
    world_do(&m.w, 200, "finance2", POST, "/payments/1/results", "{\"results\":\"sha256," SF "\\n%lld,30000.00,paid,B1,2018-11-19,\\n\"}", SA(view_get_text(p, S("hash"))),
             (long long)month_int(month_item(p, "items", 0), "id"));
    world_day(&m.w, "2018-11-26");
    v = ledger(&m, "agency1", id);
    assert_balance(v, 123500, 3000000, 0, 0);
    assert_int_equal(month_int(v, "days"), 14); /* it was out until the bank paid, not until today */
    v = world_do(&m.w, 200, "auditor1", GET, "/advances", NULL);
    assert_balance((view *)(uintptr_t)month_item(v, "items", 0), 123500, 3000000, 0, 0);
    world_end(&m.w);
}

static void an_entry_is_taken_back_once_by_one_of_its_own(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    int64_t id = agreement_of(&m, 0);
    assert_int_equal(enter(&m, "agency1", id, 5000, "2018-11-05", "invoice"), 200);
    world_do(&m.w, 422, "agency1", POST, "/advances/1/take-back", "{}");
    world_do(&m.w, 404, "agency2", POST, "/advances/1/take-back", "{\"note\":\"x\"}"); /* a stranger's agreement */
    world_do(&m.w, 200, "agency1", POST, "/advances/1/take-back", "{\"note\":\"重复登记\"}");
    world_do(&m.w, 409, "agency1", POST, "/advances/1/take-back", "{\"note\":\"again\"}");
    world_do(&m.w, 409, "agency1", POST, "/advances/2/take-back", "{\"note\":\"the other\"}");
    view *v = ledger(&m, "agency1", id);
    assert_int_equal(view_get(v, S("items"))->n, 2); /* both stand there */
    assert_balance(v, 0, 0, 3000000, 0);
    world_end(&m.w);
}

static void what_cannot_be_is_refused_with_its_reason(void **state)
{
    (void)state;
    static const struct { const char *login; int64_t fen; const char *day, *file; int status; } t[] = {
        {"agency1", 0, "2018-11-05", "v", 422}, {"agency1", -5, "2018-11-05", "v", 422}, {"agency1", 100, "2018-11-06", "v", 422},
        {"agency1", 100, "2018-11-04", "v", 422}, {"agency1", 100, "2018-11-05", NULL, 422}, {"agency2", 100, "2018-11-05", "v", 404},
        {"enterprise1", 100, "2018-11-05", "v", 403}, {"bureau1", 100, "2018-11-05", "v", 403},
    };
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    int64_t id = agreement_of(&m, 0);
    for (int i = 0; i < countof(t); i++) {
        int got = enter(&m, t[i].login, id, t[i].fen, t[i].day, t[i].file);
        if (got != t[i].status) fail_msg("row %d: %d, not %d", i, got, t[i].status);
    }
    assert_int_equal(view_get(ledger(&m, "agency1", id), S("items"))->n, 0);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_laid_out_comes_back_with_the_banks_payment),
        cmocka_unit_test(an_entry_is_taken_back_once_by_one_of_its_own),
        cmocka_unit_test(what_cannot_be_is_refused_with_its_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
