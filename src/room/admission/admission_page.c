/* SPDX-License-Identifier: Apache-2.0 */
/* admission_page.c: the applications for admission, one with its checklist, one line of it, and what waits for whom. */
#include "gen/room/admission/admission_sql.h"
#include "gen/room/admission/class_sql.h"
#include "gen/room/admission/evidence_sql.h"
#include "room/admission/admission_parts.h"
#include "room/document/document.h"
#include "room/member/member.h"

static str name_of(const ctx *c, const admission *a) { return c->lang == LANG_EN && a->org_name_en.n ? a->org_name_en : a->org_name; }

static err put_admission(ctx *c, const admission *a, view *v)
{
    const flow *f;
    shape_view(&admission_shape, a, v);
    view_text(v, S("org_name"), name_of(c, a));
    view_choice(c->lang, v, S("org_state"), org_states);
    TRY(flow_version(c, a->flow_id, &f));
    const flow_node *n = flow_node_of(f, a->node);
    view_code(v, S("step"), a->node, n ? flow_node_name(n, c->lang) : a->node);
    if (n && n->kind == NODE_TASK) view_code(v, S("role"), str_of(role_code[n->role]), tr(c->lang, role_label[n->role]));
    view_text(v, S("tone"), str_eqz(a->node, "member") ? S("green") : str_eqz(a->node, "warned") || str_eqz(a->node, "suspended") ? S("red") : a->is_open ? S("blue") : S("secondary"));
    return NO_ERR;
}

static err put_all(ctx *c, view *items, const list *all)
{
    for (const admission *a = all->items; a < (const admission *)all->items + all->n; a++) TRY(put_admission(c, a, view_add_map(items)));
    return NO_ERR;
}

/* GET /admissions */
static err list_admissions(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    list all;
    const flow *f;
    str step = req_arg(r, "step");
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    web_title(r, v, N_("Admissions"), (str){0});
    TRY(step.n ? store_list(c, &admission_at_node_after, &admission_shape, &all, ARGS(before, step)) : store_list(c, &admission_all_after, &admission_shape, &all, ARGS(before)));
    TRY(put_all(c, view_put_list(v, S("items")), &all));
    TRY(flow_current(c, S("admission"), &f));
    view *steps = web_filter(r, v, "step", N_("Step"));
    for (int i = 0; i < f->node_n; i++)
        if (f->nodes[i].kind == NODE_TASK || f->nodes[i].kind == NODE_END) web_filter_option(steps, f->nodes[i].id, flow_node_name(&f->nodes[i], c->lang));
    web_cut(v, 50, "id");
    return web_page(r, "admission/list", v);
}

static err list_of_org(req *r, int64_t id)
{
    ctx *c = r->ctx;
    org o;
    list all;
    TRY(member_get(c, id, &o));
    bool own = c->who.org == id, running = false;
    if (!str_eqz(o.kind, "agency") || (!own && !(WHO(c->who.role) & OFFICERS))) return err_of(ERR_MISSING, "", N_("There is no such organisation."));
    view *v = view_map(c->a);
    web_title(r, v, N_("Admission of {0}"), org_name(c, &o));
    web_crumb(r, v, str_fmt(c->a, "/organisations/%lld", (long long)id), org_name(c, &o));
    TRY(store_list(c, &admission_all_of_org, &admission_shape, &all, ARGS(id)));
    for (int i = 0; i < all.n; i++) running |= ((const admission *)all.items)[i].is_open;
    TRY(put_all(c, view_put_list(v, S("items")), &all));
    view_bool(v, S("may_begin"), own && c->who.role == ROLE_AGENCY && !running);
    return web_page(r, "admission/of_org", v);
}

/* GET /organisations/{id}/admission */
static err of_org(req *r) { return list_of_org(r, req_id(r)); }
/* GET /admission: one's own */
static err of_own(req *r) { return list_of_org(r, r->ctx->who.org); }

/* POST /admissions */
static err begin(req *r)
{
    admission_begin_in b = {0};
    TRY(store_act(r->ctx, &admission_begin, &b));
    return web_made(r, admission_path(r->ctx, b.id));
}

/* ---- one admission -------------------------------------------------------------------------------------------------------- */

static const struct choice findings[] = {{"", N_("waits to be judged"), "blue"}, {"passed", N_("passed"), "green"}, {"failed", N_("not passed"), "red"}, {0}};

static void name_finding(ctx *c, view *row)
{
    view_text(row, S("finding"), view_get_text(row, S("verdict")));
    view_choice(c->lang, row, S("finding"), findings);
    int64_t expiry = view_get_int(row, S("expiry_day"), 0);
    view_bool(row, S("expired"), expiry && expiry < c->today);
    view_bool(row, S("expires_soon"), expiry && expiry >= c->today && expiry <= c->today + WARN_DAYS);
}

static err show_checklist(ctx *c, const admission *a, view *v)
{
    list all;
    TRY(store_list(c, &evidence_newest_of_lines, &evidence_shape, &all, ARGS(a->id)));
    view *rows = view_put_list(v, S("lines"));
    for (const admission_line *l = admission_lines; l->code; l++) {
        view *row = view_add_map(rows);
        view_code(row, S("line"), str_of(l->code), tr(c->lang, l->label));
        view_text(row, S("href"), str_fmt(c->a, SF "/lines/%s", SA(admission_path(c, a->id)), l->code));
        for (const evidence *e = all.items; e < (const evidence *)all.items + all.n; e++) {
            if (!str_eqz(e->line, l->code)) continue;
            view_text(row, S("verdict"), e->verdict);
            view_day(row, S("given_day"), e->given_day);
            view_day(row, S("expiry_day"), e->expiry_day);
            view_text(row, S("reason"), e->reason);
            view_bool(row, S("is_given"), true);
            name_finding(c, row);
        }
    }
    return NO_ERR;
}

/* For whoever decides: an item of the deficiencies to be noted. */
static void show_deficiency_form(req *r, view *v, const admission *a)
{
    ctx *c = r->ctx;
    deficiency_new blank = {.case_id = a->id};
    form_show(r, v, "deficiency_form", &deficiency_new_shape, &blank, str_join(c->a, admission_path(c, a->id), S("/deficiencies")), N_("Note this item"));
    view *options = view_list(c->a);
    for (const struct choice *i = admission_items; i->code; i++) {
        view *one = view_add_map(options);
        view_text(one, S("code"), str_of(i->code));
        view_text(one, S("label"), tr(c->lang, i->label));
    }
    form_options(view_get(v, S("deficiency_form")), "item", options);
}

static err show_acts(req *r, view *v, const admission *a)
{
    ctx *c = r->ctx;
    const flow *f;
    flow_case k;
    TRY(flow_version(c, a->flow_id, &f));
    TRY(flow_case_get(c, a->id, &k));
    flow_show(c, f, a->node, v);
    TRY(flow_show_history(c, a->id, v));
    TRY(flow_show_choices(c, f, &k, v));
    view *choices = view_get(v, S("choices"));
    bool can = choices && choices->n, own = c->who.role == ROLE_AGENCY && c->who.org == a->org;
    if (!own && c->who.role == ROLE_AGENCY) can = false;
    view_bool(v, S("can_decide"), can);
    view_text(v, S("move_action"), str_join(c->a, admission_path(c, a->id), S("/moves")));
    view_bool(v, S("needs_flow"), true);
    view_text(v, S("flow_bpmn"), str_fmt(c->a, "/flows/%lld/file", (long long)f->id));
    view_text(v, S("here"), a->node);
    if (can && (str_eqz(a->node, "submitted") || str_eqz(a->node, "review"))) show_deficiency_form(r, v, a);
    admission_word_in word = {.id = a->id};
    bool standing = str_eqz(a->node, "member") || str_eqz(a->node, "warned") || str_eqz(a->node, "suspended");
    if (own && standing) form_show(r, v, "word_form", &admission_word_shape, &word, str_join(c->a, admission_path(c, a->id), S("/words")), N_("Declare"));
    return NO_ERR;
}

/* GET /admissions/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    admission a;
    TRY(admission_get(c, req_id(r), &a));
    view *v = view_map(c->a);
    TRY(put_admission(c, &a, v));
    web_title(r, v, N_("Admission of {0}"), name_of(c, &a));
    web_crumb(r, v, str_fmt(c->a, "/organisations/%lld", (long long)a.org), name_of(c, &a));
    TRY(show_checklist(c, &a, v));
    TRY(deficiency_show(c, a.id, admission_items, v));
    TRY(show_acts(r, v, &a));
    view_bool(v, S("has_deficiencies"), view_get(v, S("deficiencies"))->n || view_get(v, S("deficiency_form")));
    return web_page(r, "admission/admission", v);
}

/* POST /admissions/{id}/moves */
static err move(req *r)
{
    admission_move_in m;
    TRY(form_read(r, &admission_move_shape, &m));
    m.id = req_id(r);
    TRY(store_act(r->ctx, &admission_move, &m));
    web_say(r, N_("Done: the admission has moved on."), (str){0}, (str){0});
    return web_go(r, admission_path(r->ctx, m.id));
}

/* POST /admissions/{id}/words */
static err declare(req *r)
{
    admission_word_in w;
    TRY(form_read(r, &admission_word_shape, &w));
    w.id = req_id(r);
    TRY(store_act(r->ctx, &admission_word, &w));
    web_say(r, N_("Your declaration is on the record."), (str){0}, (str){0});
    return web_go(r, admission_path(r->ctx, w.id));
}

/* POST /admissions/{id}/deficiencies */
static err raise(req *r)
{
    deficiency_new d;
    admission a;
    TRY(form_read(r, &deficiency_new_shape, &d));
    TRY(admission_get(r->ctx, req_id(r), &a));
    d.case_id = a.id;
    d.owner_org = a.org;
    TRY(store_act(r->ctx, &deficiency_raise, &d));
    return web_go(r, admission_path(r->ctx, a.id));
}

/* ---- one line of the checklist --------------------------------------------------------------------------------------------- */

static err line_of(req *r, admission *a, const admission_line **l)
{
    TRY(admission_get(r->ctx, req_id(r), a));
    *l = admission_line_of(req_part(r, "line"));
    return *l ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such line in the checklist."));
}

static str line_path(ctx *c, const admission *a, const admission_line *l) { return str_fmt(c->a, SF "/lines/%s", SA(admission_path(c, a->id)), l->code); }

/* GET /admissions/{id}/lines/{line} */
static err show_line(req *r)
{
    ctx *c = r->ctx;
    admission a;
    const admission_line *l;
    bool may_give, may_judge;
    TRY(line_of(r, &a, &l));
    view *v = view_map(c->a);
    view_int(v, S("admission_id"), a.id);
    web_title(r, v, "{0}", tr(c->lang, l->label));
    web_crumb(r, v, admission_path(c, a.id), name_of(c, &a));
    view_text(v, S("hint"), tr(c->lang, l->hint));
    TRY(store_rows(c, &evidence_history_of_line, v, S("items"), ARGS(a.id, str_of(l->code))));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_finding(c, row);
    TRY(evidence_may_give(c, &a, &may_give));
    TRY(evidence_may_judge(c, &a, &may_judge));
    const view *newest = view_get(v, S("items"))->first;
    bool waits = newest && (!a.admitted_day || !view_get_text(newest, S("verdict")).n);
    evidence_in given = {.admission = a.id, .line = str_of(l->code)};
    evidence_verdict verdict = {.admission = a.id, .line = str_of(l->code)};
    if (may_give) form_show(r, v, "form", &evidence_in_shape, &given, str_join(c->a, line_path(c, &a, l), S("/evidence")), N_("Give this evidence"));
    if (may_judge && waits) form_show(r, v, "form", &evidence_verdict_shape, &verdict, str_join(c->a, line_path(c, &a, l), S("/verdict")), N_("Record the finding"));
    return web_page(r, "admission/line", v);
}

/* POST /admissions/{id}/lines/{line}/evidence */
static err give(req *r)
{
    evidence_in n;
    admission a;
    const admission_line *l;
    TRY(line_of(r, &a, &l));
    TRY(form_read(r, &evidence_in_shape, &n));
    n.admission = a.id;
    n.line = str_of(l->code);
    TRY(store_act(r->ctx, &evidence_give, &n));
    web_say(r, N_("The evidence is given."), (str){0}, (str){0});
    return web_go(r, admission_path(r->ctx, a.id));
}

/* POST /admissions/{id}/lines/{line}/verdict */
static err judge(req *r)
{
    evidence_verdict n;
    admission a;
    const admission_line *l;
    TRY(line_of(r, &a, &l));
    TRY(form_read(r, &evidence_verdict_shape, &n));
    n.admission = a.id;
    n.line = str_of(l->code);
    TRY(store_act(r->ctx, &evidence_judge, &n));
    web_say(r, N_("The finding is recorded."), (str){0}, (str){0});
    return web_go(r, admission_path(r->ctx, a.id));
}

/* GET /admissions/{id}/evidence/{evidence}/{document} */
static err send(req *r)
{
    admission a;
    evidence e;
    int64_t id, doc;
    TRY(admission_get(r->ctx, req_id(r), &a));
    if (!str_int(req_part(r, "evidence"), &id) || !str_int(req_part(r, "document"), &doc)) return err_of(ERR_MISSING, "", N_("There is no such file."));
    err found = store_row(r->ctx, &evidence_of_document, &evidence_shape, &e, ARGS(a.id, id, doc));
    return found.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such file.")) : found.kind ? found : document_send(r, doc);
}

/* ---- what waits ------------------------------------------------------------------------------------------------------------ */

static err add_case(ctx *c, view *out, const admission *a, str title)
{
    const flow *f;
    TRY(flow_version(c, a->flow_id, &f));
    todo_add(c, out, &(todo_row){.kind = "admission", .kind_name = N_("Admission"), .title = title, .href = admission_path(c, a->id), .step = a->node,
                                 .step_name = flow_step_name(f, a->node, c->lang), .since_day = a->since_day, .due_day = a->due_day});
    return NO_ERR;
}

static err todo_at(ctx *c, view *out, const char *node)
{
    list all;
    TRY(store_list(c, &admission_waiting_at, &admission_shape, &all, ARGS(str_of(node))));
    for (const admission *a = all.items; a < (const admission *)all.items + all.n; a++) TRY(add_case(c, out, a, name_of(c, a)));
    return NO_ERR;
}

/* Lines of the checklist: `word` says what is to be done with them. */
static err todo_lines(ctx *c, view *out, const list *all, const char *word, bool named)
{
    for (const evidence *e = all->items; e < (const evidence *)all->items + all->n; e++) {
        const admission_line *l = admission_line_of(e->line);
        str line = l ? tr(c->lang, l->label) : e->line, href = str_fmt(c->a, SF "/lines/" SF, SA(admission_path(c, e->admission)), SA(e->line));
        bool past = e->expiry_day && e->expiry_day < c->today;
        todo_add(c, out, &(todo_row){
            .kind = "admission", .kind_name = N_("Admission"), .title = named ? str_fmt(c->a, SF " · " SF, SA(e->org_name), SA(line)) : line,
            .href = past && named ? admission_path(c, e->admission) : href, .step = S("evidence"), .step_name = tr(c->lang, word),
            .since_day = e->given_day, .due_day = e->expiry_day});
    }
    return NO_ERR;
}

static err todo_of_agency(ctx *c, view *out)
{
    admission a;
    list all;
    bool found;
    TRY(store_find(c, &admission_running_of_org, &admission_shape, &a, &found, ARGS(c->who.org)));
    if (!found) return NO_ERR;
    if (str_eqz(a.node, "draft") || str_eqz(a.node, "refused")) TRY(add_case(c, out, &a, tr(c->lang, N_("Our admission to the alliance"))));
    TRY(store_list(c, &evidence_expiring_of_org, &evidence_shape, &all, ARGS(c->who.org, c->today + WARN_DAYS)));
    return todo_lines(c, out, &all, N_("Give new evidence"), false);
}

static err todo_of_alliance(ctx *c, view *out)
{
    list all;
    TRY(todo_at(c, out, "submitted"));
    TRY(todo_at(c, out, "review"));
    TRY(store_list(c, &evidence_renewed, &evidence_shape, &all, NO_ARGS));
    TRY(todo_lines(c, out, &all, N_("Judge new evidence"), true));
    TRY(store_list(c, &evidence_expired_of_active, &evidence_shape, &all, ARGS(c->today)));
    return todo_lines(c, out, &all, N_("Expired: a warning is proposed"), true);
}

static err todo(ctx *c, view *out)
{
    static const char *const appeals[] = {"appeal_refusal", "appeal_warning", "appeal_suspension"};
    if (c->who.role == ROLE_AGENCY) return todo_of_agency(c, out);
    if (c->who.role == ROLE_ALLIANCE) return todo_of_alliance(c, out);
    for (int i = 0; c->who.role == ROLE_BUREAU && i < countof(appeals); i++) TRY(todo_at(c, out, appeals[i]));
    return NO_ERR;
}

#define READS (WHO(ROLE_AGENCY) | OFFICERS)
#define JUDGES (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU))
static const route routes[] = {
    {GET, "/admissions", OFFICERS, list_admissions, N_("List the applications for admission")},
    {POST, "/admissions", WHO(ROLE_AGENCY), begin, N_("Begin an application for admission"), .form = &admission_begin_shape, .counter = "join"},
    {GET, "/admission", WHO(ROLE_AGENCY), of_own, N_("Read one's own admission"), .counter = "join"},
    {GET, "/organisations/{id}/admission", READS, of_org, N_("Read an agency's applications for admission"), .counter = "join"},
    {GET, "/admissions/{id}", READS, show, N_("Read one application for admission"), .counter = "join"},
    {POST, "/admissions/{id}/moves", WHO(ROLE_AGENCY) | JUDGES, move, N_("Decide the step an admission waits at"), .form = &admission_move_shape, .back = "/admissions/{id}", .counter = "join"},
    {POST, "/admissions/{id}/words", WHO(ROLE_AGENCY), declare, N_("Appeal against a decision on one's standing, or leave"), .form = &admission_word_shape, .back = "/admissions/{id}", .counter = "join"},
    {POST, "/admissions/{id}/deficiencies", WHO(ROLE_ALLIANCE), raise, N_("Note what an application for admission lacks"), .form = &deficiency_new_shape, .back = "/admissions/{id}"},
    {GET, "/admissions/{id}/lines/{line}", READS, show_line, N_("Read one line of the checklist"), .counter = "join"},
    {POST, "/admissions/{id}/lines/{line}/evidence", WHO(ROLE_AGENCY), give, N_("Give evidence for a line of the checklist"), .form = &evidence_in_shape, .back = "/admissions/{id}/lines/{line}", .counter = "join"},
    {POST, "/admissions/{id}/lines/{line}/verdict", JUDGES, judge, N_("Judge a line of the checklist"), .form = &evidence_verdict_shape, .back = "/admissions/{id}/lines/{line}"},
    {GET, "/admissions/{id}/evidence/{evidence}/{document}", READS, send, N_("Read a file of the checklist"), .counter = "join"},
    {0},
};
static const nav_item nav[] = {
    {"/admissions", N_("Admissions"), "shield-check", JUDGES | WHO(ROLE_AUDITOR), 72, NULL},
    {"/admission", N_("Our admission"), "shield-check", WHO(ROLE_AGENCY), 72, NULL},
    {0},
};
static const action *const actions[] = {&admission_begin, &admission_move, &admission_word, &evidence_give, &evidence_judge, &class_set, NULL};
static const char *const files[] = {"room/admission/admission.bpmn", NULL};

const room admission_room = {
    .name = "admission",
    .routes = (const route *const[]){routes, class_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){admission_statements, evidence_statements, class_statements, NULL},
    .flows = (const flow_kind *const[]){&admission_flow, NULL},
    .flow_files = files,
    .nav = nav,
    .day_begins = evidence_day_begins,
    .todo = todo,
};
