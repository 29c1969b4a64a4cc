/* SPDX-License-Identifier: Apache-2.0 */
/* phrase_test.c: phrases are an office's own, put into the note and still to be edited. */
#include "month.h"

static void a_phrase_is_its_office_s_and_is_put_into_the_note(void **state)
{
    (void)state;
    month m;
    char path[96];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    view *made = world_do(&m.w, 201, "alliance1", POST, "/phrases", "{\"text\":\"请补盖公章后重新上传。\"}");
    int64_t id = month_int(month_item(made, "items", 0), "id");
    world_do(&m.w, 409, "alliance2", POST, "/phrases", "{\"text\":\"请补盖公章后重新上传。\"}"); /* the same office has it */
    snprintf(path, sizeof path, "/applications/%lld?phrase=%lld", (long long)m.application[0], (long long)id);
    assert_true(month_text_is(world_do(&m.w, 200, "alliance2", GET, path, NULL), "note", "请补盖公章后重新上传。"));
    assert_int_equal(view_get_text(world_do(&m.w, 200, "bureau1", GET, path, NULL), S("note")).n, 0);
    snprintf(path, sizeof path, "/phrases/%lld/drop", (long long)id);
    world_do(&m.w, 404, "bureau1", POST, path, "{}");
    world_do(&m.w, 200, "alliance2", POST, path, "{}");
    assert_int_equal(view_get(world_do(&m.w, 200, "alliance1", GET, "/phrases", NULL), S("items"))->n, 0);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_phrase_is_its_office_s_and_is_put_into_the_note)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
