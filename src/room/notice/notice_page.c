/* SPDX-License-Identifier: Apache-2.0 */
/* notice_page.c: notices as the public reads them, objections, and their answers. */
#include "base/days.h"
#include "format/hash.h"
#include "gen/room/notice/notice_sql.h"
#include "room/audit/audit.h"
#include "room/document/document.h"
#include "room/notice/objection.h"
#include "web/secret.h"

/* GET /notices */
static err list_notices(req *r)
{
    int64_t before;
    TRY(req_before(r, &before));
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Public notices"), (str){0});
    TRY(store_rows(r->ctx, &notice_newest, v, S("items"), ARGS(before)));
    for (view *n = view_get(v, S("items"))->first; n; n = n->next) view_bool(n, S("open"), view_get(n, S("last_day"))->i >= r->ctx->today);
    web_cut(v, 50, "id");
    return web_page(r, "notice/list", v);
}

err notice_load(req *r, view *v, int64_t id)
{
    ctx *c = r->ctx;
    err e = store_map(c, &notice_row, v, ARGS(id));
    if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such notice."));
    TRY(e);
    TRY(store_rows(c, &notice_lines_of, v, S("items"), ARGS(id)));
    TRY(store_rows(c, &notice_moves_of, v, S("moves"), ARGS(id)));
    TRY(notice_amendments(c, v));
    notice_face(c, v);
    return NO_ERR;
}

/* GET /notices/{id} */
static err show(req *r)
{
    view *v = view_map(r->ctx->a);
    str head;
    TRY(notice_load(r, v, req_id(r)));
    TRY(audit_head(r->ctx, &head));
    view_text(v, S("record_head"), head);
    web_title(r, v, "{0}", str_dup(r->ctx->a, view_get_text(v, S("title"))));
    web_crumb(r, v, S("/notices"), tr(r->ctx->lang, N_("Public notices")));
    return web_page(r, "notice/notice", v);
}

/* GET /notices/{id}/objections/new */
static err new_objection(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a), *cases = view_list(c->a);
    objection_new blank = {.notice = req_id(r), .case_id = req_arg_int(r, "case", 0)};
    TRY(notice_load(r, v, req_id(r)));
    for (const view *l = view_get(v, S("items"))->first; l; l = l->next) {
        view *one = view_add_map(cases);
        view_int(one, S("code"), view_get_int(l, S("case_id"), 0));
        view_text(one, S("label"), str_fmt(c->a, SF " · " SF, SA(view_get_text(l, S("number"))), SA(view_get_text(l, S("enterprise")))));
    }
    web_title(r, v, N_("Object to this notice"), (str){0});
    web_crumb(r, v, str_fmt(c->a, "/notices/%lld", (long long)req_id(r)), tr(c->lang, N_("Public notice")));
    form_show(r, v, "form", &objection_new_shape, &blank, str_fmt(c->a, "/notices/%lld/objections", (long long)req_id(r)), N_("Lodge the objection"));
    form_options(view_get(v, S("form")), "case_id", cases);
    return web_page(r, "notice/object", v);
}

/* POST /notices/{id}/objections: a program is told the code at once; a person goes on to a page, so that loading it again lodges nothing */
static err object(req *r)
{
    ctx *c = r->ctx;
    objection_new o;
    TRY(form_read(r, &objection_new_shape, &o));
    o.notice = req_id(r);
    str code = secret_code(c->a, 12);
    o.code_hash = sha256_hex(c->a, code);
    TRY(store_act(c, &objection_lodge, &o));
    if (!r->program) {
        web_cookie(r, "objection", code, 600);
        return web_go(r, S("/objections/lodged"));
    }
    view *v = view_map(c->a);
    web_title(r, v, N_("The objection is lodged"), (str){0});
    view_text(v, S("code"), code);
    r->status = 201;
    return web_page(r, "notice/lodged", v);
}

/* GET /objections/lodged: the code, for ten minutes and in this browser only */
static err show_code(req *r)
{
    str code = req_cookie(r, "objection");
    if (code.n != 12) return web_go(r, S("/objections"));
    view *v = view_map(r->ctx->a);
    err e = store_map(r->ctx, &notice_objection_by_code, v, ARGS(sha256_hex(r->ctx->a, code)));
    if (e.kind) return web_go(r, S("/objections"));
    web_title(r, v, N_("The objection is lodged"), (str){0});
    view_text(v, S("code"), code);
    return web_page(r, "notice/lodged", v);
}

typedef struct code_form { str code; } code_form;
SHAPE(code_form, FIELD(code_form, code, F_TEXT, .flags = F_REQUIRED, .label = N_("Query code"), .hint = N_("12 letters and digits, given when you lodged it"), .max = 20));

/* GET /objections */
static err ask_status(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("What became of an objection"), (str){0});
    form_show(r, v, "form", &code_form_shape, NULL, S("/objections"), N_("Look it up"));
    return web_page(r, "notice/status", v);
}

/* POST /objections */
static err show_status(req *r)
{
    code_form f;
    TRY(form_read(r, &code_form_shape, &f));
    view *v = view_map(r->ctx->a);
    err e = store_map(r->ctx, &notice_objection_by_code, v, ARGS(sha256_hex(r->ctx->a, str_upper(r->ctx->a, str_trim(f.code)))));
    if (e.kind == ERR_MISSING) return err_of(ERR_INPUT, "code", N_("No objection has this code."));
    TRY(e);
    view_bool(v, S("found"), true);
    objection_name_verdict(r->ctx, v);
    web_title(r, v, N_("What became of an objection"), (str){0});
    return web_page(r, "notice/status", v);
}

/* GET /objections/list */
static err list_objections(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Objections to answer"), (str){0});
    TRY(store_rows(r->ctx, &notice_objections_waiting, v, S("items"), NO_ARGS));
    return web_page(r, "notice/objections", v);
}

/* GET /objections/{id} */
static err show_objection(req *r)
{
    view *v = view_map(r->ctx->a);
    TRY(store_map(r->ctx, &notice_objection_row, v, ARGS(req_id(r))));
    web_title(r, v, N_("Objection {0}"), str_fmt(r->ctx->a, "%lld", (long long)req_id(r)));
    web_crumb(r, v, S("/objections/list"), tr(r->ctx->lang, N_("Objections to answer")));
    objection_name_verdict(r->ctx, v);
    document d;
    if (!document_get(r->ctx, view_get_int(v, S("evidence"), 0), &d).kind) view_text(v, S("evidence_name"), d.name);
    objection_answer_in blank = {.id = req_id(r)};
    if (r->ctx->who.role == ROLE_BUREAU && !view_get(v, S("answered_day"))->i)
        form_show(r, v, "form", &objection_answer_shape, &blank, str_fmt(r->ctx->a, "/objections/%lld/answer", (long long)req_id(r)), N_("Answer the objection"));
    return web_page(r, "notice/objection", v);
}

/* GET /objections/{id}/evidence */
static err send_evidence(req *r)
{
    view *v = view_map(r->ctx->a);
    TRY(store_map(r->ctx, &notice_objection_row, v, ARGS(req_id(r))));
    int64_t doc = view_get_int(v, S("evidence"), 0);
    return doc ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

/* POST /objections/{id}/answer */
static err answer(req *r)
{
    objection_answer_in a;
    TRY(form_read(r, &objection_answer_shape, &a));
    a.id = req_id(r);
    TRY(store_act(r->ctx, &objection_answer, &a));
    return web_go(r, str_fmt(r->ctx->a, "/objections/%lld", (long long)a.id));
}

static err todo(ctx *c, view *out)
{
    view *v = view_map(c->a);
    if (c->who.role != ROLE_BUREAU) return NO_ERR;
    TRY(store_rows(c, &notice_objections_waiting, v, S("rows"), NO_ARGS));
    for (const view *o = view_get(v, S("rows"))->first; o; o = o->next) {
        str text = view_get_text(o, S("text"));
        todo_add(c, out, &(todo_row){
            .kind = "objection", .kind_name = N_("Objection"), .title = text.n < 60 ? text : tr(c->lang, N_("Objection to answer")),
            .href = str_fmt(c->a, "/objections/%lld", (long long)view_get_int(o, S("id"), 0)), .since_day = view_get_int(o, S("lodged_day"), 0), .due_day = view_get_int(o, S("due_day"), 0)});
    }
    return NO_ERR;
}

#define HANDLERS (WHO(ROLE_BUREAU) | WHO(ROLE_AUDITOR))
static const route routes[] = {
    {GET, "/notices", ANYONE, list_notices, N_("List the public notices")},
    {GET, "/notices/{id}", ANYONE, show, N_("Read one public notice")},
    {GET, "/notices/{id}/objections/new", ANYONE, new_objection, N_("Fields of an objection")},
    {POST, "/notices/{id}/objections", ANYONE, object, N_("Object to a notice"), .form = &objection_new_shape, .back = "/notices/{id}/objections/new"},
    {GET, "/objections", ANYONE, ask_status, N_("Look up an objection by its code")},
    {POST, "/objections", ANYONE, show_status, N_("Read what became of an objection"), .form = &code_form_shape, .back = "/objections"},
    {GET, "/objections/list", HANDLERS, list_objections, N_("List the objections to answer")},
    {GET, "/objections/lodged", ANYONE, show_code, N_("Read the query code of an objection just lodged")},
    {GET, "/objections/{id}/evidence", HANDLERS, send_evidence, N_("Read the evidence of an objection")},
    {GET, "/objections/{id}", HANDLERS, show_objection, N_("Read one objection")},
    {POST, "/objections/{id}/answer", WHO(ROLE_BUREAU), answer, N_("Answer an objection"), .form = &objection_answer_shape, .back = "/objections/{id}"},
    {0},
};
static const nav_item nav[] = {
    {"/notices", N_("Public notices"), "speakerphone", SIGNED_IN, 50, NULL},
    {"/objections/list", N_("Objections"), "alert-triangle", HANDLERS, 55, NULL},
    {0},
};
static const action *const actions[] = {&objection_lodge, &objection_answer, NULL};

const room notice_room = {
    .name = "notice",
    .routes = (const route *const[]){routes, notice_public_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){notice_statements, NULL},
    .nav = nav,
    .calendar_changes = notice_calendar_changes,
    .todo = todo,
};
