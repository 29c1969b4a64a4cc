/* SPDX-License-Identifier: Apache-2.0 */
/* proposal.c: a proposal's way: proposed by the figures, decided by a person, appealed, judged by another. */
#include "room/rating/proposal.h"

#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/admission/admission.h"
#include "room/message/message.h"
#include "room/zone/zone.h"

enum { QUIET_DAYS = 90, APPEAL_WORKDAYS = 15 }; /* the same is not proposed again so soon */

SHAPE(proposal, FIELD(proposal, id, F_ID), FIELD(proposal, run, F_ID), FIELD(proposal, month, F_INT), FIELD(proposal, agency, F_ID), FIELD(proposal, kind, F_TEXT),
      FIELD(proposal, score_low, F_INT), FIELD(proposal, score_high, F_INT), FIELD(proposal, state, F_TEXT), FIELD(proposal, made_day, F_DAY),
      FIELD(proposal, decided_by, F_ID), FIELD(proposal, decided_for, F_ID), FIELD(proposal, decided_day, F_DAY), FIELD(proposal, note, F_TEXT), FIELD(proposal, appeal, F_TEXT),
      FIELD(proposal, appealed_day, F_DAY), FIELD(proposal, judged_by, F_ID), FIELD(proposal, judged_day, F_DAY), FIELD(proposal, judgement, F_TEXT),
      FIELD(proposal, agency_name, F_TEXT), FIELD(proposal, agency_name_en, F_TEXT));

static const struct choice decisions[] = {{"confirm", N_("Confirm it")}, {"dismiss", N_("Dismiss it")}, {0}};
static const struct choice judgements[] = {{"uphold", N_("The decision stands")}, {"lift", N_("Lift the decision")}, {0}};
#define VERDICT(of) \
    FIELD(proposal_verdict, id, F_ID, .flags = F_HIDDEN), FIELD(proposal_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = of), \
    FIELD(proposal_verdict, note, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .hint = N_("The agency reads it"), .max = 500)
static const field decide_fields[] = {VERDICT(decisions)};
static const field judge_fields[] = {VERDICT(judgements)};
const shape proposal_decide_shape = {"proposal_decide", decide_fields, countof(decide_fields), sizeof(proposal_verdict)};
const shape proposal_judge_shape = {"proposal_judge", judge_fields, countof(judge_fields), sizeof(proposal_verdict)};
static const field appeal_fields[] = {
    FIELD(proposal_appeal_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(proposal_appeal_in, appeal, F_LINES, .flags = F_REQUIRED, .label = N_("Why the decision is wrong"), .max = 2000),
};
const shape proposal_appeal_shape = {"proposal_appeal", appeal_fields, countof(appeal_fields), sizeof(proposal_appeal_in)};

err proposal_limits(ctx *c, rating_limits *out)
{
    const struct { const char *setting; int64_t *to; } all[] = {
        {"rating_commend_from", &out->commend_from}, {"rating_warn_below", &out->warn_below}, {"rating_suspend_below", &out->suspend_below},
    };
    for (int i = 0; i < countof(all); i++) {
        TRY(zone_number(c, all[i].setting, all[i].to));
        *all[i].to *= 10; /* per cent to per mille */
    }
    return NO_ERR;
}

err proposal_make(ctx *c, const rating *r)
{
    int64_t id, of_late;
    rating_limits limits;
    TRY(proposal_limits(c, &limits));
    str kind = rating_proposes(&limits, r->cases, (rating_interval){r->score_low, r->score_high});
    if (!kind.n) return NO_ERR;
    TRY(store_int(c, &rating_same_of_late, &of_late, ARGS(r->agency, kind, c->today - QUIET_DAYS)));
    if (of_late) return NO_ERR;
    TRY(store_next_id(c, S("rating_proposal"), &id));
    return store_run(c, &rating_add_proposal, NULL, ARGS(id, r->run, r->agency, kind, r->score_low, r->score_high, c->today));
}

str proposal_path(ctx *c, int64_t id) { return str_fmt(c->a, "/ratings/proposals/%lld", (long long)id); }

err proposal_get(ctx *c, int64_t id, proposal *out)
{
    bool found;
    TRY(store_find(c, &rating_proposal_row, &proposal_shape, out, &found, ARGS(id)));
    bool decided = found && !str_eqz(out->state, "open") && !str_eqz(out->state, "dismissed");
    bool mine = decided && c->who.role == ROLE_AGENCY && out->agency == c->who.org;
    return found && (mine || (WHO(c->who.role) & OFFICERS)) ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such proposal."));
}

bool proposal_is_own(const ctx *c, const proposal *p) { return actor_is(&c->who, p->decided_by) || actor_is(&c->who, p->decided_for); }

static err stale(const char *text) { return err_of(ERR_CONFLICT, "", text); }

static err tell_agency(ctx *c, const proposal *p, const char *text, str why) { return message_org(c, p->agency, text, month_text(c->a, p->month), why, (str){0}, proposal_path(c, p->id)); }

static err decide(ctx *c, void *in)
{
    static const struct { const char *kind, *text; } told[] = {
        {"commend", N_("The alliance commends you by the rating of {0}: {1}")},
        {"warn", N_("The alliance warns you by the rating of {0}: {1} You may appeal.")},
        {"suspend", N_("The alliance suspends you by the rating of {0}: {1} Running agreements go on. You may appeal.")},
    };
    proposal_verdict *d = in;
    proposal p;
    int64_t changed;
    TRY(proposal_get(c, d->id, &p));
    bool confirm = str_eqz(d->verdict, "confirm");
    TRY(store_run(c, &rating_decide_proposal, &changed, ARGS(p.id, confirm ? S("confirmed") : S("dismissed"), c->who.person, c->today, d->note, c->who.for_person)));
    if (!changed) return stale(N_("It is decided already."));
    if (!confirm) return NO_ERR;
    if (!str_eqz(p.kind, "commend")) TRY(admission_follow(c, p.agency, str_z(c->a, p.kind), d->note));
    for (int i = 0; i < countof(told); i++)
        if (str_eqz(p.kind, told[i].kind)) return tell_agency(c, &p, told[i].text, d->note);
    return NO_ERR;
}
const action proposal_decide = {"proposal_decide", &proposal_decide_shape, decide, 0};

err proposal_last_appeal(ctx *c, const proposal *p, int64_t *day) { return workday_add(c->days, p->decided_day, APPEAL_WORKDAYS, day); }

static err appeal(ctx *c, void *in)
{
    proposal_appeal_in *a = in;
    proposal p;
    int64_t changed, last;
    TRY(proposal_get(c, a->id, &p));
    if (str_eqz(p.kind, "commend")) return stale(N_("There is nothing to appeal against in a commendation."));
    if (!str_eqz(p.state, "confirmed")) return stale(N_("It was appealed against already."));
    TRY(proposal_last_appeal(c, &p, &last));
    if (c->today > last) return err_with(ERR_CONFLICT, "", N_("The time to appeal ended on {0}."), day_text(c->a, last), (str){0}, (str){0});
    TRY(store_run(c, &rating_appeal_proposal, &changed, ARGS(p.id, a->appeal, c->who.person, c->today)));
    if (!changed) return stale(N_("It was appealed against already."));
    return message_role(c, ROLE_ALLIANCE, N_("{0} appeals against a decision on its rating."), p.agency_name, (str){0}, (str){0}, proposal_path(c, p.id));
}
const action proposal_appeal = {"proposal_appeal", &proposal_appeal_shape, appeal, 0};

static err judge(ctx *c, void *in)
{
    proposal_verdict *d = in;
    proposal p;
    int64_t changed;
    TRY(proposal_get(c, d->id, &p));
    if (!str_eqz(p.state, "appealed")) return stale(N_("There is no appeal to judge."));
    if (proposal_is_own(c, &p)) return err_of(ERR_DENIED, "", N_("Who confirmed the decision does not judge the appeal; a colleague does."));
    bool lift = str_eqz(d->verdict, "lift");
    TRY(store_run(c, &rating_judge_proposal, &changed, ARGS(p.id, lift ? S("lifted") : S("upheld"), c->who.person, c->today, d->note)));
    if (!changed) return stale(N_("There is no appeal to judge."));
    if (lift) TRY(admission_follow(c, p.agency, "reinstate", d->note));
    return tell_agency(c, &p, lift ? N_("Your appeal against the decision by the rating of {0} succeeded: {1}") : N_("Your appeal against the decision by the rating of {0} was not followed: {1}"), d->note);
}
const action proposal_judge = {"proposal_judge", &proposal_judge_shape, judge, 0};
