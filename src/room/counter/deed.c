/* SPDX-License-Identifier: Apache-2.0 */
/* deed.c: what is done at the counter, act by act, with the scope it needs and how its receipt calls it. What is not here needs the
 * firm's own person: whatever the page, the journal refuses it. */
#include "room/counter/receipt.h"

#include "gen/room/counter/mandate_sql.h"

const deed deeds[] = {
    {"org_change", "join", N_("Change of the firm's particulars")},
    {"admission_begin", "join", N_("Application for admission begun")},
    {"admission_move", "join", N_("Application for admission handed in"), .choice = "submit"},
    {"admission_move", "join", N_("Application for admission moved on")},
    {"admission_word", "join", N_("Statement on the admission")},
    {"evidence_give", "join", N_("Evidence for the admission's checklist")},
    {"need_post", "need", N_("Need posted")},
    {"need_add_file", "need", N_("File added to a need")},
    {"need_move", "need", N_("Need withdrawn"), .choice = "withdraw"},
    {"need_move", "need", N_("Need moved on")},
    {"offer_save", "need", N_("Offer of a service")},
    {"capacity_save", "need", N_("Capacity stated")},
    {"application_start", "application", N_("Application started")},
    {"application_save", "application", NULL}, /* a draft hands nothing in */
    {"application_move", "application", N_("Application handed in"), .choice = "submit", .hands_in = true},
    {"application_move", "application", N_("Application withdrawn"), .choice = "withdraw"},
    {"application_move", "application", N_("Application moved on")},
    {"deficiency_answer", "application join", N_("Answer to what was lacking")},
    {"outcome_enter", "outcome", N_("Outcome entered")},
    {"outcome_entry", "outcome", N_("Outcomes entered from a table")},
    {"outcome_prove", "outcome", N_("Proof of an outcome")},
    {"outcome_decide", "outcome", N_("Outcome confirmed or declined")},
    {"outcome_withdraw", "outcome", N_("Outcome withdrawn")},
    {"application_confirm", "outcome", N_("Outcome and application confirmed")},
    {"document_add", COUNTER_ANY, NULL}, /* the act that uses the file names it */
    {"mandate_leave", COUNTER_LEAVE, NULL},
    {"account_sign_out", COUNTER_LEAVE, NULL},
    {0},
};

const deed *deed_of(str act, str choice)
{
    for (const deed *d = deeds; d->act; d++)
        if (str_eqz(act, d->act) && (!d->choice || str_eqz(choice, d->choice))) return d;
    return NULL;
}

str deed_choice(const action *act, const void *in)
{
    const field *f = shape_field(act->in, S("choice"));
    return f && (f->kind == F_TEXT || f->kind == F_CODE) ? *(const str *)(const void *)((const char *)in + f->at) : (str){0};
}

static err allowed(ctx *c, str scopes, mandate *m)
{
    if (str_eqz(scopes, COUNTER_LEAVE)) return NO_ERR;
    TRY(store_row(c, &mandate_row, &mandate_shape, m, ARGS(c->who.mandate)));
    TRY(mandate_holds(c, m));
    return mandate_covers(c, m, scopes);
}

err counter_may(ctx *c, str scopes)
{
    mandate m;
    return allowed(c, scopes, &m);
}

err counter_journal(ctx *c, const action *act, const void *in)
{
    mandate m;
    if (!c->who.mandate) return NO_ERR;
    const deed *d = deed_of(str_of(act->name), deed_choice(act, in));
    if (!d)
        return err_of(ERR_DENIED, "", N_("This is not done at the counter: signatures, money, bank accounts and passwords need the firm's own person."));
    TRY(allowed(c, str_of(d->scopes), &m));
    return d->says ? receipt_write(c, &m, act, in) : NO_ERR;
}
