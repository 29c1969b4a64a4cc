/* SPDX-License-Identifier: Apache-2.0 */
/* statements IN.sql OUTBASE: makes OUTBASE.h and OUTBASE.c, a constant of each named statement.
 *
 *     -- name: application_of_batch
 *     SELECT … WHERE zone_id = $1 AND batch_id = $2;
 *     -- postgres:
 *     the same in PostgreSQL's own words
 *
 * The constant is called after the file and the name: subsidy_application_of_batch. SQLite would
 * number "$n" by first appearance, so it gets "?n"; what stands in quotes stays as it is.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 128, STATEMENTS_MAX = 1000, ARGS_MAX = 41 };

typedef struct { char *p; size_t n, cap; } text;
typedef struct {
    char name[NAME_MAX_BYTES];
    int line;
    text sql[2];              /* as written; [1]: the variant for PostgreSQL */
    int sql_line[2];
    text sqlite, postgres;    /* as they come out */
    int args;
    bool writes, varies;
} statement;

static const char *file_name;
static statement found[STATEMENTS_MAX];
static int count;

static void fail(int line, const char *format, ...) __attribute__((format(printf, 2, 3), noreturn));
static void fail(int line, const char *format, ...)
{
    va_list given;
    va_start(given, format);
    fprintf(stderr, "%s:%d: ", file_name, line);
    vfprintf(stderr, format, given);
    fputc('\n', stderr);
    va_end(given);
    exit(1);
}

static void add(text *t, const char *p, size_t n)
{
    if (t->n + n + 1 > t->cap) {
        t->cap = 2 * (t->n + n + 1);
        t->p = realloc(t->p, t->cap);
        if (!t->p) fail(1, "out of memory");
    }
    memcpy(t->p + t->n, p, n);
    t->n += n;
    t->p[t->n] = 0;
}

static void trim(text *t)
{
    while (t->n && isspace((unsigned char)t->p[t->n - 1])) t->p[--t->n] = 0;
}

/* ---- reading the file into named statements ------------------------------------------------- */

static void begin(const char *stem, const char *name, int line)
{
    if (count == STATEMENTS_MAX) fail(line, "more than %d statements", STATEMENTS_MAX);
    statement *s = &found[count++];
    s->line = line;
    size_t head = strlen(stem);
    bool has_stem = !strncmp(name, stem, head) && name[head] == '_';
    int n = snprintf(s->name, sizeof s->name, "%s%s%s", has_stem ? "" : stem,
                     has_stem ? "" : "_", name);
    if (n >= (int)sizeof s->name) fail(line, "the name is too long");
    if (!*name) fail(line, "a name is missing");
    for (const char *p = s->name; *p; p++)
        if (!islower((unsigned char)*p) && !isdigit((unsigned char)*p) && *p != '_')
            fail(line, "a name has only a-z, 0-9 and _: %s", name);
    for (int i = 0; i < count - 1; i++)
        if (!strcmp(found[i].name, s->name))
            fail(line, "%s stands already in line %d", name, found[i].line);
}

/* What follows "-- WORD:" in the line, without white space around; NULL if it is another line. */
static char *after_mark(char *line, const char *word)
{
    char *p = line;
    if (strncmp(p, "--", 2)) return NULL;
    for (p += 2; *p == ' '; p++) {}
    size_t n = strlen(word);
    if (strncmp(p, word, n) || p[n] != ':') return NULL;
    for (p += n + 1; *p == ' ' || *p == '\t'; p++) {}
    for (char *end = p + strlen(p); end > p && isspace((unsigned char)end[-1]);) *--end = 0;
    return p;
}

static void read_file(const char *stem)
{
    FILE *f = fopen(file_name, "r");
    if (!f) fail(1, "cannot be read");
    char *line = NULL;
    size_t cap = 0;
    int number = 0, variant = 0;
    while (getline(&line, &cap, f) >= 0) {
        number++;
        char *rest;
        if ((rest = after_mark(line, "name"))) {
            begin(stem, rest, number);
            variant = 0;
            continue;
        }
        statement *s = count ? &found[count - 1] : NULL;
        if (after_mark(line, "postgres")) {
            if (!s || variant) fail(number, "nothing that this could be a variant of");
            variant = 1;
            continue;
        }
        const char *p = line + strspn(line, " \t\r\n");
        bool says = *p && strncmp(p, "--", 2);
        if (!s && says) fail(number, "a statement without a name: write \"-- name: …\" over it");
        if (!s) continue;
        if (!s->sql_line[variant] && !says) continue; /* comments and empty lines over it */
        if (!s->sql_line[variant]) s->sql_line[variant] = number;
        add(&s->sql[variant], line, strlen(line));
    }
    free(line);
    fclose(f);
}

/* ---- each statement as it comes out --------------------------------------------------------- */

/* The end of what is quoted at `at`; a doubled quote stands for itself. */
static size_t quoted(const text *t, size_t at, int line)
{
    char mark = t->p[at];
    for (size_t i = at + 1; i < t->n; i++) {
        if (t->p[i] != mark) continue;
        if (t->p[i + 1] != mark) return i + 1;
        i++;
    }
    fail(line, "a quote (%c) is not closed", mark);
}

static size_t argument(const text *t, size_t at, int line, bool *used, text *out)
{
    size_t i = at + 1;
    int n = 0;
    while (isdigit((unsigned char)t->p[i]) && n <= ARGS_MAX) n = 10 * n + t->p[i++] - '0';
    if (n < 1 || n > ARGS_MAX || t->p[at + 1] == '0')
        fail(line, "an argument is $1 to $%d", ARGS_MAX);
    used[n] = true;
    add(out, t->p + at + 1, i - at - 1);
    return i;
}

/* Functions that PostgreSQL has under another name, with the same arguments. */
static const struct { const char *ours, *theirs; } called[] = {{"instr(", "strpos("}};

static const char *their_name(const text *in, size_t at, size_t *n)
{
    bool inside = at && (isalnum((unsigned char)in->p[at - 1]) || in->p[at - 1] == '_');
    for (size_t i = 0; i < sizeof called / sizeof *called && !inside; i++) {
        *n = strlen(called[i].ours);
        if (!strncasecmp(in->p + at, called[i].ours, *n)) return called[i].theirs;
    }
    return NULL;
}

/* Comments out, `mark` in front of each argument's number; notes the arguments that are used. */
static void rewrite(const text *in, int line, char mark, bool *used, text *out)
{
    bool ended = false;
    for (size_t i = 0; i < in->n;) {
        char c = in->p[i];
        if (c == '\n') line++;
        if (c == '-' && in->p[i + 1] == '-') {
            while (in->p[i] && in->p[i] != '\n') i++;
            while (out->n && out->p[out->n - 1] == ' ') out->p[--out->n] = 0;
            continue;
        }
        if (isspace((unsigned char)c)) {
            if (!ended) add(out, c == '\r' ? " " : &c, 1);
            i++;
            continue;
        }
        if (ended) fail(line, "a second statement under one name");
        if (c == '\'' || c == '"') {
            size_t end = quoted(in, i, line);
            for (size_t k = i; k < end; k++) line += in->p[k] == '\n';
            add(out, in->p + i, end - i);
            i = end;
        } else if (c == '$') {
            add(out, &mark, 1);
            i = argument(in, i, line, used, out);
        } else if (c == '?') {
            fail(line, "write an argument as $n");
        } else if (c == '/' && in->p[i + 1] == '*') {
            fail(line, "write a comment as --");
        } else if (c == ';') {
            ended = true;
            i++;
        } else {
            size_t n = 1;
            const char *theirs = mark == '$' ? their_name(in, i, &n) : NULL;
            if (theirs) add(out, theirs, strlen(theirs));
            else add(out, &c, n = 1);
            i += n;
        }
    }
    trim(out);
}

static bool is_word(const char *p, const char *word)
{
    size_t n = strlen(word);
    return !strncasecmp(p, word, n) && !isalnum((unsigned char)p[n]) && p[n] != '_';
}

/* SELECT reads; WITH reads if the verb after its parentheses is SELECT; all else writes. */
static bool writes(const text *t)
{
    if (is_word(t->p, "SELECT") || is_word(t->p, "VALUES")) return false;
    if (!is_word(t->p, "WITH")) return true;
    int depth = 0;
    bool inside = false; /* a word */
    for (size_t i = 0; i < t->n; i++) {
        char c = t->p[i];
        if (c == '\'' || c == '"') {
            i = quoted(t, i, 1) - 1;
            inside = false;
            continue;
        }
        depth += (c == '(') - (c == ')');
        if (!depth && !inside) {
            if (is_word(t->p + i, "SELECT")) return false;
            if (is_word(t->p + i, "INSERT") || is_word(t->p + i, "UPDATE") ||
                is_word(t->p + i, "DELETE"))
                return true;
        }
        inside = isalnum((unsigned char)c) || c == '_';
    }
    return true;
}

static void finish(statement *s)
{
    bool used[ARGS_MAX + 1] = {0}, again[ARGS_MAX + 1] = {0};
    rewrite(&s->sql[0], s->sql_line[0], '?', used, &s->sqlite);
    if (!s->sqlite.n) fail(s->line, "%s has no statement", s->name);
    s->varies = s->sql[1].n;
    rewrite(&s->sql[s->varies], s->sql_line[s->varies], '$', again, &s->postgres);
    if (!s->postgres.n) fail(s->line, "%s has no statement for PostgreSQL", s->name);
    for (int n = 1; n <= ARGS_MAX; n++)
        if (used[n]) s->args = n;
    for (int n = 1; n <= ARGS_MAX; n++) {
        if (n > 1 && n < s->args && !used[n]) /* $1 is the zone, bound whether used or not */
            fail(s->line, "%s uses $%d but not $%d", s->name, s->args, n);
        if (used[n] != again[n])
            fail(s->line, "%s: the variant for PostgreSQL has not the same arguments", s->name);
    }
    s->writes = writes(&s->sqlite);
}

/* ---- writing --------------------------------------------------------------------------------- */

static FILE *create(const char *base, const char *end, char *name, size_t n)
{
    snprintf(name, n, "%s%s", base, end);
    FILE *f = fopen(name, "w");
    if (f) return f;
    perror(name);
    exit(1);
}

static void close_file(FILE *f, const char *name)
{
    bool ok = !ferror(f);
    if (!fclose(f) && ok) return;
    perror(name);
    exit(1);
}

static void put(FILE *out, const text *t)
{
    fputs("\n     \"", out);
    for (size_t i = 0; i < t->n; i++) {
        char c = t->p[i];
        if (c == '\n') fputs("\\n\"\n     \"", out);
        else if (c == '\t') fputc(' ', out);
        else if (c == '"' || c == '\\' || c == '?') fprintf(out, "\\%c", c); /* ?: no trigraphs */
        else fputc(c, out);
    }
    fputc('"', out);
}

static void write_header(const char *base, const char *stem)
{
    char name[4096], guard[NAME_MAX_BYTES + 16];
    FILE *out = create(base, ".h", name, sizeof name);
    snprintf(guard, sizeof guard, "GEN_%s_SQL_H", stem);
    for (char *p = guard; *p; p++) *p = (char)toupper((unsigned char)*p);
    fprintf(out, "/* made by tool/statements of %s: do not edit */\n#ifndef %s\n#define %s\n\n"
                 "#include \"store/store.h\"\n\n", file_name, guard, guard);
    for (int i = 0; i < count; i++) fprintf(out, "extern const stmt %s;\n", found[i].name);
    fprintf(out, "\nextern const stmt *const %s_statements[]; /* all of them; NULL ends */\n\n"
                 "#endif\n", stem);
    close_file(out, name);
}

static void write_source(const char *base, const char *stem)
{
    char name[4096];
    FILE *out = create(base, ".c", name, sizeof name);
    const char *slash = strrchr(base, '/');
    fprintf(out, "/* made by tool/statements of %s: do not edit */\n#include \"%s.h\"\n", file_name,
            slash ? slash + 1 : base);
    for (int i = 0; i < count; i++) {
        const statement *s = &found[i];
        fprintf(out, "\nconst stmt %s = {\n    \"%s\",", s->name, s->name);
        put(out, &s->sqlite);
        fputc(',', out);
        put(out, &s->postgres);
        fprintf(out, ",\n    %d, %s,\n};\n", s->args, s->writes ? "true" : "false");
    }
    fprintf(out, "\nconst stmt *const %s_statements[] = {\n", stem);
    for (int i = 0; i < count; i++) fprintf(out, "    &%s,\n", found[i].name);
    fputs("    0,\n};\n", out);
    close_file(out, name);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: statements IN.sql OUTBASE\n", stderr);
        return 2;
    }
    file_name = argv[1];
    const char *slash = strrchr(file_name, '/');
    char stem[NAME_MAX_BYTES];
    snprintf(stem, sizeof stem, "%s", slash ? slash + 1 : file_name);
    char *dot = strrchr(stem, '.');
    if (!dot || strcmp(dot, ".sql")) fail(1, "is not called NAME.sql");
    *dot = 0;
    read_file(stem);
    for (int i = 0; i < count; i++) finish(&found[i]);
    write_header(argv[2], stem);
    write_source(argv[2], stem);
    for (int i = 0; i < count; i++) {
        free(found[i].sql[0].p);
        free(found[i].sql[1].p);
        free(found[i].sqlite.p);
        free(found[i].postgres.p);
    }
    return 0;
}
