/* SPDX-License-Identifier: Apache-2.0 */
/* naming.h: inside the room: codes as people read them, names in the reader's language. */
#ifndef MATCHING_NAMING_H
#define MATCHING_NAMING_H

#include "base/base.h"

typedef struct named { const char *code, *label, *tone; } named;     /* tone: a colour of badges; a table ends with {0} */
/* The text `at` of the row becomes a code with its label; and "tone", where the table has one. */
void name_code(const ctx *c, view *row, const char *at, const named *table);
str name_of(const ctx *c, const named *table, str code);             /* the label; an unknown code is empty */
/* NAME_en, where there is one and the reader reads English, in place of NAME. */
void name_in_english(const ctx *c, view *row, const char *name);
#endif
