/* SPDX-License-Identifier: Apache-2.0 */
/* test.h: what the tests of this floor share: an arena per test, texts compared, shared files. */
#ifndef FORMAT_TEST_H
#define FORMAT_TEST_H

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h" /* before cmocka: it wants stdarg.h and stddef.h to be there */

#include <cmocka.h>

static inline int begin(void **state)
{
    static arena a;
    arena_init(&a, 256 << 20, NULL, NULL);
    *state = &a;
    return 0;
}

static inline int end(void **state)
{
    arena_done(*state);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)

#define assert_str(got, want)                                                               \
    do {                                                                                    \
        str got_ = (got), want_ = str_of(want);                                             \
        if (!str_eq(got_, want_))                                                           \
            fail_msg("got:  " SF "\nwant: " SF, SA(got_), SA(want_));                       \
    } while (0)

#define assert_ok(call)                                                                     \
    do {                                                                                    \
        err ok_ = (call);                                                                   \
        if (ok_.kind) fail_msg("refused: %s [" SF "]", ok_.text, SA(ok_.arg[0]));           \
    } while (0)

/* The error as a person reads it in English. */
static inline str reason(arena *a, err e)
{
    return e.kind ? err_text(a, e, str_of(e.text)) : (str){0};
}

/* A file of the shared data; false (and says so) where there is none. */
static inline bool shared_file(arena *a, const char *path, str *out)
{
    const char *shared = getenv("SHARED");
    FILE *f = shared && *shared ? fopen(str_z(a, str_fmt(a, "%s/data/%s", shared, path)), "rb") : NULL;
    if (!f) {
        printf("skipped: no shared data (%s)\n", path);
        return false;
    }
    buf b = buf_new(a, 1 << 16);
    for (size n = 1; n > 0; b.n += n) n = (size)fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
    fclose(f);
    *out = buf_str(&b);
    return true;
}

#endif
