/* SPDX-License-Identifier: Apache-2.0 */
/* part.c: parts of pages that are the same for everybody who may see them, made once for each state of the store. */
#include "web/exchange.h"

enum { PART_MOST = 256 << 10 };

/* Two keys that meet in one place push each other out: a part is only ever a saving. */
static kept_part *place_of(struct web *w, str key) { return &w->parts.at[str_hash(STR_HASH, key) % PARTS_KEPT]; }

static bool find(exchange *x, str key, str *out)
{
    kept_part *p = place_of(x->web, key);
    pthread_mutex_lock(&x->web->parts.lock);
    bool found = p->state == x->store_state && str_eq(p->key, key);
    size n = p->html.n;
    pthread_mutex_unlock(&x->web->parts.lock);
    if (!found) return false;
    buf b = buf_new(x->c.a, n + 1); /* outside the lock: memory may run out */
    arena_reserve(x->c.a, n + 64);
    pthread_mutex_lock(&x->web->parts.lock);
    found = p->state == x->store_state && str_eq(p->key, key) && p->html.n == n;
    if (found) buf_put(&b, p->html);
    pthread_mutex_unlock(&x->web->parts.lock);
    *out = buf_str(&b);
    return found;
}

static void keep(exchange *x, str key, str html)
{
    if (html.n > PART_MOST) return;
    kept_part *p = place_of(x->web, key);
    arena own;
    arena_init(&own, PART_MOST * 2, exchange_exhausted, x);
    kept_part made = {.state = x->store_state, .key = str_dup(&own, key), .html = str_dup(&own, html)};
    made.a = own;
    made.a.oom = NULL;
    pthread_mutex_lock(&x->web->parts.lock);
    kept_part old = *p;
    *p = made;
    pthread_mutex_unlock(&x->web->parts.lock);
    arena_done(&old.a);
}

/* Whatever else the page hangs on stands in the room's key; none of it is the reader's own. */
static str whole_key(req *r, str key, const char *name)
{
    const ctx *c = r->ctx;
    return str_fmt(c->a, "%s|%lld|%lld|" SF "|" SF "?" SF "|" SF, name, (long long)c->zone, (long long)c->today, SA(lang_code(c->lang)), SA(r->path),
                   SA(page_filters(r)), SA(key));
}

err web_part(req *r, view *v, str key, const char *name, err (*fill)(req *r, view *v, const void *of), const void *of)
{
    exchange *x = r->x;
    bool html = x->web && !r->program && x->format == AS_HTML && !x->list_page;
    if (!html || !key.n) return fill(r, v, of);
    str whole = whole_key(r, key, name), text;
    if (!find(x, whole, &text)) {
        view *alone = view_map(r->ctx->a);
        TRY(fill(r, alone, of));
        TRY(page_part(r, name, alone, &text));
        if (x->store_state) keep(x, whole, text);
    }
    view_text(v, S("part"), text);
    return NO_ERR;
}

void parts_start(struct web *w) { pthread_mutex_init(&w->parts.lock, NULL); }

void parts_stop(struct web *w)
{
    for (int i = 0; i < PARTS_KEPT; i++) arena_done(&w->parts.at[i].a);
    pthread_mutex_destroy(&w->parts.lock);
}
