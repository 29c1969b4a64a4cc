/* SPDX-License-Identifier: Apache-2.0 */
/* xml.c: fuzz target: any bytes are a tree or a reason, within the room counted beforehand. */
#include <setjmp.h>

#include "format/xml.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void full(arena *a)
{
    longjmp(*(jmp_buf *)a->owner, 1);
}

static void try(arena *a, str s)
{
    xml_node *root = NULL;
    err e = xml_read(a, S("f"), s, &root);
    assert(!e.kind == !!root);
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
