/* SPDX-License-Identifier: Apache-2.0 */
/* advance.c: entries of the ledger and its balance. */
#include "room/advance/advance.h"

#include "gen/room/advance/advance_sql.h"
#include "room/document/document.h"
#include "room/pair/pair.h"

const struct choice advance_kinds[] = {
    {"official_fee", N_("Official fees")}, {"testing", N_("Testing and certification")}, {"travel", N_("Travel")},
    {"subcontract", N_("Subcontracted services")}, {"labour", N_("Working hours")}, {"other", N_("Other")}, {0},
};

SHAPE(advance, FIELD(advance, id, F_ID, .flags = F_RESULT), FIELD(advance, agreement, F_ID, .flags = F_HIDDEN),
      FIELD(advance, kind, F_CODE, .flags = F_REQUIRED, .label = N_("What it was for"), .choices = advance_kinds),
      FIELD(advance, paid_day, F_DAY, .flags = F_REQUIRED, .label = N_("Day of payment")),
      FIELD(advance, amount_fen, F_FEN, .flags = F_REQUIRED, .label = N_("Amount in yuan"), .min = 1, .max = 100000000000),
      FIELD(advance, note, F_TEXT, .label = N_("Note"), .max = 200),
      FIELD(advance, voucher, F_FILE, .flags = F_REQUIRED, .label = N_("Voucher"), .hint = N_("Invoice or receipt as PDF or picture, at most 20 MB")),
      FIELD(advance, takes_back, F_ID));

/* The ledger belongs to the agency of the agreement, and is kept while the agreement lives. */
static err own_agreement(ctx *c, int64_t id, agreement *a)
{
    TRY(agreement_get(c, id, a));
    if (c->who.org != a->agency) return err_of(ERR_DENIED, "", N_("Only the agency of the agreement enters what it laid out."));
    return a->filed_day ? NO_ERR : err_of(ERR_CONFLICT, "", N_("The agreement is not filed yet."));
}

static err put(ctx *c, const advance *n, int64_t agency)
{
    TRY(store_run(c, &advance_add_entry, NULL,
                  ARGS(n->id, n->agreement, n->kind, n->paid_day, n->amount_fen, n->note, n->voucher, n->takes_back, c->who.person, c->now)));
    if (n->takes_back) return store_run(c, &advance_take_from_sum, NULL, ARGS(n->agreement, n->amount_fen));
    return store_run(c, &advance_add_to_sum, NULL, ARGS(n->agreement, agency, n->amount_fen, n->paid_day));
}

static err enter(ctx *c, void *in)
{
    advance *n = in;
    agreement a;
    document d;
    TRY(own_agreement(c, n->agreement, &a));
    if (n->paid_day > c->today) return err_of(ERR_INPUT, "paid_day", N_("This day has not come yet."));
    if (n->paid_day < a.filed_day) return err_of(ERR_INPUT, "paid_day", N_("It was paid before the agreement was filed."));
    if (document_own(c, n->voucher, &d).kind) return err_of(ERR_INPUT, "voucher", N_("There is no such file."));
    n->takes_back = 0;
    TRY(store_next_id(c, S("advance"), &n->id));
    TRY(put(c, n, a.agency));
    return document_link(c, n->voucher, S("advance"), n->id, S("voucher"));
}
const action advance_enter = {"advance_enter", &advance_shape, enter, 0};

static const field take_back_fields[] = {
    FIELD(advance, id, F_ID, .flags = F_HIDDEN),
    FIELD(advance, note, F_TEXT, .flags = F_REQUIRED, .label = N_("Reason"), .max = 200),
};
const shape advance_take_back_shape = {"advance_take_back", take_back_fields, countof(take_back_fields), sizeof(advance)};

static err take_back(ctx *c, void *in)
{
    const advance *n = in;
    advance was;
    agreement a;
    err e = store_row(c, &advance_row, &advance_shape, &was, ARGS(n->id));
    if (e.kind == ERR_MISSING) return err_of(ERR_MISSING, "", N_("There is no such entry."));
    TRY(e);
    TRY(own_agreement(c, was.agreement, &a));
    if (was.takes_back) return err_of(ERR_CONFLICT, "", N_("This entry takes another back; enter the outlay anew."));
    advance back = was;
    TRY(store_next_id(c, S("advance"), &back.id));
    back.amount_fen = -was.amount_fen, back.takes_back = was.id, back.note = n->note, back.voucher = 0;
    e = put(c, &back, a.agency);
    return e.kind == ERR_CONFLICT ? err_of(ERR_CONFLICT, "", N_("This entry has been taken back already.")) : e;
}
const action advance_take_back = {"advance_take_back", &advance_take_back_shape, take_back, 0};

err advance_balance_of(ctx *c, int64_t agreement_id, int64_t laid_out_fen, int64_t first_day, advance_balance *out)
{
    int64_t last = 0;
    *out = (advance_balance){.laid_out_fen = laid_out_fen};
    TRY(store_int(c, &advance_recovered, &out->recovered_fen, ARGS(agreement_id)));
    TRY(store_int(c, &advance_expected, &out->expected_fen, ARGS(agreement_id)));
    TRY(store_int(c, &advance_recovered_day, &last, ARGS(agreement_id)));
    out->outstanding_fen = laid_out_fen > out->recovered_fen ? laid_out_fen - out->recovered_fen : 0;
    int64_t until = out->outstanding_fen || !last ? c->today : last;
    if (laid_out_fen && until > first_day) out->days = until - first_day;
    return NO_ERR;
}
