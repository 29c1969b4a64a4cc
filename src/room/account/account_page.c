/* SPDX-License-Identifier: Apache-2.0 */
/* account_page.c: signing in and out, one's own account, and the administrator's list of people. */
#include "gen/room/account/account_sql.h"
#include "room/account/account_session.h"

/* ---- signing in -------------------------------------------------------------------------------------- */

typedef struct sign_in_form { str login, password, next, then, kept; } sign_in_form;
SHAPE(sign_in_form,
      FIELD(sign_in_form, login, F_TEXT, .flags = F_REQUIRED, .label = N_("Login"), .max = 60),
      FIELD(sign_in_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Password"), .max = 200),
      FIELD(sign_in_form, next, F_TEXT, .flags = F_HIDDEN, .max = 500),
      FIELD(sign_in_form, then, F_TEXT, .flags = F_HIDDEN, .max = 500),
      FIELD(sign_in_form, kept, F_LINES, .flags = F_HIDDEN | F_UNTRIMMED, .max = 1000000));

/* GET /login */
static err show_login(req *r)
{
    view *v = view_map(r->ctx->a);
    sign_in_form f = {.next = req_arg(r, "next")};
    web_title(r, v, N_("Sign in"), (str){0});
    form_show(r, v, "form", &sign_in_form_shape, &f, S("/login"), N_("Sign in"));
    return web_page(r, "web/login", v);
}

/* POST /login */
static err do_login(req *r)
{
    sign_in_form f;
    person who;
    str token;
    TRY(form_read(r, &sign_in_form_shape, &f));
    err e = account_check(r->ctx, f.login, f.password, &who);
    if (e.kind == ERR_LOGIN) e.kind = ERR_INPUT, e.field = "login"; /* the form again, with what was typed */
    TRY(e);
    TRY(account_open_session(r->ctx, who.id, 0, &token));
    web_cookie(r, "sid", token, 0);
    if (f.kept.n) return web_resume(r, f.then, f.kept);
    return web_go(r, f.next.n ? web_local(f.next) : S("/"));
}

/* POST /logout */
static err do_logout(req *r)
{
    
    session_ref s = {.token_hash = req_session(r)->token_hash};
    TRY(store_act(r->ctx, &account_sign_out, &s));
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

/* ---- proving again who one is, before payment, approval, bank accounts ------------------------------------ */

typedef struct again_form { str password, next, then, kept; } again_form;
SHAPE(again_form,
      FIELD(again_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Password"), .max = 200),
      FIELD(again_form, next, F_TEXT, .flags = F_HIDDEN, .max = 500),
      FIELD(again_form, then, F_TEXT, .flags = F_HIDDEN, .max = 500),
      FIELD(again_form, kept, F_LINES, .flags = F_HIDDEN | F_UNTRIMMED, .max = 1000000));

/* ---- one's own account -------------------------------------------------------------------------------------- */

typedef struct password_form { str old, password, again; } password_form;
SHAPE(password_form,
      FIELD(password_form, old, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Present password"), .max = 200),
      FIELD(password_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("New password"),
            .hint = N_("At least 12 characters; a sentence is easiest to keep in mind."), .max = 200),
      FIELD(password_form, again, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("New password again"), .max = 200));

/* GET /account */
static err show_own(req *r)
{
    ctx *c = r->ctx;
    person me;
    TRY(account_person(c, c->who.person, &me));
    view *v = view_map(c->a);
    web_title(r, v, N_("My account"), (str){0});
    shape_view(&person_shape, &me, v);
    TRY(account_posts(c, v, S("posts")));
    TRY(store_rows(c, &account_sessions_of_person, v, S("sessions"), ARGS(c->who.person)));
    str mine = req_session(r)->token_hash;
    for (view *s = view_get(v, S("sessions"))->first; s; s = s->next) {
        view_bool(s, S("current"), str_eq(view_get_text(s, S("token_hash")), mine));
        view_put(s, S("token_hash"), V_NULL); /* nobody's business */
    }
    form_show(r, v, "form", &password_form_shape, NULL, S("/account/password"), N_("Change password"));
    return web_page(r, "account/own", v);
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
    account_secret s = {.person = c->who.person, .keep = req_session(r)->token_hash};
    TRY(account_verifier(c, f.password, &s.verifier));
    TRY(store_act(c, &account_password, &s));
    web_say(r, N_("The password is changed; your other sessions have ended."), (str){0}, (str){0});
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

/* ---- GET and POST /again ---------------------------------------------------------------------------------------- */

static err show_again(req *r)
{
    view *v = view_map(r->ctx->a);
    again_form f = {.next = req_arg(r, "next")};
    web_title(r, v, N_("Confirm that it is you"), (str){0});
    form_show(r, v, "form", &again_form_shape, &f, S("/again"), N_("Confirm"));
    return web_page(r, "account/again", v);
}

static err do_again(req *r)
{
    ctx *c = r->ctx;
    again_form f;
    TRY(form_read(r, &again_form_shape, &f));
    err e = account_check_own(c, f.password);
    if (e.kind == ERR_LOGIN) return err_of(ERR_INPUT, "password", N_("The password is wrong."));
    TRY(e);
    str token;
    TRY(account_renew_session(c, req_session(r)->token_hash, &token)); /* a new id at every rise of trust */
    web_cookie(r, "sid", token, 0);
    if (f.kept.n) return web_resume(r, f.then, f.kept);
    return web_go(r, f.next.n ? web_local(f.next) : S("/desk"));
}

static const route routes[] = {
    {GET, "/login", ANYONE, show_login, N_("Sign in")},
    {POST, "/login", ANYONE, do_login, N_("Sign in with login and password"), .form = &sign_in_form_shape, .back = "/login"},
    {POST, "/logout", SIGNED_IN, do_logout, N_("Sign out"), .counter = COUNTER_LEAVE},
    {GET, "/again", SIGNED_IN, show_again, N_("Confirm that it is you")},
    {POST, "/again", SIGNED_IN, do_again, N_("Confirm with the password"), .form = &again_form_shape, .back = "/again"},
    {POST, "/posts/{id}/use", SIGNED_IN, do_use_post, N_("Act in another of one's posts")},
    {GET, "/account", SIGNED_IN, show_own, N_("Read one's own account")},
    {POST, "/account/password", SIGNED_IN, change_own_password, N_("Change one's password"), .form = &password_form_shape, .back = "/account"},
    {POST, "/account/sessions/end", SIGNED_IN, end_other_sessions, N_("End one's other sessions")},
    {POST, "/account/language", SIGNED_IN, change_lang, N_("Choose one's language"), .form = &lang_form_shape, .back = "/account", .counter = COUNTER_LEAVE},
    {0},
};

static err prune_sessions(ctx *c)
{
    person_ref nobody = {0};
    return store_act(c, &account_prune, &nobody);
}
static const job jobs[] = {{"session_prune", 3600, prune_sessions}, {0}};

static const action *const actions[] = {
    &account_end_all, &account_add, &account_password, &account_set_state, &account_end_post, &account_set_lang, &account_sign_in,
    &account_sign_out, &account_renew, &account_use_post, &account_end_others, &account_token_add, NULL,
};

const room account_room = {
    .name = "account",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){account_statements, NULL},
    .jobs = jobs,
};
