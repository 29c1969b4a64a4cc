/* SPDX-License-Identifier: Apache-2.0 */
/* import_page.c: a file sent by a page is read by a job, which goes on where it stopped whenever the server starts. */
#include "gen/room/registration/firm_sql.h"
#include "gen/room/registration/import_sql.h"
#include "room/document/document.h"
#include "room/registration/firm.h"
#include "room/registration/import.h"
#include "room/registration/rules.h"

#define READERS (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_COMMITTEE) | WHO(ROLE_AUDITOR))
#define KEEPERS WHO(ROLE_ALLIANCE)
enum { REFRESH_S = 2 };

static err source_of(ctx *c, int64_t id, import_source *out)
{
    str path;
    document d;
    TRY(document_file(c, id, &path));
    TRY(document_get(c, id, &d));
    *out = (import_source){.path = str_z(c->a, path), .file_name = d.name, .document = id};
    return NO_ERR;
}

/* ---- the job -------------------------------------------------------------------------------------------------------------- */

static err read_waiting(ctx *c)
{
    int64_t id;
    import_source from;
    registration_import it;
    TRY(store_int(c, &import_waiting, &id, NO_ARGS));
    if (!id) return NO_ERR;
    TRY(source_of(c, id, &from));
    err e = registration_read(c, &from, &it);
    return e.kind == ERR_CONFLICT ? NO_ERR : e; /* cancelled meanwhile */
}
const job registration_jobs[] = {{"registration_import", 1, read_waiting}, {"registration_rules", 1, rules_ask_on}, {0}};

/* ---- pages -------------------------------------------------------------------------------------------------------------------- */

static void name_state(ctx *c, view *row)
{
    static const struct choice states[] = {
        {"running", N_("being read"), "blue"}, {"done", N_("finished"), "green"}, {"cancelled", N_("cancelled"), "secondary"}, {"failed", N_("broken off"), "red"}, {0},
    };
    str code = view_get_text(row, S("state"));
    int64_t all = view_get_int(row, S("all_bytes"), 0), done = view_get_int(row, S("done_bytes"), 0);
    view_choice(c->lang, row, S("state"), states);
    view_bool(row, S("is_running"), str_eqz(code, "running"));
    view_int(row, S("share"), str_eqz(code, "done") || !all ? 100 : done * 100 / all);
}

typedef struct import_upload { int64_t file; } import_upload;
static const field upload_fields[] = {
    FIELD(import_upload, file, F_FILE, .flags = F_REQUIRED, .label = N_("Export of the business registry"),
          .hint = N_("CSV (UTF-8 or GB18030) or XLSX, at most 20 MB; larger files: lingfei import registrations")),
};
static const shape import_upload_shape = {"import_upload", upload_fields, countof(upload_fields), sizeof(import_upload)};

/* GET /registrations/imports */
static err list_imports(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    web_title(r, v, N_("Imports from the business registry"), (str){0});
    web_crumb(r, v, S("/registrations"), tr(c->lang, N_("Register of firms")));
    TRY(store_rows(c, &import_newest, v, S("items"), ARGS(before)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_state(c, row);
    web_cut(v, 50, "id");
    if (WHO(c->who.role) & KEEPERS) form_show(r, v, "form", &import_upload_shape, NULL, S("/registrations/imports"), N_("Import"));
    return web_page(r, "registration/imports", v);
}

/* POST /registrations/imports: the headers are looked at here, so that a wrong file is refused at its field */
static err do_import(req *r)
{
    ctx *c = r->ctx;
    import_upload u;
    document d;
    import_source from;
    registration_import it;
    TRY(form_read(r, &import_upload_shape, &u));
    TRY(document_own(c, u.file, &d));
    TRY(source_of(c, d.id, &from));
    TRY(registration_begin(c, &from, &it));
    return web_made(r, str_fmt(c->a, "/registrations/imports/%lld", (long long)it.id));
}

static err get_import(ctx *c, int64_t id, registration_import *out)
{
    err e = store_row(c, &import_row, &registration_import_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such import.")) : e;
}

/* GET /registrations/imports/{id}: without scripts the page asks again by itself while rows are read */
static err show_import(req *r)
{
    ctx *c = r->ctx;
    registration_import it;
    int64_t invited, joined;
    TRY(get_import(c, req_id(r), &it));
    view *v = view_map(c->a);
    shape_view(&registration_import_shape, &it, v);
    name_state(c, v);
    web_title(r, v, N_("Import of {0}"), it.file_name);
    web_crumb(r, v, S("/registrations"), tr(c->lang, N_("Register of firms")));
    web_crumb(r, v, S("/registrations/imports"), tr(c->lang, N_("Imports from the business registry")));
    TRY(store_int(c, &firm_invited_of_import, &invited, ARGS(it.id)));
    TRY(store_int(c, &firm_joined_of_import, &joined, ARGS(it.id)));
    view_int(v, S("invited"), invited);
    view_int(v, S("joined"), joined);
    bool running = str_eqz(it.state, "running");
    if (running) view_int(v, S("meta_refresh"), REFRESH_S);
    view_bool(v, S("may_cancel"), running && (WHO(c->who.role) & KEEPERS));
    view_text(v, S("csrf"), form_key(r));
    return web_page(r, "registration/import", v);
}

/* POST /registrations/imports/{id}/cancel */
static err do_cancel(req *r)
{
    import_end n = {req_id(r), S("cancelled"), (str){0}};
    registration_import it;
    TRY(get_import(r->ctx, n.id, &it));
    TRY(store_act(r->ctx, &import_finish, &n));
    web_say(r, N_("The import is cancelled; what was read before stays."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/registrations/imports/%lld", (long long)n.id));
}

/* GET /registrations/imports/{id}/rejected */
static err send_rejected(req *r)
{
    ctx *c = r->ctx;
    registration_import it;
    int64_t after = 0;
    bool more = true;
    TRY(get_import(c, req_id(r), &it));
    buf b = buf_new(c->a, 1 << 16);
    while (more) TRY(registration_rejects(c, it.id, &after, &b, &more));
    return web_bytes(r, S("text/csv; charset=utf-8"), str_fmt(c->a, SF ".rejected.csv", SA(it.file_name)), buf_str(&b));
}

const route import_routes[] = {
    {GET, "/registrations/imports", READERS, list_imports, N_("List the imports from the business registry")},
    {POST, "/registrations/imports", KEEPERS, do_import, N_("Import an export of the business registry"), .form = &import_upload_shape, .back = "/registrations/imports"},
    {GET, "/registrations/imports/{id}", READERS, show_import, N_("Follow one import and read its result")},
    {POST, "/registrations/imports/{id}/cancel", KEEPERS, do_cancel, N_("Cancel an import")},
    {GET, "/registrations/imports/{id}/rejected", READERS, send_rejected, N_("Fetch the rows that were not taken"), .flags = SLOW},
    {0},
};
