/* SPDX-License-Identifier: Apache-2.0 */
/* text_test.c: slices, numbers in them, UTF-8, and the growing text. */
#include "base/base.h"

#include <setjmp.h>
#include <cmocka.h>
#include <stdlib.h>

static arena a;
static int begin(void **state) { (void)state; arena_init(&a, 8 << 20, NULL, NULL); return 0; }
static int end(void **state) { (void)state; arena_done(&a); return 0; }

#define same(got, want) \
    do { str g_ = (got), w_ = (want); if (!str_eq(g_, w_)) \
        fail_msg("\"" SF "\" instead of \"" SF "\"", SA(g_), SA(w_)); } while (0)

static void slices_are_compared_by_their_bytes(void **state)
{
    (void)state;
    static const struct { const char *x, *y; int order; bool starts, ends; size at; } t[] = {
        {"", "", 0, true, true, 0},
        {"abc", "", 1, true, true, 0},
        {"", "abc", -1, false, false, -1},
        {"abc", "abc", 0, true, true, 0},
        {"abc", "ab", 1, true, false, 0},
        {"abc", "bc", -1, false, true, 1},
        {"abc", "abd", -1, false, false, -1},
        {"科技创新局", "科技", 1, true, false, 0},
        {"科技创新局", "创新局", 1, false, true, 6},
        {"\xff", "a", 1, false, false, -1},
    };
    for (int i = 0; i < countof(t); i++) {
        str x = str_of(t[i].x), y = str_of(t[i].y);
        int c = str_compare(x, y);
        assert_int_equal((c > 0) - (c < 0), t[i].order);
        assert_int_equal(str_eq(x, y), t[i].order == 0);
        assert_int_equal(str_eqz(x, t[i].y), t[i].order == 0);
        assert_int_equal(str_starts(x, y), t[i].starts);
        assert_int_equal(str_ends(x, y), t[i].ends);
        assert_int_equal(str_find(x, y), t[i].at);
    }
    assert_true(str_eq((str){0}, S("")));
    assert_int_equal(str_of(NULL).n, 0);
}

/* the published values of FNV-1a, 64 bits */
static void a_hash_is_the_published_one(void **state)
{
    (void)state;
    static const struct { const char *of; uint64_t hash; } t[] = {
        {"", 0xcbf29ce484222325u}, {"a", 0xaf63dc4c8601ec8cu}, {"foobar", 0x85944171f73967e8u},
    };
    for (int i = 0; i < countof(t); i++) assert_true(str_hash(STR_HASH, str_of(t[i].of)) == t[i].hash);
    assert_true(str_hash(str_hash(STR_HASH, S("foo")), S("bar")) == t[2].hash);
}

static void cutting_past_the_end_is_empty(void **state)
{
    (void)state;
    static const struct { size at; const char *from, *head; } t[] = {
        {-1, "abc", ""}, {0, "abc", ""}, {1, "bc", "a"}, {3, "", "abc"}, {9, "", "abc"},
    };
    for (int i = 0; i < countof(t); i++) {
        same(str_from(S("abc"), t[i].at), str_of(t[i].from));
        same(str_head(S("abc"), t[i].at), str_of(t[i].head));
    }
    same(str_from((str){0}, 1), S(""));
}

static void white_space_goes_and_the_full_width_one_too(void **state)
{
    (void)state;
    static const struct { const char *s, *want; } t[] = {
        {"", ""}, {"  ", ""}, {" a b\t\r\n", "a b"}, {"\u3000 企业 \u3000", "企业"}, {"\u3000", ""},
        {"一\u3000二", "一\u3000二"}, {"\v\fa", "a"},
    };
    for (int i = 0; i < countof(t); i++) same(str_trim(str_of(t[i].s)), str_of(t[i].want));
}

static void a_text_splits_into_its_parts(void **state)
{
    (void)state;
    static const struct { const char *s; int n; const char *part[4]; } t[] = {
        {"", 0, {0}}, {"a", 1, {"a"}}, {"a,b", 2, {"a", "b"}}, {"a,,b,", 3, {"a", "", "b"}},
        {",", 1, {""}}, {",,", 2, {"", ""}},
    };
    for (int i = 0; i < countof(t); i++) {
        str rest = str_of(t[i].s), part;
        int n = 0;
        for (; str_split(&rest, ',', &part); n++) {
            assert_true(n < t[i].n);
            same(part, str_of(t[i].part[n]));
        }
        assert_int_equal(n, t[i].n);
    }
}

static void texts_are_made_in_the_arena(void **state)
{
    (void)state;
    same(str_dup(&a, S("abc")), S("abc"));
    same(str_dup(&a, (str){0}), S(""));
    assert_string_equal(str_z(&a, str_head(S("abc"), 2)), "ab");
    assert_string_equal(str_z(&a, (str){0}), "");
    same(str_join(&a, S("a"), S("bc")), S("abc"));
    same(str_join(&a, (str){0}, (str){0}), S(""));
    same(str_fmt(&a, "%d-" SF "-%s", 7, SA(S("x")), "企业"), S("7-x-企业"));
    assert_int_equal(str_fmt(&a, "%s", "z").p[1], 0); /* may be used as a C string too */
    same(str_upper(&a, S("Ab1-企")), S("AB1-企"));
    same(str_narrow(&a, S("ＡＢｚ０９！～\u3000x企。")), S("ABz09!~ x企。"));
    same(str_narrow(&a, S("\xEF\xBC x\xff")), S("\xEF\xBC x\xff")); /* bad bytes stay */
    same(str_narrow(&a, (str){0}), S(""));
}

static void each_occurrence_is_replaced_once(void **state)
{
    (void)state;
    static const struct { const char *s, *what, *with, *want; } t[] = {
        {"a.b.c", ".", "--", "a--b--c"}, {"aaa", "aa", "b", "ba"}, {"abc", "", "x", "abc"},
        {"abc", "d", "x", "abc"}, {"aa", "a", "aa", "aaaa"}, {"", "a", "b", ""},
        {"aba", "a", "", "b"},
    };
    for (int i = 0; i < countof(t); i++)
        same(str_replace(&a, str_of(t[i].s), str_of(t[i].what), str_of(t[i].with)),
             str_of(t[i].want));
}

static void a_number_is_the_whole_text(void **state)
{
    (void)state;
    static const struct { const char *s; bool ok; int64_t want; } t[] = {
        {"0", true, 0}, {"-0", true, 0}, {"42", true, 42}, {"-42", true, -42}, {"007", true, 7},
        {"9223372036854775807", true, INT64_MAX}, {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0}, {"-9223372036854775809", false, 0},
        {"99999999999999999999", false, 0}, {"", false, 0}, {"-", false, 0}, {"+1", false, 0},
        {" 1", false, 0}, {"1 ", false, 0}, {"1.0", false, 0}, {"--1", false, 0}, {"1-", false, 0},
        {"１", false, 0}, {"0x1", false, 0},
    };
    for (int i = 0; i < countof(t); i++) {
        int64_t got = 0;
        if (str_int(str_of(t[i].s), &got) != t[i].ok) fail_msg("\"%s\"", t[i].s);
        if (t[i].ok) assert_int_equal(got, t[i].want);
    }
    int64_t got;
    assert_false(str_int((str){"1\0", 2}, &got));
}

static void only_well_formed_utf8_is_text(void **state)
{
    (void)state;
    static const struct { const char *s; bool text; size chars; const char *why; } t[] = {
        {"", true, 0, "empty"}, {"abc", true, 3, "ASCII"}, {"企业", true, 2, "three bytes each"},
        {"\xC3\xA9", true, 1, "two bytes"}, {"\xF0\x9F\x98\x80", true, 1, "four bytes"},
        {"\xF4\x8F\xBF\xBF", true, 1, "the last one"}, {"\xEF\xBF\xBF", true, 1, "U+FFFF"},
        {"\x80", false, 0, "a lone continuation"}, {"\xC0\x80", false, 0, "an overlong NUL"},
        {"\xC1\xBF", false, 0, "overlong"}, {"\xE0\x80\x80", false, 0, "overlong of three"},
        {"\xF0\x80\x80\x80", false, 0, "overlong of four"},
        {"\xED\xA0\x80", false, 0, "a surrogate"},
        {"\xF4\x90\x80\x80", false, 0, "above U+10FFFF"}, {"\xF5\x80\x80\x80", false, 0, "F5"},
        {"\xFF", false, 0, "FF"}, {"\xE4\xBC", false, 0, "cut off"},
        {"\xE4\x41\x81", false, 0, "broken"},
    };
    for (int i = 0; i < countof(t); i++) {
        if (str_is_text(str_of(t[i].s)) != t[i].text) fail_msg("%s", t[i].why);
        if (t[i].text) assert_int_equal(str_chars(str_of(t[i].s)), t[i].chars);
    }
    assert_false(str_is_text((str){"a\0b", 3}));
}

static void characters_come_one_by_one_and_bad_bytes_as_fffd(void **state)
{
    (void)state;
    static const uint32_t want[] = {'a', 0x4F01, 0xFFFD, 0xFFFD, 'b', 0x1F600, 0xFFFD};
    str rest = S("a\xE4\xBC\x81\xC0\x80" "b\xF0\x9F\x98\x80\xE4");
    for (int i = 0; i < countof(want); i++) assert_int_equal(str_next_char(&rest), want[i]);
    assert_int_equal(rest.n, 0);
}

static void a_buffer_grows_and_keeps_its_bytes(void **state)
{
    (void)state;
    static const size caps[] = {0, 1, 7, 4096};
    for (int k = 0; k < countof(caps); k++) {
        buf b = buf_new(&a, caps[k]);
        assert_int_equal(buf_str(&b).n, 0);
        assert_non_null(buf_str(&b).p);
        for (int i = 0; i < 2000; i++) {
            buf_int(&b, i);
            buf_byte(&b, ' ');
            if (i % 100 == 0) (void)new(&a, int64_t); /* so that it must move now and then */
        }
        str rest = buf_str(&b), part;
        int64_t n = 0, got;
        for (; str_split(&rest, ' ', &part); n++) {
            assert_true(str_int(part, &got));
            assert_int_equal(got, n);
        }
        assert_int_equal(n, 2000);
    }
}

static void a_buffer_takes_text_numbers_and_formats(void **state)
{
    (void)state;
    buf b = buf_new(&a, 4);
    buf_put(&b, S("企业"));
    buf_put(&b, (str){0});
    buf_putz(&b, ":");
    buf_int(&b, INT64_MIN);
    buf_byte(&b, '/');
    buf_int(&b, INT64_MAX);
    buf_int(&b, 0);
    buf_fmt(&b, "[%03d]", 7);
    char *p = buf_room(&b, 100);
    memcpy(p, "end", 3);
    b.n += 3;
    same(buf_str(&b), S("企业:-9223372036854775808/92233720368547758070[007]end"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slices_are_compared_by_their_bytes),
        cmocka_unit_test(a_hash_is_the_published_one),
        cmocka_unit_test(cutting_past_the_end_is_empty),
        cmocka_unit_test(white_space_goes_and_the_full_width_one_too),
        cmocka_unit_test(a_text_splits_into_its_parts),
        cmocka_unit_test(texts_are_made_in_the_arena),
        cmocka_unit_test(each_occurrence_is_replaced_once),
        cmocka_unit_test(a_number_is_the_whole_text),
        cmocka_unit_test(only_well_formed_utf8_is_text),
        cmocka_unit_test(characters_come_one_by_one_and_bad_bytes_as_fffd),
        cmocka_unit_test(a_buffer_grows_and_keeps_its_bytes),
        cmocka_unit_test(a_buffer_takes_text_numbers_and_formats),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
