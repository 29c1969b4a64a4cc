/* SPDX-License-Identifier: Apache-2.0 */
/* outcome_page.c: lists of outcomes, one outcome with where else it stands, entering and deciding. */
#include "base/patent.h"
#include "gen/room/outcome/outcome_sql.h"
#include "room/document/document.h"
#include "room/outcome/outcome_parts.h"

static const struct choice states[] = {
    {"entered", N_("waits for the enterprise"), "blue"}, {"confirmed", N_("confirmed"), "green"}, {"declined", N_("declined"), "red"}, {"withdrawn", N_("withdrawn"), "secondary"}, {0},
};

static void name_row(ctx *c, view *row)
{
    view_choice(c->lang, row, S("kind"), outcome_kinds);
    view_choice(c->lang, row, S("state"), states);
}

/* ---- lists ------------------------------------------------------------------------------------------------------------ */

/* A filter that names no code of its table filters nothing. */
static str code_of(req *r, const char *name, const struct choice *all)
{
    str typed = req_arg(r, name);
    for (; all->code; all++)
        if (str_eqz(typed, all->code)) return typed;
    return (str){0};
}

typedef struct { int64_t before; str state, kind; } list_of;

static err read_filters(req *r, view *v, list_of *out)
{
    *out = (list_of){.state = code_of(r, "state", states), .kind = code_of(r, "kind", outcome_kinds)};
    web_filter_choices(r, v, "state", N_("State"), states);
    web_filter_choices(r, v, "kind", N_("Kind of outcome"), outcome_kinds);
    view_bool(v, S("filtered"), out->state.n || out->kind.n);
    return req_before(r, &out->before);
}

static err read_list(ctx *c, view *v, const list_of *l)
{
    const str items = S("items");
    bool agency = c->who.role == ROLE_AGENCY;
    if (!(WHO(c->who.role) & OFFICERS))
        return l->state.n ? store_rows(c, agency ? &outcome_of_agency_in_state : &outcome_of_enterprise_in_state, v, items, ARGS(l->before, c->who.org, l->state, l->kind))
                          : store_rows(c, agency ? &outcome_of_agency : &outcome_of_enterprise, v, items, ARGS(l->before, c->who.org, l->kind));
    if (l->state.n) return store_rows(c, &outcome_newest_in_state, v, items, ARGS(l->before, l->state, l->kind));
    return l->kind.n ? store_rows(c, &outcome_newest_of_kind, v, items, ARGS(l->before, l->kind)) : store_rows(c, &outcome_newest, v, items, ARGS(l->before));
}

/* An agreement, by its filing number, has a list of its own: there, if the reader may see it. */
static err go_to_agreement(req *r, str number, bool *gone)
{
    agreement m;
    int64_t id;
    TRY(store_int(r->ctx, &outcome_agreement_of_number, &id, ARGS(number)));
    *gone = id && !agreement_get(r->ctx, id, &m).kind;
    return *gone ? web_go(r, str_fmt(r->ctx->a, "/agreements/%lld/outcomes", (long long)id)) : NO_ERR;
}

/* GET /outcomes; the enterprise decides on those that wait here, many together */
static err list_outcomes(req *r)
{
    ctx *c = r->ctx;
    list_of l;
    str number = str_trim(req_arg(r, "agreement"));
    bool gone = false;
    if (number.n) TRY(go_to_agreement(r, number, &gone));
    if (gone) return NO_ERR;
    view *v = view_map(c->a);
    web_title(r, v, N_("Outcomes"), (str){0});
    TRY(read_filters(r, v, &l));
    web_filter(r, v, "agreement", N_("Filing number"));
    if (number.n) view_put_list(v, S("items")), view_bool(v, S("filtered"), true);
    else TRY(read_list(c, v, &l));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_row(c, row);
    bool deciding = c->who.role == ROLE_ENTERPRISE && str_eqz(l.state, "entered") && view_get(v, S("items"))->n;
    view_bool(v, S("deciding"), deciding);
    if (deciding) view_text(v, S("csrf"), form_key(r));
    view_bool(v, S("entering"), c->who.role == ROLE_AGENCY);
    web_cut(v, 50, "id");
    return web_page(r, "outcome/list", v);
}

/* GET /agreements/{id}/outcomes */
static err list_of_agreement(req *r)
{
    ctx *c = r->ctx;
    agreement m;
    list_of l;
    TRY(agreement_get(c, req_id(r), &m));
    view *v = view_map(c->a);
    web_title(r, v, N_("Outcomes of {0}"), m.subject);
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, str_fmt(c->a, "/agreements/%lld", (long long)m.id), m.subject);
    TRY(read_filters(r, v, &l));
    TRY(store_rows(c, &outcome_of_one_agreement, v, S("items"), ARGS(l.before, m.id, l.state, l.kind)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_row(c, row);
    view_int(v, S("agreement"), m.id);
    view_bool(v, S("may_enter"), c->who.role == ROLE_AGENCY && c->who.org == m.agency && str_eqz(m.node, "in_service"));
    web_cut(v, 50, "id");
    return web_page(r, "outcome/list", v);
}

/* ---- entering ---------------------------------------------------------------------------------------------------------- */

void outcome_show_formats(ctx *c, view *v)
{
    view *out = view_put_list(v, S("formats"));
    for (const struct choice *k = outcome_kinds; k->code; k++) {
        const outcome_format *f = outcome_format_of(str_of(k->code));
        view *row = view_add_map(out);
        view_code(row, S("kind"), str_of(k->code), tr(c->lang, k->label));
        view_text(row, S("pattern"), tr(c->lang, f->pattern));
        view_text(row, S("example"), str_of(f->example));
    }
}

/* GET /agreements/{id}/outcomes/new */
static err new_outcome(req *r)
{
    ctx *c = r->ctx;
    agreement m;
    TRY(agreement_get(c, req_id(r), &m));
    view *v = view_map(c->a);
    str path = str_fmt(c->a, "/agreements/%lld", (long long)m.id);
    web_title(r, v, N_("New outcome"), (str){0});
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, path, m.subject);
    view_text(v, S("enterprise_name"), m.enterprise_name);
    outcome_show_formats(c, v);
    form_show(r, v, "form", &outcome_new_shape, &(outcome_new){.agreement = m.id}, str_join(c->a, path, S("/outcomes")), N_("Enter the outcome"));
    return web_page(r, "outcome/new", v);
}

/* POST /agreements/{id}/outcomes */
static err enter(req *r)
{
    outcome_new n;
    TRY(form_read(r, &outcome_new_shape, &n));
    n.agreement = req_id(r);
    TRY(store_act(r->ctx, &outcome_enter, &n));
    web_say(r, N_("Entered; the enterprise is asked to confirm it."), (str){0}, (str){0});
    return web_made(r, outcome_href(r->ctx, n.id));
}

/* ---- one outcome ---------------------------------------------------------------------------------------------------------- */

/* Where the same number stands: with a link where the reader may read it. */
static err show_twins(ctx *c, const outcome *o, view *v)
{
    list all;
    TRY(store_list(c, &outcome_twins, &outcome_holding_shape, &all, ARGS(o->kind, o->normal, o->id)));
    view *rows = view_put_list(v, S("twins"));
    for (const outcome_holding *t = all.items; t < (const outcome_holding *)all.items + all.n; t++) {
        outcome other;
        view *row = view_add_map(rows);
        err e = outcome_get(c, t->id, &other);
        if (e.kind && e.kind != ERR_MISSING) return e;
        view_text(row, S("where"), e.kind ? tr(c->lang, N_("another agreement")) : other.agreement_number);
        if (!e.kind) view_text(row, S("href"), outcome_href(c, t->id));
    }
    int64_t elsewhere;
    TRY(store_int(c, &outcome_twins_of_zones, &elsewhere, ARGS(o->kind, o->normal)));
    if (elsewhere) view_text(view_add_map(rows), S("where"), tr(c->lang, N_("another zone")));
    return NO_ERR;
}

/* What belongs to the same agreement is no twin: one scan may prove several of its numbers. */
static bool own_file(ctx *c, const outcome *o, str object, int64_t id)
{
    outcome other;
    if (str_eqz(object, "application")) return id == o->application;
    if (str_eqz(object, "agreement")) return id == o->agreement;
    return str_eqz(object, "outcome") && !store_row(c, &outcome_row, &outcome_shape, &other, ARGS(id)).kind && other.agreement == o->agreement;
}

/* Whose application it is, its own room knows: officers may ask there. */
static bool may_see(ctx *c, str object, int64_t id)
{
    outcome o;
    agreement m;
    if (str_eqz(object, "outcome")) return !outcome_get(c, id, &o).kind;
    if (str_eqz(object, "agreement")) return !agreement_get(c, id, &m).kind;
    return (WHO(c->who.role) & OFFICERS) != 0;
}

/* The same bytes elsewhere: everybody learns that, and where, who may see it. */
static err show_twin_files(ctx *c, const outcome *o, view *v)
{
    view *found = view_map(c->a), *rows = view_put_list(v, S("twin_files"));
    TRY(document_twins(c, S("outcome"), o->id, found, S("rows")));
    for (const view *twin = view_get(found, S("rows"))->first; twin; twin = twin->next) {
        str object = view_get_text(twin, S("object")), word = choice_word(c->lang, document_objects, object);
        int64_t id = view_get_int(twin, S("object_id"), 0);
        if (own_file(c, o, object, id)) continue;
        view *row = view_add_map(rows);
        bool sees = may_see(c, object, id);
        view_text(row, S("where"), sees ? str_fmt(c->a, SF " %lld", SA(word), (long long)id) : word);
        if (sees) view_text(row, S("href"), str_fmt(c->a, "/" SF "s/%lld", SA(object), (long long)id));
    }
    return NO_ERR;
}

static void show_acts(req *r, view *v, const outcome *o)
{
    ctx *c = r->ctx;
    bool waits = str_eqz(o->state, "entered"), mine = c->who.role == ROLE_AGENCY && c->who.org == o->agency;
    outcome_ref one = {o->id};
    const outcome_verdict verdict = {.ids = {&one, 1}};
    if (waits && c->who.role == ROLE_ENTERPRISE) form_show(r, v, "verdict_form", &outcome_verdict_shape, &verdict, str_join(c->a, outcome_href(c, o->id), S("/decision")), N_("Decide"));
    if (waits && mine) form_show(r, v, "proof_form", &outcome_proof_shape, &(outcome_proof){.id = o->id}, str_join(c->a, outcome_href(c, o->id), S("/proof")), N_("Send the proof"));
    bool stands = waits || str_eqz(o->state, "confirmed");
    if (stands && !o->application && (mine || c->who.role == ROLE_BUREAU))
        form_show(r, v, "withdrawal_form", &outcome_withdrawal_shape, &(outcome_withdrawal){.id = o->id}, str_join(c->a, outcome_href(c, o->id), S("/withdrawal")), N_("Withdraw it"));
}

/* GET /outcomes/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    outcome o;
    TRY(outcome_get(c, req_id(r), &o));
    view *v = view_map(c->a);
    shape_view(&outcome_shape, &o, v);
    name_row(c, v);
    web_title(r, v, N_("Outcome {0}"), o.number);
    web_crumb(r, v, S("/outcomes"), tr(c->lang, N_("Outcomes")));
    TRY(show_twins(c, &o, v));
    TRY(show_twin_files(c, &o, v));
    show_acts(r, v, &o);
    return web_page(r, "outcome/outcome", v);
}

/* GET /outcomes/{id}/proof */
static err send_proof(req *r)
{
    outcome o;
    TRY(outcome_get(r->ctx, req_id(r), &o));
    return o.proof ? document_send(r, o.proof) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

/* POST /outcomes/{id}/proof */
static err prove(req *r)
{
    outcome_proof p;
    TRY(form_read(r, &outcome_proof_shape, &p));
    p.id = req_id(r);
    TRY(store_act(r->ctx, &outcome_prove, &p));
    return web_go(r, outcome_href(r->ctx, p.id));
}

/* POST /outcomes/{id}/decision */
static err decide_one(req *r)
{
    outcome_verdict d;
    outcome_ref one = {req_id(r)};
    TRY(form_read(r, &outcome_verdict_shape, &d));
    d.ids = (list){&one, 1};
    TRY(store_act(r->ctx, &outcome_decide, &d));
    web_say(r, N_("Done; the agency is told."), (str){0}, (str){0});
    return web_go(r, outcome_href(r->ctx, one.id));
}

/* POST /outcomes/decisions: those that are ticked */
static err decide_many(req *r)
{
    outcome_verdict d;
    TRY(form_read(r, &outcome_verdict_shape, &d));
    TRY(store_act(r->ctx, &outcome_decide, &d));
    web_say(r, N_("Done; the agency is told."), (str){0}, (str){0});
    return web_go(r, S("/outcomes"));
}

/* POST /outcomes/{id}/withdrawal */
static err withdraw(req *r)
{
    outcome_withdrawal w;
    TRY(form_read(r, &outcome_withdrawal_shape, &w));
    w.id = req_id(r);
    TRY(store_act(r->ctx, &outcome_withdraw, &w));
    return web_go(r, outcome_href(r->ctx, w.id));
}

/* On the page of an agreement: its newest. */
static err beside(ctx *c, str object, int64_t id, view *v)
{
    if (!str_eqz(object, "agreement")) return NO_ERR;
    TRY(store_rows(c, &outcome_of_one_agreement, v, S("outcomes"), ARGS(INT64_MAX, id, S(""), S(""))));
    for (view *row = view_get(v, S("outcomes"))->first; row; row = row->next) name_row(c, row);
    return NO_ERR;
}

/* ---- what waits ------------------------------------------------------------------------------------------------------------ */

static err todo(ctx *c, view *out)
{
    if (c->who.role != ROLE_ENTERPRISE) return NO_ERR;
    view *found = view_map(c->a);
    TRY(store_rows(c, &outcome_waiting_of, found, S("rows"), ARGS(c->who.org)));
    for (const view *o = view_get(found, S("rows"))->first; o; o = o->next)
        todo_add(c, out, &(todo_row){
            .kind = "outcome", .kind_name = N_("Outcome"), .step = S("confirm"), .step_name = tr(c->lang, N_("Confirm or decline")),
            .title = str_fmt(c->a, SF " · " SF, SA(view_get_text(o, S("number"))), SA(view_get_text(o, S("agency_name")))),
            .href = outcome_href(c, view_get_int(o, S("id"), 0)), .since_day = view_get_int(o, S("entered_day"), 0)});
    return NO_ERR;
}

#define ENDERS (WHO(ROLE_AGENCY) | WHO(ROLE_BUREAU))
const route outcome_routes[] = {
    {GET, "/outcomes", PARTY, list_outcomes, N_("List the outcomes"), .counter = "outcome"},
    {POST, "/outcomes/decisions", WHO(ROLE_ENTERPRISE), decide_many, N_("Confirm or decline several outcomes"), .form = &outcome_verdict_shape, .back = "/outcomes", .counter = "outcome"},
    {GET, "/outcomes/{id}", PARTY, show, N_("Read one outcome"), .counter = "outcome"},
    {GET, "/outcomes/{id}/proof", PARTY, send_proof, N_("Read the proof of an outcome"), .counter = "outcome"},
    {POST, "/outcomes/{id}/proof", WHO(ROLE_AGENCY), prove, N_("Give the proof of an outcome"), .form = &outcome_proof_shape, .back = "/outcomes/{id}", .counter = "outcome"},
    {POST, "/outcomes/{id}/decision", WHO(ROLE_ENTERPRISE), decide_one, N_("Confirm or decline an outcome"), .form = &outcome_verdict_shape, .back = "/outcomes/{id}", .counter = "outcome"},
    {POST, "/outcomes/{id}/withdrawal", ENDERS, withdraw, N_("Withdraw an outcome"), .form = &outcome_withdrawal_shape, .back = "/outcomes/{id}", .counter = "outcome"},
    {GET, "/agreements/{id}/outcomes", PARTY, list_of_agreement, N_("List the outcomes of an agreement"), .counter = "outcome"},
    {GET, "/agreements/{id}/outcomes/new", WHO(ROLE_AGENCY), new_outcome, N_("Fields of an outcome"), .counter = "outcome"},
    {POST, "/agreements/{id}/outcomes", WHO(ROLE_AGENCY), enter, N_("Enter an outcome"), .form = &outcome_new_shape, .back = "/agreements/{id}/outcomes/new", .counter = "outcome"},
    {0},
};
static const nav_item nav[] = {{"/outcomes", N_("Outcomes"), "shield-check", PARTY, 42, NULL}, {0}};
static const action *const actions[] = {&outcome_enter, &outcome_prove, &outcome_decide, &outcome_withdraw, &entry_take, NULL};

const room outcome_room = {
    .name = "outcome",
    .routes = (const route *const[]){outcome_routes, entry_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){outcome_statements, NULL},
    .nav = nav,
    .todo = todo,
    .beside = beside,
};
