/* SPDX-License-Identifier: Apache-2.0 */
/* main.c: finds the command, takes its options, runs it. */
#include <stdio.h>
#include <stdlib.h>

#include "main/command.h"

static const command *find(int argc, char **argv, int *words)
{
    for (*words = 2; *words >= 1; --*words)
        for (const command *k = commands; k->name; k++) {
            char both[64];
            int n = *words == 2 && argc > 2 ? snprintf(both, sizeof both, "%s %s", argv[1], argv[2])
                                            : snprintf(both, sizeof both, "%s", argv[1]);
            if (n < (int)sizeof both && (*words == 1 || argc > 2) && !strcmp(k->name, both)) return k;
        }
    return NULL;
}

/* The command's option that `text` names, and what stands behind its =. */
static const option *option_of(const command *k, const char *text, const char **value)
{
    size_t n = strcspn(text, "=");
    bool needed;
    const char *at = k->options;
    *value = text[n] ? text + n + 1 : NULL;
    for (const option *o; (o = command_option(&at, &needed));)
        if (!strncmp(text, o->name, n) && !o->name[n]) return o;
    return NULL;
}

static bool wrong(const command *k, const char *what, const char *which)
{
    fprintf(stderr, "lingfei %s: %s%s\n", k->name, what, which);
    return false;
}

/* Takes the option at argv[*i]; false after saying what is wrong with it. */
static bool take_option(const command *k, call *c, int argc, char **argv, int *i)
{
    const char *value;
    const option *o = option_of(k, argv[*i] + 2, &value);
    if (!o) return wrong(k, "there is no option ", argv[*i]);
    if (!o->value) {
        *(bool *)((char *)c + o->at) = true;
        return !value || wrong(k, "nothing may stand behind --", o->name);
    }
    if (!value && ++*i < argc) value = argv[*i];
    *(const char **)((char *)c + o->at) = value;
    return value || wrong(k, "nothing stands behind --", o->name);
}

static bool has_needed(const command *k, const call *c)
{
    bool needed;
    const char *at = k->options;
    for (const option *o; (o = command_option(&at, &needed));)
        if (needed && !*(const char *const *)((const char *)c + o->at)) return wrong(k, "it needs --", o->name);
    return true;
}

/* Options may stand anywhere; `--` ends them; what is left are the arguments. */
static bool read_arguments(const command *k, call *c, int argc, char **argv)
{
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        if (only_arguments || strncmp(argv[i], "--", 2)) c->argv[c->argc++] = argv[i];
        else if (!argv[i][2]) only_arguments = true;
        else if (!take_option(k, c, argc, argv, &i)) return false;
    }
    if (c->argc < k->least) return wrong(k, "it needs ", k->args);
    if (k->most >= 0 && c->argc > k->most) return wrong(k, "too much: ", c->argv[k->most]);
    return has_needed(k, c);
}

static void out_of_memory(arena *a)
{
    (void)a;
    fputs("lingfei: out of memory\n", stderr);
    exit(EXIT_CANNOT);
}

static bool is_help(const char *s) { return !strcmp(s, "--help") || !strcmp(s, "-h"); }

/* A result that could not be written is none. */
static int ended(call *c, int code)
{
    if (fflush(stdout) || ferror(stdout)) {
        fputs("lingfei: standard output cannot be written\n", stderr);
        code = EXIT_CANNOT;
    }
    arena_done(c->a);
    return code;
}

/* "account" alone is the first word of several commands: they are named. */
static int no_command(call *c, int argc, char **argv)
{
    bool asked = argc > 2 && is_help(argv[2]);
    if (asked && command_list(stdout, c->lang, argv[1])) return ended(c, EXIT_DONE);
    fprintf(stderr, "lingfei: there is no command '%s%s%s'; see lingfei --help\n", argv[1], argc > 2 ? " " : "", argc > 2 ? argv[2] : "");
    command_list(stderr, c->lang, argv[1]);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    arena a;
    arena_init(&a, (size)1 << 30, out_of_memory, NULL);
    const char *locale = getenv("LC_ALL") && *getenv("LC_ALL") ? getenv("LC_ALL") : getenv("LANG");
    call c = {.a = &a, .lang = locale && !strncmp(locale, "zh", 2) ? LANG_ZH : LANG_EN};
    c.argv = new_n(&a, char *, argc + 1);

    if (argc < 2) {
        fputs("usage: lingfei COMMAND [ARGUMENT...] [--OPTION VALUE...]; see lingfei --help\n", stderr);
        return EXIT_USAGE;
    }
    if (is_help(argv[1])) return ended(&c, run_help(&c));
    int words;
    const command *k = find(argc, argv, &words);
    if (!k) return no_command(&c, argc, argv);
    for (int i = 1 + words; i < argc && strcmp(argv[i], "--"); i++)
        if (is_help(argv[i])) {
            command_help(&c, k);
            return ended(&c, EXIT_DONE);
        }
    if (!read_arguments(k, &c, argc - 1 - words, argv + 1 + words)) {
        str usage = command_usage(&a, k);
        fprintf(stderr, "usage: " SF "\n", SA(usage));
        return EXIT_USAGE;
    }
    return ended(&c, k->run(&c));
}
