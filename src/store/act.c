/* SPDX-License-Identifier: Apache-2.0 */
/* act.c: what one act does: its one-time key, its run, its entry in the record; on the writer. */
#include "store/turn.h"

#include "format/json.h"
#include "gen/store/store_sql.h"

/* ---- one-time keys --------------------------------------------------------------------------- */

typedef struct once_row { int64_t person_id; str action, result; } once_row;
SHAPE(once_row, FIELD(once_row, person_id, F_ID), FIELD(once_row, action, F_TEXT),
      FIELD(once_row, result, F_LINES));

/* The result fields of an act's struct as JSON: what a second use of the key is answered with. */
static str results_of(arena *a, const shape *sh, const void *in)
{
    view *all = view_map(a), *out = view_map(a);
    shape_view(sh, in, all);
    for (int i = 0; i < sh->n; i++) {
        str name = str_of(sh->fields[i].name);
        const view *v = sh->fields[i].flags & F_RESULT ? view_get(all, name) : NULL;
        if (v) view_adopt(out, name, view_copy(a, v));
    }
    buf b = buf_new(a, 64);
    json_canonical(&b, out);
    return buf_str(&b);
}

static err used_before(ctx *c, const action *act, void *in, bool *used)
{
    once_row row;
    view *result;
    *used = false;
    if (!c->once.n) return NO_ERR;
    TRY(store_find(c, &store_once_row, &once_row_shape, &row, used, ARGS(c->once)));
    if (!*used) return NO_ERR;
    if (row.person_id != c->who.person || !str_eqz(row.action, act->name))
        return err_of(ERR_CONFLICT, "", N_("This one-time key was used for something else."));
    TRY(json_read(c->a, row.result, &result));
    return shape_read(c->a, act->in, result, in);
}

static err prune_once(ctx *c, void *in)
{
    store_prune *p = in;
    return store_run(c, &store_once_prune, &p->pruned, ARGS(p->before_at));
}
SHAPE(store_prune, FIELD(store_prune, before_at, F_TIME),
      FIELD(store_prune, pruned, F_INT, .flags = F_RESULT));
const action store_prune_once = {"store_prune_once", &store_prune_shape, prune_once, ACT_SILENT};

/* ---- running one ----------------------------------------------------------------------------- */

err act_parts(struct store *s, ctx *c, const action *act, void *in)
{
    bool used;
    if (act->flags & ACT_SILENT) return act->run(c, in); /* the key is for what the person meant */
    TRY(used_before(c, act, in, &used));
    if (used) return NO_ERR;
    TRY(act->run(c, in));
    if (s->journal) TRY(s->journal(c, act, in));
    if (!c->once.n) return NO_ERR;
    str result = results_of(c->a, act->in, in);
    return store_run(c, &store_once_add, NULL,
                     ARGS(c->once, c->who.person, str_of(act->name), result, c->now));
}

err store_act(ctx *c, const action *act, void *in)
{
    if (store_acting(c)) return store_also(c, act, in);
    bool snapshot = c->db && c->db->reading;
    if (snapshot) store_read_end(c); /* what is read after the act sees it */
    err e = turn_wait(c->store, c, act, in);
    if (!e.kind && !(act->flags & ACT_SILENT))
        c->once = (str){0}; /* a handler's next act is not this one repeated */
    if (!snapshot) return e;
    err again = store_read_begin(c);
    return e.kind ? e : again;
}

err store_also(ctx *c, const action *act, void *in)
{
    assert(store_acting(c));
    return act->run(c, in);
}

bool store_acting(const ctx *c) { return c->db && c->db->writes; }

err store_next_id(ctx *c, str of, int64_t *out)
{
    return store_insert(c, &store_sequence_next, out, ARGS(of));
}
