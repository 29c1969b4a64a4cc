/* SPDX-License-Identifier: Apache-2.0 */
/* house.c: opens the store and everything that stands on it, and owns the clock. */
#include "main/house.h"

#include <setjmp.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/embed.h"
#include "main/file.h"
#include "main/key.h"
#include "main/watch.h"
#include "room/account/account.h"
#include "room/audit/audit.h"
#include "room/counter/counter.h"
#include "room/member/member.h"
#include "room/workdays/workdays.h"
#include "room/zone/zone.h"

/* ---- the clock: the only call in the program that reads the time ------------------------------- */

static _Atomic int64_t today_set; /* a rehearsal's day; 0: the clock's */

int64_t house_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t house_today(void)
{
    int64_t set = atomic_load(&today_set);
    return set ? set : day_of_time(house_now());
}

void house_set_today(int64_t day) { atomic_store(&today_set, day); }

/* ---- opening ------------------------------------------------------------------------------------- */

static void out_of_memory(arena *a)
{
    (void)a;
    fputs("lingfei: out of memory\n", stderr);
    exit(3);
}

static int steps_of(arena *a, const embedded *file, const char *name, schema_step *out, int n)
{
    str rest = file->bytes, line, mark = S("-- step: ");
    const char *begin = NULL;
    str step = {0};
    while (true) {
        const char *at = rest.p;
        bool more = str_split(&rest, '\n', &line);
        if (!more || str_starts(line, mark)) {
            if (begin) out[n++] = (schema_step){name, str_z(a, step), {begin, (more ? at : file->bytes.p + file->bytes.n) - begin}};
            if (!more) return n;
            step = str_trim(str_from(line, mark.n));
            begin = rest.p;
        }
    }
}

/* The floors' own tables first, then the rooms' in order of dependency. */
static const schema_step *schema(arena *a, int *n)
{
    static const char *const floors[] = {"store", "flow"};
    schema_step *steps = new_n(a, schema_step, 256);
    *n = 0;
    for (int i = 0; i < countof(floors); i++) {
        const embedded *f = embed_find(str_fmt(a, "%s/%s_schema.sql", floors[i], floors[i]));
        if (f) *n = steps_of(a, f, floors[i], steps, *n);
    }
    for (const room *const *r = rooms; *r; r++) {
        const embedded *f = embed_find(str_fmt(a, "room/%s/%s_schema.sql", (*r)->name, (*r)->name));
        if (f) *n = steps_of(a, f, (*r)->name, steps, *n);
    }
    return steps;
}

const flow_kind *house_flow_kinds(int *n)
{
    static flow_kind kinds[16];
    static atomic_int count = -1;
    int have = atomic_load(&count);
    if (have < 0) {
        have = 0;
        for (const room *const *r = rooms; *r; r++)
            for (const flow_kind *const *k = (*r)->flows; k && *k; k++) kinds[have++] = **k;
        atomic_store(&count, have);
    }
    *n = have;
    return kinds;
}

static err load_calendar(house *h, const char *file)
{
    str csv;
    if (file) {
        TRY(file_read(&h->a, file, &csv));
    } else {
        const embedded *e = embed_find(S("data/cn_workdays.csv"));
        assert(e);
        csv = e->bytes;
    }
    return calendar_load(&h->a, csv, &h->days);
}

err errand_begin(house *h, errand *e)
{
    *e = (errand){0};
    arena_init(&e->a, (size)512 << 20, out_of_memory, NULL);
    e->c = (ctx){.a = &e->a, .zone = h->zone, .now = house_now(), .today = house_today(),
                 .days = h->days, .store = h->store, .flows = h->flows, .house = h,
                 .hashing = &h->hashing, .makers = &h->makers, .vault = &h->vault,
                 .request_id = S("-")};
    return store_reader(h->store, &e->c.db);
}

void errand_end(errand *e)
{
    if (e->c.db) store_reader_close(e->c.db);
    arena_done(&e->a);
}

static err find_or_make_zone(ctx *c, const house_options *o)
{
    zone z;
    err e = zone_get(c, &z);
    if (e.kind == ERR_MISSING && o->create) {
        zone_new made = {o->zone_name.n ? o->zone_name : S("示范高新技术产业园区"),
                         o->zone_name_en.n ? o->zone_name_en : S("Model High-Tech Zone"),
                         house_today() - 1};
        return store_act(c, &zone_open, &made);
    }
    if (!e.kind && !o->today && store_is_rehearsal(c->store)) house_set_today(z.begun_day); /* a rehearsal stays on its day */
    if (!e.kind && o->today && o->today < z.begun_day)
        return err_with(ERR_INPUT, "today",
                        N_("The day cannot go back: this store has already begun {0}."),
                        str_dup(c->a, day_text(c->a, z.begun_day)), (str){0}, (str){0});
    return e;
}

/* The reason must outlive the errand's arena. */
static err keep(arena *a, err e)
{
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(a, e.arg[i]);
    return e;
}

static err make_zone(house *h, const house_options *o)
{
    errand at;
    TRY(errand_begin(h, &at));
    err e = keep(&h->a, find_or_make_zone(&at.c, o));
    if (!e.kind) e = keep(&h->a, workdays_load(&at.c));
    errand_end(&at);
    return e;
}

/* How a case's history calls people and organisations. */
static err call_people(ctx *c, int64_t person_id, int64_t org_id, str *name, str *of)
{
    person p;
    org o;
    err e = person_id ? account_person(c, person_id, &p) : err_of(ERR_MISSING, "", "");
    if (!e.kind) *name = p.name;
    else if (e.kind != ERR_MISSING) return e;
    e = org_id ? member_get(c, org_id, &o) : err_of(ERR_MISSING, "", "");
    if (!e.kind) *of = org_name(c, &o);
    else if (e.kind != ERR_MISSING) return e;
    return NO_ERR;
}

static void list_routes(house *h)
{
    h->tables = new_n(&h->a, const route *, 256);
    for (const room *const *r = rooms; *r; r++)
        for (const route *const *t = (*r)->routes; t && *t; t++) {
            assert(h->table_n < 256);
            h->tables[h->table_n++] = *t;
        }
}

/* Beside each act stands its entry in the record, and what was done at the counter has a receipt. */
static err write_down(ctx *c, const action *act, const void *in)
{
    TRY(watch_journal(c, act, in));
    return counter_journal(c, act, in);
}

err house_open(const house_options *o, house *h)
{
    *h = (house){.zone = 1, .face = {rooms, o->demo}};
    gate_open(&h->hashing, 2);
    child_pool_begin(&h->makers, 2);
    arena_init(&h->a, (size)256 << 20, out_of_memory, NULL);
    TRY(load_calendar(h, o->calendar));
    h->data = o->data ? o->data : "lingfei-data";
    store_options so = {.data = h->data, .journal = write_down,
                        .create = o->create, .rehearsal = o->rehearsal};
    so.steps = schema(&h->a, &so.step_count);
    TRY(store_open(&h->a, &so, &h->store));
    h->rehearsal = store_is_rehearsal(h->store);
    TRY(key_load(&h->a, h->data, o->key, &h->vault));
    TRY(config_load(&h->a, o->config, &h->config));
    if (h->config.provider.issuer.n) h->face.provider = &h->config.provider;
    if (h->config.clamd.n) h->face.clamd = str_z(&h->a, h->config.clamd);
    if (o->today) {
        if (!h->rehearsal)
            return err_of(ERR_INPUT, "today",
                          N_("--today moves the day only in a rehearsal store; this one holds real acts."));
        house_set_today(o->today);
    }
    int n;
    const flow_kind *kinds = house_flow_kinds(&n);
    h->flows = flow_set_new(kinds, n);
    flow_set_names(h->flows, call_people);
    list_routes(h);
    return o->bare ? NO_ERR : make_zone(h, o);
}

void house_close(house *h)
{
    if (h->store) store_close(h->store);
    if (h->flows) flow_set_free(h->flows);
    arena_done(&h->a);
}
