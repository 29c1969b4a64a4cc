/* SPDX-License-Identifier: Apache-2.0 */
/* upload.c: pieces of files that are on their way, until they are whole, checked, or forgotten. */
#include "room/document/upload.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

#include "format/hash.h"
#include "gen/room/document/upload_sql.h"
#include "room/document/document_type.h"

#define SECOND INT64_C(1000000)
enum { UNCHECKED_S = 60, FORGOTTEN_S = 24 * 3600 };

SHAPE(upload, FIELD(upload, key, F_TEXT), FIELD(upload, org, F_ID), FIELD(upload, person, F_ID), FIELD(upload, name, F_TEXT), FIELD(upload, bytes, F_INT),
      FIELD(upload, taken, F_INT), FIELD(upload, begun_at, F_TIME), FIELD(upload, state, F_TEXT), FIELD(upload, document, F_ID), FIELD(upload, reason, F_TEXT),
      FIELD(upload, reason_about, F_TEXT));
const struct choice upload_states[] = {
    {"receiving", N_("Arriving")}, {"checking", N_("Being checked")}, {"accepted", N_("Received and checked")}, {"refused", N_("Not accepted")}, {0},
};

typedef struct upload_key { str key; } upload_key;
SHAPE(upload_key, FIELD(upload_key, key, F_TEXT));

/* ---- acts: silent, for a half file is nobody's evidence -------------------------------------------------------- */

static err end_one(ctx *c, str key)
{
    TRY(store_run(c, &upload_chunks_end, NULL, ARGS(key)));
    return store_run(c, &upload_end, NULL, ARGS(key));
}

/* Newest first: those behind the most that a person may have are dropped. */
static err drop_oldest(ctx *c)
{
    list all;
    TRY(store_list(c, &upload_of_person_unfinished, &upload_key_shape, &all, ARGS(c->who.person)));
    const upload_key *k = all.items;
    for (int i = UPLOADS_UNFINISHED - 1; i < all.n; i++) TRY(end_one(c, k[i].key));
    return NO_ERR;
}

static err run_begin(ctx *c, void *in)
{
    const upload *u = in;
    TRY(drop_oldest(c));
    return store_run(c, &upload_add, NULL, ARGS(u->key, c->who.org, c->who.person, u->name, u->bytes, c->now));
}
const action upload_begin_act = {"upload_begin", &upload_shape, run_begin, ACT_SILENT};

typedef struct upload_piece { str key; int64_t at; str data; } upload_piece;
SHAPE(upload_piece, FIELD(upload_piece, key, F_TEXT), FIELD(upload_piece, at, F_INT), FIELD(upload_piece, data, F_BLOB));

static err run_append(ctx *c, void *in)
{
    const upload_piece *p = in;
    upload u;
    TRY(upload_get(c, p->key, &u));
    if (!str_eqz(u.state, "receiving")) return err_of(ERR_CONFLICT, "", N_("This file has arrived already."));
    if (p->at != u.taken)
        return err_with(ERR_CONFLICT, "", N_("The file has arrived up to byte {0}: go on from there."), str_fmt(c->a, "%lld", (long long)u.taken), (str){0}, (str){0});
    if (p->data.n > u.bytes - u.taken) return err_of(ERR_INPUT, "", N_("More bytes came than the file has."));
    if (!p->data.n) return NO_ERR;
    TRY(store_run(c, &upload_chunk_add, NULL, ARGS(p->key, p->at, arg_blob(p->data))));
    return store_run(c, &upload_move, NULL, ARGS(p->key, p->at + p->data.n, c->now));
}
const action upload_append_act = {"upload_append", &upload_piece_shape, run_append, ACT_SILENT};

static err run_judge(ctx *c, void *in)
{
    const upload *u = in;
    TRY(store_run(c, &upload_chunks_end, NULL, ARGS(u->key)));
    return store_run(c, &upload_judge, NULL, ARGS(u->key, u->state, arg_opt(u->document), u->reason, u->reason_about, c->now));
}
const action upload_judge_act = {"upload_judge", &upload_shape, run_judge, ACT_SILENT};

static err run_end(ctx *c, void *in) { return end_one(c, ((upload_key *)in)->key); }
const action upload_end_act = {"upload_end", &upload_key_shape, run_end, ACT_SILENT};

/* ---- the file as a whole ------------------------------------------------------------------------------------------ */

typedef struct whole { int fd; sha256_run *run; int64_t at; } whole;

static void close_whole(void *what) { close(((whole *)what)->fd); }

static err no_room(void) { return err_of(ERR_BUSY, "", N_("The server has no room for this file now. Try again later.")); }

static err put_piece(whole *w, str piece)
{
    sha256_add(w->run, piece);
    w->at += piece.n;
    while (piece.n) {
        ssize_t n = write(w->fd, piece.p, (size_t)piece.n);
        if (n < 0 && errno != EINTR) return no_room();
        piece = str_from(piece, n > 0 ? n : 0);
    }
    return NO_ERR;
}

/* Its pieces behind each other in a file of memory, as document_take wants them. */
static err put_together(ctx *c, const upload *u, whole *w)
{
    *w = (whole){.fd = memfd_create("upload", MFD_CLOEXEC), .run = sha256_begin(c->a)};
    if (w->fd < 0) return no_room();
    arena_cleanup(c->a, close_whole, w);
    while (w->at < u->bytes) {
        upload_piece p;
        TRY(store_row(c, &upload_chunk_at, &upload_piece_shape, &p, ARGS(u->key, w->at)));
        TRY(put_piece(w, p.data));
    }
    return NO_ERR;
}

/* Accepted or refused: it does not stay between. What is no verdict (no room, no child) is the caller's to try again. */
static err check(ctx *c, upload *u)
{
    whole *w = new(c->a, whole);
    uint8_t hash[SHA256_BYTES];
    TRY(put_together(c, u, w));
    sha256_end(w->run, hash);
    err e = document_take(c, u->name, (str){0}, w->fd, u->bytes, hash, &u->document);
    if (e.kind && e.kind != ERR_INPUT && e.kind != ERR_LARGE) return e;
    u->state = e.kind ? S("refused") : S("accepted");
    u->reason = str_of(e.text), u->reason_about = e.arg[0];
    return store_act(c, &upload_judge_act, u);
}

/* ---- rules ------------------------------------------------------------------------------------------------------------ */

err upload_begin(ctx *c, str key, str name, int64_t bytes)
{
    upload u = {.key = key, .name = name, .bytes = bytes};
    if (bytes <= 0) return err_of(ERR_INPUT, "bytes", N_("The file is empty. Choose another."));
    if (bytes > UPLOAD_BYTES_MAX) return err_with(ERR_LARGE, "bytes", N_("The file is larger than {0} MB."), S("20"), (str){0}, (str){0});
    err e = document_type_named(c->a, name);
    e.field = "name";
    if (e.kind) return e;
    return store_act(c, &upload_begin_act, &u);
}

err upload_get(ctx *c, str key, upload *out)
{
    bool found;
    *out = (upload){0};
    TRY(store_find(c, &upload_row, &upload_shape, out, &found, ARGS(key)));
    return found && out->person == c->who.person ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such file on its way; after a day it is forgotten. Send it anew."));
}

err upload_append(ctx *c, str key, int64_t at, str piece, upload *out)
{
    upload_piece p = {key, at, piece};
    TRY(store_act(c, &upload_append_act, &p));
    TRY(upload_get(c, key, out));
    return str_eqz(out->state, "checking") ? check(c, out) : NO_ERR;
}

str upload_reason(ctx *c, str reason, str about)
{
    err e = {.arg = {about}};
    return reason.n ? err_text(c->a, e, tr_str(c->lang, reason)) : (str){0};
}

/* In the name of whoever sent it, as it would have been with its last piece. */
err upload_checks(ctx *c)
{
    list all;
    actor self = c->who;
    TRY(store_list(c, &upload_unchecked, &upload_key_shape, &all, ARGS(c->now - UNCHECKED_S * SECOND)));
    err e = NO_ERR;
    for (int i = 0; i < all.n && !e.kind; i++) {
        upload u;
        TRY(store_row(c, &upload_row, &upload_shape, &u, ARGS(((const upload_key *)all.items)[i].key)));
        c->who = (actor){.person = u.person, .org = u.org};
        e = check(c, &u);
        c->who = self;
    }
    return e;
}

err upload_forget(ctx *c)
{
    list all;
    TRY(store_list(c, &upload_older, &upload_key_shape, &all, ARGS(c->now - FORGOTTEN_S * SECOND)));
    for (int i = 0; i < all.n; i++) TRY(store_act(c, &upload_end_act, (upload_key *)all.items + i));
    return NO_ERR;
}
