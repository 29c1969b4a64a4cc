/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_link.c: one connection to a PostgreSQL server in pipeline mode, and the sentences for what it says. */
#include "store/postgres.h"

#include <stdio.h>
#include <unistd.h>

enum { TRIES = 60, BETWEEN_US = 100000 }; /* so long a server that starts or fails over is waited for */

/* ---- errors ---------------------------------------------------------------------------------- */

static void tell(const pg_link *l, const char *what, const char *says)
{
    str line = str_of(says), first;
    (void)l;
    if (!str_split(&line, '\n', &first)) first = line;
    fprintf(stderr, "store failed at=\"%s\" says=\"" SF "\"\n", what, SA(first));
}

bool pg_lost(const pg_link *l) { return PQstatus(l->pg) != CONNECTION_OK; }

static err not_there(void)
{
    return err_of(ERR_BUSY, "", N_("The database server does not answer. Nothing was changed. Try again in a moment."));
}

/* Classes of SQLSTATE: 23 rules of the data, 53 no room, 40 and 55 others in the way, 57 it stops. */
static err refused(pg_link *l, arena *a, const char *what, const PGresult *r)
{
    const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE), *rule = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
    if (!state) state = "";
    if (!strncmp(state, "23", 2)) {
        snprintf(l->rule, sizeof l->rule, "%s", rule ? rule : PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY));
        return a ? store_forbids(a, str_of(l->rule)) : store_is_busy();
    }
    tell(l, what, PQresultErrorMessage(r));
    if (!strncmp(state, "53", 2)) return store_is_full();
    if (!strncmp(state, "40", 2) || !strncmp(state, "55", 2)) return store_is_busy();
    if (pg_lost(l) || !*state || !strncmp(state, "57", 2)) return not_there(); /* without a state it is libpq that speaks */
    return err_of(ERR_FAULT, "", N_("The store failed; the reason stands in the server's log."));
}

/* ---- opening --------------------------------------------------------------------------------- */

static void no_notice(void *of, const PGresult *r) { (void)of, (void)r; }

static err cannot(PGconn *pg)
{
    str says = str_of(PQerrorMessage(pg));
    if (str_find(says, S("does not exist")) >= 0)
        return err_of(ERR_MISSING, "", N_("There is no such database, or no such user. Make them with: createdb, createuser"));
    return not_there();
}

/* What is wrong for good (a password, a name) is not tried again. */
static bool may_come(PGconn *pg)
{
    str says = str_of(PQerrorMessage(pg));
    static const char *const passing[] = {"starting up", "shutting down", "Connection refused", "No such file", "closed the connection",
                                          "too many clients", "recovery", "read-only"};
    for (int i = 0; i < countof(passing); i++)
        if (str_find(says, str_of(passing[i])) >= 0) return true;
    return false;
}

static err set_up(pg_link *l)
{
    PQsetNoticeReceiver(l->pg, no_notice, NULL);
    if (!PQenterPipelineMode(l->pg)) return not_there();
    TRY(pg_do(l, NULL, "SET client_encoding = 'UTF8'"));
    return pg_do(l, NULL, "SET standard_conforming_strings = on");
}

err pg_connect(const char *url, pg_link **out)
{
    arena a;
    arena_init(&a, (size)16 << 20, NULL, NULL);
    pg_link *l = new(&a, pg_link);
    l->a = a;
    err e = NO_ERR;
    for (int i = 0; i < TRIES; i++) {
        l->pg = PQconnectdb(url);
        if (!pg_lost(l) || !may_come(l->pg) || i == TRIES - 1) break;
        PQfinish(l->pg);
        usleep(BETWEEN_US);
    }
    if (pg_lost(l)) {
        tell(l, "connect", PQerrorMessage(l->pg));
        e = cannot(l->pg);
    } else {
        e = set_up(l);
    }
    if (e.kind) return pg_disconnect(l), e;
    *out = l;
    return NO_ERR;
}

void pg_disconnect(pg_link *l)
{
    for (int i = 0; i < PREPARED_MAX; i++)
        if (l->set.at[i]) PQclear(((pg_prepared *)l->set.at[i])->rows);
    PQfinish(l->pg);
    arena a = l->a; /* the link itself lies in it */
    arena_done(&a);
}

/* ---- what is under way ------------------------------------------------------------------------ */

bool pg_sent(pg_link *l, pg_prepared *prepares)
{
    assert(l->waiting <= UNDER_WAY_MOST);
    l->of[l->waiting++] = prepares;
    if (prepares) prepares->ready = true;
    return true;
}

bool pg_send(pg_link *l, const char *sql, int n, const char *const *values)
{
    return PQsendQueryParams(l->pg, sql, n, NULL, values, NULL, NULL, 0) && pg_sent(l, NULL);
}

/* After an error the server skips the rest up to the sync: what was to be prepared there is not. */
static bool is_good(const PGresult *r)
{
    ExecStatusType s = PQresultStatus(r);
    return s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
}

static err read_one(pg_link *l, arena *a, const char *what, int i, PGresult **out)
{
    PGresult *r = PQgetResult(l->pg);
    err e = NO_ERR;
    if (!r || !is_good(r)) {
        if (l->of[i]) l->of[i]->ready = false;
        if (!r) e = not_there();
        else if (PQresultStatus(r) != PGRES_PIPELINE_ABORTED) e = refused(l, a, what, r);
        else e = store_is_busy();
    }
    for (PGresult *more; r && (more = PQgetResult(l->pg));) PQclear(more); /* the end of this one */
    *out = r;
    return e;
}

static bool read_sync(pg_link *l)
{
    PGresult *r = PQgetResult(l->pg);
    bool good = r && PQresultStatus(r) == PGRES_PIPELINE_SYNC;
    PQclear(r);
    return good;
}

err pg_settle(pg_link *l, arena *a, const char *what, PGresult **last)
{
    err first = NO_ERR;
    int n = l->waiting;
    if (last) *last = NULL;
    if (!n) return NO_ERR;
    l->waiting = 0;
    if (!PQpipelineSync(l->pg)) {
        for (int i = 0; i < n; i++)
            if (l->of[i]) l->of[i]->ready = false;
        return not_there();
    }
    for (int i = 0; i < n; i++) {
        PGresult *r;
        err e = read_one(l, a, what, i, &r);
        if (!first.kind) first = e;
        if (last && i == n - 1 && !first.kind) *last = r;
        else PQclear(r);
        if (!r) break; /* the link is gone */
    }
    if (!read_sync(l) && !first.kind) first = not_there();
    if (first.kind && last) PQclear(*last), *last = NULL;
    return first;
}

err pg_do(pg_link *l, arena *a, const char *sql)
{
    return pg_send(l, sql, 0, NULL) ? pg_settle(l, a, sql, NULL) : not_there();
}
