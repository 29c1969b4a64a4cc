/* SPDX-License-Identifier: Apache-2.0 */
/* signin_page.c: signing in by password and code, out, into another post, and again before what moves money. */
#include "room/access/access.h"
#include "room/account/account.h"
#include "room/signin/factor.h"
#include "room/signin/foreign.h"
#include "room/signin/known.h"
#include "room/signin/signin_pages.h"

/* Where it goes on: the page asked for, or the form that was interrupted. */
#define GOING_ON(type)                                       \
    FIELD(type, next, F_TEXT, .flags = F_HIDDEN, .max = 500), \
    FIELD(type, then, F_TEXT, .flags = F_HIDDEN, .max = 500), \
    FIELD(type, kept, F_LINES, .flags = F_HIDDEN | F_UNTRIMMED, .max = 1000000)

static err go_on(req *r, str next, str then, str kept, str otherwise)
{
    if (kept.n) return web_resume(r, then, kept);
    return web_go(r, next.n ? web_local(next) : otherwise);
}

/* ---- password ------------------------------------------------------------------------------------------- */

typedef struct sign_in_form { str login, password, next, then, kept; } sign_in_form;
SHAPE(sign_in_form,
      FIELD(sign_in_form, login, F_TEXT, .flags = F_REQUIRED, .label = N_("Login"), .max = 60),
      FIELD(sign_in_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Password"), .max = 200),
      GOING_ON(sign_in_form));

typedef struct second_form { str code, next, then, kept; } second_form;
SHAPE(second_form,
      FIELD(second_form, code, F_TEXT, .flags = F_REQUIRED, .label = N_("Verification code"), .hint = N_("Six digits from the app on your telephone, or one of your recovery codes"), .max = 40),
      GOING_ON(second_form));

/* GET /login */
static err show_login(req *r)
{
    view *v = view_map(r->ctx->a);
    sign_in_form f = {.next = req_arg(r, "next")};
    web_title(r, v, N_("Sign in"), (str){0});
    if (foreign_provider(r->ctx)) view_text(v, S("provider"), foreign_provider(r->ctx)->label);
    form_show(r, v, "form", &sign_in_form_shape, &f, S("/login"), N_("Sign in"));
    return web_page(r, "signin/login", v);
}

static err show_code_form(req *r, const second_form *f)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Enter the code"), (str){0});
    form_show(r, v, "form", &second_form_shape, f, S("/login/code"), N_("Sign in"));
    return web_page(r, "signin/code", v);
}

/* The password was right; the code is still to come. */
static err ask_for_code(req *r, int64_t id, const sign_in_form *f)
{
    str token;
    second_form next = {.next = f->next, .then = f->then, .kept = f->kept};
    TRY(account_begin_session(r->ctx, id, &token));
    web_cookie(r, "sid", token, 0);
    if (!f->kept.n && !r->program) return web_go(r, f->next.n ? str_join(r->ctx->a, S("/login/code?next="), f->next) : S("/login/code"));
    TRY(web_known_now(r));
    return show_code_form(r, &next);
}

/* POST /login */
static err do_login(req *r)
{
    ctx *c = r->ctx;
    sign_in_form f;
    person who;
    factor second;
    bool found;
    str token;
    TRY(form_read(r, &sign_in_form_shape, &f));
    err e = account_check(c, f.login, f.password, known_browser(r, f.login), &who);
    e = access_proved(c, "sign_in", e.kind ? 0 : who.id, f.login, e);
    if (e.kind == ERR_LOGIN) e.kind = ERR_INPUT, e.field = "login"; /* the form again, with what was typed */
    TRY(e);
    TRY(factor_find(c, who.id, &second, &found));
    if (found) return ask_for_code(r, who.id, &f);
    TRY(account_open_session(c, who.id, 0, &token));
    web_cookie(r, "sid", token, 0);
    known_remember(r, who.login);
    return go_on(r, f.next, f.then, f.kept, S("/"));
}

/* ---- code ------------------------------------------------------------------------------------------------- */

/* GET /login/code */
static err show_code(req *r)
{
    second_form f = {.next = req_arg(r, "next")};
    if (!req_session(r)->awaits) return web_go(r, S("/login"));
    return show_code_form(r, &f);
}

/* POST /login/code */
static err do_code(req *r)
{
    ctx *c = r->ctx;
    second_form f;
    person who;
    str token, half = req_session(r)->token_hash;
    int64_t id = req_session(r)->awaits;
    if (!id) return err_of(ERR_LOGIN, "", N_("Sign in first."));
    TRY(form_read(r, &second_form_shape, &f));
    TRY(account_person(c, id, &who));
    TRY(access_proved(c, "code", id, who.login, factor_prove(c, id, f.code)));
    TRY(account_open_session(c, id, 0, &token)); /* a new id at every rise of trust */
    TRY(account_end_session(c, half));
    web_cookie(r, "sid", token, 0);
    known_remember(r, who.login);
    return go_on(r, f.next, f.then, f.kept, S("/"));
}

/* ---- out, and into another post ------------------------------------------------------------------------------ */

/* POST /logout */
static err do_logout(req *r)
{
    TRY(account_end_session(r->ctx, req_session(r)->token_hash));
    web_cookie(r, "sid", (str){0}, -1);
    return web_go(r, S("/"));
}

/* POST /posts/{id}/use */
static err do_use_post(req *r)
{
    session_ref s = {req_session(r)->token_hash, req_id(r)};
    TRY(store_act(r->ctx, &account_use_post, &s));
    return web_go(r, S("/desk"));
}

/* ---- proving again who one is, before payment, approval, bank accounts ------------------------------------------ */

typedef struct again_form { str password, code, next, then, kept; } again_form;
#define AGAIN_PASSWORD \
    FIELD(again_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Password"), .max = 200)
SHAPE(again_form, AGAIN_PASSWORD,
      FIELD(again_form, code, F_TEXT, .label = N_("Verification code"), .hint = N_("Six digits from the app on your telephone, or one of your recovery codes"), .max = 40),
      GOING_ON(again_form));
static const field password_only[] = {AGAIN_PASSWORD, GOING_ON(again_form)};
static const shape again_by_password = {"again_form", password_only, countof(password_only), sizeof(again_form)};

/* GET /again */
static err show_again(req *r)
{
    factor second;
    bool found;
    view *v = view_map(r->ctx->a);
    again_form f = {.next = req_arg(r, "next")};
    TRY(factor_find(r->ctx, r->ctx->who.person, &second, &found));
    web_title(r, v, N_("Confirm that it is you"), (str){0});
    form_show(r, v, "form", found ? &again_form_shape : &again_by_password, &f, S("/again"), N_("Confirm"));
    return web_page(r, "signin/again", v);
}

/* By all that the person has. */
static err prove_again(ctx *c, const again_form *f)
{
    factor second;
    bool found;
    err e = account_check_own(c, f->password);
    if (e.kind == ERR_LOGIN) return err_of(ERR_INPUT, "password", N_("The password is wrong."));
    TRY(e);
    TRY(factor_find(c, c->who.person, &second, &found));
    return found ? factor_prove(c, c->who.person, f->code) : NO_ERR;
}

/* POST /again */
static err do_again(req *r)
{
    ctx *c = r->ctx;
    again_form f;
    actor me = c->who;
    str token, old = req_session(r)->token_hash;
    TRY(form_read(r, &again_form_shape, &f));
    TRY(access_proved(c, "again", me.person, (str){0}, prove_again(c, &f)));
    TRY(account_renew_session(c, old, &token)); /* a new id at every rise of trust; as whom it acts stays */
    web_cookie(r, "sid", token, 0);
    return go_on(r, f.next, f.then, f.kept, S("/desk"));
}

const route signin_routes[] = {
    {GET, "/login", ANYONE, show_login, N_("Sign in")},
    {POST, "/login", ANYONE, do_login, N_("Sign in with login and password"), .form = &sign_in_form_shape, .back = "/login"},
    {GET, "/login/code", ANYONE, show_code, N_("Enter the code of the second factor")},
    {POST, "/login/code", ANYONE, do_code, N_("Sign in with the code of the second factor"), .form = &second_form_shape, .back = "/login/code"},
    {POST, "/logout", SIGNED_IN, do_logout, N_("Sign out"), .flags = ENROLS, .counter = COUNTER_LEAVE},
    {GET, "/again", SIGNED_IN, show_again, N_("Confirm that it is you"), .flags = ENROLS},
    {POST, "/again", SIGNED_IN, do_again, N_("Confirm with the password"), .form = &again_form_shape, .back = "/again", .flags = ENROLS},
    {POST, "/posts/{id}/use", SIGNED_IN, do_use_post, N_("Act in another of one's posts"), .flags = ENROLS},
    {0},
};
