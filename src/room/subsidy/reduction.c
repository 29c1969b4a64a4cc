/* SPDX-License-Identifier: Apache-2.0 */
/* reduction.c: an amount that finance cut in its recheck. */
#include "room/subsidy/reduction.h"

#include "base/money.h"
#include "gen/room/subsidy/reduction_sql.h"

typedef struct reduction { int64_t before_fen, cap_fen, on_day; str reason; } reduction;
SHAPE(reduction, FIELD(reduction, before_fen, F_FEN), FIELD(reduction, cap_fen, F_FEN), FIELD(reduction, on_day, F_DAY), FIELD(reduction, reason, F_LINES));

/* Kept in Chinese, as the rule's own explanation is: what is kept must not hang on a reader's language. */
static void cut(ctx *c, application *a, const reduction *r)
{
    if (a->amount_fen <= r->cap_fen) return;
    a->amount_fen = r->cap_fen;
    a->explained = str_fmt(c->a, SF "；财政复核核减至" SF "：" SF, SA(a->explained), SA(fen_words(c->a, r->cap_fen)), SA(r->reason));
}

err reduction_make(ctx *c, application *a, int64_t fen, str reason)
{
    int64_t id;
    str name = a->number;
    if (c->who.role != ROLE_FINANCE) return err_of(ERR_DENIED, "return", N_("Only finance reduces an amount, in its recheck."));
    if (fen <= 0 || fen >= a->amount_fen)
        return err_with(ERR_INPUT, "return", N_("{0}: a reduced amount is above zero and below {1}."), name, fen_words(c->a, a->amount_fen), (str){0});
    TRY(store_next_id(c, S("reduction"), &id));
    TRY(store_run(c, &reduction_add, NULL, ARGS(id, a->id, a->amount_fen, fen, reason, c->who.person, c->today)));
    cut(c, a, &(reduction){.cap_fen = fen, .reason = reason});
    return store_run(c, &reduction_put_amount, NULL, ARGS(a->id, a->amount_fen, a->explained));
}

err reduction_apply(ctx *c, application *a)
{
    reduction r;
    bool found;
    TRY(store_find(c, &reduction_newest, &reduction_shape, &r, &found, ARGS(a->id)));
    if (found) cut(c, a, &r);
    return NO_ERR;
}

err reduction_show(ctx *c, int64_t of, view *into) { return store_rows(c, &reduction_of_application, into, S("reductions"), ARGS(of)); }
