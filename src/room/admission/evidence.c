/* SPDX-License-Identifier: Apache-2.0 */
/* evidence.c: the checklist of eight lines: given by the agency, passed or failed by the reviewer, watched until it expires. */
#include "base/days.h"
#include "gen/room/admission/evidence_sql.h"
#include "room/admission/admission_parts.h"
#include "room/document/document.h"
#include "room/message/message.h"

#define LINES(X) \
    X("licence", N_("Business licence"), N_("A copy of the licence in force")) \
    X("zone", N_("Registered in the zone"), N_("Registered address in the zone, or the branch's registration")) \
    X("qualification", N_("Professional qualification"), N_("Patent agency licence, or whatever the services offered need")) \
    X("staff", N_("Staff"), N_("Professionals with their certificates, and their social insurance")) \
    X("cases", N_("Service record"), N_("Services rendered in the last three years")) \
    X("conviction", N_("No-conviction statement"), N_("Of the agency and its legal representative")) \
    X("solvency", N_("Proof of solvency"), N_("Audited accounts or a bank's certificate: the agency works without fee up front")) \
    X("repayment", N_("Repayment undertaking"), N_("To pay back what was paid wrongly, signed and sealed"))
#define AS_LINE(c, l, h) {c, l, h},
#define AS_ITEM(c, l, h) {c, l},
const admission_line admission_lines[] = {LINES(AS_LINE) {0}};
const struct choice admission_items[] = {LINES(AS_ITEM) {"general", N_("In general")}, {0}};

SHAPE(evidence, FIELD(evidence, id, F_ID), FIELD(evidence, admission, F_ID), FIELD(evidence, line, F_TEXT), FIELD(evidence, doc, F_ID), FIELD(evidence, note, F_LINES),
      FIELD(evidence, given_day, F_DAY), FIELD(evidence, verdict, F_TEXT), FIELD(evidence, reason, F_LINES), FIELD(evidence, expiry_day, F_DAY),
      FIELD(evidence, judged_day, F_DAY), FIELD(evidence, org, F_ID), FIELD(evidence, org_name, F_TEXT));

static const field give_fields[] = {
    FIELD(evidence_in, admission, F_ID, .flags = F_HIDDEN),
    FIELD(evidence_in, line, F_TEXT, .flags = F_HIDDEN, .max = 20),
    FIELD(evidence_in, document, F_FILE, .label = N_("Evidence"), .hint = N_("PDF or picture, at most 20 MB")),
    FIELD(evidence_in, note, F_LINES, .label = N_("Note"), .hint = N_("Needed where there is no file"), .max = 1000),
};
const shape evidence_in_shape = {"evidence_give", give_fields, countof(give_fields), sizeof(evidence_in)};
static const struct choice verdicts[] = {{"passed", N_("Passed")}, {"failed", N_("Not passed")}, {0}};
static const field judge_fields[] = {
    FIELD(evidence_verdict, admission, F_ID, .flags = F_HIDDEN),
    FIELD(evidence_verdict, line, F_TEXT, .flags = F_HIDDEN, .max = 20),
    FIELD(evidence_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Finding"), .choices = verdicts),
    FIELD(evidence_verdict, expiry_day, F_DAY, .label = N_("Valid until"), .hint = N_("Empty where it does not expire")),
    FIELD(evidence_verdict, reason, F_LINES, .label = N_("Reason"), .hint = N_("Needed where it is not passed; the agency reads it"), .max = 500),
};
const shape evidence_verdict_shape = {"evidence_judge", judge_fields, countof(judge_fields), sizeof(evidence_verdict)};

const admission_line *admission_line_of(str code)
{
    for (const admission_line *l = admission_lines; l->code; l++)
        if (str_eqz(code, l->code)) return l;
    return NULL;
}

static str label_in(lang l, str code)
{
    const admission_line *line = admission_line_of(code);
    return line ? tr(l, line->label) : code;
}

/* In messages, which are written once for everybody. */
static str label_of(str code) { return label_in(LANG_ZH, code); }

/* ---- giving and judging ------------------------------------------------------------------------------------------------- */

static bool one_of(str node, const char *const *nodes)
{
    for (; *nodes; nodes++)
        if (str_eqz(node, *nodes)) return true;
    return false;
}

err evidence_may_give(ctx *c, const admission *a, bool *out)
{
    static const char *const nodes[] = {"draft", "member", "warned", "suspended", NULL};
    *out = c->who.role == ROLE_AGENCY && c->who.org == a->org && one_of(a->node, nodes);
    return NO_ERR;
}

/* Whoever decides where the case rests judges its lines too; on appeal that is the bureau. */
err evidence_may_judge(ctx *c, const admission *a, bool *out)
{
    static const char *const nodes[] = {"review", "appeal_refusal", "member", "warned", "suspended", NULL};
    const flow *f;
    *out = false;
    if (!one_of(a->node, nodes)) return NO_ERR;
    TRY(flow_version(c, a->flow_id, &f));
    err e = flow_may(c, f, flow_node_of(f, a->node), a->id, 0);
    *out = !e.kind;
    return e.kind == ERR_DENIED ? NO_ERR : e;
}

static err give(ctx *c, void *in)
{
    evidence_in *n = in;
    admission a;
    document doc;
    bool may;
    int64_t id;
    TRY(admission_get(c, n->admission, &a));
    if (!admission_line_of(n->line)) return err_of(ERR_MISSING, "", N_("There is no such line in the checklist."));
    TRY(evidence_may_give(c, &a, &may));
    if (!may) return err_of(ERR_CONFLICT, "", N_("Evidence is given by the agency, while it drafts or once it is a member."));
    if (!n->document && !n->note.n) return err_of(ERR_INPUT, "document", N_("Choose a file or write a note."));
    if (n->document && document_own(c, n->document, &doc).kind) return err_of(ERR_INPUT, "document", N_("There is no such file."));
    TRY(store_next_id(c, S("admission_evidence"), &id));
    TRY(store_run(c, &evidence_add, NULL, ARGS(id, a.id, n->line, n->document, n->note, c->who.person, c->today)));
    if (n->document) TRY(document_link(c, n->document, S("evidence"), id, n->line));
    if (!a.admitted_day) return NO_ERR;
    return message_role(c, ROLE_ALLIANCE, N_("{0} gave new evidence: {1}."), a.org_name, label_of(n->line), (str){0}, admission_path(c, a.id));
}
const action evidence_give = {"evidence_give", &evidence_in_shape, give, 0};

static err judge(ctx *c, void *in)
{
    evidence_verdict *v = in;
    admission a;
    evidence e;
    bool may, found;
    TRY(admission_get(c, v->admission, &a));
    TRY(evidence_may_judge(c, &a, &may));
    if (!may) return err_of(ERR_CONFLICT, "", N_("The checklist is judged in the review, by who decides there."));
    TRY(store_find(c, &evidence_newest_of_line, &evidence_shape, &e, &found, ARGS(a.id, v->line)));
    if (!found) return err_of(ERR_CONFLICT, "", N_("The agency has given nothing for this line."));
    if (a.admitted_day && e.verdict.n) return err_of(ERR_CONFLICT, "", N_("It is judged already; the agency has given nothing new."));
    bool passed = str_eqz(v->verdict, "passed");
    if (!passed && !v->reason.n) return err_of(ERR_INPUT, "reason", N_("Say why it is not passed."));
    if (passed && v->expiry_day && v->expiry_day < c->today) return err_of(ERR_INPUT, "expiry_day", N_("It has expired already, so it cannot be passed."));
    TRY(store_run(c, &evidence_judge_it, NULL, ARGS(e.id, v->verdict, v->reason, passed ? v->expiry_day : 0, c->who.person, c->today)));
    if (!a.admitted_day) return NO_ERR;
    return message_org(c, a.org, passed ? N_("Your new evidence is accepted: {0}.") : N_("Your new evidence is not accepted: {0}. {1}"), label_of(v->line), v->reason, (str){0},
                       admission_path(c, a.id));
}
const action evidence_judge = {"evidence_judge", &evidence_verdict_shape, judge, 0};

/* ---- with the moves of the case ----------------------------------------------------------------------------------------- */

/* Calls `check` for each line with what was given last (NULL: nothing). */
static err each_line(ctx *c, int64_t id, err (*check)(ctx *c, const admission_line *l, const evidence *e))
{
    list all;
    TRY(store_list(c, &evidence_newest_of_lines, &evidence_shape, &all, ARGS(id)));
    for (const admission_line *l = admission_lines; l->code; l++) {
        const evidence *given = NULL;
        for (const evidence *e = all.items; e < (const evidence *)all.items + all.n; e++)
            if (str_eqz(e->line, l->code)) given = e;
        TRY(check(c, l, given));
    }
    return NO_ERR;
}

static err about(ctx *c, const char *text, const admission_line *l) { return err_with(ERR_CONFLICT, "choice", text, tr(c->lang, l->label), (str){0}, (str){0}); }

static err is_given(ctx *c, const admission_line *l, const evidence *e)
{
    if (!e) return about(c, N_("The checklist is not complete: nothing is given for “{0}”."), l);
    return str_eqz(e->verdict, "failed") ? about(c, N_("“{0}” was not passed; give new evidence for it first."), l) : NO_ERR;
}

static err is_passed(ctx *c, const admission_line *l, const evidence *e)
{
    if (!e || !str_eqz(e->verdict, "passed")) return about(c, N_("“{0}” is not passed, so the agency cannot be admitted."), l);
    return e->expiry_day && e->expiry_day < c->today ? about(c, N_("The evidence for “{0}” has expired, so the agency cannot be admitted."), l) : NO_ERR;
}

err evidence_complete(ctx *c, const admission *a) { return each_line(c, a->id, is_given); }
err evidence_all_passed(ctx *c, int64_t id) { return each_line(c, id, is_passed); }

err evidence_raise_failed(ctx *c, const admission *a, str note)
{
    list all;
    TRY(store_list(c, &evidence_newest_of_lines, &evidence_shape, &all, ARGS(a->id)));
    for (const evidence *e = all.items; e < (const evidence *)all.items + all.n; e++) {
        if (!str_eqz(e->verdict, "failed")) continue;
        deficiency_new d = {.case_id = a->id, .owner_org = a->org, .item = e->line, .reason = S("ineligible"), .text = e->reason, .late_reason = note};
        TRY(store_also(c, &deficiency_raise, &d));
    }
    return NO_ERR;
}

/* ---- until it expires ---------------------------------------------------------------------------------------------------- */

static err tell_expiry(ctx *c, int64_t day, const char *to_agency, const char *to_alliance)
{
    list all;
    TRY(store_list(c, &evidence_expiring_on, &evidence_shape, &all, ARGS(day)));
    for (const evidence *e = all.items; e < (const evidence *)all.items + all.n; e++) {
        str href = str_fmt(c->a, SF "/lines/" SF, SA(admission_path(c, e->admission)), SA(e->line)), line = label_of(e->line), on = day_text(c->a, day);
        TRY(message_org(c, e->org, to_agency, line, on, (str){0}, href));
        TRY(message_role(c, ROLE_ALLIANCE, to_alliance, e->org_name, line, on, href));
    }
    return NO_ERR;
}

err evidence_day_begins(ctx *c)
{
    TRY(tell_expiry(c, c->today + WARN_DAYS, N_("Your evidence “{0}” expires on {1}. Give a new one in time: without it you take no new agreements."),
                    N_("The evidence of {0}, “{1}”, expires on {2}.")));
    return tell_expiry(c, c->today - 1, N_("Your evidence “{0}” expired on {1}. You take no new agreements until a new one is accepted."),
                       N_("The evidence of {0}, “{1}”, expired on {2}. A warning is proposed; you decide."));
}

err admission_evidence_check(ctx *c, int64_t org)
{
    list all;
    TRY(store_list(c, &evidence_expiring_of_org, &evidence_shape, &all, ARGS(org, c->today - 1)));
    if (!all.n) return NO_ERR;
    const evidence *e = all.items;
    return err_with(ERR_CONFLICT, "", N_("The agency's evidence “{0}” expired on {1}; it takes no new agreements until a new one is accepted."), label_in(c->lang, e->line),
                    day_text(c->a, e->expiry_day), (str){0});
}
