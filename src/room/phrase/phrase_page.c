/* SPDX-License-Identifier: Apache-2.0 */
/* phrase_page.c: the office's phrases: their page, and where they are put in. */
#include "gen/room/phrase/phrase_sql.h"
#include "room/phrase/phrase_act.h"

err phrase_show(req *r, view *v)
{
    int64_t chosen = req_arg_int(r, "phrase", 0);
    TRY(store_rows(r->ctx, &phrase_of_org, v, S("phrases"), ARGS(r->ctx->who.org)));
    for (const view *p = view_get(v, S("phrases"))->first; p; p = p->next)
        if (chosen && view_get_int(p, S("id"), 0) == chosen) view_text(v, S("note"), view_get_text(p, S("text")));
    return NO_ERR;
}

/* GET /phrases */
static err list_phrases(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Phrases"), (str){0});
    TRY(store_rows(r->ctx, &phrase_of_org, v, S("items"), ARGS(r->ctx->who.org)));
    form_show(r, v, "form", &phrase_in_shape, NULL, S("/phrases"), N_("Keep the phrase"));
    return web_page(r, "phrase/list", v);
}

/* POST /phrases */
static err add(req *r)
{
    phrase_in p;
    TRY(form_read(r, &phrase_in_shape, &p));
    TRY(store_act(r->ctx, &phrase_keep, &p));
    web_say(r, N_("The phrase is kept for your office."), (str){0}, (str){0});
    return web_made(r, S("/phrases"));
}

/* POST /phrases/{id}/drop */
static err drop(req *r)
{
    phrase_ref p = {req_id(r)};
    TRY(store_act(r->ctx, &phrase_drop, &p));
    web_say(r, N_("The phrase is dropped."), (str){0}, (str){0});
    return web_go(r, S("/phrases"));
}

#define WRITERS (OFFICERS & ~WHO(ROLE_AUDITOR))
static const route routes[] = {
    {GET, "/phrases", WRITERS, list_phrases, N_("List the phrases of your office")},
    {POST, "/phrases", WRITERS, add, N_("Keep a phrase for your office"), .form = &phrase_in_shape, .back = "/phrases"},
    {POST, "/phrases/{id}/drop", WRITERS, drop, N_("Drop a phrase of your office")},
    {0},
};
static const nav_item nav[] = {{"/phrases", N_("Phrases"), "message", WRITERS, 140, NULL}, {0}};
static const action *const actions[] = {&phrase_keep, &phrase_drop, NULL};

const room phrase_room = {
    .name = "phrase",
    .routes = (const route *const[]){routes, NULL},
    .actions = actions,
    .statements = (const stmt *const *const[]){phrase_statements, NULL},
    .nav = nav,
};
