/* SPDX-License-Identifier: Apache-2.0 */
/* application_page.c: the list of applications, the draft, the application with everything that belongs to it. */
#include "base/days.h"
#include "base/patent.h"
#include "gen/room/subsidy/application_sql.h"
#include "room/document/document.h"
#include "room/notice/notice.h"
#include "room/pair/pair.h"
#include "room/phrase/phrase.h"
#include "room/policy/policy.h"
#include "room/subsidy/application.h"
#include "room/subsidy/application_rights.h"
#include "room/subsidy/original.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/payment.h"
#include "room/subsidy/reduction.h"
#include "room/subsidy/reversal.h"

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/applications/%lld", (long long)id); }

/* What a row is called by; neighbours mostly share it. */
typedef struct { int64_t flow_id, month; const flow *f; str month_words, month_text, kind, kind_name; } row_words;

static err name_step(ctx *c, view *row, row_words *w)
{
    int64_t id = view_get_int(row, S("flow_id"), 0);
    if (!w->f || id != w->flow_id) TRY(flow_version(c, id, &w->f));
    w->flow_id = id;
    application_show_step(c, row, w->f, view_get_text(row, S("node")));
    return NO_ERR;
}

static void name_month(ctx *c, view *row, row_words *w)
{
    int64_t month = view_get_int(row, S("month"), 0);
    if (month != w->month) w->month_words = month_words(c->a, month, c->lang), w->month_text = month_text(c->a, month);
    w->month = month;
    view_text(row, S("month_name"), month ? w->month_words : S(""));
    view_text(row, S("month"), month ? w->month_text : S(""));
}

static void name_kind(ctx *c, view *row, row_words *w)
{
    str code = view_get_text(row, S("outcome_kind"));
    if (!code.n) return;
    if (!str_eq(code, w->kind)) w->kind = code, w->kind_name = choice_word(c->lang, outcome_kinds, code);
    view_code(row, S("outcome_kind"), code, w->kind_name);
}

err application_finish_rows(ctx *c, view *items)
{
    row_words words = {0};
    for (view *row = items->first; row; row = row->next) {
        TRY(name_step(c, row, &words));
        name_month(c, row, &words);
        name_kind(c, row, &words);
        const view *due = view_get(row, S("due_day"));
        view_bool(row, S("late"), due && due->kind == V_DAY && due->i < c->today);
    }
    return NO_ERR;
}

/* ---- the list: one statement for each way to filter it ------------------------------------------------------------------ */

static err read_rows(ctx *c, view *v, int64_t before, str step, int64_t month, int64_t of)
{
    const char *none = "items";
    switch (c->who.role) {
    case ROLE_AGENCY:
        if (step.n) return store_rows(c, &application_of_agency_at_step, v, str_of(none), ARGS(before, c->who.org, step));
        return store_rows(c, &application_of_agency, v, str_of(none), ARGS(before, c->who.org));
    case ROLE_ENTERPRISE:
        if (step.n) return store_rows(c, &application_of_enterprise_at_step, v, str_of(none), ARGS(before, c->who.org, step));
        return store_rows(c, &application_of_enterprise, v, str_of(none), ARGS(before, c->who.org));
    default:
        if (of) return store_rows(c, &application_of_org, v, str_of(none), ARGS(before, of));
        if (step.n && month) return store_rows(c, &application_of_month_at_step, v, str_of(none), ARGS(before, month, step));
        if (month) return store_rows(c, &application_of_month, v, str_of(none), ARGS(before, month));
        if (step.n) return store_rows(c, &application_at_step, v, str_of(none), ARGS(before, step));
        return store_rows(c, &application_newest, v, str_of(none), ARGS(before));
    }
}

static void show_filters(req *r, view *v, const flow *f, bool officer)
{
    ctx *c = r->ctx;
    web_filter(r, v, "number", N_("Number"));
    view *steps = web_filter(r, v, "step", N_("Step"));
    for (int i = 0; i < f->node_n; i++) {
        const flow_node *n = &f->nodes[i];
        if (n->kind == NODE_TASK || n->kind == NODE_TIMER || n->kind == NODE_END) web_filter_option(steps, n->id, flow_node_name(n, c->lang));
    }
    if (!officer) return;
    view *months = web_filter(r, v, "month", N_("Batch"));
    for (int64_t m = month_of(c->today) + 1, end = m - 18; m > end; m--) web_filter_option(months, month_text(c->a, m), month_words(c->a, m, c->lang));
}

/* Where the filter names a step that this person decides one by one, its rows can be decided from the list (feature H3). */
static err show_bulk(ctx *c, view *v, const flow *f, str step)
{
    const flow_node *n = step.n ? flow_node_of(f, step) : NULL;
    bool mine = n && n->kind == NODE_TASK && !n->batch && n->role == c->who.role && (WHO(c->who.role) & OFFICERS);
    if (!mine || !view_get(v, S("items"))->n) return NO_ERR;
    const flow_edge *all[16];
    view *choices = view_put_list(view_put_map(v, S("bulk")), S("choices"));
    for (int i = 0, count = flow_choices(n, all, 16); i < count; i++) {
        view *one = view_add_map(choices);
        view_text(one, S("id"), all[i]->id);
        view_text(one, S("name"), flow_choice_name(all[i], c->lang));
        view_bool(one, S("primary"), i == 0);
    }
    return NO_ERR;
}

typedef struct { int64_t before, month, org; str step; const flow *f; } list_of;

static err fill_list(req *r, view *v, const void *of)
{
    ctx *c = r->ctx;
    const list_of *l = of;
    bool officer = c->who.role != ROLE_AGENCY && c->who.role != ROLE_ENTERPRISE;
    web_title(r, v, N_("Applications"), (str){0});
    TRY(read_rows(c, v, l->before, l->step, l->month, l->org));
    TRY(application_finish_rows(c, view_get(v, S("items"))));
    show_filters(r, v, l->f, officer);
    TRY(show_bulk(c, v, l->f, l->step));
    view_bool(v, S("officer"), officer);
    view_bool(v, S("may_start"), c->who.role == ROLE_AGENCY);
    view_bool(v, S("filtered"), l->step.n || l->month || l->org);
    web_cut(v, 50, "id");
    view_int(v, S("shown"), view_get(v, S("items"))->n);
    return NO_ERR;
}

/* All officers who decide nothing there see the same list, and so do the people of one organisation. */
static str key_of_list(ctx *c, const list_of *l)
{
    const flow_node *n = l->step.n ? flow_node_of(l->f, l->step) : NULL;
    if (n && n->kind == NODE_TASK && !n->batch && n->role == c->who.role) return (str){0}; /* with forms of the reader's own */
    bool own = c->who.role == ROLE_AGENCY || c->who.role == ROLE_ENTERPRISE;
    return str_fmt(c->a, "%s|%lld|%lld|%lld|%lld|" SF, own ? role_code[c->who.role] : "officer", own ? (long long)c->who.org : 0LL, (long long)l->before, (long long)l->month,
                   (long long)l->org, SA(l->step));
}

/* Nobody remembers half a number: the one it is, or none. */
static err find_number(req *r, str number, bool *gone)
{
    int64_t id;
    application a;
    TRY(store_int(r->ctx, &application_by_number, &id, ARGS(number)));
    *gone = id && !application_get(r->ctx, id, &a).kind;
    return *gone ? web_go(r, path_of(r->ctx, id)) : NO_ERR;
}

static err show_nothing(req *r, view *v, const flow *f)
{
    view_put_list(v, S("items"));
    show_filters(r, v, f, (WHO(r->ctx->who.role) & OFFICERS) != 0);
    view_bool(v, S("filtered"), true);
    return web_page(r, "subsidy/applications", v);
}

/* GET /applications */
static err list_applications(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    bool gone;
    list_of l = {.step = str_trim(req_arg(r, "step")), .org = req_arg_int(r, "organisation", 0)};
    str number = str_trim(req_arg(r, "number"));
    TRY(req_before(r, &before));
    l.before = before;
    if (!month_parse(req_arg(r, "month"), &l.month)) l.month = 0;
    TRY(flow_current(c, S("subsidy"), &l.f));
    view *v = view_map(c->a);
    web_title(r, v, N_("Applications"), (str){0});
    if (number.n) {
        TRY(find_number(r, number, &gone));
        return gone ? NO_ERR : show_nothing(r, v, l.f);
    }
    TRY(web_part(r, v, key_of_list(c, &l), "subsidy/application_list", fill_list, &l));
    return web_page(r, "subsidy/applications", v);
}

/* The agency's newest applications, to copy from. */
static err show_copies(ctx *c, view *v)
{
    view *found = view_map(c->a), *copies = view_list(c->a);
    TRY(store_rows(c, &application_of_agency, found, S("rows"), ARGS(INT64_MAX, c->who.org)));
    for (const view *row = view_get(found, S("rows"))->first; row; row = row->next) {
        str number = view_get_text(row, S("number"));
        if (!number.n) continue;
        view *one = view_add_map(copies);
        view_int(one, S("code"), view_get_int(row, S("id"), 0));
        view_text(one, S("label"), str_fmt(c->a, SF " · " SF " · " SF, SA(number), SA(view_get_text(row, S("enterprise_name"))),
                                           SA(choice_word(c->lang, outcome_kinds, view_get_text(row, S("outcome_kind"))))));
    }
    form_options(view_get(v, S("form")), "copy", copies);
    return NO_ERR;
}

/* GET /applications/new */
static err new_application(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    int64_t chosen = req_arg_int(r, "agreement", 0), live = 0;
    application_start_in now = {.agreement = chosen, .copy = req_arg_int(r, "copy", 0)};
    web_title(r, v, N_("New application"), (str){0});
    web_crumb(r, v, S("/applications"), tr(c->lang, N_("Applications")));
    if (chosen) TRY(store_int(c, &application_live_of_agreement, &live, ARGS(chosen)));
    if (live) view_int(v, S("live"), live); /* the draft that is there is offered first */
    TRY(agreement_options(c, v, S("agreements")));
    form_show(r, v, "form", &application_start_shape, &now, S("/applications"), N_("Start the application"));
    form_options(view_get(v, S("form")), "agreement", view_get(v, S("agreements")));
    TRY(show_copies(c, v));
    view_bool(v, S("none"), view_get(v, S("agreements"))->n == 0);
    return web_page(r, "subsidy/new", v);
}

/* POST /applications */
static err start(req *r)
{
    application_start_in s;
    TRY(form_read(r, &application_start_shape, &s));
    TRY(store_act(r->ctx, &application_start, &s));
    return web_made(r, r->program ? path_of(r->ctx, s.id) : str_fmt(r->ctx->a, "/applications/%lld/edit", (long long)s.id));
}

static application_draft_in draft_of(const application *a)
{
    return (application_draft_in){.id = a->id, .draft = a->draft, .outcome_kind = a->outcome_kind, .outcome_number = a->outcome_number,
                                  .outcome_day = a->outcome_day, .service_from = a->service_from, .service_to = a->service_to,
                                  .base_fen = a->base_fen, .grade = a->grade, .contract = a->contract_doc, .letter = a->letter_doc,
                                  .proof = a->proof_doc};
}

static void leave_out(view *form, str name)
{
    for (view *f = view_get(form, S("fields"))->first; f; f = f->next)
        if (str_eq(view_get_text(f, S("name")), name)) view_bool(f, S("unused"), true);
}

/* What the policy pays for and by which grades: only these can be chosen. */
static err narrow_form(ctx *c, view *v, const application *a)
{
    policy_version p;
    bool base;
    TRY(policy_get(c, a->policy_version, &p));
    view *form = view_get(v, S("form")), *kinds = view_list(c->a);
    for (const struct choice *k = outcome_kinds; k->code; k++) {
        if (!policy_pays_for(&p, str_of(k->code))) continue;
        view *one = view_add_map(kinds);
        view_text(one, S("code"), str_of(k->code));
        view_text(one, S("label"), tr(c->lang, k->label));
    }
    form_options(form, "outcome_kind", kinds);
    TRY(policy_wants(c, &p, &base, v, S("grades")));
    form_options(form, "grade", view_get(v, S("grades")));
    if (!base) leave_out(form, S("base_fen"));
    if (!view_get(v, S("grades"))->n) leave_out(form, S("grade"));
    view_bool(form, S("is_draft"), true);
    return NO_ERR;
}

/* Beside the form: what the agreement and the policy say, and the amount that follows from what is stored. */
static void show_rule(view *v, const application *a)
{
    view *now = view_put_map(v, S("so_far"));
    view_text(now, S("item_name"), a->item_name);
    view_text(now, S("enterprise_name"), a->enterprise_name);
    view_text(now, S("agency_name"), a->agency_name);
    view_text(now, S("policy_title"), a->policy_title);
    view_int(now, S("quantity"), a->quantity);
    view_fen(now, S("amount_fen"), a->amount_fen);
    view_fen(now, S("reward_fen"), a->reward_fen);
    view_text(now, S("explained"), a->explained);
}

static const char *const its_files[] = {"contract", "letter", "proof"};

/* GET /applications/{id}/edit */
static err edit(req *r)
{
    ctx *c = r->ctx;
    application a;
    bool may, files;
    TRY(application_get(c, req_id(r), &a));
    TRY(application_writes(c, &a, APP_FACTS, &may));
    TRY(application_writes(c, &a, APP_FILES, &files));
    if (!may) return err_of(ERR_CONFLICT, "", N_("The application is not with you now, so its facts cannot be changed."));
    application_draft_in now = draft_of(&a);
    view *v = view_map(c->a);
    web_title(r, v, N_("Facts of the application"), (str){0});
    web_crumb(r, v, S("/applications"), tr(c->lang, N_("Applications")));
    web_crumb(r, v, path_of(c, a.id), a.number.n ? a.number : a.item_name);
    bool amending = c->who.role == ROLE_BUREAU;
    str to = amending ? str_fmt(c->a, "/applications/%lld/amend", (long long)a.id) : path_of(c, a.id);
    form_show(r, v, "form", &application_draft_shape, &now, to, N_("Save"));
    view *form = view_get(v, S("form"));
    if (!amending) view_text(form, S("autosave"), to);
    view_text(form, S("cancel_href"), path_of(c, a.id));
    if (r->status == 409) TRY(application_show_facts(c, &a, v, S("stored")));
    TRY(narrow_form(c, v, &a));
    for (int i = 0; !files && i < countof(its_files); i++) leave_out(form, str_of(its_files[i]));
    show_rule(v, &a);
    return web_page(r, "subsidy/edit", v);
}

/* POST /applications/{id}: a person saves the draft, the page saves it by itself, a program sends it */
static err save(req *r)
{
    application_draft_in d;
    TRY(form_read(r, &application_draft_shape, &d));
    d.id = req_id(r);
    TRY(store_act(r->ctx, &application_save, &d));
    web_say(r, N_("The draft is saved."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, d.id));
}

/* POST /applications/{id}/amend */
static err amend(req *r)
{
    application_draft_in d;
    TRY(form_read(r, &application_draft_shape, &d));
    d.id = req_id(r);
    TRY(store_act(r->ctx, &application_amend, &d));
    web_say(r, N_("The facts are amended."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, d.id));
}

/* POST /applications/{id}/confirm */
static err confirm(req *r)
{
    application_ref a = {req_id(r)};
    TRY(store_act(r->ctx, &application_confirm, &a));
    web_say(r, N_("Confirmed: the agency can submit the application now."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, a.id));
}

/* Everything still missing before it can be submitted, told beforehand. */
static err show_missing(ctx *c, view *v, const application *a)
{
    view *kept = c->errors;
    c->errors = NULL;
    err e = application_complete(c, a);
    view *found = c->errors;
    c->errors = kept;
    if (e.kind && e.kind != ERR_INPUT) return e;
    view_adopt(v, S("missing"), found ? view_copy(c->a, found) : view_list(c->a));
    return NO_ERR;
}

static void show_deficiency_form(req *r, view *v, const application *a)
{
    ctx *c = r->ctx;
    deficiency_new blank = {.case_id = a->id};
    form_show(r, v, "deficiency_form", &deficiency_new_shape, &blank, str_fmt(c->a, "/applications/%lld/deficiencies", (long long)a->id), N_("Note this item"));
    view *options = view_list(c->a);
    for (const struct choice *i = application_items; i->code; i++) {
        view *one = view_add_map(options);
        view_text(one, S("code"), str_of(i->code));
        view_text(one, S("label"), tr(c->lang, i->label));
    }
    form_options(view_get(v, S("deficiency_form")), "item", options);
}

static err show_money(ctx *c, view *v, const application *a)
{
    view_text(v, S("month_name"), a->month ? month_words(c->a, a->month, c->lang) : S(""));
    view_text(v, S("month"), a->month ? month_text(c->a, a->month) : S(""));
    name_kind(c, v, &(row_words){0});
    TRY(application_differences(c, a, v));
    return (WHO(c->who.role) & OFFICERS) ? application_twins(c, a, v) : NO_ERR;
}

/* What each file is: the word of its place in the form. */
static void name_files(ctx *c, view *files)
{
    for (view *f = files->first; f; f = f->next) {
        str as = view_get_text(f, S("used_as"));
        str label = str_eqz(as, "agreement") ? tr(c->lang, N_("Filed agreement")) : as;
        for (const struct choice *i = application_items; i->code; i++)
            if (str_eqz(as, i->code)) label = tr(c->lang, i->label);
        view_code(f, S("used_as"), as, label);
        view_int(f, S("kb"), (view_get_int(f, S("bytes"), 0) + 1023) / 1024);
    }
}

/* By when: the due day of a task or the last day of a waiting time, and the working days left until then. */
static err show_time(ctx *c, view *v, const flow_case *k)
{
    int64_t left;
    if (k->timer_day) view_day(v, S("timer_day"), k->timer_day);
    int64_t by = k->timer_day ? k->timer_day : k->due_day;
    if (!by) return NO_ERR;
    view_bool(v, S("late"), !k->timer_day && by < c->today);
    view_bool(v, S("due_today"), !k->timer_day && by == c->today);
    if (by >= c->today && !workday_between(c->days, c->today, by, &left).kind) view_int(v, S("left_days"), left);
    return NO_ERR;
}

/* GET /applications/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    application a;
    const flow *f;
    flow_case k;
    TRY(application_get(c, req_id(r), &a));
    TRY(flow_version(c, a.flow_id, &f));
    TRY(flow_case_get(c, a.id, &k));
    view *v = view_map(c->a);
    shape_view(&application_shape, &a, v);
    view_put(v, S("confirmed_facts"), V_NULL);
    web_title(r, v, a.number.n ? N_("Application {0}") : N_("Draft application"), a.number);
    web_crumb(r, v, S("/applications"), tr(c->lang, N_("Applications")));
    TRY(subsidy_name_step(c, v, a.flow_id, a.node));
    TRY(show_money(c, v, &a));
    bool preparing = str_eqz(a.node, "prepare"), may_edit, may_confirm;
    view_bool(v, S("preparing"), preparing);
    TRY(application_writes(c, &a, APP_FACTS, &may_edit));
    view_bool(v, S("may_edit"), may_edit);
    TRY(application_writes(c, &a, APP_CONFIRMATION, &may_confirm));
    view_bool(v, S("may_confirm"), may_confirm && a.quantity > 0);
    view_bool(v, S("audits"), c->who.role == ROLE_AUDITOR);
    view_bool(v, S("reviewing"), (WHO(c->who.role) & OFFICERS) != 0);
    TRY(show_time(c, v, &k));
    view_bool(v, S("needs_flow"), true);
    view_text(v, S("flow_bpmn"), str_fmt(c->a, "/flows/%lld/file", (long long)f->id));
    view_text(v, S("here"), a.node);
    view_bool(v, S("may_copy"), c->who.role == ROLE_AGENCY && a.number.n);
    if (preparing && c->who.role == ROLE_AGENCY) TRY(show_missing(c, v, &a));
    TRY(document_list(c, S("application"), a.id, v, S("files")));
    TRY(paper_of_application(c, a.id, v, S("papers")));
    TRY(payment_of_application(c, a.id, v, S("payments")));
    TRY(deficiency_show(c, a.id, application_items, v));
    TRY(notice_objections(c, a.id, v));
    TRY(reversal_show(c, f, &a, v));
    TRY(reduction_show(c, a.id, v));
    flow_show(c, f, a.node, v);
    TRY(flow_show_history(c, a.id, v));
    TRY(flow_show_choices(c, f, &k, v));
    TRY(subsidy_show_pace(c, f, a.node, v));
    view *choices = view_get(v, S("choices"));
    bool decides = choices && choices->n, batched = view_get(v, S("choices_batch")) && view_get(v, S("choices_batch"))->i;
    view_bool(v, S("can_decide"), decides && !batched);
    view_text(v, S("move_action"), str_fmt(c->a, "/applications/%lld/moves", (long long)a.id));
    view_text(v, S("flow_href"), str_fmt(c->a, "/flows/%lld?here=" SF, (long long)f->id, SA(a.node)));
    if (decides && (WHO(c->who.role) & (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_COMMITTEE) | WHO(ROLE_FINANCE))))
        show_deficiency_form(r, v, &a);
    view_bool(v, S("has_deficiencies"), view_get(v, S("deficiencies"))->n || view_get(v, S("deficiency_form")));
    name_files(c, view_get(v, S("files")));
    if (WHO(c->who.role) & OFFICERS) TRY(phrase_show(r, v));
    TRY(original_show(c, a.id, view_get(v, S("files"))));
    return web_page(r, "subsidy/application", v);
}

/* POST /applications/{id}/moves */
static err move(req *r)
{
    application_move_in m;
    TRY(form_read(r, &application_move_shape, &m));
    m.id = req_id(r);
    TRY(store_act(r->ctx, &application_move, &m));
    web_say(r, N_("Done: the application has moved on."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, m.id));
}

/* POST /applications/{id}/deficiencies */
static err raise(req *r)
{
    deficiency_new d;
    application a;
    TRY(form_read(r, &deficiency_new_shape, &d));
    TRY(application_get(r->ctx, req_id(r), &a));
    d.case_id = a.id;
    d.owner_org = a.agency;
    TRY(store_act(r->ctx, &deficiency_raise, &d));
    return web_go(r, path_of(r->ctx, a.id));
}

/* GET /applications/{id}/files/{document} */
static err fetch(req *r)
{
    application a;
    int64_t doc;
    bool linked;
    TRY(application_get(r->ctx, req_id(r), &a));
    if (!str_int(req_part(r, "document"), &doc)) return err_of(ERR_MISSING, "", N_("There is no such file."));
    TRY(document_linked(r->ctx, S("application"), a.id, doc, &linked));
    return linked ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

/* ---- what waits ------------------------------------------------------------------------------------------------------------ */

static err add_todo(ctx *c, const stmt *s, args with, view *out, const char *kind)
{
    view *found = view_map(c->a);
    TRY(store_rows(c, s, found, S("rows"), with));
    TRY(application_finish_rows(c, view_get(found, S("rows"))));
    for (const view *row = view_get(found, S("rows"))->first; row; row = row->next) {
        str number = view_get_text(row, S("number"));
        const view *step = view_get(row, S("step"));
        todo_add(c, out, &(todo_row){
            .kind = "application", .kind_name = kind, .href = path_of(c, view_get_int(row, S("id"), 0)), .step = step->s, .step_name = step->label,
            .title = str_fmt(c->a, SF "%s" SF " · " SF, SA(number), number.n ? " · " : "", SA(view_get_text(row, S("enterprise_name"))), SA(view_get_text(row, S("agency_name")))),
            .since_day = view_get_int(row, S("since_day"), 0), .due_day = view_get_int(row, S("due_day"), 0), .amount_fen = view_get_int(row, S("amount_fen"), 0)});
    }
    return NO_ERR;
}

/* The tasks of the flow that this role decides one by one. */
err application_todo(ctx *c, view *out)
{
    if (c->who.role == ROLE_AGENCY) return add_todo(c, &application_todo_of_agency, ARGS(c->who.org), out, N_("Application"));
    if (c->who.role == ROLE_ENTERPRISE) return add_todo(c, &application_todo_of_enterprise, ARGS(c->who.org), out, N_("Application to confirm"));
    const flow *f;
    TRY(flow_current(c, S("subsidy"), &f));
    for (int i = 0; i < f->node_n; i++) {
        const flow_node *n = &f->nodes[i];
        if (n->kind == NODE_TASK && !n->batch && n->role == c->who.role) TRY(add_todo(c, &application_todo_at_step, ARGS(n->id), out, N_("Application")));
    }
    return NO_ERR;
}

err application_waiting(ctx *c, int64_t *out)
{
    *out = 0;
    if (c->who.role != ROLE_ALLIANCE) return NO_ERR;
    return store_int(c, &application_waiting_at_step, out, ARGS(S("compliance")));
}

#define SEES (PARTY | WHO(ROLE_DEPARTMENT))
const route application_routes[] = {
    {GET, "/applications", SEES, list_applications, N_("List the applications"), .counter = "application outcome"},
    {GET, "/applications/new", WHO(ROLE_AGENCY), new_application, N_("Fields of an application"), .counter = "application"},
    {POST, "/applications", WHO(ROLE_AGENCY), start, N_("Start an application"), .form = &application_start_shape, .back = "/applications/new", .counter = "application"},
    {GET, "/applications/{id}", SEES, show, N_("Read one application"), .counter = "application outcome"},
    {GET, "/applications/{id}/edit", WHO(ROLE_AGENCY) | WHO(ROLE_BUREAU), edit, N_("Fields of an application's facts"), .counter = "application"},
    {POST, "/applications/{id}", WHO(ROLE_AGENCY), save, N_("Save an application's draft"), .form = &application_draft_shape, .back = "/applications/{id}/edit", .counter = "application"},
    {POST, "/applications/{id}/amend", WHO(ROLE_BUREAU), amend, N_("Amend an application's facts after an objection"), .form = &application_draft_shape, .back = "/applications/{id}/edit"},
    {POST, "/applications/{id}/confirm", WHO(ROLE_ENTERPRISE), confirm, N_("Confirm an application made in the enterprise's name"), .back = "/applications/{id}", .counter = "outcome"},
    {POST, "/applications/{id}/moves", SEES & ~WHO(ROLE_AUDITOR), move, N_("Decide the step it waits at"), .form = &application_move_shape, .back = "/applications/{id}", .counter = "application"},
    {POST, "/applications/{id}/deficiencies", OFFICERS & ~WHO(ROLE_AUDITOR), raise, N_("Note what an application lacks"), .form = &deficiency_new_shape, .back = "/applications/{id}"},
    {GET, "/applications/{id}/files/{document}", SEES, fetch, N_("Read a file of an application"), .counter = "application outcome"},
    {0},
};
