/* SPDX-License-Identifier: Apache-2.0 */
/* journey.c: what moving along its flow means for an application: returns, money, notices, ends. */
#include "room/subsidy/application.h"
#include "room/subsidy/application_rights.h"

#include "base/days.h"
#include "gen/room/subsidy/application_sql.h"
#include "room/budget/budget.h"
#include "room/message/message.h"
#include "room/notice/notice.h"
#include "room/outcome/outcome.h"
#include "room/pair/pair.h"
#include "room/policy/policy.h"
#include "room/subsidy/pace.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/payment.h"
#include "room/subsidy/publish.h"
#include "room/subsidy/reversal.h"
#include "room/subsidy/reward.h"

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/applications/%lld", (long long)id); }

/* ---- before the case moves ------------------------------------------------------------------------------------------ */

/* The five facts that were published; a change of one needs a new notice (features.md, Decisions b). */
static err facts_unchanged(ctx *c, const application *a, bool *same)
{
    notice_line last;
    bool found;
    TRY(notice_last(c, a->id, &last, &found));
    *same = !found || (last.amount_fen == a->amount_fen && str_eq(last.agency, a->agency_name) && str_eq(last.enterprise, a->enterprise_name) &&
                       str_eq(last.item, a->item_name) && str_eq(last.payee, a->payee_name));
    return NO_ERR;
}

static err objections_answered(ctx *c, const application *a)
{
    int64_t open;
    TRY(notice_open_objections(c, a->id, &open));
    return open ? err_of(ERR_CONFLICT, "", N_("An objection to this case has no answer yet: answer it first.")) : NO_ERR;
}

static err leave_amend(ctx *c, const application *a, const flow_edge *choice)
{
    bool same;
    TRY(objections_answered(c, a));
    if (choice->to->kind == NODE_TASK) { /* reviewed again: what was needed at first is needed still, and the bureau may have amended a number */
        application_missing(c, a);
        TRY(ctx_errors(c));
        return application_claim(c, a);
    }
    if (!str_eqz(choice->id, "dismiss")) return NO_ERR;
    TRY(facts_unchanged(c, a, &same));
    return same ? NO_ERR : err_of(ERR_CONFLICT, "", N_("A published fact has changed, so the case is reviewed and noticed again: choose to resubmit it."));
}

/* At approval the money is bound, agency's part and enterprise's part together. */
static err bind_money(ctx *c, const application *a)
{
    policy_version p;
    TRY(policy_get(c, a->policy_version, &p));
    return budget_commit(c, p.policy, a->agreement, a->id, a->amount_fen + a->reward_fen);
}

err journey_before(ctx *c, const application *a, const flow_edge *choice, str note)
{
    if (str_eqz(a->node, "amend")) return leave_amend(c, a, choice);
    if (str_eqz(choice->id, "submit")) {
        TRY(deficiency_all_answered(c, a->id));
        return application_submit(c, a);
    }
    if (str_eqz(choice->to->id, "prepare")) return deficiency_send(c, a->id, a->agency, a->node, note);
    if (str_eqz(choice->id, "approved")) TRY(bind_money(c, a));
    bool first = choice->to->kind == NODE_END && str_eqz(a->node, "prepare"); /* withdrawn by its own agency */
    bool refused = choice->to->kind == NODE_END && choice->needs_note;
    return first || refused ? NO_ERR : deficiency_settle(c, a->id);
}

/* ---- deciding one alone -------------------------------------------------------------------------------------------------- */

static const field move_fields[] = {
    FIELD(application_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(application_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(application_move_in, choice, F_TEXT, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(application_move_in, note, F_LINES, .label = N_("Note"), .max = 2000),
};
const shape application_move_shape = {"application_move", move_fields, countof(move_fields), sizeof(application_move_in)};

/* The flow says the first of all what is wrong with the choice itself: role, four eyes, version, note. */
static err find_choice(ctx *c, const application *a, const application_move_in *m, const flow_edge **out)
{
    const flow *f;
    TRY(flow_version(c, a->flow_id, &f));
    const flow_node *n = flow_node_of(f, a->node);
    *out = n ? flow_choice_of(n, m->choice) : NULL;
    bool stale = m->version >= 0 && m->version != a->version;
    if (!*out || stale || n->batch) return flow_decide(c, a->id, m->version, m->choice, m->note); /* refuses, with its own sentence */
    TRY(flow_may(c, f, n, a->id, 0));
    if ((*out)->needs_note && !m->note.n && !str_eqz((*out)->to->id, "prepare"))
        return err_of(ERR_INPUT, "note", N_("This decision needs a written reason."));
    return NO_ERR;
}

static err move(ctx *c, void *in)
{
    application_move_in *m = in;
    application a;
    const flow_edge *choice;
    TRY(application_get(c, m->id, &a));
    TRY(find_choice(c, &a, m, &choice));
    if (!choice) return err_of(ERR_INPUT, "choice", N_("There is no such choice here."));
    TRY(journey_before(c, &a, choice, m->note));
    str note = m->note.n || !choice->needs_note ? m->note : tr(c->lang, N_("See the items asked for."));
    return flow_decide(c, a.id, m->version, m->choice, note);
}
const action application_move = {"application_move", &application_move_shape, move, 0};

/* ---- service tasks of the flow ---------------------------------------------------------------------------------------------- */

static err publish_notice(ctx *c, const flow_move *m)
{
    notice_new n;
    int64_t *ids = new_n(c->a, int64_t, m->n), paper;
    for (int i = 0; i < m->n; i++) ids[i] = m->cases[i].id;
    TRY(publish_words(c, m->to, ids, m->n, &n));
    n.batch = m->cases[0].batch;
    TRY(notice_publish(c, &n));
    return paper_issue(c, S("notice"), m->cases[0].batch, ids, m->n, &paper);
}

static err settle(ctx *c, const flow_move *m)
{
    TRY(reversal_undecided(c, m));
    return payment_settle(c, m);
}

static err grant(ctx *c, const flow_move *m) { return reward_grant(c, m); }

/* ---- after the rows are written ------------------------------------------------------------------------------------------------ */

static err came_back(ctx *c, const application *a, const flow_move *m)
{
    TRY(budget_uncommit(c, a->id));
    TRY(flow_set_batch(c, a->id, 0));
    str why = m->note.n ? m->note : S("—");
    TRY(message_org(c, a->agency, N_("Application {0} came back for supplement: {1}"), a->number, why, (str){0}, path_of(c, a->id)));
    return message_org(c, a->enterprise, N_("Application {0} came back for supplement: {1}"), a->number, why, (str){0}, path_of(c, a->id));
}

err journey_unbind(ctx *c, const application *a)
{
    flow_case k;
    int64_t live;
    TRY(budget_uncommit(c, a->id));
    TRY(flow_case_get(c, a->agreement, &k));
    if (!str_eqz(k.node, "terminated") && !str_eqz(k.node, "done")) return NO_ERR;
    TRY(store_int(c, &application_live_of_agreement, &live, ARGS(a->agreement)));
    return live ? NO_ERR : budget_release(c, a->agreement); /* nobody can claim on it any more */
}

static err ended(ctx *c, const application *a, const flow_move *m)
{
    bool paid = str_eqz(m->to->id, "paid");
    TRY(store_run(c, &application_mark_ended, NULL, ARGS(a->id)));
    const char *says = paid ? N_("The payment of {0} is ordered: {2}.") : str_eqz(m->to->id, "withdrawn") ? N_("Application {0} was withdrawn. {1}")
                                                                         : N_("Application {0} was refused: {1} You may ask for it to be looked at again.");
    if (!paid) {
        TRY(journey_unbind(c, a));
        TRY(store_run(c, &application_claims_end, NULL, ARGS(a->id)));
        TRY(outcome_unclaim(c, a->id));
    }
    str name = a->number.n ? a->number : str_fmt(c->a, "%lld", (long long)a->id);
    TRY(message_org(c, a->agency, says, name, m->note, a->payee_name, path_of(c, a->id)));
    return message_org(c, a->enterprise, says, name, m->note, a->payee_name, path_of(c, a->id));
}

static err notice_of(ctx *c, const application *a, const flow_move *m)
{
    flow_case k;
    if (m->from->kind == NODE_TIMER && !m->message.n) TRY(notice_mark(c, a->id, S("passed"), 0));
    if (!str_eqz(m->from->id, "amend")) return NO_ERR;
    if (str_eqz(m->to->id, "bureau_review")) TRY(budget_uncommit(c, a->id)); /* it is approved anew */
    if (m->to->kind == NODE_TIMER) {
        TRY(flow_case_get(c, a->id, &k));
        return notice_mark(c, a->id, S("open"), k.timer_day);
    }
    if (str_eqz(m->to->id, "bureau_review")) return notice_mark(c, a->id, S("replaced"), 0);
    return notice_mark(c, a->id, m->to->kind == NODE_END ? S("withdrawn") : S("passed"), 0);
}

static err rested(ctx *c, const flow_move *m)
{
    pace_tally waits = {0};
    for (int i = 0; i < m->n; i++) {
        application a;
        TRY(application_fetch(c, m->cases[i].id, &a));
        TRY(pace_count(c, &waits, m, &m->cases[i], a.month));
        TRY(notice_of(c, &a, m));
        if (m->to->kind == NODE_END) TRY(ended(c, &a, m));
        else if (str_eqz(m->to->id, "prepare")) TRY(came_back(c, &a, m));
        else if (m->choice && str_eqz(m->choice->id, "approved"))
            TRY(message_org(c, a.agency, N_("Application {0} is approved and stands for public notice."), a.number, (str){0}, (str){0}, path_of(c, a.id)));
    }
    TRY(pace_write(c, &waits));
    TRY(batch_went_on(c, m));
    return batch_arrive(c, m);
}

static const flow_action actions[] = {{"publish_notice", publish_notice}, {"settle", settle}, {"grant_reward", grant}, {0}};
const flow_kind subsidy_flow = {"subsidy", actions, NULL, rested};
