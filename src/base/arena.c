/* SPDX-License-Identifier: Apache-2.0 */
/* arena.c: memory taken by blocks, given out piece by piece and given back all at once. */
#include "base/base.h"

#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
/* Between two pieces lies a strip that nobody may touch, so that the sanitizer sees an overrun
 * that stays inside the block. */
enum { RED = 64 };
static __attribute__((noinline)) void hide(char *p, size n)
{
    __asan_poison_memory_region(p, (size_t)n);
}
static void show(char *p, size n) { __asan_unpoison_memory_region(p, (size_t)n); }
#else
enum { RED = 0 };
static void hide(char *p, size n) { (void)p, (void)n; }
static void show(char *p, size n) { (void)p, (void)n; }
#endif

enum { BLOCK_FIRST = 32 << 10, BLOCK_MOST = 1 << 20, LARGE = 256 << 10 };

struct arena_block {
    struct arena_block *before;
    _Alignas(max_align_t) char bytes[];
};

struct arena_cleanup {
    struct arena_cleanup *before;
    void (*run)(void *);
    void *what;
};

void arena_init(arena *a, size limit, void (*oom)(arena *), void *owner)
{
    *a = (arena){.limit = limit, .oom = oom, .owner = owner};
}

void arena_done(arena *a)
{
    struct arena_cleanup *c;
    while ((c = a->cleanups)) { /* a cleanup may still use the arena, even add another one */
        a->cleanups = c->before;
        c->run(c->what);
    }
    struct arena_block *b = a->blocks;
    while (b) {
        struct arena_block *before = b->before;
        free(b);
        b = before;
    }
    a->blocks = NULL;
    a->at = a->end = NULL;
    a->taken = a->promised = 0;
}

/* A new block with `bytes` bytes; NULL at the limit. */
static struct arena_block *block(arena *a, size bytes)
{
    size head = (size)offsetof(struct arena_block, bytes);
    if (bytes > a->limit - a->taken - head) return NULL;
    struct arena_block *b = malloc((size_t)(head + bytes));
    if (!b) return NULL;
    b->before = a->blocks;
    a->blocks = b;
    a->taken += head + bytes;
    hide(b->bytes, bytes);
    return b;
}

/* A new block with at least `need` bytes becomes the current one; false at the limit. */
static bool grow(arena *a, size need)
{
    size left = a->limit - a->taken - (size)offsetof(struct arena_block, bytes);
    size want = a->taken < BLOCK_FIRST ? BLOCK_FIRST : a->taken;
    if (want > BLOCK_MOST) want = BLOCK_MOST;
    if (want > left) want = left;
    if (want < need) want = need;
    struct arena_block *b = block(a, want);
    if (!b) return false;
    a->at = b->bytes;
    a->end = b->bytes + want;
    return true;
}

/* Not zeroed. */
static void *take(arena *a, size count, size bytes, size align)
{
    if (count > (PTRDIFF_MAX - align - RED) / bytes) return NULL;
    size n = count * bytes;
    size red = a->promised > 0 ? 0 : RED;
    size pad = (size)(-(uintptr_t)a->at & (uintptr_t)(align - 1));
    if (a->at && n + pad + red <= a->end - a->at) {
        char *p = a->at + pad;
        a->at = p + n + red;
        a->promised = a->promised > n ? a->promised - n : 0;
        show(p, n);
        return p;
    }
    /* Here no promise is left: it would have found its room above. */
    if (n <= LARGE) return grow(a, n + RED) ? take(a, count, bytes, align) : NULL;
    struct arena_block *own = block(a, n + red); /* the rest of the current block stays of use */
    if (!own) return NULL;
    show(own->bytes, n);
    return own->bytes;
}

_Noreturn static void out_of_memory(arena *a)
{
    if (a->oom) a->oom(a);
    abort(); /* an oom that returns would hand out NULL */
}

void *arena_alloc(arena *a, size count, size bytes, size align)
{
    static const max_align_t nothing; /* where an array of no items stands; nobody writes there */
    assert(count >= 0 && bytes > 0);
    assert(align > 0 && align <= (size) _Alignof(max_align_t));
    if (!count) return (void *)(uintptr_t)&nothing;
    void *p = take(a, count, bytes, align);
    if (!p) out_of_memory(a);
    return memset(p, 0, (size_t)(count * bytes));
}

char *arena_bytes(arena *a, size n)
{
    assert(n > 0);
    char *p = take(a, n, 1, 1);
    if (!p) out_of_memory(a);
    return p;
}

void arena_reserve(arena *a, size bytes)
{
    /* What lies between pieces for their alignment is less than the pieces themselves. */
    size need = bytes > PTRDIFF_MAX / 2 ? PTRDIFF_MAX : 2 * bytes;
    if (need > a->end - a->at && !grow(a, need)) out_of_memory(a);
    a->promised = bytes;
}

bool arena_extend(arena *a, const char *end, size more)
{
    if (end != a->at || more > a->end - a->at) return false;
    show(a->at, more);
    a->at += more;
    a->promised = a->promised > more ? a->promised - more : 0;
    return true;
}

void arena_cleanup(arena *a, void (*run)(void *), void *what)
{
    struct arena_cleanup *c = take(a, 1, sizeof *c, (size) _Alignof(struct arena_cleanup));
    if (!c) {
        run(what); /* or it would never be given back: nobody else knows of it */
        out_of_memory(a);
    }
    *c = (struct arena_cleanup){a->cleanups, run, what};
    a->cleanups = c;
}
