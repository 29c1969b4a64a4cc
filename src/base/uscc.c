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
    for (int i = 0; i < 17; i++, weight = weight * 3 % 31) {
        int value = outer_value(s.p[i]);
        if (value < 0) return '\0';
        sum += value * weight;
    }
    return alphabet[(31 - sum % 31) % 31]; /* the second mod: a sum of 0 gives '0' */
}

char uscc_org_digit(str s)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    assert(s.n == 8);
    for (int i = 0; i < 8; i++) {
        int value = inner_value(s.p[i]);
        if (value < 0) return '\0';
        sum += value * weights[i];
    }
    int check = 11 - sum % 11;
    return check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
}

static bool org_right(str s) { return s.p[16] == uscc_org_digit(str_head(str_from(s, 8), 8)); }

uscc_verdict uscc_check(arena *a, str typed, str *normal, int *at)
{
    typed = str_trim(typed);
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
    return org_right(s) ? USCC_OK : USCC_ORG_CHECK;
}

str uscc_says(arena *a, str typed, uscc_verdict v, int at)
{
    str normal;
    int ignored;
    uscc_check(a, typed, &normal, &ignored);
    switch (v) {
    case USCC_LENGTH: return str_fmt(a, "it has %d characters, not 18", (int)str_chars(normal));
    case USCC_LETTER: return str_fmt(a, "character %d is not one of %s", at, alphabet);
    case USCC_CHECK:
        return str_fmt(a, "the check character should be %c",
                       uscc_check_digit(str_head(normal, 17)));
    case USCC_ORG_CHECK:
        return S("the check digit of the organisation code inside is unusual; accepted");
    case USCC_OK: break;
    }
    return (str){0};
}

/* ---- forms ------------------------------------------------------------------------------- */

static err wrong(const char *says, str x, str y)
{
    return err_with(ERR_INPUT, "uscc", says, x, y, (str){0});
}

static err wrong_length(arena *a, str s)
{
    if (str_chars(s) == 15)
        return wrong(N_("This is an old registration number of 15 digits. Give the unified social "
                        "credit code of 18 characters, as on the business licence."),
                     (str){0}, (str){0});
    return wrong(N_("A unified social credit code has 18 characters, not {0}."),
                 str_fmt(a, "%lld", (long long)str_chars(s)), (str){0});
}

err uscc_read(arena *a, str typed, str *normal)
{
    int at;
    switch (uscc_check(a, str_narrow(a, typed), normal, &at)) {
    case USCC_LENGTH: return wrong_length(a, *normal);
    case USCC_LETTER:
        return wrong(N_("Character {0} cannot stand in a code: digits and capital letters without "
                        "I, O, S, V, Z."),
                     str_fmt(a, "%d", at), (str){0});
    case USCC_CHECK: {
        char *expected = new(a, char);
        *expected = uscc_check_digit(str_head(*normal, 17));
        return wrong(N_("After the first 17 characters the last would be {0}, not {1}: compare the "
                        "whole code with the business licence."),
                     (str){expected, 1}, str_from(*normal, 17));
    }
    case USCC_ORG_CHECK:
    case USCC_OK: break;
    }
    return NO_ERR;
}

const char *uscc_warning(str normal)
{
    if (normal.n != 18 || org_right(normal)) return NULL;
    return N_("The organisation code inside (characters 9 to 17) has an unusual check digit: "
              "compare it with the business licence.");
}
