/* SPDX-License-Identifier: Apache-2.0 */
/* url.c: fuzz target: what is decoded is text, and encoding it again means the same. */
#include <setjmp.h>

#include "format/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void full(arena *a)
{
    longjmp(*(jmp_buf *)a->owner, 1);
}

static void try(arena *a, str s)
{
    static const char *const lists[] = {"a", NULL};
    str text, back;
    view *v;
    if (url_query_read(a, s, lists, &v).kind || url_decode(a, s, true, &text).kind) return;
    buf b = buf_new(a, 0);
    url_encode(&b, text);
    assert(url_decode(a, buf_str(&b), false, &back).kind == OK && str_eq(text, back));
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
