/* SPDX-License-Identifier: Apache-2.0 */
/* outcome_claim.c: what an agreement has to claim, and what an application claims of it. */
#include "gen/room/outcome/outcome_sql.h"
#include "room/outcome/outcome_parts.h"

typedef struct ready_row { str kind, number; int64_t obtained_day, proof; } ready_row;
SHAPE(ready_row, FIELD(ready_row, kind, F_TEXT), FIELD(ready_row, number, F_TEXT), FIELD(ready_row, obtained_day, F_DAY), FIELD(ready_row, proof, F_ID));

err outcome_ready_of(ctx *c, int64_t agreement_id, outcome_ready *out)
{
    list all;
    *out = (outcome_ready){0};
    TRY(store_list(c, &outcome_ready_rows, &ready_row_shape, &all, ARGS(agreement_id)));
    const ready_row *rows = all.items;
    buf numbers = buf_new(c->a, 64);
    for (int i = 0; i < all.n; i++) {
        if (!str_eq(rows[i].kind, rows[0].kind)) continue; /* an application claims one kind */
        if (out->n++) buf_byte(&numbers, '\n');
        buf_put(&numbers, rows[i].number);
        if (!out->first_day || rows[i].obtained_day < out->first_day) out->first_day = rows[i].obtained_day;
        out->proof = out->n == 1 || out->proof == rows[i].proof ? rows[i].proof : 0;
    }
    if (out->n) out->kind = rows[0].kind;
    out->numbers = buf_str(&numbers);
    return NO_ERR;
}

static err add_confirmed(ctx *c, const outcome_claiming *k, str normal, int64_t *id)
{
    TRY(store_next_id(c, S("outcome"), id));
    return store_run(c, &outcome_add, NULL, ARGS(*id, k->agreement, k->agency, k->enterprise, k->kind, normal, normal, k->day, k->proof, S("confirmed"), (int64_t)0,
                                                 (int64_t)1, c->who.person, c->today));
}

static err claim_one(ctx *c, const outcome_claiming *k, str normal)
{
    outcome_live live;
    bool there;
    err e = NO_ERR;
    TRY(store_find(c, &outcome_live_of_agreement, &outcome_live_shape, &live, &there, ARGS(k->agreement, k->kind, normal)));
    if (!there) e = add_confirmed(c, k, normal, &live.id);
    else if (str_eqz(live.state, "entered")) e = store_run(c, &outcome_confirm_for, NULL, ARGS(live.id, k->application, c->today));
    if (e.kind == ERR_CONFLICT) return outcome_held_elsewhere(c, k->kind, normal, normal);
    TRY(e);
    return store_run(c, &outcome_give_to, NULL, ARGS(live.id, k->application));
}

err outcome_claim(ctx *c, const outcome_claiming *k)
{
    str one;
    TRY(outcome_unclaim(c, k->application));
    if (k->proof) TRY(outcome_proof_free(c, k->proof, k->agreement));
    for (str rest = k->normals; str_split(&rest, ' ', &one);) TRY(claim_one(c, k, one));
    return NO_ERR;
}

err outcome_unclaim(ctx *c, int64_t application) { return store_run(c, &outcome_free_of, NULL, ARGS(application)); }
