/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue IN.mo OUT.c: makes a table of constants (base/lang.h) of a gettext catalogue. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct { const char *id, *text; } entry;

static const char *file_name;

static void fail(const char *why)
{
    fprintf(stderr, "%s:1: %s\n", file_name, why);
    exit(1);
}

static char *read_all(const char *name, size_t *n)
{
    FILE *f = fopen(name, "rb");
    if (!f || fseek(f, 0, SEEK_END)) fail("cannot be read");
    long length = ftell(f);
    rewind(f);
    char *bytes = length < 0 ? NULL : calloc((size_t)length + 1, 1);
    if (!bytes || fread(bytes, 1, (size_t)length, f) != (size_t)length) fail("cannot be read");
    fclose(f);
    *n = (size_t)length;
    return bytes;
}

static uint32_t number(const char *bytes, size_t n, size_t at)
{
    uint32_t i;
    if (at > n || n - at < sizeof i) fail("is cut off");
    memcpy(&i, bytes + at, sizeof i);
    return i;
}

/* The i-th text of a table of (length, offset); the format ends each with a NUL. */
static const char *text_at(const char *bytes, size_t n, uint32_t table, uint32_t i)
{
    uint32_t length = number(bytes, n, table + 8ul * i), at = number(bytes, n, table + 8ul * i + 4);
    if (at > n || length >= n - at || bytes[at + length]) fail("is damaged");
    return bytes + at;
}

static int by_id(const void *x, const void *y)
{
    return strcmp(((const entry *)x)->id, ((const entry *)y)->id);
}

static void put(FILE *out, const char *text)
{
    fputs("{\"", out);
    for (const char *p = text; *p; p++) {
        if (*p == '\n') fputs("\\n", out);
        else if (*p == '"' || *p == '\\' || *p == '?') fprintf(out, "\\%c", *p); /* trigraphs */
        else if ((unsigned char)*p < 0x20) fprintf(out, "\\%03o", (unsigned)*p);
        else fputc(*p, out);
    }
    fprintf(out, "\", %zu}", strlen(text));
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: catalogue IN.mo OUT.c\n", stderr);
        return 2;
    }
    file_name = argv[1];
    size_t n;
    char *bytes = read_all(argv[1], &n);
    if (number(bytes, n, 0) != 0x950412deu) fail("is not a catalogue of this machine's byte order");
    uint32_t count = number(bytes, n, 8), ids = number(bytes, n, 12), texts = number(bytes, n, 16);
    if (count > n) fail("is damaged");
    entry *e = calloc((size_t)count + 1, sizeof *e);
    if (!e) fail("is too large");
    int used = 0;
    for (uint32_t i = 0; i < count; i++) {
        entry one = {text_at(bytes, n, ids, i), text_at(bytes, n, texts, i)};
        if (*one.id && *one.text) e[used++] = one; /* the empty id is the catalogue's header */
    }
    qsort(e, (size_t)used, sizeof *e, by_id);

    FILE *out = fopen(argv[2], "w");
    if (!out) {
        perror(argv[2]);
        return 1;
    }
    fputs("/* made by tool/catalogue: do not edit */\n#include \"base/lang.h\"\n\n"
          "const struct catalogue_entry catalogue_zh[] = {\n", out);
    for (int i = 0; i < used; i++) {
        fputs("    {", out);
        put(out, e[i].id);
        fputs(",\n     ", out);
        put(out, e[i].text);
        fputs("},\n", out);
    }
    fprintf(out, "    {{0}, {0}},\n};\nconst int catalogue_zh_count = %d;\n", used);
    bool ok = !ferror(out);
    if (fclose(out) || !ok) {
        perror(argv[2]);
        return 1;
    }
    free(e);
    free(bytes);
    return 0;
}
