/* SPDX-License-Identifier: Apache-2.0 */
/* upload_page.c: a file in pieces as programs and the pages' script send it (begin by POST, ask by HEAD or GET, go on by PATCH, as in tus
 * 1.0), and what has become of each. */
#include "gen/room/document/upload_sql.h"
#include "room/document/upload.h"
#include "web/secret.h"

#define RECEIVERS (WHO(ROLE_BUREAU) | WHO(ROLE_ALLIANCE) | WHO(ROLE_AUDITOR) | WHO(ROLE_ADMIN))

typedef struct upload_new { str name; int64_t bytes; } upload_new;
SHAPE(upload_new, FIELD(upload_new, name, F_TEXT, .flags = F_REQUIRED, .label = N_("File name"), .max = 200),
      FIELD(upload_new, bytes, F_INT, .flags = F_REQUIRED, .label = N_("Size in bytes"), .hint = N_("PDF, PNG, JPEG, DOCX, XLSX, OFD or CSV, at most 20 MB")));

static void finish_row(ctx *c, view *row)
{
    str reason = upload_reason(c, view_get_text(row, S("reason")), view_get_text(row, S("reason_about")));
    view_text(row, S("reason"), reason);
    view_put(row, S("reason_about"), V_NULL);
    view_int(row, S("share"), view_get_int(row, S("taken"), 0) * 100 / view_get_int(row, S("bytes"), 1));
    view_bool(row, S("is_refused"), str_eqz(view_get_text(row, S("state")), "refused"));
    view_bool(row, S("is_accepted"), str_eqz(view_get_text(row, S("state")), "accepted"));
    view_choice(c->lang, row, S("state"), upload_states);
}

static err show_one(req *r, const upload *u)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    shape_view(&upload_shape, u, v);
    finish_row(c, v);
    web_title(r, v, N_("A file on its way"), (str){0});
    web_header(r, "Upload-Offset", str_fmt(c->a, "%lld", (long long)u->taken));
    web_header(r, "Upload-Length", str_fmt(c->a, "%lld", (long long)u->bytes));
    return web_page(r, "document/upload", v);
}

/* GET, HEAD /uploads/{key}: how far it is */
static err show(req *r)
{
    upload u;
    TRY(upload_get(r->ctx, req_part(r, "key"), &u));
    return show_one(r, &u);
}

/* GET /uploads: one's own; whoever receives files sees everybody's */
static err show_all(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    bool all = (WHO(c->who.role) & RECEIVERS) != 0;
    web_title(r, v, N_("Files on their way"), (str){0});
    if (all) TRY(store_rows(c, &upload_newest, v, S("items"), NO_ARGS));
    else TRY(store_rows(c, &upload_newest_of_person, v, S("items"), ARGS(c->who.person)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        finish_row(c, row);
        if (all) view_text(row, S("key"), (str){0}); /* with it one could send pieces */
    }
    view_bool(v, S("all"), all);
    return web_page(r, "document/uploads", v);
}

/* POST /uploads */
static err begin(req *r)
{
    ctx *c = r->ctx;
    upload_new in = {0};
    upload u;
    TRY(form_read(r, &upload_new_shape, &in));
    str key = secret_token(c->a);
    TRY(upload_begin(c, key, in.name, in.bytes));
    u = (upload){.key = key, .name = in.name, .bytes = in.bytes, .begun_at = c->now, .state = S("receiving"), .org = c->who.org, .person = c->who.person};
    web_location(r, str_fmt(c->a, "/uploads/" SF, SA(key)));
    return show_one(r, &u);
}

/* PATCH /uploads/{key}, or POST: the bytes from Upload-Offset on */
static err append(req *r)
{
    int64_t at;
    upload u;
    if (!str_int(req_header(r, "Upload-Offset"), &at) || at < 0)
        return err_of(ERR_UNREADABLE, "", N_("Upload-Offset must say at which byte this piece begins."));
    TRY(upload_append(r->ctx, req_part(r, "key"), at, req_bytes(r), &u));
    return show_one(r, &u);
}

const route upload_routes[] = {
    {GET, "/uploads", SIGNED_IN, show_all, N_("Read which files are on their way, and what became of them"), .counter = COUNTER_ANY},
    {POST, "/uploads", SIGNED_IN, begin, N_("Begin to send a file in pieces"), .form = &upload_new_shape, .counter = COUNTER_ANY},
    {GET, "/uploads/{key}", SIGNED_IN, show, N_("Read how far a file has arrived"), .counter = COUNTER_ANY},
    {POST, "/uploads/{key}", SIGNED_IN, append, N_("Send the next piece of a file"), .flags = RAW_BODY, .counter = COUNTER_ANY},
    {0},
};
