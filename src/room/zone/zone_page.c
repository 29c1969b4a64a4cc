/* SPDX-License-Identifier: Apache-2.0 */
/* zone_page.c: the settings of the zone, read by officers and changed by its administrators. */
#include "room/zone/zone.h"
#include "room/zone/zone_setting.h"
#include "gen/room/zone/zone_sql.h"

/* GET /settings */
static err list_settings(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Settings"), (str){0});
    view *items = view_put_list(v, S("items"));
    for (const zone_setting *s = zone_settings; s->name; s++) {
        str value;
        TRY(zone_text(r->ctx, s->name, &value));
        view *row = view_add_map(items);
        view_text(row, S("name"), str_of(s->name));
        view_text(row, S("says"), tr(r->ctx->lang, s->says));
        view_text(row, S("value"), value);
        view_text(row, S("otherwise"), str_of(s->otherwise));
        view_bool(row, S("changed"), !str_eqz(value, s->otherwise));
    }
    view_bool(v, S("may_change"), r->ctx->who.role == ROLE_ADMIN);
    return web_page(r, "zone/settings", v);
}

/* GET /settings/{name} */
static err show_setting(req *r)
{
    for (const zone_setting *s = zone_settings; s->name; s++) {
        if (!str_eqz(req_part(r, "name"), s->name)) continue;
        setting_change now = {.name = str_of(s->name)};
        TRY(zone_text(r->ctx, s->name, &now.value));
        view *v = view_map(r->ctx->a);
        web_title(r, v, s->says, (str){0});
        web_crumb(r, v, S("/settings"), tr(r->ctx->lang, N_("Settings")));
        view_text(v, S("name"), now.name);
        view_text(v, S("value"), now.value);
        form_show(r, v, "form", setting_set.in, &now,
                  str_fmt(r->ctx->a, "/settings/%s", s->name), N_("Save setting"));
        TRY(store_rows(r->ctx, &zone_changes_of, v, S("changes"), ARGS(now.name)));
        for (view *row = view_get(v, S("changes"))->first; row; row = row->next) {
            str name, none;
            TRY(flow_name_person(r->ctx, view_get_int(row, S("person"), 0), 0, &name, &none));
            view_text(row, S("by"), name);
        }
        return web_page(r, "zone/setting", v);
    }
    return err_of(ERR_MISSING, "", N_("There is no such setting."));
}

/* POST /settings/{name} */
static err change_setting(req *r)
{
    setting_change s;
    TRY(form_read(r, setting_set.in, &s));
    s.name = req_part(r, "name");
    TRY(store_act(r->ctx, &setting_set, &s));
    web_say(r, N_("The setting is saved."), (str){0}, (str){0});
    return web_go(r, S("/settings"));
}

static const route routes[] = {
    {GET, "/settings", OFFICERS | WHO(ROLE_ADMIN), list_settings, N_("Read the zone's settings"), .form = NULL},
    {GET, "/settings/{name}", WHO(ROLE_ADMIN), show_setting, N_("Read one setting"), .form = NULL},
    {POST, "/settings/{name}", WHO(ROLE_ADMIN), change_setting, N_("Change one setting"),
     .form = &setting_change_shape, .back = "/settings/{name}"},
    {0},
};

static const nav_item nav[] = {
    {"/settings", N_("Settings"), "settings", WHO(ROLE_ADMIN) | WHO(ROLE_AUDITOR), 900, NULL},
    {0},
};

static const action *const actions[] = {&setting_set, NULL};

const room zone_room = {
    .name = "zone",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){zone_statements, NULL},
    .nav = nav,
};
