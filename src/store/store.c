/* SPDX-License-Identifier: Apache-2.0 */
/* store.c: opens a store on the engine that its name asks for, and hands on what the face is asked. */
#include <stdio.h>

#include "store/engine.h"

/* ---- sentences that both engines say --------------------------------------------------------------- */

err store_missing(const char *data)
{
    return err_with(ERR_MISSING, "", N_("There is no store in {0}. Make one with: lingfei init --data {0}"),
                    str_of(data), (str){0}, (str){0});
}

err store_is_busy(void) { return err_of(ERR_BUSY, "", N_("The store is busy. Try again in a moment.")); }

err store_is_full(void)
{
    return err_of(ERR_BUSY, "", N_("The disk is full: nothing was changed. Make room and try again."));
}

err store_not_known(void)
{
    return err_of(ERR_BUSY, "", N_("The store was lost while this was being kept. Look whether it was done before you do it again."));
}

err store_forbids(arena *a, str rule)
{
    return err_with(ERR_CONFLICT, "", N_("This already exists, or a rule of the data forbids it."),
                    str_dup(a, rule), (str){0}, (str){0});
}

/* ---- opening and closing ---------------------------------------------------------------------- */

const engine *engine_of(const char *data)
{
    static const engine *const all[] = {&postgres_engine, &sqlite_engine}; /* a folder is whatever is left */
    int i = 0;
    while (!all[i]->is_for(str_of(data))) i++;
    return all[i];
}

static err open_all(arena *a, const store_options *o, struct store *s)
{
    TRY(s->of->open(a, o, s));
    TRY(schema_bring_up(a, s, o));
    return writer_start(s);
}

err store_open(arena *a, const store_options *o, struct store **out)
{
    struct store *s = new(a, struct store);
    s->of = engine_of(o->data);
    s->journal = o->journal;
    s->data = str_z(a, str_of(o->data));
    err e = open_all(a, o, s);
    if (!e.kind) return *out = s, e;
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(a, e.arg[i]);
    s->of->close(s);
    return e;
}

void store_close(struct store *s)
{
    writer_stop(s);
    s->of->close(s);
}

bool store_exists(const char *data) { return engine_of(data)->exists(data); }
const char *store_folder(const struct store *s) { return s->of->folder ? s->data : NULL; }
bool store_is_rehearsal(const struct store *s) { return s->rehearsal; }
err store_reader(struct store *s, struct store_conn **out) { return s->of->reader(s, out); }
void store_reader_close(struct store_conn *db) { db->of->reader_close(db); }

/* ---- reading at one moment ------------------------------------------------------------------- */

err store_read_begin(ctx *c)
{
    if (c->db->reading || c->db->writes) return NO_ERR;
    TRY(c->db->of->read_begin(c->db, c->a));
    c->db->reading = true;
    return NO_ERR;
}

void store_read_end(ctx *c)
{
    if (!c->db->reading) return;
    c->db->of->read_end(c->db);
    c->db->reading = false;
}

/* ---- what the engine does by itself ------------------------------------------------------------- */

err store_backup(struct store *s, const char *file) { return s->of->backup(s, file); }
err store_restore(const char *file, const char *data) { return engine_of(data)->restore(file, data); }
err store_set_aside(const char *data) { return engine_of(data)->set_aside(data); }
err store_check(ctx *c) { return c->db->of->check(c); }
err store_plan_scans(ctx *c, const stmt *s, str *table) { return c->db->of->plan_scans(c, s, table); }
int64_t store_state(const struct store *s) { return s->of->state((struct store *)(uintptr_t)s); }
