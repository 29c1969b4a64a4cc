/* SPDX-License-Identifier: Apache-2.0 */
/* csv.h: reading and writing CSV (RFC 4180, UTF-8). */
#ifndef CSV_H
#define CSV_H

#include "base/base.h"

enum {
    CSV_CELL_MAX = 64 << 10,    /* bytes of a cell */
    CSV_ROW_MAX = 1 << 20,      /* bytes of a row; also the window a feeding caller needs */
    CSV_MORE = -1,
};

/* Reads row by row out of a window of bytes. Quotes may enclose line breaks; CR LF, LF and CR end a
 * row; a BOM is skipped; wholly empty lines are skipped. */
typedef struct csv_reader {
    arena *a;           /* cells with doubled quotes are copied here; may be changed between rows */
    str rest;           /* bytes not yet read */
    bool last, skip;    /* nothing comes after the window; in an overlong line */
    bool begun;         /* the BOM, if there was one, is passed: a second is text */
    char comma;
    int64_t next_line;
    int64_t line;       /* of the row just read, or refused: where it begins, from 1 */
    str row;            /* its bytes as they were, without the line end */
} csv_reader;

void csv_open(csv_reader *r, arena *a, str bytes);     /* the whole file */
/* For files larger than memory: begin with an empty csv_open, then give windows. Each begins with the
 * bytes that `rest` held; `last` says that the file ends with it. */
void csv_feed(csv_reader *r, str window, bool last);

/* The next row: *n cells (at most max), 0 at the end, CSV_MORE when the window ends inside a row
 * and is not the last. Cells borrow from the window or from r->a. ERR_INPUT with the line: a quote
 * never closed, text after a closing quote, too many or too long cells, bytes that are not UTF-8.
 * After an error reading goes on with the next line, so that one bad row costs one row. */
MUST_CHECK err csv_read_row(csv_reader *r, str *cells, int max, int *n);

/* ---- writing ------------------------------------------------------------------------------- */

typedef struct { str name, title; } csv_column; /* name: a key, or "case.number" inside a map */

/* Every key that holds something other than a list or map, in the order in which the rows bring them, titled by itself. */
int csv_keys(arena *a, const view *list, csv_column **out);
const view *csv_cell(const view *row, str name); /* NULL: this row has none */
void csv_begin(buf *b);                         /* the BOM, without which spreadsheets guess */
void csv_text(buf *b, str s);                   /* one cell; formulas made harmless; no comma */
void csv_value(buf *b, const view *v);          /* one cell; NULL: empty */
void csv_comma(buf *b);
void csv_end_row(buf *b);                       /* CR LF */
/* BOM, a row of titles and a row for each map of the list. Money in yuan (12345.67), days
 * 2018-11-05, instants 2018-11-05 14:30:00 in Shanghai, codes by their label; a text that begins
 * like a formula (= + - @ tab CR) gets an apostrophe in front. columns NULL: those of csv_keys. */
void csv_write_list(buf *b, const view *list, const csv_column *columns, int n);

#endif
