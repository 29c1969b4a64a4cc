/* SPDX-License-Identifier: Apache-2.0 */
/* patent.c: the numbers that prove an outcome. */
#include "base/patent.h"

const struct choice outcome_kinds[] = {
    {"invention", N_("Invention patent")}, {"utility_model", N_("Utility model patent")}, {"design", N_("Design patent")},
    {"software_copyright", N_("Software copyright")}, {"layout", N_("Integrated circuit layout")}, {"plant_variety", N_("Plant variety")},
    {"hte_certificate", N_("High-tech enterprise certificate")}, {"standard", N_("Standard")}, {"project_grant", N_("Project grant")},
    {"other", N_("Other outcome")}, {0},
};

bool outcome_kind_known(str kind)
{
    for (const struct choice *k = outcome_kinds; k->code; k++)
        if (str_eqz(kind, k->code)) return true;
    return false;
}

/* ---- patents ------------------------------------------------------------------------------------------- */

char patent_check_digit(str s)
{
    static const int weights[] = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    int sum = 0;
    assert(s.n == 12 || s.n == 8);
    for (int i = 0; i < s.n; i++) sum += (s.p[i] - '0') * weights[i];
    int check = sum % 11;
    return check == 10 ? 'X' : (char)('0' + check);
}

static size leading_digits(str s)
{
    size n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9') n++;
    return n;
}

static str without(arena *a, str s, const char *drop)
{
    buf b = buf_new(a, s.n + 1);
    for (size i = 0; i < s.n; i++)
        if (!strchr(drop, s.p[i])) buf_byte(&b, s.p[i]);
    return str_upper(a, buf_str(&b));
}

const char *patent_check(arena *a, str typed, str *normal)
{
    str s = without(a, typed, " ");
    bool prefixed = str_starts(s, S("ZL")) || str_starts(s, S("CN"));
    if (prefixed) s = str_from(s, 2);
    if (!s.n) return N_("The number is missing.");
    if (prefixed && s.n > 1 && leading_digits(s) == s.n - 1 && strchr("ABCUYS", s.p[s.n - 1]))
        return N_("This is a publication number. Give the application number, such as ZL201310033299.6.");
    size n = leading_digits(s);
    bool dotted = n < s.n && s.p[n] == '.';
    str digits = dotted ? str_head(s, n) : str_head(s, s.n - 1), check = dotted ? str_from(s, n + 1) : str_from(s, s.n - 1);
    if (leading_digits(digits) != digits.n || check.n != 1 || !(check.p[0] == 'X' || leading_digits(check) == 1))
        return N_("A patent number is digits, a point and one check character.");
    if (digits.n != 12 && digits.n != 8)
        return N_("A patent number has 12 digits before the point (8 before October 2003).");
    char type = digits.n == 12 ? digits.p[4] : digits.p[2];
    if (!strchr("12389", type)) return N_("The digit after the year names no type of patent.");
    if (check.p[0] != patent_check_digit(digits)) return N_("The check character is wrong: compare the number with the certificate.");
    *normal = str_join(a, digits, check);
    return NULL;
}

static err patent_number(arena *a, str typed, const char *types, str *normal)
{
    const char *wrong = patent_check(a, typed, normal);
    if (wrong) return err_of(ERR_INPUT, "outcome_number", wrong);
    char type = normal->n == 13 ? normal->p[4] : normal->p[2];
    if (!strchr(types, type)) return err_of(ERR_INPUT, "outcome_number", N_("The number belongs to another type of patent than the one chosen."));
    return NO_ERR;
}

static err invention(arena *a, str s, str *out) { return patent_number(a, s, "18", out); }
static err utility_model(arena *a, str s, str *out) { return patent_number(a, s, "29", out); }
static err design(arena *a, str s, str *out) { return patent_number(a, s, "3", out); }

/* ---- the other kinds ---------------------------------------------------------------------------------------- */

static err wrong(const char *says) { return err_of(ERR_INPUT, "outcome_number", says); }

static err software(arena *a, str typed, str *out)
{
    str s = without(a, typed, " ");
    str head = S("软著登字第"), tail = S("号");
    if (str_starts(s, head) && str_ends(s, tail)) {
        str digits = str_head(str_from(s, head.n), s.n - head.n - tail.n);
        *out = digits;
        if (digits.n == 7 && leading_digits(digits) == 7) return NO_ERR;
    }
    size year = leading_digits(s);
    str rest = str_from(s, 6);
    *out = s;
    if (year == 4 && str_eq(str_head(str_from(s, 4), 2), S("SR")) && (rest.n == 6 || rest.n == 7) && leading_digits(rest) == rest.n) return NO_ERR;
    return wrong(N_("A software copyright number looks like 2018SR503328 or 软著登字第1234567号."));
}

static err layout(arena *a, str typed, str *out)
{
    *out = without(a, typed, " ");
    str digits = str_from(*out, 3);
    if (str_starts(*out, S("BS.")) && digits.n == 9 && leading_digits(digits) == 9) return NO_ERR;
    return wrong(N_("A layout number looks like BS.185559220."));
}

static err certificate(arena *a, str typed, str *out)
{
    *out = without(a, typed, " ");
    str digits = str_from(*out, 2);
    if (str_starts(*out, S("GR")) && digits.n == 12 && leading_digits(digits) == 12) return NO_ERR;
    return wrong(N_("A high-tech certificate number is GR and 12 digits, such as GR201821200123."));
}

static err plant(arena *a, str typed, str *out)
{
    *out = without(a, typed, " ");
    if (str_starts(*out, S("CNA")) && out->n >= 6 && out->n <= 20) return NO_ERR;
    return wrong(N_("A plant variety number begins with CNA."));
}

static err any(arena *a, str typed, str *out)
{
    *out = without(a, typed, " ");
    return out->n >= 2 && str_chars(*out) <= 60 ? NO_ERR : wrong(N_("Give the number as on the document, 2 to 60 characters."));
}

err outcome_number(arena *a, str kind, str typed, str *normal)
{
    static err (*const read[])(arena *, str, str *) = {invention, utility_model, design, software, layout, plant, certificate, any, any, any};
    _Static_assert(countof(read) + 1 == countof(outcome_kinds), "every kind of outcome has a reader");
    for (int i = 0; outcome_kinds[i].code; i++)
        if (str_eqz(kind, outcome_kinds[i].code)) return read[i](a, typed, normal);
    return err_of(ERR_INPUT, "outcome_kind", N_("There is no such kind of outcome."));
}
