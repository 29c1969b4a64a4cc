/* SPDX-License-Identifier: Apache-2.0 */
/* sheet.c: fuzz target: whatever stands in a table file, reading it ends, and each row has a line. */
#include <setjmp.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void full(arena *a) { longjmp(*(jmp_buf *)a->owner, 1); }

static void read_all(arena *a, const char *path)
{
    sheet_reader *r;
    str cells[SHEET_CELLS];
    int64_t day;
    if (sheet_open(a, path, &r).kind) return;
    for (int n = 1, bad = 0; n > 0 && bad < 1000;) {
        err e = sheet_row(r, a, cells, &n);
        if (e.kind && e.kind != ERR_INPUT) return;
        if (e.kind) { bad++; n = 1; continue; }
        assert(n >= 0 && n <= SHEET_CELLS);
        for (int i = 0; i < n; i++) (void)sheet_day(r, cells[i], &day);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    char path[40];
    jmp_buf out;
    arena a;
    int fd = memfd_create("sheet", MFD_CLOEXEC);
    if (fd < 0 || write(fd, bytes, n) != (ssize_t)n) return 0;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    arena_init(&a, (size)64 << 20, full, &out);
    if (!setjmp(out)) read_all(&a, path);
    arena_done(&a);
    close(fd);
    return 0;
}
