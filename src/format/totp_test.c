/* SPDX-License-Identifier: Apache-2.0 */
/* totp_test.c: codes of the half minute against the vectors of RFC 6238 and RFC 4648. */
#include "format/test.h"

#include "format/totp.h"

#define SECONDS ((int64_t)1000000)
static const char key[] = "12345678901234567890"; /* RFC 6238 appendix B */

static void codes_are_those_of_rfc_6238(void **state)
{
    (void)state;
    static const struct { int64_t at; uint32_t eight; } t[] = {
        {59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
        {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130},
    };
    for (int i = 0; i < countof(t); i++)
        assert_int_equal(totp_code(str_of(key), totp_step(t[i].at * SECONDS)), t[i].eight % 1000000); /* ours have six */
}

static void a_code_is_good_one_step_around_and_once(void **state)
{
    (void)state;
    int64_t now = 1111111109 * SECONDS, here = totp_step(now);
    static const struct { int off; bool good; } t[] = {{-3, false}, {-2, false}, {-1, true}, {0, true}, {1, true}, {2, false}, {3, false}};
    for (int i = 0; i < countof(t); i++) {
        char code[16];
        int64_t step = 0;
        snprintf(code, sizeof code, "%06u", totp_code(str_of(key), here + t[i].off));
        assert_int_equal(totp_is(str_of(key), str_of(code), now, 0, &step), t[i].good);
        if (!t[i].good) continue;
        assert_int_equal(step, here + t[i].off);
        assert_false(totp_is(str_of(key), str_of(code), now, step, &step)); /* used */
    }
}

static void what_is_no_code_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "0", "00000", "0000000", "08180", "-81804", "081804 ", "８１８０４０"};
    int64_t step;
    for (int i = 0; i < countof(wrong); i++) assert_false(totp_is(str_of(key), str_of(wrong[i]), 1111111109 * SECONDS, 0, &step));
    assert_true(totp_is(str_of(key), S("081804"), 1111111109 * SECONDS, 0, &step));
}

static void base32_is_that_of_rfc_4648(void **state)
{
    static const struct { const char *bytes, *text; } t[] = {
        {"", ""}, {"f", "MY"}, {"fo", "MZXQ"}, {"foo", "MZXW6"}, {"foob", "MZXW6YQ"}, {"fooba", "MZXW6YTB"}, {"foobar", "MZXW6YTBOI"},
    };
    for (int i = 0; i < countof(t); i++) assert_str(base32_text(*state, str_of(t[i].bytes)), t[i].text);
}

static void the_address_names_site_and_person(void **state)
{
    assert_str(totp_uri(*state, S("foobar"), S("示范"), S("a b")),
                "otpauth://totp/%E7%A4%BA%E8%8C%83:a%20b?secret=MZXW6YTBOI&issuer=%E7%A4%BA%E8%8C%83");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(codes_are_those_of_rfc_6238),  TEST(a_code_is_good_one_step_around_and_once),
        TEST(what_is_no_code_is_refused),   TEST(base32_is_that_of_rfc_4648),
        TEST(the_address_names_site_and_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
