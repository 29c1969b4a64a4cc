/* SPDX-License-Identifier: Apache-2.0 */
/* cage.h: least privilege: what the process will never need is given away before it reads a stranger's first byte.
 *
 * No new privileges; Landlock: the data folder may be written, programs' libraries, fonts and magic be read, and nothing else be seen;
 * seccomp: the system calls of a server and of its children, the others answer EPERM. A kernel that knows neither gets a line in the log
 * and the server runs as before. Sanitizer builds stand outside: they need /proc and ptrace. */
#ifndef CAGE_H
#define CAGE_H

#include <stdbool.h>

typedef struct cage_places {
    const char *data;            /* may be written; NULL: nothing */
    const char *readable[4];     /* files named on the command line: key, calendar; NULL: none */
} cage_places;

typedef struct caged { int landlock; bool seccomp, no_new_privs; } caged; /* landlock: its version; 0: none */

/* Before any thread is there: threads and children inherit it. `data` must be there. */
caged cage_server(const cage_places *p);
/* In a child that reads what strangers wrote: no network, no program, no file written. Fonts, magic and its descriptors are left. */
caged cage_child(void);

#endif
