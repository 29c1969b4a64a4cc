/* SPDX-License-Identifier: Apache-2.0 */
/* value.h: one value of a view as people read it, and its other writings. */
#ifndef VALUE_H
#define VALUE_H

#include "base/base.h"

/* How a value is to be written; WRITE_PLAIN is by kind and language. See mustache.h. */
typedef enum {
    WRITE_PLAIN, WRITE_RAW, WRITE_YUAN, WRITE_CAPITALS, WRITE_ISO, WRITE_DAY, WRITE_TIME,
    WRITE_MONTH, WRITE_CODE, WRITE_LABEL, WRITE_LINES, WRITE_URL, WRITE_GROUPED, WRITE_COUNT,
} writing;

int writing_of(str suffix);       /* "raw" → WRITE_RAW; 0 if it is none */
/* Appends the value unescaped. A writing that does not fit the kind, a list and a map write nothing
 * (WRITE_COUNT fits lists). WRITE_LINES is the text itself: the <br> are made by whoever escapes. */
void value_put(buf *b, const view *v, writing w, lang l);

#endif
