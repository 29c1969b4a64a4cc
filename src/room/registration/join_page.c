/* SPDX-License-Identifier: Apache-2.0 */
/* join_page.c: what the link of an invitation opens: who the firm is stands there already, its first person gives a name and a password. */
#include "room/account/account.h"
#include "room/registration/firm.h"

typedef struct join_form { str name, login, password; } join_form;
static const field fields[] = {
    FIELD(join_form, name, F_TEXT, .flags = F_REQUIRED, .label = N_("Your name"), .max = 60),
    FIELD(join_form, login, F_TEXT, .flags = F_REQUIRED, .label = N_("Login"), .hint = N_("With it you sign in from now on"), .min = 2, .max = 40),
    FIELD(join_form, password, F_SECRET, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Password"),
          .hint = N_("At least 12 characters; a sentence is easiest to keep in mind."), .max = 200),
};
static const shape join_form_shape = {"join_form", fields, countof(fields), sizeof(join_form)};

/* GET /join/{secret} */
static err show(req *r)
{
    ctx *c = r->ctx;
    firm_seen f;
    TRY(firm_of_secret(c, req_part(r, "secret"), &f));
    view *v = view_map(c->a);
    web_title(r, v, N_("{0} joins"), f.name);
    view_text(v, S("name"), f.name);
    view_text(v, S("uscc"), f.uscc);
    view_day(v, S("established_day"), f.established_day);
    form_show(r, v, "form", &join_form_shape, NULL, r->path, N_("Join"));
    return web_page(r, "registration/join", v);
}

/* POST /join/{secret}: joined and signed in */
static err do_join(req *r)
{
    ctx *c = r->ctx;
    firm_seen f;
    join_form n;
    str token;
    TRY(firm_of_secret(c, req_part(r, "secret"), &f));
    TRY(form_read(r, &join_form_shape, &n));
    firm_joining j = {.secret_hash = firm_secret_hash(c->a, req_part(r, "secret")), .login = n.login, .name = n.name};
    TRY(account_verifier(c, n.password, &j.verifier));
    TRY(store_act(c, &firm_join, &j));
    TRY(account_open_session(c, j.person, j.post, &token));
    web_cookie(r, "sid", token, 0);
    web_say(r, N_("{0} is a member now."), f.name, (str){0});
    return web_go(r, S("/desk"));
}

const route join_routes[] = {
    {GET, "/join/{secret}", ANYONE, show, N_("See the invitation of a firm")},
    {POST, "/join/{secret}", ANYONE, do_join, N_("Join as the invited firm, with its first person"), .form = &join_form_shape, .back = "/join/{secret}"},
    {0},
};
