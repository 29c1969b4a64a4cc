/* SPDX-License-Identifier: Apache-2.0 */
/* signin.c: who sends this request, a changed password, and the room's tables. */
#include "room/signin/signin.h"

#include "gen/room/signin/factor_sql.h"
#include "gen/room/signin/foreign_sql.h"
#include "room/account/account.h"
#include "room/message/message.h"
#include "room/signin/factor.h"
#include "room/signin/foreign.h"
#include "room/signin/password.h"
#include "room/signin/signin_pages.h"

err signin_identify(ctx *c, str cookie, str bearer, web_session *out)
{
    factor second;
    bool needed, found;
    TRY(account_identify(c, cookie, bearer, out));
    if (!out->token_hash.n || out->by_token || !c->who.person) return NO_ERR;
    TRY(factor_needed(c, c->who.role, &needed));
    if (!needed) return NO_ERR;
    TRY(factor_find(c, c->who.person, &second, &found));
    out->must_enrol = !found;
    return NO_ERR;
}

static err change(ctx *c, void *in)
{
    account_secret *s = in;
    TRY(store_also(c, &account_password, s));
    return message_owner(c, s->person, N_("The password of your account was changed. If it was not you, tell your administrator at once."), S("/account"));
}
const action password_change = {"password_change", &account_secret_shape, change, 0};

const room signin_room = {
    .name = "signin",
    .routes = (const route *const[]){signin_routes, own_routes, factor_routes, foreign_routes, NULL},
    .actions = (const action *const[]){&password_change, &factor_set, &factor_use, &factor_recover, &factor_renew, &factor_take_away, &foreign_add, &foreign_drop, NULL},
    .statements = (const stmt *const *const[]){factor_statements, foreign_statements, NULL},
};
