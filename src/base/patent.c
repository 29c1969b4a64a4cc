/* SPDX-License-Identifier: Apache-2.0 */
/* patent.c: the numbers that prove an outcome. */
#include "base/patent.h"

static size leading_digits(str s)
{
    size n = 0;
    while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9') n++;
    return n;
}

static bool all_digits(str s, size n) { return s.n == n && leading_digits(s) == n; }

/* Spaces of every kind and marks that nobody sees: they must not make a second number of one. */
static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0x7F || c == 0xA0 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x2064);
}

static bool is_dash(uint32_t c) { return (c >= 0x2010 && c <= 0x2015) || c == 0x2212; }

/* In capitals and of ASCII width, without blanks; every dash a hyphen. */
static str tidy(arena *a, str typed)
{
    buf b = buf_new(a, typed.n + 1);
    for (str rest = str_narrow(a, typed); rest.n;) {
        str before = rest;
        uint32_t c = str_next_char(&rest);
        if (is_dash(c)) buf_byte(&b, '-');
        else if (!is_blank(c)) buf_put(&b, str_head(before, before.n - rest.n));
    }
    return str_upper(a, buf_str(&b));
}

/* ---- patents ----------------------------------------------------------------------------- */

char patent_check_digit(str s)
{
    static const int weights[] = {2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5};
    int sum = 0;
    assert(s.n == 12 || s.n == 8);
    for (int i = 0; i < s.n; i++) sum += (s.p[i] - '0') * weights[i];
    int check = sum % 11;
    return check == 10 ? 'X' : (char)('0' + check);
}

static str without_prefix(str s)
{
    return str_starts(s, S("ZL")) || str_starts(s, S("CN")) ? str_from(s, 2) : s;
}

bool patent_is_publication(arena *a, str typed)
{
    str s = tidy(a, typed), number = without_prefix(s);
    size n = leading_digits(number);
    str kind = str_from(number, n);
    if (number.n == s.n || n < 7 || n > 9 || kind.n < 1 || kind.n > 2) return false;
    return memchr("ABCUYS", kind.p[0], 6) && leading_digits(str_from(kind, 1)) == kind.n - 1;
}

/* The type digit; '\0' if the year cannot be: 12 digits begin in 2003, 8 ended then. */
static char type_of(str digits)
{
    if (digits.n == 12) {
        bool since = str_compare(digits, S("2003")) > 0 && str_compare(digits, S("2100")) < 0;
        return since ? digits.p[4] : '\0';
    }
    bool old = str_compare(digits, S("85")) > 0 || str_compare(digits, S("04")) < 0;
    return old ? digits.p[2] : '\0';
}

const char *patent_check(arena *a, str typed, str *normal)
{
    str s = without_prefix(tidy(a, typed));
    *normal = (str){0};
    if (!s.n) return N_("The number is missing.");
    if (patent_is_publication(a, typed))
        return N_("This is a publication number. Give the application number, such as "
                  "ZL201310033299.6.");
    size n = leading_digits(s);
    bool point = n < s.n && s.p[n] == '.';
    str digits = str_head(s, point ? n : s.n - 1), check = str_from(s, point ? n + 1 : s.n - 1);
    if (leading_digits(digits) != digits.n || check.n != 1 ||
        !(check.p[0] == 'X' || leading_digits(check) == 1))
        return N_("A patent number is digits, a point and one check character.");
    if (digits.n != 12 && digits.n != 8)
        return N_("A patent number has 12 digits before the point (8 before October 2003).");
    char type = type_of(digits);
    if (!type) return N_("A patent number begins with its year: 2003 or later, or two digits "
                         "from 85 to 03.");
    if (!strchr("12389", type)) return N_("The digit after the year names no type of patent.");
    if (check.p[0] != patent_check_digit(digits))
        return N_("The check character is wrong: compare the number with the certificate.");
    *normal = str_join(a, digits, check);
    return NULL;
}

/* ---- every kind -------------------------------------------------------------------------- */

static err wrong(const char *says) { return err_of(ERR_INPUT, "outcome_number", says); }

static err patent_number(arena *a, str typed, const char *types, str *out)
{
    const char *says = patent_check(a, typed, out);
    if (says) return wrong(says);
    char type = out->n == 13 ? out->p[4] : out->p[2];
    if (strchr(types, type)) return NO_ERR;
    return wrong(N_("The number belongs to another type of patent than the one chosen."));
}

static err invention(arena *a, str typed, str *out) { return patent_number(a, typed, "18", out); }
static err utility(arena *a, str typed, str *out) { return patent_number(a, typed, "29", out); }
static err design(arena *a, str typed, str *out) { return patent_number(a, typed, "3", out); }

/* Either of the two numbers of one registration; 8 digits of a certificate since 2022, and later
 * years write the 6 digits of a registration with a zero in front. */
static err software(arena *a, str typed, str *out)
{
    const str head = S("软著登字第"), tail = S("号");
    str s = *out = tidy(a, typed);
    if (str_starts(s, head) && str_ends(s, tail)) {
        *out = str_head(str_from(s, head.n), s.n - head.n - tail.n);
        if (all_digits(*out, 7) || all_digits(*out, 8)) return NO_ERR;
    }
    str year = str_head(s, 4), number = str_from(s, 6);
    if (all_digits(year, 4) && str_eq(str_head(str_from(s, 4), 2), S("SR"))) {
        if (all_digits(number, 6)) return NO_ERR;
        if (all_digits(number, 7)) {
            if (number.p[0] == '0') *out = str_join(a, str_head(s, 6), str_from(number, 1));
            return NO_ERR;
        }
    }
    return wrong(N_("A software copyright number looks like 2018SR503328 or 软著登字第1234567号."));
}

static err layout(arena *a, str typed, str *out)
{
    str s = tidy(a, typed);
    str digits = str_from(s, str_starts(s, S("BS.")) ? 3 : 2);
    *out = str_join(a, S("BS."), digits);
    if (str_starts(s, S("BS")) && all_digits(digits, 9)) return NO_ERR;
    return wrong(N_("A layout number looks like BS.185559220."));
}

static err certificate(arena *a, str typed, str *out)
{
    *out = tidy(a, typed);
    if (str_starts(*out, S("GR")) && all_digits(str_from(*out, 2), 12)) return NO_ERR;
    return wrong(N_("A high-tech certificate number is GR and 12 digits, such as GR201821200123."));
}

/* Its form is not sure enough to ask for more. */
static err plant(arena *a, str typed, str *out)
{
    *out = str_replace(a, tidy(a, typed), S("."), S(""));
    if (str_starts(*out, S("CNA")) && out->n >= 6 && out->n <= 20) return NO_ERR;
    return wrong(N_("A plant variety number begins with CNA."));
}

static err any(arena *a, str typed, str *out)
{
    *out = tidy(a, typed);
    if (out->n >= 2 && str_chars(*out) <= 60) return NO_ERR;
    return wrong(N_("Give the number as on the document, 2 to 60 characters."));
}

/* ---- the table --------------------------------------------------------------------------- */

const struct choice outcome_kinds[] = {
    {"invention", N_("Invention patent")},
    {"utility_model", N_("Utility model patent")},
    {"design", N_("Design patent")},
    {"software_copyright", N_("Software copyright")},
    {"layout", N_("Integrated circuit layout")},
    {"plant_variety", N_("Plant variety")},
    {"hte_certificate", N_("High-tech enterprise certificate")},
    {"standard", N_("Standard")},
    {"project_grant", N_("Project grant")},
    {"other", N_("Other outcome")},
    {0},
};

static const outcome_format formats[] = {
    {N_("ZL or CN, the year, 1 (8 through the PCT), 7 digits, a point and the check character"), "ZL201310033299.6", invention},
    {N_("ZL or CN, the year, 2 (9 through the PCT), 7 digits, a point and the check character"), "ZL200423005394.0", utility},
    {N_("ZL or CN, the year, 3, 7 digits, a point and the check character"), "ZL201730610076.0", design},
    {N_("The year, SR and 6 or 7 digits; or the certificate's 7 or 8 digits"), "2018SR503328", software},
    {N_("BS. and 9 digits"), "BS.185559220", layout},
    {N_("CNA and what follows on the certificate"), "CNA20101234.5", plant},
    {N_("GR and 12 digits"), "GR201821200123", certificate},
    {N_("As on the document, 2 to 60 characters"), "GB/T 29490-2013", any},
    {N_("As on the document, 2 to 60 characters"), "2018-XM-012", any},
    {N_("As on the document, 2 to 60 characters"), "2018-001", any},
};
_Static_assert(countof(formats) + 1 == countof(outcome_kinds), "every kind has a format");

static int index_of(str kind)
{
    for (int i = 0; outcome_kinds[i].code; i++)
        if (str_eqz(kind, outcome_kinds[i].code)) return i;
    return -1;
}

const outcome_format *outcome_format_of(str kind)
{
    int i = index_of(kind);
    return i >= 0 ? &formats[i] : NULL;
}

bool outcome_kind_known(str kind) { return index_of(kind) >= 0; }

err outcome_number(arena *a, str kind, str typed, str *normal)
{
    const outcome_format *f = outcome_format_of(kind);
    if (f) return f->read(a, typed, normal);
    return err_of(ERR_INPUT, "outcome_kind", N_("There is no such kind of outcome."));
}
