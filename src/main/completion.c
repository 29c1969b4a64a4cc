/* SPDX-License-Identifier: Apache-2.0 */
/* completion.c: what bash and zsh may offer at a place, made from the table of commands.
 *
 * Both get the same function body in plain shell: it sets `list` (words) and `files` (f files, d folders); what stands
 * around it knows the shell's own names for where the cursor is. */
#include <stdio.h>

#include "main/command.h"

static int first_word(const char *name) { return (int)strcspn(name, " "); }

/* Has a row above the same first word? */
static bool repeated(const command *k)
{
    int n = first_word(k->name);
    for (const command *b = commands; b < k; b++)
        if (first_word(b->name) == n && !strncmp(b->name, k->name, (size_t)n)) return true;
    return false;
}

static void put_first_words(void)
{
    for (const command *k = commands; k->name; k++)
        if (!repeated(k)) printf("%s%.*s", k == commands ? "" : " ", first_word(k->name), k->name);
}

/* What may follow an option: its roles, files, folders, or something nobody can guess. */
static void put_values(void)
{
    puts("  case $last in");
    for (const option *o = options; o->name; o++) {
        if (!o->value) continue;
        printf("    --%s) ", o->name);
        if (!strcmp(o->value, "DATA")) printf("files=d; ");
        if (!strcmp(o->value, "FILE")) printf("files=f; ");
        if (!strcmp(o->value, "ROLE")) {
            printf("list='");
            for (int i = ROLE_AGENCY; i < ROLES; i++) printf("%s%s", i == ROLE_AGENCY ? "" : " ", role_code[i]);
            printf("'; ");
        }
        puts("return ;;");
    }
    puts("  esac");
}

/* Two words are one command: after the first come the second ones. */
static void put_second_words(void)
{
    puts("  if [ \"$at\" = 2 ]; then case $one in");
    for (const command *k = commands; k->name; k++) {
        int n = first_word(k->name);
        if (!k->name[n] || repeated(k)) continue;
        printf("    %.*s) list='", n, k->name);
        for (const command *same = k; same->name; same++)
            if (first_word(same->name) == n && same->name[n] && !strncmp(same->name, k->name, (size_t)n)) printf("%s%s", same == k ? "" : " ", same->name + n + 1);
        puts("'; return ;;");
    }
    printf("    completion) list='bash zsh --help'; return ;;\n    help) list='");
    put_first_words();
    puts(" --help'; return ;;\n  esac; fi");
}

static void put_options(void)
{
    puts("  case \"$one $two\" in");
    for (const command *k = commands; k->name; k++) {
        bool two = k->name[first_word(k->name)], needed;
        printf("    '%s%s) list='", k->name, two ? "'" : " '*");
        const char *at = k->options;
        for (const option *o; (o = command_option(&at, &needed));) printf("--%s ", o->name);
        printf("--help'");
        if (strstr(k->args, "FILE") || strstr(k->args, "TEMPLATE")) printf("; files=f");
        if (strstr(k->args, "NEW-DATA")) printf("; files=d");
        puts(" ;;");
    }
    puts("  esac");
}

static void put_body(void)
{
    puts("_lingfei_words() {");
    put_values();
    printf("  if [ \"$at\" = 1 ]; then list='");
    put_first_words();
    puts("'; return; fi");
    put_second_words();
    put_options();
    puts("}");
}

int run_completion(call *c)
{
    bool bash = !strcmp(c->argv[0], "bash");
    if (!bash && strcmp(c->argv[0], "zsh")) {
        fprintf(stderr, "lingfei: completions are there for bash and zsh, not for %s\n", c->argv[0]);
        return EXIT_NO;
    }
    puts(bash ? "# bash completion of lingfei; made by: lingfei completion bash" : "#compdef lingfei\n# zsh completion of lingfei; made by: lingfei completion zsh");
    put_body();
    puts(bash ? "_lingfei() {\n"
                "  local at=$COMP_CWORD one=${COMP_WORDS[1]} two=${COMP_WORDS[2]} list= files=\n"
                "  local last=${COMP_WORDS[COMP_CWORD-1]} cur=${COMP_WORDS[COMP_CWORD]}\n"
                "  _lingfei_words\n"
                "  mapfile -t COMPREPLY < <(compgen -W \"$list\" -- \"$cur\"; [ -z \"$files\" ] || compgen \"-$files\" -- \"$cur\")\n"
                "}\n"
                "complete -o filenames -F _lingfei lingfei"
              : "_lingfei() {\n"
                "  local at=$((CURRENT-1)) one=$words[2] two=$words[3] last=$words[CURRENT-1] list= files=\n"
                "  _lingfei_words\n"
                "  [ -z \"$list\" ] || compadd -- ${=list}\n"
                "  case $files in f) _files ;; d) _files -/ ;; esac\n"
                "}\n"
                "if [ \"$funcstack[1]\" = _lingfei ]; then _lingfei \"$@\"; else compdef _lingfei lingfei; fi");
    return EXIT_DONE;
}
