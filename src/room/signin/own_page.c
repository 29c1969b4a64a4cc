/* SPDX-License-Identifier: Apache-2.0 */
/* own_page.c: one's own account: password, sessions, language. */
#include "room/account/account.h"
#include "room/signin/factor.h"
#include "room/signin/foreign.h"
#include "room/signin/password.h"
#include "room/signin/signin_pages.h"

typedef struct password_form { str old, password, again; bool stay; } password_form;
SHAPE(password_form,
      FIELD(password_form, old, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Present password"), .max = 200),
      FIELD(password_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("New password"),
            .hint = N_("At least 12 characters; a sentence is easiest to keep in mind."), .max = 200),
      FIELD(password_form, again, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("New password again"), .max = 200),
      FIELD(password_form, stay, F_BOOL, .label = N_("Stay signed in elsewhere"), .hint = N_("Otherwise your other sessions end.")));

static err put_provider(ctx *c, int64_t id, view *v)
{
    bool linked;
    if (!foreign_provider(c)) return NO_ERR;
    TRY(foreign_is_linked(c, id, &linked));
    view *p = view_put_map(v, S("provider"));
    view_text(p, S("label"), foreign_provider(c)->label);
    view_bool(p, S("linked"), linked);
    return NO_ERR;
}

/* GET /account */
static err show_own(req *r)
{
    ctx *c = r->ctx;
    person me;
    factor second;
    bool found;
    TRY(account_person(c, c->who.person, &me));
    TRY(factor_find(c, me.id, &second, &found));
    view *v = view_map(c->a);
    web_title(r, v, N_("My account"), (str){0});
    shape_view(&person_shape, &me, v);
    view_bool(v, S("has_factor"), found);
    TRY(put_provider(c, me.id, v));
    TRY(account_posts(c, v, S("posts")));
    TRY(account_sessions(c, req_session(r)->token_hash, v, S("sessions")));
    form_show(r, v, "form", &password_form_shape, NULL, S("/account/password"), N_("Change password"));
    return web_page(r, "signin/own", v);
}

/* POST /account/password */
static err change_own_password(req *r)
{
    ctx *c = r->ctx;
    password_form f;
    TRY(form_read(r, &password_form_shape, &f));
    if (!str_eq(f.password, f.again)) ctx_wrong(c, "again", err_of(ERR_INPUT, "again", N_("The two new passwords differ.")));
    TRY(ctx_errors(c));
    err e = account_check_own(c, f.old);
    if (e.kind == ERR_LOGIN) return err_of(ERR_INPUT, "old", N_("The present password is wrong."));
    TRY(e);
    account_secret s = {.person = c->who.person, .keep = req_session(r)->token_hash, .stay = f.stay};
    TRY(account_verifier(c, f.password, &s.verifier));
    TRY(store_act(c, &password_change, &s));
    web_say(r, f.stay ? N_("The password is changed; your other sessions go on.") : N_("The password is changed; your other sessions have ended."), (str){0}, (str){0});
    return web_go(r, S("/account"));
}

/* POST /account/sessions/end */
static err end_other_sessions(req *r)
{
    person_ref p = {r->ctx->who.person, req_session(r)->token_hash};
    TRY(store_act(r->ctx, &account_end_others, &p));
    web_say(r, N_("Your other sessions have ended."), (str){0}, (str){0});
    return web_go(r, S("/account"));
}

typedef struct lang_form { str lang; } lang_form;
static const struct choice langs[] = {{"zh", N_("Chinese")}, {"en", N_("English")}, {0}};
SHAPE(lang_form, FIELD(lang_form, lang, F_CODE, .flags = F_REQUIRED, .label = N_("Language"), .choices = langs));

/* POST /account/language */
static err change_lang(req *r)
{
    lang_form f;
    TRY(form_read(r, &lang_form_shape, &f));
    person_lang l = {r->ctx->who.person, f.lang};
    TRY(store_act(r->ctx, &account_set_lang, &l));
    return web_go(r, S("/account"));
}

const route own_routes[] = {
    {GET, "/account", SIGNED_IN, show_own, N_("Read one's own account")},
    {POST, "/account/password", SIGNED_IN, change_own_password, N_("Change one's password"), .form = &password_form_shape, .back = "/account"},
    {POST, "/account/sessions/end", SIGNED_IN, end_other_sessions, N_("End one's other sessions")},
    {POST, "/account/language", SIGNED_IN, change_lang, N_("Choose one's language"), .form = &lang_form_shape, .back = "/account", .counter = COUNTER_LEAVE},
    {0},
};
