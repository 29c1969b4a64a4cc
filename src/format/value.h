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
/* A day as 2018-11-05, an instant as 2018-11-05T06:30:00Z (six decimals unless all are 0). */
void value_put_utc(buf *b, const view *v);
/* For spreadsheets, in any language: money 12345.67, a day 2018-11-05, an instant of Shanghai
 * 2018-11-05 14:30:00, a code its label, a bool 1 or 0. */
void value_put_cell(buf *b, const view *v);

#endif
