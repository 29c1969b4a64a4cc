/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c: the table of commands; --help, the man page's list and shell completion come from it. */
#include <stdio.h>

#include "main/command.h"

const command commands[] = {
    {"serve", 0, 0, "data listen demo today calendar zone",
     "lingfei serve [--data DATA] [--listen HOST:PORT] [--demo] [--today DATE] [--calendar FILE]",
     N_("Runs the server. --demo loads the demonstration zone into an empty store and prints its accounts; --today sets the business day, in rehearsal stores only; --calendar replaces the built-in working days."),
     run_serve},
    {"init", 0, 0, "data zone today demo", "lingfei init [--data DATA] [--zone NAME]",
     N_("Makes an empty zone. serve does it by itself where nothing is there."), run_init},
    {"workdays add", 2, 2, "calendar", "lingfei workdays add DATE N",
     N_("The N-th working day of China after DATE."), run_workdays_add},
    {"workdays between", 2, 2, "calendar", "lingfei workdays between A B",
     N_("How many working days lie after A up to and including B."), run_workdays_between},
    {"check uscc", 1, -1, "json", "lingfei check uscc CODE...",
     N_("Checks unified social credit codes (GB 32100-2015)."), run_check_uscc},
    {"check patent", 1, -1, "json", "lingfei check patent NUMBER...",
     N_("Checks Chinese patent application numbers with their check digit."), run_check_patent},
    {"yuan", 1, 1, "", "lingfei yuan FEN", N_("An amount of fen in Chinese capitals."), run_yuan},
    {"flow check", 1, -1, "", "lingfei flow check FILE.bpmn...",
     N_("Reads flows and proves them sound, or says what is wrong, file and line."), run_flow_check},
    {"render", 2, 2, "", "lingfei render TEMPLATE DATA.json",
     N_("Renders a Mustache template; partials come from the template's folder."), run_render},
    {"verify", 0, 0, "data head json", "lingfei verify [--data DATA] [--head SIZE:HASH]",
     N_("Proves the audit trail unbroken and the ledger balanced; --head compares with a head kept outside."), run_verify},
    {"rebuild", 1, 1, "data json", "lingfei rebuild NEW-DATA [--data DATA]",
     N_("Runs every act of the record again into a new store and compares the tables."), run_rebuild},
    {"backup", 1, 1, "data", "lingfei backup FILE [--data DATA]",
     N_("Copies the store to a file while the server runs."), run_backup},
    {"restore", 1, 1, "data", "lingfei restore FILE --data DATA",
     N_("Puts a backup in the place of a store; refuses a store in use."), run_restore},
    {"account add", 1, 1, "data name org role", "lingfei account add LOGIN --name NAME --org USCC --role ROLE [--data DATA]",
     N_("Adds a person with a post; the password is read from standard input."), run_account_add},
    {"account token", 1, 1, "data", "lingfei account token LOGIN [--data DATA]",
     N_("Prints a new API token for a person."), run_account_token},
    {"account list", 0, 0, "data json", "lingfei account list [--data DATA] [--json]",
     N_("Lists people and their posts."), run_account_list},
    {"account disable", 1, 1, "data", "lingfei account disable LOGIN [--data DATA]",
     N_("Closes a person's access at once."), run_account_disable},
    {"account password", 1, 1, "data", "lingfei account password LOGIN [--data DATA]",
     N_("Sets a person's password, read from standard input, and ends the person's sessions."), run_account_password},
    {"completion", 1, 1, "", "lingfei completion bash", N_("Prints completions for the shell."), run_completion},
    {"help", 0, 2, "", "lingfei help [COMMAND]", N_("Lists the commands, or explains one."), run_help},
    {"pdf-worker", 0, 0, "", "lingfei pdf-worker", N_("Makes a PDF of the paper on standard input; the server starts it by itself."), run_pdf_worker},
    {"type-worker", 0, 0, "", "lingfei type-worker", N_("Says what kind of file is on standard input; the server starts it by itself."), run_type_worker},
    {0},
};

int command_usage(const command *k)
{
    fprintf(stderr, "usage: %s\n", k->usage);
    return EXIT_USAGE;
}

int command_failed(call *c, err e)
{
    str text = err_text(c->a, e, tr(c->lang, e.text));
    fprintf(stderr, "lingfei: " SF "\n", SA(text));
    return e.kind == ERR_FAULT || e.kind == ERR_BUSY ? EXIT_CANNOT : EXIT_NO;
}

static void list_all(lang l)
{
    puts("lingfei COMMAND [ARGUMENT...] [--OPTION VALUE...]\n");
    for (const command *k = commands; k->name; k++) {
        str says = tr(l, k->says);
        printf("  %-17s " SF "\n", k->name, SA(says));
    }
    puts("\nDATA is a directory (SQLite inside; default lingfei-data) or a postgresql:// URL."
         "\nlingfei COMMAND --help explains one.");
}

int run_help(call *c)
{
    if (!c->argc) {
        list_all(c->lang);
        return EXIT_DONE;
    }
    str name = c->argc == 2 ? str_fmt(c->a, "%s %s", c->argv[0], c->argv[1]) : str_of(c->argv[0]);
    for (const command *k = commands; k->name; k++)
        if (str_eqz(name, k->name)) {
            str says = tr(c->lang, k->says);
            printf("%s\n\n" SF "\n", k->usage, SA(says));
            return EXIT_DONE;
        }
    fprintf(stderr, "lingfei: there is no command '" SF "'\n", SA(name));
    return EXIT_USAGE;
}

/* The words that may stand at a place, for bash: first words, second words, options. */
int run_completion(call *c)
{
    if (strcmp(c->argv[0], "bash")) {
        fputs("lingfei: completions are there for bash\n", stderr);
        return EXIT_NO;
    }
    puts("# bash completion of lingfei; source it or put it into /usr/share/bash-completion/completions/lingfei\n"
         "_lingfei() {\n"
         "  local cur=${COMP_WORDS[COMP_CWORD]} key=\"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" words=\n"
         "  if [ \"$COMP_CWORD\" = 1 ]; then words=\"$(printf '%s\\n'");
    for (const command *k = commands; k->name; k++)
        printf(" %.*s", (int)strcspn(k->name, " "), k->name);
    puts(")\"\n  else case \"$key\" in");
    for (const command *k = commands; k->name; k++) {
        printf("    '%s'*) words=\"", k->name);
        for (const char *o = k->options; *o; o += strspn(o, " ")) {
            size_t n = strcspn(o, " ");
            printf("--%.*s ", (int)n, o);
            o += n;
        }
        puts("--help\" ;;");
    }
    puts("    workdays*) words='add between' ;;\n    check*) words='uscc patent' ;;\n"
         "    flow*) words=check ;;\n    account*) words='add token list disable password' ;;\n"
         "  esac; fi\n"
         "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$cur\")\n"
         "  [ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
         "}\ncomplete -F _lingfei lingfei");
    return EXIT_DONE;
}
