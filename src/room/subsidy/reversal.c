/* SPDX-License-Identifier: Apache-2.0 */
/* reversal.c: taking an approval back before payment: one person proposes with a reason, another decides, all parties are told. */
#include "room/subsidy/reversal.h"

#include "gen/room/subsidy/reversal_sql.h"
#include "room/message/message.h"

SHAPE(reversal, FIELD(reversal, id, F_ID), FIELD(reversal, application, F_ID), FIELD(reversal, node, F_TEXT), FIELD(reversal, reason, F_TEXT),
      FIELD(reversal, proposed_by, F_ID), FIELD(reversal, proposer, F_TEXT), FIELD(reversal, proposed_day, F_DAY), FIELD(reversal, verdict, F_TEXT),
      FIELD(reversal, note, F_TEXT), FIELD(reversal, decided_day, F_DAY), FIELD(reversal, number, F_TEXT));

static str href_of(ctx *c, int64_t id) { return str_fmt(c->a, "/reversals/%lld", (long long)id); }

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
    return message_role(c, ROLE_COMMITTEE, N_("The bureau proposes to reverse the approval of {0}: decide it."), a.number, (str){0}, (str){0}, href_of(c, n->id));
}
const action reversal_propose = {"reversal_propose", &reversal_new_shape, propose, 0};

/* ---- deciding --------------------------------------------------------------------------------------------------------- */

static const struct choice verdicts[] = {{"confirmed", N_("Reverse the approval")}, {"declined", N_("The approval stands")}, {0}};
static const field verdict_fields[] = {
    FIELD(reversal_verdict, id, F_ID, .flags = F_HIDDEN),
    FIELD(reversal_verdict, verdict, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = verdicts),
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
    if (r.proposed_by == c->who.person) return err_of(ERR_DENIED, "", N_("Another person must decide it than the one who proposed it."));
    TRY(store_run(c, &reversal_put_verdict, &changed, ARGS(r.id, d->verdict, d->note, c->who.person, c->today)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("This proposal has been decided already."));
    TRY(application_fetch(c, r.application, &a));
    if (str_eqz(d->verdict, "declined"))
        return message_person(c, r.proposed_by, N_("The approval of {0} stands: {1}"), a.number, d->note, (str){0}, href_of(c, r.id));
    TRY(flow_message(c, a.id, S("reversal"), r.reason)); /* refuses where it was paid meanwhile */
    return tell_all(c, &a, r.reason);
}
const action reversal_decide = {"reversal_decide", &reversal_verdict_shape, decide, 0};

/* ---- pages ------------------------------------------------------------------------------------------------------------ */

static void name_verdict(ctx *c, view *row) { view_choice(c->lang, row, S("verdict"), verdicts); }

err reversal_show(ctx *c, const flow *f, const application *a, view *into)
{
    int64_t open;
    view_put_list(into, S("reversals"));
    if (!(WHO(c->who.role) & OFFICERS)) return NO_ERR;
    TRY(store_rows(c, &reversal_rows_of, into, S("reversals"), ARGS(a->id)));
    for (view *row = view_get(into, S("reversals"))->first; row; row = row->next) name_verdict(c, row);
    if (c->who.role != ROLE_BUREAU || !reversal_possible(f, a->node)) return NO_ERR;
    TRY(store_int(c, &reversal_open_of, &open, ARGS(a->id)));
    view_bool(into, S("may_reverse"), !open);
    return NO_ERR;
}

/* GET /applications/{id}/reversal */
static err new_reversal(req *r)
{
    ctx *c = r->ctx;
    application a;
    TRY(application_get(c, req_id(r), &a));
    view *v = view_map(c->a);
    web_title(r, v, N_("Reverse the approval of {0}"), a.number);
    web_crumb(r, v, S("/applications"), tr(c->lang, N_("Applications")));
    web_crumb(r, v, str_fmt(c->a, "/applications/%lld", (long long)a.id), a.number);
    view_fen(v, S("amount_fen"), a.amount_fen);
    view_text(v, S("agency_name"), a.agency_name);
    view_text(v, S("enterprise_name"), a.enterprise_name);
    reversal_new blank = {.application = a.id};
    form_show(r, v, "form", &reversal_new_shape, &blank, str_fmt(c->a, "/applications/%lld/reversal", (long long)a.id), N_("Propose the reversal"));
    return web_page(r, "subsidy/reversal_new", v);
}

/* POST /applications/{id}/reversal */
static err propose_one(req *r)
{
    reversal_new n;
    TRY(form_read(r, &reversal_new_shape, &n));
    n.application = req_id(r);
    TRY(store_act(r->ctx, &reversal_propose, &n));
    web_say(r, N_("Proposed: the committee's office decides it."), (str){0}, (str){0});
    return web_made(r, href_of(r->ctx, n.id));
}

/* GET /reversals/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    reversal n;
    application a;
    TRY(reversal_get(c, req_id(r), &n));
    TRY(application_get(c, n.application, &a));
    view *v = view_map(c->a);
    shape_view(&reversal_shape, &n, v);
    name_verdict(c, v);
    web_title(r, v, N_("Reverse the approval of {0}"), n.number);
    web_crumb(r, v, S("/applications"), tr(c->lang, N_("Applications")));
    web_crumb(r, v, str_fmt(c->a, "/applications/%lld", (long long)a.id), a.number);
    view_fen(v, S("amount_fen"), a.amount_fen);
    view_text(v, S("agency_name"), a.agency_name);
    view_text(v, S("enterprise_name"), a.enterprise_name);
    reversal_verdict blank = {.id = n.id};
    if (c->who.role == ROLE_COMMITTEE && !n.verdict.n && c->who.person != n.proposed_by)
        form_show(r, v, "form", &reversal_verdict_shape, &blank, href_of(c, n.id), N_("Decide"));
    return web_page(r, "subsidy/reversal", v);
}

/* POST /reversals/{id} */
static err decide_one(req *r)
{
    reversal_verdict d;
    TRY(form_read(r, &reversal_verdict_shape, &d));
    d.id = req_id(r);
    TRY(store_act(r->ctx, &reversal_decide, &d));
    web_say(r, N_("Done."), (str){0}, (str){0});
    return web_go(r, href_of(r->ctx, d.id));
}

err reversal_todo(ctx *c, view *out)
{
    if (c->who.role != ROLE_COMMITTEE) return NO_ERR;
    view *found = view_map(c->a);
    TRY(store_rows(c, &reversal_waiting, found, S("rows"), NO_ARGS));
    for (const view *row = view_get(found, S("rows"))->first; row; row = row->next) {
        view *one = view_add_map(out);
        view_code(one, S("kind"), S("reversal"), tr(c->lang, N_("Reversal to decide")));
        view_text(one, S("title"), view_get_text(row, S("number")));
        view_text(one, S("href"), href_of(c, view_get_int(row, S("id"), 0)));
        view_adopt(one, S("since_day"), view_copy(c->a, view_get(row, S("proposed_day"))));
    }
    return NO_ERR;
}

const route reversal_routes[] = {
    {GET, "/applications/{id}/reversal", WHO(ROLE_BUREAU), new_reversal, N_("Fields of a reversal")},
    {POST, "/applications/{id}/reversal", WHO(ROLE_BUREAU), propose_one, N_("Propose to reverse an approval before payment"), .form = &reversal_new_shape,
     .back = "/applications/{id}/reversal", .again = WHO(ROLE_BUREAU)},
    {GET, "/reversals/{id}", OFFICERS, show, N_("Read one proposed reversal")},
    {POST, "/reversals/{id}", WHO(ROLE_COMMITTEE), decide_one, N_("Decide a proposed reversal"), .form = &reversal_verdict_shape, .back = "/reversals/{id}",
     .again = WHO(ROLE_COMMITTEE)},
    {0},
};
