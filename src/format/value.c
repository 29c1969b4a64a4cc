/* SPDX-License-Identifier: Apache-2.0 */
/* value.c: money, days, instants and codes as people and programs read them.
 *
 * The same as base's day_words, time_words and fen_words (a test holds them together), but written
 * straight into the page, which has hundreds of them.
 */
#include "format/value.h"

#include "base/capitals.h"
#include "base/days.h"
#include "format/url.h"

#define DAY_US (INT64_C(86400) * 1000000)
#define SHANGHAI_US (INT64_C(8) * 3600 * 1000000)

static const struct { const char *suffix; writing w; } suffixes[] = {
    {"raw", WRITE_RAW}, {"yuan", WRITE_YUAN}, {"capitals", WRITE_CAPITALS}, {"iso", WRITE_ISO},
    {"day", WRITE_DAY}, {"time", WRITE_TIME}, {"month", WRITE_MONTH}, {"code", WRITE_CODE},
    {"label", WRITE_LABEL}, {"lines", WRITE_LINES}, {"url", WRITE_URL},
    {"grouped", WRITE_GROUPED}, {"count", WRITE_COUNT},
};

int writing_of(str suffix)
{
    for (int i = 0; i < countof(suffixes); i++)
        if (str_eqz(suffix, suffixes[i].suffix)) return (int)suffixes[i].w;
    return WRITE_PLAIN;
}

/* ---- numbers ---------------------------------------------------------------------------- */

static uint64_t magnitude(int64_t i)
{
    return i < 0 ? -(uint64_t)i : (uint64_t)i;
}

/* At least `width` digits, in groups of three if asked. */
static void put_digits(buf *b, uint64_t n, int width, bool grouped)
{
    char digits[32], *p = digits + sizeof digits;
    for (int i = 0; n || i < width; i++, n /= 10) {
        if (grouped && i && i % 3 == 0) *--p = ',';
        *--p = (char)('0' + n % 10);
    }
    buf_put(b, (str){p, digits + sizeof digits - p});
}

static void put_yuan(buf *b, int64_t fen, bool grouped)
{
    put_digits(b, magnitude(fen) / 100, 1, grouped);
    buf_byte(b, '.');
    put_digits(b, magnitude(fen) % 100, 2, false);
}

static void put_sign(buf *b, int64_t i)
{
    if (i < 0) buf_byte(b, '-');
}

/* ---- days ------------------------------------------------------------------------------- */

typedef struct { int year, month, day; } date;

static date date_of(int64_t day)
{
    date d;
    day_split(day, &d.year, &d.month, &d.day);
    return d;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static int64_t local_day(const view *v)
{
    return v->kind == V_DAY ? v->i : day_of_time(v->i);
}

static const char *const month_name[] = {
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
};

static void put_month(buf *b, date d, lang l)
{
    if (l == LANG_EN) buf_putz(b, month_name[d.month - 1]), buf_byte(b, ' ');
    buf_int(b, d.year);
    if (l == LANG_EN) return;
    buf_put(b, S("年"));
    buf_int(b, d.month);
    buf_put(b, S("月"));
}

static void put_day(buf *b, int64_t day, lang l)
{
    date d = date_of(day);
    if (l == LANG_EN) {
        buf_int(b, d.day);
        buf_byte(b, ' ');
        buf_put(b, (str){month_name[d.month - 1], 3});
        buf_byte(b, ' ');
        buf_int(b, d.year);
        return;
    }
    put_month(b, d, l);
    buf_int(b, d.day);
    buf_put(b, S("日"));
}

static void put_iso_day(buf *b, int64_t day)
{
    date d = date_of(day);
    put_digits(b, magnitude(d.year), 4, false);
    buf_byte(b, '-');
    put_digits(b, (uint64_t)d.month, 2, false);
    buf_byte(b, '-');
    put_digits(b, (uint64_t)d.day, 2, false);
}

/* Hours and minutes of the day, with seconds if asked. */
static void put_clock(buf *b, int64_t us, bool seconds)
{
    int64_t s = (us - floor_div(us, DAY_US) * DAY_US) / 1000000;
    put_digits(b, (uint64_t)(s / 3600), 2, false);
    buf_byte(b, ':');
    put_digits(b, (uint64_t)(s / 60 % 60), 2, false);
    if (!seconds) return;
    buf_byte(b, ':');
    put_digits(b, (uint64_t)(s % 60), 2, false);
}

void value_put_utc(buf *b, const view *v)
{
    if (v->kind == V_DAY) {
        put_iso_day(b, v->i);
    } else if (v->kind == V_TIME) {
        int64_t fraction = v->i - floor_div(v->i, 1000000) * 1000000;
        put_iso_day(b, floor_div(v->i, DAY_US));
        buf_byte(b, 'T');
        put_clock(b, v->i, true);
        if (fraction) {
            buf_byte(b, '.');
            put_digits(b, (uint64_t)fraction, 6, false);
        }
        buf_byte(b, 'Z');
    }
}

/* ---- values ----------------------------------------------------------------------------- */

static str label_of(const view *v)
{
    return v->kind == V_CODE && v->label.n ? v->label : v->s;
}

static void put_plain(buf *b, const view *v, lang l)
{
    switch (v->kind) {
    case V_NULL: case V_LIST: case V_MAP: break;
    case V_BOOL: buf_put(b, v->i ? S("true") : S("false")); break;
    case V_INT: buf_int(b, v->i); break;
    case V_FEN:
        put_sign(b, v->i);
        buf_put(b, S("¥"));
        put_yuan(b, v->i, true);
        break;
    case V_DAY: put_day(b, v->i, l); break;
    case V_TIME:
        put_day(b, local_day(v), l);
        buf_put(b, l == LANG_EN ? S(", ") : S(" "));
        put_clock(b, v->i + SHANGHAI_US, false);
        break;
    case V_TEXT: case V_CODE: buf_put(b, label_of(v)); break;
    }
}

static void put_raw(buf *b, const view *v)
{
    if (v->kind == V_TEXT || v->kind == V_CODE) buf_put(b, v->s);
    else if (v->kind != V_NULL && v->kind != V_LIST && v->kind != V_MAP) buf_int(b, v->i);
}

static void put_iso(buf *b, const view *v)
{
    put_iso_day(b, local_day(v));
    if (v->kind == V_DAY) return;
    buf_byte(b, 'T');
    put_clock(b, v->i + SHANGHAI_US, true);
    buf_put(b, S("+08:00"));
}

static void put_url(buf *b, const view *v)
{
    if (v->kind == V_TEXT || v->kind == V_CODE) url_encode(b, v->s);
    else put_raw(b, v);
}

static void put_grouped(buf *b, const view *v)
{
    put_sign(b, v->i);
    if (v->kind == V_FEN) put_yuan(b, v->i, true);
    else put_digits(b, magnitude(v->i), 1, true);
}

void value_put(buf *b, const view *v, writing w, lang l)
{
    bool dated = v->kind == V_DAY || v->kind == V_TIME;
    bool texty = v->kind == V_TEXT || v->kind == V_CODE;
    switch (w) {
    case WRITE_PLAIN: put_plain(b, v, l); break;
    case WRITE_RAW: put_raw(b, v); break;
    case WRITE_YUAN:
        if (v->kind == V_FEN) put_sign(b, v->i), put_yuan(b, v->i, false);
        break;
    case WRITE_CAPITALS: if (v->kind == V_FEN) buf_put(b, fen_capitals(b->a, v->i)); break;
    case WRITE_ISO: if (dated) put_iso(b, v); break;
    case WRITE_DAY: if (dated) put_day(b, local_day(v), l); break;
    case WRITE_TIME: if (v->kind == V_TIME) put_clock(b, v->i + SHANGHAI_US, false); break;
    case WRITE_MONTH: if (dated) put_month(b, date_of(local_day(v)), l); break;
    case WRITE_CODE: if (v->kind == V_CODE) buf_put(b, v->s); break;
    case WRITE_LABEL: if (v->kind == V_CODE) buf_put(b, v->label); break;
    case WRITE_LINES: if (texty) buf_put(b, v->s); break;
    case WRITE_URL: put_url(b, v); break;
    case WRITE_GROUPED: if (v->kind == V_FEN || v->kind == V_INT) put_grouped(b, v); break;
    case WRITE_COUNT: if (v->kind == V_LIST) buf_int(b, v->n); break;
    }
}

void value_put_cell(buf *b, const view *v)
{
    switch (v->kind) {
    case V_NULL: case V_LIST: case V_MAP: break;
    case V_BOOL: case V_INT: buf_int(b, v->i); break;
    case V_FEN:
        put_sign(b, v->i);
        put_yuan(b, v->i, false);
        break;
    case V_DAY: put_iso_day(b, v->i); break;
    case V_TIME:
        put_iso_day(b, local_day(v));
        buf_byte(b, ' ');
        put_clock(b, v->i + SHANGHAI_US, true);
        break;
    case V_TEXT: case V_CODE: buf_put(b, label_of(v)); break;
    }
}
