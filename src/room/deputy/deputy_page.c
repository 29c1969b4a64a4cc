/* SPDX-License-Identifier: Apache-2.0 */
/* deputy_page.c: who stands in for me, for whom I stand in; and the bar that says so. */
#include "gen/room/deputy/deputy_sql.h"
#include "room/account/account.h"
#include "room/deputy/deputy.h"

static const struct choice states[] = {
    {"holds", N_("holds"), "green"}, {"ahead", N_("not begun"), "blue"}, {"over", N_("over"), "secondary"}, {"ended", N_("ended"), "secondary"}, {0},
};

static void name_rows(ctx *c, view *rows)
{
    for (view *row = rows->first; row; row = row->next) {
        bool ended = view_get_int(row, S("ended_day"), 0), over = view_get_int(row, S("to_day"), 0) < c->today, ahead = view_get_int(row, S("from_day"), 0) > c->today;
        view_text(row, S("state"), ended ? S("ended") : over ? S("over") : ahead ? S("ahead") : S("holds"));
        view_bool(row, S("may_use"), !ended && !over && !ahead);
        view_bool(row, S("may_end"), !ended && !over);
        view_choice(c->lang, row, S("state"), states);
        int as = role_of(view_get_text(row, S("role")));
        view_code(row, S("role"), str_of(role_code[as]), tr(c->lang, role_label[as]));
    }
}

/* GET /account/deputies */
static err list_deputies(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a), *colleagues = view_map(c->a);
    web_title(r, v, N_("Deputies"), (str){0});
    web_crumb(r, v, S("/account"), tr(c->lang, N_("My account")));
    TRY(store_rows(c, &deputy_named_by, v, S("items"), ARGS(c->who.person)));
    TRY(store_rows(c, &deputy_for_others, v, S("others"), ARGS(c->who.person)));
    name_rows(c, view_get(v, S("items")));
    name_rows(c, view_get(v, S("others")));
    if (c->who.for_person) return web_page(r, "deputy/deputies", v);
    TRY(store_rows(c, &deputy_colleagues, colleagues, S("all"), ARGS(c->who.org, c->who.person, c->today)));
    deputy_new n = {.from_day = c->today};
    view_text(v, S("my_role"), tr(c->lang, role_label[c->who.role]));
    if (!view_get(colleagues, S("all"))->n) return web_page(r, "deputy/deputies", v);
    form_show(r, v, "form", &deputy_new_shape, &n, S("/account/deputies"), N_("Hand the duties over"));
    form_options(view_get(v, S("form")), "colleague", view_get(colleagues, S("all")));
    return web_page(r, "deputy/deputies", v);
}

/* POST /account/deputies */
static err name_one(req *r)
{
    deputy_new n;
    TRY(form_read(r, &deputy_new_shape, &n));
    TRY(store_act(r->ctx, &deputy_name, &n));
    web_say(r, N_("The duties are handed over; your colleague was told."), (str){0}, (str){0});
    return web_go(r, S("/account/deputies"));
}

static err act(req *r, const action *what, int64_t id, str then)
{
    deputy_ref n = {id, req_session(r)->token_hash};
    TRY(store_act(r->ctx, what, &n));
    return web_go(r, then);
}

/* POST /account/deputies/{id}/use, …/end and /account/deputies/leave */
static err begin(req *r)
{
    TRY(req_by_person(r));
    return act(r, &deputy_use, req_id(r), S("/desk"));
}
static err end_one(req *r) { return act(r, &deputy_end, req_id(r), S("/account/deputies")); }
static err stop(req *r) { return act(r, &deputy_leave, 0, S("/desk")); }

err deputy_globals(ctx *c, view *v)
{
    person principal;
    if (!c->who.for_person) return NO_ERR;
    TRY(account_person(c, c->who.for_person, &principal));
    view *bar = view_put_map(v, S("deputising"));
    view_text(bar, S("for"), principal.name);
    view_text(bar, S("role"), tr(c->lang, role_label[c->who.role]));
    return NO_ERR;
}

static const route routes[] = {
    {GET, "/account/deputies", SIGNED_IN, list_deputies, N_("Read who stands in for oneself, and for whom one stands in")},
    {POST, "/account/deputies", SIGNED_IN, name_one, N_("Hand the duties of one's post over to a colleague"), .form = &deputy_new_shape, .back = "/account/deputies"},
    {POST, "/account/deputies/{id}/use", SIGNED_IN, begin, N_("Begin to stand in for a colleague"), .back = "/account/deputies"},
    {POST, "/account/deputies/{id}/end", SIGNED_IN, end_one, N_("End a deputyship"), .back = "/account/deputies"},
    {POST, "/account/deputies/leave", SIGNED_IN, stop, N_("Act for oneself again")},
    {0},
};
static const action *const actions[] = {&deputy_name, &deputy_use, &deputy_leave, &deputy_end, NULL};

const room deputy_room = {
    .name = "deputy",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){deputy_statements, NULL},
};
