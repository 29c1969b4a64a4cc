/* SPDX-License-Identifier: Apache-2.0 */
/* url_test.c: queries and forms become text, or are refused with the reason. */
#include "format/test.h"

#include "format/json.h"
#include "format/url.h"

static void everything_but_unreserved_characters_is_encoded(void **state)
{
    buf b = buf_new(*state, 0);
    url_encode(&b, S("a-b.c_d~e/f g+&=大"));
    assert_str(buf_str(&b), "a-b.c_d~e%2Ff%20g%2B%26%3D%E5%A4%A7");
    b.n = 0;
    url_encode_path(&b, S("/批次/1 2"));
    assert_str(buf_str(&b), "/%E6%89%B9%E6%AC%A1/1%202");
    b.n = 0;
    buf_put(&b, S("/applications?"));
    url_query_put(&b, S("q"), S("大连 科技"));
    url_query_put(&b, S("after"), S("3.4"));
    assert_str(buf_str(&b), "/applications?q=%E5%A4%A7%E8%BF%9E%20%E7%A7%91%E6%8A%80&after=3.4");
}

static void what_is_encoded_comes_back(void **state)
{
    static const struct { const char *from; bool plus; const char *want; } t[] = {
        {"", false, ""}, {"abc", true, "abc"}, {"a+b", true, "a b"}, {"a+b", false, "a+b"},
        {"%E5%a4%A7", false, "大"}, {"%25", true, "%"}, {"大", true, "大"},
    };
    for (int i = 0; i < countof(t); i++) {
        str out = {0};
        assert_ok(url_decode(*state, str_of(t[i].from), t[i].plus, &out));
        assert_str(out, t[i].want);
    }
}

static void what_is_no_text_is_refused(void **state)
{
    static const struct { const char *from, *why; } t[] = {
        {"%", "The address or form holds a '%' that two hexadecimal digits must follow."},
        {"a%4", "The address or form holds a '%' that two hexadecimal digits must follow."},
        {"%4g", "The address or form holds a '%' that two hexadecimal digits must follow."},
        {"%00", "The address or form holds bytes that are not UTF-8 text."},
        {"%ff", "The address or form holds bytes that are not UTF-8 text."},
        {"\xC0\x80", "The address or form holds bytes that are not UTF-8 text."},
        {"%ED%A0%80", "The address or form holds bytes that are not UTF-8 text."},
    };
    for (int i = 0; i < countof(t); i++) {
        str out = {0};
        err e = url_decode(*state, str_of(t[i].from), true, &out);
        assert_int_equal(e.kind, ERR_UNREADABLE);
        assert_str(reason(*state, e), t[i].why);
    }
}

static void a_form_becomes_a_map(void **state)
{
    static const char *const lists[] = {"return", NULL};
    static const struct { const char *from, *want; } t[] = {
        {"", "{}"},
        {"a=1&b=%E5%A4%A7&c=x+y", "{\"a\":\"1\",\"b\":\"大\",\"c\":\"x y\"}"},
        {"&&a&b=&", "{\"a\":\"\",\"b\":\"\"}"},
        {"a=b=c", "{\"a\":\"b=c\"}"},
        {"return=1", "{\"return\":[\"1\"]}"},
        {"return=1&n=2&return=3", "{\"return\":[\"1\",\"3\"],\"n\":\"2\"}"},
    };
    for (int i = 0; i < countof(t); i++) {
        view *v = NULL;
        assert_ok(url_query_read(*state, str_of(t[i].from), lists, &v));
        buf b = buf_new(*state, 0);
        json_write(&b, v);
        assert_str(buf_str(&b), t[i].want);
    }
}

static void a_field_that_comes_twice_is_refused(void **state)
{
    view *v = NULL;
    err e = url_query_read(*state, S("amount=1&amount=2"), NULL, &v);
    assert_int_equal(e.kind, ERR_UNREADABLE);
    assert_str(reason(*state, e), "The field amount came twice.");
    e = url_query_read(*state, S("%61=1&a=2"), NULL, &v);
    assert_str(reason(*state, e), "The field a came twice.");
}

static void a_form_has_limits(void **state)
{
    buf b = buf_new(*state, 0);
    view *v = NULL;
    for (int i = 0; i < URL_FIELDS_MAX; i++) buf_fmt(&b, "f%d&", i);
    assert_ok(url_query_read(*state, buf_str(&b), NULL, &v));
    assert_int_equal(v->n, URL_FIELDS_MAX);
    buf_putz(&b, "last=1");
    err e = url_query_read(*state, buf_str(&b), NULL, &v);
    assert_int_equal(e.kind, ERR_LARGE);
    assert_str(reason(*state, e), "The form has too many fields.");
    b.n = 0;
    for (int i = 0; i <= URL_NAME_MAX; i++) buf_byte(&b, 'n');
    e = url_query_read(*state, buf_str(&b), NULL, &v);
    assert_str(reason(*state, e), "The name of a field is too long.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(everything_but_unreserved_characters_is_encoded), TEST(what_is_encoded_comes_back),
        TEST(what_is_no_text_is_refused), TEST(a_form_becomes_a_map),
        TEST(a_field_that_comes_twice_is_refused), TEST(a_form_has_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
