/* SPDX-License-Identifier: Apache-2.0 */
/* change_page.c: a change is proposed, read, signed and ended here; an agreement's page shows its changes. */
#include "format/json.h"
#include "gen/room/pair/change_sql.h"
#include "room/document/document.h"
#include "room/pair/change.h"
#include "room/pair/contract.h"

static bool may_propose(const ctx *c, const agreement *of)
{
    bool party = c->who.org && (c->who.org == of->agency || c->who.org == of->enterprise);
    return (party || c->who.role == ROLE_ALLIANCE) && str_eqz(of->node, "in_service");
}

err change_show(ctx *c, const agreement *of, view *into)
{
    int64_t open;
    TRY(store_rows(c, &change_of_agreement, into, S("changes"), ARGS(of->id)));
    for (view *row = view_get(into, S("changes"))->first; row; row = row->next) {
        view_choice(c->lang, row, S("kind"), change_kinds);
        view_choice(c->lang, row, S("state"), change_states);
    }
    TRY(store_rows(c, &change_formers_of, into, S("formers"), ARGS(of->id)));
    TRY(store_int(c, &change_open_of, &open, ARGS(of->id)));
    view_bool(into, S("may_change"), may_propose(c, of) && !open);
    return NO_ERR;
}

/* GET /agreements/{id}/changes/new */
static err new_change(req *r)
{
    ctx *c = r->ctx;
    agreement of;
    TRY(agreement_get(c, req_id(r), &of));
    view *v = view_map(c->a);
    str path = str_fmt(c->a, "/agreements/%lld", (long long)of.id);
    web_title(r, v, N_("Change the agreement"), (str){0});
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, path, of.subject);
    shape_view(&agreement_shape, &of, view_put_map(v, S("now")));
    form_show(r, v, "form", &change_new_shape, &(change_new){.agreement = of.id, .kind = S("terms")}, str_join(c->a, path, S("/changes")), N_("Write the text and send it to be signed"));
    TRY(member_options(c, S("agency"), v, S("agencies")));
    form_options(view_get(v, S("form")), "successor", view_get(v, S("agencies")));
    return web_page(r, "pair/change_new", v);
}

/* POST /agreements/{id}/changes */
static err propose(req *r)
{
    change_new n;
    TRY(form_read(r, &change_new_shape, &n));
    n.agreement = req_id(r);
    TRY(store_act(r->ctx, &change_propose, &n));
    return web_made(r, change_href(r->ctx, n.id));
}

static void show_acts(req *r, view *v, const change *g, const agreement *of)
{
    ctx *c = r->ctx;
    bool turn = c->who.org && change_turn(g, of) == c->who.org, bureau = c->who.role == ROLE_BUREAU && str_eqz(g->state, "signed");
    bool proposer = c->who.org && c->who.org == g->proposed_org && str_eqz(g->state, "signing");
    view_bool(v, S("may_sign"), turn);
    view_bool(v, S("may_decline"), turn);
    view_bool(v, S("may_withdraw"), proposer);
    view_bool(v, S("may_file"), bureau);
    view_bool(v, S("may_end"), turn || proposer || bureau);
    view_text(v, S("csrf"), form_key(r));
}

/* GET /changes/{id} */
static err show(req *r)
{
    ctx *c = r->ctx;
    change g;
    agreement of;
    view *words;
    TRY(change_get(c, req_id(r), &g, &of));
    view *v = view_map(c->a);
    shape_view(&change_shape, &g, v);
    view_choice(c->lang, v, S("kind"), change_kinds);
    view_choice(c->lang, v, S("state"), change_states);
    web_title(r, v, N_("Change of the agreement on {0}"), of.subject);
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, str_fmt(c->a, "/agreements/%lld", (long long)of.id), of.subject);
    TRY(json_read(c->a, g.text, &words));
    web_paper(c, words, view_put_map(v, S("paper")));
    TRY(store_rows(c, &change_signatures_of, v, S("signed_by"), ARGS(g.id)));
    for (view *s = view_get(v, S("signed_by"))->first; s; s = s->next) view_choice(c->lang, s, S("party"), change_parties);
    show_acts(r, v, &g, &of);
    return web_page(r, "pair/change", v);
}

/* GET /changes/{id}/text: as a PDF, with the signatures once all have signed */
static err send_pdf(req *r)
{
    ctx *c = r->ctx;
    change g;
    agreement of;
    str pdf;
    TRY(change_get(c, req_id(r), &g, &of));
    view *found = view_map(c->a);
    TRY(store_rows(c, &change_signatures_of, found, S("rows"), ARGS(g.id)));
    bool by_all = str_eqz(g.state, "signed") || str_eqz(g.state, "filed");
    TRY(contract_pdf(r, g.text, g.sha256, by_all ? view_get(found, S("rows")) : NULL, &pdf));
    return web_bytes(r, S("application/pdf"), str_fmt(c->a, "change-%lld.pdf", (long long)g.id), pdf);
}

/* POST /changes/{id}/signature */
static err sign(req *r)
{
    change_sign_in s;
    TRY(form_read(r, &change_sign_shape, &s));
    s.id = req_id(r), s.ip = r->ctx->ip;
    TRY(store_act(r->ctx, &change_sign, &s));
    web_say(r, N_("Signed."), (str){0}, (str){0});
    return web_go(r, change_href(r->ctx, s.id));
}

/* POST /changes/{id}/end */
static err end(req *r)
{
    change_end_in e;
    TRY(form_read(r, &change_end_shape, &e));
    e.id = req_id(r);
    TRY(store_act(r->ctx, &change_end, &e));
    web_say(r, N_("Done; all it concerns are told."), (str){0}, (str){0});
    return web_go(r, change_href(r->ctx, e.id));
}

err change_todo(ctx *c, view *out)
{
    list all;
    TRY(store_list(c, &change_waiting, &change_shape, &all, NO_ARGS));
    for (const change *g = all.items; g < (const change *)all.items + all.n; g++) {
        agreement of;
        TRY(agreement_fetch(c, g->agreement, &of));
        bool turn = c->who.org && change_turn(g, &of) == c->who.org, files = c->who.role == ROLE_BUREAU && str_eqz(g->state, "signed");
        if (!turn && !files) continue;
        todo_add(c, out, &(todo_row){.kind = "change", .kind_name = N_("Change of an agreement"), .title = of.subject, .href = change_href(c, g->id), .step = g->state,
                                     .step_name = choice_word(c->lang, change_states, g->state), .since_day = g->since_day});
    }
    return NO_ERR;
}

#define SIGNERS (WHO(ROLE_ENTERPRISE) | WHO(ROLE_AGENCY))
const route change_routes[] = {
    {GET, "/agreements/{id}/changes/new", SIGNERS | WHO(ROLE_ALLIANCE), new_change, N_("Fields of a change of an agreement")},
    {POST, "/agreements/{id}/changes", SIGNERS | WHO(ROLE_ALLIANCE), propose, N_("Propose to change an agreement or its agency"), .form = &change_new_shape,
     .back = "/agreements/{id}/changes/new"},
    {GET, "/changes/{id}", PARTY, show, N_("Read a change of an agreement"), .counter = "agreement"},
    {GET, "/changes/{id}/text", PARTY, send_pdf, N_("Read the text of a change as PDF"), .flags = SLOW, .counter = "agreement"},
    {POST, "/changes/{id}/signature", SIGNERS, sign, N_("Sign a change of an agreement"), .form = &change_sign_shape, .back = "/changes/{id}", .again = SIGNERS},
    {POST, "/changes/{id}/end", SIGNERS | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU), end, N_("Decline, withdraw, file or refuse a change"), .form = &change_end_shape, .back = "/changes/{id}"},
    {0},
};
