/* SPDX-License-Identifier: Apache-2.0 */
/* account.c: people and their posts. */
#include "room/account/account.h"

#include "gen/room/account/account_sql.h"
#include "room/account/account_session.h"

SHAPE(person, FIELD(person, id, F_ID), FIELD(person, login, F_TEXT), FIELD(person, name, F_TEXT),
      FIELD(person, lang, F_TEXT), FIELD(person, state, F_TEXT));
SHAPE(post, FIELD(post, id, F_ID), FIELD(post, person_id, F_ID), FIELD(post, org_id, F_ID),
      FIELD(post, role, F_TEXT), FIELD(post, from_day, F_DAY), FIELD(post, to_day, F_DAY));
SHAPE(account_id, FIELD(account_id, person, F_ID));

err account_person(ctx *c, int64_t id, person *out)
{
    return store_row(c, &account_person_row, &person_shape, out, ARGS(id));
}

err account_of_login(ctx *c, str login, person *out)
{
    err e = store_row(c, &account_person_by_login, &person_shape, out, ARGS(login));
    if (e.kind == ERR_MISSING)
        return err_with(ERR_MISSING, "login", N_("There is no person with the login {0}."), login, (str){0}, (str){0});
    return e;
}

/* ---- acts ------------------------------------------------------------------------------------------ */

static const field new_fields[] = {
    FIELD(account_new, login, F_TEXT, .flags = F_REQUIRED, .label = N_("Login"), .hint = N_("Letters, digits, dots and hyphens"), .min = 2, .max = 40),
    FIELD(account_new, name, F_TEXT, .flags = F_REQUIRED | F_PRIVATE, .label = N_("Name"), .max = 60),
    FIELD(account_new, verifier, F_TEXT, .flags = F_PRIVATE),
    FIELD(account_new, role, F_TEXT, .flags = F_REQUIRED),
    FIELD(account_new, org, F_ID, .flags = F_REQUIRED),
    FIELD(account_new, person, F_ID, .flags = F_RESULT),
    FIELD(account_new, post, F_ID, .flags = F_RESULT),
};
const shape account_new_shape = {"account_new", new_fields, countof(new_fields), sizeof(account_new)};

static bool is_login(str s)
{
    if (s.n < 2 || s.n > 40) return false;
    for (size i = 0; i < s.n; i++) {
        char ch = s.p[i];
        bool good = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') || ch == '.' ||
                    ch == '-' || ch == '_' || ch == '@';
        if (!good) return false;
    }
    return true;
}

static err add(ctx *c, void *in)
{
    account_new *n = in;
    if (!is_login(n->login))
        return err_of(ERR_INPUT, "login", N_("A login is 2 to 40 letters, digits, dots, hyphens or @."));
    if (role_of(n->role) <= ROLE_PUBLIC) return err_of(ERR_INPUT, "role", N_("There is no such role."));
    person old;
    bool found;
    TRY(store_find(c, &account_person_by_login, &person_shape, &old, &found, ARGS(n->login)));
    if (found) {
        n->person = old.id;
    } else {
        if (!n->verifier.n) return err_of(ERR_INPUT, "password", N_("A new person needs a password."));
        if (!n->name.n) return err_of(ERR_INPUT, "name", N_("A new person needs a name."));
        TRY(store_next_id(c, S("person"), &n->person));
        TRY(store_run(c, &account_person_add, NULL, ARGS(n->person, n->login, n->name, n->verifier, c->now)));
    }
    TRY(store_next_id(c, S("post"), &n->post));
    err e = store_run(c, &account_post_add, NULL, ARGS(n->post, n->person, n->org, n->role, c->today));
    if (e.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "role", N_("This person already has this post."));
    return e;
}
const action account_add = {"account_add", &account_new_shape, add, 0};

static const field secret_fields[] = {
    FIELD(account_secret, person, F_ID, .flags = F_REQUIRED),
    FIELD(account_secret, verifier, F_TEXT, .flags = F_PRIVATE),
    FIELD(account_secret, keep, F_TEXT, .flags = F_PRIVATE),
    FIELD(account_secret, stay, F_BOOL),
};
const shape account_secret_shape = {"account_secret", secret_fields, countof(secret_fields), sizeof(account_secret)};

/* A new password ends every token, and every session but the one it was changed in, unless they are to stay. */
static err change_password(ctx *c, void *in)
{
    account_secret *s = in;
    TRY(store_run(c, &account_person_set_verifier, NULL, ARGS(s->person, s->verifier)));
    TRY(store_run(c, &account_tokens_end_of_person, NULL, ARGS(s->person)));
    return s->stay ? NO_ERR : store_run(c, &account_sessions_end_others, NULL, ARGS(s->person, s->keep));
}
const action account_password = {"account_password", &account_secret_shape, change_password, 0};

static const field state_fields[] = {
    FIELD(account_state, person, F_ID, .flags = F_REQUIRED),
    FIELD(account_state, state, F_TEXT, .flags = F_REQUIRED),
};
static const shape state_shape = {"account_state", state_fields, countof(state_fields), sizeof(account_state)};

static err set_state(ctx *c, void *in)
{
    account_state *s = in;
    if (!str_eqz(s->state, "active") && !str_eqz(s->state, "disabled"))
        return err_of(ERR_INPUT, "state", N_("A person is active or disabled."));
    if (s->person == c->who.person && str_eqz(s->state, "disabled"))
        return err_of(ERR_CONFLICT, "", N_("You cannot disable yourself."));
    int64_t changed;
    TRY(store_run(c, &account_person_set_state, &changed, ARGS(s->person, s->state)));
    if (!changed) return err_of(ERR_MISSING, "", N_("There is no such person."));
    if (str_eqz(s->state, "active")) return NO_ERR;
    TRY(store_run(c, &account_sessions_end_of_person, NULL, ARGS(s->person)));
    return store_run(c, &account_tokens_end_of_person, NULL, ARGS(s->person));
}
const action account_set_state = {"account_set_state", &state_shape, set_state, 0};

static const field post_end_fields[] = {
    FIELD(post_end, person, F_ID, .flags = F_REQUIRED),
    FIELD(post_end, post, F_ID, .flags = F_REQUIRED),
};
static const shape post_end_shape = {"post_end", post_end_fields, countof(post_end_fields), sizeof(post_end)};

/* The post stays on the record; from tomorrow nobody acts in it. */
static err end_post(ctx *c, void *in)
{
    post_end *p = in;
    int64_t changed;
    TRY(store_run(c, &account_post_close, &changed, ARGS(p->post, c->today)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("This post has already ended."));
}
const action account_end_post = {"account_end_post", &post_end_shape, end_post, 0};

/* Every session and token of a person: where a telephone was lost or somebody left in anger. */
static const field end_all_fields[] = {FIELD(account_ref, person, F_ID, .flags = F_REQUIRED)};
static const shape end_all_shape = {"account_ref", end_all_fields, countof(end_all_fields), sizeof(account_ref)};
static err end_all(ctx *c, void *in)
{
    int64_t who = ((account_ref *)in)->person;
    TRY(store_run(c, &account_tokens_end_of_person, NULL, ARGS(who)));
    return store_run(c, &account_sessions_end_of_person, NULL, ARGS(who));
}
const action account_end_all = {"account_end_all", &end_all_shape, end_all, 0};

static const field lang_fields[] = {
    FIELD(person_lang, person, F_ID, .flags = F_REQUIRED),
    FIELD(person_lang, lang, F_TEXT, .flags = F_REQUIRED),
};
static const shape lang_shape = {"person_lang", lang_fields, countof(lang_fields), sizeof(person_lang)};
static err set_lang(ctx *c, void *in)
{
    person_lang *l = in;
    return store_run(c, &account_person_set_lang, NULL, ARGS(l->person, l->lang));
}
const action account_set_lang = {"account_set_lang", &lang_shape, set_lang, ACT_SILENT};

/* ---- posts ------------------------------------------------------------------------------------------ */

err account_as(ctx *c, str login, str role_code_)
{
    person p;
    TRY(account_of_login(c, login, &p));
    post t;
    err e = role_code_.n ? store_row(c, &account_post_for_role, &post_shape, &t, ARGS(p.id, c->today, role_code_))
                         : store_row(c, &account_post_for, &post_shape, &t, ARGS(p.id, c->today));
    if (e.kind == ERR_MISSING)
        return err_with(ERR_MISSING, "", N_("{0} holds no such post today."), login, (str){0}, (str){0});
    if (e.kind) return e;
    c->who = (actor){.person = p.id, .post = t.id, .org = t.org_id, .role = (role)role_of(t.role), .name = p.name};
    return NO_ERR;
}

err account_holders(ctx *c, str role_code_, int64_t org, list *ids)
{
    if (role_code_.n && org)
        return store_list(c, &account_holders_of_role_in_org, &account_id_shape, ids, ARGS(org, c->today, role_code_));
    if (org) return store_list(c, &account_holders_in_org, &account_id_shape, ids, ARGS(org, c->today));
    return store_list(c, &account_holders_of_role, &account_id_shape, ids, ARGS(role_code_, c->today));
}

err account_posts(ctx *c, view *into, str name)
{
    list posts;
    TRY(store_list(c, &account_posts_of_person, &post_shape, &posts, ARGS(c->who.person)));
    view *out = view_put_list(into, name);
    for (int i = 0; i < posts.n; i++) {
        const post *p = (const post *)posts.items + i;
        if (p->to_day && p->to_day < c->today) continue;
        int as = role_of(p->role);
        view *row = view_add_map(out);
        view_int(row, S("id"), p->id);
        view_int(row, S("org"), p->org_id);
        view_code(row, S("role"), p->role, tr(c->lang, role_label[as]));
        view_bool(row, S("current"), p->id == c->who.post);
    }
    return NO_ERR;
}

err account_everybody(ctx *c, view *into, str name)
{
    view *out = view_put_list(into, name);
    for (int64_t after = 0;;) {
        list people, posts;
        TRY(store_list(c, &account_everyone, &person_shape, &people, ARGS(after)));
        if (!people.n) return NO_ERR;
        for (int i = 0; i < people.n; i++) {
            const person *p = (const person *)people.items + i;
            view *row = view_add_map(out);
            shape_view(&person_shape, p, row);
            buf roles = buf_new(c->a, 32);
            TRY(store_list(c, &account_posts_of_person, &post_shape, &posts, ARGS(p->id)));
            for (int j = 0; j < posts.n; j++) {
                if (j) buf_byte(&roles, ',');
                buf_put(&roles, ((const post *)posts.items)[j].role);
            }
            view_text(row, S("roles"), buf_str(&roles));
            after = p->id;
        }
    }
}

/* ---- the room ---------------------------------------------------------------------------------------- */

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
    .actions = actions,
    .statements = (const stmt *const *const[]){account_statements, NULL},
    .jobs = jobs,
};
