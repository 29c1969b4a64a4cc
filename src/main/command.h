/* SPDX-License-Identifier: Apache-2.0 */
/* command.h: the commands of the one program. Results to standard output, messages to standard error.
 * Exit 0 done, 1 the answer is no or the input is bad, 2 wrong usage, 3 it could not run. */
#ifndef COMMAND_H
#define COMMAND_H

#include "base/base.h"

enum { EXIT_DONE, EXIT_NO, EXIT_USAGE, EXIT_CANNOT };

typedef struct {
    arena *a;
    lang lang;                    /* of messages: LANG of the process */
    int argc; char **argv;        /* what follows the command's name, options taken out */
    const char *data, *listen, *today, *calendar, *zone, *name, *org, *role, *head;
    bool json, demo;
} call;

typedef struct {
    const char *name;             /* "flow check": two words are a command of its own */
    int least, most;              /* arguments; most -1: any number */
    const char *options;          /* which of the options it takes: "data json" */
    const char *usage, *says;     /* message ids */
    int (*run)(call *c);
} command;
extern const command commands[];  /* ends with {0} */

/* Prints the error as a sentence on standard error and gives the exit code for its kind. */
int command_failed(call *c, err e);
int command_usage(const command *k);

int run_serve(call *), run_init(call *), run_verify(call *), run_backup(call *), run_restore(call *),
    run_account_add(call *), run_account_token(call *), run_account_list(call *), run_account_disable(call *),
    run_account_password(call *), run_workdays_add(call *), run_workdays_between(call *), run_check_uscc(call *),
    run_check_patent(call *), run_yuan(call *), run_flow_check(call *), run_render(call *), run_completion(call *),
    run_help(call *), run_pdf_worker(call *), run_type_worker(call *), run_rebuild(call *);

#endif
