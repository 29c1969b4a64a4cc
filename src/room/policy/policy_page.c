/* SPDX-License-Identifier: Apache-2.0 */
/* policy_page.c: the policy library as everybody reads it, and the bureau's page to publish a version. */
#include "base/patent.h"
#include "gen/room/policy/policy_sql.h"
#include "room/policy/policy.h"

/* GET /policies */
static err list_policies(req *r)
{
    ctx *c = r->ctx;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    view *v = view_map(c->a);
    web_title(r, v, N_("Policies"), (str){0});
    TRY(store_rows(c, &policy_list_after, v, S("items"), ARGS(after[0])));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) {
        policy_version p;
        err e = policy_in_force(c, view_get_int(row, S("policy_id"), 0), c->today, &p);
        view_bool(row, S("in_force"), !e.kind);
        if (e.kind == ERR_CONFLICT) continue;
        TRY(e);
        view_text(row, S("title"), policy_title(c, &p));
        view_text(row, S("level"), p.level);
        view_text(row, S("document_number"), p.document_number);
        view_fen(row, S("standard_fen"), p.standard_fen);
        view_bool(row, S("example"), p.example);
        view_int(row, S("version"), p.version);
    }
    view_bool(v, S("may_publish"), c->who.role == ROLE_BUREAU);
    web_cut(v, 50, "policy_id");
    return web_page(r, "policy/list", v);
}

/* The rules and the kinds of outcome as people say them. */
static err put_words(ctx *c, const policy_version *p, view *v)
{
    str one, words = {0};
    for (str rest = p->outcome_kinds; str_split(&rest, ' ', &one);)
        words = str_fmt(c->a, SF "%s" SF, SA(words), !words.n ? "" : c->lang == LANG_ZH ? "、" : ", ", SA(choice_word(c->lang, outcome_kinds, one)));
    view_text(v, S("kinds_words"), words);
    TRY(policy_rule_words(c, p->agency_rule, v, S("agency_words")));
    return policy_rule_words(c, p->reward_rule, v, S("reward_words"));
}

/* GET /policies/{id} */
static err show_policy(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    policy_version p;
    TRY(store_rows(c, &policy_versions_of, v, S("versions"), ARGS(req_id(r))));
    if (!view_get(v, S("versions"))->n) return err_of(ERR_MISSING, "", N_("There is no such policy."));
    int64_t asked = req_arg_int(r, "version", 0), shown = view_get_int(view_get(v, S("versions"))->first, S("id"), 0);
    for (view *row = view_get(v, S("versions"))->first; row; row = row->next)
        if (view_get_int(row, S("version"), 0) == asked) shown = view_get_int(row, S("id"), 0);
    TRY(policy_get(c, shown, &p));
    shape_view(&policy_version_shape, &p, v);
    TRY(put_words(c, &p, v));
    web_title(r, v, "{0}", policy_title(c, &p));
    web_crumb(r, v, S("/policies"), tr(c->lang, N_("Policies")));
    return web_page(r, "policy/policy", v);
}

/* GET /policies/new */
static err new_policy(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Publish a policy version"), (str){0});
    web_crumb(r, v, S("/policies"), tr(r->ctx->lang, N_("Policies")));
    form_show(r, v, "form", &policy_version_shape, NULL, S("/policies"), N_("Publish this version"));
    return web_page(r, "policy/new", v);
}

/* POST /policies */
static err publish_policy(req *r)
{
    policy_version p;
    TRY(form_read(r, &policy_version_shape, &p));
    TRY(store_act(r->ctx, &policy_publish, &p));
    web_say(r, N_("The version is published; new cases are judged by it from its first day on."), (str){0}, (str){0});
    return web_made(r, str_fmt(r->ctx->a, "/policies/%lld", (long long)p.policy));
}

static const route routes[] = {
    {GET, "/policies", ANYONE, list_policies, N_("List the policies")},
    {GET, "/policies/new", WHO(ROLE_BUREAU), new_policy, N_("Fields of a policy version")},
    {GET, "/policies/{id}", ANYONE, show_policy, N_("Read one policy and its versions")},
    {POST, "/policies", WHO(ROLE_BUREAU), publish_policy, N_("Publish a policy version"), .form = &policy_version_shape, .back = "/policies/new"},
    {0},
};
static const nav_item nav[] = {{"/policies", N_("Policies"), "book", SIGNED_IN, 90, NULL}, {0}};
static const action *const actions[] = {&policy_publish, NULL};

const room policy_room = {
    .name = "policy",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){policy_statements, NULL},
    .nav = nav,
};
