/* SPDX-License-Identifier: Apache-2.0 */
/* audit_page.c: the record as an auditor reads it, the check, and the head for whoever keeps it outside. */
#include "gen/room/audit/audit_sql.h"
#include "room/audit/audit.h"

/* GET /record */
static err list_record(req *r)
{
    int64_t before[1], person = 0;
    TRY(req_after(r, before, 1));
    if (!before[0]) before[0] = INT64_MAX;
    str of = req_arg(r, "person");
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("The record"), (str){0});
    if (of.n && !str_int(of, &person)) return err_of(ERR_UNREADABLE, "person", N_("A person is given by number."));
    TRY(person ? store_rows(r->ctx, &audit_newest_of_person, v, S("items"), ARGS(before[0], person))
               : store_rows(r->ctx, &audit_newest, v, S("items"), ARGS(before[0])));
    str head;
    TRY(audit_head(r->ctx, &head));
    view_text(v, S("head"), head);
    view_text(v, S("person"), of);
    web_cut(v, 50, "seq");
    return web_page(r, "audit/list", v);
}

/* GET /record/{id} */
static err show_entry(req *r)
{
    view *v = view_map(r->ctx->a);
    TRY(store_map(r->ctx, &audit_one, v, ARGS(req_id(r))));
    web_title(r, v, N_("Entry {0} of the record"), str_fmt(r->ctx->a, "%lld", (long long)req_id(r)));
    web_crumb(r, v, S("/record"), tr(r->ctx->lang, N_("The record")));
    return web_page(r, "audit/entry", v);
}

typedef struct check_form { str head; } check_form;
SHAPE(check_form, FIELD(check_form, head, F_TEXT, .label = N_("Head kept outside"),
                        .hint = N_("As printed on a notice or receipt; leave it empty to check the record by itself."), .max = 100));

/* GET /record/check */
static err show_check(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Check the record"), (str){0});
    web_crumb(r, v, S("/record"), tr(r->ctx->lang, N_("The record")));
    form_show(r, v, "form", &check_form_shape, NULL, S("/record/check"), N_("Check now"));
    return web_page(r, "audit/check", v);
}

/* POST /record/check */
static err check(req *r)
{
    check_form f;
    TRY(form_read(r, &check_form_shape, &f));
    view *v = view_map(r->ctx->a);
    TRY(audit_verify(r->ctx, f.head, v));
    web_title(r, v, N_("Result of the check"), (str){0});
    web_crumb(r, v, S("/record"), tr(r->ctx->lang, N_("The record")));
    view_bool(v, S("checked"), true);
    form_show(r, v, "form", &check_form_shape, &f, S("/record/check"), N_("Check again"));
    return web_page(r, "audit/check", v);
}

/* GET /record/head: public, so that anybody can keep it */
static err show_head(req *r)
{
    str head;
    TRY(audit_head(r->ctx, &head));
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Head of the record"), (str){0});
    view_text(v, S("head"), head);
    view_time(v, S("at"), r->ctx->now);
    return web_page(r, "audit/head", v);
}

static const route routes[] = {
    {GET, "/record", WHO(ROLE_AUDITOR), list_record, N_("Read the record of all acts")},
    {GET, "/record/{id}", WHO(ROLE_AUDITOR), show_entry, N_("Read one entry of the record")},
    {GET, "/record/check", WHO(ROLE_AUDITOR), show_check, N_("Check the record")},
    {POST, "/record/check", WHO(ROLE_AUDITOR), check, N_("Prove the record unbroken"), .form = &check_form_shape, .back = "/record/check"},
    {GET, "/record/head", ANYONE, show_head, N_("Read the head of the record, to keep it outside")},
    {0},
};
static const nav_item nav[] = {{"/record", N_("The record"), "shield-check", WHO(ROLE_AUDITOR), 850, NULL}, {0}};

const room audit_room = {
    .name = "audit",
    .routes = (const route *const[]){routes, NULL},
    .statements = (const stmt *const *const[]){audit_statements, NULL},
    .nav = nav,
};
