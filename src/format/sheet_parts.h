/* SPDX-License-Identifier: Apache-2.0 */
/* sheet_parts.h: between sheet.c and sheet_xlsx.c. */
#ifndef SHEET_PARTS_H
#define SHEET_PARTS_H

#include "format/sheet.h"

struct sheet_reader {
    struct csv_source *csv;       /* one of the two */
    struct xlsx_source *xlsx;
    int64_t line, bytes, size;
    str raw;
};

MUST_CHECK err sheet_open_xlsx(arena *a, const char *path, sheet_reader *r);
MUST_CHECK err sheet_row_xlsx(sheet_reader *r, arena *a, str *cells, int *n);
#endif
