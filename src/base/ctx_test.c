/* SPDX-License-Identifier: Apache-2.0 */
/* ctx_test.c: errors and their sentences, wrong fields, roles, translation, embedded files. */
#include "base/base.h"
#include "base/embed.h"
#include "base/lang.h"

#include <setjmp.h>
#include <cmocka.h>

static arena a;
static int begin(void **state) { (void)state; arena_init(&a, 1 << 20, NULL, NULL); return 0; }
static int end(void **state) { (void)state; arena_done(&a); return 0; }

static void arguments_go_into_the_translated_sentence_once(void **state)
{
    (void)state;
    static const struct { const char *text, *want; } t[] = {
        {"none", "none"}, {"", ""}, {"{0}", "{1}"}, {"{1}、{0}。", "乙、{1}。"}, {"{0}{0}", "{1}{1}"},
        {"{2}", ""}, {"{3}", "{3}"}, {"{", "{"}, {"{0", "{0"}, {"{a}", "{a}"}, {"{{0}}", "{{1}}"},
        {"{-}", "{-}"},
    };
    err e = err_with(ERR_INPUT, "at", "x", S("{1}"), S("乙"), (str){0});
    for (int i = 0; i < countof(t); i++) {
        str got = err_text(&a, e, str_of(t[i].text));
        if (!str_eqz(got, t[i].want)) fail_msg("%s: " SF, t[i].text, SA(got));
    }
}

static err third(bool wrong) { return wrong ? err_of(ERR_DENIED, NULL, "no") : NO_ERR; }
static err through(bool wrong, bool *passed)
{
    TRY(third(wrong));
    *passed = true;
    return NO_ERR;
}

static void an_error_passes_on_and_stops_the_rest(void **state)
{
    (void)state;
    bool passed = false;
    err e = through(true, &passed);
    assert_int_equal(e.kind, ERR_DENIED);
    assert_string_equal(e.field, "");
    assert_false(passed);
    e = through(false, &passed);
    assert_int_equal(e.kind, OK);
    assert_true(passed);
}

static void every_wrong_field_is_noted_in_the_persons_language(void **state)
{
    (void)state;
    static const struct { lang l; const char *reason; } t[] = {
        {LANG_EN, "A whole number is expected here."}, {LANG_ZH, "此处应为整数。"},
    };
    for (int i = 0; i < countof(t); i++) {
        ctx c = {.a = &a, .lang = t[i].l};
        assert_int_equal(ctx_errors(&c).kind, OK);
        err e = err_of(ERR_INPUT, "own", N_("A whole number is expected here."));
        ctx_wrong(&c, "amount", e);
        ctx_wrong(&c, "", e);
        ctx_wrong(&c, NULL, e);
        err all = ctx_errors(&c);
        assert_int_equal(all.kind, ERR_INPUT);
        assert_string_equal(all.field, "amount");
        assert_string_equal(all.text, "Please correct the fields that are marked.");
        assert_int_equal(c.errors->n, 3);
        static const char *const fields[] = {"amount", "own", "own"};
        const view *v = c.errors->first;
        for (int k = 0; k < 3; k++, v = v->next) {
            assert_true(str_eqz(view_get_text(v, S("field")), fields[k]));
            assert_true(str_eqz(view_get_text(v, S("reason")), t[i].reason));
        }
    }
}

static void every_role_has_a_code_and_a_chinese_name(void **state)
{
    (void)state;
    for (int i = 0; i < ROLES; i++) {
        assert_int_equal(role_of(str_of(role_code[i])), i);
        if (str_eqz(tr(LANG_ZH, role_label[i]), role_label[i])) fail_msg("%s", role_label[i]);
        assert_true(str_eqz(tr(LANG_EN, role_label[i]), role_label[i]));
    }
    static const char *const none[] = {"", "Agency", "agenc", "agency1", "root"};
    for (int i = 0; i < countof(none); i++) assert_int_equal(role_of(str_of(none[i])), -1);
    assert_int_equal(role_of(S("alliance")), ROLE_ALLIANCE);
}

static void every_entry_of_the_catalogue_is_found(void **state)
{
    (void)state;
    assert_true(catalogue_zh_count > ROLES);
    for (int i = 0; i < catalogue_zh_count; i++) {
        const struct catalogue_entry *e = &catalogue_zh[i];
        if (i) assert_true(str_compare(e[-1].id, e->id) < 0);
        assert_true(str_eq(tr_str(LANG_ZH, e->id), e->text));
        assert_true(e->id.n && e->text.n);
        assert_true(str_is_text(e->text));
    }
}

static void an_unknown_id_comes_back_as_it_is(void **state)
{
    (void)state;
    static const char *const t[] = {"", "agency", "zzzz no such sentence", "Agency "};
    for (int i = 0; i < countof(t); i++)
        for (int l = 0; l < LANGS; l++) assert_true(str_eqz(tr((lang)l, t[i]), t[i]));
    assert_true(str_eq(tr_str(LANG_ZH, str_head(S("Agency office"), 6)), S("机构")));
    assert_true(str_eq(lang_code(LANG_ZH), S("zh-CN")));
    assert_true(str_eq(lang_code(LANG_EN), S("en")));
}

static void every_embedded_file_is_found_by_its_path(void **state)
{
    (void)state;
    for (int i = 0; i < embedded_count; i++) {
        const embedded *e = &embedded_files[i];
        if (i) assert_true(str_compare(e[-1].path, e->path) < 0);
        assert_ptr_equal(embed_find(e->path), e);
        assert_int_equal(e->bytes.p[e->bytes.n], 0); /* not counted, but there */
        assert_false(str_starts(e->path, S("src/")));
    }
    static const char *const none[] = {
        "", "src/room/zone/zone_schema.sql", "zzz", "room/zone/zone_schema.sq",
    };
    for (int i = 0; i < countof(none); i++) assert_null(embed_find(str_of(none[i])));
    const embedded *schema = embed_find(S("room/zone/zone_schema.sql"));
    assert_non_null(schema);
    assert_true(str_find(schema->bytes, S("CREATE TABLE zone")) >= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arguments_go_into_the_translated_sentence_once),
        cmocka_unit_test(an_error_passes_on_and_stops_the_rest),
        cmocka_unit_test(every_wrong_field_is_noted_in_the_persons_language),
        cmocka_unit_test(every_role_has_a_code_and_a_chinese_name),
        cmocka_unit_test(every_entry_of_the_catalogue_is_found),
        cmocka_unit_test(an_unknown_id_comes_back_as_it_is),
        cmocka_unit_test(every_embedded_file_is_found_by_its_path),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
