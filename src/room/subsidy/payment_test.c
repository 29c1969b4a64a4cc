/* SPDX-License-Identifier: Apache-2.0 */
/* payment_test.c: orders, bank results, retries, reconciliation and rewards, through a real month. */
#include "month.h"

#include "base/money.h"
#include "format/hash.h"
#include "room/budget/budget.h"
#include "room/subsidy/payment_file.h"
#include "room/subsidy/reward.h"

static void three_paid(month *m)
{
    month_begin(m);
    month_add(m, "agency1", "enterprise1");
    month_add(m, "agency1", "enterprise2");
    month_add(m, "agency2", "enterprise1");
    month_to_paid(m);
}

static view *order(month *m, int at)
{
    char path[64];
    view *all = world_do(&m->w, 200, "finance2", GET, "/payments", NULL);
    snprintf(path, sizeof path, "/payments/%lld", (long long)month_int(month_item(all, "items", at), "id"));
    return world_do(&m->w, 200, "finance2", GET, path, NULL);
}

/* Sends a result file for this order: each row is "LINE-OF-THE-ORDER,yuan,state,ref,day,reason" with the line by its place. */
static int send(month *m, const view *p, const char *hash, const char *rows, view **out)
{
    char path[64], json[4096];
    snprintf(path, sizeof path, "/payments/%lld/results", (long long)month_int(p, "id"));
    str h = view_get_text(p, S("hash"));
    snprintf(json, sizeof json, "{\"results\":\"sha256,%s\\nline,amount,state,bank_ref,day,reason\\n%s\"}", hash ? hash : str_z(m->w.at.c.a, h), rows);
    return world_call(&m->w, "finance2", POST, path, json, out);
}

static const char *row(month *m, const view *p, int at, const char *rest)
{
    return str_z(m->w.at.c.a, str_fmt(m->w.at.c.a, "%lld,%s\\n", (long long)month_int(month_item(p, "items", at), "id"), rest));
}

static const char *both(month *m, const char *x, const char *y) { return str_z(m->w.at.c.a, str_fmt(m->w.at.c.a, "%s%s", x, y)); }

static bool says(const view *answer, const char *words)
{
    const view *errors = answer ? view_get(answer, S("errors")) : NULL;
    for (const view *e = errors ? errors->first : NULL; e; e = e->next)
        if (str_find(view_get_text(e, S("reason")), str_of(words)) >= 0) return true;
    return answer && str_find(view_get_text(answer, S("detail")), str_of(words)) >= 0;
}

/* Count, control total and hash fit the lines of the file, which the paper of the month lists too. */
static void the_file_holds_what_the_order_says(void **state)
{
    (void)state;
    month m;
    three_paid(&m);
    view *p = order(&m, 0);
    assert_int_equal(month_int(p, "count"), 3);
    assert_int_equal(month_int(p, "total_fen"), 9000000);
    assert_true(month_text_is(month_item(p, "items", 0), "account", "•••• 0001"));

    ctx *c = world_as(&m.w, "finance2");
    list lines;
    payment o;
    assert_int_equal(payment_get(c, month_int(p, "id"), &o).kind, OK);
    static const char sql[] = "SELECT l.id, l.payment_id AS payment, l.application_id AS application, l.case_id, l.org_id AS org, l.holder, l.bank, l.account, "
                              "l.amount_fen, l.state, l.bank_ref, l.bank_day, l.failure, l.retry_of, a.number FROM payment_line l JOIN application a "
                              "ON a.zone_id = l.zone_id AND a.id = l.application_id WHERE l.zone_id = $1 AND l.payment_id = $2 ORDER BY l.id";
    static const stmt all = {"test_lines", sql, sql, 2, false};
    assert_int_equal(store_list(c, &all, &payment_line_shape, &lines, ARGS(o.id)).kind, OK);
    buf body = buf_new(c->a, 1024), file = buf_new(c->a, 1024);
    payment_file_lines(&body, lines.items, lines.n);
    payment_file_write(&file, &o, lines.items, lines.n);
    assert_true(str_eq(sha256_hex(c->a, buf_str(&body)), o.hash));
    assert_true(str_ends(buf_str(&file), buf_str(&body)));
    assert_true(str_find(buf_str(&file), S("6200000000000001")) >= 0);
    assert_true(str_find(buf_str(&file), S("90000.00")) >= 0);
    assert_true(str_find(buf_str(&file), o.hash) >= 0);
    char path[64];
    snprintf(path, sizeof path, "/payments/%lld/file", (long long)o.id);
    world_do(&m.w, 403, "auditor1", GET, path, NULL);
    world_end(&m.w);
}

static void a_faulty_result_file_changes_nothing(void **state)
{
    (void)state;
    static const struct { const char *rest, *why; bool unknown; } faults[] = {
        {"29999.99,paid,B1,2018-11-19,", "the amount is", false},
        {"30000.00,sent,B1,2018-11-19,", "the state is", false},
        {"30000.00,paid,,2018-11-19,", "bank's reference", false},
        {"30000.00,failed,,2018-11-19,", "has the reason", false},
        {"30000.00,paid,B1,2018-11-18,", "before the order", false},
        {"30000.00,paid,B1,2018-11-20,", "after today", false},
        {"30000.00,paid,B1,soon,", "is no day", false},
        {"30000.00,paid", "six columns", false},
        {"30000.00,paid,B1,2018-11-19,", "has no line", true},
    };
    month m;
    three_paid(&m);
    view *p = order(&m, 0), *out;
    const char *good = row(&m, p, 0, "30000.00,paid,B0,2018-11-19,");
    for (int i = 0; i < countof(faults); i++) {
        char unknown[128];
        snprintf(unknown, sizeof unknown, "999999,%s\\n", faults[i].rest);
        assert_int_equal(send(&m, p, NULL, both(&m, good, faults[i].unknown ? unknown : row(&m, p, 1, faults[i].rest)), &out), 422);
        if (!says(out, faults[i].why)) fail_msg("it does not say: %s", faults[i].why);
    }
    assert_int_equal(send(&m, p, NULL, both(&m, good, good), &out), 422);
    assert_true(says(out, "twice"));
    assert_int_equal(send(&m, p, "0000", good, &out), 422);
    assert_true(says(out, "another order"));
    assert_int_equal(month_int(order(&m, 0), "open_count"), 3);
    world_end(&m.w);
}

static void the_same_results_twice_change_nothing(void **state)
{
    (void)state;
    month m;
    three_paid(&m);
    view *p = order(&m, 0), *out;
    const char *file = both(&m, row(&m, p, 0, "30000.00,paid,B0,2018-11-19,"), row(&m, p, 1, "30000.00,failed,,2018-11-19,账号不存在"));
    assert_int_equal(send(&m, p, NULL, file, &out), 200);
    view *after = order(&m, 0);
    assert_int_equal(month_int(after, "paid_count"), 1);
    assert_int_equal(month_int(after, "failed_count"), 1);
    assert_int_equal(month_int(after, "open_count"), 1);
    assert_int_equal(send(&m, p, NULL, file, &out), 200);
    ctx *c = world_as(&m.w, "finance2");
    payment_results_in again = {.id = month_int(p, "id"),
                                .results = str_fmt(c->a, "sha256," SF "\n%lld,30000.00,paid,B0,2018-11-19,\n", SA(view_get_text(p, S("hash"))),
                                                   (long long)month_int(month_item(p, "items", 0), "id"))};
    assert_int_equal(store_act(c, &payment_results, &again).kind, OK);
    assert_int_equal(again.same, 1);
    assert_int_equal(again.paid + again.failed, 0);
    assert_int_equal(send(&m, p, NULL, row(&m, p, 0, "30000.00,paid,OTHER,2018-11-19,"), &out), 422);
    assert_true(says(out, "another result already"));
    world_end(&m.w);
}

static void only_failed_lines_are_retried_and_each_once(void **state)
{
    (void)state;
    month m;
    three_paid(&m);
    view *p = order(&m, 0), *out;
    char path[64];
    snprintf(path, sizeof path, "/payments/%lld/retries", (long long)month_int(p, "id"));
    out = world_do(&m.w, 409, "finance2", POST, path, "{}");
    assert_true(says(out, "No failed line"));
    const char *file = both(&m, row(&m, p, 0, "30000.00,paid,B0,2018-11-19,"), row(&m, p, 1, "30000.00,failed,,2018-11-19,账号不存在"));
    assert_int_equal(send(&m, p, NULL, both(&m, file, row(&m, p, 2, "30000.00,paid,B2,2018-11-19,")), &out), 200);
    out = world_do(&m.w, 403, "finance1", POST, path, "{}"); /* reviewed them */
    assert_true(says(out, "reviewed"));
    world_do(&m.w, 201, "finance2", POST, path, "{}");
    world_do(&m.w, 409, "finance2", POST, path, "{}");
    view *second = order(&m, 0);
    assert_int_equal(month_int(second, "count"), 1);
    assert_int_equal(month_int(second, "total_fen"), 3000000);
    assert_int_equal(month_int(second, "former"), month_int(p, "id"));

    view *sums = world_do(&m.w, 200, "auditor1", GET, "/reconciliation?month=2018-11", NULL);
    assert_int_equal(month_int(sums, "ordered_fen"), 9000000);
    assert_int_equal(month_int(sums, "difference_fen"), 3000000);
    assert_int_equal(month_int(sums, "ledger_difference_fen"), 0);
    world_day(&m.w, "2018-12-03");
    out = world_do(&m.w, 409, "finance2", POST, "/reconciliation", "{\"month\":%d}", 2018 * 12 + 10);
    assert_true(says(out, "not confirmed by the bank"));
    assert_int_equal(send(&m, second, NULL, row(&m, second, 0, "30000.00,paid,B9,2018-11-30,"), &out), 200);
    sums = world_do(&m.w, 200, "auditor1", GET, "/reconciliation?month=2018-11", NULL);
    assert_int_equal(month_int(sums, "difference_fen"), 0);
    world_do(&m.w, 200, "finance2", POST, "/reconciliation", "{\"month\":%d}", 2018 * 12 + 10);
    world_end(&m.w);
}

static void a_payee_without_a_usable_account_stops_the_order(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency3", "enterprise2");
    month_to_letter(&m);
    month_batch(&m, "bureau3", "letter_send", "");
    month_batch(&m, "finance1", "finance_pass", "");
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    view *out = world_do(&m.w, 409, "finance2", POST, path, "{\"choice\":\"pay_done\"}");
    assert_true(says(out, "示例丙专利代理有限公司"));
    out = world_do(&m.w, 403, "finance1", POST, path, "{\"choice\":\"pay_done\"}");
    view *all = world_do(&m.w, 200, "finance2", GET, "/payments", NULL);
    assert_int_equal(view_get(all, S("items"))->n, 0);
    world_end(&m.w);
}

/* The same number under two agencies: neither is paid while it waits, and finance allows it with a note for both or not at all. */
static void a_number_under_two_organisations_stops_the_order_until_it_is_cleared(void **state)
{
    (void)state;
    month m;
    char path[64], verdict[64];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    month_to_letter(&m);
    month_batch(&m, "bureau3", "letter_send", "");
    month_batch(&m, "finance1", "finance_pass", "");
    world_do(&m.w, 200, "agency1", POST, "/organisation/bank-account", "{\"bank\":\"示例银行\",\"holder\":\"agency1\",\"number\":\"6200000000000002\",\"proof\":%lld}",
             (long long)world_file(&m.w, "agency1", "permit"));
    bool told = false;
    for (const view *t = view_get(world_do(&m.w, 200, "agency1b", GET, "/messages", NULL), S("items"))->first; t; t = t->next)
        told |= str_find(view_get_text(t, S("text")), S("•••• 0002")) >= 0;
    assert_true(told); /* the colleagues of who changed it */
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    assert_true(says(world_do(&m.w, 409, "finance2", POST, path, "{\"choice\":\"pay_done\"}"), "the same bank account"));
    view *all = world_do(&m.w, 200, "finance3", GET, "/bank-accounts", NULL);
    snprintf(verdict, sizeof verdict, "/bank-accounts/%lld", (long long)month_int(month_item(all, "items", 0), "id"));
    world_do(&m.w, 422, "finance3", POST, verdict, "{\"verdict\":\"accept\"}");
    world_do(&m.w, 200, "finance3", POST, verdict, "{\"verdict\":\"accept\",\"note\":\"both are paid through their common parent; letter of 5 November seen\"}");
    assert_true(says(world_do(&m.w, 409, "finance2", POST, path, "{\"choice\":\"pay_done\"}"), "may be used from")); /* the changed account cools down */
    world_day(&m.w, "2018-11-22"); /* the third working day after the change */
    month_batch(&m, "finance2", "pay_done", "");
    world_end(&m.w);
}

/* ---- the enterprise's reward -------------------------------------------------------------------------------------------- */

static void a_reward_waits_for_the_bank_and_is_then_noticed_and_paid(void **state)
{
    (void)state;
    month m;
    three_paid(&m);
    view *p = order(&m, 0), *out;
    view *all = world_do(&m.w, 200, "bureau1", GET, "/rewards", NULL);
    const view *waiting = view_get(all, S("waiting"));
    assert_int_equal(month_int(waiting, "count"), 3);
    assert_int_equal(month_int(waiting, "ready"), 0);
    assert_int_equal(month_int(waiting, "total_fen"), 3000000);
    out = world_do(&m.w, 409, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"publish\"}");
    assert_true(says(out, "has not confirmed"));
    const char *file = both(&m, row(&m, p, 0, "30000.00,paid,B0,2018-11-19,"), row(&m, p, 1, "30000.00,paid,B1,2018-11-19,"));
    assert_int_equal(send(&m, p, NULL, file, &out), 200);
    out = world_do(&m.w, 409, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"publish\",\"version\":2}");
    assert_true(says(out, "has changed meanwhile"));
    world_do(&m.w, 200, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"publish\",\"version\":3}");
    all = world_do(&m.w, 200, "bureau1", GET, "/rewards", NULL);
    assert_int_equal(month_int(view_get(all, S("waiting")), "count"), 1);

    world_day(&m.w, "2018-11-29"); /* seven working days after 19 November */
    all = world_do(&m.w, 200, "finance2", GET, "/rewards", NULL);
    assert_int_equal(month_int(view_get(all, S("waiting")), "count"), 2);
    world_do(&m.w, 403, "bureau1", POST, "/rewards/moves", "{\"step\":\"pay\",\"choice\":\"pay_done\"}");
    world_do(&m.w, 200, "finance2", POST, "/rewards/moves", "{\"step\":\"pay\",\"choice\":\"pay_done\"}");
    view *second = order(&m, 0);
    assert_true(month_text_is(second, "kind", "reward"));
    assert_int_equal(month_int(second, "total_fen"), 2000000);

    ctx *c = world_as(&m.w, "auditor1");
    budget_line l;
    assert_int_equal(budget_of(c, m.policy, 2018, &l).kind, OK);
    assert_int_equal(l.paid_fen, 9000000 + 2000000);
    assert_int_equal(l.committed_fen, 1000000);
    world_end(&m.w);
}

static void a_reward_taken_out_gives_its_money_back(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_to_paid(&m);
    view *p = order(&m, 0), *out;
    assert_int_equal(send(&m, p, NULL, row(&m, p, 0, "30000.00,paid,B0,2018-11-19,"), &out), 200);
    out = world_do(&m.w, 422, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"refuse\"}");
    assert_true(says(out, "reason"));
    world_do(&m.w, 200, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"refuse\",\"note\":\"企业已迁出\"}");
    ctx *c = world_as(&m.w, "auditor1");
    budget_line l;
    assert_int_equal(budget_of(c, m.policy, 2018, &l).kind, OK);
    assert_int_equal(l.paid_fen, 3000000);
    assert_int_equal(l.committed_fen, 0);
    assert_int_equal(l.reserved_fen, 1000000); /* back in the agreement's hold */
    world_end(&m.w);
}

static void a_reward_refused_after_the_agreement_ended_leaves_nothing_reserved(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_to_paid(&m);
    view *all = world_do(&m.w, 200, "agency1", GET, "/agreements", NULL);
    const view *pair = month_item(all, "items", 0);
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld", (long long)month_int(pair, "id"));
    view *one = world_do(&m.w, 200, "bureau1", GET, path, NULL);
    const view *found = view_get(one, S("version")) ? one : view_get(one, S("agreement"));
    char body[128];
    snprintf(body, sizeof body, "{\"choice\":\"terminate\",\"note\":\"双方协商终止\",\"version\":%lld}", (long long)month_int(found, "version"));
    snprintf(path, sizeof path, "/agreements/%lld/moves", (long long)month_int(pair, "id"));
    world_do(&m.w, 200, "agency1", POST, path, "%s", body);
    world_do(&m.w, 200, "bureau1", POST, "/rewards/moves", "{\"step\":\"list\",\"choice\":\"refuse\",\"note\":\"企业已迁出\"}");
    ctx *c = world_as(&m.w, "auditor1");
    budget_line l;
    assert_int_equal(budget_of(c, m.policy, 2018, &l).kind, OK);
    assert_int_equal(l.paid_fen, 3000000);
    assert_int_equal(l.committed_fen, 0);
    assert_int_equal(l.reserved_fen, 0);
    world_end(&m.w);
}

static void a_reward_is_seen_by_its_enterprise_only(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_to_paid(&m);
    view *all = world_do(&m.w, 200, "enterprise1", GET, "/rewards", NULL);
    char path[64];
    snprintf(path, sizeof path, "/rewards/%lld", (long long)month_int(month_item(all, "items", 0), "id"));
    world_do(&m.w, 200, "enterprise1", GET, path, NULL);
    world_do(&m.w, 404, "enterprise2", GET, path, NULL);
    world_do(&m.w, 403, "agency1", GET, path, NULL);
    all = world_do(&m.w, 200, "enterprise2", GET, "/rewards", NULL);
    assert_int_equal(view_get(all, S("items"))->n, 0);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_holds_what_the_order_says),
        cmocka_unit_test(a_faulty_result_file_changes_nothing),
        cmocka_unit_test(the_same_results_twice_change_nothing),
        cmocka_unit_test(only_failed_lines_are_retried_and_each_once),
        cmocka_unit_test(a_payee_without_a_usable_account_stops_the_order),
        cmocka_unit_test(a_number_under_two_organisations_stops_the_order_until_it_is_cleared),
        cmocka_unit_test(a_reward_waits_for_the_bank_and_is_then_noticed_and_paid),
        cmocka_unit_test(a_reward_taken_out_gives_its_money_back),
        cmocka_unit_test(a_reward_refused_after_the_agreement_ended_leaves_nothing_reserved),
        cmocka_unit_test(a_reward_is_seen_by_its_enterprise_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
