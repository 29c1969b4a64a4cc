/* SPDX-License-Identifier: Apache-2.0 */
/* pair_page.c: the agreements' list, the agreement with its signing and filing, and what waits for whom. */
#include "base/days.h"
#include "gen/room/pair/change_sql.h"
#include "gen/room/pair/contract_sql.h"
#include "gen/room/pair/fee_sql.h"
#include "gen/room/pair/pair_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/deficiency/deficiency.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/pair/change.h"
#include "room/pair/contract.h"
#include "room/pair/fee.h"
#include "room/pair/agreement_rights.h"
#include "room/pair/pair_flow.h"

static const struct choice items_of_form[] = {
    {"enterprise", N_("Enterprise")}, {"item", N_("Service")}, {"subject", N_("Subject")}, {"quantity", N_("Outcomes planned")},
    {"term", N_("Term of service")}, {"contract", N_("Service contract")}, {"general", N_("In general")}, {0},
};

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/agreements/%lld", (long long)id); }

/* The step's name from the flow that the case runs on. */
static err name_step(ctx *c, view *row, int64_t flow_id, str node)
{
    const flow *f;
    TRY(flow_version(c, flow_id, &f));
    const flow_node *n = flow_node_of(f, node);
    view_code(row, S("step"), node, flow_step_name(f, node, c->lang));
    bool ended = n && n->kind == NODE_END, good = str_eqz(node, "done") || str_eqz(node, "in_service");
    if (n && n->kind == NODE_TASK) view_code(row, S("role"), str_of(role_code[n->role]), tr(c->lang, role_label[n->role]));
    view_text(row, S("tone"), good ? S("green") : ended || str_eqz(node, "draft") ? S("secondary") : S("blue"));
    return NO_ERR;
}

static err fill_list(ctx *c, view *items, const list *all)
{
    for (int i = 0; i < all->n; i++) {
        const agreement *a = (const agreement *)all->items + i;
        view *row = view_add_map(items);
        shape_view(&agreement_shape, a, row);
        TRY(name_step(c, row, a->flow_id, a->node));
    }
    return NO_ERR;
}

/* The steps of the agreements' flow. */
static err filter_steps(req *r, view *v)
{
    const flow *f;
    TRY(flow_current(r->ctx, S("agreement"), &f));
    view *steps = web_filter(r, v, "step", N_("Step"));
    for (int i = 0; i < f->node_n; i++)
        if (f->nodes[i].kind == NODE_TASK || f->nodes[i].kind == NODE_END) web_filter_option(steps, f->nodes[i].id, flow_node_name(&f->nodes[i], r->ctx->lang));
    return NO_ERR;
}

/* GET /agreements */
static err list_agreements(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    list all;
    TRY(req_before(r, &before));
    str step = req_arg(r, "step");
    int64_t of = req_arg_int(r, "organisation", 0);
    view *v = view_map(c->a);
    web_title(r, v, N_("Agreements"), (str){0});
    if (c->who.role == ROLE_AGENCY) TRY(store_list(c, &pair_of_agency_after, &agreement_shape, &all, ARGS(before, c->who.org)));
    else if (c->who.role == ROLE_ENTERPRISE) TRY(store_list(c, &pair_of_enterprise_after, &agreement_shape, &all, ARGS(before, c->who.org)));
    else if (of) TRY(store_list(c, &pair_of_org_after, &agreement_shape, &all, ARGS(before, of)));
    else if (step.n) TRY(store_list(c, &pair_at_node_after, &agreement_shape, &all, ARGS(before, step)));
    else TRY(store_list(c, &pair_all_after, &agreement_shape, &all, ARGS(before)));
    TRY(fill_list(c, view_put_list(v, S("items")), &all));
    view_bool(v, S("may_draft"), c->who.role == ROLE_AGENCY);
    if (WHO(c->who.role) & OFFICERS) TRY(filter_steps(r, v));
    web_cut(v, 50, "id");
    return web_page(r, "pair/list", v);
}

static err show_draft_form(req *r, view *v, const shape *sh, const agreement_draft_in *now, str action_path, const char *submit)
{
    form_show(r, v, "form", sh, now, action_path, submit);
    view *form = view_get(v, S("form"));
    TRY(member_options(r->ctx, S("enterprise"), v, S("enterprises")));
    TRY(catalogue_options(r->ctx, v, S("services")));
    form_options(form, "enterprise", view_get(v, S("enterprises")));
    form_options(form, "item", view_get(v, S("services")));
    return NO_ERR;
}

/* GET /agreements/new */
static err new_agreement(req *r)
{
    view *v = view_map(r->ctx->a);
    agreement_draft_in blank = {.quantity = 1, .from_day = r->ctx->today, .pay_year = month_of(r->ctx->today) / 12};
    web_title(r, v, N_("New agreement"), (str){0});
    web_crumb(r, v, S("/agreements"), tr(r->ctx->lang, N_("Agreements")));
    TRY(show_draft_form(r, v, &agreement_start_shape, &blank, S("/agreements"), N_("Save draft")));
    return web_page(r, "pair/edit", v);
}

/* POST /agreements */
static err start(req *r)
{
    agreement_draft_in d;
    TRY(form_read(r, &agreement_start_shape, &d));
    TRY(store_act(r->ctx, &agreement_start, &d));
    return web_made(r, path_of(r->ctx, d.id));
}

/* GET /agreements/{id}/edit */
static err edit(req *r)
{
    ctx *c = r->ctx;
    agreement a;
    bool may;
    TRY(agreement_get(c, req_id(r), &a));
    TRY(agreement_writes(c, &a, AGREEMENT_TERMS, &may));
    if (!may) return err_of(ERR_CONFLICT, "", N_("Only a draft can be changed."));
    agreement_draft_in now = {a.id, a.draft, a.enterprise, a.item, a.quantity, a.fee_fen, a.from_day, a.to_day, a.pay_year, a.contract_doc, a.subject};
    view *v = view_map(c->a);
    web_title(r, v, N_("Change the draft"), (str){0});
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, path_of(c, a.id), a.subject);
    shape_view(&agreement_shape, &a, view_put_map(v, S("stored")));
    TRY(show_draft_form(r, v, &agreement_draft_shape, &now, path_of(c, a.id), N_("Save draft")));
    return web_page(r, "pair/edit", v);
}

/* POST /agreements/{id} */
static err save(req *r)
{
    agreement_draft_in d;
    TRY(form_read(r, &agreement_draft_shape, &d));
    d.id = req_id(r);
    TRY(store_act(r->ctx, &agreement_save, &d));
    web_say(r, N_("The draft is saved."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, d.id));
}

/* A fee outside the guide is said to everybody; the alliance approves it with a reason. */
static err show_price(req *r, view *v, const agreement *a)
{
    ctx *c = r->ctx;
    item i;
    TRY(catalogue_version(c, a->item_version, &i));
    view_int(v, S("item_version_number"), i.version);
    view_bool(v, S("guided"), i.ceiling_fen && !i.zero_fee);
    view_fen(v, S("floor_fen"), i.floor_fen);
    view_fen(v, S("ceiling_fen"), i.ceiling_fen);
    err outside = agreement_price_check(c, a);
    if (outside.kind != ERR_CONFLICT) return outside;
    view_text(v, S("price_outside"), err_text(c->a, outside, tr(c->lang, outside.text)));
    if (c->who.role == ROLE_ALLIANCE && !a->filed_day)
        form_show(r, v, "price_form", &agreement_price_shape, &(agreement_price_in){.id = a->id}, str_join(c->a, path_of(c, a->id), S("/price")), N_("Approve this fee"));
    return NO_ERR;
}

/* By when, in working days; an unknown calendar says nothing. */
static err show_time(ctx *c, view *v, const flow_case *k)
{
    int64_t left;
    if (!k->due_day) return NO_ERR;
    view_bool(v, S("late"), k->due_day < c->today);
    view_bool(v, S("due_today"), k->due_day == c->today);
    if (k->due_day > c->today && !workday_between(c->days, c->today, k->due_day, &left).kind) view_int(v, S("left_days"), left);
    return NO_ERR;
}

/* GET /agreements/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    agreement a;
    const flow *f;
    flow_case k;
    TRY(agreement_get(c, req_id(r), &a));
    TRY(flow_version(c, a.flow_id, &f));
    TRY(flow_case_get(c, a.id, &k));
    view *v = view_map(c->a);
    shape_view(&agreement_shape, &a, v);
    web_title(r, v, "{0}", a.subject);
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    TRY(name_step(c, v, a.flow_id, a.node));
    view_bool(v, S("government"), str_eqz(a.mode, "government"));
    bool mine = c->who.org == a.agency, may_edit;
    TRY(agreement_writes(c, &a, AGREEMENT_TERMS, &may_edit));
    view_bool(v, S("may_edit"), may_edit);
    view_bool(v, S("may_claim"), mine && str_eqz(a.node, "in_service") && a.policy);
    TRY(document_list(c, S("agreement"), a.id, v, S("files"))); /* each with "object": whose file it is */
    TRY(deficiency_show(c, a.id, items_of_form, v));
    flow_show(c, f, a.node, v);
    TRY(flow_show_history(c, a.id, v));
    TRY(flow_show_choices(c, f, &k, v));
    view *choices = view_get(v, S("choices"));
    view_bool(v, S("can_decide"), choices && choices->n);
    view_text(v, S("move_action"), str_fmt(c->a, "/agreements/%lld/moves", (long long)a.id));
    view_bool(v, S("needs_flow"), true);
    view_text(v, S("flow_bpmn"), str_fmt(c->a, "/flows/%lld/file", (long long)f->id));
    view_text(v, S("here"), a.node);
    TRY(show_time(c, v, &k));
    TRY(contract_show(c, &a, v));
    TRY(change_show(c, &a, v));
    TRY(fee_show(c, &a, v));
    view_bool(v, S("sees_advances"), c->who.role != ROLE_ENTERPRISE);
    TRY(show_price(r, v, &a));
    if (str_eqz(a.node, "filing") && choices && choices->n) {
        deficiency_new blank = {.case_id = a.id};
        form_show(r, v, "deficiency_form", &deficiency_new_shape, &blank, str_fmt(c->a, "/agreements/%lld/deficiencies", (long long)a.id), N_("Note this item"));
        view *options = view_list(c->a);
        for (const struct choice *i = items_of_form; i->code; i++) {
            view *one = view_add_map(options);
            view_text(one, S("code"), str_of(i->code));
            view_text(one, S("label"), tr(c->lang, i->label));
        }
        form_options(view_get(v, S("deficiency_form")), "item", options);
    }
    view_bool(v, S("has_deficiencies"), view_get(v, S("deficiencies"))->n || view_get(v, S("deficiency_form")));
    if (a.filed_day) TRY(room_beside(c, S("agreement"), a.id, v));
    return web_page(r, "pair/agreement", v);
}

/* POST /agreements/{id}/moves */
static err move(req *r)
{
    agreement_move_in m;
    TRY(form_read(r, &agreement_move_shape, &m));
    m.id = req_id(r), m.ip = r->ctx->ip;
    TRY(store_act(r->ctx, &agreement_move, &m));
    web_say(r, N_("Done: the agreement has moved on."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, m.id));
}

/* POST /agreements/{id}/price */
static err approve_price(req *r)
{
    agreement_price_in p;
    TRY(form_read(r, &agreement_price_shape, &p));
    p.id = req_id(r);
    TRY(store_act(r->ctx, &agreement_price_approve, &p));
    web_say(r, N_("The fee is approved; the agreement can be filed."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, p.id));
}

/* POST /agreements/{id}/deficiencies */
static err raise(req *r)
{
    deficiency_new d;
    agreement a;
    TRY(form_read(r, &deficiency_new_shape, &d));
    TRY(agreement_get(r->ctx, req_id(r), &a));
    d.case_id = a.id;
    d.owner_org = a.agency;
    TRY(store_act(r->ctx, &deficiency_raise, &d));
    return web_go(r, path_of(r->ctx, a.id));
}

/* GET /agreements/{id}/files/{document} */
static err fetch(req *r)
{
    agreement a;
    int64_t doc;
    bool linked;
    TRY(agreement_get(r->ctx, req_id(r), &a));
    if (!str_int(req_part(r, "document"), &doc)) return err_of(ERR_MISSING, "", N_("There is no such file."));
    TRY(document_linked(r->ctx, S("agreement"), a.id, doc, &linked));
    return linked ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

/* ---- what waits ------------------------------------------------------------------------------------------------- */

/* Signed and ready to be filed, but for a fee that the alliance has not approved. */
static err price_waits(ctx *c, list *out)
{
    int n = 0;
    TRY(store_list(c, &pair_todo_of_role, &agreement_shape, out, ARGS(S("filing"))));
    agreement *all = out->items;
    for (int i = 0; i < out->n; i++) {
        err outside = agreement_price_check(c, &all[i]);
        if (outside.kind && outside.kind != ERR_CONFLICT) return outside;
        if (outside.kind) all[n++] = all[i];
    }
    out->n = n;
    return NO_ERR;
}

static err todo(ctx *c, view *out)
{
    list all = {0};
    if (c->who.role == ROLE_AGENCY) TRY(store_list(c, &pair_todo_of_agency, &agreement_shape, &all, ARGS(c->who.org)));
    else if (c->who.role == ROLE_ENTERPRISE) TRY(store_list(c, &pair_todo_of_enterprise, &agreement_shape, &all, ARGS(c->who.org)));
    else if (c->who.role == ROLE_BUREAU) TRY(store_list(c, &pair_todo_of_role, &agreement_shape, &all, ARGS(S("filing"))));
    else if (c->who.role == ROLE_ALLIANCE) TRY(price_waits(c, &all));
    for (int i = 0; i < all.n; i++) {
        const agreement *a = (const agreement *)all.items + i;
        const flow *f;
        TRY(flow_version(c, a->flow_id, &f));
        todo_add(c, out, &(todo_row){
            .kind = "agreement", .kind_name = N_("Agreement"), .href = path_of(c, a->id), .step = a->node, .step_name = flow_step_name(f, a->node, c->lang),
            .title = str_fmt(c->a, SF " · " SF, SA(c->who.role == ROLE_AGENCY ? a->enterprise_name : a->agency_name), SA(a->subject)),
            .since_day = a->since_day, .due_day = a->due_day});
    }
    TRY(change_todo(c, out));
    return fee_todo(c, out);
}

#define SEES PARTY
static const route routes[] = {
    {GET, "/agreements", SEES, list_agreements, N_("List the agreements"), .counter = "agreement application"},
    {GET, "/agreements/new", WHO(ROLE_AGENCY), new_agreement, N_("Fields of an agreement")},
    {POST, "/agreements", WHO(ROLE_AGENCY), start, N_("Draft an agreement"), .form = &agreement_start_shape, .back = "/agreements/new"},
    {GET, "/agreements/{id}", SEES, show, N_("Read one agreement"), .counter = "agreement application"},
    {GET, "/agreements/{id}/edit", WHO(ROLE_AGENCY), edit, N_("Fields of a drafted agreement")},
    {POST, "/agreements/{id}", WHO(ROLE_AGENCY), save, N_("Save a drafted agreement"), .form = &agreement_draft_shape, .back = "/agreements/{id}/edit"},
    {POST, "/agreements/{id}/moves", PARTY & ~WHO(ROLE_AUDITOR), move, N_("Decide the step an agreement waits at"), .form = &agreement_move_shape, .back = "/agreements/{id}",
     .again = WHO(ROLE_ENTERPRISE) | WHO(ROLE_AGENCY)},
    {POST, "/agreements/{id}/price", WHO(ROLE_ALLIANCE), approve_price, N_("Approve a fee outside the price guide"), .form = &agreement_price_shape, .back = "/agreements/{id}"},
    {POST, "/agreements/{id}/deficiencies", WHO(ROLE_BUREAU), raise, N_("Note what an agreement lacks"), .form = &deficiency_new_shape, .back = "/agreements/{id}"},
    {GET, "/agreements/{id}/files/{document}", SEES, fetch, N_("Read a file of an agreement"), .counter = "agreement application"},
    {0},
};
static const nav_item nav[] = {{"/agreements", N_("Agreements"), "signature", PARTY, 40, NULL}, {"/fees", N_("Fees after success"), "cash", PARTY, 46, NULL}, {0}};
static const action *const actions[] = {&agreement_start, &agreement_save, &agreement_move, &agreement_price_approve, &contract_print, PAIR_CHANGE_ACTIONS, &fee_move, NULL};
static const char *const files[] = {"room/pair/agreement.bpmn", NULL};

const room pair_room = {
    .name = "pair",
    .routes = (const route *const[]){routes, contract_routes, change_routes, fee_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){pair_statements, contract_statements, change_statements, fee_statements, NULL},
    .flows = (const flow_kind *const[]){&pair_flow, NULL},
    .flow_files = files,
    .nav = nav,
    .day_begins = change_remind,
    .todo = todo,
};
