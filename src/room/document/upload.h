/* SPDX-License-Identifier: Apache-2.0 */
/* upload.h: a file that comes in pieces and goes on where a lost connection cut it. Held in silent tables, outside the record, until it
 * is whole; then it is checked like any other and becomes a document, or is refused with the same sentence. Forgotten after a day. */
#ifndef UPLOAD_H
#define UPLOAD_H

#include "room/document/document.h"

enum { UPLOADS_UNFINISHED = 5 };     /* of one person: with one more the one longest without a piece is dropped */
#define UPLOAD_BYTES_MAX ((int64_t)20 << 20)

typedef struct upload { str key; int64_t org, person; str name; int64_t bytes, taken, begun_at; str state; int64_t document; str reason, reason_about; } upload;
extern const shape upload_shape;
extern const struct choice upload_states[];

/* Begins one: ERR_INPUT or ERR_LARGE for what can be told by name and size. `key`: secret_token, by the handler. */
MUST_CHECK err upload_begin(ctx *c, str key, str name, int64_t bytes);
/* The actor's own; ERR_MISSING: none, or forgotten. */
MUST_CHECK err upload_get(ctx *c, str key, upload *out);
/* The piece that begins at byte `at`. ERR_CONFLICT: the file goes on elsewhere. With the last byte it is checked: then out->state is
 * "accepted" or "refused"; ERR_BUSY: it cannot be checked now; upload_checks will. */
MUST_CHECK err upload_append(ctx *c, str key, int64_t at, str piece, upload *out);
/* Why it was refused, in the reader's language; empty: it was not. */
str upload_reason(ctx *c, str reason, str about);

/* Jobs: what was left unchecked for a minute is; what is a day old is forgotten. */
MUST_CHECK err upload_checks(ctx *c);
MUST_CHECK err upload_forget(ctx *c);

extern const route upload_routes[];
extern const action upload_begin_act, upload_append_act, upload_judge_act, upload_end_act;
#endif
