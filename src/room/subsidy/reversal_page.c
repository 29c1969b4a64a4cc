/* SPDX-License-Identifier: Apache-2.0 */
/* reversal_page.c: where a reversal is proposed, read and decided. */
#include "gen/room/subsidy/reversal_sql.h"
#include "room/subsidy/reversal.h"

err reversal_show(ctx *c, const flow *f, const application *a, view *into)
{
    int64_t open;
    view_put_list(into, S("reversals"));
    if (!(WHO(c->who.role) & OFFICERS)) return NO_ERR;
    TRY(store_rows(c, &reversal_rows_of, into, S("reversals"), ARGS(a->id)));
    for (view *row = view_get(into, S("reversals"))->first; row; row = row->next) view_choice(c->lang, row, S("verdict"), reversal_verdicts);
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
    return web_made(r, reversal_href(r->ctx, n.id));
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
    view_choice(c->lang, v, S("verdict"), reversal_verdicts);
    web_title(r, v, N_("Reverse the approval of {0}"), n.number);
    web_crumb(r, v, S("/applications"), tr(c->lang, N_("Applications")));
    web_crumb(r, v, str_fmt(c->a, "/applications/%lld", (long long)a.id), a.number);
    view_fen(v, S("amount_fen"), a.amount_fen);
    view_text(v, S("agency_name"), a.agency_name);
    view_text(v, S("enterprise_name"), a.enterprise_name);
    reversal_verdict blank = {.id = n.id};
    if (c->who.role == ROLE_COMMITTEE && !n.verdict.n && !actor_is(&c->who, n.proposed_by))
        form_show(r, v, "form", &reversal_verdict_shape, &blank, reversal_href(c, n.id), N_("Decide"));
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
    return web_go(r, reversal_href(r->ctx, d.id));
}

err reversal_todo(ctx *c, view *out)
{
    if (c->who.role != ROLE_COMMITTEE) return NO_ERR;
    view *found = view_map(c->a);
    TRY(store_rows(c, &reversal_waiting, found, S("rows"), NO_ARGS));
    for (const view *row = view_get(found, S("rows"))->first; row; row = row->next) {
        todo_add(c, out, &(todo_row){.kind = "reversal", .kind_name = N_("Reversal to decide"), .title = view_get_text(row, S("number")),
                                     .href = reversal_href(c, view_get_int(row, S("id"), 0)), .since_day = view_get_int(row, S("proposed_day"), 0)});
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
