/* SPDX-License-Identifier: Apache-2.0 */
/* fee.c: who may say what of a fee, by a table; every word of it stays. */
#include "room/pair/fee.h"

#include "base/money.h"
#include "gen/room/pair/fee_sql.h"
#include "room/document/document.h"
#include "room/message/message.h"

SHAPE(fee, FIELD(fee, agreement, F_ID), FIELD(fee, agency, F_ID), FIELD(fee, enterprise, F_ID), FIELD(fee, state, F_TEXT), FIELD(fee, amount_fen, F_FEN),
      FIELD(fee, due_day, F_DAY), FIELD(fee, since_day, F_DAY), FIELD(fee, moves, F_INT), FIELD(fee, number, F_TEXT), FIELD(fee, subject, F_TEXT),
      FIELD(fee, agency_name, F_TEXT), FIELD(fee, enterprise_name, F_TEXT));

const struct choice fee_states[] = {
    {"due", N_("due"), "blue"}, {"sent", N_("paid, says the enterprise"), "blue"}, {"paid", N_("paid"), "green"}, {"disputed", N_("disputed"), "red"},
    {"lifted", N_("nothing owed"), "secondary"}, {0},
};
const struct choice fee_choices[] = {
    {"declare", N_("The outcome is reached: the fee is due")}, {"pay", N_("The fee is paid")}, {"receive", N_("The fee has come in")},
    {"dispute", N_("Dispute it")}, {"settle", N_("Record what the mediation found")}, {0},
};

static const field fields[] = {
    FIELD(fee_move_in, agreement, F_ID, .flags = F_HIDDEN),
    FIELD(fee_move_in, choice, F_CODE, .flags = F_REQUIRED, .label = N_("Decision"), .choices = fee_choices),
    FIELD(fee_move_in, file, F_FILE, .label = N_("Proof of success, or voucher of the payment"), .hint = N_("PDF or picture, at most 20 MB")),
    FIELD(fee_move_in, amount_fen, F_FEN, .label = N_("Amount found by the mediation, in yuan"), .hint = N_("At most the agreed fee; 0: nothing is owed"), .max = 10000000000),
    FIELD(fee_move_in, note, F_LINES, .label = N_("Note"), .hint = N_("Needed to dispute and to settle"), .max = 1000),
};
const shape fee_move_shape = {"agreement_fee_move", fields, countof(fields), sizeof(fee_move_in)};

err fee_find(ctx *c, int64_t agreement_id, fee *out, bool *found) { return store_find(c, &fee_row, &fee_shape, out, found, ARGS(agreement_id)); }

/* ---- who may say what ---------------------------------------------------------------------------------------------------- */

enum { AGENCY, ENTERPRISE, MEDIATOR };
static const struct rule {
    const char *choice; int who; const char *from, *to;
    bool file, note;
    const char *says; /* to the other side: {0} the subject, {1} the amount, {2} the note */
} rules[] = {
    {"declare", AGENCY, "", "due", true, false, N_("The outcome of the agreement on {0} is reached: the fee of {1} is due. {2}")},
    {"pay", ENTERPRISE, "due", "sent", true, false, N_("The enterprise has paid the fee of {1} for {0}; please confirm that it has come in. {2}")},
    {"receive", AGENCY, "due", "paid", false, false, N_("The agency has received the fee of {1} for {0}. {2}")},
    {"receive", AGENCY, "sent", "paid", false, false, N_("The agency has received the fee of {1} for {0}. {2}")},
    {"dispute", ENTERPRISE, "due", "disputed", false, true, N_("The fee of {1} for {0} is disputed: {2}")},
    {"dispute", AGENCY, "sent", "disputed", false, true, N_("The fee of {1} for {0} is disputed: {2}")},
    {"settle", MEDIATOR, "disputed", "due", false, true, N_("The alliance has mediated about the fee for {0}: {1} is owed. {2}")},
};

static bool is_who(const ctx *c, const agreement *of, int who)
{
    return who == AGENCY ? c->who.org == of->agency : who == ENTERPRISE ? c->who.org == of->enterprise : c->who.role == ROLE_ALLIANCE;
}

static const struct rule *rule_of(const ctx *c, const agreement *of, str state, str choice)
{
    for (const struct rule *r = rules; r < rules + countof(rules); r++)
        if (str_eqz(choice, r->choice) && str_eqz(state, r->from) && is_who(c, of, r->who)) return r;
    return NULL;
}

/* A fee can be due while the agreement is in service and when it is done. */
static bool can_be_due(const agreement *of) { return of->fee_fen && (str_eqz(of->node, "in_service") || str_eqz(of->node, "done")); }

bool fee_may(const ctx *c, const agreement *of, const fee *f, const char *choice)
{
    return can_be_due(of) && rule_of(c, of, f ? f->state : S(""), str_of(choice)) != NULL;
}

/* ---- saying it -------------------------------------------------------------------------------------------------------------- */

static err check(ctx *c, const struct rule *r, const fee_move_in *m, const agreement *of)
{
    document d;
    if (r->file && !m->file) return err_of(ERR_INPUT, "file", N_("The file that proves it is missing."));
    if (m->file && document_own(c, m->file, &d).kind) return err_of(ERR_INPUT, "file", N_("There is no such file."));
    if (r->note && !m->note.n) return err_of(ERR_INPUT, "note", N_("Give the reason."));
    if (r->who == MEDIATOR && m->amount_fen > of->fee_fen)
        return err_with(ERR_INPUT, "amount_fen", N_("The mediation can find at most the agreed fee of {0}."), fen_words(c->a, of->fee_fen), (str){0}, (str){0});
    return NO_ERR;
}

static err tell(ctx *c, const struct rule *r, const agreement *of, int64_t fen, str note)
{
    str href = str_fmt(c->a, "/agreements/%lld/fee", (long long)of->id), amount = fen_words(c->a, fen);
    if (r->who != AGENCY) TRY(message_org(c, of->agency, r->says, of->subject, amount, note, href));
    if (r->who != ENTERPRISE) TRY(message_org(c, of->enterprise, r->says, of->subject, amount, note, href));
    return str_eqz(S("disputed"), r->to) ? message_role(c, ROLE_ALLIANCE, r->says, of->subject, amount, note, href) : NO_ERR;
}

static err move(ctx *c, void *in)
{
    const fee_move_in *m = in;
    agreement of;
    fee now;
    bool found;
    int64_t changed = 1;
    TRY(agreement_get(c, m->agreement, &of));
    if (!of.fee_fen) return err_of(ERR_CONFLICT, "", N_("In government mode the enterprise pays no fee."));
    if (!can_be_due(&of)) return err_of(ERR_CONFLICT, "", N_("The agreement is not in service, so no fee can be due."));
    TRY(fee_find(c, of.id, &now, &found));
    const struct rule *r = rule_of(c, &of, found ? now.state : S(""), m->choice);
    if (!r)
        return err_with(ERR_CONFLICT, "choice", N_("That cannot be said now; the fee stands here: {0}."), found ? choice_word(c->lang, fee_states, now.state) : tr(c->lang, N_("not due yet")),
                        (str){0}, (str){0});
    TRY(check(c, r, m, &of));
    int64_t fen = r->who == MEDIATOR ? m->amount_fen : found ? now.amount_fen : of.fee_fen;
    str to = r->who == MEDIATOR && !fen ? S("lifted") : str_of(r->to);
    if (!found) TRY(store_run(c, &fee_add, NULL, ARGS(of.id, of.agency, of.enterprise, fen, c->today, c->today)));
    else TRY(store_run(c, &fee_put, &changed, ARGS(of.id, now.state, to, fen, c->today)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("Somebody else has moved it meanwhile."));
    TRY(store_run(c, &fee_add_move, NULL, ARGS(of.id, found ? now.moves + 1 : (int64_t)1, m->choice, to, fen, m->note, m->file, c->who.person, c->who.org, c->now)));
    if (m->file) TRY(document_link(c, m->file, S("agreement"), of.id, S("fee")));
    return tell(c, r, &of, fen, m->note);
}
const action fee_move = {"agreement_fee", &fee_move_shape, move, 0};
