/* SPDX-License-Identifier: Apache-2.0 */
/* audit_page.c: the record as an auditor reads it, the check, and the head for whoever keeps it outside. */
#include "gen/room/audit/audit_sql.h"
#include "room/audit/audit.h"

static err name_who(ctx *c, view *row)
{
    static const char *const whose[][2] = {{"person", "name"}, {"for_person", "for_name"}};
    str name, org = {0};
    for (int i = 0; i < countof(whose); i++) {
        TRY(flow_name_person(c, view_get_int(row, str_of(whose[i][0]), 0), view_get_int(row, S("org"), 0), &name, &org));
        view_text(row, str_of(whose[i][1]), name);
    }
    view_text(row, S("org_name"), org);
    if (view_get_int(row, S("mandate"), 0)) view_text(row, S("for_name"), org); /* a clerk at the counter */
    int as = role_of(view_get_text(row, S("role")));
    if (as > ROLE_PUBLIC) view_code(row, S("role"), str_of(role_code[as]), tr(c->lang, role_label[as]));
    return NO_ERR;
}

/* All of it, of one person, or of one object: "application" and its number. */
static err find_entries(req *r, view *v)
{
    int64_t before, person = 0, object = 0;
    str noun = str_trim(req_arg(r, "noun"));
    TRY(req_before(r, &before));
    if (req_arg(r, "person").n && !str_int(req_arg(r, "person"), &person)) return err_of(ERR_UNREADABLE, "person", N_("A person is given by number."));
    if (req_arg(r, "object").n && !str_int(req_arg(r, "object"), &object)) return err_of(ERR_UNREADABLE, "object", N_("An object is given by number."));
    if (noun.n && object) return store_rows(r->ctx, &audit_newest_of_object, v, S("items"), ARGS(before, noun, object));
    if (person) return store_rows(r->ctx, &audit_newest_of_person, v, S("items"), ARGS(before, person));
    return store_rows(r->ctx, &audit_newest, v, S("items"), ARGS(before));
}

/* GET /record */
static err list_record(req *r)
{
    str head;
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("The record"), (str){0});
    TRY(find_entries(r, v));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) TRY(name_who(r->ctx, row));
    TRY(audit_head(r->ctx, &head));
    view_text(v, S("head"), head);
    web_filter(r, v, "person", N_("Number of the person"));
    web_filter(r, v, "noun", N_("Kind of object"));
    web_filter(r, v, "object", N_("Number of the object"));
    web_cut(v, 50, "seq");
    return web_page(r, "audit/list", v);
}

/* GET /record/{id} */
static err show_entry(req *r)
{
    view *v = view_map(r->ctx->a);
    TRY(store_map(r->ctx, &audit_one, v, ARGS(req_id(r))));
    TRY(name_who(r->ctx, v));
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
