/* SPDX-License-Identifier: Apache-2.0 */
/* demo.h: the demonstration zone: three past months and cases waiting at every step, made by the same acts as
 * real use; and the bar that changes the person and the day. */
#ifndef DEMO_H
#define DEMO_H

#include <stdio.h>

#include "main/house.h"

int64_t demo_first_day(house_options *o); /* where a new demonstration begins; 0 if the store is there already */
MUST_CHECK err demo_load(house *h, ctx *c, bool *fresh);
void demo_print_accounts(FILE *out);
extern const room demo_room;              /* its routes are served only by serve --demo */

#endif
