/* SPDX-License-Identifier: Apache-2.0 */
/* reward_page.c: the rewards, what rests at the list and at payment to be decided together, and one reward. */
#include "base/days.h"
#include "base/money.h"
#include "gen/room/subsidy/reward_sql.h"
#include "room/notice/notice.h"
#include "room/subsidy/payment.h"
#include "room/subsidy/reward.h"

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/rewards/%lld", (long long)id); }

static err fill(ctx *c, view *row, const reward *w)
{
    const flow *f;
    shape_view(&reward_shape, w, row);
    TRY(flow_version(c, w->flow_id, &f));
    view_code(row, S("step"), w->node, flow_step_name(f, w->node, c->lang));
    view_text(row, S("month"), month_text(c->a, w->month));
    return NO_ERR;
}

static err fill_all(ctx *c, view *items, const list *all)
{
    for (int i = 0; i < all->n; i++) TRY(fill(c, view_add_map(items), (const reward *)all->items + i));
    return NO_ERR;
}

/* The step that this role decides for many: by the flow's own lanes, so that a changed flow works too. */
static const flow_node *step_of(const flow *f, role who, str asked)
{
    const flow_node *first = NULL;
    for (int i = 0; i < f->node_n; i++) {
        const flow_node *n = &f->nodes[i];
        if (n->kind != NODE_TASK || !n->batch || n->role != who) continue;
        if (str_eq(n->id, asked)) return n;
        if (!first) first = n;
    }
    return first;
}

static void show_choices(ctx *c, const flow_node *n, view *v)
{
    const flow_edge *all[16];
    int count = flow_choices(n, all, 16);
    bool can_return = false;
    view *choices = view_put_list(v, S("choices"));
    for (int i = 0; i < count; i++) {
        view *one = view_add_map(choices);
        view_text(one, S("id"), all[i]->id);
        view_text(one, S("name"), flow_choice_name(all[i], c->lang));
        view_bool(one, S("needs_note"), all[i]->needs_note);
        view_bool(one, S("primary"), i == 0);
        can_return |= all[i]->needs_note && count > 1;
    }
    view_bool(v, S("can_decide"), count > 0);
    view_bool(v, S("can_return"), can_return);
}

/* What rests at the step where the reader decides. */
static err show_step(ctx *c, view *v, const flow *f, const flow_node *n)
{
    list all;
    int64_t fen = 0;
    int ready = 0;
    TRY(store_list(c, &reward_at_step, &reward_shape, &all, ARGS(n->id, (int64_t)0)));
    view *step = view_put_map(v, S("waiting")), *items = view_put_list(step, S("rewards"));
    view_code(step, S("step"), n->id, flow_node_name(n, c->lang));
    view_int(step, S("version"), all.n);
    TRY(fill_all(c, items, &all));
    for (int i = 0; i < all.n; i++) {
        const reward *w = (const reward *)all.items + i;
        fen += w->amount_fen;
        ready += w->ready;
    }
    view_int(step, S("count"), all.n);
    view_int(step, S("ready"), ready);
    view_fen(step, S("total_fen"), fen);
    view_text(step, S("move_action"), S("/rewards/moves"));
    view_put_list(step, S("choices"));
    if (!all.n) return NO_ERR;
    err may = flow_may(c, f, n, ((const reward *)all.items)->id, 0);
    if (may.kind) view_text(step, S("choices_denied"), err_text(c->a, may, tr(c->lang, may.text)));
    else show_choices(c, n, step);
    return NO_ERR;
}

/* GET /rewards */
static err list_rewards(req *r)
{
    ctx *c = r->ctx;
    const flow *f;
    int64_t before;
    list all;
    TRY(req_before(r, &before));
    view *v = view_map(c->a);
    web_title(r, v, N_("Rewards"), (str){0});
    bool own = c->who.role == ROLE_ENTERPRISE;
    TRY(own ? store_list(c, &reward_newest_of_enterprise, &reward_shape, &all, ARGS(before, c->who.org))
            : store_list(c, &reward_newest, &reward_shape, &all, ARGS(before)));
    TRY(fill_all(c, view_put_list(v, S("items")), &all));
    TRY(flow_current(c, S("reward"), &f));
    const flow_node *n = step_of(f, c->who.role, req_arg(r, "step"));
    if (n) TRY(show_step(c, v, f, n));
    web_cut(v, 50, "id");
    return web_page(r, "subsidy/rewards", v);
}

/* POST /rewards/moves */
static err decide(req *r)
{
    reward_batch_in f;
    TRY(form_read(r, &reward_batch_in_shape, &f));
    TRY(store_act(r->ctx, &reward_decide, &f));
    web_say(r, N_("Done: the rewards are decided; {0} taken out alone."), str_fmt(r->ctx->a, "%d", f.returns.n), (str){0});
    return web_go(r, S("/rewards"));
}

/* GET /rewards/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    reward w;
    flow_case k;
    const flow *f;
    TRY(reward_get(c, req_id(r), &w));
    TRY(flow_case_get(c, w.id, &k));
    TRY(flow_version(c, w.flow_id, &f));
    view *v = view_map(c->a);
    TRY(fill(c, v, &w));
    web_title(r, v, N_("Reward of application {0}"), w.number);
    web_crumb(r, v, S("/rewards"), tr(c->lang, N_("Rewards")));
    TRY(payment_of_application(c, w.application, v, S("payments")));
    if (c->who.role == ROLE_BUREAU) TRY(notice_objections(c, w.id, v));
    flow_show(c, f, w.node, v);
    TRY(flow_show_history(c, w.id, v));
    TRY(flow_show_choices(c, f, &k, v));
    const flow_node *n = flow_node_of(f, w.node);
    const view *choices = view_get(v, S("choices"));
    view_bool(v, S("can_decide"), n && !n->batch && choices && choices->n > 0);
    view_text(v, S("move_action"), str_fmt(c->a, "/rewards/%lld/moves", (long long)w.id));
    view_text(v, S("flow_href"), str_fmt(c->a, "/flows/%lld?here=" SF, (long long)f->id, SA(w.node)));
    return web_page(r, "subsidy/reward", v);
}

/* POST /rewards/{id}/moves */
static err move(req *r)
{
    reward_move_in f;
    TRY(form_read(r, &reward_move_in_shape, &f));
    f.id = req_id(r);
    TRY(store_act(r->ctx, &reward_move, &f));
    web_say(r, N_("Done: the reward has moved on."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, f.id));
}

/* ---- what waits ------------------------------------------------------------------------------------------------------ */

static void add_todo(ctx *c, view *out, str title, str href, const flow_node *n, int64_t fen, const reward *oldest)
{
    todo_add(c, out, &(todo_row){.kind = "reward", .kind_name = N_("Reward"), .title = title, .href = href, .step = n->id, .step_name = flow_node_name(n, c->lang),
                                 .since_day = oldest->since_day, .due_day = oldest->due_day, .amount_fen = fen});
}

/* Those decided together are one row; at the list only what the bank has confirmed waits for anybody. */
static err todo_of_step(ctx *c, view *out, const flow_node *n)
{
    list all;
    int64_t fen = 0;
    int count = 0;
    TRY(store_list(c, &reward_at_step, &reward_shape, &all, ARGS(n->id, (int64_t)0)));
    const reward *w = all.items, *oldest = NULL;
    for (int i = 0; i < all.n; i++) {
        if (!n->batch) add_todo(c, out, str_fmt(c->a, SF " · " SF, SA(w[i].number), SA(w[i].enterprise_name)), path_of(c, w[i].id), n, w[i].amount_fen, &w[i]);
        if (str_eqz(n->id, "list") && !w[i].ready) continue;
        if (!oldest) oldest = &w[i];
        fen += w[i].amount_fen;
        count++;
    }
    if (!n->batch || !count) return NO_ERR;
    str title = err_text(c->a, (err){.arg = {str_fmt(c->a, "%d", count)}}, tr(c->lang, N_("{0} rewards of enterprises")));
    add_todo(c, out, title, str_fmt(c->a, "/rewards?step=" SF, SA(n->id)), n, fen, oldest);
    return NO_ERR;
}

err reward_todo(ctx *c, view *out)
{
    const flow *f;
    TRY(flow_current(c, S("reward"), &f));
    for (int i = 0; i < f->node_n; i++)
        if (f->nodes[i].kind == NODE_TASK && f->nodes[i].role == c->who.role) TRY(todo_of_step(c, out, &f->nodes[i]));
    return payment_todo(c, out);
}

#define DECIDERS (OFFICERS & ~WHO(ROLE_AUDITOR))
const route reward_routes[] = {
    {GET, "/rewards", OFFICERS | WHO(ROLE_ENTERPRISE), list_rewards, N_("List the rewards of enterprises"), .counter = "application"},
    {POST, "/rewards/moves", DECIDERS, decide, N_("Decide the rewards that rest at a step together"), .form = &reward_batch_in_shape, .back = "/rewards",
     .again = WHO(ROLE_FINANCE)},
    {GET, "/rewards/{id}", OFFICERS | WHO(ROLE_ENTERPRISE), show, N_("Read one reward"), .counter = "application"},
    {POST, "/rewards/{id}/moves", DECIDERS, move, N_("Decide the step a reward waits at"), .form = &reward_move_in_shape, .back = "/rewards/{id}"},
    {0},
};
