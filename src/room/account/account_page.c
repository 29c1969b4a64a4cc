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

/* ---- the administrator's pages --------------------------------------------------------------------------------- */

typedef struct person_form { str login, name, password, role; int64_t org; } person_form;
static const struct choice roles[] = {
    {"agency", N_("Agency")}, {"enterprise", N_("Enterprise")}, {"alliance", N_("Alliance")}, {"bureau", N_("Bureau")},
    {"committee", N_("Committee")}, {"finance", N_("Finance")}, {"department", N_("Department")}, {"auditor", N_("Auditor")},
    {"admin", N_("Administrator")}, {0},
};
SHAPE(person_form,
      FIELD(person_form, login, F_TEXT, .flags = F_REQUIRED, .label = N_("Login"), .hint = N_("Letters, digits, dots and hyphens. A login that is there already gets the post added."), .max = 40),
      FIELD(person_form, name, F_TEXT, .label = N_("Name"), .max = 60),
      FIELD(person_form, password, F_SECRET, .flags = F_UNTRIMMED, .label = N_("First password"), .hint = N_("At least 12 characters; to be changed by the person."), .max = 200),
      FIELD(person_form, role, F_CODE, .flags = F_REQUIRED, .label = N_("Role"), .choices = roles),
      FIELD(person_form, org, F_ID, .flags = F_REQUIRED, .label = N_("Organisation number"), .hint = N_("As in the list of organisations"), .min = 1, .max = INT64_MAX));

static err person_posts(ctx *c, int64_t id, view *into)
{
    TRY(store_rows(c, &account_posts_of_person, into, S("posts"), ARGS(id)));
    for (view *p = view_get(into, S("posts"))->first; p; p = p->next) {
        str code = str_dup(c->a, view_get_text(p, S("role")));
        view_code(p, S("role"), code, tr(c->lang, role_label[role_of(code)]));
        view_bool(p, S("open"), !view_get_int(p, S("to_day"), 0));
    }
    return NO_ERR;
}

/* GET /accounts */
static err list_people(req *r)
{
    int64_t after[1];
    TRY(req_after(r, after, 1));
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Accounts"), (str){0});
    TRY(store_rows(r->ctx, &account_people_after, v, S("items"), ARGS(after[0])));
    for (view *p = view_get(v, S("items"))->first; p; p = p->next) {
        TRY(person_posts(r->ctx, view_get_int(p, S("id"), 0), p));
        view_bool(p, S("active"), str_eqz(view_get_text(p, S("state")), "active"));
    }
    web_cut(v, 50, "id");
    return web_page(r, "account/list", v);
}

/* GET /accounts/new */
static err new_person(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("New account"), (str){0});
    web_crumb(r, v, S("/accounts"), tr(r->ctx->lang, N_("Accounts")));
    form_show(r, v, "form", &person_form_shape, NULL, S("/accounts"), N_("Add account"));
    return web_page(r, "account/new", v);
}

/* POST /accounts */
static err add_person(req *r)
{
    ctx *c = r->ctx;
    person_form f;
    TRY(form_read(r, &person_form_shape, &f));
    account_new n = {.login = f.login, .name = f.name, .role = f.role, .org = f.org};
    if (f.password.n) TRY(account_verifier(c, f.password, &n.verifier));
    TRY(store_act(c, &account_add, &n));
    web_say(r, N_("The account {0} has its post."), f.login, (str){0});
    return web_made(r, str_fmt(c->a, "/accounts/%lld", (long long)n.person));
}

typedef struct reset_form { str password; } reset_form;
SHAPE(reset_form, FIELD(reset_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("New password"),
                        .hint = N_("At least 12 characters; to be changed by the person."), .max = 200));

/* GET /accounts/{id} */
static err show_person(req *r)
{
    ctx *c = r->ctx;
    person p;
    TRY(account_person(c, req_id(r), &p));
    view *v = view_map(c->a);
    web_title(r, v, N_("Account {0}"), p.login);
    web_crumb(r, v, S("/accounts"), tr(c->lang, N_("Accounts")));
    shape_view(&person_shape, &p, v);
    view_bool(v, S("active"), str_eqz(p.state, "active"));
    TRY(person_posts(c, p.id, v));
    form_show(r, v, "reset", &reset_form_shape, NULL, str_fmt(c->a, "/accounts/%lld/password", (long long)p.id), N_("Set password"));
    return web_page(r, "account/person", v);
}

static err go_to_person(req *r) { return web_go(r, str_fmt(r->ctx->a, "/accounts/%lld", (long long)req_id(r))); }

/* POST /accounts/{id}/password */
static err reset_password(req *r)
{
    reset_form f;
    TRY(form_read(r, &reset_form_shape, &f));
    account_secret s = {.person = req_id(r)};
    TRY(account_verifier(r->ctx, f.password, &s.verifier));
    TRY(store_act(r->ctx, &account_password, &s));
    web_say(r, N_("The password is set and every session of this person has ended."), (str){0}, (str){0});
    return go_to_person(r);
}

static err set_person_state(req *r, const char *state)
{
    account_state s = {req_id(r), str_of(state)};
    TRY(store_act(r->ctx, &account_set_state, &s));
    return go_to_person(r);
}
static err disable_person(req *r) { return set_person_state(r, "disabled"); }
static err enable_person(req *r) { return set_person_state(r, "active"); }

typedef struct post_form { int64_t post; } post_form;
SHAPE(post_form, FIELD(post_form, post, F_ID, .flags = F_REQUIRED));

/* POST /accounts/{id}/posts/end */
static err end_post_of(req *r)
{
    post_form f;
    TRY(form_read(r, &post_form_shape, &f));
    post_end p = {req_id(r), f.post};
    TRY(store_act(r->ctx, &account_end_post, &p));
    return go_to_person(r);
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
    session_ref old = {.token_hash = req_session(r)->token_hash};
    actor me = c->who;
    str token;
    TRY(account_open_session(c, me.person, me.post, &token)); /* a new id at every rise of trust */
    TRY(store_act(c, &account_sign_out, &old));
    web_cookie(r, "sid", token, 0);
    if (f.kept.n) return web_resume(r, f.then, f.kept);
    return web_go(r, f.next.n ? web_local(f.next) : S("/desk"));
}

static const route routes[] = {
    {GET, "/login", ANYONE, show_login, N_("Sign in")},
    {POST, "/login", ANYONE, do_login, N_("Sign in with login and password"), .form = &sign_in_form_shape, .back = "/login"},
    {POST, "/logout", SIGNED_IN, do_logout, N_("Sign out")},
    {GET, "/again", SIGNED_IN, show_again, N_("Confirm that it is you")},
    {POST, "/again", SIGNED_IN, do_again, N_("Confirm with the password"), .form = &again_form_shape, .back = "/again"},
    {POST, "/posts/{id}/use", SIGNED_IN, do_use_post, N_("Act in another of one's posts")},
    {GET, "/account", SIGNED_IN, show_own, N_("Read one's own account")},
    {POST, "/account/password", SIGNED_IN, change_own_password, N_("Change one's password"), .form = &password_form_shape, .back = "/account"},
    {POST, "/account/sessions/end", SIGNED_IN, end_other_sessions, N_("End one's other sessions")},
    {POST, "/account/language", SIGNED_IN, change_lang, N_("Choose one's language"), .form = &lang_form_shape, .back = "/account"},
    {GET, "/accounts", WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR), list_people, N_("List the accounts")},
    {GET, "/accounts/new", WHO(ROLE_ADMIN), new_person, N_("Fields of a new account")},
    {POST, "/accounts", WHO(ROLE_ADMIN), add_person, N_("Add an account or a post"), .form = &person_form_shape, .back = "/accounts/new"},
    {GET, "/accounts/{id}", WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR), show_person, N_("Read one account")},
    {POST, "/accounts/{id}/password", WHO(ROLE_ADMIN), reset_password, N_("Set a person's password"), .form = &reset_form_shape, .back = "/accounts/{id}"},
    {POST, "/accounts/{id}/disable", WHO(ROLE_ADMIN), disable_person, N_("Close a person's access"), .back = "/accounts/{id}"},
    {POST, "/accounts/{id}/enable", WHO(ROLE_ADMIN), enable_person, N_("Open a person's access again"), .back = "/accounts/{id}"},
    {POST, "/accounts/{id}/posts/end", WHO(ROLE_ADMIN), end_post_of, N_("End a post"), .form = &post_form_shape, .back = "/accounts/{id}"},
    {0},
};

static const nav_item nav[] = {
    {"/accounts", N_("Accounts"), "users", WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR), 800, NULL},
    {0},
};

static err prune_sessions(ctx *c)
{
    person_ref nobody = {0};
    return store_act(c, &account_prune, &nobody);
}
static const job jobs[] = {{"session_prune", 3600, prune_sessions}, {0}};

static const action *const actions[] = {
    &account_add, &account_password, &account_set_state, &account_end_post, &account_set_lang, &account_sign_in,
    &account_sign_out, &account_use_post, &account_end_others, &account_token_add, NULL,
};

const room account_room = {
    .name = "account",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){account_statements, NULL},
    .nav = nav,
    .jobs = jobs,
};
