/* SPDX-License-Identifier: Apache-2.0 */
/* filter.c: the filters of a list, as its GET form shows them. */
#include "web/exchange.h"

view *web_filter(req *r, view *v, const char *name, const char *label)
{
    view *all = view_get(v, S("filters"));
    view *one = view_add_map(all ? all : view_put_list(v, S("filters")));
    view_text(one, S("name"), str_of(name));
    view_text(one, S("id"), str_fmt(r->ctx->a, "filter-%s", name));
    view_text(one, S("label"), tr(r->ctx->lang, label));
    view_text(one, S("value"), str_trim(req_arg(r, name)));
    view_put_list(one, S("options"));
    return one;
}

void web_filter_option(view *filter, str code, str label)
{
    view *one = view_add_map(view_get(filter, S("options")));
    view_text(one, S("code"), code);
    view_text(one, S("label"), label);
    view_bool(one, S("selected"), str_eq(code, view_get_text(filter, S("value"))));
}

void web_filter_choices(req *r, view *v, const char *name, const char *label, const struct choice *all)
{
    view *filter = web_filter(r, v, name, label);
    for (; all->code; all++) web_filter_option(filter, str_of(all->code), tr(r->ctx->lang, all->label));
}
