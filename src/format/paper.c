/* SPDX-License-Identifier: Apache-2.0 */
/* paper.c: a paper's description made plain (texts only) and checked before anything is drawn. */
#include "format/paper.h"

#include "format/pdf.h"

enum { TEXT_MAX = 100000, COLUMNS_MAX = 24 };

/* ---- plain ---------------------------------------------------------------------------------- */

/* Invisible characters that turn, hide or stop text: a paper must read the same to everybody. */
static bool is_unwanted(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200B || c == 0x200E || c == 0x200F
           || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF
           || (c >= 0xFFF9 && c <= 0xFFFB) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF)
           || (c >= 0xE0000 && c <= 0xE0FFF);
}

static str clean(arena *a, str s)
{
    buf b = buf_new(a, s.n + 16);
    str rest = s;
    while (rest.n) {
        str here = rest;
        uint32_t c = str_next_char(&rest);
        here.n -= rest.n;
        if (c == '\n' || c == 0x2028 || c == 0x2029)
            buf_byte(&b, '\n');
        else if (c == '\t')
            buf_byte(&b, ' ');
        else if (c == 0xFFFD)
            buf_put(&b, S("\xEF\xBF\xBD"));
        else if (!is_unwanted(c))
            buf_put(&b, here);
    }
    return buf_str(&b);
}

/* 1234567 fen: 12,345.67. */
static str money(arena *a, int64_t fen)
{
    uint64_t u = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    str digits = str_fmt(a, "%llu", (unsigned long long)(u / 100));
    buf b = buf_new(a, digits.n * 2 + 8);
    buf_putz(&b, fen < 0 ? "-" : "");
    for (size i = 0; i < digits.n; i++) {
        if (i > 0 && (digits.n - i) % 3 == 0)
            buf_byte(&b, ',');
        buf_byte(&b, digits.p[i]);
    }
    buf_fmt(&b, ".%02d", (int)(u % 100));
    return buf_str(&b);
}

/* Days since 1970 to year, month, day (proleptic Gregorian; Howard Hinnant's civil_from_days). */
static void civil(int64_t day, int64_t *y, int *m, int *d)
{
    int64_t z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097;
    int64_t doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (int)((5 * doy + 2) / 153);
    *d = (int)(doy - (153 * mp + 2) / 5) + 1;
    *m = mp < 10 ? mp + 3 : mp - 9;
    *y = yoe + era * 400 + (*m <= 2);
}

static str iso_day(arena *a, int64_t day)
{
    int64_t y;
    int m, d;
    civil(day, &y, &m, &d);
    return str_fmt(a, "%04lld-%02d-%02d", (long long)y, m, d);
}

static str beijing(arena *a, int64_t us)
{
    const int64_t minute = 60LL * 1000000, day = 24 * 60 * minute;
    int64_t t = us + 8 * 60 * minute, days = t / day - (t % day < 0);
    int64_t of = (t - days * day) / minute;
    return str_fmt(a, SF " %02d:%02d", SA(iso_day(a, days)), (int)(of / 60), (int)(of % 60));
}

static str plain_text(arena *a, const view *v)
{
    switch (v->kind) {
    case V_INT: return str_fmt(a, "%lld", (long long)v->i);
    case V_FEN: return money(a, v->i);
    case V_DAY: return v->i ? iso_day(a, v->i) : S("");
    case V_TIME: return v->i ? beijing(a, v->i) : S("");
    case V_TEXT: return clean(a, v->s);
    case V_CODE: return clean(a, v->label.n ? v->label : v->s);
    default: return S("");
    }
}

static void plain_into(arena *a, view *to, const view *from)
{
    if (from->kind == V_BOOL) {
        to->kind = V_BOOL;
        to->i = from->i;
    } else if (from->kind == V_LIST || from->kind == V_MAP) {
        for (const view *v = from->first; v; v = v->next) {
            if (v->kind == V_NULL && from->kind == V_MAP)
                continue;      /* as if it were not there */
            bool kept = v->kind == V_LIST || v->kind == V_MAP || v->kind == V_BOOL;
            view_kind k = kept ? v->kind : V_TEXT;
            plain_into(a, from->kind == V_MAP ? view_put(to, v->name, k) : view_add(to, k), v);
        }
    } else {
        to->kind = V_TEXT;
        to->s = plain_text(a, from);
    }
}

view *paper_plain(arena *a, const view *paper)
{
    view *to = paper->kind == V_LIST ? view_list(a) : view_map(a);
    if (paper->kind == V_LIST || paper->kind == V_MAP)
        plain_into(a, to, paper);
    return to;
}

/* ---- checked -------------------------------------------------------------------------------- */

/* What may stand under a key. A list is of what `of` says: texts, or maps of those keys. */
struct key {
    const char *name;
    enum { K_TEXT, K_FLAG, K_MAP, K_MAPS, K_TEXTS, K_ROWS } is;
    const struct key *of;
};

static const struct key column_keys[] = {
    {"title", K_TEXT, 0}, {"align", K_TEXT, 0}, {"width", K_TEXT, 0}, {"mono", K_FLAG, 0},
    {"label", K_FLAG, 0}, {0}};
static const struct key table_keys[] = {
    {"columns", K_MAPS, column_keys}, {"rows", K_ROWS, 0}, {"total", K_TEXTS, 0},
    {"capitals", K_TEXT, 0}, {"caption", K_TEXT, 0}, {"unit", K_TEXT, 0}, {0}};
static const struct key fact_keys[] = {{"name", K_TEXT, 0}, {"value", K_TEXT, 0}, {0}};
static const struct key block_keys[] = {
    {"p", K_TEXT, 0}, {"align", K_TEXT, 0}, {"h1", K_TEXT, 0}, {"h2", K_TEXT, 0}, {"h3", K_TEXT, 0},
    {"list", K_TEXTS, 0}, {"note", K_TEXT, 0}, {"table", K_MAP, table_keys},
    {"facts", K_MAPS, fact_keys}, {"pairs", K_TEXT, 0}, {"sign", K_TEXTS, 0}, {"break", K_FLAG, 0},
    {"gap", K_FLAG, 0}, {0}};
static const struct key annex_keys[] = {
    {"title", K_TEXT, 0}, {"wide", K_FLAG, 0}, {"body", K_MAPS, block_keys}, {0}};
static const struct key printed_keys[] = {{"by", K_TEXT, 0}, {"date", K_TEXT, 0}, {0}};
static const struct key qr_keys[] = {{"text", K_TEXT, 0}, {"caption", K_TEXT, 0}, {0}};
static const struct key paper_keys[] = {
    {"kind", K_TEXT, 0}, {"lang", K_TEXT, 0}, {"issuer", K_TEXT, 0}, {"mark", K_TEXT, 0},
    {"number", K_TEXT, 0}, {"approver", K_TEXT, 0}, {"secret", K_TEXT, 0}, {"urgent", K_TEXT, 0},
    {"title", K_TEXT, 0}, {"to", K_TEXT, 0}, {"body", K_MAPS, block_keys},
    {"attachments", K_TEXTS, 0}, {"signer", K_TEXT, 0}, {"date", K_TEXT, 0}, {"seal", K_TEXT, 0},
    {"remark", K_TEXT, 0}, {"annexes", K_MAPS, annex_keys}, {"copy", K_TEXT, 0},
    {"printed", K_MAP, printed_keys}, {"qr", K_MAP, qr_keys}, {"verify", K_TEXT, 0}, {0}};

static err wrong(const char *key)
{
    return err_with(ERR_INPUT, key, N_("The paper's description is wrong at “{0}”."), str_of(key),
                    S(""), S(""));
}

static err check_map(const view *map, const struct key *keys);

static err check_texts(const view *texts, const char *key, int most)
{
    if (texts->kind != V_LIST || texts->n > most)
        return wrong(key);
    for (const view *v = texts->first; v; v = v->next)
        if (v->kind != V_TEXT)
            return wrong(key);
        else if (v->s.n > TEXT_MAX)
            return err_of(ERR_LARGE, key, N_("A text of the paper is too long."));
    return NO_ERR;
}

static err check_value(const view *v, const struct key *k)
{
    view_kind want = k->is == K_TEXT ? V_TEXT : k->is == K_FLAG ? V_BOOL
                   : k->is == K_MAP ? V_MAP : V_LIST;
    if (v->kind != want)
        return wrong(k->name);
    if (want == V_TEXT && v->s.n > TEXT_MAX)
        return err_of(ERR_LARGE, k->name, N_("A text of the paper is too long."));
    if (k->is == K_MAP)
        return check_map(v, k->of);
    if (k->is == K_TEXTS)
        return check_texts(v, k->name, INT_MAX);
    for (const view *e = k->is == K_MAPS || k->is == K_ROWS ? v->first : NULL; e; e = e->next) {
        if (k->is == K_ROWS)
            TRY(check_texts(e, k->name, COLUMNS_MAX));
        else if (e->kind != V_MAP)
            return wrong(k->name);
        else
            TRY(check_map(e, k->of));
    }
    return NO_ERR;
}

static err check_table(const view *table)
{
    const view *columns = view_get(table, S("columns")), *total = view_get(table, S("total"));
    int n = columns ? columns->n : 0;
    if (n > COLUMNS_MAX)
        return wrong("columns");
    const view *rows = view_get(table, S("rows"));
    for (const view *r = rows ? rows->first : NULL; r; r = r->next)
        if (r->n > n)
            return wrong("rows");
    return total && total->n > n ? wrong("total") : NO_ERR;
}

static bool is_one_of(str s, const char *const *words)
{
    for (; *words; words++)
        if (str_eqz(s, *words))
            return true;
    return false;
}

static err check_words(const view *map, const struct key *keys)
{
    static const char *const aligns[] = {"", "left", "center", "right", NULL};
    static const char *const kinds[] = {"official", "letter", "plain", "form", NULL};
    static const char *const langs[] = {"", "zh-CN", "en", NULL};
    static const char *const pairs[] = {"", "1", "2", NULL};
    if (!is_one_of(view_get_text(map, S("align")), aligns))
        return wrong("align");
    if (keys == block_keys && !is_one_of(view_get_text(map, S("pairs")), pairs))
        return wrong("pairs");
    if (keys == paper_keys && !is_one_of(view_get_text(map, S("kind")), kinds))
        return wrong("kind");
    if (keys == paper_keys && !is_one_of(view_get_text(map, S("lang")), langs))
        return wrong("lang");
    return keys == table_keys ? check_table(map) : NO_ERR;
}

static err check_map(const view *map, const struct key *keys)
{
    for (const view *v = map->first; v; v = v->next) {
        const struct key *k = keys;
        while (k->name && !str_eqz(v->name, k->name))
            k++;
        if (!k->name)
            return err_with(ERR_INPUT, "", N_("The paper's description is wrong at “{0}”."),
                            v->name, S(""), S(""));
        TRY(check_value(v, k));
    }
    return check_words(map, keys);
}

err paper_check(const view *plain)
{
    if (plain->kind != V_MAP)
        return wrong("kind");
    return check_map(plain, paper_keys);
}

err pdf_check(arena *a, const view *paper) { return paper_check(paper_plain(a, paper)); }

/* ---- read ----------------------------------------------------------------------------------- */

paper_kind paper_kind_of(const view *plain)
{
    str k = view_get_text(plain, S("kind"));
    return str_eqz(k, "official") ? PAPER_OFFICIAL : str_eqz(k, "letter") ? PAPER_LETTER
         : str_eqz(k, "plain") ? PAPER_PLAIN : PAPER_FORM;
}

bool paper_is_english(const view *plain) { return str_eqz(view_get_text(plain, S("lang")), "en"); }

bool paper_flag(const view *map, str name)
{
    const view *v = view_get(map, name);
    return v && v->kind == V_BOOL && v->i;
}

str paper_date(arena *a, str iso, bool english)
{
    static const char *const months[] = {
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December"};
    int64_t y, m, d;
    if (iso.n != 10 || iso.p[4] != '-' || iso.p[7] != '-' || !str_int(str_head(iso, 4), &y)
        || !str_int((str){iso.p + 5, 2}, &m) || !str_int((str){iso.p + 8, 2}, &d) || m < 1
        || m > 12)
        return iso;
    return english ? str_fmt(a, "%d %s %d", (int)d, months[m - 1], (int)y)
                   : str_fmt(a, "%d年%d月%d日", (int)y, (int)m, (int)d);
}
