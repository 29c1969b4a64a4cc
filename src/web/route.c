/* SPDX-License-Identifier: Apache-2.0 */
/* route.c: which row of the route tables a method and a path mean. */
#include <stdlib.h>

#include "format/url.h"
#include "web/exchange.h"

static bool is_name(str seg) { return seg.n > 2 && seg.p[0] == '{' && seg.p[seg.n - 1] == '}'; }
static str name_of(str seg) { return (str){seg.p + 1, seg.n - 2}; }

/* The segments of "/a/b"; "/" has none. -1: too many, or not a path. */
static int cut(str path, str *seg)
{
    if (!path.n || path.p[0] != '/') return -1;
    str rest = str_from(path, 1), one;
    int n = 0;
    if (!rest.n) return 0;
    do {
        size at = str_find(rest, S("/"));
        one = at < 0 ? rest : str_head(rest, at);
        if (n == ROUTE_SEGS) return -1;
        seg[n++] = one;
        if (at < 0) return n;
        rest = str_from(rest, at + 1);
    } while (true);
}

/* By length, then from the left: a literal before a name, so that the first match is the best. */
static int by_meaning(const void *x, const void *y)
{
    const route_row *a = x, *b = y;
    if (a->n != b->n) return a->n - b->n;
    for (int i = 0; i < a->n; i++) {
        int names = is_name(a->seg[i]) - is_name(b->seg[i]);
        if (names) return names;
        int order = is_name(a->seg[i]) ? 0 : str_compare(a->seg[i], b->seg[i]);
        if (order) return order;
    }
    return (int)a->r->method - (int)b->r->method;
}

static const route *same_way(const route_table *t)
{
    for (int i = 1; i < t->n; i++)
        if (!by_meaning(&t->rows[i - 1], &t->rows[i])) return t->rows[i].r;
    return NULL;
}

void route_table_make(arena *a, const route *const *tables, int n, route_table *out)
{
    int count = 0;
    for (int i = 0; i <= n; i++)
        for (const route *r = i < n ? tables[i] : web_routes; r->path; r++) count++;
    *out = (route_table){new_n(a, route_row, count), 0};
    for (int i = 0; i <= n; i++)
        for (const route *r = i < n ? tables[i] : web_routes; r->path; r++) {
            route_row *row = &out->rows[out->n++];
            row->r = r;
            row->n = cut(str_of(r->path), row->seg);
            assert(row->n >= 0 && r->who && r->says
                   && r->run); /* every route says who may and what it does */
        }
    qsort(out->rows, (size_t)out->n, sizeof *out->rows, by_meaning);
    assert(!same_way(out)); /* two routes of one method for the same paths */
}

static bool matches(const route_row *row, const str *seg)
{
    for (int i = 0; i < row->n; i++) {
        int64_t id;
        if (!is_name(row->seg[i])) {
            if (!str_eq(row->seg[i], seg[i])) return false;
        } else if (!seg[i].n) {
            return false;
        } else if (str_eq(name_of(row->seg[i]), S("id")) && (!str_int(seg[i], &id) || id <= 0)) {
            return false;
        }
    }
    return true;
}

/* Of two rows for the same path the more literal one wins even where only the other has the method:
 * POST /x/new is then 405, not a wrong {name}. */
static bool as_literal(const route_row *a, const route_row *b)
{
    for (int i = 0; i < a->n; i++)
        if (is_name(a->seg[i]) != is_name(b->seg[i])) return false;
    return true;
}

const route *route_find(const route_table *t, arena *a, web_method m, str path, view **params,
                        unsigned *allowed)
{
    str seg[ROUTE_SEGS];
    int n = cut(path, seg);
    *allowed = 0;
    *params = NULL;
    if (n < 0) return NULL;
    for (int i = 0; i < n; i++)
        if (url_decode(a, seg[i], false, &seg[i]).kind) return NULL;
    const route_row *first = NULL, *found = NULL;
    for (int i = 0; i < t->n; i++) {
        const route_row *row = &t->rows[i];
        if (row->n != n || !matches(row, seg) || (first && !as_literal(first, row))) continue;
        if (!first) first = row;
        *allowed |= 1u << row->r->method;
        if (row->r->method == m) found = row;
    }
    if (!found) return NULL;
    *params = view_map(a);
    for (int k = 0; k < n; k++)
        if (is_name(found->seg[k])) view_text(*params, name_of(found->seg[k]), seg[k]);
    return found->r;
}

str route_fill(arena *a, const char *pattern, const view *params)
{
    buf b = buf_new(a, 64);
    str seg[ROUTE_SEGS];
    int n = cut(str_of(pattern), seg);
    for (int i = 0; i < n; i++) {
        buf_byte(&b, '/');
        if (is_name(seg[i])) url_encode(&b, view_get_text(params, name_of(seg[i])));
        else buf_put(&b, seg[i]);
    }
    return b.n ? buf_str(&b) : S("/");
}

/* ---- what handlers ask ----------------------------------------------------------------------- */

int64_t req_id(const req *r)
{
    int64_t id;
    bool is = str_int(req_part(r, "id"), &id);
    assert(is); /* the route has {id}, and matches() has read it */
    return id;
}

str req_part(const req *r, const char *name) { return view_get_text(r->params, str_of(name)); }
str req_arg(const req *r, const char *name) { return view_get_text(r->args, str_of(name)); }

int64_t req_arg_int(const req *r, const char *name, int64_t otherwise)
{
    int64_t i;
    return str_int(req_arg(r, name), &i) ? i : otherwise;
}

err req_after(const req *r, int64_t *keys, int n)
{
    str token = req_arg(r, "after"), seg;
    for (int i = 0; i < n; i++) keys[i] = 0;
    if (!token.n) return NO_ERR;
    int have = 0;
    bool good = true;
    while (good && str_split(&token, '.', &seg)) good = have < n && str_int(seg, &keys[have++]);
    if (good && have == n) return NO_ERR;
    for (int i = 0; i < n; i++) keys[i] = 0;
    return err_of(ERR_UNREADABLE, "after",
                  N_("This is not a page of the list. Begin with its first page."));
}

err req_before(const req *r, int64_t *id)
{
    TRY(req_after(r, id, 1));
    if (!*id) *id = INT64_MAX;
    return NO_ERR;
}

void web_next(view *v, const int64_t *keys, int n)
{
    buf b = buf_new(v->a, 32);
    for (int i = 0; i < n; i++) {
        if (i) buf_byte(&b, '.');
        buf_int(&b, keys[i]);
    }
    view_text(v, S("next"), buf_str(&b));
}
