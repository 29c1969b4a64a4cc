/* SPDX-License-Identifier: Apache-2.0 */
/* feed.h: inside the room: one row of a registry's export. */
#ifndef REGISTRATION_FEED_H
#define REGISTRATION_FEED_H

#include "format/sheet.h"

enum { FEED_FIELDS = 11 };
typedef struct firm {
    str uscc, name, kind, capital, district, authority, industry, scope;
    int64_t established_day;
    bool is_branch;
} firm;

typedef struct feed { int column[FEED_FIELDS]; } feed; /* which cell a field stands in; -1: none */

/* Reads the first row as headers, Chinese or English, in any order. ERR_INPUT: names of the columns that are missing. */
MUST_CHECK err feed_headers(const str *cells, int n, feed *out);
/* ERR_INPUT: why this row cannot be taken, in words. */
MUST_CHECK err feed_row(arena *a, const sheet_reader *r, const feed *f, const str *cells, int n, firm *out);
/* Of everything that was read: two equal rows are one. */
int64_t feed_fingerprint(const firm *f);
#endif
