/* SPDX-License-Identifier: Apache-2.0 */
/* money_test.c: amounts as people write them, in figures and in capitals. */
#include "base/vectors_test.h"

#include "base/capitals.h"
#include "base/money.h"

static void money_is_read_as_people_write_it(void **state)
{
    static const struct { const char *text; int64_t fen; } t[] = {
        {"12345.67", 1234567}, {"12,345.6", 1234560}, {"¥12,345.00", 1234500},
        {"￥12345", 1234500}, {"１２，３４５．６７", 1234567}, {"１２３。５", 12350}, {"0", 0},
        {"0.01", 1}, {"1,000,000", 100000000}, {" 12.30\t", 1230}, {"\u300012\u3000", 1200},
        {"90000000000000", FEN_MAX}, {"90,000,000,000,000.00", FEN_MAX}, {"007", 700},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        int64_t fen;
        if (!fen_parse(str_of(t[i].text), &fen)) fail_msg("%s was refused", t[i].text);
        assert_int_equal(fen, t[i].fen);
    }
}

static void what_is_no_amount_is_refused(void **state)
{
    static const char *const bad[] = {
        "", "-1", "+1", "1.234", "1,23", "12,3456", "1234,567", "a", "1.", ".5", "1e3", "1 000",
        "1,2345.00", "1,234,5.00", ",123", "1,,234", "1,234,", "1.5,000", "1.2.3", "¥", "¥¥1", "1¥",
        "$1", "元", "99999999999999999", "90000000000000.01", "9223372036854775808",
        "92233720368547758080000000000000", "0x10", "１．２３４", "\xff",
    };
    (void)state;
    int64_t fen = 42;
    for (int i = 0; i < countof(bad); i++)
        if (fen_parse(str_of(bad[i]), &fen))
            fail_msg("%s was read as %lld", bad[i], (long long)fen);
    assert_int_equal(fen, 42);
}

static void money_is_written_in_two_ways(void **state)
{
    static const struct { int64_t fen; const char *text, *words; } t[] = {
        {0, "0.00", "¥0.00"}, {1, "0.01", "¥0.01"}, {-5, "-0.05", "-¥0.05"},
        {99999, "999.99", "¥999.99"}, {100000, "1000.00", "¥1,000.00"},
        {123456789, "1234567.89", "¥1,234,567.89"}, {-100000, "-1000.00", "-¥1,000.00"},
        {FEN_MAX, "90000000000000.00", "¥90,000,000,000,000.00"},
        {INT64_MIN, "-92233720368547758.08", "-¥92,233,720,368,547,758.08"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        same(fen_text(&a, t[i].fen), t[i].text);
        same(fen_words(&a, t[i].fen), t[i].words);
        int64_t back;
        if (t[i].fen < 0) continue;
        assert_true(fen_parse(fen_words(&a, t[i].fen), &back) && back == t[i].fen);
    }
}

static void sums_and_products_stop_at_the_limit(void **state)
{
    (void)state;
    int64_t out;
    assert_true(fen_add(FEN_MAX - 1, 1, &out) && out == FEN_MAX);
    assert_true(fen_add(5, -7, &out) && out == -2);
    assert_false(fen_add(FEN_MAX, 1, &out));
    assert_false(fen_add(-FEN_MAX, -1, &out));
    assert_false(fen_add(INT64_MAX, 1, &out));
    assert_true(fen_mul(30000, 3, &out) && out == 90000);
    assert_true(fen_mul(-3, 2, &out) && out == -6);
    assert_false(fen_mul(FEN_MAX, 2, &out));
    assert_false(fen_mul(INT64_MAX, INT64_MAX, &out));
    assert_false(fen_mul(INT64_MIN, 1, &out));
}

/* ---- capitals ---------------------------------------------------------------------------- */

static void amounts_in_capitals_have_their_zeros_where_they_belong(void **state)
{
    static const struct { int64_t fen; const char *want; } t[] = {
        {0, "零元整"}, {5, "伍分"}, {10, "壹角"}, {33, "叁角叁分"}, {100, "壹元整"},
        {1005, "壹拾元零伍分"}, {1010, "壹拾元壹角"}, {123456, "壹仟贰佰叁拾肆元伍角陆分"},
        {10001, "壹佰元零壹分"}, {1200500, "壹万贰仟零伍元整"}, {20030000, "贰拾万零叁佰元整"},
        {100001000, "壹佰万零壹拾元整"}, {1010101010, "壹仟零壹拾万壹仟零壹拾元壹角"},
        {10000000001, "壹亿元零壹分"}, {10000000100, "壹亿零壹元整"},
        {12345678901, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"},
        {100000000000000, "壹万亿元整"}, {100010000000000, "壹万零壹亿元整"},
        {123456789012345, "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元肆角伍分"},
        {FEN_MAX, "玖拾万亿元整"}, {-150, "负壹元伍角"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) same(fen_capitals(&a, t[i].fen), t[i].want);
}

/* Reads capitals the way a person does: a unit multiplies what stands before it. */
static uint64_t read_capitals(str s)
{
    static const struct { const char *word; uint64_t value; } words[] = {
        {"零", 0}, {"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4}, {"伍", 5}, {"陆", 6}, {"柒", 7},
        {"捌", 8}, {"玖", 9}, {"拾", 10}, {"佰", 100}, {"仟", 1000}, {"万", 10000},
        {"亿", 100000000},
    };
    uint64_t fen = 0, total = 0, part = 0, digit = 0; /* total: in 亿; part: below the last 万 */
    while (s.n) {
        uint64_t value = UINT64_MAX;
        for (int i = 0; i < countof(words); i++)
            if (str_starts(s, str_of(words[i].word))) value = words[i].value;
        if (value < 10) digit = value;
        else if (value <= 1000) part += digit * value, digit = 0;
        else if (value == 10000) total += (part + digit) * value, part = digit = 0;
        else if (value < UINT64_MAX) total = (total + part + digit) * value, part = digit = 0;
        else if (str_starts(s, S("元"))) fen = (total + part + digit) * 100, digit = 0;
        else if (str_starts(s, S("角"))) fen += digit * 10, digit = 0;
        else if (str_starts(s, S("分"))) fen += digit, digit = 0;
        else assert_true(str_eqz(s, "整"));
        s = str_from(s, 3);
    }
    return fen;
}

static void capitals_are_read_back_as_the_amount(void **state)
{
    (void)state;
    uint64_t some = 88172645463325252u;
    for (int i = 0; i < 60000; i++) {
        some ^= some << 13, some ^= some >> 7, some ^= some << 17;
        int64_t keep = 1;
        for (int digits = i % 16; digits; digits--) keep *= 10;
        int64_t fen = i < 20000 ? i : (int64_t)(some % (uint64_t)keep);
        if (i % 3 == 0) fen = fen / 10000 * 10000; /* runs of zeros */
        if (i % 7 == 0) fen = fen / 1000000000 * 1000000000 + fen % 1000;
        arena own;
        arena_init(&own, 1 << 14, NULL, NULL);
        str words = fen_capitals(&own, fen);
        if (read_capitals(words) != (uint64_t)fen || str_find(words, S("零零")) >= 0)
            fail_msg("%lld: " SF, (long long)fen, SA(words));
        arena_done(&own);
    }
}

static void capitals_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("rmb.csv") {
        int64_t fen;
        str amount = vector_cell(&line), want = vector_cell(&line);
        assert_true(fen_parse(amount, &fen));
        same(fen_capitals(&a, fen), str_z(&a, want));
    }
    assert_true(rows >= 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(money_is_read_as_people_write_it),
        cmocka_unit_test(what_is_no_amount_is_refused),
        cmocka_unit_test(money_is_written_in_two_ways),
        cmocka_unit_test(sums_and_products_stop_at_the_limit),
        cmocka_unit_test(amounts_in_capitals_have_their_zeros_where_they_belong),
        cmocka_unit_test(capitals_are_read_back_as_the_amount),
        cmocka_unit_test(capitals_agree_with_the_vectors),
    };
    arena_init(&a, (size)16 << 20, NULL, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return failed;
}
