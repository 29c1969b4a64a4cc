/* SPDX-License-Identifier: Apache-2.0 */
/* application_many.c: many applications decided from the list: each by itself, one failure does not stop the rest (feature H3). */
#include "room/subsidy/application.h"

typedef struct many_id { int64_t id, version; } many_id;
typedef struct many_in { str choice, note; bool sure; list ids; } many_in;
static const field many_id_fields[] = {FIELD(many_id, id, F_ID), FIELD(many_id, version, F_INT)};
static const shape many_id_shape = {"id", many_id_fields, countof(many_id_fields), sizeof(many_id)};
static const field many_fields[] = {
    FIELD(many_in, choice, F_TEXT, .flags = F_REQUIRED, .max = 60),
    FIELD(many_in, note, F_LINES, .max = 2000),
    FIELD(many_in, sure, F_BOOL),
    {.name = "id", .kind = F_LIST, .at = (int)offsetof(many_in, ids), .of = &many_id_shape},
};
static const shape many_shape = {"application_moves", many_fields, countof(many_fields), sizeof(many_in)};

static view *begin(req *r, const char *title)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, title, (str){0});
    web_crumb(r, v, S("/applications"), tr(r->ctx->lang, N_("Applications")));
    return v;
}

/* What the choice is called where the first of them rests. */
static err name_choice(ctx *c, view *v, const many_in *m, const application *first)
{
    const flow *f;
    TRY(flow_version(c, first->flow_id, &f));
    const flow_node *at = flow_node_of(f, first->node);
    const flow_edge *e = at && at->kind == NODE_TASK ? flow_choice_of(at, m->choice) : NULL;
    if (!e) return err_of(ERR_INPUT, "choice", N_("There is no such choice here."));
    if (e->needs_note && !m->note.n) return err_of(ERR_INPUT, "note", N_("This decision needs a written reason."));
    view_code(v, S("choice"), m->choice, flow_choice_name(e, c->lang));
    return NO_ERR;
}

/* Before anything is decided: how many, which, and what they come to. */
static err ask(req *r, const many_in *m)
{
    ctx *c = r->ctx;
    view *v = begin(r, N_("Check before you decide")), *items = view_put_list(v, S("items"));
    int64_t total = 0;
    for (int i = 0; i < m->ids.n; i++) {
        application a;
        const many_id *one = (const many_id *)m->ids.items + i;
        TRY(application_get(c, one->id, &a));
        if (!i) TRY(name_choice(c, v, m, &a));
        view *row = view_add_map(items);
        shape_view(&application_shape, &a, row);
        if (one->version > 0) view_int(row, S("version"), one->version);
        total += a.amount_fen;
    }
    view_int(v, S("count"), m->ids.n);
    view_fen(v, S("total_fen"), total);
    view_text(v, S("note"), m->note);
    return web_page(r, "subsidy/moving", v);
}

static err decide(req *r, const many_in *m)
{
    ctx *c = r->ctx;
    view *v = begin(r, N_("Result")), *items = view_put_list(v, S("items"));
    int64_t done = 0;
    str key = c->once;
    for (int i = 0; i < m->ids.n; i++) {
        const many_id *id = (const many_id *)m->ids.items + i;
        application_move_in one = {id->id, id->version > 0 ? id->version : -1, m->choice, m->note};
        c->once = key.n ? str_fmt(c->a, SF "-%lld", SA(key), (long long)one.id) : (str){0};
        err e = store_act(c, &application_move, &one);
        if (e.kind == ERR_BUSY || e.kind == ERR_FAULT) return e;
        application a;
        view *row = view_add_map(items);
        view_int(row, S("id"), one.id);
        if (!application_get(c, one.id, &a).kind) {
            view_text(row, S("number"), a.number);
            view_text(row, S("enterprise_name"), a.enterprise_name);
            TRY(subsidy_name_step(c, row, a.flow_id, a.node));
        }
        view_bool(row, S("done"), !e.kind);
        if (e.kind) view_text(row, S("reason"), err_text(c->a, e, tr(c->lang, e.text)));
        done += !e.kind;
    }
    view_int(v, S("done_count"), done);
    view_int(v, S("refused_count"), m->ids.n - done);
    return web_page(r, "subsidy/moved", v);
}

/* POST /applications/moves: a person is asked once more, a program has decided already */
static err move_many(req *r)
{
    many_in m;
    TRY(form_read(r, &many_shape, &m));
    if (!m.ids.n) return err_of(ERR_INPUT, "id", N_("Choose at least one application."));
    return m.sure || r->program ? decide(r, &m) : ask(r, &m);
}

const route many_routes[] = {
    {POST, "/applications/moves", PARTY & ~(WHO(ROLE_ENTERPRISE) | WHO(ROLE_AUDITOR)), move_many, N_("Decide many applications, each by itself"), .form = &many_shape, .back = "/applications"},
    {0},
};
