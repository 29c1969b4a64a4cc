/* SPDX-License-Identifier: Apache-2.0 */
/* outcome.c: an outcome is entered by the agency, confirmed by the enterprise, claimed by an application, withdrawn. */
#include "room/outcome/outcome.h"

#include "base/days.h"
#include "base/patent.h"
#include "gen/room/outcome/outcome_sql.h"
#include "room/document/document.h"
#include "room/message/message.h"
#include "room/outcome/outcome_parts.h"
#include "room/pair/pair.h"

SHAPE(outcome, FIELD(outcome, id, F_ID), FIELD(outcome, agreement, F_ID), FIELD(outcome, agency, F_ID), FIELD(outcome, enterprise, F_ID), FIELD(outcome, kind, F_TEXT),
      FIELD(outcome, number, F_TEXT), FIELD(outcome, normal, F_TEXT), FIELD(outcome, obtained_day, F_DAY), FIELD(outcome, proof, F_ID), FIELD(outcome, state, F_TEXT),
      FIELD(outcome, application, F_ID), FIELD(outcome, entered_day, F_DAY), FIELD(outcome, decided_day, F_DAY), FIELD(outcome, note, F_TEXT),
      FIELD(outcome, agreement_number, F_TEXT), FIELD(outcome, subject, F_TEXT), FIELD(outcome, agency_name, F_TEXT), FIELD(outcome, enterprise_name, F_TEXT));

SHAPE(outcome_live, FIELD(outcome_live, id, F_ID), FIELD(outcome_live, state, F_TEXT), FIELD(outcome_live, obtained_day, F_DAY));
SHAPE(outcome_holding, FIELD(outcome_holding, id, F_ID), FIELD(outcome_holding, agreement_number, F_TEXT));

err outcome_get(ctx *c, int64_t id, outcome *out)
{
    bool found;
    TRY(store_find(c, &outcome_row, &outcome_shape, out, &found, ARGS(id)));
    bool party = found && c->who.org && (c->who.org == out->agency || c->who.org == out->enterprise);
    return found && (party || (WHO(c->who.role) & OFFICERS)) ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such outcome."));
}

str outcome_href(ctx *c, int64_t id) { return str_fmt(c->a, "/outcomes/%lld", (long long)id); }

/* ---- entering ------------------------------------------------------------------------------------------------------- */

static const field new_fields[] = {
    FIELD(outcome_new, agreement, F_ID, .flags = F_HIDDEN),
    FIELD(outcome_new, kind, F_CODE, .flags = F_REQUIRED, .label = N_("Kind of outcome"), .choices = outcome_kinds),
    FIELD(outcome_new, number, F_TEXT, .flags = F_REQUIRED, .label = N_("Number of the outcome"), .hint = N_("As on the certificate"), .max = 80),
    FIELD(outcome_new, obtained_day, F_DAY, .flags = F_REQUIRED, .label = N_("Day of the outcome"), .hint = N_("Grant, registration or issue, as on the certificate")),
    FIELD(outcome_new, proof, F_FILE, .flags = F_REQUIRED, .label = N_("Proof of the outcome"), .hint = N_("The certificate; PDF or picture, at most 20 MB")),
    FIELD(outcome_new, id, F_ID, .flags = F_RESULT),
};
const shape outcome_new_shape = {"outcome_new", new_fields, countof(new_fields), sizeof(outcome_new)};

/* What was reached before the agreement was filed earns no subsidy (R9). */
static err check_day(ctx *c, const agreement *m, int64_t day)
{
    if (day > c->today) return err_with(ERR_INPUT, "obtained_day", N_("The outcome is of {0}; today is {1}."), day_text(c->a, day), day_text(c->a, c->today), (str){0});
    if (day < m->filed_day)
        return err_with(ERR_INPUT, "obtained_day", N_("The outcome is of {0}, before the agreement was filed on {1}: it can earn no subsidy."), day_text(c->a, day),
                        day_text(c->a, m->filed_day), (str){0});
    return NO_ERR;
}

static err at_number(err e) { return e.kind == ERR_INPUT ? err_with(ERR_INPUT, "number", e.text, e.arg[0], e.arg[1], e.arg[2]) : e; }

err outcome_put(ctx *c, const agreement *m, const outcome_new *n, int64_t entry, bool *there)
{
    str normal;
    outcome_live live;
    TRY(at_number(outcome_number(c->a, n->kind, n->number, &normal)));
    TRY(check_day(c, m, n->obtained_day));
    TRY(store_find(c, &outcome_live_of_agreement, &outcome_live_shape, &live, there, ARGS(m->id, n->kind, normal)));
    if (*there && live.obtained_day != n->obtained_day)
        return err_with(ERR_CONFLICT, "number", N_("The number {0} stands under this agreement already, with the day {1}."), n->number, day_text(c->a, live.obtained_day), (str){0});
    if (*there) return NO_ERR;
    return store_run(c, &outcome_add, NULL, ARGS(n->id, m->id, m->agency, m->enterprise, n->kind, n->number, normal, n->obtained_day, n->proof, S("entered"), entry,
                                                 (int64_t)0, c->who.person, c->today));
}

err outcome_proof_free(ctx *c, int64_t proof, int64_t agreement_id)
{
    str other;
    TRY(store_text(c, &outcome_proof_elsewhere, &other, ARGS(proof, agreement_id)));
    if (!other.n) TRY(store_text(c, &outcome_proof_of_application, &other, ARGS(proof, agreement_id)));
    return other.n ? err_with(ERR_CONFLICT, "proof", N_("This very file is the proof of an outcome of agreement {0}."), other, (str){0}, (str){0}) : NO_ERR;
}

static err own_proof(ctx *c, int64_t proof, int64_t agreement_id)
{
    document d;
    if (document_own(c, proof, &d).kind) return err_of(ERR_INPUT, "proof", N_("There is no such file."));
    str contract;
    TRY(store_text(c, &outcome_proof_is_contract, &contract, ARGS(proof)));
    if (contract.n) return err_with(ERR_CONFLICT, "proof", N_("This very file is the contract of agreement {0}: it proves no outcome."), contract, (str){0}, (str){0});
    return outcome_proof_free(c, proof, agreement_id);
}

static err enter(ctx *c, void *in)
{
    outcome_new *n = in;
    agreement m;
    bool there;
    TRY(agreement_get(c, n->agreement, &m));
    if (m.agency != c->who.org) return err_of(ERR_DENIED, "", N_("Only the agency of the agreement enters its outcomes."));
    TRY(agreement_in_service(c, n->agreement, &m));
    TRY(own_proof(c, n->proof, m.id));
    TRY(store_next_id(c, S("outcome"), &n->id));
    TRY(outcome_put(c, &m, n, 0, &there));
    if (there) return err_of(ERR_CONFLICT, "number", N_("This number stands under the agreement already."));
    TRY(document_link(c, n->proof, S("outcome"), n->id, S("proof")));
    return message_org(c, m.enterprise, N_("{0} has entered an outcome of yours: {1}. Please confirm it or say that it is not."), m.agency_name, n->number, (str){0},
                       outcome_href(c, n->id));
}
const action outcome_enter = {"outcome_enter", &outcome_new_shape, enter, 0};

static const field proof_fields[] = {
    FIELD(outcome_proof, id, F_ID, .flags = F_HIDDEN),
    FIELD(outcome_proof, proof, F_FILE, .flags = F_REQUIRED, .label = N_("Proof of the outcome"), .hint = N_("The certificate; PDF or picture, at most 20 MB")),
};
const shape outcome_proof_shape = {"outcome_proof", proof_fields, countof(proof_fields), sizeof(outcome_proof)};

static err prove(ctx *c, void *in)
{
    const outcome_proof *p = in;
    outcome o;
    TRY(outcome_get(c, p->id, &o));
    if (o.agency != c->who.org) return err_of(ERR_DENIED, "", N_("Only its agency gives the proof."));
    if (!str_eqz(o.state, "entered")) return err_of(ERR_CONFLICT, "", N_("The enterprise has decided on it already, so its proof stays as it is."));
    TRY(own_proof(c, p->proof, o.agreement));
    TRY(document_unlink(c, S("outcome"), o.id, S("proof")));
    TRY(document_link(c, p->proof, S("outcome"), o.id, S("proof")));
    return store_run(c, &outcome_put_proof, NULL, ARGS(o.id, p->proof));
}
const action outcome_prove = {"outcome_prove", &outcome_proof_shape, prove, 0};

/* ---- the enterprise decides --------------------------------------------------------------------------------------------- */

static const struct choice verdicts[] = {{"confirm", N_("It is ours and as entered")}, {"decline", N_("It is not")}, {0}};
static const field ref_fields[] = {FIELD(outcome_ref, id, F_ID, .min = 1, .max = INT64_MAX)};
static const shape ref_shape = {"outcome_ref", ref_fields, countof(ref_fields), sizeof(outcome_ref)};
static const field verdict_fields[] = {
    {.name = "id", .kind = F_LIST, .at = (int)offsetof(outcome_verdict, ids), .of = &ref_shape},
    FIELD(outcome_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = verdicts),
    FIELD(outcome_verdict, note, F_LINES, .label = N_("Reason"), .hint = N_("Needed if it is not"), .max = 500),
};
const shape outcome_verdict_shape = {"outcome_verdict", verdict_fields, countof(verdict_fields), sizeof(outcome_verdict)};

err outcome_held_elsewhere(ctx *c, str kind, str normal, str number)
{
    outcome_holding held;
    bool here;
    TRY(store_find(c, &outcome_holder, &outcome_holding_shape, &held, &here, ARGS(kind, normal)));
    return err_with(ERR_CONFLICT, "outcome_number", N_("Outcome {0} is confirmed already, under agreement {1}: an outcome belongs to one agreement and is paid once."), number,
                    here ? held.agreement_number : tr(c->lang, N_("another zone")), (str){0});
}

static err decide_one(ctx *c, int64_t id, const outcome_verdict *v)
{
    outcome o;
    int64_t changed;
    bool confirm = str_eqz(v->verdict, "confirm");
    TRY(outcome_get(c, id, &o));
    if (o.enterprise != c->who.org) return err_of(ERR_DENIED, "", N_("Only the enterprise confirms its outcomes."));
    err e = store_run(c, &outcome_decide_it, &changed, ARGS(id, confirm ? S("confirmed") : S("declined"), v->note, c->who.person, c->today));
    if (e.kind == ERR_CONFLICT) return outcome_held_elsewhere(c, o.kind, o.normal, o.number);
    TRY(e);
    if (!changed) return err_with(ERR_CONFLICT, "", N_("Outcome {0} has been decided on already."), o.number, (str){0}, (str){0});
    return message_org(c, o.agency, confirm ? N_("{0} has confirmed outcome {1}.") : N_("{0} says that outcome {1} is not as entered: {2}"), o.enterprise_name, o.number,
                       v->note, outcome_href(c, id));
}

static err decide(ctx *c, void *in)
{
    const outcome_verdict *v = in;
    const outcome_ref *ids = v->ids.items;
    if (!v->ids.n) return err_of(ERR_INPUT, "id", N_("Choose at least one outcome."));
    if (str_eqz(v->verdict, "decline") && !v->note.n) return err_of(ERR_INPUT, "note", N_("Say what is wrong with it."));
    for (int i = 0; i < v->ids.n; i++) TRY(decide_one(c, ids[i].id, v));
    return NO_ERR;
}
const action outcome_decide = {"outcome_decide", &outcome_verdict_shape, decide, 0};

/* ---- withdrawing ----------------------------------------------------------------------------------------------------------- */

static const field withdrawal_fields[] = {
    FIELD(outcome_withdrawal, id, F_ID, .flags = F_HIDDEN),
    FIELD(outcome_withdrawal, note, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .max = 500),
};
const shape outcome_withdrawal_shape = {"outcome_withdrawal", withdrawal_fields, countof(withdrawal_fields), sizeof(outcome_withdrawal)};

static err withdraw(ctx *c, void *in)
{
    const outcome_withdrawal *w = in;
    outcome o;
    int64_t changed;
    TRY(outcome_get(c, w->id, &o));
    bool bureau = c->who.role == ROLE_BUREAU;
    if (!bureau && o.agency != c->who.org) return err_of(ERR_DENIED, "", N_("Its agency withdraws it, or the bureau."));
    TRY(store_run(c, &outcome_withdraw_it, &changed, ARGS(o.id, w->note, c->who.person, c->today)));
    if (!changed)
        return err_of(ERR_CONFLICT, "", o.application ? N_("An application claims this outcome; withdraw that first.") : N_("It does not stand any more, so it cannot be withdrawn."));
    const char *says = N_("Outcome {0} was withdrawn: {1}");
    if (bureau) TRY(message_org(c, o.agency, says, o.number, w->note, (str){0}, outcome_href(c, o.id)));
    return message_org(c, o.enterprise, says, o.number, w->note, (str){0}, outcome_href(c, o.id));
}
const action outcome_withdraw = {"outcome_withdraw", &outcome_withdrawal_shape, withdraw, 0};
