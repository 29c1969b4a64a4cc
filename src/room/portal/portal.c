/* SPDX-License-Identifier: Apache-2.0 */
/* portal.c: the public's first page and the progress of an application by its number. */
#include "room/portal/portal.h"

#include "gen/room/portal/portal_sql.h"

/* GET / */
static err home(req *r)
{
    if (r->ctx->who.person && !r->program) return web_go(r, S("/desk"));
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Innovation services at no cost"), (str){0});
    TRY(store_rows(r->ctx, &portal_latest_notices, v, S("notices"), NO_ARGS));
    return web_page(r, "portal/home", v);
}

/* GET /progress: the stage only, nothing of what is in it */
static err progress(req *r)
{
    ctx *c = r->ctx;
    view *v = view_map(c->a);
    str number = str_trim(req_arg(r, "number"));
    web_title(r, v, N_("Progress of an application"), (str){0});
    view_text(v, S("asked"), number);
    if (number.n) {
        err e = store_map(c, &portal_stage_of, v, ARGS(number));
        view_bool(v, S("found"), !e.kind);
        if (e.kind && e.kind != ERR_MISSING) return e;
        const flow *f;
        if (!e.kind) {
            TRY(flow_version(c, view_get_int(v, S("flow_id"), 0), &f));
            const flow_node *n = flow_node_of(f, view_get_text(v, S("node")));
            if (n) view_code(v, S("step"), n->id, flow_node_name(n, c->lang));
        }
    }
    return web_page(r, "portal/progress", v);
}

static const route routes[] = {
    {GET, "/", ANYONE, home, N_("Read what the zone offers")},
    {GET, "/progress", ANYONE, progress, N_("Look up the progress of an application")},
    {0},
};

const room portal_room = {
    .name = "portal",
    .routes = (const route *const[]){routes, NULL},
    .statements = (const stmt *const *const[]){portal_statements, NULL},
};
