/* SPDX-License-Identifier: Apache-2.0 */
/* registration.h: the register of firms from the business registry's exports, and which of them are firms of technology. R1.
 *
 * feed.c       a file, row by row: headers, values, reasons why a row cannot be taken
 * import.c     the rows of a file into the register, in chunks, each one act; goes on where it stopped
 * screen.c     which firms are of technology, by rules kept as data; every mark with the words that led to it
 * invite.c     firms found are invited and join with one click */
#ifndef REGISTRATION_H
#define REGISTRATION_H

#include "web/room.h"

extern const room registration_room;

/* ---- screening ----------------------------------------------------------------------------------------------------- */

typedef struct screening screening;  /* the rules, ready to be asked */
typedef struct mark { str class; int64_t score; str words; } mark; /* class: "electronics" or empty; words: those that led to it, a space between */
/* Rules: rows `kind,text,class,weight,example`; kind: word (in the business scope), industry (prefix of the GB/T 4754 code), name (in
 * the firm's name). A wrong row: ERR_INPUT naming its line. */
MUST_CHECK err screening_load(arena *a, str csv, screening **out);
/* The class with the highest sum, where all weights together reach the threshold; each word counts once. */
mark screening_ask(arena *a, const screening *s, str name, str scope, str industry);
/* list `into` of {word, class, weight}: what was found, for showing. */
void screening_explain(const screening *s, str name, str scope, str industry, lang l, view *into);
str screening_class_name(lang l, str class_code);
extern const struct choice screening_classes[];

/* ---- the import -------------------------------------------------------------------------------------------------------- */

typedef struct registration_import {
    int64_t id, done_line, done_bytes, all_bytes, read, imported, updated, unchanged, rejected, technology, document, begun_at, begun_by, ended_at;
    str file_name, sha256, state, reason;  /* state: running, done, cancelled, failed */
} registration_import;
extern const shape registration_import_shape;

/* Reads the file to its end, or on from where an unfinished import of the same bytes stands. On a command, a job or a worker,
 * never inside an act. `told` (may be NULL) is called after each chunk; false cancels. */
typedef bool (*import_told)(void *what, const registration_import *so_far);
MUST_CHECK err registration_read(ctx *c, const char *path, str file_name, int64_t document, import_told told, void *what, registration_import *out);
/* The rejected rows as a file: the row as it was, its line number, the reason. */
MUST_CHECK err registration_rejects(ctx *c, int64_t import, int fd);
#endif
