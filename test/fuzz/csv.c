/* SPDX-License-Identifier: Apache-2.0 */
/* csv.c: fuzz target: CSV in one piece and in two gives the same rows, and always ends. */
#include <setjmp.h>

#include "format/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void full(arena *a)
{
    longjmp(*(jmp_buf *)a->owner, 1);
}

static void read_rows(csv_reader *r, buf *to)
{
    str cells[8];
    for (int n = 1; n > 0;) {
        err e = csv_read_row(r, cells, 8, &n);
        if (e.kind) { buf_byte(to, 1); n = 1; continue; }
        for (int i = 0; i < n; i++) { buf_put(to, cells[i]); buf_byte(to, 2); }
    }
}

static void try(arena *a, str s)
{
    csv_reader r;
    buf whole = buf_new(a, 0), pieces = buf_new(a, 0);
    csv_open(&r, a, s);
    read_rows(&r, &whole);
    csv_open(&r, a, (str){0});
    csv_feed(&r, str_head(s, s.n / 2), false);
    read_rows(&r, &pieces);
    csv_feed(&r, str_from(s, s.n / 2 - r.rest.n), true);
    read_rows(&r, &pieces);
    assert(str_eq(buf_str(&whole), buf_str(&pieces)));
}

/* With little memory, so that the jump out of a full arena is tried too. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    static jmp_buf out;
    arena a;
    arena_init(&a, 1 << 20, full, &out);
    if (!setjmp(out)) try(&a, (str){(const char *)bytes, (size)n});
    arena_done(&a);
    return 0;
}
