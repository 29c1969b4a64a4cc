/* SPDX-License-Identifier: Apache-2.0 */
/* application_start.c: a new application for an agreement in service, blank or with what carries over from an earlier one. */
#include "gen/room/subsidy/application_sql.h"
#include "room/document/document.h"
#include "room/outcome/outcome.h"
#include "room/pair/pair.h"
#include "room/policy/policy.h"
#include "room/subsidy/application.h"

SHAPE(application_start_in,
      FIELD(application_start_in, agreement, F_ID, .flags = F_REQUIRED, .label = N_("Agreement"), .min = 1, .max = INT64_MAX),
      FIELD(application_start_in, copy, F_ID, .label = N_("Copy from"), .hint = N_("An earlier application of yours: what carries over is filled in; numbers, days and proofs are not"), .max = INT64_MAX),
      FIELD(application_start_in, id, F_ID, .flags = F_RESULT));
const shape application_start_shape = {"application_start", application_start_in_fields, countof(application_start_in_fields), sizeof(application_start_in)};

/* The kind of outcome and its grade; for the same agreement also its contract, the beginning of the service and the sum it rests on. */
static err copy_over(ctx *c, const application_start_in *s, const policy_version *p)
{
    application from;
    err e = application_get(c, s->copy, &from);
    if (e.kind == ERR_MISSING || (!e.kind && from.agency != c->who.org)) return err_of(ERR_INPUT, "copy", N_("There is no such application of yours."));
    TRY(e);
    application_draft_in d = {.id = s->id};
    if (policy_pays_for(p, from.outcome_kind)) d.outcome_kind = from.outcome_kind;
    if (from.policy_version == p->id) d.grade = from.grade;
    if (from.agreement == s->agreement) d.contract = from.contract_doc, d.service_from = from.service_from, d.base_fen = from.base_fen;
    return store_also(c, &application_save, &d);
}

/* What the enterprise has confirmed as an outcome need not be typed again. */
static err take_outcomes(ctx *c, const application_start_in *s, const policy_version *p)
{
    outcome_ready ready;
    TRY(outcome_ready_of(c, s->agreement, &ready));
    if (!ready.n || !policy_pays_for(p, ready.kind)) return NO_ERR;
    application_draft_in d = {.id = s->id, .outcome_kind = ready.kind, .outcome_number = ready.numbers, .outcome_day = ready.first_day, .proof = ready.proof};
    return store_also(c, &application_save, &d);
}

static err start(ctx *c, void *in)
{
    application_start_in *s = in;
    agreement m;
    policy_version p;
    int64_t live, payee;
    TRY(agreement_get(c, s->agreement, &m));
    if (m.agency != c->who.org) return err_of(ERR_MISSING, "agreement", N_("There is no such agreement."));
    TRY(agreement_in_service(c, s->agreement, &m));
    if (!m.policy) return err_of(ERR_CONFLICT, "agreement", N_("In market mode no policy pays: the enterprise pays the agreed fee after success."));
    TRY(policy_in_force(c, m.policy, c->today, &p));
    TRY(store_int(c, &application_live_of_agreement, &live, ARGS(m.id)));
    if (live)
        return err_with(ERR_CONFLICT, "agreement", N_("Application {0} for this agreement is not finished yet: go on with that one."),
                        str_fmt(c->a, "%lld", (long long)live), (str){0}, (str){0});
    TRY(application_payee(c, &p, m.agency, &payee));
    TRY(flow_begin(c, S("subsidy"), &s->id));
    TRY(store_run(c, &application_add_draft, NULL, ARGS(s->id, m.id, m.agency, m.enterprise, p.id, payee)));
    if (m.contract_doc) TRY(document_link(c, m.contract_doc, S("application"), s->id, S("agreement")));
    return s->copy ? copy_over(c, s, &p) : take_outcomes(c, s, &p);
}
const action application_start = {"application_start", &application_start_shape, start, 0};
