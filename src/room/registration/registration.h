/* SPDX-License-Identifier: Apache-2.0 */
/* registration.h: the register of firms from the business registry's exports, and which of them are firms of technology. R1.
 *
 * feed.c       a row: headers, values, reasons why it cannot be taken
 * import.c     the rows of a file into the register, part by part, each part one act; goes on where it stopped
 * rejects.c    the rows that could not be taken, as a file to be mended and imported again
 * screen.c     which firms are of technology, by rules kept as data; every mark with the words that led to it
 * firm.c       a firm's mark is corrected, it is invited and joins
 * rules.c      the rules that a zone uses; rules_ask.c: new ones go over the known firms
 * copy.c       its rows into a store that is made anew from the record
 * *_page.c     their pages, and the job that reads what was sent by a page */
#ifndef REGISTRATION_H
#define REGISTRATION_H

#include "web/room.h"

extern const room registration_room;

typedef struct registration_import {
    int64_t id, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, document, begun_at, begun_by, ended_at;
    str file_name, sha256, state, reason;  /* state: running, done, cancelled, failed */
} registration_import;
extern const shape registration_import_shape;

/* Reads the file to its end, or on from where an unfinished import of the same file stands. Called by a command or a job, never
 * inside an act. `told` (may be NULL) is called after each part; false stops there, to be gone on with another time. */
typedef bool (*import_told)(void *what, const registration_import *so_far);
typedef struct import_source { const char *path; str file_name; int64_t document; import_told told; void *what; } import_source;
MUST_CHECK err registration_begin(ctx *c, const import_source *from, registration_import *out); /* only looks at the headers */
MUST_CHECK err registration_read(ctx *c, const import_source *from, registration_import *out);
/* The rows that could not be taken: line, reason, and the row as it was. In pages: `after` is the last line written; false at the end. */
MUST_CHECK err registration_rejects(ctx *c, int64_t import, int64_t *after, buf *out, bool *more);

/* Before a replay: the rows of the register stand beside the record, as files do. */
MUST_CHECK err registration_copy_rows(ctx *from, ctx *to);
#endif
