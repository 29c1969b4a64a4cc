/* SPDX-License-Identifier: Apache-2.0 */
/* document.h: files as evidence: content-addressed blobs in chunks, deduplicated, typed by content.
 * table document(zone_id, id, org_id, person_id, name, type, bytes, sha256, at, state), blob(sha256, bytes), blob_chunk. */
#ifndef DOCUMENT_H
#define DOCUMENT_H

#include "web/room.h"

extern const room document_room;

typedef struct document { int64_t id, org, person; str name, type; int64_t bytes; str sha256; int64_t at; } document;
extern const shape document_shape;

/* web_hooks.take_file: refuses empty files, types that the content contradicts, a full disk. */
err document_take(ctx *c, str name, str type, int fd, int64_t bytes, const uint8_t sha256[32], int64_t *id);
err document_name(ctx *c, int64_t id, str *name, int64_t *bytes);
/* A document made by the system itself (an issued paper's PDF). Inside or outside an act. */
MUST_CHECK err document_make(ctx *c, str name, str type, str bytes, int64_t *id);

MUST_CHECK err document_get(ctx *c, int64_t id, document *out);   /* no permission check: the object's room has checked */
/* May the actor use this document in a form? His organisation's own, else missing. */
MUST_CHECK err document_own(ctx *c, int64_t id, document *out);
/* Sends it as a download with its sandbox headers. The caller has checked who may. */
MUST_CHECK err document_send(req *r, int64_t id);
/* list `name`: where else the same content stands: [{document, object, object_id, name}]; links are made by document_link. */
MUST_CHECK err document_link(ctx *c, int64_t id, str object, int64_t object_id, str as); /* inside an act */
MUST_CHECK err document_twins(ctx *c, str object, int64_t object_id, view *into, str name);
MUST_CHECK err document_show(ctx *c, int64_t id, view *into, str name); /* map {id, name, bytes, sha256, type, at} */
#endif
