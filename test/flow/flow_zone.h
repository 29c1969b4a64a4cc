/* SPDX-License-Identifier: Apache-2.0 */
/* flow_zone.h: a zone for the tests of flows: a real store, the real flow files, rooms that only
 * note what they are told. */
#ifndef FLOW_ZONE_H
#define FLOW_ZONE_H

#include <ftw.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/days.h"
#include "base/embed.h"
#include "flow/flow_parts.h"
#include "gen/flow/flow_sql.h"

/* ---- what the rooms would do: they note what they are told ---------------------------------- */

typedef struct { char what[24], to[24]; int n; int64_t by, for_person, today; } heard_of;
static heard_of heard[4000];
static int heard_n;
static const char *refusing; /* the action that says no */

static inline err hear(const char *what, ctx *c, const flow_move *m)
{
    assert_true(heard_n < (int)countof(heard));
    heard_of *h = &heard[heard_n++];
    snprintf(h->what, sizeof h->what, "%s", what);
    snprintf(h->to, sizeof h->to, SF, SA(m->to->id));
    h->n = m->n;
    h->by = c->who.person;
    h->for_person = c->who.for_person;
    h->today = c->today;
    assert_true(m->n > 0 && m->flow && m->from && m->to);
    if (refusing && !strcmp(refusing, what))
        return err_with(ERR_CONFLICT, "", "The action {0} refuses.", str_of(what), (str){0},
                        (str){0});
    return NO_ERR;
}
static inline err publish_notice(ctx *c, const flow_move *m)
{
    return hear("publish_notice", c, m);
}
static inline err settle(ctx *c, const flow_move *m) { return hear("settle", c, m); }
static inline err grant_reward(ctx *c, const flow_move *m) { return hear("grant_reward", c, m); }
static inline err signed_(ctx *c, const flow_move *m) { return hear("signed", c, m); }
static inline err file_agreement(ctx *c, const flow_move *m)
{
    return hear("file_agreement", c, m);
}
static inline err release_agreement(ctx *c, const flow_move *m)
{
    return hear("release_agreement", c, m);
}
static inline err rested(ctx *c, const flow_move *m) { return hear("rested", c, m); }

static const flow_action subsidy_actions[] = {
    {"publish_notice", publish_notice}, {"settle", settle}, {"grant_reward", grant_reward}, {0}};
static const flow_action agreement_actions[] = {{"signed", signed_},
                                                {"file_agreement", file_agreement},
                                                {"release_agreement", release_agreement},
                                                {0}};
static const flow_kind kinds[] = {
    {.flow = "subsidy", .actions = subsidy_actions, .rested = rested},
    {.flow = "agreement", .actions = agreement_actions, .rested = rested},
};

/* ---- a zone --------------------------------------------------------------------------------- */

static arena a;
static struct store *store;
static ctx at;
static char folder[64];

static inline schema_step step_of(const char *room, const char *path)
{
    const embedded *f = embed_find(str_of(path));
    assert_non_null(f);
    assert_true(str_starts(f->bytes, S("-- step: 001\n")));
    return (schema_step){room, "001", str_from(f->bytes, 13)};
}

static inline void out_of_memory(arena *which)
{
    (void)which;
    abort();
}

static inline void must(err e)
{
    if (e.kind) fail_msg("%d %s: " SF, e.kind, e.field, SA(err_text(&a, e, str_of(e.text))));
}

typedef struct op {
    enum { BEGIN, DECIDE, BATCH, MESSAGE, DAY, PUBLISH, SET_BATCH } what;
    bool undo;                 /* after success: only whether it would work is asked */
    str flow, file, bytes, choice, note;
    int64_t id, version, batch, day;
    const flow_case *cases; int n;
} op;
static const shape op_shape = {"op", NULL, 0, sizeof(op)};

static inline err run(ctx *c, void *in)
{
    op *o = in;
    switch (o->what) {
    case BEGIN: TRY(flow_begin(c, o->flow, &o->id)); break;
    case DECIDE: TRY(flow_decide(c, o->id, o->version, o->choice, o->note)); break;
    case BATCH: TRY(flow_decide_batch(c, o->batch, o->cases, o->n, o->choice, o->note)); break;
    case MESSAGE: TRY(flow_message(c, o->id, o->choice, o->note)); break;
    case DAY: TRY(flow_day_begins(c, o->day)); break;
    case PUBLISH: TRY(flow_publish(c, o->file, o->bytes)); break;
    case SET_BATCH: TRY(flow_set_batch(c, o->id, o->batch)); break;
    }
    return o->undo ? err_of(ERR_LIMIT, "", "undone") : NO_ERR;
}
static const action doing = {"op", &op_shape, run, ACT_SILENT};
static inline err act(op *o) { return store_act(&at, &doing, o); }

static inline err publish(const char *path)
{
    str bytes;
    const embedded *f = embed_find(str_of(path));
    if (f) {
        bytes = f->bytes;
    } else {
        FILE *file = fopen(path, "rb");
        if (!file) fail_msg("%s is not there", path);
        buf b = buf_new(&a, 1 << 16);
        size_t n;
        while ((n = fread(buf_room(&b, 4096), 1, 4096, file)) > 0) b.n += (size)n;
        fclose(file);
        bytes = buf_str(&b);
    }
    return act(&(op){.what = PUBLISH, .file = str_of(path), .bytes = bytes});
}

static inline void day(const char *text)
{
    assert_true(day_parse(str_of(text), &at.today));
    at.now = day_start(at.today) + (int64_t)9 * 3600 * 1000000;
}

static inline int begin(void **state)
{
    (void)state;
    arena_init(&a, (size)512 << 20, out_of_memory, NULL);
    strcpy(folder, "/tmp/lingfei-flow-XXXXXX");
    assert_non_null(mkdtemp(folder));
    schema_step steps[] = {step_of("store", "store/store_schema.sql"),
                           step_of("flow", "flow/flow_schema.sql")};
    must(store_open(
        &a, &(store_options){.data = folder, .steps = steps, .step_count = 2, .create = true},
        &store));
    calendar *k;
    must(calendar_load(&a, embed_find(S("data/cn_workdays.csv"))->bytes, &k));
    at = (ctx){.a = &a,
               .zone = 1,
               .days = k,
               .store = store,
               .lang = LANG_EN,
               .flows = flow_set_new(kinds, countof(kinds))};
    must(store_reader(store, &at.db));
    heard_n = 0;
    refusing = NULL;
    day("2018-11-05");
    must(publish("room/subsidy/subsidy.bpmn"));
    must(publish("room/pair/agreement.bpmn"));
    return 0;
}

static inline int remove_one(const char *path, const struct stat *s, int type, struct FTW *f)
{
    (void)s, (void)type, (void)f;
    return remove(path);
}

static inline int end(void **state)
{
    (void)state;
    store_reader_close(at.db);
    store_close(store);
    flow_set_free(at.flows);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    arena_done(&a);
    return 0;
}

/* A person's number says the role: alliance 2 is person 302. */
static inline void as(role r, int n)
{
    at.who = (actor){.person = r * 100 + n, .org = r, .role = r};
}

static inline flow_case get(int64_t id)
{
    flow_case k = {0};
    must(flow_case_get(&at, id, &k));
    return k;
}

static inline int64_t start(void)
{
    as(ROLE_AGENCY, 1);
    op o = {.what = BEGIN, .flow = S("subsidy")};
    must(act(&o));
    return o.id;
}

static const flow *flow_of(int64_t id)
{
    const flow *f;
    must(flow_version(&at, get(id).flow_id, &f));
    return f;
}

static inline err decide(int64_t id, const char *choice, const char *note)
{
    flow_case k = get(id);
    const flow_node *n = flow_node_of(flow_of(id), k.node);
    if (n->batch)
        return act(&(op){.what = BATCH,
                         .batch = k.batch,
                         .cases = &k,
                         .n = 1,
                         .choice = str_of(choice),
                         .note = str_of(note)});
    return act(&(op){.what = DECIDE,
                     .id = id,
                     .version = k.version,
                     .choice = str_of(choice),
                     .note = str_of(note)});
}

/* "submit pass report_submit …": each decided by person 1 of the lane's role, except where four
 * eyes want another. */
static inline void go(int64_t id, const char *choices)
{
    str rest = str_of(choices), choice;
    while (str_split(&rest, ' ', &choice)) {
        if (str_eqz(choice, "objection")) {
            at.who = (actor){0};
            must(act(&(op){
                .what = MESSAGE, .id = id, .choice = S("objection"), .note = S("It is copied.")}));
            continue;
        }
        if (str_eqz(choice, "(over)")) {
            at.today = get(id).timer_day + 1;
            must(act(&(op){.what = DAY, .day = at.today}));
            continue;
        }
        const flow_node *n = flow_node_of(flow_of(id), get(id).node);
        as(n->role, str_eqz(n->id, "report") || str_eqz(n->id, "pay") ? 2 : 1);
        must(decide(id, str_z(&a, choice), "because"));
    }
}

static inline void assert_at(int64_t id, const char *node)
{
    flow_case k = get(id);
    if (!str_eqz(k.node, node))
        fail_msg("case %d is at " SF ", not at %s", (int)id, SA(k.node), node);
}

static inline void assert_day(int64_t got, const char *want)
{
    int64_t wanted = 0;
    if (want[0]) assert_true(day_parse(str_of(want), &wanted));
    if (got != wanted) fail_msg(SF ", not %s", SA(got ? day_text(&a, got) : S("0")), want);
}

static inline void assert_says(err e, err_kind kind, const char *text)
{
    str said = err_text(&a, e, str_of(e.text ? e.text : "nothing"));
    if (e.kind != kind || str_find(said, str_of(text)) < 0)
        fail_msg("%d: " SF "\nis not %d: %s", e.kind, SA(said), kind, text);
}

static inline int count_heard(const char *what)
{
    int n = 0;
    for (int i = 0; i < heard_n; i++) n += !strcmp(heard[i].what, what);
    return n;
}

/* ---- the ways ------------------------------------------------------------------------------- */

/* To each rest of the flow. */
static const struct { const char *node, *way; } ways[] = {
    {"prepare", ""},
    {"compliance", "submit"},
    {"report", "submit pass"},
    {"bureau_review", "submit pass report_submit"},
    {"request", "submit pass report_submit bureau_pass"},
    {"approve", "submit pass report_submit bureau_pass request_submit"},
    {"notice", "submit pass report_submit bureau_pass request_submit approved"},
    {"amend", "submit pass report_submit bureau_pass request_submit approved objection"},
    {"letter", "submit pass report_submit bureau_pass request_submit approved (over)"},
    {"finance_review",
     "submit pass report_submit bureau_pass request_submit approved (over) letter_send"},
    {"pay", "submit pass report_submit bureau_pass request_submit approved (over) letter_send "
            "finance_pass"},
    {"paid", "submit pass report_submit bureau_pass request_submit approved (over) letter_send "
             "finance_pass pay_done"},
    {"refused", "submit refuse"},
    {"withdrawn", "withdraw"},
};


#endif
