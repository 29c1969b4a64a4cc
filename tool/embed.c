/* SPDX-License-Identifier: Apache-2.0 */
/* embed OUT.S FILES...: writes an assembler file that puts the files into the program, as the table
 * of base/embed.h, sorted by path. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { const char *file, *path; } entry;

/* "src/room/x/a.html" is "room/x/a.html"; what stands under an assets folder of the build is
 * "assets/NAME"; all else keeps its path. */
static const char *path_of(const char *file)
{
    if (!strncmp(file, "src/", 4)) return file + 4;
    const char *found = NULL;
    for (const char *p = file; (p = strstr(p, "/assets/")); p++) found = p + 1;
    return found ? found : file;
}

static int by_path(const void *x, const void *y)
{
    return strcmp(((const entry *)x)->path, ((const entry *)y)->path);
}

static void check(const entry *e, int n)
{
    for (int i = 0; i < n; i++) {
        if (strpbrk(e[i].file, "\"\\\n") || e[i].path[0] == '/') {
            fprintf(stderr, "%s:1: such a path cannot be embedded\n", e[i].file);
            exit(1);
        }
        if (i && !strcmp(e[i - 1].path, e[i].path)) {
            fprintf(stderr, "%s:1: %s has the same path, %s\n", e[i].file, e[i - 1].file,
                    e[i].path);
            exit(1);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: embed OUT.S FILES...\n", stderr);
        return 2;
    }
    int n = argc - 2;
    entry *e = calloc((size_t)n + 1, sizeof *e);
    FILE *out = fopen(argv[1], "w");
    if (!e || !out) {
        perror(argv[1]);
        return 1;
    }
    for (int i = 0; i < n; i++) e[i] = (entry){argv[i + 2], path_of(argv[i + 2])};
    qsort(e, (size_t)n, sizeof *e, by_path);
    check(e, n);

    fputs("/* made by tool/embed: do not edit */\n    .section .rodata\n", out);
    for (int i = 0; i < n; i++)
        fprintf(out, "    .balign 8\nfile%d: .incbin \"%s\"\nend%d: .byte 0\n"
                     "path%d: .asciz \"%s\"\n", i, e[i].file, i, i, e[i].path);
    fputs("    .globl embedded_count\n    .balign 4\nembedded_count: .long ", out);
    fprintf(out, "%d\n    .type embedded_count, %%object\n    .size embedded_count, 4\n", n);
    /* the pointers are relocated when the program starts, and read-only after */
    fputs("    .section .data.rel.ro, \"aw\"\n    .globl embedded_files\n    .balign 8\n"
          "embedded_files:\n", out);
    for (int i = 0; i < n; i++)
        fprintf(out, "    .quad path%d, %zu, file%d, end%d - file%d\n", i, strlen(e[i].path), i,
                i, i);
    fprintf(out, "    .quad 0, 0, 0, 0\n    .type embedded_files, %%object\n"
                 "    .size embedded_files, %d\n", (n + 1) * 32);
    fputs("    .section .note.GNU-stack, \"\", %progbits\n", out);
    bool ok = !ferror(out);
    if (fclose(out) || !ok) {
        perror(argv[1]);
        return 1;
    }
    free(e);
    return 0;
}
