/* SPDX-License-Identifier: Apache-2.0 */
/* member_page.c: the list of organisations, one's own organisation, and the accounts that finance confirms. */
#include "gen/room/member/hand_over_sql.h"
#include "gen/room/member/member_sql.h"
#include "room/member/member_form.h"

static void name_kind(ctx *c, view *row)
{
    str state = view_get_text(row, S("state"));
    view_choice(c->lang, row, S("kind"), org_kinds);
    view_choice(c->lang, row, S("state"), org_states);
    view_bool(row, S("active"), str_eqz(state, "active"));
    view_text(row, S("tone"), str_eqz(state, "active") ? S("green") : str_eqz(state, "suspended") || str_eqz(state, "left") ? S("red") : S("yellow"));
}

static err find_orgs(req *r, view *v)
{
    ctx *c = r->ctx;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    str kind = req_arg(r, "kind"), state = req_arg(r, "state"), uscc = str_upper(c->a, str_trim(req_arg(r, "uscc")));
    if (uscc.n) return store_rows(c, &member_org_of_uscc, v, S("items"), ARGS(uscc));
    if (kind.n && state.n) return store_rows(c, &member_orgs_of_kind_and_state_after, v, S("items"), ARGS(after[0], kind, state));
    if (kind.n) return store_rows(c, &member_orgs_of_kind_after, v, S("items"), ARGS(after[0], kind));
    if (state.n) return store_rows(c, &member_orgs_of_state_after, v, S("items"), ARGS(after[0], state));
    return store_rows(c, &member_orgs_after, v, S("items"), ARGS(after[0]));
}

/* GET /organisations */
static err list_orgs(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    web_title(r, v, N_("Organisations"), (str){0});
    TRY(find_orgs(r, v));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) name_kind(c, row);
    web_filter(r, v, "uscc", N_("Unified social credit code"));
    web_filter_choices(r, v, "kind", N_("Kind"), org_kinds);
    web_filter_choices(r, v, "state", N_("State"), org_states);
    view_bool(v, S("may_add"), c->who.role == ROLE_ALLIANCE || c->who.role == ROLE_ADMIN);
    web_cut(v, 50, "id");
    return web_page(r, "member/list", v);
}

/* GET /organisations/new */
static err new_org(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("New organisation"), (str){0});
    web_crumb(r, v, S("/organisations"), tr(r->ctx->lang, N_("Organisations")));
    form_show(r, v, "form", &org_new_shape, NULL, S("/organisations"), N_("Add organisation"));
    return web_page(r, "member/new", v);
}

/* POST /organisations */
static err add_org(req *r)
{
    org_new o;
    TRY(form_read(r, &org_new_shape, &o));
    o.state = str_eqz(o.kind, "agency") ? S("applied") : (str){0}; /* an agency is a member once it is admitted */
    TRY(store_act(r->ctx, &member_add, &o));
    web_say(r, o.state.n ? N_("{0} is entered; it becomes a member once it is admitted.") : N_("{0} is a member now."), o.name, (str){0});
    return web_made(r, str_fmt(r->ctx->a, "/organisations/%lld", (long long)o.id));
}

static err mask_accounts(ctx *c, view *accounts)
{
    for (view *b = accounts->first; b; b = b->next) {
        view_text(b, S("number"), bank_masked(c->a, str_dup(c->a, view_get_text(b, S("number")))));
        str state = str_dup(c->a, view_get_text(b, S("state")));
        view_bool(b, S("is_active"), str_eqz(state, "active"));
        view_bool(b, S("is_proposed"), str_eqz(state, "proposed"));
        view_bool(b, S("is_cooling"), str_eqz(state, "active") && view_get_int(b, S("usable_day"), 0) > c->today);
    }
    return NO_ERR;
}

static bool sees_contact(const ctx *c, int64_t id)
{
    return c->who.org == id || (WHO(c->who.role) & (OFFICERS | WHO(ROLE_ADMIN)));
}

static err show(req *r, int64_t id)
{
    ctx *c = r->ctx;
    org o;
    TRY(member_get(c, id, &o));
    view *v = view_map(c->a);
    if (!sees_contact(c, id)) o.contact = o.phone = o.email = (str){0};
    shape_view(&org_shape, &o, v);
    view_bool(v, S("is_agency"), str_eqz(o.kind, "agency"));
    name_kind(c, v);
    web_title(r, v, "{0}", org_name(c, &o));
    bool own = c->who.org == id, earns = str_eqz(o.kind, "agency") || str_eqz(o.kind, "enterprise") || str_eqz(o.kind, "alliance");
    bool sees_accounts = own || c->who.role == ROLE_FINANCE || c->who.role == ROLE_AUDITOR; /* others are not told that there is none */
    if (sees_accounts) {
        TRY(store_rows(c, &member_accounts_of_org, v, S("accounts"), ARGS(id)));
        TRY(mask_accounts(c, view_get(v, S("accounts"))));
    }
    if (sees_contact(c, id)) {
        TRY(member_people(c, id, v));
        TRY(hand_over_show(r, id, v));
    }
    view_bool(v, S("sees_accounts"), c->who.role == ROLE_ADMIN || c->who.role == ROLE_AUDITOR);
    view_bool(v, S("own"), own);
    view_bool(v, S("earns"), earns && sees_accounts);
    view_bool(v, S("agency"), str_eqz(o.kind, "agency"));
    view_bool(v, S("enterprise"), str_eqz(o.kind, "enterprise"));
    view_bool(v, S("sees_papers"), earns && sees_contact(c, id) && c->who.role != ROLE_ADMIN);
    if (own && earns) {
        account_change blank = {.org = id, .holder = o.name};
        form_show(r, v, "account_form", &account_change_shape, &blank, S("/organisation/bank-account"), N_("Propose this account"));
    }
    if (own) form_show(r, v, "form", &org_change_shape, &o, S("/organisation"), N_("Save"));
    return web_page(r, "member/org", v);
}

/* GET /organisations/{id} */
static err show_org(req *r) { return show(r, req_id(r)); }
/* GET /organisation: one's own */
static err show_own(req *r) { return show(r, r->ctx->who.org); }

/* POST /organisation */
static err change_own(req *r)
{
    org o = {0};
    TRY(form_read(r, &org_change_shape, &o));
    o.id = r->ctx->who.org;
    TRY(store_act(r->ctx, &member_change, &o));
    web_say(r, N_("Saved."), (str){0}, (str){0});
    return web_go(r, S("/organisation"));
}

/* POST /organisation/bank-account */
static err propose_account(req *r)
{
    account_change b;
    TRY(form_read(r, &account_change_shape, &b));
    b.org = r->ctx->who.org;
    TRY(store_act(r->ctx, &member_propose_account, &b));
    web_say(r, N_("The account is proposed; a second person at the finance office has to confirm it."), (str){0}, (str){0});
    return web_go(r, S("/organisation"));
}

static const route routes[] = {
    {GET, "/organisations", SIGNED_IN, list_orgs, N_("List the organisations"), .counter = COUNTER_ANY},
    {GET, "/organisations/new", WHO(ROLE_ALLIANCE) | WHO(ROLE_ADMIN), new_org, N_("Fields of a new organisation")},
    {POST, "/organisations", WHO(ROLE_ALLIANCE) | WHO(ROLE_ADMIN), add_org, N_("Add an organisation"), .form = &org_new_shape, .back = "/organisations/new"},
    {GET, "/organisations/{id}", SIGNED_IN, show_org, N_("Read one organisation"), .counter = COUNTER_ANY},
    {GET, "/organisation", SIGNED_IN, show_own, N_("Read one's own organisation"), .counter = COUNTER_ANY},
    {POST, "/organisation", SIGNED_IN, change_own, N_("Change one's own organisation's particulars"), .form = &org_change_shape, .back = "/organisation", .counter = "join"},
    {POST, "/organisation/bank-account", EARNERS, propose_account, N_("Propose a bank account"), .form = &account_change_shape, .back = "/organisation", .again = EARNERS},
    {0},
};
static const nav_item nav[] = {
    {"/organisations", N_("Organisations"), "building", OFFICERS | WHO(ROLE_ADMIN), 70, NULL},
    {"/organisation", N_("My organisation"), "building", WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE), 70, NULL},
    {"/accounts", N_("Accounts"), "users", WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR), 800, NULL},
    {"/bank-accounts", N_("Bank accounts"), "building-bank", WHO(ROLE_FINANCE), 80, member_accounts_to_confirm},
    {0},
};
static const action *const actions[] = {&member_add, &member_change, &member_propose_account, &member_decide_account, &member_read_account, &member_hand_over, &password_reset, NULL};

const room member_room = {
    .name = "member",
    .routes = (const route *const[]){routes, account_routes, people_routes, hand_over_routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){member_statements, hand_over_statements, NULL},
    .nav = nav,
};
