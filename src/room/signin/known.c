/* SPDX-License-Identifier: Apache-2.0 */
/* known.c: the cookie of a known browser: a random mark, sealed for one login. It proves nothing but that, and lets nobody in. */
#include "room/signin/known.h"

#include "format/seal.h"
#include "web/secret.h"

enum { YEAR_S = 365 * 24 * 3600 };

static str place_of(const req *r, str login) { return str_join(r->ctx->a, S("known:"), login); }

str known_browser(const req *r, str login)
{
    str mark;
    err e = seal_open(r->ctx->a, r->ctx->vault, place_of(r, login), req_cookie(r, "known"), &mark);
    return e.kind ? (str){0} : mark;
}

void known_remember(req *r, str login)
{
    if (known_browser(r, login).n) return;
    web_cookie(r, "known", seal_put(r->ctx->a, r->ctx->vault, place_of(r, login), secret_token(r->ctx->a)), YEAR_S);
}
