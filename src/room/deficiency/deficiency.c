/* SPDX-License-Identifier: Apache-2.0 */
/* deficiency.c: raised, sent, answered, settled. */
#include "room/deficiency/deficiency.h"

#include "gen/room/deficiency/deficiency_sql.h"
#include "room/deficiency/deficiency_row.h"

SHAPE(deficiency, FIELD(deficiency, id, F_ID), FIELD(deficiency, case_id, F_ID), FIELD(deficiency, owner_org, F_ID),
      FIELD(deficiency, round, F_INT), FIELD(deficiency, raised_by, F_ID), FIELD(deficiency, raised_day, F_DAY),
      FIELD(deficiency, answered_by, F_ID), FIELD(deficiency, answered_day, F_DAY), FIELD(deficiency, is_late, F_BOOL),
      FIELD(deficiency, step, F_TEXT), FIELD(deficiency, item, F_TEXT), FIELD(deficiency, reason, F_TEXT),
      FIELD(deficiency, clause, F_TEXT), FIELD(deficiency, text, F_LINES), FIELD(deficiency, late_reason, F_LINES),
      FIELD(deficiency, state, F_TEXT), FIELD(deficiency, answer, F_LINES));

const struct choice deficiency_reasons[] = {
    {"missing", N_("Missing")}, {"unclear", N_("Not legible or not clear")}, {"mismatch", N_("Contradicts another material")},
    {"expired", N_("Out of date")}, {"form", N_("Not in the required form")}, {"ineligible", N_("A condition is not met")},
    {"other", N_("Other")}, {0},
};

static const field new_fields[] = {
    FIELD(deficiency_new, case_id, F_ID, .flags = F_HIDDEN),
    FIELD(deficiency_new, owner_org, F_ID),
    FIELD(deficiency_new, item, F_CODE, .flags = F_REQUIRED, .label = N_("What it concerns"), .max = 40),
    FIELD(deficiency_new, reason, F_CODE, .flags = F_REQUIRED, .label = N_("Reason"), .choices = deficiency_reasons),
    FIELD(deficiency_new, clause, F_TEXT, .label = N_("Clause"), .hint = N_("Of the policy or the filing guide"), .max = 80),
    FIELD(deficiency_new, text, F_LINES, .flags = F_REQUIRED, .label = N_("What is to be done"), .max = 1000),
    FIELD(deficiency_new, late_reason, F_LINES, .label = N_("Superior's reason, if it is raised only in a later return"), .max = 500),
    FIELD(deficiency_new, id, F_ID, .flags = F_RESULT),
};
const shape deficiency_new_shape = {"deficiency_new", new_fields, countof(new_fields), sizeof(deficiency_new)};
static const field answer_fields[] = {
    FIELD(deficiency_answer_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(deficiency_answer_in, answer, F_LINES, .flags = F_REQUIRED, .label = N_("Answer"), .max = 1000),
};
const shape deficiency_answer_shape = {"deficiency_answer", answer_fields, countof(answer_fields), sizeof(deficiency_answer_in)};
SHAPE(deficiency_ref, FIELD(deficiency_ref, id, F_ID, .flags = F_HIDDEN));

/* ---- raising ---------------------------------------------------------------------------------------------------- */

static err may_decide(ctx *c, int64_t case_id, flow_case *k)
{
    const flow *f;
    TRY(flow_case_get(c, case_id, k));
    TRY(flow_version(c, k->flow_id, &f));
    const flow_node *n = flow_node_of(f, k->node);
    if (!n || n->kind != NODE_TASK) return err_of(ERR_CONFLICT, "", N_("Nobody decides on this case now."));
    return flow_may(c, f, n, case_id, k->batch);
}

static err insert(ctx *c, deficiency_new *n, int64_t round, str step, bool late, const char *state)
{
    TRY(store_next_id(c, S("deficiency"), &n->id));
    return store_run(c, &deficiency_add, NULL,
                     ARGS(n->id, n->case_id, n->owner_org, round, step, n->item, n->reason, n->clause, n->text, (int64_t)late,
                          late ? n->late_reason : S(""), c->who.person, c->today, str_of(state)));
}

/* Late: this step has sent the case back before, and this item was never raised until now. */
static err is_late(ctx *c, int64_t case_id, str step, str item, bool *late)
{
    int64_t rounds, before;
    TRY(store_int(c, &deficiency_last_round_at_step, &rounds, ARGS(case_id, step)));
    TRY(store_int(c, &deficiency_raised_before, &before, ARGS(case_id, item)));
    *late = rounds > 0 && !before;
    return NO_ERR;
}

static err raise_one(ctx *c, void *in)
{
    deficiency_new *n = in;
    flow_case k;
    int64_t round;
    bool late;
    TRY(may_decide(c, n->case_id, &k));
    TRY(store_int(c, &deficiency_last_round, &round, ARGS(n->case_id)));
    TRY(is_late(c, n->case_id, k.node, n->item, &late));
    if (late && !n->late_reason.n)
        return err_of(ERR_INPUT, "late_reason", N_("All faults belong into the first return. Raised only now, this one needs your superior's reason."));
    return insert(c, n, round + 1, k.node, late, "noted");
}
const action deficiency_raise = {"deficiency_raise", &deficiency_new_shape, raise_one, 0};

static err withdraw(ctx *c, void *in)
{
    deficiency_ref *r = in;
    deficiency d;
    err e = store_row(c, &deficiency_row, &deficiency_shape, &d, ARGS(r->id));
    if (e.kind) return e;
    if (!actor_is(&c->who, d.raised_by)) return err_of(ERR_DENIED, "", N_("Only its author may withdraw it."));
    int64_t changed;
    TRY(store_run(c, &deficiency_withdraw_it, &changed, ARGS(r->id)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("It is settled or withdrawn already."));
}
const action deficiency_withdraw = {"deficiency_withdraw", &deficiency_ref_shape, withdraw, 0};

/* ---- answering ------------------------------------------------------------------------------------------------------ */

static err answer(ctx *c, void *in)
{
    deficiency_answer_in *a = in;
    deficiency d;
    flow_case k;
    TRY(store_row(c, &deficiency_row, &deficiency_shape, &d, ARGS(a->id)));
    if (d.owner_org != c->who.org) return err_of(ERR_MISSING, "", N_("There is no such item."));
    TRY(may_decide(c, d.case_id, &k));
    int64_t changed;
    TRY(store_run(c, &deficiency_put_answer, &changed, ARGS(a->id, a->answer, c->who.person, c->today)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("It is settled or withdrawn already."));
}
const action deficiency_answer = {"deficiency_answer", &deficiency_answer_shape, answer, 0};

/* ---- with the moves of the case ---------------------------------------------------------------------------------------- */

err deficiency_send(ctx *c, int64_t case_id, int64_t owner_org, str step, str note)
{
    int64_t noted, round;
    TRY(store_int(c, &deficiency_count_in_state, &noted, ARGS(case_id, S("noted"))));
    TRY(store_int(c, &deficiency_last_round, &round, ARGS(case_id)));
    TRY(store_run(c, &deficiency_change_state, NULL, ARGS(case_id, S("noted"), S("open"))));
    if (noted) return NO_ERR;
    if (!note.n) return err_of(ERR_INPUT, "note", N_("Say what is lacking: a note, or items with reason and clause."));
    deficiency_new n = {.case_id = case_id, .owner_org = owner_org, .item = S("general"), .reason = S("other"), .text = note};
    return insert(c, &n, round + 1, step, false, "open");
}

err deficiency_all_answered(ctx *c, int64_t case_id)
{
    int64_t open;
    TRY(store_int(c, &deficiency_count_in_state, &open, ARGS(case_id, S("open"))));
    if (!open) return NO_ERR;
    return err_with(ERR_CONFLICT, "deficiencies", N_("{0} items asked for have no answer yet."), str_fmt(c->a, "%lld", (long long)open), (str){0}, (str){0});
}

err deficiency_settle(ctx *c, int64_t case_id)
{
    int64_t noted, open;
    TRY(store_int(c, &deficiency_count_in_state, &noted, ARGS(case_id, S("noted"))));
    TRY(store_int(c, &deficiency_count_in_state, &open, ARGS(case_id, S("open"))));
    if (noted || open)
        return err_of(ERR_CONFLICT, "deficiencies", N_("Items are still asked for. Return the case for supplement, or withdraw them first."));
    return store_run(c, &deficiency_change_state, NULL, ARGS(case_id, S("answered"), S("settled")));
}
