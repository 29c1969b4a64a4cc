/* SPDX-License-Identifier: Apache-2.0 */
/* original.h: a reviewer has seen a file against its original: marked once, with the day, and not asked for again. Office rule "Originals". */
#ifndef SUBSIDY_ORIGINAL_H
#define SUBSIDY_ORIGINAL_H

#include "room/subsidy/subsidy.h"

typedef struct original_in { int64_t application, document; } original_in;
extern const shape original_in_shape;
extern const action original_see;

/* To each of an application's files: "seen_day" and "seen_by" where its original was seen, else "may_see" for a reader who reviews. */
MUST_CHECK err original_show(ctx *c, int64_t of, view *files);
extern const route original_routes[];
#endif
