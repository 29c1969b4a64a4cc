/* SPDX-License-Identifier: Apache-2.0 */
/* account_try.c: wrong tries at signing in: a login waits, an address has a bucket, and neither can shut out who is known.
 *
 * A stranger who tries a login over and over makes it wait for strangers. A browser in which the person has signed in before is
 * counted by itself, and sessions that are open go on: so nobody can be shut out of his work by others. */
#include "gen/room/account/account_sql.h"
#include "room/account/account.h"

enum {
    FREE_TRIES = 5, LONGEST_WAIT_S = 900,     /* from the fifth wrong try it waits, doubling; never for ever */
    BUCKET = 60, BUCKET_DROP_S = 6,           /* wrong tries of one address, an office behind one; one is forgotten each six seconds */
};
#define SECOND ((int64_t)1000000)

typedef struct one_try { str what; bool failed, by_address; } one_try;
SHAPE(one_try, FIELD(one_try, what, F_TEXT), FIELD(one_try, failed, F_BOOL), FIELD(one_try, by_address, F_BOOL));
typedef struct try_state { int64_t failed, wait_until, at; } try_state;
SHAPE(try_state, FIELD(try_state, failed, F_INT), FIELD(try_state, wait_until, F_TIME), FIELD(try_state, at, F_TIME));

static int64_t wait_of(int64_t failed)
{
    int64_t doubled = failed - FREE_TRIES;
    if (doubled < 0) return 0;
    return doubled > 9 ? LONGEST_WAIT_S : (int64_t)1 << doubled;
}

static int64_t left_in_bucket(const try_state *s, int64_t now)
{
    int64_t left = s->failed - (now - s->at) / (BUCKET_DROP_S * SECOND);
    return left > 0 ? left : 0;
}

static err note(ctx *c, void *in)
{
    const one_try *t = in;
    try_state s = {0};
    bool found;
    if (!t->failed) return store_run(c, &account_try_clear, NULL, ARGS(t->what));
    TRY(store_find(c, &account_try_row, &try_state_shape, &s, &found, ARGS(t->what)));
    if (t->by_address) s.failed = left_in_bucket(&s, c->now);
    s.failed++;
    int64_t wait = t->by_address ? (s.failed > BUCKET ? BUCKET_DROP_S : 0) : wait_of(s.failed);
    return store_run(c, &account_try_put, NULL, ARGS(t->what, s.failed, c->now + wait * SECOND, c->now));
}
static const action account_try = {"account_try", &one_try_shape, note, ACT_SILENT};

err account_may_try(ctx *c, str what)
{
    try_state s;
    bool found;
    TRY(store_find(c, &account_try_row, &try_state_shape, &s, &found, ARGS(what)));
    if (!found || s.wait_until <= c->now) return NO_ERR;
    return err_with(ERR_LIMIT, "", N_("Too many wrong tries. Wait {0} seconds and try again."),
                    str_fmt(c->a, "%lld", (long long)((s.wait_until - c->now) / SECOND + 1)), (str){0}, (str){0});
}

err account_tried(ctx *c, str what, bool failed)
{
    one_try t = {what, failed, str_starts(what, S("address:"))};
    return store_act(c, &account_try, &t);
}
