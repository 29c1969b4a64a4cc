/* SPDX-License-Identifier: Apache-2.0 */
/* value_test.c: money, days and instants as people and programs read them. */
#include "format/test.h"

#include "base/days.h"
#include "base/money.h"
#include "format/value.h"

#define AT INT64_C(1541399400000042) /* 2018-11-05 14:30:00.000042 in Shanghai */

static const struct { view_kind kind; int64_t i; const char *as, *zh, *en; } numbers[] = {
    {V_NULL, 0, "", "", ""},
    {V_BOOL, 1, "", "true", "true"},
    {V_INT, -1234567, "", "-1234567", "-1234567"},
    {V_INT, -1234567, "grouped", "-1,234,567", "-1,234,567"},
    {V_INT, 0, "grouped", "0", "0"},
    {V_INT, 999, "grouped", "999", "999"},
    {V_INT, INT64_MIN, "grouped", "-9,223,372,036,854,775,808", "-9,223,372,036,854,775,808"},
    {V_INT, 5, "yuan", "", ""},
    {V_FEN, 1234500, "", "¥12,345.00", "¥12,345.00"},
    {V_FEN, 0, "", "¥0.00", "¥0.00"},
    {V_FEN, -5, "", "-¥0.05", "-¥0.05"},
    {V_FEN, INT64_MIN, "", "-¥92,233,720,368,547,758.08", "-¥92,233,720,368,547,758.08"},
    {V_FEN, 1234567, "raw", "1234567", "1234567"},
    {V_FEN, -1234567, "yuan", "-12345.67", "-12345.67"},
    {V_FEN, 1234567, "grouped", "12,345.67", "12,345.67"},
    {V_FEN, 123456, "capitals", "壹仟贰佰叁拾肆元伍角陆分", "壹仟贰佰叁拾肆元伍角陆分"},
    {V_DAY, 17840, "", "2018年11月5日", "5 Nov 2018"},
    {V_DAY, 17840, "iso", "2018-11-05", "2018-11-05"},
    {V_DAY, 17840, "month", "2018年11月", "November 2018"},
    {V_DAY, 17840, "time", "", ""},
    {V_DAY, 0, "iso", "1970-01-01", "1970-01-01"},
    {V_DAY, -1, "iso", "1969-12-31", "1969-12-31"},
    {V_DAY, 11016, "iso", "2000-02-29", "2000-02-29"},
    {V_DAY, 47540, "iso", "2100-02-28", "2100-02-28"},
    {V_DAY, 47541, "iso", "2100-03-01", "2100-03-01"},
    {V_DAY, -719162, "iso", "0001-01-01", "0001-01-01"},
    {V_TIME, AT, "", "2018年11月5日 14:30", "5 Nov 2018, 14:30"},
    {V_TIME, AT, "day", "2018年11月5日", "5 Nov 2018"},
    {V_TIME, AT, "time", "14:30", "14:30"},
    {V_TIME, AT, "iso", "2018-11-05T14:30:00+08:00", "2018-11-05T14:30:00+08:00"},
    {V_TIME, AT, "raw", "1541399400000042", "1541399400000042"},
    {V_TIME, AT + INT64_C(34200000000), "", "2018年11月6日 00:00", "6 Nov 2018, 00:00"},
    {V_TIME, -1, "iso", "1970-01-01T07:59:59+08:00", "1970-01-01T07:59:59+08:00"},
};

static void each_kind_is_written_in_each_language(void **state)
{
    for (int i = 0; i < countof(numbers); i++) {
        view v = {.kind = numbers[i].kind, .i = numbers[i].i};
        writing w = (writing)writing_of(str_of(numbers[i].as));
        buf zh = buf_new(*state, 0), en = buf_new(*state, 0);
        value_put(&zh, &v, w, LANG_ZH);
        value_put(&en, &v, w, LANG_EN);
        assert_str(buf_str(&zh), numbers[i].zh);
        assert_str(buf_str(&en), numbers[i].en);
    }
}

static str put(arena *a, view_kind kind, int64_t i, writing w, lang l)
{
    buf b = buf_new(a, 0);
    value_put(&b, &(view){.kind = kind, .i = i}, w, l);
    return buf_str(&b);
}

static void pages_say_what_sentences_say(void **state)
{
    for (int64_t day = -40000; day < 60000; day += 13) {
        int64_t us = day_start(day) + day * 1000 * 7919;
        for (int l = 0; l < LANGS; l++) {
            assert_true(str_eq(put(*state, V_DAY, day, WRITE_PLAIN, (lang)l),
                               day_words(*state, day, (lang)l)));
            assert_true(str_eq(put(*state, V_DAY, day, WRITE_MONTH, (lang)l),
                               month_words(*state, month_of(day), (lang)l)));
            assert_true(str_eq(put(*state, V_TIME, us, WRITE_PLAIN, (lang)l),
                               time_words(*state, us, (lang)l)));
        }
        assert_true(str_eq(put(*state, V_DAY, day, WRITE_ISO, LANG_EN), day_text(*state, day)));
        assert_true(str_eq(put(*state, V_FEN, us, WRITE_PLAIN, LANG_EN), fen_words(*state, us)));
        assert_true(str_eq(put(*state, V_FEN, us, WRITE_YUAN, LANG_EN), fen_text(*state, us)));
        buf utc = buf_new(*state, 0);
        value_put_utc(&utc, &(view){.kind = V_TIME, .i = us});
        assert_true(str_eq(buf_str(&utc), time_text(*state, us)));
    }
}

static void texts_and_codes_have_their_writings(void **state)
{
    static const struct { view_kind kind; const char *as, *want; } t[] = {
        {V_TEXT, "", "a b"}, {V_TEXT, "raw", "a b"}, {V_TEXT, "url", "a%20b"}, {V_TEXT, "code", ""},
        {V_CODE, "", "批准"}, {V_CODE, "code", "a b"}, {V_CODE, "label", "批准"}, {V_CODE, "iso", ""},
    };
    for (int i = 0; i < countof(t); i++) {
        view v = {.kind = t[i].kind, .s = S("a b")};
        if (t[i].kind == V_CODE) v.label = S("批准");
        buf b = buf_new(*state, 0);
        value_put(&b, &v, (writing)writing_of(str_of(t[i].as)), LANG_ZH);
        assert_str(buf_str(&b), t[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(each_kind_is_written_in_each_language), TEST(pages_say_what_sentences_say),
        TEST(texts_and_codes_have_their_writings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
