/* SPDX-License-Identifier: Apache-2.0 */
/* gate.c: who may pass: the route's roles, a second factor where the role needs one, forged requests, sign-ins too long ago. */
#include "web/exchange.h"
#include "web/secret.h"

/* Whose role needs a second factor and who has none may go where he can set it up, and wherever nobody may go. */
static bool has_to_enrol(const exchange *x, const route *t) { return x->session.must_enrol && !(t->flags & ENROLS); }

bool gate_role(const exchange *x, const route *t)
{
    if (t->who & ANYONE) return true;
    return x->c.who.person && (t->who & WHO(x->c.who.role)) && !has_to_enrol(x, t);
}

/* Nobody's forms bring back a text that only the holder of the cookie can be given. */
static str of_pre_session(exchange *x)
{
    uint8_t mac[SHA256_BYTES];
    hmac_sha256(x->pre_session, S("form"), mac);
    return hex_text(x->c.a, mac, sizeof mac);
}

str gate_csrf(exchange *x)
{
    if (x->session.by_token || !x->con) return (str){0};
    if (x->session.token_hash.n) return x->session.csrf;
    if (!x->pre_session.n) {
        x->pre_session = secret_token(x->c.a);
        web_cookie(&x->r, "form", x->pre_session, 0);
    }
    return of_pre_session(x);
}

static err forged(exchange *x)
{
    x->csrf_wrong = true;
    return err_of(
        ERR_DENIED, "",
        N_("This form was opened before you signed in, or somewhere else. Nothing was done: look at it and send it again."));
}

static err check_form(exchange *x)
{
    if (!x->con || x->session.by_token) return NO_ERR;
    if (x->cross_site)
        return err_of(ERR_DENIED, "", N_("The request comes from another site. Nothing was done."));
    str sent = view_get_text(x->body.fields, S("csrf"));
    if (!sent.n) sent = ask_header(x, "X-CSRF-Token");
    if (x->session.token_hash.n) return same_secret(sent, x->session.csrf) ? NO_ERR : forged(x);
    /* nobody is signed in, and no browser lends its cookies to it: there is nothing to forge */
    if (!x->from_browser) return NO_ERR;
    return x->pre_session.n && same_secret(sent, of_pre_session(x)) ? NO_ERR : forged(x);
}

static bool too_long_ago(const exchange *x)
{
    return x->con && !x->session.by_token
        && x->c.now - x->session.signed_in_at > (int64_t)AGAIN_MINUTES * 60 * 1000000;
}

/* Who acts for another at the counter does only what the routes say is done there. */
err gate_counter(exchange *x, const route *t)
{
    const ctx *c = &x->c;
    if (!c->who.mandate || (t->method == GET && (t->who & ANYONE))) return NO_ERR;
    if (!t->counter || !x->o->hooks.counter)
        return err_of(ERR_DENIED, "",
                      N_("This is not done at the counter: signatures, money, bank accounts and passwords need the firm's own person."));
    return x->o->hooks.counter(&x->c, str_of(t->counter));
}

err gate_check(exchange *x)
{
    const route *t = x->r.route;
    if (has_to_enrol(x, t) && t->who & ANYONE) x->c.who = (actor){0};
    if (!gate_role(x, t)) {
        if (!x->c.who.person) return err_of(ERR_LOGIN, "", N_("Sign in first."));
        if (has_to_enrol(x, t)) return err_of(ERR_LOGIN, "", N_("Your role needs a second factor. Set it up first."));
        return err_of(ERR_DENIED, "", N_("Your role may not do this."));
    }
    TRY(gate_counter(x, t));
    if (t->method == POST) TRY(check_form(x));
    if (x->c.who.person && (t->again & WHO(x->c.who.role)) && too_long_ago(x))
        return err_of(
            ERR_LOGIN, "",
            N_("This needs your password once more: the last time was more than 15 minutes ago."));
    return NO_ERR;
}
