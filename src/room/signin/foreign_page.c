/* SPDX-License-Identifier: Apache-2.0 */
/* foreign_page.c: to the provider of sign-ins and back, and linking one's account with it. */
#include "format/hash.h"
#include "room/access/access.h"
#include "room/account/account.h"
#include "room/signin/factor.h"
#include "room/signin/foreign.h"
#include "room/signin/known.h"
#include "room/signin/signin_pages.h"
#include "web/secret.h"

enum { TRIP_S = 600 };

static err no_provider(void) { return err_of(ERR_MISSING, "", N_("There is no other sign-in here.")); }

/* Out: state, nonce and verifier are new each time, and only this browser has them. */
static err set_out(req *r, int64_t id)
{
    ctx *c = r->ctx;
    str address;
    if (!foreign_provider(c)) return no_provider();
    foreign_trip t = {secret_token(c->a), secret_token(c->a), secret_token(c->a), web_local(req_arg(r, "next")), id};
    TRY(foreign_begin(c, &t, &address));
    web_cookie(r, "trip", foreign_trip_seal(c, &t), TRIP_S);
    return web_away(r, address);
}

/* GET /login/other */
static err go_there(req *r) { return set_out(r, 0); }

/* GET /account/other: the same trip, at whose end the account is linked. */
static err go_link(req *r) { return set_out(r, r->ctx->who.person); }

static err link_it(req *r, const foreign_trip *t, str subject)
{
    if (t->person != r->ctx->who.person) return err_of(ERR_DENIED, "", N_("This sign-in was begun by somebody else."));
    foreign_link l = {foreign_provider(r->ctx)->issuer, subject, t->person};
    TRY(store_act(r->ctx, &foreign_add, &l));
    web_say(r, N_("Your account is linked: from now on you may sign in there."), (str){0}, (str){0});
    return web_go(r, S("/account"));
}

static err sign_in_by(req *r, const foreign_trip *t, str subject)
{
    ctx *c = r->ctx;
    int64_t id;
    person who;
    factor second;
    bool found;
    str token;
    TRY(foreign_person(c, subject, &id));
    TRY(account_person(c, id, &who));
    if (!str_eqz(who.state, "active")) return err_of(ERR_DENIED, "", N_("This account is closed."));
    TRY(factor_find(c, id, &second, &found));
    TRY(found ? account_begin_session(c, id, &token) : account_open_session(c, id, 0, &token));
    web_cookie(r, "sid", token, 0);
    if (found) return web_go(r, str_join(c->a, S("/login/code?next="), t->next));
    known_remember(r, who.login);
    return web_go(r, t->next);
}

/* What came back fits to what went out, and says who it is. */
static err come_back(req *r, foreign_trip *t, str *subject)
{
    TRY(foreign_trip_open(r->ctx, req_cookie(r, "trip"), t));
    if (!same_secret(t->state, req_arg(r, "state"))) return err_of(ERR_DENIED, "", N_("This sign-in was not begun in this browser, or too long ago. Begin again."));
    if (!req_arg(r, "code").n) return err_of(ERR_DENIED, "", N_("The sign-in provider has refused. Begin again, or sign in with your password."));
    return foreign_end(r->ctx, t, req_arg(r, "code"), subject);
}

/* GET /login/other/back */
static err back(req *r)
{
    ctx *c = r->ctx;
    foreign_trip t;
    str subject;
    if (!foreign_provider(c)) return no_provider();
    web_cookie(r, "trip", (str){0}, -1); /* a trip has one end */
    err e = come_back(r, &t, &subject);
    if (!e.kind) e = t.person ? link_it(r, &t, subject) : sign_in_by(r, &t, subject);
    return access_proved(c, "sign_in", c->who.person, (str){0}, e);
}

/* POST /account/other/remove */
static err unlink_it(req *r)
{
    if (!foreign_provider(r->ctx)) return no_provider();
    foreign_link l = {.issuer = foreign_provider(r->ctx)->issuer, .person = r->ctx->who.person};
    TRY(store_act(r->ctx, &foreign_drop, &l));
    web_say(r, N_("Your account is no longer linked."), (str){0}, (str){0});
    return web_go(r, S("/account"));
}

const route foreign_routes[] = {
    {GET, "/login/other", ANYONE, go_there, N_("Sign in at the provider"), .flags = OFF_MAP | SLOW},
    {GET, "/login/other/back", ANYONE, back, N_("Come back from the provider"), .flags = OFF_MAP | SLOW | ENROLS},
    {GET, "/account/other", SIGNED_IN, go_link, N_("Link one's account with the provider"), .flags = OFF_MAP | SLOW, .again = SIGNED_IN},
    {POST, "/account/other/remove", SIGNED_IN, unlink_it, N_("Undo the link with the provider"), .back = "/account", .again = SIGNED_IN},
    {0},
};
