/* SPDX-License-Identifier: Apache-2.0 */
/* people_page.c: the administrator's pages: people, their posts in organisations, their sessions and tokens. */
#include "gen/room/member/member_sql.h"
#include "room/account/account.h"
#include "room/member/member_form.h"
#include "room/message/message.h"

static const struct choice roles[] = {
    {"agency", N_("Agency")}, {"enterprise", N_("Enterprise")}, {"alliance", N_("Alliance")}, {"bureau", N_("Bureau")},
    {"committee", N_("Committee")}, {"finance", N_("Finance")}, {"department", N_("Department")}, {"auditor", N_("Auditor")},
    {"counter", N_("Counter clerk")}, {"admin", N_("Administrator")}, {0},
};

typedef struct person_form { str login, name, password, role; int64_t org; } person_form;
SHAPE(person_form,
      FIELD(person_form, login, F_TEXT, .flags = F_REQUIRED, .label = N_("Login"), .hint = N_("Letters, digits, dots and hyphens. A login that is there already gets the post added."), .max = 40),
      FIELD(person_form, name, F_TEXT, .label = N_("Name"), .max = 60),
      FIELD(person_form, password, F_SECRET, .flags = F_UNTRIMMED, .label = N_("First password"), .hint = N_("At least 12 characters; to be changed by the person."), .max = 200),
      FIELD(person_form, role, F_CODE, .flags = F_REQUIRED, .label = N_("Role"), .choices = roles),
      FIELD(person_form, org, F_ID, .flags = F_REQUIRED, .label = N_("Organisation"), .min = 1, .max = INT64_MAX));

typedef struct post_form { str role; int64_t org; } post_form;
SHAPE(post_form, FIELD(post_form, role, F_CODE, .flags = F_REQUIRED, .label = N_("Role"), .choices = roles),
      FIELD(post_form, org, F_ID, .flags = F_REQUIRED, .label = N_("Organisation"), .min = 1, .max = INT64_MAX));

typedef struct reset_form { str password; } reset_form;
SHAPE(reset_form, FIELD(reset_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("New password"),
                        .hint = N_("At least 12 characters; to be changed by the person."), .max = 200));

static void name_role(ctx *c, view *row)
{
    str code = str_dup(c->a, view_get_text(row, S("role")));
    view_code(row, S("role"), code, tr(c->lang, role_label[role_of(code)]));
    int64_t to = view_get_int(row, S("to_day"), 0);
    view_bool(row, S("open"), !to || to >= c->today);
}

static err put_posts(ctx *c, int64_t person_id, view *into)
{
    TRY(store_rows(c, &member_posts_of, into, S("posts"), ARGS(person_id)));
    for (view *p = view_get(into, S("posts"))->first; p; p = p->next) name_role(c, p);
    return NO_ERR;
}

err member_people(ctx *c, int64_t org_id, view *into)
{
    TRY(store_rows(c, &member_people_of_org, into, S("people"), ARGS(org_id)));
    for (view *p = view_get(into, S("people"))->first; p; p = p->next) name_role(c, p);
    return NO_ERR;
}

/* The organisations by name, in the form's field. */
static err name_orgs(ctx *c, view *v, const char *form)
{
    TRY(store_rows(c, &member_every_org, v, S("orgs"), NO_ARGS));
    form_options(view_get(v, str_of(form)), "org", view_get(v, S("orgs")));
    return NO_ERR;
}

/* ---- the list ------------------------------------------------------------------------------------------------------- */

static err find_people(req *r, view *v)
{
    int64_t after[1];
    str login = str_trim(req_arg(r, "login")), as = req_arg(r, "role");
    TRY(req_after(r, after, 1));
    if (login.n) return store_rows(r->ctx, &member_people_of_login, v, S("items"), ARGS(login));
    if (role_of(as) >= 0) return store_rows(r->ctx, &member_people_of_role_after, v, S("items"), ARGS(after[0], as));
    return store_rows(r->ctx, &member_people_after, v, S("items"), ARGS(after[0]));
}

/* GET /accounts */
static err list_people(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    web_title(r, v, N_("Accounts"), (str){0});
    TRY(find_people(r, v));
    for (view *p = view_get(v, S("items"))->first; p; p = p->next) {
        TRY(put_posts(c, view_get_int(p, S("id"), 0), p));
        view_bool(p, S("active"), str_eqz(view_get_text(p, S("state")), "active"));
    }
    web_filter(r, v, "login", N_("Login"));
    web_filter_choices(r, v, "role", N_("Role"), roles);
    view_bool(v, S("may_add"), c->who.role == ROLE_ADMIN);
    web_cut(v, 50, "id");
    return web_page(r, "member/people", v);
}

/* ---- a new person ---------------------------------------------------------------------------------------------------- */

/* GET /accounts/new */
static err new_person(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("New account"), (str){0});
    web_crumb(r, v, S("/accounts"), tr(r->ctx->lang, N_("Accounts")));
    form_show(r, v, "form", &person_form_shape, NULL, S("/accounts"), N_("Add account"));
    TRY(name_orgs(r->ctx, v, "form"));
    return web_page(r, "member/person_new", v);
}

/* POST /accounts */
static err add_person(req *r)
{
    ctx *c = r->ctx;
    person_form f;
    org o;
    TRY(form_read(r, &person_form_shape, &f));
    if (member_get(c, f.org, &o).kind) return err_of(ERR_INPUT, "org", N_("There is no such organisation."));
    account_new n = {.login = f.login, .name = f.name, .role = f.role, .org = f.org};
    if (f.password.n) TRY(account_verifier(c, f.password, &n.verifier));
    TRY(store_act(c, &account_add, &n));
    web_say(r, N_("The account {0} has its post."), f.login, (str){0});
    return web_made(r, str_fmt(c->a, "/accounts/%lld", (long long)n.person));
}

/* ---- one person ------------------------------------------------------------------------------------------------------ */

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
    TRY(put_posts(c, p.id, v));
    TRY(store_rows(c, &member_sessions_of, v, S("sessions"), ARGS(p.id)));
    TRY(store_rows(c, &member_tokens_of, v, S("tokens"), ARGS(p.id)));
    view_bool(v, S("may_change"), c->who.role == ROLE_ADMIN);
    if (c->who.role != ROLE_ADMIN) return web_page(r, "member/person", v);
    str path = str_fmt(c->a, "/accounts/%lld", (long long)p.id);
    form_show(r, v, "add_post", &post_form_shape, NULL, str_join(c->a, path, S("/posts")), N_("Add post"));
    TRY(name_orgs(c, v, "add_post"));
    form_show(r, v, "reset", &reset_form_shape, NULL, str_join(c->a, path, S("/password")), N_("Set password"));
    return web_page(r, "member/person", v);
}

static err go_to_person(req *r) { return web_go(r, str_fmt(r->ctx->a, "/accounts/%lld", (long long)req_id(r))); }

static err reset(ctx *c, void *in)
{
    account_secret *s = in;
    TRY(store_also(c, &account_password, s));
    return message_owner(c, s->person, N_("An administrator has set a new password for your account. If you did not ask for it, tell the office at once."), S("/account"));
}
const action password_reset = {"password_reset", &account_secret_shape, reset, 0};

/* POST /accounts/{id}/password */
static err reset_password(req *r)
{
    reset_form f;
    TRY(form_read(r, &reset_form_shape, &f));
    account_secret s = {.person = req_id(r)};
    TRY(account_verifier(r->ctx, f.password, &s.verifier));
    TRY(store_act(r->ctx, &password_reset, &s));
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

/* POST /accounts/{id}/sessions/end */
static err end_sessions(req *r)
{
    account_ref p = {req_id(r)};
    TRY(store_act(r->ctx, &account_end_all, &p));
    web_say(r, N_("Every session and token of this person has ended."), (str){0}, (str){0});
    return go_to_person(r);
}

/* POST /accounts/{id}/posts */
static err add_post(req *r)
{
    ctx *c = r->ctx;
    post_form f;
    person p;
    org o;
    TRY(form_read(r, &post_form_shape, &f));
    TRY(account_person(c, req_id(r), &p));
    if (member_get(c, f.org, &o).kind) return err_of(ERR_INPUT, "org", N_("There is no such organisation."));
    account_new n = {.login = p.login, .role = f.role, .org = f.org};
    TRY(store_act(c, &account_add, &n));
    web_say(r, N_("The account {0} has its post."), p.login, (str){0});
    return go_to_person(r);
}

typedef struct post_ref { int64_t post; } post_ref;
SHAPE(post_ref, FIELD(post_ref, post, F_ID, .flags = F_REQUIRED));

/* POST /accounts/{id}/posts/end */
static err end_post_of(req *r)
{
    post_ref f;
    TRY(form_read(r, &post_ref_shape, &f));
    post_end p = {req_id(r), f.post};
    TRY(store_act(r->ctx, &account_end_post, &p));
    return go_to_person(r);
}

#define SEES (WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR))
const route people_routes[] = {
    {GET, "/accounts", SEES, list_people, N_("List the accounts")},
    {GET, "/accounts/new", WHO(ROLE_ADMIN), new_person, N_("Fields of a new account")},
    {POST, "/accounts", WHO(ROLE_ADMIN), add_person, N_("Add an account or a post"), .form = &person_form_shape, .back = "/accounts/new", .again = WHO(ROLE_ADMIN)},
    {GET, "/accounts/{id}", SEES, show_person, N_("Read one account")},
    {POST, "/accounts/{id}/password", WHO(ROLE_ADMIN), reset_password, N_("Set a person's password"), .form = &reset_form_shape, .back = "/accounts/{id}", .again = WHO(ROLE_ADMIN)},
    {POST, "/accounts/{id}/disable", WHO(ROLE_ADMIN), disable_person, N_("Close a person's access"), .back = "/accounts/{id}"},
    {POST, "/accounts/{id}/enable", WHO(ROLE_ADMIN), enable_person, N_("Open a person's access again"), .back = "/accounts/{id}"},
    {POST, "/accounts/{id}/sessions/end", WHO(ROLE_ADMIN), end_sessions, N_("End every session and token of a person"), .back = "/accounts/{id}"},
    {POST, "/accounts/{id}/posts", WHO(ROLE_ADMIN), add_post, N_("Give a person a post"), .form = &post_form_shape, .back = "/accounts/{id}", .again = WHO(ROLE_ADMIN)},
    {POST, "/accounts/{id}/posts/end", WHO(ROLE_ADMIN), end_post_of, N_("End a post"), .form = &post_ref_shape, .back = "/accounts/{id}"},
    {0},
};
