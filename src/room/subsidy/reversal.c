/* SPDX-License-Identifier: Apache-2.0 */
/* reversal.c: taking an approval back before payment: one person proposes with a reason, another decides, all parties are told. */
#include "room/subsidy/reversal.h"

#include "gen/room/subsidy/reversal_sql.h"
#include "room/message/message.h"

SHAPE(reversal, FIELD(reversal, id, F_ID), FIELD(reversal, application, F_ID), FIELD(reversal, node, F_TEXT), FIELD(reversal, reason, F_TEXT),
      FIELD(reversal, proposed_by, F_ID), FIELD(reversal, proposer, F_TEXT), FIELD(reversal, proposed_day, F_DAY), FIELD(reversal, verdict, F_TEXT),
      FIELD(reversal, note, F_TEXT), FIELD(reversal, decided_day, F_DAY), FIELD(reversal, number, F_TEXT));

str reversal_href(ctx *c, int64_t id) { return str_fmt(c->a, "/reversals/%lld", (long long)id); }

err reversal_get(ctx *c, int64_t id, reversal *out)
{
    err e = store_row(c, &reversal_row, &reversal_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such proposal.")) : e;
}

bool reversal_possible(const flow *f, str node)
{
    for (int i = 0; i < f->node_n; i++)
        if (f->nodes[i].attached && str_eq(f->nodes[i].attached->id, node) && str_eqz(f->nodes[i].message, "reversal")) return true;
    return false;
}

err reversal_undecided(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) {
        int64_t open;
        application a;
        TRY(store_int(c, &reversal_open_of, &open, ARGS(m->cases[i].id)));
        if (!open) continue;
        TRY(application_fetch(c, m->cases[i].id, &a));
        return err_with(ERR_CONFLICT, "", N_("The approval of {0} is proposed to be reversed: the committee's office decides that before it is paid."), a.number,
                        (str){0}, (str){0});
    }
    return NO_ERR;
}

/* ---- proposing ------------------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(reversal_new, application, F_ID, .flags = F_HIDDEN),
    FIELD(reversal_new, reason, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .hint = N_("The facts and the clause, 10 to 2,000 characters; both parties read it"), .min = 10, .max = 2000),
    FIELD(reversal_new, warned, F_BOOL, .label = N_("I have read the legal notice above")),
    FIELD(reversal_new, id, F_ID, .flags = F_RESULT),
};
const shape reversal_new_shape = {"reversal_new", new_fields, countof(new_fields), sizeof(reversal_new)};

static err propose(ctx *c, void *in)
{
    reversal_new *n = in;
    application a;
    const flow *f;
    TRY(application_get(c, n->application, &a));
    TRY(flow_version(c, a.flow_id, &f));
    if (!reversal_possible(f, a.node))
        return err_of(ERR_CONFLICT, "", N_("An approval can be reversed after its notice has ended and before it is paid; this case does not stand there."));
    if (!n->warned) return err_of(ERR_INPUT, "warned", N_("Read the legal notice and say that you did."));
    TRY(store_next_id(c, S("reversal"), &n->id));
    err e = store_run(c, &reversal_add_reversal, NULL, ARGS(n->id, a.id, a.node, n->reason, c->who.person, c->today));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("A reversal of this approval is proposed already."));
    TRY(e);
    return message_role(c, ROLE_COMMITTEE, N_("The bureau proposes to reverse the approval of {0}: decide it."), a.number, (str){0}, (str){0}, reversal_href(c, n->id));
}
const action reversal_propose = {"reversal_propose", &reversal_new_shape, propose, 0};

/* ---- deciding --------------------------------------------------------------------------------------------------------- */

const struct choice reversal_verdicts[] = {{"confirmed", N_("Reverse the approval")}, {"declined", N_("The approval stands")}, {0}};
static const field verdict_fields[] = {
    FIELD(reversal_verdict, id, F_ID, .flags = F_HIDDEN),
    FIELD(reversal_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = reversal_verdicts),
    FIELD(reversal_verdict, note, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .max = 2000),
};
const shape reversal_verdict_shape = {"reversal_verdict", verdict_fields, countof(verdict_fields), sizeof(reversal_verdict)};

static err tell_all(ctx *c, const application *a, str why)
{
    static const role offices[] = {ROLE_ALLIANCE, ROLE_BUREAU, ROLE_FINANCE};
    const char *says = N_("The approval of {0} is reversed before payment: {1} The bureau takes the case up again.");
    str href = str_fmt(c->a, "/applications/%lld", (long long)a->id);
    TRY(message_org(c, a->agency, says, a->number, why, (str){0}, href));
    TRY(message_org(c, a->enterprise, says, a->number, why, (str){0}, href));
    for (int i = 0; i < countof(offices); i++) TRY(message_role(c, offices[i], says, a->number, why, (str){0}, href));
    return NO_ERR;
}

static err decide(ctx *c, void *in)
{
    const reversal_verdict *d = in;
    reversal r;
    application a;
    int64_t changed;
    TRY(reversal_get(c, d->id, &r));
    if (actor_is(&c->who, r.proposed_by)) return err_of(ERR_DENIED, "", N_("Another person must decide it than the one who proposed it."));
    TRY(store_run(c, &reversal_put_verdict, &changed, ARGS(r.id, d->verdict, d->note, c->who.person, c->today)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("This proposal has been decided already."));
    TRY(application_fetch(c, r.application, &a));
    if (str_eqz(d->verdict, "declined"))
        return message_person(c, r.proposed_by, N_("The approval of {0} stands: {1}"), a.number, d->note, (str){0}, reversal_href(c, r.id));
    TRY(flow_message(c, a.id, S("reversal"), r.reason)); /* refuses where it was paid meanwhile */
    return tell_all(c, &a, r.reason);
}
const action reversal_decide = {"reversal_decide", &reversal_verdict_shape, decide, 0};
