/* SPDX-License-Identifier: Apache-2.0 */
/* uscc_test.c: unified social credit codes, right, odd and wrong. */
#include "base/vectors_test.h"

#include "base/uscc.h"

static void check_digits_are_those_of_the_standards(void **state)
{
    (void)state;
    assert_int_equal(uscc_check_digit(S("91350100M000100Y4")), '3');
    assert_int_equal(uscc_check_digit(S("00000000000000000")), '0'); /* the second mod */
    assert_int_equal(uscc_check_digit(S("9135010OM000100Y4")), '\0');
    assert_int_equal(uscc_org_digit(S("M000100Y")), '4');
    assert_int_equal(uscc_org_digit(S("!0000000")), '\0');
}

/* Codes made for the purpose, of nobody. */
static void a_verdict_names_what_is_wrong(void **state)
{
    static const struct { const char *code; uscc_verdict want; int at; const char *says; } t[] = {
        {"91350100M000100Y43", USCC_OK, 0, ""},
        {" 91350100m000100y43\t", USCC_OK, 0, ""},
        {"91 350100 M000100Y 43", USCC_OK, 0, ""},
        {"91-350100-M000100Y-43", USCC_OK, 0, ""},
        {"91210231446278464M", USCC_ORG_CHECK, 0,
         "the check digit of the organisation code inside is unusual; accepted"},
        {"91350100M000100Y44", USCC_CHECK, 0, "the check character should be 3"},
        {"91350100M000100Y4", USCC_LENGTH, 0, "it has 17 characters, not 18"},
        {"", USCC_LENGTH, 0, "it has 0 characters, not 18"},
        {"9135O100M000100Y43", USCC_LETTER, 5,
         "character 5 is not one of 0123456789ABCDEFGHJKLMNPQRTUWXY"},
        {"91350100M000100Y4企", USCC_LETTER, 18,
         "character 18 is not one of 0123456789ABCDEFGHJKLMNPQRTUWXY"},
        {"９1350100M000100Y43", USCC_LETTER, 1,
         "character 1 is not one of 0123456789ABCDEFGHJKLMNPQRTUWXY"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        int at;
        str normal, code = str_of(t[i].code);
        uscc_verdict v = uscc_check(&a, code, &normal, &at);
        assert_int_equal(v, t[i].want);
        assert_int_equal(at, t[i].at);
        same(uscc_says(&a, code, v, at), t[i].says);
        if (v == USCC_OK) same(normal, "91350100M000100Y43");
    }
}

static void a_form_is_told_where_and_what_is_expected(void **state)
{
    static const struct { const char *typed, *text; } bad[] = {
        {"", "A unified social credit code has 18 characters, not 0."},
        {"91350100M000100Y4", "A unified social credit code has 18 characters, not 17."},
        {"210204732770457", "This is an old registration number of 15 digits. Give the unified "
                            "social credit code of 18 characters, as on the business licence."},
        {"9135S100M000100Y43", "Character 5 cannot stand in a code: digits and capital letters "
                               "without I, O, S, V, Z."},
        {"91350100m000100y4X", "After the first 17 characters the last would be 3, not X: compare "
                               "the whole code with the business licence."},
    };
    static const char *const good[] = {
        "91350100M000100Y43", "91350100m000100y43", "９１３５０１００Ｍ０００１００Ｙ４３",
        "\u300091350100M000100Y43 ", "９１３５０１００ｍ０００１００ｙ４３",
    };
    (void)state;
    str normal;
    for (int i = 0; i < countof(bad); i++) {
        err e = uscc_read(&a, str_of(bad[i].typed), &normal);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.field, "uscc");
        same(err_text(&a, e, str_of(e.text)), bad[i].text);
    }
    for (int i = 0; i < countof(good); i++) {
        assert_int_equal(uscc_read(&a, str_of(good[i]), &normal).kind, OK);
        same(normal, "91350100M000100Y43");
        assert_null(uscc_warning(normal));
    }
}

static void a_wrong_inner_check_is_a_warning_only(void **state)
{
    (void)state;
    str normal;
    assert_int_equal(uscc_read(&a, S("91210231446278464M"), &normal).kind, OK);
    assert_non_null(uscc_warning(normal));
}

/* The weights are units modulo 31, so every slip of one character is found. */
static void every_single_wrong_character_is_found(void **state)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    (void)state;
    for (int place = 0; place < 18; place++)
        for (int c = 0; c < 31; c++) {
            arena own;
            arena_init(&own, 1 << 12, NULL, NULL);
            char code[] = "91350100M000100Y43";
            if (code[place] == alphabet[c]) continue;
            code[place] = alphabet[c];
            str normal;
            int at;
            assert_int_equal(uscc_check(&own, str_of(code), &normal, &at), USCC_CHECK);
            arena_done(&own);
        }
}

static void credit_codes_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("uscc.csv") {
        int at;
        str normal, code = vector_cell(&line), want = vector_cell(&line);
        uscc_verdict v = uscc_check(&a, code, &normal, &at);
        bool right = str_eqz(want, "invalid")            ? v > USCC_ORG_CHECK
                   : str_eqz(want, "valid_org_mismatch") ? v == USCC_ORG_CHECK
                                                         : v == USCC_OK;
        if (!right) fail_msg(SF ": wanted " SF ", got %d", SA(code), SA(want), v);
    }
    assert_true(rows >= 120);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(check_digits_are_those_of_the_standards),
        cmocka_unit_test(a_verdict_names_what_is_wrong),
        cmocka_unit_test(a_form_is_told_where_and_what_is_expected),
        cmocka_unit_test(a_wrong_inner_check_is_a_warning_only),
        cmocka_unit_test(every_single_wrong_character_is_found),
        cmocka_unit_test(credit_codes_agree_with_the_vectors),
    };
    arena_init(&a, (size)16 << 20, NULL, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return failed;
}
