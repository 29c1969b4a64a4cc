/* SPDX-License-Identifier: Apache-2.0 */
/* document_page.c: a person's own uploads; files of a case are read at the case's own address. */
#include "room/document/document.h"

#include "gen/room/document/document_sql.h"
#include "gen/room/document/upload_sql.h"
#include "room/document/upload.h"

extern const action document_add_act;

/* GET /documents/{id} */
static err fetch(req *r)
{
    document d;
    TRY(document_own(r->ctx, req_id(r), &d));
    return document_send(r, d.id);
}

typedef struct file_new { int64_t file; } file_new;
SHAPE(file_new, FIELD(file_new, file, F_FILE, .flags = F_REQUIRED, .label = N_("File"),
                    .hint = N_("PDF, PNG, JPEG, DOCX, XLSX, OFD or CSV, at most 20 MB")));

/* GET /documents/new */
static err fresh(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Send a file"), (str){0});
    form_show(r, v, "form", &file_new_shape, NULL, S("/documents"), N_("Send file"));
    return web_page(r, "document/new", v);
}

/* POST /documents: for programs, which send files first and name them by number after */
static err take(req *r)
{
    file_new u;
    TRY(form_read(r, &file_new_shape, &u));
    document d;
    TRY(document_own(r->ctx, u.file, &d));
    view *v = view_map(r->ctx->a);
    shape_view(&document_shape, &d, v);
    web_title(r, v, N_("File received"), (str){0});
    web_location(r, str_fmt(r->ctx->a, "/documents/%lld", (long long)d.id));
    return web_page(r, "document/received", v);
}

static const route routes[] = {
    {GET, "/documents/{id}", SIGNED_IN, fetch, N_("Read a file of one's own organisation"), .counter = COUNTER_ANY},
    {GET, "/documents/new", SIGNED_IN, fresh, N_("Fields of a file to send"), .counter = COUNTER_ANY},
    {POST, "/documents", SIGNED_IN, take, N_("Send a file"), .form = &file_new_shape, .back = "/documents/new", .counter = COUNTER_ANY},
    {0},
};
static const action *const actions[] = {&document_add_act, &upload_begin_act, &upload_append_act, &upload_judge_act, &upload_end_act, NULL};
static const job jobs[] = {{"upload_check", 60, upload_checks}, {"upload_forget", 3600, upload_forget}, {0}};

const room document_room = {
    .name = "document",
    .routes = (const route *const[]){routes, upload_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){document_statements, upload_statements, NULL},
    .jobs = jobs,
};
