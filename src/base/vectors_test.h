/* SPDX-License-Identifier: Apache-2.0 */
/* vectors_test.h: reads the golden vectors of independent programs, for the tests of values. */
#ifndef VECTORS_TEST_H
#define VECTORS_TEST_H

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base.h" /* before cmocka: it wants stdarg.h and stddef.h to be there */

#include <cmocka.h>

static arena a; /* of the whole program; main sets it up */

#define same(got, want) assert_string_equal(str_z(&a, got), want)

static inline str vector_file(const char *name)
{
    enum { MOST = 1 << 20 };
    const char *folder = getenv("SHARED");
    char path[512];
    if (!folder || !*folder) return (str){0};
    snprintf(path, sizeof path, "%s/data/vectors/%s", folder, name);
    FILE *f = fopen(path, "rb");
    if (!f) return (str){0};
    char *p = new_n(&a, char, MOST);
    size n = (size)fread(p, 1, MOST, f);
    fclose(f);
    return (str){p, n};
}

/* Cuts the next cell off, in quotes or not; enough for the vector files. */
static inline str vector_cell(str *line)
{
    str part = {0};
    if (!str_starts(*line, S("\""))) {
        str_split(line, ',', &part);
        return part;
    }
    size end = str_find(str_from(*line, 1), S("\""));
    part = str_head(str_from(*line, 1), end);
    *line = str_from(*line, end + 3);
    return part;
}

static inline bool vector_line(str *rest, str *line)
{
    bool more = str_split(rest, '\n', line);
    if (more) *line = str_trim(*line);
    return more;
}

/* A loop over a file's rows, each in `line`, counted in `rows`; skips where it is not there. */
#define VECTORS(name)                                                                        \
    str rest = vector_file(name), line;                                                      \
    if (!rest.n) {                                                                           \
        print_message("skipped: no shared data\n");                                          \
        skip();                                                                              \
    }                                                                                        \
    vector_line(&rest, &line);                                                               \
    int rows = 0;                                                                            \
    for (; vector_line(&rest, &line); rows++)

#endif
