/* SPDX-License-Identifier: Apache-2.0 */
/* sheet.h: a table file row by row, in constant memory: CSV in UTF-8 or GB18030, or the first sheet of an XLSX (ECMA-376). */
#ifndef SHEET_H
#define SHEET_H

#include "base/base.h"

enum { SHEET_CELLS = 64 }; /* of a row; an XLSX cell further right is not read */

typedef struct sheet_reader sheet_reader;

/* Opens the file; what it is its first bytes say, not its name. Lives in `a`, whose end closes it. ERR_MISSING: no such file;
 * ERR_INPUT: an XLSX that is none, is encrypted, unpacks to more than it may, or has no sheet. */
MUST_CHECK err sheet_open(arena *a, const char *path, sheet_reader **out);
/* The first bytes of a file, at most `most`: what tells it from another. */
MUST_CHECK err sheet_beginning(arena *a, const char *path, size most, str *out);
/* The next row: *n cells, borrowed until the next call; 0 at the end. ERR_INPUT: this row is bad, with the line and the reason;
 * reading goes on after it. ERR_FAULT, ERR_BUSY: the file cannot be read on. `a` takes what the row needs. */
MUST_CHECK err sheet_row(sheet_reader *r, arena *a, str *cells, int *n);
int64_t sheet_line(const sheet_reader *r);      /* of the row just read or refused, from 1 */
str sheet_raw(const sheet_reader *r);           /* its text as it stands in the file (an XLSX row: its cells with commas) */
bool sheet_is_xlsx(const sheet_reader *r);      /* whose days may be serial numbers */
int64_t sheet_bytes(const sheet_reader *r);     /* read so far, and of how many: for a progress bar */
int64_t sheet_size(const sheet_reader *r);
/* A day of a cell: 2018-11-05, 2018/11/5, 2018年11月5日, with a time behind it, and in an XLSX its serial number (day 1 is 1900-01-01). */
bool sheet_day(const sheet_reader *r, str cell, int64_t *out);

/* ---- what stands in which column (sheet_columns.c) ---- */

/* A column: what its header may say, compared without spaces, case and bracketed remarks (names[0] is told to people); must it be there;
 * how many bytes its cells may hold. */
typedef struct sheet_column { const char *names[8]; bool needed; size max; } sheet_column;
/* The first row as headers, in any order: at[i] is the cell of column i, -1 if there is none. ERR_INPUT at "file" names a missing one. */
MUST_CHECK err sheet_headers(const sheet_column *columns, int columns_n, const str *cells, int n, int *at);
/* A row's cells into the order of the columns, trimmed; ERR_INPUT: one begins like a formula, or is too long;
 * all are there all the same, to be shown with the reason. */
MUST_CHECK err sheet_cells(const sheet_column *columns, int columns_n, const int *at, const str *cells, int n, str *out);
#endif
