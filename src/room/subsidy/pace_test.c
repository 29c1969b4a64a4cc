/* SPDX-License-Identifier: Apache-2.0 */
/* pace_test.c: how long each step takes is kept by the moves themselves, without the applicant's time and without outliers. */
#include "month.h"
#include "gen/room/subsidy/pace_sql.h"
#include "room/subsidy/subsidy.h"

static month m;
static int begin(void **state) { (void)state; return month_begin(&m), 0; }
static int end(void **state) { (void)state; return world_end(&m.w), 0; }

static void must(err e) { assert_int_equal(e.kind, OK); }

static const view *pace_at(const char *node)
{
    const flow *f;
    ctx *c = world_as(&m.w, "auditor1");
    view *v = view_map(c->a);
    must(flow_current(c, S("subsidy"), &f));
    must(subsidy_show_pace(c, f, str_of(node), v));
    return view_get(v, S("batch_pace"))->first;
}

static void is(const char *node, int batches, int n, int left_out, int p50, int p90)
{
    const view *p = pace_at(node);
    assert_int_equal(month_int(p, "batches"), batches);
    assert_int_equal(month_int(p, "n"), n);
    assert_int_equal(month_int(p, "left_out"), left_out);
    assert_int_equal(month_int(p, "p50"), p50);
    assert_int_equal(month_int(p, "p90"), p90);
}

static void a_move_keeps_how_long_its_cases_waited(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1");
    world_day(&m.w, "2018-11-07");
    month_add(&m, "agency2", "enterprise2");
    is("compliance", 1, 2, 0, 0, 0);
    month_batch(&m, "alliance2", "report_submit", ""); /* one waited two working days for it, one none */
    is("report", 1, 2, 0, 0, 2);
    assert_null(pace_at("prepare")); /* the applicant's own time */
    view *v = world_do(&m.w, 200, "agency1", GET, "/progress?number=S2018-11-0001", NULL);
    assert_true(month_text_is(month_item(v, "batch_pace", 0), "id", "bureau_review"));
}

typedef struct kept { int64_t month, days, cases; } kept;
SHAPE(kept, FIELD(kept, month, F_INT), FIELD(kept, days, F_INT), FIELD(kept, cases, F_INT));
static err keep(ctx *c, void *in)
{
    const kept *k = in;
    return store_run(c, &pace_put, NULL, ARGS(S("pay"), k->month, k->days, k->cases));
}
static const action keep_act = {"keep", &kept_shape, keep, ACT_SILENT};

static void the_last_six_batches_count_and_outliers_do_not(void **state)
{
    (void)state;
    static const kept all[] = {{1, 90, 50}, {2, 2, 5}, {3, 2, 5}, {4, 3, 5}, {5, 4, 3}, {6, 10, 1}, {7, 11, 1}, {7, 40, 2}};
    for (int i = 0; i < countof(all); i++) must(store_act(world_as(&m.w, NULL), &keep_act, &(kept){all[i].month, all[i].days, all[i].cases}));
    is("pay", 6, 20, 2, 2, 4); /* 22 cases: median 3, so beyond 15 days is out; of the 20 left half took 2 at most */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_move_keeps_how_long_its_cases_waited, begin, end),
        cmocka_unit_test_setup_teardown(the_last_six_batches_count_and_outliers_do_not, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
