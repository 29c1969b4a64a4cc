/* SPDX-License-Identifier: Apache-2.0 */
/* buf.c: a text that grows in an arena. */
#include "base/base.h"

#include <stdio.h>

buf buf_new(arena *a, size cap)
{
    return (buf){.a = a, .p = cap > 0 ? arena_bytes(a, cap) : NULL, .cap = cap > 0 ? cap : 0};
}

static void grow(buf *b, size missing)
{
    size more = b->cap > 64 ? b->cap : 64; /* twice as much, so that copying stays linear */
    if (more < missing) more = missing;
    if (!b->p || !arena_extend(b->a, b->p + b->cap, more)) {
        char *p = arena_bytes(b->a, b->cap + more);
        if (b->n) memcpy(p, b->p, (size_t)b->n);
        b->p = p;
    }
    b->cap += more;
}

char *buf_room(buf *b, size n)
{
    assert(n >= 0);
    size missing = n - (b->cap - b->n);
    if (missing > 0) grow(b, missing);
    return b->p ? b->p + b->n : b->p;
}

void buf_put(buf *b, str s)
{
    if (s.n <= 0) return;
    memcpy(buf_room(b, s.n), s.p, (size_t)s.n);
    b->n += s.n;
}

void buf_putz(buf *b, const char *z) { buf_put(b, str_of(z)); }

void buf_byte(buf *b, char c)
{
    *buf_room(b, 1) = c;
    b->n++;
}

void buf_int(buf *b, int64_t i)
{
    char digits[20];
    size at = (size)sizeof digits;
    uint64_t u = i < 0 ? -(uint64_t)i : (uint64_t)i;
    do digits[--at] = (char)('0' + u % 10); while (u /= 10);
    if (i < 0) digits[--at] = '-';
    buf_put(b, (str){digits + at, (size)sizeof digits - at});
}

void buf_fmt(buf *b, const char *format, ...)
{
    va_list given, again;
    va_start(given, format);
    va_copy(again, given);
    int n = vsnprintf(b->p ? b->p + b->n : NULL, (size_t)(b->cap - b->n), format, given);
    va_end(given);
    assert(n >= 0);
    if (n >= b->cap - b->n) vsnprintf(buf_room(b, (size)n + 1), (size_t)n + 1, format, again);
    va_end(again);
    b->n += n;
}

str buf_str(const buf *b) { return (str){b->p ? b->p : "", b->n}; }
