/* SPDX-License-Identifier: Apache-2.0 */
/* document.h: files as evidence: content-addressed blobs in chunks, deduplicated, typed by their content.
 *
 * An upload streams into an unlinked file, is typed by a child process (libmagic never runs in the server), then its blob
 * goes into the store and the document, {name, type, bytes, SHA-256}, onto the record. The permission to see a document
 * is that of the object it is linked to: the object's room checks and calls document_send. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "web/room.h"

extern const room document_room;

typedef struct document { int64_t id, org, person; str name, type; int64_t bytes; str sha256; int64_t at; } document;
extern const shape document_shape;

/* web_hooks.take_file: refuses empty files, kinds not on the list, a content that contradicts its name, a full disk. */
err document_take(ctx *c, str name, str type, int fd, int64_t bytes, const uint8_t sha256[32], int64_t *id);
err document_name(ctx *c, int64_t id, str *name, int64_t *bytes);
/* A document made by the system itself (an issued paper's PDF), of the actor's organisation. Outside an act. */
MUST_CHECK err document_make(ctx *c, str name, str type, str bytes, int64_t *id);

MUST_CHECK err document_get(ctx *c, int64_t id, document *out);   /* no permission check: the object's room has checked */
/* Of the actor's own organisation, else ERR_MISSING: what a form may refer to. */
MUST_CHECK err document_own(ctx *c, int64_t id, document *out);
MUST_CHECK err document_read(ctx *c, int64_t id, str *out);       /* its bytes; the object's room has checked */
MUST_CHECK err document_file(ctx *c, int64_t id, str *path);       /* the same as a file to be read, as long as the arena lives */
MUST_CHECK err document_send(req *r, int64_t id);                 /* as a download; the caller has checked who may */
/* Inside an act: this document serves this object ("application", 7) as ("contract"); once each. */
MUST_CHECK err document_link(ctx *c, int64_t id, str object, int64_t object_id, str as);
MUST_CHECK err document_unlink(ctx *c, str object, int64_t object_id, str as);
/* May the object show it? Whether a link of the object has this document. */
MUST_CHECK err document_linked(ctx *c, str object, int64_t object_id, int64_t id, bool *out);
/* list `name`: [{id, as, name, type, bytes, sha256, at}] of an object. */
MUST_CHECK err document_list(ctx *c, str object, int64_t object_id, view *into, str name);
extern const struct choice document_objects[];                    /* what a document may serve, by name: "application" */
/* list `name`: [{as, object, object_id}]: where else the same content stands. */
MUST_CHECK err document_twins(ctx *c, str object, int64_t object_id, view *into, str name);
/* Before a replay: the blobs are not in the record, their hashes are. */
MUST_CHECK err document_copy_blobs(ctx *from, ctx *to);

/* main() of the child that types a file: reads standard input, prints the media type. */
#define TYPE_WORKER_WORD "type-worker"
int document_type_worker(void);
#endif
