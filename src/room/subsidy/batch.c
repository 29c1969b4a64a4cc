/* SPDX-License-Identifier: Apache-2.0 */
/* batch.c: the month's batch: gathered, decided as one, with single applications sent back alone. R15, R19. */
#include "room/subsidy/application.h"

#include "base/days.h"
#include "gen/room/subsidy/application_sql.h"
#include "gen/room/subsidy/batch_sql.h"
#include "room/message/message.h"
#include "room/subsidy/alert.h"
#include "room/subsidy/clearing.h"
#include "room/subsidy/paper.h"
#include "room/subsidy/reduction.h"
#include "room/subsidy/seal.h"
#include "room/zone/zone.h"

SHAPE(batch, FIELD(batch, id, F_ID), FIELD(batch, version, F_INT), FIELD(batch, month, F_INT), FIELD(batch, flow_id, F_ID),
      FIELD(batch, made_day, F_DAY), FIELD(batch, moved_day, F_DAY), FIELD(batch, number, F_TEXT), FIELD(batch, node, F_TEXT));
typedef struct case_id { int64_t id; } case_id;
SHAPE(case_id, FIELD(case_id, id, F_ID));

err batch_get(ctx *c, int64_t id, batch *out)
{
    err e = store_row(c, &batch_row, &batch_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such batch.")) : e;
}

err batch_cases(ctx *c, const batch *b, int64_t **ids, int *n)
{
    list all;
    TRY(store_list(c, &batch_case_ids, &case_id_shape, &all, ARGS(b->id, b->node)));
    *ids = new_n(c->a, int64_t, all.n + 1);
    for (*n = 0; *n < all.n; (*n)++) (*ids)[*n] = ((const case_id *)all.items)[*n].id;
    return NO_ERR;
}

/* ---- cases find their batch ---------------------------------------------------------------------------------------- */

/* The batch of the month, or of the next month whose batch has not been reported yet. */
static err open_batch(ctx *c, int64_t month, const flow *f, const char *node, int64_t *out)
{
    for (;; month++) {
        batch b;
        bool found;
        TRY(store_find(c, &batch_of_month, &batch_shape, &b, &found, ARGS(month, f->id)));
        if (found && !str_eqz(b.node, node)) continue;
        *out = b.id;
        if (found) return NO_ERR;
        TRY(store_next_id(c, S("batch"), out));
        return store_run(c, &batch_add_batch, NULL, ARGS(*out, month, f->id, month_text(c->a, month), str_of(node), c->today));
    }
}

/* The first batch task of the flow is where batches are gathered. */
static const flow_node *gathering(const flow *f)
{
    for (int i = 0; i < f->node_n; i++)
        if (f->nodes[i].batch && flow_node_of(f, S("report")) == &f->nodes[i]) return &f->nodes[i];
    for (int i = 0; i < f->node_n; i++)
        if (f->nodes[i].batch) return &f->nodes[i];
    return NULL;
}

static err seat(ctx *c, const flow_move *m, const flow_case *k)
{
    batch b = {0};
    application a;
    bool found;
    if (k->batch) {
        TRY(batch_get(c, k->batch, &b));
        if (str_eq(b.node, m->to->id)) return NO_ERR; /* it came with its batch */
    }
    int64_t to = 0;
    if (m->to == gathering(m->flow)) {
        TRY(application_fetch(c, k->id, &a));
        TRY(open_batch(c, a.month, m->flow, str_z(c->a, m->to->id), &to));
    } else {
        TRY(store_find(c, &batch_at_node, &batch_shape, &b, &found, ARGS(m->flow->id, m->to->id, k->batch)));
        to = found ? b.id : 0; /* none rests here: it waits for the next that comes */
    }
    if (to != k->batch) TRY(flow_set_batch(c, k->id, to));
    return to ? store_run(c, &batch_touch, NULL, ARGS(to)) : NO_ERR;
}

err batch_arrive(ctx *c, const flow_move *m)
{
    if (!m->to->batch) return NO_ERR;
    for (int i = 0; i < m->n; i++) {
        flow_case k;
        TRY(flow_case_get(c, m->cases[i].id, &k));
        TRY(seat(c, m, &k));
    }
    return NO_ERR;
}

/* Those that came to a step after their own batch had gone on ride with the batch that now comes to rest there. */
static err gather_strays(ctx *c, int64_t id, const flow_node *at, int64_t flow_id)
{
    list all;
    TRY(store_list(c, &batch_strays, &case_id_shape, &all, ARGS(at->id, flow_id)));
    for (int i = 0; i < all.n; i++) TRY(flow_set_batch(c, ((const case_id *)all.items)[i].id, id));
    return NO_ERR;
}

/* The batch goes where its cases go: with a decision on them as one, or a timer that ends for them together. */
err batch_went_on(ctx *c, const flow_move *m)
{
    int64_t id = m->cases[0].batch;
    batch b;
    if (!id || m->message.n) return NO_ERR;
    TRY(batch_get(c, id, &b));
    if (!str_eq(b.node, m->from->id)) return NO_ERR; /* a single one that follows */
    bool back = m->choice && m->choice->needs_note; /* sent back alone: the batch stays */
    if (back) return store_run(c, &batch_touch, NULL, ARGS(id));
    TRY(store_run(c, &batch_move_batch, NULL, ARGS(id, m->to->id, c->today)));
    return m->to->batch ? gather_strays(c, id, m->to, m->flow->id) : NO_ERR;
}

/* ---- deciding ---------------------------------------------------------------------------------------------------------- */

static const field return_fields[] = {
    FIELD(batch_return, id, F_ID, .flags = F_REQUIRED),
    FIELD(batch_return, note, F_LINES, .max = 2000),
    FIELD(batch_return, reduce_fen, F_FEN, .max = 100000000000000),
};
static const shape return_shape = {"batch_return", return_fields, countof(return_fields), sizeof(batch_return)};
static const field move_fields[] = {
    FIELD(batch_move_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(batch_move_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(batch_move_in, choice, F_TEXT, .flags = F_REQUIRED, .label = N_("Decision"), .max = 60),
    FIELD(batch_move_in, note, F_LINES, .label = N_("Note"), .max = 2000),
    {.name = "return", .kind = F_LIST, .at = (int)offsetof(batch_move_in, returns), .of = &return_shape},
    {.name = "clear", .kind = F_LIST, .at = (int)offsetof(batch_move_in, clear), .of = &clearing_in_shape},
};
const shape batch_move_shape = {"batch_move", move_fields, countof(move_fields), sizeof(batch_move_in)};

typedef struct {
    batch b;
    const flow *f;
    const flow_node *at;
    const flow_edge *choice, *back;   /* what the batch does; how single ones are sent back (NULL: no way) */
    list alerts;                      /* batch_alert: as it rested, where it is signed off */
    list ids;                         /* case_id of every case that rests there with it */
    batch_move_in *in;
    int64_t *goes; int go_n;
} decision;

static const batch_return *return_of(const decision *d, int64_t id)
{
    const batch_return *r = d->in->returns.items;
    for (int i = 0; i < d->in->returns.n; i++)
        if (r[i].id == id) return &r[i];
    return NULL;
}

static err load(ctx *c, decision *d)
{
    TRY(batch_get(c, d->in->id, &d->b));
    TRY(flow_version(c, d->b.flow_id, &d->f));
    d->at = flow_node_of(d->f, d->b.node);
    if (!d->at || d->at->kind != NODE_TASK) return err_of(ERR_CONFLICT, "", N_("This batch does not wait for a decision now."));
    if (d->in->version >= 0 && d->in->version != d->b.version)
        return err_with(ERR_CONFLICT, "version", N_("The batch has changed meanwhile: it is now at {0} (version {1})."), flow_node_name(d->at, c->lang),
                        str_fmt(c->a, "%lld", (long long)d->b.version), (str){0});
    TRY(flow_may(c, d->f, d->at, 0, d->b.id));
    TRY(store_list(c, &batch_case_ids, &case_id_shape, &d->ids, ARGS(d->b.id, d->b.node)));
    if (!d->ids.n) return err_of(ERR_CONFLICT, "", N_("No application rests here with this batch."));
    return NO_ERR;
}

static err find_choices(decision *d)
{
    const flow_edge *all[16];
    int n = flow_choices(d->at, all, 16);
    for (int i = 0; i < n; i++) {
        if (str_eq(all[i]->id, d->in->choice)) d->choice = all[i];
        else if (all[i]->needs_note) d->back = all[i];
    }
    if (!d->choice) return err_of(ERR_INPUT, "choice", N_("There is no such choice here."));
    if (d->choice->needs_note && !d->in->note.n) return err_of(ERR_INPUT, "note", N_("This decision needs a written reason."));
    if (d->in->returns.n && !d->back) return err_of(ERR_INPUT, "return", N_("At this step nothing can be sent back alone."));
    return NO_ERR;
}

static err check_returns(ctx *c, const decision *d)
{
    const batch_return *r = d->in->returns.items;
    for (int i = 0; i < d->in->returns.n; i++) {
        bool here = false;
        for (int j = 0; j < d->ids.n && !here; j++) here = ((const case_id *)d->ids.items)[j].id == r[i].id;
        str name = str_fmt(c->a, "%lld", (long long)r[i].id);
        if (!here) return err_with(ERR_INPUT, "return", N_("Application {0} does not rest here with this batch."), name, (str){0}, (str){0});
        if (!r[i].note.n) return err_with(ERR_INPUT, "return", N_("Say why application {0} is sent back."), name, (str){0}, (str){0});
    }
    return NO_ERR;
}

static err send_back(ctx *c, const decision *d, const batch_return *r)
{
    application a;
    flow_case k;
    TRY(application_fetch(c, r->id, &a));
    if (r->reduce_fen) TRY(reduction_make(c, &a, r->reduce_fen, r->note));
    TRY(journey_before(c, &a, d->back, r->note));
    TRY(flow_case_get(c, r->id, &k));
    return flow_decide_batch(c, d->b.id, &k, 1, d->back->id, r->note);
}

/* The paper that this step writes, of those that go on. */
static err issue_paper(ctx *c, const decision *d)
{
    static const char *const papers[] = {"report", "request", "letter"};
    int64_t paper;
    for (int i = 0; i < countof(papers); i++)
        if (str_eqz(d->at->id, papers[i])) return paper_issue(c, str_of(papers[i]), d->b.id, d->goes, d->go_n, &paper);
    return NO_ERR;
}

static err go_on(ctx *c, decision *d)
{
    flow_case *cases = new_n(c->a, flow_case, d->go_n);
    for (int i = 0; i < d->go_n; i++) {
        application a;
        TRY(application_fetch(c, d->goes[i], &a));
        TRY(journey_before(c, &a, d->choice, d->in->note));
        TRY(flow_case_get(c, d->goes[i], &cases[i]));
    }
    if (!d->choice->needs_note) TRY(seal_need(c, d->b.id));
    TRY(clearing_need(c, &d->b, &d->alerts, &d->in->clear));
    if (!d->choice->needs_note) TRY(issue_paper(c, d));
    return flow_decide_batch(c, d->b.id, cases, d->go_n, d->in->choice, d->in->note);
}

static err move(ctx *c, void *in)
{
    decision d = {.in = in};
    TRY(load(c, &d));
    TRY(find_choices(&d));
    TRY(check_returns(c, &d));
    bool signs_off = d.back && !d.choice->needs_note; /* a step that reviews */
    if (signs_off) TRY(batch_alerts(c, &d.b, &d.alerts));
    d.goes = new_n(c->a, int64_t, d.ids.n);
    for (int i = 0; i < d.ids.n; i++) {
        int64_t id = ((const case_id *)d.ids.items)[i].id;
        const batch_return *r = return_of(&d, id);
        if (r) TRY(send_back(c, &d, r));
        else d.goes[d.go_n++] = id;
    }
    return d.go_n ? go_on(c, &d) : NO_ERR;
}
const action batch_move = {"batch_move", &batch_move_shape, move, 0};
