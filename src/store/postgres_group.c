/* SPDX-License-Identifier: Apache-2.0 */
/* postgres_group.c: what frames a group of one zone's acts on PostgreSQL, and what is known after a lost connection. */
#include "store/postgres.h"

/* The zone's row is locked first, so that the zone's groups run one after another in whatever process, and its number of
 * commits grows with the same commit. */
static const stmt lock_zone = {
    "lock_zone", "",
    "INSERT INTO store_change AS z (zone_id, n) VALUES ($1, 1) ON CONFLICT (zone_id) DO UPDATE SET n = z.n + 1", 1, true,
};

static err begin(struct store_conn *k, int64_t zone)
{
    prepared *p;
    pg_link *l = pg_of(k)->link;
    if (!pg_send(l, "BEGIN ISOLATION LEVEL READ COMMITTED", 0, NULL)) return store_is_busy();
    err e = pg_start(k, NULL, &lock_zone, zone, NO_ARGS, false, &p);
    err all = pg_settle(l, NULL, "BEGIN", NULL);
    return e.kind ? e : all;
}

static err connect_anew(pg_conn *c)
{
    pg_link *fresh;
    TRY(pg_connect(c->own->url, &fresh));
    pg_disconnect(c->link);
    c->link = fresh;
    return NO_ERR;
}

/* Nothing was written yet: a connection that is found lost here costs nobody anything. */
static err begin_somehow(struct store_conn *k, int64_t zone)
{
    pg_conn *c = pg_of(k);
    if (pg_lost(c->link)) TRY(connect_anew(c));
    err e = begin(k, zone);
    if (!e.kind) return e;
    if (!pg_lost(c->link)) {
        err undone = pg_do(c->link, NULL, "ROLLBACK");
        return undone.kind ? undone : e;
    }
    TRY(connect_anew(c));
    return begin(k, zone);
}

err pg_frame(struct store_conn *k, framing what, int64_t zone)
{
    pg_link *l = pg_of(k)->link;
    switch (what) {
    case DO_BEGIN: return begin_somehow(k, zone);
    case DO_SAVEPOINT: return pg_send(l, "SAVEPOINT act", 0, NULL) ? NO_ERR : store_is_busy();
    case DO_RELEASE: return pg_send(l, "RELEASE act", 0, NULL) ? NO_ERR : store_is_busy();
    case DO_UNDO: TRY(pg_do(l, NULL, "ROLLBACK TO act")); return pg_do(l, NULL, "RELEASE act");
    case DO_ROLLBACK: return pg_do(l, NULL, "ROLLBACK");
    case DO_COUNT: break;
    }
    assert(!"a framing that is none");
    return NO_ERR;
}

err pg_settle_act(struct store_conn *k, arena *a)
{
    err e = pg_settle(pg_of(k)->link, a, "act", NULL);
    pg_of(k)->failed |= e.kind != OK;
    return e;
}

bool pg_once_more(struct store_conn *k)
{
    pg_conn *c = pg_of(k);
    bool again = c->failed && !c->careful && !pg_lost(c->link);
    c->failed = false;
    c->careful = again;
    return again;
}

bool pg_goes_on(const struct store_conn *k)
{
    const pg_link *l = pg_of(k)->link;
    return !pg_lost(l) && PQtransactionStatus(l->pg) == PQTRANS_INTRANS;
}

/* Lost before the answer: the server may have kept it or not. The zone's row tells: the next group waits for it until the
 * lost session has ended one way or the other, and the one-time key then answers who asks again. */
outcome pg_commit(struct store *s, err *why)
{
    pg_link *l = pg_of(s->writer)->link;
    PGresult *r = NULL;
    *why = pg_send(l, "COMMIT", 0, NULL) ? pg_settle(l, NULL, "COMMIT", &r) : store_is_busy();
    bool kept = !why->kind && str_eqz(str_of(PQcmdStatus(r)), "COMMIT");
    PQclear(r);
    if (kept) return KEPT;
    if (pg_lost(l)) return NOT_KNOWN;
    if (!why->kind) *why = store_is_busy();
    return NOT_KEPT;
}
