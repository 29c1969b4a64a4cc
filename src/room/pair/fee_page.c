/* SPDX-License-Identifier: Apache-2.0 */
/* fee_page.c: the fee of one agreement with all that was said of it, the list of fees, and what waits. */
#include "gen/room/pair/fee_sql.h"
#include "room/document/document.h"
#include "room/pair/fee.h"

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/agreements/%lld/fee", (long long)id); }

/* ---- the list ---------------------------------------------------------------------------------------------------------------- */

static err read_list(req *r, view *v, str state)
{
    ctx *c = r->ctx;
    int64_t before;
    TRY(req_before(r, &before));
    bool agency = c->who.role == ROLE_AGENCY;
    if (!(WHO(c->who.role) & OFFICERS))
        return state.n ? store_rows(c, agency ? &fee_of_agency_in_state : &fee_of_enterprise_in_state, v, S("items"), ARGS(before, c->who.org, state))
                       : store_rows(c, agency ? &fee_of_agency : &fee_of_enterprise, v, S("items"), ARGS(before, c->who.org));
    return state.n ? store_rows(c, &fee_newest_in_state, v, S("items"), ARGS(before, state)) : store_rows(c, &fee_newest, v, S("items"), ARGS(before));
}

/* GET /fees */
static err list_fees(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Fees after success"), (str){0});
    TRY(read_list(r, v, req_arg(r, "state")));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) view_choice(r->ctx->lang, row, S("state"), fee_states);
    web_filter_choices(r, v, "state", N_("State"), fee_states);
    web_cut(v, 50, "agreement");
    return web_page(r, "pair/fees", v);
}

/* ---- one fee ------------------------------------------------------------------------------------------------------------------ */

err fee_show(ctx *c, const agreement *of, view *into)
{
    fee f;
    bool found;
    if (!of->fee_fen) return NO_ERR;
    TRY(fee_find(c, of->id, &f, &found));
    view_bool(into, S("fee_may_be_due"), found || fee_may(c, of, NULL, "declare"));
    if (!found) return NO_ERR;
    view *v = view_put_map(into, S("fee"));
    shape_view(&fee_shape, &f, v);
    view_choice(c->lang, v, S("state"), fee_states);
    return NO_ERR;
}

/* A form with only the choices that are open to the reader. */
static void show_form(req *r, view *v, const agreement *of, const fee *f)
{
    ctx *c = r->ctx;
    view *open = view_list(c->a);
    for (const struct choice *k = fee_choices; k->code; k++) {
        if (!fee_may(c, of, f, k->code)) continue;
        view *one = view_add_map(open);
        view_text(one, S("code"), str_of(k->code));
        view_text(one, S("label"), tr(c->lang, k->label));
    }
    if (!open->n) return;
    form_show(r, v, "form", &fee_move_shape, &(fee_move_in){.agreement = of->id, .choice = view_get_text(open->first, S("code"))}, path_of(c, of->id), N_("Record it"));
    form_options(view_get(v, S("form")), "choice", open);
}

/* GET /agreements/{id}/fee */
static err show(req *r)
{
    ctx *c = r->ctx;
    agreement of;
    fee f;
    bool found;
    TRY(agreement_get(c, req_id(r), &of));
    if (!of.fee_fen) return err_of(ERR_MISSING, "", N_("In government mode the enterprise pays no fee."));
    TRY(fee_find(c, of.id, &f, &found));
    view *v = view_map(c->a);
    web_title(r, v, N_("Fee for {0}"), of.subject);
    web_crumb(r, v, S("/agreements"), tr(c->lang, N_("Agreements")));
    web_crumb(r, v, str_fmt(c->a, "/agreements/%lld", (long long)of.id), of.subject);
    view_fen(v, S("agreed_fen"), of.fee_fen);
    if (found) shape_view(&fee_shape, &f, v);
    view_choice(c->lang, v, S("state"), fee_states);
    view_bool(v, S("declared"), found);
    view_int(v, S("agreement"), of.id);
    TRY(store_rows(c, &fee_moves_of, v, S("items"), ARGS(of.id)));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        view_choice(c->lang, row, S("choice"), fee_choices);
        view_choice(c->lang, row, S("state"), fee_states);
    }
    show_form(r, v, &of, found ? &f : NULL);
    return web_page(r, "pair/fee", v);
}

/* POST /agreements/{id}/fee */
static err say(req *r)
{
    fee_move_in m;
    TRY(form_read(r, &fee_move_shape, &m));
    m.agreement = req_id(r);
    TRY(store_act(r->ctx, &fee_move, &m));
    web_say(r, N_("Recorded; the other side is told."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, m.agreement));
}

/* GET /agreements/{id}/fee/{place} */
static err send_file(req *r)
{
    agreement of;
    int64_t place, doc = 0;
    TRY(agreement_get(r->ctx, req_id(r), &of));
    if (str_int(req_part(r, "place"), &place)) TRY(store_int(r->ctx, &fee_document_of, &doc, ARGS(of.id, place)));
    return doc ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

/* ---- what waits ----------------------------------------------------------------------------------------------------------------- */

err fee_todo(ctx *c, view *out)
{
    static const struct { role who; const stmt *of; const char *state; } waits[] = {
        {ROLE_ENTERPRISE, &fee_of_enterprise_in_state, "due"}, {ROLE_AGENCY, &fee_of_agency_in_state, "sent"}, {ROLE_ALLIANCE, &fee_newest_in_state, "disputed"},
    };
    for (int i = 0; i < countof(waits); i++) {
        list all;
        if (c->who.role != waits[i].who) continue;
        str state = str_of(waits[i].state);
        TRY(c->who.role == ROLE_ALLIANCE ? store_list(c, waits[i].of, &fee_shape, &all, ARGS(INT64_MAX, state))
                                         : store_list(c, waits[i].of, &fee_shape, &all, ARGS(INT64_MAX, c->who.org, state)));
        for (const fee *f = all.items; f < (const fee *)all.items + all.n; f++)
            todo_add(c, out, &(todo_row){.kind = "fee", .kind_name = N_("Fee after success"), .title = f->subject, .href = path_of(c, f->agreement), .step = f->state,
                                         .step_name = choice_word(c->lang, fee_states, f->state), .since_day = f->since_day, .amount_fen = f->amount_fen});
    }
    return NO_ERR;
}

#define SAYERS (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE) | WHO(ROLE_ALLIANCE))
const route fee_routes[] = {
    {GET, "/fees", PARTY, list_fees, N_("List the fees that enterprises pay after success")},
    {GET, "/agreements/{id}/fee", PARTY, show, N_("Read what was said of an agreement's fee")},
    {POST, "/agreements/{id}/fee", SAYERS, say, N_("Declare, pay, confirm, dispute or settle a fee"), .form = &fee_move_shape, .back = "/agreements/{id}/fee"},
    {GET, "/agreements/{id}/fee/{place}", PARTY, send_file, N_("Read a proof or a voucher of a fee")},
    {0},
};
