/* SPDX-License-Identifier: Apache-2.0 */
/* book.h: a list as a workbook (XLSX, ECMA-376) for spreadsheets, made by libxlsxwriter in a child process.
 *
 * The server writes its sheets cell by cell as text; the child reads that text piece by piece and holds one row. The same text
 * gives the same bytes: the only instant inside is the one it was told. */
#ifndef BOOK_H
#define BOOK_H

#include "format/child.h"
#include "format/csv.h"

enum { BOOK_BYTES_MAX = 64 << 20, BOOK_NAME = 31 };
/* Spreadsheets keep 15 digits of a number; money and counts beyond stand as text, whole. */
#define BOOK_NUMBER_MAX INT64_C(999999999999999)

/* Begins a workbook made at that instant (µs). */
void book_begin(buf *b, int64_t made_at);
/* A sheet: `name` is what people call it; what no sheet may be called by is left out of it. The next row is its head. */
void book_sheet(buf *b, str name);
void book_text(buf *b, str s);                  /* one cell; never a formula; over 32,767 characters cut with … */
void book_value(buf *b, const view *v);         /* one cell by its kind; NULL: empty. A code by its label */
void book_end_row(buf *b);
/* A sheet of the list as csv_write_list would write it. */
void book_list(buf *b, str name, const view *list, const csv_column *columns, int n);
/* A sheet that says of each column its key, what kind it is, and which codes stand behind its words; in the reader's language. */
void book_dictionary(buf *b, lang l, const view *list, const csv_column *columns, int n);

/* The workbook of what was written. Waits, and fails as child.h says. */
MUST_CHECK err book_in_child(child_pool *pool, arena *a, const buf *written, str *xlsx);

/* main() of the child: reads, makes, writes. Its result is the exit code. */
#define BOOK_WORKER_WORD "book-worker"
int book_worker_main(void);
#endif
