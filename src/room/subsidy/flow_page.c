/* SPDX-License-Identifier: Apache-2.0 */
/* flow_page.c: the flows and their versions: picture, text twin, file, and a new one for new cases. */
#include "format/hash.h"
#include "room/pair/pair.h"
#include "room/subsidy/application.h"
#include "room/subsidy/application_rights.h"

static const flow_rights *const tables[] = {&application_rights, &agreement_rights};

static const flow_rights *table_of(const flow *f)
{
    for (int i = 0; i < countof(tables); i++)
        if (str_eqz(f->name, tables[i]->flow)) return tables[i];
    return NULL;
}

/* GET /flows/{id} */
static err show_flow(req *r)
{
    ctx *c = r->ctx;
    const flow *f;
    TRY(flow_version(c, req_id(r), &f));
    view *v = view_map(c->a);
    str here = req_arg(r, "here");
    flow_show(c, f, flow_node_of(f, here) ? here : (str){0}, v);
    web_title(r, v, "{0}", c->lang == LANG_EN && f->en.n ? f->en : f->title);
    web_crumb(r, v, S("/flows"), tr(c->lang, N_("Flows")));
    view_bool(v, S("needs_flow"), true);
    view_text(v, S("flow_bpmn"), str_fmt(c->a, "/flows/%lld/file", (long long)f->id));
    view_text(v, S("here"), here);
    if (table_of(f)) view_text(v, S("rights_href"), str_fmt(c->a, "/flows/%lld/rights", (long long)f->id));
    bool batches = str_eqz(f->name, "subsidy");
    TRY(batches ? subsidy_show_pace(c, f, (str){0}, v) : flow_show_pace(c, f->name, (str){0}, v));
    return web_page(r, "subsidy/flow", v);
}

/* GET /flows/{id}/rights */
static err show_rights(req *r)
{
    ctx *c = r->ctx;
    const flow *f;
    TRY(flow_version(c, req_id(r), &f));
    const flow_rights *t = table_of(f);
    if (!t) return err_of(ERR_MISSING, "", N_("The cases of this flow have no form of their own; who decides where stands with the flow."));
    view *v = view_map(c->a);
    str name = c->lang == LANG_EN && f->en.n ? f->en : f->title;
    web_title(r, v, N_("Who sees and writes what: {0}"), name);
    web_crumb(r, v, S("/flows"), tr(c->lang, N_("Flows")));
    web_crumb(r, v, str_fmt(c->a, "/flows/%lld", (long long)f->id), name);
    rights_show(c, t, f, v);
    return web_page(r, "subsidy/rights", v);
}

/* GET /flows/{id}/file */
static err flow_file(req *r)
{
    const flow *f;
    TRY(flow_version(r->ctx, req_id(r), &f));
    return web_inline(r, S("application/xml"), f->xml, (str){0});
}

typedef struct flow_in { str xml; } flow_in;
SHAPE(flow_in, FIELD(flow_in, xml, F_LINES, .flags = F_REQUIRED | F_UNTRIMMED, .label = N_("Flow file (BPMN 2.0)"),
                     .hint = N_("Paste the whole file. It is proved sound before it is taken; running cases stay on their version."), .max = 1000000));

static err publish(ctx *c, void *in) { return flow_publish(c, S("flow.bpmn"), ((flow_in *)in)->xml); }
const action flow_publish_act = {"flow_publish", &flow_in_shape, publish, 0};

/* GET /flows */
static err list_flows(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Flows"), (str){0});
    TRY(flow_show_versions(r->ctx, v));
    for (view *row = view_get(v, S("flows"))->first; row; row = row->next)
        view_text(row, S("version_short"), str_head(view_get_text(row, S("version")), 12));
    view_adopt(v, S("items"), view_copy(r->ctx->a, view_get(v, S("flows"))));
    if (r->ctx->who.role == ROLE_ADMIN) form_show(r, v, "form", &flow_in_shape, NULL, S("/flows"), N_("Publish this flow for new cases"));
    return web_page(r, "subsidy/flows", v);
}

/* A version is known by the hash of its file. */
static err path_of_version(ctx *c, str xml, str *out)
{
    view *all = view_map(c->a);
    str version = sha256_hex(c->a, xml);
    *out = S("/flows");
    TRY(flow_show_versions(c, all));
    for (const view *row = view_get(all, S("flows"))->first; row; row = row->next)
        if (str_eq(view_get_text(row, S("version")), version)) *out = str_fmt(c->a, "/flows/%lld", (long long)view_get_int(row, S("id"), 0));
    return NO_ERR;
}

/* POST /flows */
static err publish_flow(req *r)
{
    flow_in f;
    TRY(form_read(r, &flow_in_shape, &f));
    TRY(store_act(r->ctx, &flow_publish_act, &f));
    web_say(r, N_("The flow is published for new cases."), (str){0}, (str){0});
    str path;
    TRY(path_of_version(r->ctx, f.xml, &path));
    return web_made(r, path);
}

const route flow_routes[] = {
    {GET, "/flows", SIGNED_IN, list_flows, N_("List the flows and their versions")},
    {POST, "/flows", WHO(ROLE_ADMIN), publish_flow, N_("Publish a flow for new cases"), .form = &flow_in_shape, .back = "/flows"},
    {GET, "/flows/{id}", SIGNED_IN, show_flow, N_("Read one flow: its picture and its steps")},
    {GET, "/flows/{id}/rights", SIGNED_IN, show_rights, N_("Read who sees and writes which field of a case, step by step")},
    {GET, "/flows/{id}/file", SIGNED_IN, flow_file, N_("Read a flow's BPMN file")},
    {0},
};
