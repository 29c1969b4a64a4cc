/* SPDX-License-Identifier: Apache-2.0 */
/* json.h: JSON (RFC 8259) into a view and a view into JSON. */
#ifndef JSON_H
#define JSON_H

#include "base/base.h"

enum {
    JSON_BYTES_MAX = 4 << 20,
    JSON_DEPTH_MAX = 32,        /* objects and arrays inside each other */
};

enum { JSON_DECIMALS_AS_TEXT = 1 }; /* 1.10 is read as the text "1.10" instead of refused */

/* Whole numbers become V_INT, strings V_TEXT, null V_NULL; the root may be any value. Refused, with
 * the line: what is not JSON, a name twice in one object, a decimal number (money is whole fen),
 * NUL and bad UTF-8 (ERR_UNREADABLE); too deep or too long (ERR_LARGE). A leading BOM is skipped. */
MUST_CHECK err json_read(arena *a, str bytes, view **out);
MUST_CHECK err json_read_with(arena *a, str bytes, unsigned flags, view **out);

/* Money is an integer of fen, a day "2018-11-05", an instant "2018-11-05T06:30:00Z" (RFC 3339, with
 * six decimals unless all are 0), a code its code. Keys in the view's order, no spaces. */
void json_write(buf *b, const view *v);
/* One way only to write a value: the same, with the keys of each map in byte order. What the audit
 * hashes: this form must never change. */
void json_canonical(buf *b, const view *v);
/* A text as a JSON string with its quotes. */
void json_text(buf *b, str s);

#endif
