/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.c: the items of service, their list and the page to add one. */
#include "room/catalogue/catalogue.h"

#include "gen/room/catalogue/catalogue_sql.h"
#include "room/policy/policy.h"

/* The eight kinds of service of the policy, part four. */
static const struct choice categories[] = {
    {"1", N_("High-tech enterprise and other national recognition")},
    {"2", N_("Intellectual property advantage and demonstration enterprises")},
    {"3", N_("Patents and software copyright")},
    {"4", N_("Intellectual property standard and assessment")},
    {"5", N_("Novelty search")},
    {"6", N_("Support projects")},
    {"7", N_("University resources and technology transfer")},
    {"8", N_("Roadshows, consulting, training, policy reading")},
    {0},
};
static const struct choice modes[] = {
    {"government", N_("Government: zero fee, subsidised after success")}, {"market", N_("Market: the enterprise pays after success")}, {0},
};

static const field item_fields[] = {
    FIELD(item, id, F_ID, .flags = F_RESULT),
    FIELD(item, code, F_TEXT, .flags = F_REQUIRED, .label = N_("Item code"), .max = 30),
    FIELD(item, name, F_TEXT, .flags = F_REQUIRED, .label = N_("Name of the service"), .max = 80),
    FIELD(item, name_en, F_TEXT, .label = N_("English name"), .max = 120),
    FIELD(item, category, F_INT, .flags = F_REQUIRED, .label = N_("Kind of service"), .min = 1, .max = 8, .choices = categories),
    FIELD(item, policy, F_ID, .label = N_("Policy it rests on"), .hint = N_("Number of the policy; none in market mode"), .max = INT64_MAX),
    FIELD(item, mode, F_CODE, .flags = F_REQUIRED, .label = N_("Revenue mode"), .choices = modes),
};
const shape item_shape = {"item", item_fields, countof(item_fields), sizeof(item)};

err catalogue_get(ctx *c, int64_t id, item *out)
{
    err e = store_row(c, &catalogue_row, &item_shape, out, ARGS(id));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "item", N_("There is no such service.")) : e;
}

err catalogue_options(ctx *c, view *into, str name)
{
    TRY(store_rows(c, &catalogue_choices, into, name, NO_ARGS));
    for (view *row = view_get(into, name)->first; row; row = row->next) {
        str en = view_get_text(row, S("name_en"));
        if (c->lang == LANG_EN && en.n) view_text(row, S("label"), str_dup(c->a, en));
    }
    return NO_ERR;
}

static err add(ctx *c, void *in)
{
    item *i = in;
    policy_version p;
    bool government = str_eqz(i->mode, "government");
    if (government && !i->policy) return err_of(ERR_INPUT, "policy", N_("In government mode an item rests on a policy."));
    if (!government && i->policy) return err_of(ERR_INPUT, "policy", N_("In market mode no policy pays."));
    if (government) TRY(policy_in_force(c, i->policy, c->today, &p));
    TRY(store_next_id(c, S("item"), &i->id));
    err e = store_run(c, &catalogue_add_item, NULL, ARGS(i->id, i->code, i->name, i->name_en, i->category, arg_opt(i->policy), i->mode));
    if (e.kind == ERR_CONFLICT) return err_with(ERR_CONFLICT, "code", N_("The code {0} is taken."), i->code, (str){0}, (str){0});
    return e;
}
const action catalogue_add = {"item_add", &item_shape, add, 0};

static void finish_row(ctx *c, view *row)
{
    int64_t k = view_get_int(row, S("category"), 1);
    str en = view_get_text(row, S("name_en"));
    if (c->lang == LANG_EN && en.n) view_text(row, S("name"), str_dup(c->a, en));
    view_text(row, S("category_name"), tr(c->lang, categories[k - 1].label));
    view_bool(row, S("zero_fee"), str_eqz(view_get_text(row, S("mode")), "government"));
}

/* GET /services */
static err list_items(req *r)
{
    ctx *c = r->ctx;
    int64_t after[1];
    TRY(req_after(r, after, 1));
    view *v = view_map(c->a);
    web_title(r, v, N_("Services"), (str){0});
    TRY(store_rows(c, &catalogue_after, v, S("items"), ARGS(after[0])));
    for (view *row = view_get(v, S("items"))->first; row; row = row->next) finish_row(c, row);
    view_bool(v, S("may_add"), c->who.role == ROLE_ALLIANCE);
    web_cut(v, 50, "id");
    return web_page(r, "catalogue/list", v);
}

/* GET /services/{id} */
static err show_item(req *r)
{
    item i;
    TRY(catalogue_get(r->ctx, req_id(r), &i));
    view *v = view_map(r->ctx->a);
    shape_view(&item_shape, &i, v);
    finish_row(r->ctx, v);
    web_title(r, v, "{0}", view_get_text(v, S("name")));
    web_crumb(r, v, S("/services"), tr(r->ctx->lang, N_("Services")));
    return web_page(r, "catalogue/item", v);
}

/* GET /services/new */
static err new_item(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("New service"), (str){0});
    web_crumb(r, v, S("/services"), tr(r->ctx->lang, N_("Services")));
    form_show(r, v, "form", &item_shape, NULL, S("/services"), N_("Add service"));
    TRY(policy_options(r->ctx, v, S("policies")));
    form_options(view_get(v, S("form")), "policy", view_get(v, S("policies")));
    return web_page(r, "catalogue/new", v);
}

/* POST /services */
static err add_item(req *r)
{
    item i;
    TRY(form_read(r, &item_shape, &i));
    TRY(store_act(r->ctx, &catalogue_add, &i));
    web_say(r, N_("The service {0} is in the catalogue."), i.name, (str){0});
    return web_made(r, str_fmt(r->ctx->a, "/services/%lld", (long long)i.id));
}

static const route routes[] = {
    {GET, "/services", ANYONE, list_items, N_("List the services")},
    {GET, "/services/{id}", ANYONE, show_item, N_("Read one service")},
    {GET, "/services/new", WHO(ROLE_ALLIANCE), new_item, N_("Fields of a service")},
    {POST, "/services", WHO(ROLE_ALLIANCE), add_item, N_("Add a service"), .form = &item_shape, .back = "/services/new"},
    {0},
};
static const nav_item nav[] = {{"/services", N_("Services"), "list-details", SIGNED_IN, 95, NULL}, {0}};
static const action *const actions[] = {&catalogue_add, NULL};

const room catalogue_room = {
    .name = "catalogue",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){catalogue_statements, NULL},
    .nav = nav,
};
