/* SPDX-License-Identifier: Apache-2.0 */
/* arena_test.c: the arena's zeroes, ceiling, promise and cleanups. */
#include "base/base.h"

#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>

static void jump(arena *a) { longjmp(*(jmp_buf *)a->owner, 1); }

static void memory_comes_zeroed_and_aligned(void **state)
{
    (void)state;
    static const struct { size count, bytes, align; } t[] = {
        {1, 1, 1}, {3, 8, 8}, {1, 3, 1}, {1, 16, 16}, {1000, 1, 1}, {70000, 8, 8},
        {5, 2, 2}, {1, 4, 4},
    };
    arena a;
    arena_init(&a, 24 << 20, NULL, NULL);
    for (int round = 0; round < 20; round++)
        for (int i = 0; i < countof(t); i++) {
            char *p = arena_alloc(&a, t[i].count, t[i].bytes, t[i].align);
            assert_int_equal((uintptr_t)p % (uintptr_t)t[i].align, 0);
            for (size k = 0; k < t[i].count * t[i].bytes; k++) assert_int_equal(p[k], 0);
            memset(p, 0xAA, (size_t)(t[i].count * t[i].bytes)); /* not to be seen again */
        }
    arena_done(&a);
    assert_int_equal(a.taken, 0);
}

static void no_items_take_no_memory_and_are_not_null(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0, NULL, NULL);
    assert_non_null(new_n(&a, int64_t, 0));
    assert_int_equal(a.taken, 0);
    arena_done(&a);
}

static void at_the_limit_it_jumps_and_stays_usable(void **state)
{
    (void)state;
    static const struct { size count, bytes; } t[] = {
        {1 << 20, 1}, {1, 1 << 20}, {PTRDIFF_MAX, 1}, {PTRDIFF_MAX, PTRDIFF_MAX},
        {PTRDIFF_MAX / 8 + 1, 8}, {1, PTRDIFF_MAX},
    };
    for (volatile int i = 0; i < countof(t); i++) {
        jmp_buf back;
        arena a;
        arena_init(&a, 256 << 10, jump, &back);
        volatile bool jumped = false;
        if (!setjmp(back)) arena_alloc(&a, t[i].count, t[i].bytes, 1);
        else jumped = true;
        assert_true(jumped);
        assert_true(a.taken <= a.limit);
        assert_non_null(new_n(&a, char, 1000)); /* there was room for this */
        arena_done(&a);
    }
}

static void small_pieces_reach_the_limit_too(void **state)
{
    (void)state;
    jmp_buf back;
    arena a;
    arena_init(&a, 300 << 10, jump, &back);
    volatile long n = 0;
    if (!setjmp(back))
        for (;; n++) (void)new_n(&a, char, 1000);
    assert_true(n >= 200 && n <= 307); /* block heads, and red zones in a checked build */
    assert_true(a.taken <= a.limit);
    arena_done(&a);
}

static void what_was_promised_cannot_fail(void **state)
{
    (void)state;
    jmp_buf back;
    arena a;
    arena_init(&a, 600 << 10, jump, &back);
    if (setjmp(back)) fail_msg("the promise was broken");
    arena_reserve(&a, 200 << 10);
    size taken = a.taken;
    for (size left = 200 << 10; left >= 9; left -= 9) { /* the worst case: a pad before each */
        (void)new(&a, char);
        (void)new(&a, int64_t);
    }
    assert_int_equal(a.taken, taken); /* no block was asked for in between */
    arena_done(&a);
}

static void a_promise_beyond_the_limit_jumps_before(void **state)
{
    (void)state;
    static const size t[] = {1 << 20, PTRDIFF_MAX};
    for (volatile int i = 0; i < countof(t); i++) {
        jmp_buf back;
        arena a;
        arena_init(&a, 256 << 10, jump, &back);
        volatile bool jumped = false;
        if (!setjmp(back)) arena_reserve(&a, t[i]);
        else jumped = true;
        assert_true(jumped);
        arena_done(&a);
    }
}

static void the_last_piece_grows_where_it_stands(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 1 << 20, NULL, NULL);
    arena_reserve(&a, 4096); /* no red zone behind the piece */
    char *p = new_n(&a, char, 10);
    assert_true(arena_extend(&a, p + 10, 20));
    memset(p, 1, 30);
    assert_false(arena_extend(&a, p + 10, 20));         /* not its end any more */
    assert_false(arena_extend(&a, p + 30, 64 << 20));   /* no room */
    char *q = new_n(&a, char, 1);
    assert_true(q >= p + 30);
    arena_done(&a);
}

static char ran[8];
static int ran_n;
static void note(void *what) { ran[ran_n++] = *(const char *)what; }

static void large_pieces_leave_the_current_block_in_use(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 8 << 20, NULL, NULL);
    char *before = new_n(&a, char, 8);
    for (int i = 0; i < 7; i++) new_n(&a, char, 1 << 20)[0] = 1; /* nothing is lost between them */
    char *after = new_n(&a, char, 8);
    assert_true(after > before && after - before < 256);
    arena_done(&a);
}

static void cleanups_run_last_first_and_once(void **state)
{
    (void)state;
    ran_n = 0;
    arena a;
    arena_init(&a, 1 << 20, NULL, NULL);
    arena_cleanup(&a, note, "a");
    arena_cleanup(&a, note, "b");
    arena_cleanup(&a, note, "c");
    arena_done(&a);
    arena_done(&a);
    assert_int_equal(ran_n, 3);
    assert_memory_equal(ran, "cba", 3);
}

static void a_cleanup_without_room_runs_at_once(void **state)
{
    (void)state;
    ran_n = 0;
    jmp_buf back;
    arena a;
    arena_init(&a, 0, jump, &back);
    volatile bool jumped = false;
    if (!setjmp(back)) arena_cleanup(&a, note, "x");
    else jumped = true;
    assert_true(jumped);
    assert_int_equal(ran_n, 1);
    arena_done(&a);
    assert_int_equal(ran_n, 1);
}

static void an_arena_serves_again_after_done(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 1 << 20, NULL, NULL);
    for (int i = 0; i < 3; i++) {
        char *p = new_n(&a, char, 600 << 10);
        p[(600 << 10) - 1] = 1;
        arena_done(&a);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_comes_zeroed_and_aligned),
        cmocka_unit_test(no_items_take_no_memory_and_are_not_null),
        cmocka_unit_test(at_the_limit_it_jumps_and_stays_usable),
        cmocka_unit_test(small_pieces_reach_the_limit_too),
        cmocka_unit_test(what_was_promised_cannot_fail),
        cmocka_unit_test(a_promise_beyond_the_limit_jumps_before),
        cmocka_unit_test(the_last_piece_grows_where_it_stands),
        cmocka_unit_test(large_pieces_leave_the_current_block_in_use),
        cmocka_unit_test(cleanups_run_last_first_and_once),
        cmocka_unit_test(a_cleanup_without_room_runs_at_once),
        cmocka_unit_test(an_arena_serves_again_after_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
