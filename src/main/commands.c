/* SPDX-License-Identifier: Apache-2.0 */
/* commands.c: the table of commands and of their options; usage, --help, the manual page and shell completion come from it. */
#include <stdio.h>

#include "format/json.h"
#include "main/command.h"

const option options[] = {
    {"data", "DATA", offsetof(call, data), N_("the store: a directory (lingfei-data in the current folder if it is not given) or postgresql://…")},
    {"key", "FILE", offsetof(call, key), N_("the key of what stands sealed in the store (lingfei.key beside the data if it is not given)")},
    {"config", "FILE", offsetof(call, config), N_("settings of this server, a line each: name = value")},
    {"listen", "HOST:PORT", offsetof(call, listen), N_("where to serve (127.0.0.1:8080 if it is not given)")},
    {"demo", NULL, offsetof(call, demo), N_("the demonstration zone with its accounts, in a store of its own")},
    {"today", "DATE", offsetof(call, today), N_("the business day, in rehearsal stores only: a store that is made with it is one")},
    {"calendar", "FILE", offsetof(call, calendar), N_("working days from this file instead of the built-in ones")},
    {"zone", "NAME", offsetof(call, zone), N_("the name of the new zone")},
    {"head", "SIZE:HASH", offsetof(call, head), N_("a head of the record that was kept outside")},
    {"name", "NAME", offsetof(call, name), N_("the person's name")},
    {"org", "USCC", offsetof(call, org), N_("unified social credit code of the person's organisation")},
    {"org-name", "NAME", offsetof(call, org_name), N_("adds the organisation under this name if it is not there yet")},
    {"role", "ROLE", offsetof(call, role), N_("agency, enterprise, alliance, bureau, committee, finance, department, auditor, counter or admin")},
    {"json", NULL, offsetof(call, json), N_("JSON instead of text")},
    {0},
};

const command commands[] = {
    {"serve", "", 0, 0, "data key config listen demo today calendar zone",
     N_("Runs the server until it is interrupted; makes the zone where nothing is there. Prints its address when it is ready."), run_serve},
    {"init", "", 0, 0, "data key zone today", N_("Makes an empty zone. serve does it by itself where nothing is there."), run_init},
    {"workdays add", "DATE N", 2, 2, "calendar json", N_("The N-th working day of China after DATE."), run_workdays_add},
    {"workdays between", "A B", 2, 2, "calendar json", N_("How many working days lie after A up to and including B."), run_workdays_between},
    {"check uscc", "CODE...", 1, -1, "json", N_("Checks unified social credit codes (GB 32100-2015)."), run_check_uscc},
    {"check patent", "NUMBER...", 1, -1, "json", N_("Checks Chinese patent application numbers with their check digit."), run_check_patent},
    {"yuan", "FEN", 1, 1, "json", N_("An amount of fen in Chinese capitals."), run_yuan},
    {"flow check", "FILE.bpmn...", 1, -1, "json", N_("Reads flows and proves them sound, or says what is wrong, file and line."), run_flow_check},
    {"render", "TEMPLATE DATA.json", 2, 2, "", N_("Renders a Mustache template; partials come from the template's folder."), run_render},
    {"import registrations", "FILE.csv|FILE.xlsx", 1, 1, "data key json",
     N_("Takes firms from a business registry's export into the register; what cannot be taken goes to FILE.rejected.csv with the reason."), run_import_registrations},
    {"verify", "", 0, 0, "data key head json", N_("Proves the audit trail unbroken and the ledger balanced; --head compares with a head kept outside."), run_verify},
    {"rebuild", "NEW-DATA", 1, 1, "data key json", N_("Runs every act of the record again into a new store and compares the tables."), run_rebuild},
    {"copy", "DATA NEW-DATA", 2, 2, "key json", N_("Copies a zone into a new store, a folder or a database; proves every row, the ledger and the chain there."), run_copy},
    {"doctor", "", 0, 0, "data key config calendar json",
     N_("Looks whether all is well around the store: folder, disk, settings, key, fonts, schema, calendar, clock, backup; says what to do."), run_doctor},
    {"backup", "FILE", 1, 1, "data key", N_("Copies the store to a file while the server runs."), run_backup},
    {"restore", "FILE", 1, 1, "data!", N_("Puts a backup in the place of a store; refuses a store in use."), run_restore},
    {"account add", "LOGIN", 1, 1, "name! org! role! org-name data key json",
     N_("Adds a person with a post, or a post to a person; a new person's password is read from standard input."), run_account_add},
    {"account token", "LOGIN", 1, 1, "data key json", N_("Prints a new API token for a person."), run_account_token},
    {"account list", "", 0, 0, "data key json", N_("Lists people and their posts."), run_account_list},
    {"account disable", "LOGIN", 1, 1, "data key", N_("Closes a person's access at once."), run_account_disable},
    {"account password", "LOGIN", 1, 1, "data key", N_("Sets a person's password, read from standard input, and ends the person's sessions."), run_account_password},
    {"completion", "bash|zsh", 1, 1, "", N_("Prints completions for the shell."), run_completion},
    {"help", "[COMMAND]", 0, 2, "", N_("Lists the commands, or explains one."), run_help},
    {"book-worker", "", 0, 0, "", N_("Makes a workbook (XLSX) of the list on standard input; the server starts it by itself."), run_book_worker},
    {"pdf-worker", "", 0, 0, "", N_("Makes a PDF of the paper on standard input; the server starts it by itself."), run_pdf_worker},
    {"type-worker", "", 0, 0, "", N_("Says what kind of file is on standard input; the server starts it by itself."), run_type_worker},
    {0},
};

const option *command_option(const char **at, bool *needed)
{
    *at += strspn(*at, " ");
    size_t n = strcspn(*at, " !");
    if (!n) return NULL;
    const option *o = options;
    while (strncmp(o->name, *at, n) || o->name[n]) {
        o++;
        assert(o->name);
    }
    *at += n;
    *needed = **at == '!';
    if (*needed) ++*at;
    return o;
}

str command_usage(arena *a, const command *k)
{
    buf b = buf_new(a, 256);
    buf_fmt(&b, "lingfei %s%s%s", k->name, *k->args ? " " : "", k->args);
    bool needed;
    const char *at = k->options;
    for (const option *o; (o = command_option(&at, &needed));)
        buf_fmt(&b, " %s--%s%s%s%s", needed ? "" : "[", o->name, o->value ? " " : "", o->value ? o->value : "", needed ? "" : "]");
    return buf_str(&b);
}

void command_help(call *c, const command *k)
{
    str usage = command_usage(c->a, k), says = tr(c->lang, k->says);
    printf(SF "\n\n" SF "\n", SA(usage), SA(says));
    bool needed, first = true;
    const char *at = k->options;
    for (const option *o; (o = command_option(&at, &needed)); first = false) {
        str flag = str_fmt(c->a, "--%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
        says = tr(c->lang, o->says);
        printf("%s  %-20.*s " SF "\n", first ? "\n" : "", SA(flag), SA(says));
    }
}

int command_failed(call *c, err e)
{
    str text = err_text(c->a, e, tr(c->lang, e.text));
    fprintf(stderr, "lingfei: %s%s" SF "\n", c->file ? c->file : "", c->file ? ": " : "", SA(text));
    return e.kind == ERR_FAULT || e.kind == ERR_BUSY ? EXIT_CANNOT : EXIT_NO;
}

void command_print_json(arena *a, const view *v)
{
    buf b = buf_new(a, 1024);
    json_write(&b, v);
    printf(SF "\n", SA(buf_str(&b)));
}

int command_list(FILE *to, lang l, const char *group)
{
    int n = 0;
    size_t width = strlen(group);
    for (const command *k = commands; k->name; k++) {
        if (width && (strncmp(k->name, group, width) || k->name[width] != ' ')) continue;
        str says = tr(l, k->says);
        fprintf(to, "  %-17s " SF "\n", k->name, SA(says));
        n++;
    }
    return n;
}

static int list_all(lang l)
{
    puts("lingfei COMMAND [ARGUMENT...] [--OPTION VALUE...]\n");
    command_list(stdout, l, "");
    str more = tr(l, N_("lingfei COMMAND --help explains one with its options."));
    printf("\n" SF "\n", SA(more));
    return EXIT_DONE;
}

int run_help(call *c)
{
    if (!c->argc) return list_all(c->lang);
    if (c->argc == 1 && command_list(stdout, c->lang, c->argv[0])) return EXIT_DONE;
    str name = c->argc == 2 ? str_fmt(c->a, "%s %s", c->argv[0], c->argv[1]) : str_of(c->argv[0]);
    for (const command *k = commands; k->name; k++)
        if (str_eqz(name, k->name)) {
            command_help(c, k);
            return EXIT_DONE;
        }
    fprintf(stderr, "lingfei: there is no command '" SF "'; see lingfei --help\n", SA(name));
    return EXIT_USAGE;
}
