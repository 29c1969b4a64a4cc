/* SPDX-License-Identifier: Apache-2.0 */
/* command.h: the commands of the one program. Results to standard output, messages to standard error.
 * Exit 0 done, 1 the answer is no or the input is bad, 2 wrong usage, 3 it could not run. */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdio.h>

#include "base/days.h"

enum { EXIT_DONE, EXIT_NO, EXIT_USAGE, EXIT_CANNOT };

typedef struct {
    arena *a;
    lang lang;                    /* of messages: LANG of the process */
    int argc; char **argv;        /* what follows the command's name, options taken out */
    const char *data, *key, *config, *listen, *today, *calendar, *zone, *name, *org, *org_name, *role, *head;
    bool json, demo;
    const char *file;             /* that the error at hand is about; NULL: the sentence names it */
} call;

typedef struct {
    const char *name, *value;     /* value: "DATE", what follows it; NULL: nothing does */
    size_t at;                    /* of the field in call: const char *, or bool where value is NULL */
    const char *says;             /* message id */
} option;
extern const option options[];    /* ends with {0} */

typedef struct {
    const char *name;             /* "flow check": two words are a command of its own */
    const char *args;             /* "DATE N", for the usage line */
    int least, most;              /* how many; most -1: any number */
    const char *options;          /* names of those it takes, "name! data json"; ! where it needs it */
    const char *says;             /* message id */
    int (*run)(call *c);
} command;
extern const command commands[];  /* ends with {0} */

/* Walks the names of a command's options: *at begins at k->options; NULL after the last. */
const option *command_option(const char **at, bool *needed);
str command_usage(arena *a, const command *k);           /* "lingfei workdays add DATE N [--json]" */
void command_help(call *c, const command *k);
/* Lists the commands whose first of two words is `group` ("": all) with what they do; how many. */
int command_list(FILE *to, lang l, const char *group);
/* Prints the error as a sentence on standard error and gives the exit code for its kind. */
int command_failed(call *c, err e);
/* The working days of --calendar, or the built-in ones. */
MUST_CHECK err calendar_of(call *c, calendar **out);
/* Opens the store (`create`: makes what is not there), runs, closes. The exit code is that of the kind of error. */
struct house;
int command_on_store(call *c, bool create, err (*run)(call *c, struct house *h, ctx *x));
void command_print_json(arena *a, const view *v);

int run_serve(call *), run_init(call *), run_verify(call *), run_doctor(call *), run_backup(call *), run_restore(call *),
    run_account_add(call *), run_account_token(call *), run_account_list(call *), run_account_disable(call *),
    run_account_password(call *), run_workdays_add(call *), run_workdays_between(call *), run_check_uscc(call *),
    run_check_patent(call *), run_yuan(call *), run_flow_check(call *), run_render(call *), run_completion(call *),
    run_help(call *), run_pdf_worker(call *), run_book_worker(call *), run_type_worker(call *), run_rebuild(call *), run_copy(call *), run_import_registrations(call *);

#endif
