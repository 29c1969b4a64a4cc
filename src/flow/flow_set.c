/* SPDX-License-Identifier: Apache-2.0 */
/* flow_set.c: the flows of a process: read once, kept by content, shared by its threads. */
#include "flow/flow_parts.h"

#include <pthread.h>

#include "gen/flow/flow_sql.h"

enum { FLOW_BYTES = 256 << 20 }; /* of a set, and of one flow */

/* What a file says depends on its bytes only; which number it has in a zone's store is `known`. */
typedef struct parsed {
    arena a;
    flow *f;                       /* id 0 */
    struct parsed *next;
} parsed;

typedef struct known {
    int64_t zone;
    const flow *f;
    struct known *next;
} known;

struct flow_set {
    arena a;
    const flow_kind *kinds; int kind_n;
    flow_names names;
    pthread_mutex_t lock;          /* of the two lists and of `a` */
    parsed *parsed;
    known *known;
};

struct flow_set *flow_set_new(const flow_kind *kinds, int n)
{
    arena a;
    arena_init(&a, FLOW_BYTES, NULL, NULL);
    struct flow_set *s = new(&a, struct flow_set);
    s->kinds = kinds;
    s->kind_n = n;
    pthread_mutex_init(&s->lock, NULL);
    s->a = a;
    return s;
}

void flow_set_free(struct flow_set *s)
{
    for (parsed *p = s->parsed; p; p = p->next) arena_done(&p->a);
    pthread_mutex_destroy(&s->lock);
    arena a = s->a; /* s itself stands in it */
    arena_done(&a);
}

void flow_set_names(struct flow_set *s, flow_names names) { s->names = names; }

const flow_kind *flow_kind_of(const struct flow_set *s, str name)
{
    for (int i = 0; i < s->kind_n; i++)
        if (str_eqz(name, s->kinds[i].flow)) return &s->kinds[i];
    return NULL;
}

const flow_action *flow_action_of(const struct flow_set *s, const flow *f, str name)
{
    const flow_kind *k = flow_kind_of(s, f->name);
    for (const flow_action *t = k ? k->actions : NULL; t && t->name; t++)
        if (str_eqz(name, t->name)) return t;
    return NULL;
}

err flow_name_person(ctx *c, int64_t person, int64_t org, str *name, str *org_name)
{
    *name = person ? str_fmt(c->a, "%lld", (long long)person) : (str){0};
    *org_name = org ? str_fmt(c->a, "%lld", (long long)org) : (str){0};
    return c->flows->names ? c->flows->names(c, person, org, name, org_name) : NO_ERR;
}

/* ---- by content ----------------------------------------------------------------------------- */

static const flow *find_parsed(struct flow_set *s, str version)
{
    const flow *found = NULL;
    pthread_mutex_lock(&s->lock);
    for (const parsed *p = s->parsed; p && !found; p = p->next)
        if (str_eq(p->f->version, version)) found = p->f;
    pthread_mutex_unlock(&s->lock);
    return found;
}

/* Two threads may read the same file at once; both readings are right and the first found serves. */
static const flow *keep_parsed(struct flow_set *s, arena *a, flow *f)
{
    pthread_mutex_lock(&s->lock);
    parsed *p = new(&s->a, parsed);
    *p = (parsed){*a, f, s->parsed};
    s->parsed = p;
    pthread_mutex_unlock(&s->lock);
    return f;
}

typedef struct flow_row { int64_t id; str flow, version, xml; } flow_row;
static const field row_fields[] = {FIELD(flow_row, id, F_ID), FIELD(flow_row, flow, F_TEXT),
                                   FIELD(flow_row, version, F_TEXT), FIELD(flow_row, xml, F_LINES)};
static const shape row_shape = {"flow_row", row_fields, countof(row_fields), sizeof(flow_row)};

static err parse(ctx *c, const flow_row *row, const flow **out)
{
    struct flow_set *s = c->flows;
    str file = str_fmt(c->a, SF ".bpmn (" SF ")", SA(row->flow), SA(str_head(row->version, 12)));
    arena a;
    arena_init(&a, FLOW_BYTES, NULL, NULL);
    flow *f;
    err e = flow_read(&a, file, row->xml, s->kinds, s->kind_n, &f);
    if (!e.kind) {
        *out = keep_parsed(s, &a, f);
        return NO_ERR;
    }
    arena_done(&a);
    /* again, for a reason that lives longer than that arena */
    TRY(flow_read(c->a, file, row->xml, s->kinds, s->kind_n, &f));
    return e;
}

/* ---- by number ------------------------------------------------------------------------------ */

static const flow *find_known(struct flow_set *s, int64_t zone, int64_t id)
{
    const flow *found = NULL;
    pthread_mutex_lock(&s->lock);
    for (const known *k = s->known; k && !found; k = k->next)
        if (k->zone == zone && k->f->id == id) found = k->f;
    pthread_mutex_unlock(&s->lock);
    return found;
}

static const flow *keep_known(struct flow_set *s, int64_t zone, int64_t id, const flow *f)
{
    pthread_mutex_lock(&s->lock);
    known *k = new(&s->a, known);
    flow *own = new(&s->a, flow);
    *own = *f;
    own->id = id;
    *k = (known){zone, own, s->known};
    s->known = k;
    pthread_mutex_unlock(&s->lock);
    return own;
}

err flow_version(ctx *c, int64_t id, const flow **out)
{
    struct flow_set *s = c->flows;
    if ((*out = find_known(s, c->zone, id))) return NO_ERR;
    str mark;
    TRY(store_text(c, &flow_version_mark, &mark, ARGS(id)));
    const flow *f = find_parsed(s, mark);
    if (!f) {
        flow_row row = {0};
        TRY(store_row(c, &flow_version_row, &row_shape, &row, ARGS(id)));
        TRY(parse(c, &row, &f));
    }
    if (!store_acting(c)) {
        *out = keep_known(s, c->zone, id, f);
        return NO_ERR;
    }
    /* The act may yet be undone and its number given to another file: it is not remembered. */
    flow *own = new(c->a, flow);
    *own = *f;
    own->id = id;
    *out = own;
    return NO_ERR;
}

err flow_current(ctx *c, str name, const flow **out)
{
    int64_t id;
    TRY(store_int(c, &flow_newest_id, &id, ARGS(name)));
    if (!id)
        return err_with(ERR_MISSING, "", N_("There is no flow called {0}."), name, (str){0},
                        (str){0});
    return flow_version(c, id, out);
}

/* ---- publishing ----------------------------------------------------------------------------- */

static err check_kind(ctx *c, const flow *f, str file)
{
    if (flow_kind_of(c->flows, f->name)) return NO_ERR;
    buf b = buf_new(c->a, 80);
    for (int i = 0; i < c->flows->kind_n; i++)
        buf_fmt(&b, "%s%s", i ? ", " : "", c->flows->kinds[i].flow);
    flow_faults w = {.a = c->a, .file = file};
    flow_wrong(&w, 1, S("process"), f->name, "nothing here runs a flow of this id; allowed: " SF,
               SA(buf_str(&b)));
    return flow_faults_err(&w);
}

err flow_publish(ctx *c, str file, str bytes)
{
    flow *f;
    TRY(flow_read(c->a, file, bytes, c->flows->kinds, c->flows->kind_n, &f));
    TRY(check_kind(c, f, file));
    int64_t id, newest;
    TRY(store_int(c, &flow_version_find, &id, ARGS(f->name, f->version)));
    TRY(store_int(c, &flow_newest_id, &newest, ARGS(f->name)));
    if (id && id == newest) return NO_ERR;
    if (!id) {
        TRY(store_next_id(c, S("flow_version"), &id));
        TRY(store_run(c, &flow_version_put, NULL,
                      ARGS(id, f->name, f->version, f->title, f->xml, c->now, c->who.person)));
    }
    return store_run(c, &flow_newest_put, NULL, ARGS(f->name, id, c->now));
}
