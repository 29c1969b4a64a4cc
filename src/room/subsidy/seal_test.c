/* SPDX-License-Identifier: Apache-2.0 */
/* seal_test.c: the next step waits for the sealed copy where the zone wants it, and only there. */
#include "month.h"

static void a_step_waits_for_the_sealed_copy_that_the_zone_wants(void **state)
{
    (void)state;
    month m;
    char path[64], seal[80], moves[64];
    month_begin(&m);
    world_do(&m.w, 200, "admin1", POST, "/settings/seal_report", "{\"value\":\"1\"}");
    month_add(&m, "agency1", "enterprise1");
    month_batch(&m, "alliance2", "report_submit", "");
    const view *report = month_item(world_do(&m.w, 200, "bureau1", GET, "/papers", NULL), "items", 0);
    snprintf(path, sizeof path, "/papers/%lld", (long long)month_int(report, "id"));
    snprintf(seal, sizeof seal, "%s/seal", path);
    snprintf(moves, sizeof moves, "/batches/%lld/moves", (long long)m.batch);
    str why = view_get_text(world_do(&m.w, 409, "bureau1", POST, moves, "{\"choice\":\"bureau_pass\",%s}", month_clear(&m, "bureau1")), S("detail"));
    assert_true(str_find(why, view_get_text(report, S("number"))) >= 0);
    world_do(&m.w, 403, "bureau1", POST, seal, "{\"scan\":%lld}", (long long)world_file(&m.w, "bureau1", "scan")); /* not its own paper */
    int64_t scan = world_file(&m.w, "alliance1", "scan");
    world_do(&m.w, 200, "alliance1", POST, seal, "{\"scan\":%lld}", (long long)scan);
    world_do(&m.w, 409, "alliance1", POST, seal, "{\"scan\":%lld}", (long long)scan);
    view *v = world_do(&m.w, 200, "auditor1", GET, path, NULL);
    assert_int_equal(view_get(v, S("sealed"))->n, 1);
    assert_false(view_get(v, S("seal_wanted"))->i);
    month_batch(&m, "bureau1", "bureau_pass", "");
    month_batch(&m, "bureau2", "request_submit", "");
    month_batch(&m, "committee1", "approved", ""); /* the request need not be sealed */
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_step_waits_for_the_sealed_copy_that_the_zone_wants)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
