/* SPDX-License-Identifier: Apache-2.0 */
/* postgres.c: a store in a PostgreSQL database: opened, asked for its state, checked; what the engine's table names of it. */
#include "store/postgres.h"

#include <stdio.h>

/* ---- connections --------------------------------------------------------------------------------- */

static err new_conn(pg_store *own, bool writes, struct store_conn **out)
{
    arena a;
    arena_init(&a, (size)16 << 20, NULL, NULL);
    pg_conn *c = new(&a, pg_conn);
    *c = (pg_conn){.k = {.a = a, .of = &postgres_engine, .writes = writes}, .own = own};
    *out = &c->k;
    return NO_ERR;
}

static void close_conn(struct store_conn *k)
{
    pg_conn *c = pg_of(k);
    if (c->link && k->writes) pg_disconnect(c->link);
    else pg_abandon(k);
    arena a = k->a; /* the connection itself lies in it */
    arena_done(&a);
}

static bool is_url(str data) { return str_starts(data, S("postgresql://")) || str_starts(data, S("postgres://")); }

/* What is kept is on the disk when it is acknowledged, whatever the server's default; a session that is gone does not
 * hold its zone for long. */
static err set_up_writer(pg_link *l)
{
    TRY(pg_do(l, NULL, "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"));
    TRY(pg_do(l, NULL, "SET lock_timeout = '5s'"));
    return pg_do(l, NULL, "SET idle_in_transaction_session_timeout = '30s'");
}

static err open_writer(pg_store *own, struct store_conn **out)
{
    pg_link *l;
    TRY(pg_connect(own->url, &l));
    bool utf8 = str_eqz(str_of(PQparameterStatus(l->pg, "server_encoding")), "UTF8");
    err e = utf8 ? set_up_writer(l) : err_of(ERR_INPUT, "data", N_("The database is not in UTF-8. Make it with: createdb --encoding UTF8 --template template0"));
    if (e.kind) return pg_disconnect(l), e;
    TRY(new_conn(own, true, out));
    pg_of(*out)->link = l;
    return NO_ERR;
}

/* "postgresql://user:password@…" */
static bool has_password(str url)
{
    str rest = str_from(url, str_find(url, S("//")) + 2);
    size at = str_find(rest, S("@")), slash = str_find(rest, S("/"));
    bool person = at >= 0 && (slash < 0 || at < slash);
    return (person && str_find(str_head(rest, at), S(":")) >= 0) || str_find(rest, S("password=")) >= 0;
}

static err open_store(arena *a, const store_options *o, struct store *s)
{
    (void)o;
    if (has_password(str_of(s->data)))
        return err_of(ERR_INPUT, "data", N_("A password does not belong into the address, where others can read it. Put it into ~/.pgpass, "
                                            "or name its file: ?passfile=…"));
    pg_store *own = new(a, pg_store);
    own->url = str_z(a, str_of(s->data));
    pthread_mutex_init(&own->mutex, NULL);
    pthread_cond_init(&own->back, NULL);
    pthread_mutex_init(&own->asking, NULL);
    s->own = own;
    TRY(new_conn(own, false, &own->asks));
    return open_writer(own, &s->writer);
}

static void close_store(struct store *s)
{
    pg_store *own = s->own;
    if (s->writer) close_conn(s->writer);
    if (!own) return;
    if (own->asks) close_conn(own->asks);
    pg_pool_close(own);
    pthread_mutex_destroy(&own->mutex);
    pthread_cond_destroy(&own->back);
    pthread_mutex_destroy(&own->asking);
}

static err reader(struct store *s, struct store_conn **out) { return new_conn(s->own, false, out); }

static err read_begin(struct store_conn *k, arena *a)
{
    (void)a;
    pg_of(k)->begins = true; /* sent with the first statement */
    return NO_ERR;
}

static void read_end(struct store_conn *k)
{
    pg_conn *c = pg_of(k);
    if (c->link && !c->begins && !pg_lost(c->link)) {
        err e = pg_do(c->link, NULL, "COMMIT");
        (void)e; /* a read has nothing to lose; a link that did not end is not given on */
    }
    c->begins = false;
    pg_abandon(k);
}

/* ---- the number of commits -------------------------------------------------------------------------- */

static const stmt count_commits = {"count_commits", "", "SELECT coalesce(sum(n), 0) + 1 FROM store_change WHERE $1 IS NOT NULL", 1, false};

/* Where nobody can say, each answer is another: nothing is taken for unchanged. */
static int64_t state(struct store *s)
{
    pg_store *own = s->own;
    prepared *p;
    bool row = false;
    int64_t n = 0;
    pthread_mutex_lock(&own->asking);
    err e = pg_start(own->asks, NULL, &count_commits, 0, NO_ARGS, true, &p);
    if (!e.kind) {
        e = pg_step(own->asks, NULL, p, &row);
        if (row) n = pg_value(p, 0).i;
        pg_end(own->asks, p);
    }
    if (!n) n = --own->unknown;
    pthread_mutex_unlock(&own->asking);
    return n;
}

/* ---- texts that are no constants of ours -------------------------------------------------------------- */

/* Several statements in one text: the pipeline rests meanwhile. */
static err exec(struct store_conn *k, const char *sql)
{
    pg_link *l = pg_of(k)->link;
    TRY(pg_settle(l, NULL, sql, NULL));
    if (!PQexitPipelineMode(l->pg)) return store_is_busy();
    PGresult *r = PQexec(l->pg, sql);
    bool good = PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK;
    if (!good) fprintf(stderr, "store failed at=\"schema\" says=\"%s\"\n", PQerrorMessage(l->pg));
    PQclear(r);
    PQenterPipelineMode(l->pg);
    return good ? NO_ERR : err_of(ERR_FAULT, "", N_("The store failed; the reason stands in the server's log."));
}

/* A reader's link, in its snapshot if it has one. */
static err ready(struct store_conn *k)
{
    pg_conn *c = pg_of(k);
    if (!c->link) TRY(pg_take(c->own, &c->link));
    if (c->begins) TRY(pg_do(c->link, NULL, "BEGIN ISOLATION LEVEL REPEATABLE READ"));
    c->begins = false;
    return NO_ERR;
}

static err text(struct store_conn *k, arena *a, const char *sql, const char *one, const char *two, str *out)
{
    PGresult *r;
    *out = (str){0};
    TRY(ready(k));
    const char *values[2] = {one, two};
    bool sent = pg_send(pg_of(k)->link, sql, two ? 2 : one ? 1 : 0, values);
    err e = pg_settle(pg_of(k)->link, a, sql, &r);
    if (!sent && !e.kind) e = store_is_busy();
    if (!e.kind && PQntuples(r) && PQnfields(r)) *out = str_dup(a, str_of(PQgetvalue(r, 0, 0)));
    PQclear(r);
    if (!k->writes && !k->reading) pg_abandon(k);
    return e;
}

static err take_rows(const PGresult *r, row_taker *t)
{
    cell cells[COLUMNS_MAX];
    int n = PQnfields(r);
    assert(n <= COLUMNS_MAX);
    for (int row = 0; row < PQntuples(r); row++) {
        for (int i = 0; i < n; i++) cells[i] = pg_cell(r, row, i);
        TRY(t->take(t, cells, n));
    }
    return NO_ERR;
}

/* Piece by piece where it can be (EXPLAIN has no cursor, and few lines). */
static err scan(struct store_conn *k, arena *a, const char *sql, row_taker *t)
{
    bool pieces = str_starts(str_of(sql), S("SELECT "));
    TRY(ready(k));
    pg_link *l = pg_of(k)->link;
    assert(!pieces || PQtransactionStatus(l->pg) == PQTRANS_INTRANS);
    if (pieces) TRY(pg_do(l, a, str_z(a, str_fmt(a, "DECLARE rows_of NO SCROLL CURSOR FOR %s", sql))));
    for (bool more = true; more;) {
        PGresult *r;
        bool sent = PQsendQueryParams(l->pg, pieces ? "FETCH 500 FROM rows_of" : sql, 0, NULL, NULL, NULL, NULL, 1) && pg_sent(l, NULL);
        TRY(pg_settle(l, a, sql, &r));
        err e = sent ? take_rows(r, t) : store_is_busy();
        more = pieces && PQntuples(r) == 500;
        PQclear(r);
        if (e.kind) return e;
    }
    return pieces ? pg_do(l, a, "CLOSE rows_of") : NO_ERR;
}

/* ---- what PostgreSQL does better itself ----------------------------------------------------------------- */

static bool exists(const char *data)
{
    PGconn *pg = PQconnectdb(data);
    PGresult *r = PQexec(pg, "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'store_step'");
    bool there = PQntuples(r) == 1;
    PQclear(r);
    PQfinish(pg);
    return there;
}

static err backup(struct store *s, const char *file)
{
    (void)s, (void)file;
    return err_of(ERR_INPUT, "", N_("A store on PostgreSQL is copied by PostgreSQL's own means: pg_dump, or a base backup with its log "
                                    "(PITR). doc/OPERATING.md says how."));
}

static err restore(const char *file, const char *data)
{
    (void)file, (void)data;
    return err_of(ERR_INPUT, "", N_("A store on PostgreSQL is restored by PostgreSQL's own means: pg_restore, or a base backup with its "
                                    "log (PITR). doc/OPERATING.md says how."));
}

static err set_aside(const char *data)
{
    return err_with(ERR_CONFLICT, "demo", N_("{0} holds an empty zone already. Give the demonstration a database of its own."),
                    str_of(data), (str){0}, (str){0});
}

static err keep_older(struct store *s, arena *a, const char *room, const char *step)
{
    (void)s, (void)a;
    fprintf(stderr, "store: upgrading from before step %s of %s, whole or not at all; a dump made before is the way back\n", step, room);
    return NO_ERR;
}

/* Every table is read, and every rule is looked at again: what no index and no cache can hide. */
static err check(ctx *c)
{
    str names, table, broken;
    bool had = c->db->reading;
    TRY(store_read_begin(c));
    TRY(store_tables(c->db, c->a, &names));
    while (str_split(&names, ',', &table))
        TRY(text(c->db, c->a, str_z(c->a, str_fmt(c->a, "SELECT count(t.*) FROM \"" SF "\" t", SA(table))), NULL, NULL, &broken));
    TRY(text(c->db, c->a, "SELECT string_agg(conrelid::regclass || '.' || conname, ', ') FROM pg_constraint"
                          " WHERE connamespace = current_schema()::regnamespace AND NOT convalidated", NULL, NULL, &broken));
    if (!had) store_read_end(c);
    if (!broken.n) return NO_ERR;
    return err_with(ERR_FAULT, "", N_("The store is damaged: {0}. Restore the last backup."), broken, (str){0}, (str){0});
}

static bool untidy(struct store *s, bool idle)
{
    (void)s, (void)idle;
    return false; /* the server tidies by itself */
}
static void tidy(struct store *s) { (void)s; }

const engine postgres_engine = {
    .is_for = is_url, .exists = exists, .open = open_store, .close = close_store,
    .reader = reader, .reader_close = close_conn, .read_begin = read_begin, .read_end = read_end,
    .start = pg_start, .step = pg_step, .end = pg_end, .abandon = pg_abandon,
    .columns = pg_columns, .column = pg_column, .value = pg_value, .changed = pg_changed,
    .frame = pg_frame, .settle = pg_settle_act, .once_more = pg_once_more, .goes_on = pg_goes_on, .commit = pg_commit,
    .untidy = untidy, .tidy = tidy, .state = state,
    .exec = exec, .text = text, .scan = scan, .apply = pg_apply, .keep_older = keep_older,
    .words = {
        .count_tables = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()",
        .count_own = "SELECT count(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'store_step'",
        .own_tables =
            "CREATE TABLE store_meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);"
            "CREATE TABLE store_step (room TEXT NOT NULL, step TEXT NOT NULL, hash TEXT NOT NULL,"
            " at BIGINT NOT NULL, PRIMARY KEY (room, step));"
            "CREATE TABLE store_change (zone_id BIGINT NOT NULL PRIMARY KEY, n BIGINT NOT NULL) WITH (fillfactor = 10)",
        .begin = {"BEGIN", "SELECT pg_advisory_xact_lock(1279673673)"}, /* one process upgrades, the others wait */
        .rules_off = pg_rules_off, .rules_on = pg_rules_on,
    },
    .list_tables = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename",
    .backup = backup, .restore = restore, .set_aside = set_aside,
    .check = check, .plan_scans = pg_plan_scans,
};
