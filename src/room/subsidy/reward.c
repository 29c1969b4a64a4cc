/* SPDX-License-Identifier: Apache-2.0 */
/* reward.c: the enterprise's reward: granted with the agency's payment, listed, noticed and paid. R14. */
#include "room/subsidy/reward.h"

#include "base/days.h"
#include "base/money.h"
#include "gen/room/subsidy/reward_sql.h"
#include "room/budget/budget.h"
#include "room/message/message.h"
#include "room/notice/notice.h"
#include "room/subsidy/application.h"
#include "room/subsidy/payment.h"
#include "room/subsidy/subsidy.h"

SHAPE(reward, FIELD(reward, id, F_ID), FIELD(reward, version, F_INT), FIELD(reward, application, F_ID), FIELD(reward, enterprise, F_ID),
      FIELD(reward, amount_fen, F_FEN), FIELD(reward, number, F_TEXT), FIELD(reward, node, F_TEXT), FIELD(reward, month, F_INT),
      FIELD(reward, batch, F_ID), FIELD(reward, flow_id, F_ID), FIELD(reward, since_day, F_DAY), FIELD(reward, due_day, F_DAY),
      FIELD(reward, ready, F_BOOL), FIELD(reward, enterprise_name, F_TEXT), FIELD(reward, agency_name, F_TEXT), FIELD(reward, item_name, F_TEXT));

static str href_of(ctx *c, int64_t id) { return str_fmt(c->a, "/rewards/%lld", (long long)id); }

static err fetch(ctx *c, int64_t id, reward *out)
{
    err e = store_row(c, &reward_row, &reward_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such reward.")) : e;
}

err reward_get(ctx *c, int64_t id, reward *out)
{
    TRY(fetch(c, id, out));
    bool own = c->who.role == ROLE_ENTERPRISE && c->who.org == out->enterprise;
    return own || (WHO(c->who.role) & OFFICERS) ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such reward."));
}

/* ---- granting ------------------------------------------------------------------------------------------------------- */

static err grant_one(ctx *c, int64_t id)
{
    application a;
    int64_t made;
    TRY(application_fetch(c, id, &a));
    if (!a.reward_fen) return NO_ERR;
    TRY(flow_begin(c, S("reward"), &made));
    err e = store_run(c, &reward_add, NULL, ARGS(made, a.id, a.enterprise, a.reward_fen));
    if (e.kind == ERR_CONFLICT) return err_with(ERR_CONFLICT, "", N_("The reward of application {0} is granted already."), a.number, (str){0}, (str){0});
    TRY(e);
    return message_org(c, a.enterprise, N_("A reward of {0} follows from application {1}; it is listed after the bank confirms the agency's payment."),
                       fen_words(c->a, a.reward_fen), a.number, (str){0}, href_of(c, made));
}

err reward_grant(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) TRY(grant_one(c, m->cases[i].id));
    return NO_ERR;
}

/* ---- service tasks ----------------------------------------------------------------------------------------------------- */

/* The month in the title is of the first; each line has its own number. */
static err publish(ctx *c, const flow_move *m)
{
    notice_line *lines = new_n(c->a, notice_line, m->n);
    int64_t month = 0;
    for (int i = 0; i < m->n; i++) {
        reward w;
        TRY(fetch(c, m->cases[i].id, &w));
        if (!i) month = w.month;
        lines[i] = (notice_line){.case_id = w.id, .place = i + 1, .number = w.number, .agency = w.agency_name, .enterprise = w.enterprise_name,
                                 .item = w.item_name, .payee = w.enterprise_name, .amount_fen = w.amount_fen};
    }
    notice_new n = {.kind = S("reward"), .batch = m->cases[0].batch, .lines = lines, .n = m->n, .days = m->to->kind == NODE_TIMER ? m->to->timer_days : 7,
                    .title = str_fmt(c->a, "关于" SF "批次科技创新服务企业奖励拟支持名单的公示", SA(month_words(c->a, month, LANG_ZH)))};
    TRY(store_text(c, &reward_basis, &n.basis, ARGS(m->cases[0].id)));
    return notice_publish(c, &n);
}

static err settle(ctx *c, const flow_move *m)
{
    payment_line *lines = new_n(c->a, payment_line, m->n);
    for (int i = 0; i < m->n; i++) {
        reward w;
        application a;
        TRY(fetch(c, m->cases[i].id, &w));
        TRY(application_fetch(c, w.application, &a));
        if (a.standard_fen && a.amount_fen + w.amount_fen > a.standard_fen)
            return err_with(ERR_CONFLICT, "", N_("{0}: the agency's and the enterprise's parts are {1}, above the policy's standard of {2}."), a.number,
                            fen_words(c->a, a.amount_fen + w.amount_fen), fen_words(c->a, a.standard_fen));
        TRY(budget_pay(c, w.application, w.amount_fen));
        lines[i] = (payment_line){.application = w.application, .case_id = w.id, .org = w.enterprise, .amount_fen = w.amount_fen, .number = w.number};
    }
    return payment_order(c, S("reward"), m->cases[0].batch, lines, m->n);
}

/* ---- after the rows are written --------------------------------------------------------------------------------------------- */

static err mark_notice(ctx *c, const reward *w, const flow_move *m)
{
    flow_case k;
    if (m->from->kind == NODE_TIMER && !m->message.n) return notice_mark(c, w->id, S("passed"), 0);
    if (!str_eqz(m->from->id, "amend")) return NO_ERR;
    if (m->to->kind == NODE_END) return notice_mark(c, w->id, S("withdrawn"), 0);
    if (m->to->kind != NODE_TIMER) return notice_mark(c, w->id, S("passed"), 0);
    TRY(flow_case_get(c, w->id, &k));
    return notice_mark(c, w->id, S("open"), k.timer_day);
}

static err rested(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) {
        reward w;
        TRY(fetch(c, m->cases[i].id, &w));
        TRY(mark_notice(c, &w, m));
        str amount = fen_words(c->a, w.amount_fen), href = href_of(c, w.id);
        if (str_eqz(m->to->id, "paid"))
            TRY(message_org(c, w.enterprise, N_("The payment of the reward of {0} for application {1} is ordered."), amount, w.number, (str){0}, href));
        else if (m->to->kind == NODE_END) {
            application a;
            TRY(application_fetch(c, w.application, &a));
            TRY(journey_unbind(c, &a));
            TRY(message_org(c, w.enterprise, N_("The reward of {0} for application {1} was refused: {2}"), amount, w.number, m->note, href));
        } else if (m->to->kind == NODE_TIMER)
            TRY(message_org(c, w.enterprise, N_("The reward of {0} for application {1} stands for public notice."), amount, w.number, (str){0}, href));
    }
    return NO_ERR;
}

static const flow_action actions[] = {{"publish_reward_notice", publish}, {"settle_reward", settle}, {0}};
const flow_kind reward_flow = {"reward", actions, NULL, rested};

/* ---- deciding many ------------------------------------------------------------------------------------------------------------ */

static const field return_fields[] = {
    FIELD(reward_return, id, F_ID, .flags = F_REQUIRED, .min = 1, .max = INT64_MAX),
    FIELD(reward_return, note, F_LINES, .max = 2000),
};
static const shape return_shape = {"reward_return", return_fields, countof(return_fields), sizeof(reward_return)};
static const field batch_fields[] = {
    FIELD(reward_batch_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(reward_batch_in, step, F_TEXT, .flags = F_REQUIRED | F_HIDDEN, .max = 60),
    FIELD(reward_batch_in, choice, F_TEXT, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(reward_batch_in, note, F_LINES, .label = N_("Note"), .max = 2000),
    {.name = "return", .kind = F_LIST, .at = (int)offsetof(reward_batch_in, returns), .of = &return_shape, .label = N_("Taken out alone")},
};
const shape reward_batch_in_shape = {"reward_decide", batch_fields, countof(batch_fields), sizeof(reward_batch_in)};

/* What rests at the step on one version of the flow, parted into those that go and those that are taken out. */
typedef struct {
    const reward_batch_in *in;
    const flow *f;
    const flow_node *at;
    const flow_edge *back;         /* the way of those taken out: the choice that needs a reason */
    flow_case *goes; int n;
} decision;

static const reward_return *return_of(const reward_batch_in *in, int64_t id)
{
    const reward_return *r = in->returns.items;
    for (int i = 0; i < in->returns.n; i++)
        if (r[i].id == id) return &r[i];
    return NULL;
}

static err find_back(ctx *c, decision *d)
{
    const flow_edge *all[16];
    const flow_edge *choice = flow_choice_of(d->at, d->in->choice);
    int n = flow_choices(d->at, all, 16);
    d->back = NULL;
    for (int i = 0; i < n && !d->back; i++)
        if (all[i]->needs_note) d->back = all[i];
    if (!choice) return err_with(ERR_INPUT, "choice", N_("There is no choice {0} at this step."), d->in->choice, (str){0}, (str){0});
    if (choice->needs_note && !d->in->note.n) return err_of(ERR_INPUT, "note", N_("This decision needs a written reason."));
    if (d->in->returns.n && (!d->back || choice == d->back)) return err_of(ERR_INPUT, "return", N_("At this step none can be taken out alone."));
    (void)c;
    return NO_ERR;
}

static err take_out(ctx *c, const decision *d, const reward *w, const reward_return *r)
{
    flow_case k;
    if (!r->note.n) return err_with(ERR_INPUT, "return", N_("Say why {0} is taken out."), w->number, (str){0}, (str){0});
    TRY(flow_case_get(c, w->id, &k));
    return flow_decide_batch(c, 0, &k, 1, d->back->id, r->note);
}

/* At the list a case waits until the bank has confirmed the agency's payment; the others do not wait for it. */
static err sort_out(ctx *c, decision *d, const list *all, int *taken)
{
    bool publishing = flow_choice_of(d->at, d->in->choice) != d->back && str_eqz(d->at->id, "list");
    for (int i = 0; i < all->n; i++) {
        const reward *w = (const reward *)all->items + i;
        const reward_return *r = return_of(d->in, w->id);
        if (w->flow_id != d->f->id) continue;
        if (r) TRY(take_out(c, d, w, r));
        else if (!publishing || w->ready) TRY(flow_case_get(c, w->id, &d->goes[d->n++]));
        *taken += r != NULL;
    }
    return NO_ERR;
}

/* A published list is a batch of its own, so that its notice ends for all at once. */
static err make_batch(ctx *c, decision *d, int64_t *id)
{
    *id = 0;
    if (!str_eqz(d->at->id, "list")) return NO_ERR;
    TRY(store_next_id(c, S("batch"), id));
    for (int i = 0; i < d->n; i++) {
        TRY(flow_set_batch(c, d->goes[i].id, *id));
        d->goes[i].batch = *id;
    }
    return NO_ERR;
}

static err decide_version(ctx *c, const reward_batch_in *in, const list *all, int64_t flow_id, int *taken, int *gone)
{
    decision d = {.in = in, .goes = new_n(c->a, flow_case, all->n)};
    int64_t id;
    TRY(flow_version(c, flow_id, &d.f));
    d.at = flow_node_of(d.f, in->step);
    if (!d.at || d.at->kind != NODE_TASK || !d.at->batch) return err_of(ERR_INPUT, "step", N_("There is no such step where rewards are decided together."));
    TRY(flow_may(c, d.f, d.at, 0, 0));
    TRY(find_back(c, &d));
    TRY(sort_out(c, &d, all, taken));
    if (!d.n) return NO_ERR;
    *gone += d.n;
    TRY(make_batch(c, &d, &id));
    return flow_decide_batch(c, id, d.goes, d.n, in->choice, in->note);
}

static err decide(ctx *c, void *in)
{
    const reward_batch_in *f = in;
    list all;
    int taken = 0, gone = 0;
    TRY(store_list(c, &reward_at_step, &reward_shape, &all, ARGS(f->step, (int64_t)0)));
    if (!all.n) return err_of(ERR_CONFLICT, "", N_("No reward rests at this step now."));
    if (f->version >= 0 && f->version != all.n)
        return err_with(ERR_CONFLICT, "version", N_("The list has changed meanwhile: {0} rewards rest here now. Look at it again."), str_fmt(c->a, "%d", all.n),
                        (str){0}, (str){0});
    for (int i = 0; i < all.n; i++) {
        const reward *w = (const reward *)all.items + i;
        bool seen = false;
        for (int j = 0; j < i && !seen; j++) seen = ((const reward *)all.items)[j].flow_id == w->flow_id;
        if (!seen) TRY(decide_version(c, f, &all, w->flow_id, &taken, &gone));
    }
    if (taken != f->returns.n) return err_of(ERR_INPUT, "return", N_("One of those taken out does not rest at this step."));
    return taken + gone ? NO_ERR : err_of(ERR_CONFLICT, "", N_("None of these can be published yet: the bank has not confirmed the agencies' payments."));
}
const action reward_decide = {"reward_decide", &reward_batch_in_shape, decide, 0};

/* ---- deciding one ----------------------------------------------------------------------------------------------------------------- */

static const field move_fields[] = {
    FIELD(reward_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(reward_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(reward_move_in, choice, F_TEXT, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(reward_move_in, note, F_LINES, .label = N_("Note"), .max = 2000),
};
const shape reward_move_in_shape = {"reward_move", move_fields, countof(move_fields), sizeof(reward_move_in)};

static err move(ctx *c, void *in)
{
    const reward_move_in *f = in;
    reward w;
    int64_t open;
    TRY(reward_get(c, f->id, &w));
    TRY(flow_decide(c, w.id, f->version, f->choice, f->note));
    if (!str_eqz(w.node, "amend")) return NO_ERR;
    TRY(notice_open_objections(c, w.id, &open));
    return open ? err_of(ERR_CONFLICT, "", N_("An objection to this case has no answer yet: answer it first.")) : NO_ERR;
}
const action reward_move = {"reward_move", &reward_move_in_shape, move, 0};
