/* SPDX-License-Identifier: Apache-2.0 */
/* json_write.c: a view as JSON. */
#include "format/json.h"

#include <stdlib.h>

#include "format/value.h"

/* How a byte is written inside a string: 0 as it is, 'u' as \u00XX, else after a backslash. */
static const char escape[256] = {
    [0] = 'u', [1] = 'u', [2] = 'u', [3] = 'u', [4] = 'u', [5] = 'u', [6] = 'u', [7] = 'u',
    [8] = 'b', [9] = 't', [10] = 'n', [11] = 'u', [12] = 'f', [13] = 'r', [14] = 'u', [15] = 'u',
    [16] = 'u', [17] = 'u', [18] = 'u', [19] = 'u', [20] = 'u', [21] = 'u', [22] = 'u', [23] = 'u',
    [24] = 'u', [25] = 'u', [26] = 'u', [27] = 'u', [28] = 'u', [29] = 'u', [30] = 'u', [31] = 'u',
    ['"'] = '"', ['\\'] = '\\',
};

void json_text(buf *b, str s)
{
    static const char digit[] = "0123456789abcdef";
    size more = 2;
    for (size i = 0; i < s.n; i++) {
        char e = escape[(unsigned char)s.p[i]];
        more += !e ? 0 : e == 'u' ? 5 : 1;
    }
    char *begin = buf_room(b, s.n + more), *to = begin;
    *to++ = '"';
    if (more == 2 && s.n) {
        memcpy(to, s.p, (size_t)s.n);
        to += s.n;
    } else for (size i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        char e = escape[c];
        if (!e) { *to++ = (char)c; continue; }
        *to++ = '\\';
        *to++ = e;
        if (e != 'u') continue;
        memcpy(to, "00", 2);
        to[2] = digit[c >> 4];
        to[3] = digit[c & 15];
        to += 4;
    }
    *to++ = '"';
    b->n += to - begin;
}

static void put(buf *b, const view *v, bool sorted);

static int by_name(const void *x, const void *y)
{
    const view *const *a = x, *const *b = y;
    return str_compare((*a)->name, (*b)->name);
}

static void put_member(buf *b, const view *v, bool sorted, bool first)
{
    if (!first) buf_byte(b, ',');
    json_text(b, v->name);
    buf_byte(b, ':');
    put(b, v, sorted);
}

static void put_map(buf *b, const view *map, bool sorted)
{
    buf_byte(b, '{');
    if (!sorted) {
        for (const view *v = map->first; v; v = v->next) put_member(b, v, sorted, v == map->first);
    } else {
        const view **all = new_n(b->a, const view *, map->n);
        int n = 0;
        for (const view *v = map->first; v; v = v->next) all[n++] = v;
        assert(n == map->n);
        qsort(all, (size_t)n, sizeof *all, by_name);
        for (int i = 0; i < n; i++) put_member(b, all[i], sorted, i == 0);
    }
    buf_byte(b, '}');
}

static void put(buf *b, const view *v, bool sorted)
{
    switch (v->kind) {
    case V_NULL: buf_put(b, S("null")); break;
    case V_BOOL: buf_put(b, v->i ? S("true") : S("false")); break;
    case V_INT: case V_FEN: buf_int(b, v->i); break;
    case V_DAY: case V_TIME:
        buf_byte(b, '"');
        value_put_utc(b, v);
        buf_byte(b, '"');
        break;
    case V_TEXT: case V_CODE: json_text(b, v->s); break;
    case V_LIST:
        buf_byte(b, '[');
        for (const view *i = v->first; i; i = i->next) {
            if (i != v->first) buf_byte(b, ',');
            put(b, i, sorted);
        }
        buf_byte(b, ']');
        break;
    case V_MAP: put_map(b, v, sorted); break;
    }
}

void json_write(buf *b, const view *v)
{
    put(b, v, false);
}

void json_canonical(buf *b, const view *v)
{
    put(b, v, true);
}
