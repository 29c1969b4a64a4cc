/* SPDX-License-Identifier: Apache-2.0 */
/* account_test.c: a bank account's number: its end for all who may see the account, the whole to who confirms it, or for a reason that is on the record. */
#include "month.h"

static month m;
#define NUMBER "6222000011112222"

static str number_of(const char *login, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/bank-accounts/%lld", (long long)id);
    return view_get_text(world_do(&m.w, 200, login, GET, path, NULL), S("number"));
}

static int64_t propose(void)
{
    world_do(&m.w, 200, "agency1", POST, "/organisation/bank-account", "{\"bank\":\"示例银行\",\"holder\":\"x\",\"number\":\"" NUMBER "\",\"proof\":%lld}",
             (long long)world_file(&m.w, "agency1", "proof"));
    const view *row = month_item(world_do(&m.w, 200, "finance3", GET, "/bank-accounts", NULL), "items", 0);
    assert_true(month_text_is(row, "number", "•••• 2222"));
    return month_int(row, "id");
}

static int entries_of(const char *act)
{
    const view *all = world_do(&m.w, 200, "auditor1", GET, "/record", NULL);
    int n = 0;
    for (const view *row = view_get(all, S("items"))->first; row; row = row->next) n += str_eqz(view_get_text(row, S("act")), act);
    return n;
}

static void a_number_is_whole_to_who_confirms_it_and_its_end_to_others(void **state)
{
    (void)state;
    month_begin(&m);
    int64_t id = propose();
    char path[64];
    assert_true(str_eqz(number_of("finance3", id), NUMBER));
    static const char *const others[] = {"agency1", "agency1b", "auditor1"};
    for (int i = 0; i < countof(others); i++) assert_true(str_eqz(number_of(others[i], id), "•••• 2222"));
    static const char *const strangers[] = {"agency2", "enterprise1", "alliance1"};
    snprintf(path, sizeof path, "/bank-accounts/%lld", (long long)id);
    for (int i = 0; i < countof(strangers); i++) world_do(&m.w, 404, strangers[i], GET, path, NULL);
    world_do(&m.w, 403, "bureau1", GET, path, NULL);
    world_do(&m.w, 200, "finance3", POST, path, "{\"verdict\":\"accept\"}");
    assert_true(str_eqz(number_of("finance3", id), "•••• 2222")); /* it is decided: there is nothing to compare */
}

static void the_whole_number_is_read_for_a_reason_on_the_record(void **state)
{
    (void)state;
    int64_t id = month_int(month_item(world_do(&m.w, 200, "agency1", GET, "/organisation", NULL), "accounts", 0), "id");
    char path[64];
    snprintf(path, sizeof path, "/bank-accounts/%lld/reading", (long long)id);
    assert_int_equal(entries_of("bank_account_read"), 0);
    world_do(&m.w, 422, "auditor1", POST, path, "{\"reason\":\"\"}");
    world_do(&m.w, 404, "agency2", POST, path, "{\"reason\":\"curious about it\"}");
    world_do(&m.w, 403, "bureau1", POST, path, "{\"reason\":\"curious about it\"}");
    assert_int_equal(entries_of("bank_account_read"), 0);
    assert_true(month_text_is(world_do(&m.w, 200, "auditor1", POST, path, "{\"reason\":\"comparing with the bank's list\"}"), "number", NUMBER));
    assert_int_equal(entries_of("bank_account_read"), 1);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_is_whole_to_who_confirms_it_and_its_end_to_others),
        cmocka_unit_test(the_whole_number_is_read_for_a_reason_on_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
