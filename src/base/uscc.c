/* SPDX-License-Identifier: Apache-2.0 */
/* uscc.c: unified social credit codes and the organisation code inside. */
#include "base/uscc.h"

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static int outer_value(char c)
{
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

static int inner_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

char uscc_check_digit(str s)
{
    int sum = 0, weight = 1;
    assert(s.n == 17);
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31) sum += outer_value(s.p[i]) * weight;
    return alphabet[(31 - sum % 31) % 31]; /* the second mod: a sum of 0 gives '0' */
}

char uscc_org_digit(str s)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    assert(s.n == 8);
    for (int i = 0; i < 8; i++) sum += inner_value(s.p[i]) * weights[i];
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

uscc_verdict uscc_check(arena *a, str typed, str *normal, int *at)
{
    buf b = buf_new(a, typed.n + 1);
    for (size i = 0; i < typed.n; i++)
        if (typed.p[i] != ' ' && typed.p[i] != '-') buf_byte(&b, typed.p[i]);
    str s = str_upper(a, buf_str(&b));
    *normal = s;
    *at = 0;
    if (str_chars(s) != 18) return USCC_LENGTH;
    str rest = s;
    for (int i = 1; rest.n; i++) {
        uint32_t c = str_next_char(&rest);
        if (c < 128 && outer_value((char)c) >= 0) continue;
        *at = i;
        return USCC_LETTER;
    }
    if (s.p[17] != uscc_check_digit(str_head(s, 17))) return USCC_CHECK;
    return s.p[16] == uscc_org_digit(str_head(str_from(s, 8), 8)) ? USCC_OK : USCC_ORG_CHECK;
}

str uscc_says(arena *a, str typed, uscc_verdict v, int at)
{
    str normal;
    int ignored;
    uscc_check(a, typed, &normal, &ignored);
    switch (v) {
    case USCC_LENGTH: return str_fmt(a, "it has %d characters, not 18", (int)str_chars(normal));
    case USCC_LETTER: return str_fmt(a, "character %d is not one of " SF, at, SA(str_of(alphabet)));
    case USCC_CHECK: return str_fmt(a, "the check character should be %c", uscc_check_digit(str_head(normal, 17)));
    case USCC_ORG_CHECK: return S("the check digit of the organisation code inside is unusual; accepted");
    case USCC_OK: break;
    }
    return (str){0};
}

err uscc_read(arena *a, str typed, str *normal)
{
    int at;
    switch (uscc_check(a, typed, normal, &at)) {
    case USCC_LENGTH: return err_of(ERR_INPUT, "uscc", N_("A unified social credit code has 18 characters."));
    case USCC_LETTER:
        return err_with(ERR_INPUT, "uscc", N_("Character {0} cannot stand in a code: digits and capital letters without I, O, S, V, Z."),
                        str_fmt(a, "%d", at), (str){0}, (str){0});
    case USCC_CHECK: return err_of(ERR_INPUT, "uscc", N_("The check character is wrong: compare the code with the business licence."));
    case USCC_ORG_CHECK:
    case USCC_OK: break;
    }
    return NO_ERR;
}
