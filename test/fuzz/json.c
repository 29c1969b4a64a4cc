/* SPDX-License-Identifier: Apache-2.0 */
/* json.c: fuzz target: what json_read accepts is written, read again and written the same. */
#include <setjmp.h>

#include "format/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void full(arena *a)
{
    longjmp(*(jmp_buf *)a->owner, 1);
}

static void try(arena *a, str s)
{
    view *v = NULL, *again = NULL;
    if (json_read(a, s, &v).kind) return;
    buf once = buf_new(a, 0), twice = buf_new(a, 0);
    json_canonical(&once, v);
    assert(json_read(a, buf_str(&once), &again).kind == OK);
    json_canonical(&twice, again);
    assert(str_eq(buf_str(&once), buf_str(&twice)));
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
