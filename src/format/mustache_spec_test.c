/* SPDX-License-Identifier: Apache-2.0 */
/* mustache_spec_test.c: the core tests of the Mustache specification, read from the shared data. */
#include "format/test.h"

#include "format/json.h"
#include "format/mustache.h"

typedef struct { arena *a; const view *partials; } stock;

static const template *partial(void *what, str name)
{
    const stock *s = what;
    const view *v = view_get(s->partials, name);
    template *t = NULL;
    if (v) assert_ok(template_compile(s->a, name, v->s, &t));
    return t;
}

static void run_one(arena *a, const view *test)
{
    stock s = {a, view_get(test, S("partials"))};
    template_env env = {.partial = partial, .what = &s, .lang = LANG_EN};
    template *t = NULL;
    str name = view_get_text(test, S("name"));
    assert_ok(template_compile(a, name, view_get_text(test, S("template")), &t));
    buf b = buf_new(a, 0);
    template_render(t, view_get(test, S("data")), &env, &b);
    str want = view_get_text(test, S("expected"));
    if (!str_eq(buf_str(&b), want))
        fail_msg(SF "\ngot:  " SF "\nwant: " SF, SA(name), SA(buf_str(&b)), SA(want));
}

static void the_core_of_the_specification_holds(void **state)
{
    static const struct { const char *file; int tests; } files[] = {
        {"comments", 12}, {"delimiters", 14}, {"interpolation", 42},
        {"inverted", 22}, {"partials", 12}, {"sections", 34},
    };
    int run = 0;
    for (int i = 0; i < countof(files); i++) {
        str bytes;
        const char *path = str_z(*state, str_fmt(*state, "mustache-spec/specs/%s.json", files[i].file));
        if (!shared_file(*state, path, &bytes)) skip();
        view *spec = NULL;
        assert_ok(json_read_with(*state, bytes, JSON_DECIMALS_AS_TEXT, &spec));
        const view *tests = view_get(spec, S("tests"));
        assert_non_null(tests);
        assert_int_equal(tests->n, files[i].tests);
        for (const view *t = tests->first; t; t = t->next, run++) run_one(*state, t);
    }
    assert_int_equal(run, 136);
}

int main(void)
{
    const struct CMUnitTest tests[] = {TEST(the_core_of_the_specification_holds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
