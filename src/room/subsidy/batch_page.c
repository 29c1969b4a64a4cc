/* SPDX-License-Identifier: Apache-2.0 */
/* batch_page.c: the month's batches and the page where a whole month is decided; the month's calls. */
#include "base/days.h"
#include "base/patent.h"
#include "gen/room/subsidy/application_sql.h"
#include "gen/room/subsidy/batch_sql.h"
#include "room/phrase/phrase.h"
#include "room/subsidy/application.h"
#include "room/subsidy/clearing.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/publish.h"

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/batches/%lld", (long long)id); }

static err fill(ctx *c, view *row, const batch *b)
{
    shape_view(&batch_shape, b, row);
    view_text(row, S("month"), month_text(c->a, b->month));
    view_text(row, S("month_name"), month_words(c->a, b->month, c->lang));
    TRY(subsidy_name_step(c, row, b->flow_id, b->node));
    return store_map(c, &batch_sums, row, ARGS(b->id, b->node));
}

/* GET /batches */
static err list_batches(req *r)
{
    ctx *c = r->ctx;
    int64_t before;
    list all;
    TRY(req_before(r, &before));
    TRY(store_list(c, &batch_newest, &batch_shape, &all, ARGS(before)));
    view *v = view_map(c->a), *items = view_put_list(v, S("items"));
    web_title(r, v, N_("Monthly batches"), (str){0});
    for (int i = 0; i < all.n; i++) TRY(fill(c, view_add_map(items), (const batch *)all.items + i));
    web_cut(v, 50, "id");
    return web_page(r, "subsidy/batches", v);
}

/* By when: the due day of its task or the last day of the public notice. */
static err show_time(ctx *c, view *v, const batch *b, const flow_node *n)
{
    int64_t due = 0, left;
    if (n && n->kind == NODE_TIMER) {
        TRY(store_int(c, &batch_timer_of, &due, ARGS(b->id, b->node)));
        if (due) view_day(v, S("timer_day"), due);
    }
    if (n && n->kind == NODE_TASK && n->due_days && !workday_add(c->days, b->moved_day, n->due_days, &due).kind) view_day(v, S("due_day"), due);
    if (due >= c->today && !workday_between(c->days, c->today, due, &left).kind) view_int(v, S("left_days"), left);
    view_bool(v, S("due_today"), due && due == c->today);
    view_bool(v, S("late"), n && n->kind == NODE_TASK && due && due < c->today);
    return NO_ERR;
}

/* The rows, and after a refusal what was ticked and why. */
static void finish_items(const req *r, view *items)
{
    ctx *c = r->ctx;
    for (view *row = items->first; row; row = row->next) {
        str id = str_fmt(c->a, "%lld", (long long)view_get_int(row, S("id"), 0));
        view_choice(c->lang, row, S("outcome_kind"), outcome_kinds);
        for (const view *t = r->typed ? r->typed->first : NULL; t; t = t->next)
            if (str_eqz(t->name, "return") && t->kind == V_TEXT && str_eq(t->s, id)) view_bool(row, S("returned"), true);
        if (!r->typed) continue;
        view_text(row, S("return_note"), view_get_text(r->typed, str_join(c->a, S("note_"), id)));
        view_text(row, S("return_fen"), view_get_text(r->typed, str_join(c->a, S("reduce_fen_"), id)));
    }
}

/* After a refusal: what was noted, and where a note is missing. */
static void finish_alerts(const req *r, view *alerts)
{
    for (view *row = alerts->first; r->typed && row; row = row->next)
        view_text(row, S("why"), view_get_text(r->typed, str_join(r->ctx->a, S("why_"), view_get_text(row, S("key")))));
}

static err show_others(ctx *c, view *v, const batch *b)
{
    TRY(store_rows(c, &batch_others_of, v, S("others"), ARGS(b->month, b->id, b->node)));
    for (view *row = view_get(v, S("others"))->first; row; row = row->next)
        TRY(subsidy_name_step(c, row, view_get_int(row, S("flow_id"), 0), str_dup(c->a, view_get_text(row, S("node")))));
    return NO_ERR;
}

/* GET /batches/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    batch b;
    const flow *f;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    TRY(batch_get(c, req_id(r), &b));
    TRY(flow_version(c, b.flow_id, &f));
    view *v = view_map(c->a);
    TRY(fill(c, v, &b));
    web_title(r, v, N_("Batch of {0}"), month_words(c->a, b.month, c->lang));
    web_crumb(r, v, S("/batches"), tr(c->lang, N_("Monthly batches")));
    TRY(store_rows(c, &batch_applications_of, v, S("items"), ARGS(b.id, b.node, after[0])));
    const flow_node *n = flow_node_of(f, b.node);
    view *choices = view_put_list(v, S("choices"));
    bool task = n && n->kind == NODE_TASK && n->batch;
    err may = task ? flow_may(c, f, n, 0, b.id) : err_of(ERR_DENIED, "", "");
    if (task && may.kind == ERR_DENIED && n->role == c->who.role) view_text(v, S("choices_denied"), err_text(c->a, may, tr(c->lang, may.text)));
    const flow_edge *all[16];
    int count = task && !may.kind ? flow_choices(n, all, 16) : 0;
    bool can_return = false;
    for (int i = 0; i < count; i++) {
        view *one = view_add_map(choices);
        view_text(one, S("id"), all[i]->id);
        view_text(one, S("name"), flow_choice_name(all[i], c->lang));
        view_bool(one, S("needs_note"), all[i]->needs_note);
        view_bool(one, S("primary"), i == 0);
        can_return |= all[i]->needs_note && count > 1;
    }
    view_bool(v, S("publishes"), task && publish_follows(n));
    view_bool(v, S("can_decide"), count > 0);
    view_bool(v, S("can_return"), can_return);
    view_bool(v, S("can_reduce"), can_return && c->who.role == ROLE_FINANCE);
    view_text(v, S("move_action"), str_fmt(c->a, "/batches/%lld/moves", (long long)b.id));
    view_text(v, S("flow_href"), str_fmt(c->a, "/flows/%lld?here=" SF, (long long)f->id, SA(b.node)));
    flow_show(c, f, b.node, v);
    finish_items(r, view_get(v, S("items")));
    TRY(show_time(c, v, &b, n));
    TRY(paper_of_batch(c, b.id, v, S("papers")));
    TRY(clearing_show(c, &b, task, v));
    finish_alerts(r, view_get(v, S("alerts")));
    TRY(show_others(c, v, &b));
    TRY(phrase_show(r, v));
    web_cut(v, 200, "id");
    return web_page(r, "subsidy/batch", v);
}

/* POST /batches/{id}/moves */
static err move(req *r)
{
    ctx *c = r->ctx;
    batch_move_in m;
    TRY(form_read(r, &batch_move_shape, &m));
    m.id = req_id(r);
    TRY(store_act(c, &batch_move, &m));
    web_say(r, N_("Done: the batch is decided; {0} sent back alone."), str_fmt(c->a, "%d", m.returns.n), (str){0});
    return web_go(r, path_of(c, m.id));
}

/* GET /calls */
static err list_calls(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    web_title(r, v, N_("Monthly calls"), (str){0});
    TRY(store_rows(c, &application_calls_newest, v, S("items"), NO_ARGS));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        int64_t month = view_get_int(row, S("month"), 0), opens = view_get(row, S("opens_day"))->i, closes = view_get(row, S("closes_day"))->i;
        view_text(row, S("month"), month_text(c->a, month));
        view_text(row, S("month_name"), month_words(c->a, month, c->lang));
        view_bool(row, S("open"), opens <= c->today && c->today <= closes);
    }
    return web_page(r, "subsidy/calls", v);
}

/* An empty batch waits for nobody. */
static err add_todo(ctx *c, view *out, const batch *b, const flow_node *n)
{
    view *sums = view_map(c->a);
    int64_t due = 0;
    TRY(store_map(c, &batch_sums, sums, ARGS(b->id, b->node)));
    int64_t count = view_get_int(sums, S("count"), 0);
    if (!count) return NO_ERR;
    if (n->due_days && workday_add(c->days, b->moved_day, n->due_days, &due).kind) due = 0; /* a year without a calendar */
    const err title = {.arg = {month_words(c->a, b->month, c->lang), str_fmt(c->a, "%lld", (long long)count)}};
    todo_add(c, out, &(todo_row){
        .kind = "batch", .kind_name = N_("Batch"), .title = err_text(c->a, title, tr(c->lang, N_("{0}: {1} applications"))), .href = path_of(c, b->id),
        .step = b->node, .step_name = flow_node_name(n, c->lang), .since_day = b->moved_day, .due_day = due, .amount_fen = view_get_int(sums, S("total_fen"), 0)});
    return NO_ERR;
}

/* The batch tasks of the flow that this role decides, each with the batches that rest there. */
err batch_todo(ctx *c, view *out)
{
    const flow *f;
    TRY(flow_current(c, S("subsidy"), &f));
    for (int i = 0; i < f->node_n; i++) {
        const flow_node *n = &f->nodes[i];
        list all;
        if (n->kind != NODE_TASK || !n->batch || n->role != c->who.role) continue;
        TRY(store_list(c, &batch_todo_at_node, &batch_shape, &all, ARGS(n->id)));
        for (int j = 0; j < all.n; j++) TRY(add_todo(c, out, (const batch *)all.items + j, n));
    }
    return NO_ERR;
}

const route batch_routes[] = {
    {GET, "/batches", OFFICERS, list_batches, N_("List the monthly batches")},
    {GET, "/batches/{id}", OFFICERS, show, N_("Read one batch")},
    {POST, "/batches/{id}/moves", OFFICERS & ~WHO(ROLE_AUDITOR), move, N_("Decide a month's batch"), .form = &batch_move_shape, .back = "/batches/{id}",
     .again = WHO(ROLE_COMMITTEE) | WHO(ROLE_FINANCE)},
    {GET, "/calls", PARTY, list_calls, N_("List the monthly calls"), .counter = "application"},
    {0},
};
