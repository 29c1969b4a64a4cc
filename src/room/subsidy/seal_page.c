/* SPDX-License-Identifier: Apache-2.0 */
/* seal_page.c: sending and reading the sealed scan of a paper. */
#include "room/document/document.h"
#include "room/subsidy/seal.h"

/* POST /papers/{id}/seal */
static err send_scan(req *r)
{
    seal_in s;
    TRY(form_read(r, &seal_in_shape, &s));
    s.paper = req_id(r);
    TRY(store_act(r->ctx, &paper_seal, &s));
    web_say(r, N_("The sealed copy stands beside the paper."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/papers/%lld", (long long)s.paper));
}

/* GET /papers/{id}/sealed/{document} */
static err read_scan(req *r)
{
    official_paper p;
    int64_t doc;
    bool linked = false;
    TRY(paper_get(r->ctx, req_id(r), &p));
    if (str_int(req_part(r, "document"), &doc)) TRY(document_linked(r->ctx, S("paper"), p.id, doc, &linked));
    return linked ? document_send(r, doc) : err_of(ERR_MISSING, "", N_("There is no such file."));
}

const route seal_routes[] = {
    {POST, "/papers/{id}/seal", WHO(ROLE_AGENCY) | WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU), send_scan, N_("Put the sealed copy beside a paper"), .form = &seal_in_shape, .back = "/papers/{id}"},
    {GET, "/papers/{id}/sealed/{document}", PARTY, read_scan, N_("Read the sealed copy of a paper")},
    {0},
};
