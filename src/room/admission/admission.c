/* SPDX-License-Identifier: Apache-2.0 */
/* admission.c: how an agency is admitted, warned, suspended, reinstated, and how it leaves; what that does to its standing. */
#include "base/days.h"
#include "gen/room/admission/admission_sql.h"
#include "room/admission/admission_parts.h"
#include "room/member/member.h"
#include "room/message/message.h"

SHAPE(admission, FIELD(admission, id, F_ID), FIELD(admission, version, F_INT), FIELD(admission, node, F_TEXT), FIELD(admission, since_day, F_DAY),
      FIELD(admission, due_day, F_DAY), FIELD(admission, flow_id, F_ID), FIELD(admission, org, F_ID), FIELD(admission, applied_day, F_DAY),
      FIELD(admission, admitted_day, F_DAY), FIELD(admission, is_open, F_BOOL), FIELD(admission, is_appealed, F_BOOL), FIELD(admission, org_name, F_TEXT),
      FIELD(admission, org_name_en, F_TEXT), FIELD(admission, org_state, F_TEXT));

str admission_path(ctx *c, int64_t id) { return str_fmt(c->a, "/admissions/%lld", (long long)id); }

static err fetch(ctx *c, int64_t id, admission *out)
{
    err e = store_row(c, &admission_row, &admission_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such application for admission.")) : e;
}

err admission_get(ctx *c, int64_t id, admission *out)
{
    TRY(fetch(c, id, out));
    bool first_draft = str_eqz(out->node, "draft") && out->version <= 1;
    bool sees = c->who.org == out->org || ((WHO(c->who.role) & OFFICERS) && !first_draft);
    return sees ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such application for admission."));
}

/* ---- applying ----------------------------------------------------------------------------------------------------------- */

static const field begin_fields[] = {FIELD(admission_begin_in, id, F_ID, .flags = F_RESULT)};
const shape admission_begin_shape = {"admission_begin", begin_fields, countof(begin_fields), sizeof(admission_begin_in)};

static err begin(ctx *c, void *in)
{
    admission_begin_in *b = in;
    org o;
    TRY(member_get(c, c->who.org, &o));
    if (!str_eqz(o.kind, "agency")) return err_of(ERR_DENIED, "", N_("Only an agency applies for admission."));
    if (str_eqz(o.state, "suspended")) return err_of(ERR_CONFLICT, "", N_("A suspended agency is reinstated, not admitted anew."));
    TRY(flow_begin(c, S("admission"), &b->id));
    err e = store_run(c, &admission_add, NULL, ARGS(b->id, o.id, c->today));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("The agency has an application already, or is admitted."));
    TRY(e);
    return member_set_state(c, o.id, S("left"), S("applied"));
}
const action admission_begin = {"admission_begin", &admission_begin_shape, begin, 0};

/* ---- moving ------------------------------------------------------------------------------------------------------------- */

static const field move_fields[] = {
    FIELD(admission_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(admission_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(admission_move_in, choice, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(admission_move_in, note, F_LINES, .label = N_("Note"), .max = 2000),
};
const shape admission_move_shape = {"admission_move", move_fields, countof(move_fields), sizeof(admission_move_in)};

static err before_submit(ctx *c, const admission *a, str note)
{
    (void)note;
    TRY(evidence_complete(c, a));
    return deficiency_all_answered(c, a->id);
}

static err before_return(ctx *c, const admission *a, str note)
{
    if (!note.n) return NO_ERR; /* the flow asks for it */
    TRY(evidence_raise_failed(c, a, note));
    return deficiency_send(c, a->id, a->org, a->node, note);
}

static err before_admit(ctx *c, const admission *a, str note)
{
    (void)note;
    return deficiency_settle(c, a->id);
}

static err in_time(ctx *c, int64_t last)
{
    return c->today > last ? err_with(ERR_CONFLICT, "", N_("The time to appeal ended on {0}."), day_text(c->a, last), (str){0}, (str){0}) : NO_ERR;
}

static err before_appeal(ctx *c, const admission *a, str note)
{
    (void)note;
    return a->due_day ? in_time(c, a->due_day) : NO_ERR;
}

/* What a choice asks for at its own step, before the case moves. */
static const struct { const char *node, *choice; err (*check)(ctx *c, const admission *a, str note); } before[] = {
    {"draft", "submit", before_submit}, {"submitted", "return_early", before_return}, {"review", "return", before_return},
    {"review", "admit", before_admit},  {"refused", "appeal", before_appeal},
};

/* An agency at an alliance's step is refused by the flow, before any text is written. */
static err may_move(ctx *c, const admission *a)
{
    const flow *f;
    TRY(flow_version(c, a->flow_id, &f));
    const flow_node *n = flow_node_of(f, a->node);
    return n && n->kind == NODE_TASK ? flow_may(c, f, n, a->id, 0) : NO_ERR;
}

static err move(ctx *c, void *in)
{
    admission_move_in *m = in;
    admission a;
    TRY(admission_get(c, m->id, &a));
    bool stale = m->version >= 0 && m->version != a.version;
    if (!stale) TRY(may_move(c, &a));
    for (int i = 0; !stale && i < countof(before); i++)
        if (str_eqz(a.node, before[i].node) && str_eqz(m->choice, before[i].choice)) TRY(before[i].check(c, &a, m->note));
    return flow_decide(c, m->id, m->version, m->choice, m->note);
}
const action admission_move = {"admission_move", &admission_move_shape, move, 0};

/* ---- the agency's own word: it appeals, it leaves ------------------------------------------------------------------------ */

static const struct choice words[] = {{"appeal", N_("We appeal against the decision")}, {"leave", N_("We leave the alliance")}, {0}};
static const field word_fields[] = {
    FIELD(admission_word_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(admission_word_in, word, F_CODE, .flags = F_REQUIRED, .label = N_("What the agency declares"), .choices = words),
    FIELD(admission_word_in, note, F_LINES, .flags = F_REQUIRED, .label = N_("Reason"), .max = 2000),
};
const shape admission_word_shape = {"admission_word", word_fields, countof(word_fields), sizeof(admission_word_in)};

static err may_appeal(ctx *c, const admission *a)
{
    int64_t last;
    if (!str_eqz(a->node, "warned") && !str_eqz(a->node, "suspended")) return err_of(ERR_CONFLICT, "", N_("There is no decision to appeal against."));
    if (a->is_appealed) return err_of(ERR_CONFLICT, "", N_("It was appealed against already."));
    TRY(workday_add(c->days, a->since_day, APPEAL_WORKDAYS, &last));
    return in_time(c, last);
}

static err say(ctx *c, void *in)
{
    admission_word_in *w = in;
    admission a;
    TRY(admission_get(c, w->id, &a));
    if (c->who.role != ROLE_AGENCY || c->who.org != a.org) return err_of(ERR_DENIED, "", N_("Only the agency itself declares this."));
    if (str_eqz(w->word, "appeal")) {
        TRY(may_appeal(c, &a));
        TRY(store_run(c, &admission_set_appealed, NULL, ARGS(a.id, 1)));
    }
    return flow_message(c, a.id, w->word, w->note);
}
const action admission_word = {"admission_word", &admission_word_shape, say, 0};

/* ---- what the flow does -------------------------------------------------------------------------------------------------- */

typedef struct { const char *to, *text; const char *from[4]; } standing;
static const standing admitted = {"active", N_("You are admitted to the alliance."), {"applied", "reviewing"}};
static const standing warned = {"warned", N_("The alliance warns you: {0} You may appeal to the bureau within 15 working days."), {"active"}};
static const standing suspended = {"suspended", N_("The alliance suspends you: {0} Running agreements go on. You may appeal to the bureau within 15 working days."), {"active", "warned"}};
static const standing reinstated = {"active", N_("You are reinstated: {0}"), {"warned", "suspended"}};
static const standing gone = {"left", N_("You have left the alliance: {0} Running agreements go on."), {"active", "warned", "suspended"}};

static err set_standing(ctx *c, int64_t id, const standing *s)
{
    for (const char *const *from = s->from; *from; from++) TRY(member_set_state(c, id, str_of(*from), str_of(s->to)));
    return NO_ERR;
}

static err put_standing(ctx *c, const flow_move *m, const standing *s)
{
    for (int i = 0; i < m->n; i++) {
        admission a;
        TRY(fetch(c, m->cases[i].id, &a));
        TRY(set_standing(c, a.org, s));
        TRY(store_run(c, &admission_set_appealed, NULL, ARGS(a.id, 0)));
        TRY(message_org(c, a.org, s->text, m->note, (str){0}, (str){0}, admission_path(c, a.id)));
    }
    return NO_ERR;
}

static err admit_member(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) {
        TRY(evidence_all_passed(c, m->cases[i].id));
        TRY(store_run(c, &admission_set_admitted, NULL, ARGS(m->cases[i].id, c->today)));
    }
    return put_standing(c, m, &admitted);
}
static err warn_member(ctx *c, const flow_move *m) { return put_standing(c, m, &warned); }
static err suspend_member(ctx *c, const flow_move *m) { return put_standing(c, m, &suspended); }
static err reinstate_member(ctx *c, const flow_move *m) { return put_standing(c, m, &reinstated); }
static err end_membership(ctx *c, const flow_move *m) { return put_standing(c, m, &gone); }

/* Where a case comes to rest: the standing of who is not yet a member, and who is told. */
static const struct rest { const char *node, *from, *to, *to_agency, *to_role; role told; } rests[] = {
    {"draft", "reviewing", "applied", N_("Your application for admission came back: {0}"), NULL, ROLE_PUBLIC},
    {"submitted", NULL, NULL, NULL, N_("{0} applies for admission."), ROLE_ALLIANCE},
    {"review", "applied", "reviewing", N_("Your application for admission is in review."), NULL, ROLE_PUBLIC},
    {"refused", "reviewing", "applied", N_("Your admission was refused: {0} You may appeal to the bureau within 15 working days."), NULL, ROLE_PUBLIC},
    {"appeal_refusal", NULL, NULL, NULL, N_("{0} appeals against the alliance's decision."), ROLE_BUREAU},
    {"appeal_warning", NULL, NULL, NULL, N_("{0} appeals against the alliance's decision."), ROLE_BUREAU},
    {"appeal_suspension", NULL, NULL, NULL, N_("{0} appeals against the alliance's decision."), ROLE_BUREAU},
    {"rejected_on_appeal", NULL, NULL, N_("Your appeal was not followed: {0}"), NULL, ROLE_PUBLIC},
};

static err tell(ctx *c, const admission *a, const struct rest *r, str note)
{
    str href = admission_path(c, a->id);
    if (r->from) TRY(member_set_state(c, a->org, str_of(r->from), str_of(r->to)));
    if (r->to_agency) TRY(message_org(c, a->org, r->to_agency, note, (str){0}, (str){0}, href));
    return r->to_role ? message_role(c, r->told, r->to_role, a->org_name, (str){0}, (str){0}, href) : NO_ERR;
}

static err rested(ctx *c, const flow_move *m)
{
    for (int i = 0; i < m->n; i++) {
        admission a;
        TRY(fetch(c, m->cases[i].id, &a));
        for (int k = 0; k < countof(rests); k++)
            if (str_eqz(m->to->id, rests[k].node)) TRY(tell(c, &a, &rests[k], m->note));
        bool upheld = m->choice && (str_eqz(m->choice->id, "uphold_warning") || str_eqz(m->choice->id, "uphold_suspension"));
        if (upheld) TRY(message_org(c, a.org, N_("Your appeal was not followed: {0}"), m->note, (str){0}, (str){0}, admission_path(c, a.id)));
        if (m->to->kind == NODE_END) TRY(store_run(c, &admission_close, NULL, ARGS(a.id)));
    }
    return NO_ERR;
}

static const flow_action flow_actions[] = {
    {"admit_member", admit_member}, {"warn_member", warn_member}, {"suspend_member", suspend_member}, {"reinstate_member", reinstate_member},
    {"end_membership", end_membership}, {0},
};
const flow_kind admission_flow = {"admission", flow_actions, NULL, rested};

/* ---- what other rooms decide ---------------------------------------------------------------------------------------------- */

static const struct { const char *decision, *node, *choice; const standing *plain; } follows[] = {
    {"warn", "member", "warn", &warned},
    {"suspend", "member", "suspend", &suspended},
    {"suspend", "warned", "suspend_warned", &suspended},
    {"reinstate", "warned", "clear", &reinstated},
    {"reinstate", "suspended", "reinstate", &reinstated},
};

err admission_follow(ctx *c, int64_t agency, const char *decision, str note)
{
    admission a;
    bool found;
    TRY(store_find(c, &admission_running_of_org, &admission_shape, &a, &found, ARGS(agency)));
    bool member = found && a.admitted_day;
    for (int i = 0; i < countof(follows); i++) {
        if (strcmp(decision, follows[i].decision)) continue;
        if (!member) return set_standing(c, agency, follows[i].plain);
        if (str_eqz(a.node, follows[i].node)) return flow_decide(c, a.id, -1, str_of(follows[i].choice), note);
    }
    return NO_ERR;
}
