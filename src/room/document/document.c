/* SPDX-License-Identifier: Apache-2.0 */
/* document.c: blobs in chunks, documents, and which object a document serves. */
#include "room/document/document.h"

#include <errno.h>
#include <sys/mman.h>

#include "format/hash.h"
#include "gen/room/document/document_sql.h"
#include "room/document/document_type.h"
#include "room/document/scan.h"

SHAPE(document, FIELD(document, id, F_ID), FIELD(document, org, F_ID), FIELD(document, person, F_ID), FIELD(document, name, F_TEXT),
      FIELD(document, type, F_TEXT), FIELD(document, bytes, F_INT), FIELD(document, sha256, F_TEXT), FIELD(document, at, F_TIME));

enum { CHUNK = 64 << 10 };

const struct choice document_objects[] = {
    {"application", N_("Application")}, {"agreement", N_("Agreement")}, {"outcome", N_("Outcome")}, {"advance", N_("Advance")}, {"admission", N_("Admission")}, {"need", N_("Need")}, {0},
};

/* ---- blobs: not on the record (their hash is), so a silent act ------------------------------------------------ */

typedef struct blob_new { str sha256; str bytes; } blob_new;
SHAPE(blob_new, FIELD(blob_new, sha256, F_TEXT));

static err put_blob(ctx *c, void *in)
{
    blob_new *b = in;
    int64_t made;
    TRY(store_run(c, &document_blob_add, &made, ARGS(b->sha256, (int64_t)b->bytes.n)));
    if (!made) return NO_ERR; /* the same content is there */
    for (size at = 0; at < b->bytes.n; at += CHUNK)
        TRY(store_run(c, &document_chunk_add, NULL, ARGS(b->sha256, (int64_t)at, arg_blob(str_head(str_from(b->bytes, at), CHUNK)))));
    return NO_ERR;
}
static const action blob_put = {"blob_put", &blob_new_shape, put_blob, ACT_SILENT};

/* ---- documents ----------------------------------------------------------------------------------------------------- */

typedef struct document_new { str name, type, sha256; int64_t bytes; int64_t id; } document_new;
SHAPE(document_new, FIELD(document_new, name, F_TEXT), FIELD(document_new, type, F_TEXT), FIELD(document_new, sha256, F_TEXT),
      FIELD(document_new, bytes, F_INT), FIELD(document_new, id, F_ID, .flags = F_RESULT));

static err add_document(ctx *c, void *in)
{
    document_new *d = in;
    TRY(store_next_id(c, S("document"), &d->id));
    return store_run(c, &document_add, NULL,
                     ARGS(d->id, c->who.org, c->who.person, d->name, d->type, d->bytes, d->sha256, c->now));
}
const action document_add_act = {"document_add", &document_new_shape, add_document, 0};

/* The last part of a path, without what a file name must not hold; at most 120 characters. */
static str plain_name(arena *a, str name)
{
    for (size i = name.n; i-- > 0;)
        if (name.p[i] == '/' || name.p[i] == '\\') {
            name = str_from(name, i + 1);
            break;
        }
    buf b = buf_new(a, name.n + 8);
    int n = 0;
    for (str rest = name; rest.n && n < 120;) {
        str before = rest;
        uint32_t ch = str_next_char(&rest);
        bool marks = (ch >= 0x202A && ch <= 0x202E) || (ch >= 0x2066 && ch <= 0x2069); /* direction overrides hide endings */
        if (ch < 0x20 || ch == 0x7F || ch == '"' || ch == 0xFFFD || marks) continue;
        buf_put(&b, str_head(before, before.n - rest.n));
        n++;
    }
    return b.n ? buf_str(&b) : S("file");
}

static err keep(ctx *c, str name, str type, str bytes, const uint8_t sha256[32], int64_t *id)
{
    blob_new b = {hex_text(c->a, sha256, SHA256_BYTES), bytes};
    document_new d = {plain_name(c->a, name), type, b.sha256, bytes.n, 0};
    str once = c->once;
    c->once = (str){0}; /* the key belongs to the form's own act */
    err e = store_act(c, &blob_put, &b);
    if (!e.kind) e = store_act(c, &document_add_act, &d);
    c->once = once;
    *id = d.id;
    return e;
}

static void unmap(void *what)
{
    str *s = what;
    munmap((void *)(uintptr_t)s->p, (size_t)s->n);
}

err document_take(ctx *c, str name, str type, int fd, int64_t bytes, const uint8_t sha256[32], int64_t *id)
{
    (void)type; /* what the sender claims counts for nothing; the name's ending is held against the content */
    if (!bytes) return err_of(ERR_INPUT, "", N_("The file is empty. Choose another."));
    str mime;
    TRY(document_type_of(c->a, fd, name, &mime));
    void *at = mmap(NULL, (size_t)bytes, PROT_READ, MAP_SHARED, fd, 0);
    if (at == MAP_FAILED) return err_of(ERR_BUSY, "", N_("The file could not be read. Send it again."));
    str *all = new(c->a, str);
    *all = (str){at, bytes};
    arena_cleanup(c->a, unmap, all);
    const house_face *face = (const void *)c->house;
    if (face && face->clamd) TRY(scan_bytes(c->a, face->clamd, *all));
    return keep(c, name, mime, *all, sha256, id);
}

err document_make(ctx *c, str name, str type, str bytes, int64_t *id)
{
    uint8_t hash[SHA256_BYTES];
    sha256(bytes, hash);
    return keep(c, name, type, bytes, hash, id);
}

err document_get(ctx *c, int64_t id, document *out)
{
    return store_row(c, &document_row, &document_shape, out, ARGS(id));
}

err document_own(ctx *c, int64_t id, document *out)
{
    TRY(document_get(c, id, out));
    return out->org == c->who.org ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such file."));
}

err document_name(ctx *c, int64_t id, str *name, int64_t *bytes)
{
    document d;
    TRY(document_own(c, id, &d));
    *name = d.name, *bytes = d.bytes;
    return NO_ERR;
}

/* ---- links ------------------------------------------------------------------------------------------------------------- */

err document_link(ctx *c, int64_t id, str object, int64_t object_id, str as)
{
    return store_run(c, &document_link_add, NULL, ARGS(object, object_id, as, id));
}

err document_unlink(ctx *c, str object, int64_t object_id, str as)
{
    return store_run(c, &document_link_end, NULL, ARGS(object, object_id, as));
}

err document_linked(ctx *c, str object, int64_t object_id, int64_t id, bool *out)
{
    int64_t n;
    TRY(store_int(c, &document_link_count, &n, ARGS(object, object_id, id)));
    *out = n > 0;
    return NO_ERR;
}

err document_list(ctx *c, str object, int64_t object_id, view *into, str name)
{
    return store_rows(c, &document_of_object, into, name, ARGS(object, object_id));
}

err document_twins(ctx *c, str object, int64_t object_id, view *into, str name)
{
    return store_rows(c, &document_same_content, into, name, ARGS(object, object_id));
}

/* ---- sending -------------------------------------------------------------------------------------------------------------- */

typedef struct chunk { int64_t at; str data; } chunk;
SHAPE(chunk, FIELD(chunk, at, F_INT), FIELD(chunk, data, F_BLOB));

static err read_blob(ctx *c, str sha256_, int64_t bytes, str *out)
{
    buf b = buf_new(c->a, bytes);
    while (b.n < bytes) {
        chunk k;
        TRY(store_row(c, &document_chunk_at, &chunk_shape, &k, ARGS(sha256_, (int64_t)b.n)));
        buf_put(&b, k.data);
    }
    *out = buf_str(&b);
    return NO_ERR;
}

err document_read(ctx *c, int64_t id, str *out)
{
    document d;
    TRY(document_get(c, id, &d));
    return read_blob(c, d.sha256, d.bytes, out);
}

err document_send(req *r, int64_t id)
{
    document d;
    str bytes;
    TRY(document_get(r->ctx, id, &d));
    TRY(read_blob(r->ctx, d.sha256, d.bytes, &bytes));
    return web_bytes(r, d.type, d.name, bytes);
}

typedef struct blob_row { str sha256; int64_t bytes; } blob_row;
SHAPE(blob_row, FIELD(blob_row, sha256, F_TEXT), FIELD(blob_row, bytes, F_INT));

err document_copy_blobs(ctx *from, ctx *to)
{
    for (str after = S("");;) {
        list rows;
        TRY(store_list(from, &document_blobs_after, &blob_row_shape, &rows, ARGS(after)));
        if (!rows.n) return NO_ERR;
        for (int i = 0; i < rows.n; i++) {
            const blob_row *row = (const blob_row *)rows.items + i;
            blob_new b = {.sha256 = row->sha256};
            TRY(read_blob(from, row->sha256, row->bytes, &b.bytes));
            TRY(store_act(to, &blob_put, &b));
            after = row->sha256;
        }
    }
}
