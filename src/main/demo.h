/* SPDX-License-Identifier: Apache-2.0 */
/* demo.h: the demonstration zone, made by the same acts as real use. */
#ifndef DEMO_H
#define DEMO_H

#include <stdio.h>

#include "main/house.h"

int64_t demo_first_day(const house_options *o); /* where a new demonstration begins; 0 if the store is there already */
MUST_CHECK err demo_load(house *h, ctx *c, bool *fresh);
void demo_print_accounts(FILE *out);
extern const route demo_routes[];         /* served only by serve --demo */
err demo_globals(req *r, view *v);        /* web_hooks.globals: the desk's, and the bar's people */

#endif
