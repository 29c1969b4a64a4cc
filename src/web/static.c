/* SPDX-License-Identifier: Apache-2.0 */
/* static.c: the browser's part: style sheets, scripts and pictures out of the program itself. */
#include "base/embed.h"
#include "web/exchange.h"

static const char *type_of(str name)
{
    static const struct { const char *end, *type;
    } known[] = {
        {".css", "text/css; charset=utf-8"},
        {".js", "text/javascript; charset=utf-8"},
        {".svg", "image/svg+xml"},
        {".png", "image/png"},
        {".ico", "image/x-icon"},
        {".json", "application/json"},
        {".txt", "text/plain; charset=utf-8"},
        {".woff2", "font/woff2"},
    };
    for (int i = 0; i < countof(known); i++)
        if (str_ends(name, str_of(known[i].end))) return known[i].type;
    return "application/octet-stream";
}

/* "app.css" is {{asset.app_css}} in a template: its address with its version. */
static str key_of(arena *a, str name)
{
    str s = str_dup(a, name);
    for (size i = 0; i < s.n; i++) {
        char *c = (char *)(uintptr_t)s.p + i;
        bool plain =
            (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9');
        if (!plain) *c = '_';
    }
    return s;
}

void assets_list(arena *a, struct web *w)
{
    w->assets = new_n(a, asset, embedded_count);
    w->asset_versions = view_map(a);
    for (int i = 0; i < embedded_count; i++) {
        const embedded *f = &embedded_files[i];
        if (!str_starts(f->path, S("assets/"))) continue;
        asset *one = &w->assets[w->asset_n++];
        one->name = str_from(f->path, 7);
        one->bytes = f->bytes;
        one->type = type_of(one->name);
        one->etag = sha256_hex(a, f->bytes);
        one->version = str_head(one->etag, 12);
        view_text(w->asset_versions, key_of(a, one->name),
                  str_fmt(a, "/assets/" SF "?v=" SF, SA(one->name), SA(one->version)));
    }
}

/* GET /assets/{name}: for ever if the address names the version that this is. */
err asset_show(req *r)
{
    exchange *x = r->x;
    for (int i = 0; x->web && i < x->web->asset_n; i++) {
        const asset *one = &x->web->assets[i];
        if (!str_eq(one->name, req_part(r, "name"))) continue;
        answer_set(x, 200, one->type, one->bytes);
        x->answer.cached = true;
        x->answer.etag = one->etag;
        x->answer.for_ever = str_eq(req_arg(r, "v"), one->version);
        return NO_ERR;
    }
    return err_of(ERR_MISSING, "", N_("There is nothing at this address."));
}
