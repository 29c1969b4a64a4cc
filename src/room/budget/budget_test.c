/* SPDX-License-Identifier: Apache-2.0 */
/* budget_test.c: a hundred ask at once for the last ten places: ten get one, the others are told which line is full. */
#include <pthread.h>
#include <stdatomic.h>

#include "month.h"
#include "room/account/account.h"
#include "room/budget/budget.h"

enum { ASKING = 100, PLACES = 10, THREADS = 16 };

typedef struct race {
    month m;
    int64_t agreement[ASKING];
    atomic_int next, filed, full, other;
} race;

/* Drafted and signed by both: each waits for the bureau to file it, which reserves 40,000 yuan. */
static void queue_up(race *r)
{
    month_begin(&r->m);
    world *w = &r->m.w;
    int64_t of = world_org(w, "enterprise1"), file = world_file(w, "agency1", "contract");
    for (int i = 0; i < ASKING; i++) {
        view *v = world_do(w, 201, "agency1", POST, "/agreements",
                           "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"subject %d\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                           "\"pay_year\":2018,\"contract\":%lld}",
                           (long long)of, (long long)r->m.service, i, (long long)file);
        r->agreement[i] = month_made(v);
        month_move(&r->m, "agency1", "agreements", r->agreement[i], "submit", "");
        month_move(&r->m, "enterprise1", "agreements", r->agreement[i], "sign", "");
        month_move(&r->m, "agency1", "agreements", r->agreement[i], "sign_agency", "");
    }
    world_do(w, 201, "finance1", POST, "/budgets", "{\"policy\":%lld,\"year\":2018,\"total_fen\":%lld}", (long long)r->m.policy, (long long)PLACES * 4000000);
}

static bool names_the_line(const view *answer)
{
    str why = answer ? view_get_text(answer, S("detail")) : (str){0};
    return str_find(why, S("2018")) >= 0 && str_find(why, S("示例实施意见")) >= 0;
}

static void *file_some(void *of)
{
    race *r = of;
    errand e;
    if (errand_begin(&r->m.w.h, &e).kind) return NULL;
    e.c.lang = LANG_EN;
    e.c.now = r->m.w.now;
    e.c.today = house_today();
    for (int i; (i = atomic_fetch_add(&r->next, 1)) < ASKING;) {
        view *body = view_map(e.c.a), *out = NULL;
        e.c.who = (actor){0};
        e.c.errors = NULL;
        if (account_as(&e.c, S("bureau3"), (str){0}).kind) break;
        view_text(body, S("choice"), S("file"));
        int status = web_call(&e.c, &r->m.w.web, POST, str_fmt(e.c.a, "/agreements/%lld/moves", (long long)r->agreement[i]), body, &out);
        if (status == 200) atomic_fetch_add(&r->filed, 1);
        else if (status == 409 && names_the_line(out)) atomic_fetch_add(&r->full, 1);
        else atomic_fetch_add(&r->other, 1);
    }
    errand_end(&e);
    return NULL;
}

static void a_hundred_filings_for_the_last_ten_places_give_exactly_ten(void **state)
{
    (void)state;
    static race r;
    queue_up(&r);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_create(&threads[i], NULL, file_some, &r), 0);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    assert_int_equal(r.filed, PLACES);
    assert_int_equal(r.full, ASKING - PLACES);
    assert_int_equal(r.other, 0);
    const view *line = month_item(world_do(&r.m.w, 200, "finance1", GET, "/budgets", NULL), "items", 0);
    assert_int_equal(view_get(line, S("reserved_fen"))->i, (int64_t)PLACES * 4000000);
    assert_int_equal(view_get(line, S("available_fen"))->i, 0);
    world_end(&r.m.w); /* proves the ledger: entries add up to the line */
}

static void what_a_terminated_agreement_held_is_free_again(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    const view *line = month_item(world_do(&m.w, 200, "finance1", GET, "/budgets", NULL), "items", 0);
    int64_t held = view_get(line, S("reserved_fen"))->i;
    assert_int_equal(held, 4000000);
    month_move(&m, "alliance2", "batches", m.batch, "report_submit", "");
    month_move(&m, "bureau1", "batches", m.batch, "bureau_supplement", "the certificate is another's");
    month_move(&m, "agency1", "applications", m.application[0], "withdraw", "");
    view *all = world_do(&m.w, 200, "agency1", GET, "/agreements", NULL);
    month_move(&m, "agency1", "agreements", month_int(month_item(all, "items", 0), "id"), "terminate", "no outcome");
    line = month_item(world_do(&m.w, 200, "finance1", GET, "/budgets", NULL), "items", 0);
    assert_int_equal(view_get(line, S("reserved_fen"))->i, 0);
    world_end(&m.w);
}

static int64_t reserved(month *m)
{
    return view_get(month_item(world_do(&m->w, 200, "finance1", GET, "/budgets", NULL), "items", 0), S("reserved_fen"))->i;
}

/* An agreement whose only application was withdrawn: nothing is applied for on it. */
static int64_t unclaimed(month *m)
{
    month_begin(m);
    month_add(m, "agency1", "enterprise1");
    month_move(m, "alliance2", "batches", m->batch, "report_submit", "");
    month_move(m, "bureau1", "batches", m->batch, "bureau_supplement", "the certificate is another's");
    month_move(m, "agency1", "applications", m->application[0], "withdraw", "");
    assert_int_equal(reserved(m), 4000000);
    return month_int(month_item(world_do(&m->w, 200, "agency1", GET, "/agreements", NULL), "items", 0), "id");
}

static void what_a_finished_agreement_did_not_claim_is_free_the_next_day(void **state)
{
    (void)state;
    month m;
    int64_t id = unclaimed(&m);
    month_move(&m, "agency1", "agreements", id, "finish", "");
    assert_int_equal(reserved(&m), 4000000);
    world_day(&m.w, "2018-11-06");
    assert_int_equal(reserved(&m), 0);
    world_end(&m.w);
}

static void what_nobody_claimed_in_time_expires(void **state)
{
    (void)state;
    month m;
    unclaimed(&m);
    world_day(&m.w, "2019-12-31"); /* the term ended on 2018-12-31; the policy's window is 365 days */
    assert_int_equal(reserved(&m), 4000000);
    world_day(&m.w, "2020-01-01");
    assert_int_equal(reserved(&m), 0);
    world_end(&m.w);
}

/* A limit of a service and month, in the transaction that would exceed it: the refusal names line, service and month. */
static void a_limit_of_a_service_and_month_is_kept(void **state)
{
    (void)state;
    month m;
    char path[64];
    month_begin(&m);
    const view *line = month_item(world_do(&m.w, 200, "finance1", GET, "/budgets", NULL), "items", 0);
    snprintf(path, sizeof path, "/budgets/%lld/limits", (long long)month_int(line, "id"));
    world_do(&m.w, 422, "finance1", POST, path, "{\"item\":%lld,\"month\":\"2018-1\",\"limit_fen\":1,\"mode\":\"stop\"}", (long long)m.service);
    world_do(&m.w, 200, "finance1", POST, path, "{\"item\":%lld,\"month\":\"2018-11\",\"limit_fen\":7000000,\"mode\":\"stop\"}", (long long)m.service);
    world_do(&m.w, 200, "finance1", POST, path, "{\"limit_fen\":3000000,\"mode\":\"warn\"}");
    month_add(&m, "agency1", "enterprise1"); /* 40,000 of 70,000 */
    view *told = world_do(&m.w, 200, "bureau1", GET, "/messages", NULL);
    assert_true(str_find(view_get_text(month_item(told, "items", 0), S("text")), S("30")) >= 0 || str_find(view_get_text(month_item(told, "items", 0), S("text")), S("40,000")) >= 0);
    int64_t file = world_file(&m.w, "agency1", "contract");
    int64_t second = month_made(world_do(&m.w, 201, "agency1", POST, "/agreements",
                                         "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"another\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                         "\"pay_year\":2018,\"contract\":%lld}", (long long)world_org(&m.w, "enterprise2"), (long long)m.service, (long long)file));
    month_move(&m, "agency1", "agreements", second, "submit", "");
    month_move(&m, "enterprise2", "agreements", second, "sign", "");
    month_move(&m, "agency1", "agreements", second, "sign_agency", "");
    char moves[64];
    snprintf(moves, sizeof moves, "/agreements/%lld/moves", (long long)second);
    str why = view_get_text(world_do(&m.w, 409, "bureau3", POST, moves, "{\"choice\":\"file\"}"), S("detail"));
    static const char *const named[] = {"示例实施意见", "2018", "标准制定", "November", "30,000"};
    for (int i = 0; i < countof(named); i++) assert_true(str_find(why, str_of(named[i])) >= 0);
    world_day(&m.w, "2018-12-03");
    month_move(&m, "bureau3", "agreements", second, "file", ""); /* December has a limit of its own: none */
    view *months = world_do(&m.w, 200, "finance1", GET, "/budgets/months?month=2018-11", NULL);
    assert_int_equal(view_get(months, S("items"))->n, 1);
    assert_int_equal(view_get(month_item(months, "items", 0), S("bound_fen"))->i, 4000000);
    assert_true(month_text_is(month_item(months, "items", 0), "item_name", "标准制定"));
    world_end(&m.w); /* proves that the months add up to the line */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_filings_for_the_last_ten_places_give_exactly_ten),
        cmocka_unit_test(a_limit_of_a_service_and_month_is_kept),
        cmocka_unit_test(what_a_terminated_agreement_held_is_free_again),
        cmocka_unit_test(what_a_finished_agreement_did_not_claim_is_free_the_next_day),
        cmocka_unit_test(what_nobody_claimed_in_time_expires),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
