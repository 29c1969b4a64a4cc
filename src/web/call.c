/* SPDX-License-Identifier: Apache-2.0 */
/* call.c: a route run without a socket, for tests and commands. */
#include "format/url.h"
#include "web/exchange.h"

static void cut_address(exchange *x, str path)
{
    size at = str_find(path, S("?"));
    x->uri = path;
    x->r.path = at < 0 ? path : str_head(path, at);
    x->r.query = at < 0 ? (str){0} : str_from(path, at + 1);
}

static err run_call(exchange *x)
{
    TRY(url_query_read(x->c.a, x->r.query, NULL, &x->r.args));
    if (!x->r.route)
        return err_of(ERR_MISSING, "",
                      x->allowed ? N_("This address does not take this method.")
                                 : N_("There is nothing at this address."));
    TRY(gate_check(x));
    x->passed = true;
    err e = x->r.route->run(&x->r);
    if (!e.kind && !x->answer.set) e = err_of(ERR_FAULT, "", N_("The page gave no answer."));
    return e;
}

int web_call(ctx *c, const web_options *o, web_method m, str path, const view *body, view **out)
{
    exchange *x = new(c->a, exchange);
    route_table *routes = new(c->a, route_table);
    route_table_make(c->a, o->routes, o->tables, routes);
    *x = (exchange){.o = o, .routes = routes, .c = *c, .format = AS_JSON, .identified = true, .stage = SENT};
    x->c.errors = NULL;
    x->r = (req){.ctx = &x->c,
                 .method = m == POST ? S("POST") : S("GET"),
                 .program = true,
                 .status = 200,
                 .x = x};
    x->method = x->r.method;
    cut_address(x, path);
    x->body.kind = BODY_JSON;
    x->body.fields = body ? view_copy(c->a, body) : view_map(c->a);
    x->r.typed = x->body.fields;
    x->r.route = route_find(routes, c->a, m, x->r.path, &x->r.params, &x->allowed);
    bool snapshot = c->db && !store_acting(c);
    err e = snapshot ? store_read_begin(&x->c) : NO_ERR;
    if (!e.kind) e = run_call(x);
    if (e.kind) answer_error(x, e);
    if (snapshot) store_read_end(&x->c);
    if (out) *out = x->view;
    return x->answer.status;
}
