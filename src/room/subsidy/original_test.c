/* SPDX-License-Identifier: Apache-2.0 */
/* original_test.c: a file seen against its original is marked once, by a reviewer, and another file is another mark. */
#include "month.h"

static void a_file_is_marked_once_by_a_reviewer(void **state)
{
    (void)state;
    month m;
    char path[64], mark[80];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    snprintf(path, sizeof path, "/applications/%lld", (long long)m.application[0]);
    snprintf(mark, sizeof mark, "%s/originals", path);
    int64_t file = month_int(month_item(world_do(&m.w, 200, "bureau1", GET, path, NULL), "files", 0), "id");
    world_do(&m.w, 403, "agency1", POST, mark, "{\"document\":%lld}", (long long)file);
    world_do(&m.w, 404, "bureau1", POST, mark, "{\"document\":%lld}", (long long)world_file(&m.w, "bureau1", "another"));
    world_do(&m.w, 200, "bureau1", POST, mark, "{\"document\":%lld}", (long long)file);
    world_do(&m.w, 409, "finance1", POST, mark, "{\"document\":%lld}", (long long)file);
    const view *seen = month_item(world_do(&m.w, 200, "agency1", GET, path, NULL), "files", 0);
    assert_int_equal(view_get(seen, S("seen_day"))->i, m.w.at.c.today);
    assert_true(view_get_text(seen, S("seen_by")).n > 0);
    const view *other = month_item(world_do(&m.w, 200, "finance1", GET, path, NULL), "files", 2); /* the contract stands there twice, as the agreement's and as its own */
    assert_null(view_get(other, S("seen_day")));
    assert_true(view_get(other, S("may_see"))->i);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_file_is_marked_once_by_a_reviewer)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
