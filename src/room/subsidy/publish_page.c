/* SPDX-License-Identifier: Apache-2.0 */
/* publish_page.c: the public notice as it would be, shown before the decision that publishes it. */
#include "base/days.h"
#include "room/subsidy/application.h"
#include "room/subsidy/publish.h"

/* GET /batches/{id}/notice */
static err preview(req *r)
{
    ctx *c = r->ctx;
    batch b;
    const flow *f;
    int64_t *ids;
    int count;
    notice_new n;
    TRY(batch_get(c, req_id(r), &b));
    TRY(flow_version(c, b.flow_id, &f));
    const flow_node *at = flow_node_of(f, b.node), *timer = at && at->kind == NODE_TASK ? publish_follows(at) : NULL;
    if (!timer) return err_of(ERR_CONFLICT, "", N_("The next decision on this batch publishes no notice."));
    TRY(batch_cases(c, &b, &ids, &count));
    TRY(publish_words(c, timer, ids, count, &n));
    view *v = view_map(c->a);
    view_bool(v, S("preview"), true);
    TRY(notice_preview(c, &n, v));
    web_title(r, v, N_("Preview of the public notice"), (str){0});
    web_crumb(r, v, S("/batches"), tr(c->lang, N_("Monthly batches")));
    web_crumb(r, v, str_fmt(c->a, "/batches/%lld", (long long)b.id), month_words(c->a, b.month, c->lang));
    return web_page(r, "subsidy/preview", v);
}

const route publish_routes[] = {
    {GET, "/batches/{id}/notice", OFFICERS, preview, N_("See the public notice of a batch before it is decided")},
    {0},
};
