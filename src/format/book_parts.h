/* SPDX-License-Identifier: Apache-2.0 */
/* book_parts.h: what goes from book.c to book_child.c: marks, each "m12:" and so many bytes. */
#ifndef BOOK_PARTS_H
#define BOOK_PARTS_H

#include "format/book.h"

enum {
    BOOK_MADE = 'M',            /* the instant, µs */
    BOOK_SHEET = 'S',           /* a sheet's name */
    BOOK_ROW = 'r',             /* the row ends */
    BOOK_TEXT = 't', BOOK_NUMBER = 'n', BOOK_YUAN = 'y', BOOK_DAY = 'd', BOOK_TIME = 'i', BOOK_BOOL = 'b', BOOK_EMPTY = 'x',
};
enum { BOOK_MARK_MAX = 4 * 32767 + 64 };
#endif
