/* SPDX-License-Identifier: Apache-2.0 */
/* json_test.c: JSON in, with reasons and lines where it is refused, and out. */
#include "format/test.h"

#include "format/json.h"

static str written(arena *a, const view *v)
{
    buf b = buf_new(a, 0);
    json_write(&b, v);
    return buf_str(&b);
}

static void json_comes_back_as_it_was(void **state)
{
    static const char *const same[] = {
        "{}", "[]", "null", "true", "false", "0", "-1", "\"\"",
        "{\"z\":1,\"a\":[1,\"two\",null,{\"b\":false}],\"金额\":9223372036854775807}",
        "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7F 大\xF0\x9F\x98\x80\"",
        "-9223372036854775808",
    };
    for (int i = 0; i < countof(same); i++) {
        view *v = NULL;
        assert_ok(json_read(*state, str_of(same[i]), &v));
        assert_str(written(*state, v), same[i]);
    }
}

static void writings_that_differ_mean_the_same(void **state)
{
    static const struct { const char *from, *want; } t[] = {
        {" { \"a\" :\n[ 1 , 2 ] } ", "{\"a\":[1,2]}"},
        {"\"\\u5927\\ud83d\\ude00\\/\"", "\"大\xF0\x9F\x98\x80/\""},
        {"\xEF\xBB\xBF{}", "{}"},
    };
    for (int i = 0; i < countof(t); i++) {
        view *v = NULL;
        assert_ok(json_read(*state, str_of(t[i].from), &v));
        assert_str(written(*state, v), t[i].want);
    }
}

static void what_is_refused_says_why_and_where(void **state)
{
    static const struct { const char *from; err_kind kind; const char *why; } t[] = {
        {"", ERR_UNREADABLE, "Line 1: the JSON ends too early."},
        {"{\"a\":1,\n", ERR_UNREADABLE, "Line 2: the JSON ends too early."},
        {"{\n\"a\":1\n,\"a\":2}", ERR_UNREADABLE, "Line 3: a name stands twice in one object."},
        {"{\n\n'a':1}", ERR_UNREADABLE, "Line 3: this is not JSON."},
        {"[1,]", ERR_UNREADABLE, "Line 1: this is not JSON."},
        {"{} {}", ERR_UNREADABLE, "Line 1: this is not JSON."},
        {"[NaN]", ERR_UNREADABLE, "Line 1: this is not JSON."},
        {"[01]", ERR_UNREADABLE, "Line 1: this is not JSON."},
        {"[\"a\nb\"]", ERR_UNREADABLE, "Line 1: this is not JSON."},
        {"[1\n,9223372036854775808]", ERR_UNREADABLE, "Line 2: a number is too large."},
        {"[1e400]", ERR_UNREADABLE, "Line 1: a number is too large."},
        {"[\"\xFF\"]", ERR_UNREADABLE, "Line 1: this is not UTF-8 text."},
        {"[\"\xED\xA0\x80\"]", ERR_UNREADABLE, "Line 1: this is not UTF-8 text."},
        {"[\"\\u0000\"]", ERR_UNREADABLE, "Line 1: a text holds the character NUL."},
        {"{\"\\u0000\":1}", ERR_UNREADABLE, "Line 1: a text holds the character NUL."},
        {"{\"a\":\"1.5\\\"2.5\",\n\"b\":-1.50}", ERR_UNREADABLE,
         "Line 2: -1.50 is not a whole number; money is written in fen, other decimals as text."},
        {"[1E2]", ERR_UNREADABLE,
         "Line 1: 1E2 is not a whole number; money is written in fen, other decimals as text."},
    };
    for (int i = 0; i < countof(t); i++) {
        view *v = NULL;
        err e = json_read(*state, str_of(t[i].from), &v);
        assert_str(reason(*state, e), t[i].why);
        assert_int_equal(e.kind, t[i].kind);
        assert_null(v);
    }
    view *v = NULL;
    assert_int_equal(json_read(*state, S("[\"\0\"]"), &v).kind, ERR_UNREADABLE);
}

static void depth_and_length_have_limits(void **state)
{
    buf b = buf_new(*state, 0);
    view *v = NULL;
    for (int i = 0; i < JSON_DEPTH_MAX; i++) buf_byte(&b, '[');
    for (int i = 0; i < JSON_DEPTH_MAX; i++) buf_byte(&b, ']');
    assert_ok(json_read(*state, buf_str(&b), &v));
    str deeper = str_fmt(*state, "[" SF "]", SA(buf_str(&b)));
    err e = json_read(*state, deeper, &v);
    assert_int_equal(e.kind, ERR_LARGE);
    assert_str(reason(*state, e), "The JSON's values stand too deep inside each other.");
    b.n = 0;
    for (int i = 0; i < 100000; i++) buf_byte(&b, '[');
    e = json_read(*state, buf_str(&b), &v);
    assert_int_equal(e.kind, ERR_LARGE);
    assert_str(reason(*state, e), "Line 1: values stand too deep inside each other.");
    char *spaces = new_n(*state, char, JSON_BYTES_MAX + 1);
    memset(spaces, ' ', JSON_BYTES_MAX + 1);
    e = json_read(*state, (str){spaces, JSON_BYTES_MAX + 1}, &v);
    assert_int_equal(e.kind, ERR_LARGE);
    assert_str(reason(*state, e), "The JSON is longer than 4 MiB.");
}

static void decimals_can_be_read_as_the_text_they_are(void **state)
{
    view *v = NULL;
    assert_ok(json_read_with(*state, S("{\"x\":\"0.1\",\"a\":1.10,\"b\":[-2.5e3,7,0.0]}"),
                             JSON_DECIMALS_AS_TEXT, &v));
    assert_str(written(*state, v), "{\"x\":\"0.1\",\"a\":\"1.10\",\"b\":[\"-2.5e3\",7,\"0.0\"]}");
}

static void each_kind_of_value_has_its_writing(void **state)
{
    view *v = view_map(*state);
    view_fen(v, S("amount"), 1234500);
    view_day(v, S("day"), 17840);
    view_day(v, S("none"), 0);
    view_time(v, S("at"), INT64_C(1541399400000000));
    view_time(v, S("exact"), INT64_C(1541399400000042));
    view_time(v, S("before"), -1);
    view_code(v, S("step"), S("approve"), S("批准"));
    view_bool(v, S("open"), true);
    assert_str(written(*state, v),
               "{\"amount\":1234500,\"day\":\"2018-11-05\",\"none\":null,"
               "\"at\":\"2018-11-05T06:30:00Z\",\"exact\":\"2018-11-05T06:30:00.000042Z\","
               "\"before\":\"1969-12-31T23:59:59.999999Z\",\"step\":\"approve\",\"open\":true}");
}

static void the_canonical_form_does_not_depend_on_the_order(void **state)
{
    static const char *const same[] = {
        "{\"b\":{\"y\":1,\"x\":[{\"q\":1,\"p\":2}]},\"a\":null,\"B\":\"\"}",
        "{\"a\":null,\"B\":\"\",\"b\":{\"x\":[{\"p\":2,\"q\":1}],\"y\":1}}",
    };
    for (int i = 0; i < countof(same); i++) {
        view *v = NULL;
        assert_ok(json_read(*state, str_of(same[i]), &v));
        buf b = buf_new(*state, 0);
        json_canonical(&b, v);
        assert_str(buf_str(&b), "{\"B\":\"\",\"a\":null,\"b\":{\"x\":[{\"p\":2,\"q\":1}],\"y\":1}}");
    }
}

static void every_naughty_string_comes_back(void **state)
{
    str bytes, line;
    if (!shared_file(*state, "hostile/blns.txt", &bytes)) skip();
    while (str_split(&bytes, '\n', &line)) {
        if (!str_is_text(line)) continue;
        view *v = view_map(*state), *back = NULL;
        view_text(v, S("s"), line);
        assert_ok(json_read(*state, written(*state, v), &back));
        assert_true(str_eq(view_get_text(back, S("s")), line));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(json_comes_back_as_it_was), TEST(writings_that_differ_mean_the_same),
        TEST(what_is_refused_says_why_and_where), TEST(depth_and_length_have_limits),
        TEST(decimals_can_be_read_as_the_text_they_are), TEST(each_kind_of_value_has_its_writing),
        TEST(the_canonical_form_does_not_depend_on_the_order), TEST(every_naughty_string_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
