/* SPDX-License-Identifier: Apache-2.0 */
/* messages.c: lists the message ids of sources, or those that a catalogue translates.
 *
 *   messages FILE.c FILE.h FILE.html...   FILE:LINE<tab>id for each N_("…") and {{#_}}…{{/_}}
 *   messages --po FILE.po                 id of each entry that has a translation; exit 1, with
 *                                         FILE:LINE: sentences, if a translation's {0}… differ
 *
 * Ids are written with \n, \t, \" and \\, one a line, so that sort and comm can compare the lists.
 * The rules for templates are those of src/format/mustache.h.
 */
#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ID_MAX = 8192 };

typedef struct { const char *name, *at, *end; int line; } source;
typedef struct { char p[ID_MAX]; size_t n; } text;

static void put(text *t, char c)
{
    if (t->n + 1 < sizeof t->p) t->p[t->n++] = c;
    t->p[t->n] = 0;
}

static void print_id(const text *t)
{
    for (size_t i = 0; i < t->n; i++) {
        switch (t->p[i]) {
        case '\n': fputs("\\n", stdout); break;
        case '\t': fputs("\\t", stdout); break;
        case '"': fputs("\\\"", stdout); break;
        case '\\': fputs("\\\\", stdout); break;
        default: putchar(t->p[i]);
        }
    }
    putchar('\n');
}

static void found(const source *s, int line, const text *t)
{
    printf("%s:%d\t", s->name, line);
    print_id(t);
}

static bool at(const source *s, const char *word)
{
    size_t n = strlen(word);
    return (size_t)(s->end - s->at) >= n && memcmp(s->at, word, n) == 0;
}

static void step(source *s, size_t n)
{
    for (; n && s->at < s->end; n--) s->line += *s->at++ == '\n';
}

static void step_past(source *s, const char *word)
{
    while (s->at < s->end && !at(s, word)) step(s, 1);
    step(s, strlen(word));
}

/* ---- C ----------------------------------------------------------------------------------- */

static int hex_value(int c)
{
    return isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
}

/* At a backslash: appends what the escape means. */
static void read_escape(source *s, text *t)
{
    static const char from[] = "ntrabfv0", to[] = "\n\t\r\a\b\f\v";
    step(s, 1);
    if (s->at == s->end) return;
    char c = *s->at;
    step(s, 1);
    if (c == '\n') return; /* a continued line */
    if (c == 'x') {
        int v = 0;
        for (; s->at < s->end && isxdigit((unsigned char)*s->at); step(s, 1))
            v = v * 16 + hex_value((unsigned char)*s->at);
        put(t, (char)v);
        return;
    }
    const char *known = strchr(from, c);
    put(t, known ? to[known - from] : c);
}

/* At a quote: appends the literal; stands behind it afterwards. */
static void read_literal(source *s, text *t)
{
    for (step(s, 1); s->at < s->end && *s->at != '"';) {
        if (*s->at == '\\') read_escape(s, t);
        else { put(t, *s->at); step(s, 1); }
    }
    step(s, 1);
}

static bool skip_comment(source *s)
{
    if (at(s, "//")) step_past(s, "\n");
    else if (at(s, "/*")) step_past(s, "*/");
    else return false;
    return true;
}

static void skip_character(source *s)
{
    for (step(s, 1); s->at < s->end && *s->at != '\'';) step(s, *s->at == '\\' ? 2 : 1);
    step(s, 1);
}

static void skip_white(source *s)
{
    while (s->at < s->end && (isspace((unsigned char)*s->at) || at(s, "/*") || at(s, "//")))
        if (!skip_comment(s)) step(s, 1);
}

/* Behind N_: its literals, if they are what follows. */
static void read_marked(source *s)
{
    text t = {0};
    int line = s->line;
    skip_white(s);
    if (!at(s, "(")) return;
    step(s, 1);
    skip_white(s);
    if (!at(s, "\"")) return; /* the macro's own definition */
    for (; at(s, "\""); skip_white(s)) read_literal(s, &t);
    found(s, line, &t);
}

static bool is_name(int c)
{
    return isalnum(c) || c == '_';
}

static void list_c(source *s)
{
    while (s->at < s->end) {
        if (skip_comment(s)) continue;
        if (*s->at == '"') { text t = {0}; read_literal(s, &t); continue; }
        if (*s->at == '\'') { skip_character(s); continue; }
        if (!is_name((unsigned char)*s->at)) { step(s, 1); continue; }
        bool marked = at(s, "N_") && (s->at + 2 == s->end || !is_name((unsigned char)s->at[2]));
        while (s->at < s->end && is_name((unsigned char)*s->at)) step(s, 1);
        if (marked) read_marked(s);
    }
}

/* ---- templates ------------------------------------------------------------------------------ */

static void put_word(text *t, char c)
{
    bool space = isspace((unsigned char)c);
    if (space && (!t->n || t->p[t->n - 1] == ' ')) return;
    put(t, space ? ' ' : c);
}

static void read_message(source *s)
{
    text t = {0};
    int line = s->line, args = 0;
    while (s->at < s->end && !at(s, "{{/_}}")) {
        if (!at(s, "{{")) { put_word(&t, *s->at); step(s, 1); continue; }
        bool comment = at(s, "{{!");
        step_past(s, at(s, "{{{") ? "}}}" : "}}");
        char number[16];
        snprintf(number, sizeof number, "{%d}", args);
        for (char *p = number; *p && !comment; p++) put(&t, *p);
        args += !comment;
    }
    while (t.n && t.p[t.n - 1] == ' ') t.p[--t.n] = 0;
    found(s, line, &t);
}

static void list_template(source *s)
{
    while (s->at < s->end) {
        if (at(s, "{{!")) { step_past(s, "}}"); continue; }
        if (!at(s, "{{#_}}")) { step(s, 1); continue; }
        step(s, 6);
        read_message(s);
    }
}

/* ---- catalogues ------------------------------------------------------------------------------- */

/* Behind a keyword: its strings, joined. */
static void read_entry(source *s, text *t)
{
    *t = (text){0};
    for (;;) {
        while (s->at < s->end && isspace((unsigned char)*s->at)) step(s, 1);
        if (!at(s, "\"")) return;
        read_literal(s, t);
    }
}

/* Which of {0} to {9} the text holds, as bits. */
static unsigned holders(const text *t)
{
    unsigned bits = 0;
    for (size_t i = 0; i + 2 < t->n; i++)
        if (t->p[i] == '{' && isdigit((unsigned char)t->p[i + 1]) && t->p[i + 2] == '}')
            bits |= 1u << (t->p[i + 1] - '0');
    return bits;
}

static int list_catalogue(source *s)
{
    static text id, told;
    int bad = 0, line = 0;
    while (s->at < s->end) {
        if (*s->at == '#') { step_past(s, "\n"); continue; }
        if (at(s, "msgid ")) { line = s->line; step(s, 6); read_entry(s, &id); continue; }
        if (!at(s, "msgstr ")) { step(s, 1); continue; }
        step(s, 7);
        read_entry(s, &told);
        if (!id.n || !told.n) continue;
        print_id(&id);
        if (holders(&id) == holders(&told)) continue;
        fprintf(stderr, "%s:%d: the translation of “%s” has other {0}… than it\n", s->name, line, id.p);
        bad = 1;
    }
    return bad;
}

/* ---- files -------------------------------------------------------------------------------------- */

static bool ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), m = strlen(tail);
    return n >= m && strcmp(s + n - m, tail) == 0;
}

static bool open_source(const char *name, source *s)
{
    struct stat st;
    int fd = open(name, O_RDONLY);
    *s = (source){.name = name, .line = 1};
    if (fd < 0 || fstat(fd, &st)) { perror(name); return false; }
    if (st.st_size) {
        s->at = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (s->at == MAP_FAILED) { perror(name); return false; }
        s->end = s->at + st.st_size;
    }
    close(fd); /* the mapping stays until we end */
    return true;
}

int main(int argc, char **argv)
{
    source s;
    if (argc == 3 && strcmp(argv[1], "--po") == 0)
        return open_source(argv[2], &s) ? list_catalogue(&s) : 3;
    if (argc < 2 || argv[1][0] == '-') {
        fprintf(stderr, "usage: messages FILE...\n       messages --po FILE.po\n");
        return 2;
    }
    for (int i = 1; i < argc; i++) {
        if (!open_source(argv[i], &s)) return 3;
        if (ends_with(argv[i], ".html")) list_template(&s);
        else list_c(&s);
    }
    return 0;
}
