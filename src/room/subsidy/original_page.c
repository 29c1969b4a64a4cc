/* SPDX-License-Identifier: Apache-2.0 */
/* original_page.c: the button beside a file whose original lies on the reviewer's desk. */
#include "room/subsidy/original.h"

/* POST /applications/{id}/originals */
static err mark(req *r)
{
    original_in o;
    TRY(form_read(r, &original_in_shape, &o));
    o.application = req_id(r);
    TRY(store_act(r->ctx, &original_see, &o));
    web_say(r, N_("Marked: the file was seen against its original."), (str){0}, (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/applications/%lld", (long long)o.application));
}

const route original_routes[] = {
    {POST, "/applications/{id}/originals", WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_FINANCE), mark, N_("Mark a file as seen against its original"), .form = &original_in_shape, .back = "/applications/{id}"},
    {0},
};
