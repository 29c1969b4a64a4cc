/* SPDX-License-Identifier: Apache-2.0 */
/* list.c: a list's page and the token that leads to the next. */
#include "web/web.h"

static int64_t column(const view *row, str name)
{
    const view *v = view_get(row, name);
    return v && v->kind != V_TEXT && v->kind != V_NULL ? v->i : 0;
}

void web_cut(view *v, int page, const char *columns)
{
    view *items = view_get(v, S("items")), *last = NULL;
    if (!items || items->n <= page) return;
    int at = 0;
    for (view *row = items->first; row && at < page; row = row->next, at++) last = row;
    last->next = NULL;
    items->last = last;
    items->n = page;

    int64_t keys[4];
    int n = 0;
    str name;
    for (str rest = str_of(columns); n < countof(keys) && str_split(&rest, '.', &name);) keys[n++] = column(last, name);
    web_next(v, keys, n);
}
