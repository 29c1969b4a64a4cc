/* SPDX-License-Identifier: Apache-2.0 */
/* mustache.c: fuzz target: any text is a template or a reason, and renders to an end. */
#include <setjmp.h>

#include "format/json.h"
#include "format/mustache.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void full(arena *a)
{
    longjmp(*(jmp_buf *)a->owner, 1);
}

static const template *itself(void *what, str name)
{
    (void)name;
    return what;
}

static void try(arena *a, str s)
{
    template *t = NULL;
    view *v = NULL;
    str data = S("{\"a\":[1,{\"b\":[\"x\",null]}],\"b\":{\"a\":\"<y>\",\"c\":[]},\"c\":true}");
    if (template_compile(a, S("t"), s, &t).kind || json_read(a, data, &v).kind) return;
    template_env env = {.partial = itself, .what = t, .lang = LANG_EN};
    buf b = buf_new(a, 0);
    template_render(t, v, &env, &b);
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
