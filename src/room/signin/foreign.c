/* SPDX-License-Identifier: Apache-2.0 */
/* foreign.c: signing in by a provider elsewhere: where the browser goes, what the code is worth, whose it is. */
#include "room/signin/foreign.h"

#include "format/hash.h"
#include "format/json.h"
#include "format/jwt.h"
#include "format/seal.h"
#include "format/url.h"
#include "gen/room/signin/foreign_sql.h"
#include "room/message/message.h"
#include "web/fetch.h"

const provider *foreign_provider(const ctx *c) { return ((const house_face *)(const void *)c->house)->provider; }

/* ---- the trip: sealed in a cookie, so that the server keeps nothing of who only set out ------------------------ */

SHAPE(foreign_trip, FIELD(foreign_trip, state, F_TEXT), FIELD(foreign_trip, nonce, F_TEXT), FIELD(foreign_trip, verifier, F_TEXT),
      FIELD(foreign_trip, next, F_TEXT), FIELD(foreign_trip, person, F_ID));
#define PLACE S("foreign_trip")

str foreign_trip_seal(ctx *c, const foreign_trip *t)
{
    view *v = view_map(c->a);
    buf b = buf_new(c->a, 256);
    shape_view(&foreign_trip_shape, t, v);
    json_write(&b, v);
    return seal_put(c->a, c->vault, PLACE, buf_str(&b));
}

err foreign_trip_open(ctx *c, str sealed, foreign_trip *out)
{
    str text;
    view *v;
    *out = (foreign_trip){0};
    if (seal_open(c->a, c->vault, PLACE, sealed, &text).kind || json_read(c->a, text, &v).kind)
        return err_of(ERR_DENIED, "", N_("This sign-in was not begun in this browser, or too long ago. Begin again."));
    return shape_read(c->a, &foreign_trip_shape, v, out);
}

/* ---- what the provider says ---------------------------------------------------------------------------------------- */

static err ask(ctx *c, str url, str form, str user, str password, view **out)
{
    str body;
    TRY(fetch(c->a, url, form, user, password, &body));
    if (json_read_with(c->a, body, JSON_DECIMALS_AS_TEXT, out).kind || (*out)->kind != V_MAP)
        return err_of(ERR_BUSY, "", N_("The answer of the sign-in provider cannot be read."));
    return NO_ERR;
}

/* What it says of itself counts only if it names itself as the configuration does. */
static err discover(ctx *c, view **out)
{
    const provider *p = foreign_provider(c);
    str none = {0}, base = str_ends(p->issuer, S("/")) ? str_head(p->issuer, p->issuer.n - 1) : p->issuer;
    TRY(ask(c, str_join(c->a, base, S("/.well-known/openid-configuration")), none, none, none, out));
    return str_eq(view_get_text(*out, S("issuer")), p->issuer) ? NO_ERR : err_of(ERR_DENIED, "", N_("The answer comes from another sign-in provider."));
}

err foreign_begin(ctx *c, const foreign_trip *t, str *address)
{
    const provider *p = foreign_provider(c);
    view *said;
    uint8_t sum[SHA256_BYTES];
    TRY(discover(c, &said));
    str to = view_get_text(said, S("authorization_endpoint"));
    if (!fetch_may(to)) return err_of(ERR_BUSY, "", N_("The answer of the sign-in provider cannot be read."));
    sha256(t->verifier, sum);
    const struct { const char *name; str value; } all[] = {
        {"response_type", S("code")}, {"client_id", p->client}, {"redirect_uri", p->redirect}, {"scope", S("openid")}, {"state", t->state},
        {"nonce", t->nonce}, {"code_challenge", base64url_text(c->a, sum, sizeof sum)}, {"code_challenge_method", S("S256")},
    };
    buf b = buf_new(c->a, 512);
    for (int i = 0; i < countof(all); i++) url_query_put(&b, str_of(all[i].name), all[i].value);
    *address = str_join(c->a, str_join(c->a, to, str_find(to, S("?")) < 0 ? S("?") : S("&")), buf_str(&b));
    return NO_ERR;
}

err foreign_end(ctx *c, const foreign_trip *t, str code, str *subject)
{
    const provider *p = foreign_provider(c);
    view *said, *got, *keys, *claims;
    str none = {0};
    TRY(discover(c, &said));
    buf form = buf_new(c->a, 512);
    url_query_put(&form, S("grant_type"), S("authorization_code"));
    url_query_put(&form, S("code"), code);
    url_query_put(&form, S("redirect_uri"), p->redirect);
    url_query_put(&form, S("client_id"), p->client);
    url_query_put(&form, S("code_verifier"), t->verifier);
    TRY(ask(c, view_get_text(said, S("token_endpoint")), buf_str(&form), p->client, p->secret, &got));
    TRY(ask(c, view_get_text(said, S("jwks_uri")), none, none, none, &keys));
    jwt_wanted wanted = {p->issuer, p->client, t->nonce, c->now};
    TRY(jwt_read(c->a, view_get_text(got, S("id_token")), keys, &wanted, &claims));
    *subject = view_get_text(claims, S("sub"));
    return NO_ERR;
}

/* ---- whose it is here ------------------------------------------------------------------------------------------------ */

err foreign_person(ctx *c, str subject, int64_t *id)
{
    TRY(store_int(c, &foreign_person_of, id, ARGS(foreign_provider(c)->issuer, subject)));
    return *id ? NO_ERR : err_of(ERR_DENIED, "", N_("This sign-in belongs to no account here yet. Sign in with your password and link it under My account."));
}

err foreign_is_linked(ctx *c, int64_t id, bool *linked)
{
    int64_t n;
    TRY(store_int(c, &foreign_link_of, &n, ARGS(id, foreign_provider(c)->issuer)));
    *linked = n > 0;
    return NO_ERR;
}

SHAPE(foreign_link, FIELD(foreign_link, issuer, F_TEXT), FIELD(foreign_link, subject, F_TEXT, .flags = F_PRIVATE), FIELD(foreign_link, person, F_ID));

static err add(ctx *c, void *in)
{
    const foreign_link *l = in;
    err e = store_run(c, &foreign_link_add, NULL, ARGS(l->issuer, l->subject, l->person, c->now));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("This sign-in, or your account, is linked already."));
    TRY(e);
    return message_owner(c, l->person, N_("Your account can be opened by a sign-in elsewhere from now on. If it was not you, tell your administrator at once."), S("/account"));
}
const action foreign_add = {"foreign_add", &foreign_link_shape, add, 0};

static err drop(ctx *c, void *in)
{
    const foreign_link *l = in;
    int64_t changed;
    TRY(store_run(c, &foreign_link_drop, &changed, ARGS(l->person, l->issuer)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("Your account is not linked."));
    return message_owner(c, l->person, N_("Your account can no longer be opened by a sign-in elsewhere. If it was not you, tell your administrator at once."), S("/account"));
}
const action foreign_drop = {"foreign_drop", &foreign_link_shape, drop, 0};
