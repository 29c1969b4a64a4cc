/* SPDX-License-Identifier: Apache-2.0 */
/* qr_test.c: a QR code is one plain SVG. */
#include "format/test.h"

#include "format/qr.h"

static void a_code_is_svg_that_a_strict_policy_shows(void **state)
{
    str svg = qr_svg(*state, S("https://zone.example/notices/1"));
    assert_true(str_starts(svg, S("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 37 37\"")));
    assert_true(str_ends(svg, S("\"/></svg>")));
    assert_int_equal(str_find(svg, S("style")), -1);
    assert_int_equal(str_find(svg, S("script")), -1);
    assert_true(str_find(svg, S("d=\"M4 4h7v1h-7z")) > 0); /* a finder, behind the quiet zone */
}

static void codes_of_every_length_are_made_up_to_the_most(void **state)
{
    char text[2332];
    memset(text, '\xE5', sizeof text);
    assert_true(qr_svg(*state, (str){text, 1}).n > 0);
    assert_true(qr_svg(*state, (str){text, 2331}).n > 0);
    assert_int_equal(qr_svg(*state, (str){text, 2332}).n, 0);
    assert_int_equal(qr_svg(*state, (str){0}).n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_code_is_svg_that_a_strict_policy_shows),
        TEST(codes_of_every_length_are_made_up_to_the_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
