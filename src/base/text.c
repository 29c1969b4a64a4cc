/* SPDX-License-Identifier: Apache-2.0 */
/* text.c: borrowed slices of text and the UTF-8 in them. */
#include "base/base.h"

#include <stdio.h>

bool str_starts(str s, str head) { return s.n >= head.n && str_eq(str_head(s, head.n), head); }

bool str_ends(str s, str tail)
{
    return s.n >= tail.n && str_eq(str_from(s, s.n - tail.n), tail);
}

int str_compare(str a, str b)
{
    size n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, (size_t)n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

uint64_t str_hash(uint64_t hash, str s)
{
    for (size i = 0; i < s.n; i++) hash = (hash ^ (unsigned char)s.p[i]) * 1099511628211u;
    return hash;
}

size str_find(str s, str what)
{
    if (!what.n) return 0;
    if (s.n < what.n) return -1;
    const char *p = memmem(s.p, (size_t)s.n, what.p, (size_t)what.n);
    return p ? p - s.p : -1;
}

str str_from(str s, size at)
{
    if (at <= 0) return s;
    if (at >= s.n) return (str){s.p ? s.p + s.n : NULL, 0};
    return (str){s.p + at, s.n - at};
}

str str_head(str s, size n)
{
    if (n < s.n) s.n = n > 0 ? n : 0;
    return s;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

str str_trim(str s)
{
    const str wide = S("\u3000");
    for (;;) {
        if (s.n && is_space(s.p[0])) s = str_from(s, 1);
        else if (str_starts(s, wide)) s = str_from(s, wide.n);
        else break;
    }
    for (;;) {
        if (s.n && is_space(s.p[s.n - 1])) s.n--;
        else if (str_ends(s, wide)) s.n -= wide.n;
        else return s;
    }
}

bool str_split(str *rest, char sep, str *part)
{
    if (!rest->n) return false;
    const char *p = memchr(rest->p, sep, (size_t)rest->n);
    size at = p ? p - rest->p : rest->n;
    *part = str_head(*rest, at);
    *rest = str_from(*rest, at + 1);
    return true;
}

str str_dup(arena *a, str s)
{
    if (!s.n) return (str){"", 0};
    char *p = arena_bytes(a, s.n);
    memcpy(p, s.p, (size_t)s.n);
    return (str){p, s.n};
}

const char *str_z(arena *a, str s)
{
    char *p = arena_bytes(a, s.n + 1);
    if (s.n) memcpy(p, s.p, (size_t)s.n);
    p[s.n] = 0;
    return p;
}

str str_join(arena *a, str x, str y)
{
    char *p = new_n(a, char, x.n + y.n);
    if (x.n) memcpy(p, x.p, (size_t)x.n);
    if (y.n) memcpy(p + x.n, y.p, (size_t)y.n);
    return (str){p, x.n + y.n};
}

str str_fmt(arena *a, const char *format, ...)
{
    char few[256]; /* nearly always enough: the text is made once */
    va_list given, again;
    va_start(given, format);
    va_copy(again, given);
    int n = vsnprintf(few, sizeof few, format, given);
    va_end(given);
    assert(n >= 0);
    char *p = arena_bytes(a, (size)n + 1);
    if (n < (int)sizeof few) memcpy(p, few, (size_t)n + 1);
    else vsnprintf(p, (size_t)n + 1, format, again);
    va_end(again);
    return (str){p, n};
}

str str_replace(arena *a, str s, str what, str with)
{
    size at = what.n ? str_find(s, what) : -1;
    if (at < 0) return s;
    buf b = buf_new(a, s.n + with.n);
    for (; at >= 0; at = str_find(s, what)) {
        buf_put(&b, str_head(s, at));
        buf_put(&b, with);
        s = str_from(s, at + what.n);
    }
    buf_put(&b, s);
    return buf_str(&b);
}

str str_upper(arena *a, str s)
{
    char *p = new_n(a, char, s.n);
    for (size i = 0; i < s.n; i++) {
        char c = s.p[i];
        p[i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return (str){p, s.n};
}

/* U+FF01…U+FF5E stand 0xFEE0 above their ASCII fellows; the result is never longer than s. */
str str_narrow(arena *a, str s)
{
    char *p = new_n(a, char, s.n);
    size n = 0;
    while (s.n) {
        str before = s;
        uint32_t c = str_next_char(&s);
        size bytes = before.n - s.n;
        if (c == 0x3000) p[n++] = ' ';
        else if (c >= 0xFF01 && c <= 0xFF5E) p[n++] = (char)(c - 0xFEE0);
        else memcpy(p + n, before.p, (size_t)bytes), n += bytes;
    }
    return (str){p, n};
}

bool str_int(str s, int64_t *out)
{
    bool minus = s.n && s.p[0] == '-';
    s = str_from(s, minus);
    if (!s.n) return false;
    int64_t sum = 0; /* kept negative: INT64_MIN has no positive counterpart */
    for (size i = 0; i < s.n; i++) {
        int digit = s.p[i] - '0';
        if (digit < 0 || digit > 9) return false;
        if (__builtin_mul_overflow(sum, 10, &sum)) return false;
        if (__builtin_sub_overflow(sum, digit, &sum)) return false;
    }
    if (!minus && sum == INT64_MIN) return false;
    *out = minus ? sum : -sum;
    return true;
}

/* The length of the well-formed UTF-8 character that s begins with (Unicode 15, table 3-7), and the
 * character; 0 if there is none. */
static int utf8_char(str s, uint32_t *out)
{
    if (!s.n) return 0;
    const unsigned char *p = (const unsigned char *)s.p;
    unsigned char low = 0x80, high = 0xBF;
    int n;
    uint32_t c = p[0];
    if (c < 0x80) n = 1;
    else if (c >= 0xC2 && c <= 0xDF) n = 2, c &= 0x1F;
    else if (c >= 0xE0 && c <= 0xEF) n = 3, c &= 0x0F;
    else if (c >= 0xF0 && c <= 0xF4) n = 4, c &= 0x07;
    else return 0;
    if (p[0] == 0xE0) low = 0xA0;       /* nothing longer than it need be */
    else if (p[0] == 0xED) high = 0x9F; /* no surrogates */
    else if (p[0] == 0xF0) low = 0x90;
    else if (p[0] == 0xF4) high = 0x8F; /* nothing above U+10FFFF */
    if (s.n < n) return 0;
    for (int i = 1; i < n; i++, low = 0x80, high = 0xBF) {
        if (p[i] < low || p[i] > high) return 0;
        c = c << 6 | (p[i] & 0x3Fu);
    }
    *out = c;
    return n;
}

bool str_is_text(str s)
{
    uint32_t c;
    while (s.n) {
        int n = utf8_char(s, &c);
        if (!n || !c) return false;
        s = str_from(s, n);
    }
    return true;
}

size str_chars(str s)
{
    size n = 0;
    for (size i = 0; i < s.n; i++) n += ((unsigned char)s.p[i] & 0xC0) != 0x80;
    return n;
}

uint32_t str_next_char(str *rest)
{
    uint32_t c = 0xFFFD;
    int n = utf8_char(*rest, &c);
    *rest = str_from(*rest, n ? n : 1);
    return c;
}
