/* SPDX-License-Identifier: Apache-2.0 */
/* factor_page.c: setting up one's second factor, its recovery codes, taking it away; and the administrator's page of another's. */
#include "format/qr.h"
#include "format/totp.h"
#include "room/account/account.h"
#include "room/signin/factor.h"
#include "room/signin/signin_pages.h"
#include "room/zone/zone.h"
#include "web/secret.h"

typedef struct enrol_form { str code, sealed; } enrol_form;
SHAPE(enrol_form,
      FIELD(enrol_form, code, F_TEXT, .flags = F_REQUIRED, .label = N_("Verification code"), .hint = N_("The six digits that the app shows now"), .max = 10),
      FIELD(enrol_form, sealed, F_TEXT, .flags = F_REQUIRED | F_HIDDEN, .max = 200));
typedef struct renew_form { str seed; } renew_form;
SHAPE(renew_form, FIELD(renew_form, seed, F_TEXT, .flags = F_REQUIRED | F_HIDDEN, .min = 20, .max = 100));

/* By fours, as people read long things. */
static str in_fours(arena *a, str s)
{
    buf b = buf_new(a, s.n + s.n / 4);
    for (size i = 0; i < s.n; i += 4) {
        if (i) buf_byte(&b, ' ');
        buf_put(&b, str_head(str_from(s, i), 4));
    }
    return buf_str(&b);
}

/* The secret as a picture, and as text for who cannot take a picture. When the form comes back it is still the same one. */
static err show_secret(req *r, view *v, enrol_form *f)
{
    ctx *c = r->ctx;
    person me;
    zone z;
    str secret;
    f->sealed = r->typed ? view_get_text(r->typed, S("sealed")) : (str){0};
    if (!f->sealed.n || factor_secret(c, c->who.person, f->sealed, &secret).kind) {
        f->sealed = factor_secret_new(c, c->who.person);
        TRY(factor_secret(c, c->who.person, f->sealed, &secret));
    }
    TRY(account_person(c, c->who.person, &me));
    TRY(zone_get(c, &z));
    view_text(v, S("qr"), qr_svg(c->a, totp_uri(c->a, secret, c->lang == LANG_EN ? z.name_en : z.name, me.login)));
    view_text(v, S("secret"), in_fours(c->a, base32_text(c->a, secret)));
    return NO_ERR;
}

static err show_enrolment(req *r, view *v)
{
    enrol_form f = {0};
    TRY(show_secret(r, v, &f));
    web_title(r, v, N_("Set up a second factor"), (str){0});
    view_bool(v, S("must"), req_session(r)->must_enrol);
    form_show(r, v, "form", &enrol_form_shape, &f, S("/account/factor"), N_("Set it up"));
    return web_page(r, "signin/enrol", v);
}

/* GET /account/factor */
static err show_factor(req *r)
{
    ctx *c = r->ctx;
    factor f;
    bool found;
    int64_t left;
    view *v = view_map(c->a);
    renew_form again = {secret_token(c->a)};
    if (!req_session(r)->must_enrol) web_crumb(r, v, S("/account"), tr(c->lang, N_("My account")));
    TRY(factor_find(c, c->who.person, &f, &found));
    if (!found) return show_enrolment(r, v);
    TRY(factor_codes_left(c, c->who.person, &left));
    web_title(r, v, N_("Second factor"), (str){0});
    view_time(v, S("made_at"), f.made_at);
    view_int(v, S("codes_left"), left);
    form_show(r, v, "renew", &renew_form_shape, &again, S("/account/factor/codes"), N_("Make new recovery codes"));
    return web_page(r, "signin/factor", v);
}

/* The only page that ever shows them. */
static err show_codes(req *r, str seed)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Your recovery codes"), (str){0});
    factor_codes_show(r->ctx, r->ctx->who.person, seed, v, S("codes"));
    return web_page(r, "signin/codes", v);
}

/* POST /account/factor */
static err enrol(req *r)
{
    enrol_form f;
    TRY(form_read(r, &enrol_form_shape, &f));
    TRY(factor_enrol(r->ctx, r->ctx->who.person, f.sealed, f.code));
    web_location(r, S("/account/factor"));
    return show_codes(r, f.sealed);
}

/* POST /account/factor/codes */
static err renew_codes(req *r)
{
    renew_form f;
    TRY(form_read(r, &renew_form_shape, &f));
    TRY(factor_codes_renew(r->ctx, r->ctx->who.person, f.seed));
    return show_codes(r, f.seed);
}

/* POST /account/factor/remove */
static err remove_own(req *r)
{
    TRY(factor_remove(r->ctx, r->ctx->who.person));
    web_say(r, N_("Your account has no second factor any more."), (str){0}, (str){0});
    return web_go(r, S("/account"));
}

/* ---- the administrator: for who has lost telephone and codes --------------------------------------------------- */

/* GET /accounts/{id}/factor */
static err show_of(req *r)
{
    ctx *c = r->ctx;
    person p;
    factor f;
    bool found;
    TRY(account_person(c, req_id(r), &p));
    TRY(factor_find(c, p.id, &f, &found));
    view *v = view_map(c->a);
    web_title(r, v, N_("Second factor of {0}"), p.login);
    web_crumb(r, v, str_fmt(c->a, "/accounts/%lld", (long long)p.id), p.login);
    view_int(v, S("id"), p.id);
    view_text(v, S("name"), p.name);
    view_time(v, S("made_at"), found ? f.made_at : 0);
    view_bool(v, S("has_factor"), found);
    view_bool(v, S("may_remove"), found && c->who.role == ROLE_ADMIN);
    return web_page(r, "signin/factor_of", v);
}

/* POST /accounts/{id}/factor/remove */
static err remove_of(req *r)
{
    person p;
    TRY(account_person(r->ctx, req_id(r), &p));
    TRY(factor_remove(r->ctx, p.id));
    web_say(r, N_("{0} has no second factor any more and was told."), p.login, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/accounts/%lld/factor", (long long)p.id));
}

const route factor_routes[] = {
    {GET, "/account/factor", SIGNED_IN, show_factor, N_("See or set up one's second factor"), .flags = ENROLS},
    {POST, "/account/factor", SIGNED_IN, enrol, N_("Set up a second factor"), .form = &enrol_form_shape, .back = "/account/factor", .flags = ENROLS, .again = SIGNED_IN},
    {POST, "/account/factor/codes", SIGNED_IN, renew_codes, N_("Make new recovery codes"), .form = &renew_form_shape, .back = "/account/factor", .again = SIGNED_IN},
    {POST, "/account/factor/remove", SIGNED_IN, remove_own, N_("Take away one's second factor"), .back = "/account/factor", .again = SIGNED_IN},
    {GET, "/accounts/{id}/factor", WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR), show_of, N_("Whether a person has a second factor")},
    {POST, "/accounts/{id}/factor/remove", WHO(ROLE_ADMIN), remove_of, N_("Take away a person's second factor"), .back = "/accounts/{id}/factor", .again = WHO(ROLE_ADMIN)},
    {0},
};
