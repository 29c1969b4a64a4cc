/* SPDX-License-Identifier: Apache-2.0 */
/* phrase.c: keeping and dropping the phrases of an office. */
#include "room/phrase/phrase_act.h"

#include "gen/room/phrase/phrase_sql.h"

enum { MOST = 50 };

SHAPE(phrase_in, FIELD(phrase_in, text, F_LINES, .flags = F_REQUIRED, .label = N_("Phrase"), .hint = N_("As it should stand in a note or a reason"), .max = 500),
      FIELD(phrase_in, id, F_ID, .flags = F_RESULT));
SHAPE(phrase_ref, FIELD(phrase_ref, id, F_ID, .flags = F_HIDDEN));

static err keep(ctx *c, void *in)
{
    phrase_in *p = in;
    int64_t n;
    TRY(store_int(c, &phrase_count_of, &n, ARGS(c->who.org)));
    if (n >= MOST) return err_of(ERR_CONFLICT, "", N_("An office keeps at most 50 phrases: drop one first."));
    TRY(store_next_id(c, S("phrase"), &p->id));
    err e = store_run(c, &phrase_add, NULL, ARGS(p->id, c->who.org, p->text, c->who.person, c->today));
    return e.kind == ERR_CONFLICT ? err_of(ERR_CONFLICT, "text", N_("Your office has this phrase already.")) : e;
}
const action phrase_keep = {"phrase_keep", &phrase_in_shape, keep, 0};

static err drop(ctx *c, void *in)
{
    int64_t changed;
    TRY(store_run(c, &phrase_put_end, &changed, ARGS(((phrase_ref *)in)->id, c->who.org, c->today)));
    return changed ? NO_ERR : err_of(ERR_MISSING, "", N_("Your office has no such phrase."));
}
const action phrase_drop = {"phrase_drop", &phrase_ref_shape, drop, 0};
