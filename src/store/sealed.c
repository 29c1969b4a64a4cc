/* SPDX-License-Identifier: Apache-2.0 */
/* sealed.c: personal values stand sealed in the store and open where they are read: no room but the one that writes them knows. */
#include "format/seal.h"
#include "store/read.h"

/* One place for all of them: equal values have equal seals, so that a number can be looked for and found twice. */
#define PLACE S("personal")

arg store_sealed(ctx *c, str plain)
{
    return arg_str(plain.n && c->vault ? seal_put(c->a, c->vault, PLACE, plain) : plain);
}

/* What somebody typed may begin as a seal does; it opens none. */
str read_text(ctx *c, arena *a, str stored)
{
    str plain;
    if (c->vault && str_starts(stored, S("v1.")) && !seal_open(a, c->vault, PLACE, stored, &plain).kind) return plain;
    return str_dup(a, stored);
}
