/* SPDX-License-Identifier: Apache-2.0 */
/* batch_test.c: a month of eight hundred: decided as one, some sent back alone, every paper's count and total to the fen. */
#define MONTH_MOST 800
#include "month.h"
#include "room/subsidy/subsidy.h"

enum { MANY = 800, BACK = 7 };

static int64_t paper_of(month *m, const char *kind, const char *what)
{
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld", (long long)m->batch);
    view *v = world_do(&m->w, 200, "auditor1", GET, path, NULL);
    for (const view *p = view_get(v, S("papers"))->first; p; p = p->next)
        if (str_eqz(view_get_text(p, S("kind")), kind)) return view_get(p, str_of(what))->i;
    return -1;
}

static int64_t resting(month *m, const char *node)
{
    int64_t n = 0;
    ctx *c = world_as(&m->w, "auditor1");
    for (int i = 0; i < m->n; i++) {
        application a;
        assert_int_equal(application_fetch(c, m->application[i], &a).kind, OK);
        n += str_eqz(a.node, node);
    }
    return n;
}

/* Every seventh hundredth goes back alone, each with a reason of its own. */
static const char *returns(month *m, int from, char *json, size_t bytes)
{
    int n = 0;
    for (int i = 0; i < BACK; i++)
        n += snprintf(json + n, bytes - (size_t)n, "%s{\"id\":%lld,\"note\":\"reason %d\"}", i ? "," : "", (long long)m->application[from + i * 100], i);
    return json;
}

static void eight_hundred_are_decided_as_one(void **state)
{
    (void)state;
    static month m;
    char path[64], json[2048];
    month_begin(&m);
    world_do(&m.w, 201, "finance1", POST, "/budgets", "{\"policy\":%lld,\"year\":2018,\"total_fen\":%lld}", (long long)m.policy, (long long)MANY * 4000000);
    for (int i = 0; i < MANY; i++) {
        month_add(&m, i % 2 ? "agency1" : "agency2", i % 3 ? "enterprise1" : "enterprise2");
        world_forget(&m.w);
    }
    month_batch(&m, "alliance2", "report_submit", "");
    assert_int_equal(paper_of(&m, "report", "count"), MANY);
    assert_int_equal(paper_of(&m, "report", "total_fen"), (int64_t)MANY * 3000000);
    assert_int_equal(resting(&m, "bureau_review"), MANY);

    /* one without a reason stops the whole decision: nothing has moved */
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    world_do(&m.w, 422, "bureau1", POST, path, "{\"choice\":\"bureau_pass\",\"return\":[{\"id\":%lld,\"note\":\"\"}]}", (long long)m.application[0]);
    assert_int_equal(resting(&m, "bureau_review"), MANY);

    world_do(&m.w, 200, "bureau1", POST, path, "{\"choice\":\"bureau_pass\",\"return\":[%s],%s}", returns(&m, 3, json, sizeof json), month_clear(&m, "bureau1"));
    assert_int_equal(resting(&m, "prepare"), BACK);
    assert_int_equal(resting(&m, "request"), MANY - BACK);
    month_batch(&m, "bureau2", "request_submit", "");
    assert_int_equal(paper_of(&m, "request", "count"), MANY - BACK);
    assert_int_equal(paper_of(&m, "request", "total_fen"), (int64_t)(MANY - BACK) * 3000000);
    world_do(&m.w, 200, "committee1", POST, path, "{\"choice\":\"approved\",\"return\":[%s],%s}", returns(&m, 5, json, sizeof json), month_clear(&m, "committee1"));
    assert_int_equal(resting(&m, "notice"), MANY - 2 * BACK);
    world_day(&m.w, "2018-11-19");
    assert_int_equal(resting(&m, "letter"), MANY - 2 * BACK);
    month_batch(&m, "bureau3", "letter_send", "");
    assert_int_equal(paper_of(&m, "letter", "count"), MANY - 2 * BACK);
    assert_int_equal(paper_of(&m, "letter", "total_fen"), (int64_t)(MANY - 2 * BACK) * 3000000);
    world_end(&m.w); /* proves chain and ledger */
}

/* Two new payees: each is named until it has a note; what is sent back needs none; a note holds for the later steps. */
static void an_alert_without_a_note_stops_the_batch(void **state)
{
    (void)state;
    static month m;
    char path[64];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise1");
    month_batch(&m, "alliance2", "report_submit", "");
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    view *v = world_do(&m.w, 422, "bureau1", POST, path, "{\"choice\":\"bureau_pass\"}");
    assert_true(str_starts(view_get_text(month_item(v, "errors", 1), S("field")), S("why_new_payee-")));
    assert_true(str_find(view_get_text(month_item(v, "errors", 1), S("reason")), S("Paid for the first time")) >= 0);
    world_do(&m.w, 422, "bureau1", POST, path, "{\"choice\":\"bureau_pass\",\"clear\":[{\"alert\":\"new_payee-%lld\",\"why\":\"\"}]}", (long long)world_org(&m.w, "agency1"));
    world_do(&m.w, 200, "bureau1", POST, path, "{\"choice\":\"bureau_pass\",\"clear\":[{\"alert\":\"new_payee-%lld\",\"why\":\"account seen\"}],\"return\":[{\"id\":%lld,\"note\":\"the seal is missing\"}]}",
             (long long)world_org(&m.w, "agency1"), (long long)m.application[1]);
    month_move(&m, "bureau2", "batches", m.batch, "request_submit", "");
    month_move(&m, "committee1", "batches", m.batch, "approved", "");
    snprintf(path, sizeof path, "/batches/%lld", (long long)m.batch);
    v = world_do(&m.w, 200, "auditor1", GET, path, NULL);
    assert_true(month_text_is(month_item(v, "clearings", 0), "note", "account seen"));
    assert_int_equal(view_get(v, S("clearings"))->n, 1);
    world_end(&m.w);
}

/* What comes back rides the next open batch. */
static void one_sent_back_rides_the_next_month(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    for (int i = 0; i < 3; i++) month_add(&m, "agency1", "enterprise1");
    month_batch(&m, "alliance2", "report_submit", "");
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    world_do(&m.w, 200, "bureau1", POST, path, "{\"choice\":\"bureau_pass\",\"return\":[{\"id\":%lld,\"note\":\"the seal is missing\"}],%s}", (long long)m.application[1], month_clear(&m, "bureau1"));
    world_day(&m.w, "2018-12-03");
    snprintf(path, sizeof path, "/applications/%lld", (long long)m.application[1]);
    view *v = world_do(&m.w, 200, "agency1", GET, path, NULL);
    char answer[64];
    snprintf(answer, sizeof answer, "/deficiencies/%lld/answer", (long long)month_int(month_item(v, "deficiencies", 0), "id"));
    char moves[80];
    snprintf(moves, sizeof moves, "%s/moves", path);
    world_do(&m.w, 409, "agency1", POST, moves, "{\"choice\":\"submit\"}"); /* not answered yet */
    world_do(&m.w, 200, "agency1", POST, answer, "{\"answer\":\"sealed\"}");
    month_move(&m, "agency1", "applications", m.application[1], "submit", "");
    month_move(&m, "alliance1", "applications", m.application[1], "pass", "");
    v = world_do(&m.w, 200, "auditor1", GET, path, NULL);
    assert_true(month_text_is(v, "month", "2018-12"));
    assert_true(month_int(v, "batch") != m.batch);
    world_end(&m.w);
}

static int64_t alerts(month *m, const char *kind)
{
    char path[64];
    int64_t n = 0;
    snprintf(path, sizeof path, "/batches/%lld", (long long)m->batch);
    for (const view *a = view_get(world_do(&m->w, 200, "auditor1", GET, path, NULL), S("alerts"))->first; a; a = a->next) n += str_eqz(view_get_text(a, S("kind")), kind);
    return n;
}

/* Whoever signs a month off sees what is unlike the month before. */
static void what_is_unlike_last_month_is_pointed_out(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    assert_int_equal(alerts(&m, "new_payee"), 2);
    assert_int_equal(alerts(&m, "amount"), 0); /* there was no month before */
    month_to_paid(&m);
    world_day(&m.w, "2018-12-03");
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency1", "enterprise2");
    month_add(&m, "agency2", "enterprise2");
    assert_int_equal(alerts(&m, "new_payee"), 0);
    assert_int_equal(alerts(&m, "amount"), 1); /* twice as much as in November */
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_alert_without_a_note_stops_the_batch),
        cmocka_unit_test(one_sent_back_rides_the_next_month),
        cmocka_unit_test(what_is_unlike_last_month_is_pointed_out),
        cmocka_unit_test(eight_hundred_are_decided_as_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
