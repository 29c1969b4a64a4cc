/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue_page.c: the public price list, one service with its standard and history, and the alliance's editing. */
#include "base/days.h"
#include "gen/room/catalogue/catalogue_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/policy/policy.h"

enum { SPARE_STEPS = 3, STEP_ROWS_MOST = 12 };

static str path_of(ctx *c, int64_t id) { return str_fmt(c->a, "/services/%lld", (long long)id); }

static void put_item(ctx *c, const item *i, view *row)
{
    static const struct choice states[] = {{"draft", N_("draft"), "secondary"}, {"published", N_("published"), "green"}, {"withdrawn", N_("withdrawn"), "red"}, {0}};
    shape_view(&item_shape, i, row);
    view_text(row, S("name"), catalogue_name(c, i));
    view_text(row, S("category_name"), catalogue_kind(c, i->category));
    view_bool(row, S("priced"), i->ceiling_fen);
    view_choice(c->lang, row, S("state"), states);
}

static void put_items(ctx *c, view *v, str name, const list *all)
{
    view *rows = view_put_list(v, name);
    for (int i = 0; i < all->n; i++) put_item(c, (const item *)all->items + i, view_add_map(rows));
}

/* GET /services: the price list */
static err list_items(req *r)
{
    ctx *c = r->ctx;
    int64_t after[1], kind = req_arg_int(r, "kind", 0);
    list all;
    TRY(req_after(r, after, 1));
    view *v = view_map(c->a);
    web_title(r, v, N_("Services and price list"), (str){0});
    if (kind) TRY(store_list(c, &catalogue_offered_of_kind_after, &item_shape, &all, ARGS(c->today, after[0], kind)));
    else TRY(store_list(c, &catalogue_offered_after, &item_shape, &all, ARGS(c->today, after[0])));
    put_items(c, v, S("items"), &all);
    view_day(v, S("on_day"), c->today);
    web_filter_choices(r, v, "kind", N_("Kind of service"), catalogue_kinds);
    bool edits = c->who.role == ROLE_ALLIANCE;
    view_bool(v, S("may_add"), edits);
    if (edits) {
        TRY(store_list(c, &catalogue_drafts, &item_shape, &all, NO_ARGS));
        put_items(c, v, S("drafts"), &all);
    }
    web_cut(v, 50, "id");
    return web_page(r, "catalogue/list", v);
}

/* ---- one service ------------------------------------------------------------------------------------------------ */

static bool same(const view *x, const view *y) { return x->kind >= V_TEXT ? str_eq(x->s, y->s) : x->i == y->i; }

static err same_steps(ctx *c, item *x, item *y, bool *out)
{
    TRY(catalogue_steps(c, x));
    TRY(catalogue_steps(c, y));
    *out = x->steps.n == y->steps.n;
    for (int n = 0; *out && n < x->steps.n; n++) {
        const item_step *s = (const item_step *)x->steps.items + n, *t = (const item_step *)y->steps.items + n;
        *out = s->working_days == t->working_days && str_eq(s->name, t->name) && str_eq(s->deliverable, t->deliverable) && str_eq(s->evidence, t->evidence);
    }
    return NO_ERR;
}

/* In what a version differs from the one before: the labels of the fields. */
static err put_changes(ctx *c, item *now, item *before, view *changes)
{
    view *x = view_map(c->a), *y = view_map(c->a);
    bool steps;
    shape_view(&item_shape, now, x);
    shape_view(&item_shape, before, y);
    for (const field *f = item_shape.fields; f < item_shape.fields + item_shape.n; f++)
        if (f->label && strcmp(f->name, "note") && !same(view_get(x, str_of(f->name)), view_get(y, str_of(f->name)))) view_text(view_add_map(changes), S("label"), tr(c->lang, f->label));
    TRY(same_steps(c, now, before, &steps));
    if (!steps) view_text(view_add_map(changes), S("label"), tr(c->lang, N_("Steps of the standard")));
    return NO_ERR;
}

/* Newest first; each with what it changed, who published it and why. */
static err put_history(ctx *c, list *all, bool drafts, view *v)
{
    view *rows = view_put_list(v, S("versions"));
    for (int n = 0; n < all->n; n++) {
        item *i = (item *)all->items + n;
        if (str_eqz(i->state, "draft") && !drafts) continue;
        view *row = view_add_map(rows);
        put_item(c, i, row);
        TRY(store_map(c, &catalogue_publication, row, ARGS(i->version_id)));
        view *changes = view_put_list(row, S("changes"));
        if (n + 1 < all->n) TRY(put_changes(c, i, i + 1, changes));
    }
    return NO_ERR;
}

/* The version asked for; else the one in force; else the newest that the reader may see. */
static err choose(req *r, list *all, bool drafts, item **out)
{
    int64_t asked = req_arg_int(r, "version", 0);
    item now, *newest = NULL;
    err e = catalogue_get(r->ctx, req_id(r), &now);
    if (e.kind && e.kind != ERR_MISSING) return e;
    int64_t wanted = asked ? asked : e.kind ? 0 : now.version;
    *out = NULL;
    for (int n = all->n - 1; n >= 0; n--) {
        item *i = (item *)all->items + n;
        if (str_eqz(i->state, "draft") && !drafts) continue;
        newest = i;
        if (i->version == wanted) *out = i;
    }
    if (!*out && !asked) *out = newest;
    return *out ? NO_ERR : err_of(ERR_MISSING, "item", N_("There is no such service."));
}

static void show_acts(req *r, view *v, const item *shown, bool drafted)
{
    ctx *c = r->ctx;
    item_publish_in publish = {.id = shown->id, .from_day = c->today};
    item_withdraw_in withdraw = {.id = shown->id, .version = shown->version};
    view_bool(v, S("may_edit"), true);
    view_bool(v, S("drafted"), drafted);
    if (str_eqz(shown->state, "draft")) form_show(r, v, "publish_form", &item_publish_shape, &publish, str_join(c->a, path_of(c, shown->id), S("/publish")), N_("Publish this version"));
    if (!str_eqz(shown->state, "published")) return;
    form_show(r, v, "withdraw_form", &item_withdraw_shape, &withdraw, str_join(c->a, path_of(c, shown->id), S("/withdraw")), N_("Withdraw this version"));
    view_bool(view_get(v, S("withdraw_form")), S("danger"), true);
}

static err put_policy(ctx *c, const item *i, view *v)
{
    policy_version p;
    if (!i->policy) return NO_ERR;
    err e = policy_in_force(c, i->policy, i->from_day > c->today ? i->from_day : c->today, &p);
    if (e.kind == ERR_CONFLICT) return NO_ERR; /* expired: its page says so */
    TRY(e);
    view_text(v, S("policy_title"), policy_title(c, &p));
    view_fen(v, S("standard_fen"), p.standard_fen);
    return NO_ERR;
}

static void put_steps(const item *i, view *v)
{
    int64_t days = 0;
    view *rows = view_put_list(v, S("steps"));
    for (int n = 0; n < i->steps.n; n++) {
        const item_step *s = (const item_step *)i->steps.items + n;
        view *row = view_add_map(rows);
        view_int(row, S("number"), n + 1);
        shape_view(&item_step_shape, s, row);
        days += s->working_days;
    }
    view_int(v, S("standard_days"), days);
}

/* GET /services/{id} */
static err show_item(req *r)
{
    ctx *c = r->ctx;
    bool edits = c->who.role == ROLE_ALLIANCE;
    list all;
    item *shown;
    TRY(store_list(c, &catalogue_versions_of, &item_shape, &all, ARGS(req_id(r))));
    TRY(choose(r, &all, edits, &shown));
    TRY(catalogue_steps(c, shown));
    view *v = view_map(c->a);
    put_item(c, shown, v);
    put_steps(shown, v);
    TRY(put_policy(c, shown, v));
    TRY(put_history(c, &all, edits, v));
    web_title(r, v, "{0}", catalogue_name(c, shown));
    web_crumb(r, v, S("/services"), tr(c->lang, N_("Services and price list")));
    const item *first = all.items;
    if (edits) show_acts(r, v, shown, str_eqz(first->state, "draft"));
    return web_page(r, "catalogue/item", v);
}

/* ---- editing ------------------------------------------------------------------------------------------------------- */

/* Rows to type the steps in: what was typed, else what is stored, and some empty ones. */
static void show_step_rows(req *r, view *form, const item *now)
{
    ctx *c = r->ctx;
    int stored = now ? now->steps.n : 0, n = stored + SPARE_STEPS > STEP_ROWS_MOST ? STEP_ROWS_MOST : stored + SPARE_STEPS;
    view *rows = view_put_list(form, S("step_rows"));
    for (int at = 0; at < (r->typed ? STEP_ROWS_MOST : n); at++) {
        view *row = view_add_map(rows), *kept = view_map(c->a);
        if (at < stored) shape_view(&item_step_shape, (const item_step *)now->steps.items + at, kept);
        view_int(row, S("at"), at);
        view_int(row, S("number"), at + 1);
        for (const field *f = item_step_shape.fields; f < item_step_shape.fields + item_step_shape.n; f++) {
            const view *stored_value = view_get(kept, str_of(f->name));
            if (r->typed) view_text(row, str_of(f->name), view_get_text(r->typed, str_fmt(c->a, "steps.%d.%s", at, f->name)));
            else if (stored_value) view_adopt(row, str_of(f->name), view_copy(c->a, stored_value));
        }
    }
}

static err show_form(req *r, view *v, const shape *sh, const item *now, str target)
{
    ctx *c = r->ctx;
    form_show(r, v, "form", sh, now, target, N_("Save draft"));
    view *form = view_get(v, S("form"));
    TRY(policy_options(c, v, S("policies")));
    form_options(form, "policy", view_get(v, S("policies")));
    show_step_rows(r, form, now);
    if (!shape_field(sh, S("category"))) return NO_ERR;
    view *kinds = view_list(c->a);
    for (const struct choice *k = catalogue_kinds; k->code; k++) {
        view *one = view_add_map(kinds);
        view_text(one, S("code"), str_of(k->code));
        view_text(one, S("label"), tr(c->lang, k->label));
    }
    form_options(form, "category", kinds);
    return NO_ERR;
}

/* GET /services/new */
static err new_item(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("New service"), (str){0});
    web_crumb(r, v, S("/services"), tr(r->ctx->lang, N_("Services and price list")));
    TRY(show_form(r, v, &item_add_shape, NULL, S("/services")));
    return web_page(r, "catalogue/edit", v);
}

/* POST /services */
static err add_item(req *r)
{
    item i;
    TRY(form_read(r, &item_add_shape, &i));
    TRY(store_act(r->ctx, &catalogue_add, &i));
    web_say(r, N_("The draft of {0} is saved; the public sees it when it is published."), i.name, (str){0});
    return web_made(r, path_of(r->ctx, i.id));
}

/* GET /services/{id}/edit: the draft, else a copy of the newest version to begin the next with */
static err edit_item(req *r)
{
    ctx *c = r->ctx;
    list all;
    TRY(store_list(c, &catalogue_versions_of, &item_shape, &all, ARGS(req_id(r))));
    if (!all.n) return err_of(ERR_MISSING, "item", N_("There is no such service."));
    item *now = all.items;
    TRY(catalogue_steps(c, now));
    bool draft = str_eqz(now->state, "draft");
    if (!draft) now->note = (str){0};
    view *v = view_map(c->a);
    web_title(r, v, draft ? N_("Change the draft") : N_("Draft the next version"), (str){0});
    web_crumb(r, v, S("/services"), tr(c->lang, N_("Services and price list")));
    web_crumb(r, v, path_of(c, now->id), catalogue_name(c, now));
    TRY(show_form(r, v, &item_save_shape, now, path_of(c, now->id)));
    return web_page(r, "catalogue/edit", v);
}

/* POST /services/{id} */
static err save_item(req *r)
{
    item i;
    TRY(form_read(r, &item_save_shape, &i));
    i.id = req_id(r);
    TRY(store_act(r->ctx, &catalogue_save, &i));
    web_say(r, N_("The draft is saved."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, i.id));
}

/* POST /services/{id}/publish */
static err publish_item(req *r)
{
    item_publish_in p;
    TRY(form_read(r, &item_publish_shape, &p));
    p.id = req_id(r);
    TRY(store_act(r->ctx, &catalogue_publish, &p));
    web_say(r, N_("The version is published, in force from {0}; agreements made before keep theirs."), day_text(r->ctx->a, p.from_day), (str){0});
    return web_go(r, path_of(r->ctx, p.id));
}

/* POST /services/{id}/withdraw */
static err withdraw_item(req *r)
{
    item_withdraw_in w;
    TRY(form_read(r, &item_withdraw_shape, &w));
    w.id = req_id(r);
    TRY(store_act(r->ctx, &catalogue_withdraw, &w));
    web_say(r, N_("The version is withdrawn; agreements made before keep it."), (str){0}, (str){0});
    return web_go(r, path_of(r->ctx, w.id));
}

static const route routes[] = {
    {GET, "/services", ANYONE, list_items, N_("The price list of the services")},
    {GET, "/services/{id}", ANYONE, show_item, N_("Read one service, its standard and its versions")},
    {GET, "/services/new", WHO(ROLE_ALLIANCE), new_item, N_("Fields of a service")},
    {POST, "/services", WHO(ROLE_ALLIANCE), add_item, N_("Draft a service"), .form = &item_add_shape, .back = "/services/new"},
    {GET, "/services/{id}/edit", WHO(ROLE_ALLIANCE), edit_item, N_("Fields of the next version of a service")},
    {POST, "/services/{id}", WHO(ROLE_ALLIANCE), save_item, N_("Save the next version of a service"), .form = &item_save_shape, .back = "/services/{id}/edit"},
    {POST, "/services/{id}/publish", WHO(ROLE_ALLIANCE), publish_item, N_("Publish a version from a day on"), .form = &item_publish_shape, .back = "/services/{id}"},
    {POST, "/services/{id}/withdraw", WHO(ROLE_ALLIANCE), withdraw_item, N_("Withdraw a published version"), .form = &item_withdraw_shape, .back = "/services/{id}"},
    {0},
};
static const nav_item nav[] = {{"/services", N_("Services"), "list-details", SIGNED_IN, 95, NULL}, {0}};
static const action *const actions[] = {&catalogue_add, &catalogue_save, &catalogue_publish, &catalogue_withdraw, NULL};

const room catalogue_room = {
    .name = "catalogue",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){catalogue_statements, NULL},
    .nav = nav,
};
