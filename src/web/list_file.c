/* SPDX-License-Identifier: Apache-2.0 */
/* list_file.c: a page's list as a file for spreadsheets, CSV or XLSX: whole as filtered, its columns in the reader's words. */
#include "format/book.h"
#include "web/exchange.h"

enum { LIST_ROWS = 10000 };

bool list_is_file(const exchange *x) { return x->format == AS_CSV || x->format == AS_XLSX; }

/* The route once more, from where the last page ended; its view comes back instead of an answer. */
static err page_after(req *r, str after, view **out)
{
    exchange *x = r->x;
    req next = *r;
    next.args = view_copy(x->c.a, r->args);
    view_text(next.args, S("after"), after);
    x->list_page = out;
    err e = r->route->run(&next);
    x->list_page = NULL;
    return e;
}

static void join(view *all, const view *more)
{
    if (!more || !more->first) return;
    if (all->last) all->last->next = more->first;
    else all->first = more->first;
    all->last = more->last;
    all->n += more->n;
}

/* The pages behind the first, as many as one file takes; *after: where the next file would begin. */
static err take_pages(req *r, view *items, str *after)
{
    while (after->n && items->n < LIST_ROWS) {
        view *more = NULL;
        TRY(page_after(r, *after, &more));
        if (!more) break;
        join(items, view_get(more, S("items")));
        *after = view_get_text(more, S("next"));
    }
    return NO_ERR;
}

static err write_csv(req *r, const view *v, const view *items, const csv_column *columns, int n, str *out)
{
    (void)v;
    buf b = buf_new(r->ctx->a, 64 << 10);
    csv_write_list(&b, items, columns, n);
    *out = buf_str(&b);
    return NO_ERR;
}

static err write_xlsx(req *r, const view *v, const view *items, const csv_column *columns, int n, str *out)
{
    ctx *c = r->ctx;
    buf b = buf_new(c->a, 64 << 10);
    book_begin(&b, c->now);
    book_list(&b, view_get_text(v, S("title")), items, columns, n);
    book_dictionary(&b, c->lang, items, columns, n);
    return book_in_child(c->makers, c->a, &b, out);
}

static const struct file_kind {
    web_format as;
    const char *name, *type;
    err (*write)(req *r, const view *v, const view *items, const csv_column *columns, int n, str *out);
} kinds[] = {
    {AS_CSV, "csv", "text/csv; charset=utf-8", write_csv},
    {AS_XLSX, "xlsx", XLSX_TYPE, write_xlsx},
};

/* What does not fit has a Link to the rest. */
err list_file(req *r, view *v)
{
    exchange *x = r->x;
    arena *a = x->c.a;
    const struct file_kind *k = &kinds[x->format == AS_XLSX];
    view *items = view_get(v, S("items"));
    str after = view_get_text(v, S("next")), last = r->path, one, bytes;
    if (!items || items->kind != V_LIST) return err_of(ERR_MISSING, "", N_("This page has no list to be written as a file."));
    if (x->con) x->a.limit = LIST_MEMORY;
    TRY(take_pages(r, items, &after));
    csv_column *columns;
    int n = list_words(a, x->c.lang, items, &columns);
    TRY(k->write(r, v, items, columns, n, &bytes));
    for (str rest = r->path; str_split(&rest, '/', &one);) last = one.n ? one : last;
    if (after.n)
        answer_header(x, "Link", str_fmt(a, "<" SF "?" SF "format=%s&after=" SF ">; rel=\"next\"", SA(r->path), SA(page_filters(r)), k->name, SA(after)));
    return web_bytes(r, str_of(k->type), str_fmt(a, SF ".%s", SA(last), k->name), bytes);
}
