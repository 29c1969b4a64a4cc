/* SPDX-License-Identifier: Apache-2.0 */
/* main.c: finds the command, takes its options, runs it. */
#include <stdio.h>
#include <stdlib.h>

#include "main/command.h"

typedef struct { const char *name; bool flag; size_t at; } option;
static const option options[] = {
    {"data", false, offsetof(call, data)},         {"listen", false, offsetof(call, listen)},
    {"today", false, offsetof(call, today)},       {"calendar", false, offsetof(call, calendar)},
    {"zone", false, offsetof(call, zone)},         {"name", false, offsetof(call, name)},
    {"org", false, offsetof(call, org)},           {"role", false, offsetof(call, role)},
    {"head", false, offsetof(call, head)},         {"json", true, offsetof(call, json)},
    {"demo", true, offsetof(call, demo)},
};

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

/* A word of the space-separated list that a command's row gives. */
static bool takes(const command *k, const char *name)
{
    size_t n = strlen(name);
    for (const char *at = k->options; (at = strstr(at, name)); at += n)
        if ((at == k->options || at[-1] == ' ') && (at[n] == ' ' || !at[n])) return true;
    return false;
}

static const option *option_of(const command *k, const char *text, const char **value)
{
    for (int i = 0; i < countof(options); i++) {
        size_t n = strlen(options[i].name);
        if (strncmp(text, options[i].name, n) || !takes(k, options[i].name)) continue;
        if (text[n] && text[n] != '=') continue;
        *value = text[n] ? text + n + 1 : NULL;
        return &options[i];
    }
    return NULL;
}

/* Options may stand anywhere; `--` ends them; what is left are the arguments. */
static bool read_arguments(const command *k, call *c, int argc, char **argv)
{
    bool only_arguments = false;
    for (int i = 0; i < argc; i++) {
        if (only_arguments || strncmp(argv[i], "--", 2)) {
            c->argv[c->argc++] = argv[i];
            continue;
        }
        if (!argv[i][2]) {
            only_arguments = true;
            continue;
        }
        const char *value;
        const option *o = option_of(k, argv[i] + 2, &value);
        if (!o || (o->flag && value)) return false;
        if (o->flag) {
            *(bool *)((char *)c + o->at) = true;
            continue;
        }
        if (!value && ++i < argc) value = argv[i];
        if (!value) return false;
        *(const char **)((char *)c + o->at) = value;
    }
    return c->argc >= k->least && (k->most < 0 || c->argc <= k->most);
}

static void out_of_memory(arena *a)
{
    (void)a;
    fputs("lingfei: out of memory\n", stderr);
    exit(EXIT_CANNOT);
}

int main(int argc, char **argv)
{
    arena a;
    arena_init(&a, (size)1 << 30, out_of_memory, NULL);
    const char *locale = getenv("LC_ALL") && *getenv("LC_ALL") ? getenv("LC_ALL") : getenv("LANG");
    call c = {.a = &a, .lang = locale && !strncmp(locale, "zh", 2) ? LANG_ZH : LANG_EN};
    c.argv = new_n(&a, char *, argc + 1);

    if (argc < 2 || !strcmp(argv[1], "--help") || !strcmp(argv[1], "-h")) {
        c.argc = 0;
        int code = run_help(&c);
        return argc < 2 ? EXIT_USAGE : code;
    }
    int words;
    const command *k = find(argc, argv, &words);
    if (!k) {
        fprintf(stderr, "lingfei: there is no command '%s'; see lingfei --help\n", argv[1]);
        return EXIT_USAGE;
    }
    for (int i = 1 + words; i < argc && strcmp(argv[i], "--"); i++)
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            printf("%s\n\n%s\n", k->usage, tr(c.lang, k->says).p);
            return EXIT_DONE;
        }
    if (!read_arguments(k, &c, argc - 1 - words, argv + 1 + words)) return command_usage(k);
    int code = k->run(&c);
    if (fflush(stdout)) {
        fputs("lingfei: standard output cannot be written\n", stderr);
        return EXIT_CANNOT;
    }
    arena_done(&a);
    return code;
}
