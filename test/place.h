/* SPDX-License-Identifier: Apache-2.0 */
/* place.h: where a test's store stands: a temporary folder, or, when TEST_STORE gives the URL of a PostgreSQL server with %s
 * for the database, a database of its own there; and a way behind the program's back. */
#ifndef PLACE_H
#define PLACE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    char folder[96];              /* always there: for files; holds the store unless it is on PostgreSQL */
    char data[400];               /* what --data would say */
} place;

bool place_is_postgres(void);     /* what SQLite's own file is about then has nothing to test */
void place_make(place *p);        /* asserts that it works */
void place_remove(place *p);

/* Somebody with the disk in his hands: no trigger and no rule between tables stops him. */
void place_run(const place *p, const char *sql);
int64_t place_number(const place *p, const char *sql);
bool place_refuses(const place *p, const char *sql); /* by a trigger, which stops everybody else */

#endif
