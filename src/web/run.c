/* SPDX-License-Identifier: Apache-2.0 */
/* run.c: takes a request from its head to its answer, whichever thread it is on. */
#include <time.h>

#include "format/url.h"
#include "web/exchange.h"

enum { VISITS = 4 }; /* internal GETs inside each other */

int64_t monotonic_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

void exchange_start_ctx(exchange *x, const web_options *o)
{
    x->o = o;
    x->c = o->proto;
    x->c.a = &x->a;
    x->c.db = NULL;
    x->c.errors = NULL;
    x->c.now = o->now ? o->now() : 0;
    x->c.today = o->today ? o->today() : 0;
    x->c.lang = LANG_ZH;
    x->r = (req){.ctx = &x->c, .status = 200, .x = x};
}

/* ---- the boundary to which an exhausted arena jumps ------------------------------------------ */

void exchange_exhausted(arena *a)
{
    exchange *x = a->owner;
    assert(x->guarded); /* else somebody took memory inside a library's frames */
    longjmp(x->jump, 1);
}

void exchange_guard(exchange *x, void (*run)(exchange *))
{
    bool outer = x->guarded;
    if (outer) {
        run(x);
        return;
    }
    x->guarded = true;
    if (!setjmp(x->jump)) {
        run(x);
    } else {
        x->broken_reader = true; /* a statement may stand half-way */
        reader_release(x);
        x->answer = (answer){.set = true, .fixed = true, .status = 503, .stream = x->answer.stream};
    }
    x->guarded = false;
}

/* ---- one request ----------------------------------------------------------------------------- */

static err check_request(exchange *x)
{
    if (x->bad.kind) return x->bad;
    if (x->r.route) return x->body.bad;
    if (x->allowed) return err_of(ERR_MISSING, "", N_("This address does not take this method."));
    return err_of(ERR_MISSING, "", N_("There is nothing at this address."));
}

static err touch_session(exchange *x)
{
    if (!x->session.stale || !x->o->hooks.touch) return NO_ERR;
    str once = x->c.once; /* the form's key is for the form's act */
    x->c.once = (str){0};
    err e = x->o->hooks.touch(&x->c, &x->session);
    x->c.once = once;
    if (e.kind) return e;
    x->session.stale = false;
    return reader_renew(x);
}

static err run_route(exchange *x)
{
    TRY(reader_hold(x));
    TRY(ask_who(x));
    TRY(check_request(x));
    TRY(gate_check(x));
    TRY(touch_session(x));
    x->passed = true;
    err e = x->r.route->run(&x->r);
    if (!e.kind && !x->answer.set) e = err_of(ERR_FAULT, "", N_("The page gave no answer."));
    return e;
}

static void run(exchange *x)
{
    err e = run_route(x);
    if (e.kind) answer_error(x, e);
    reader_release(x);
}

void exchange_run(exchange *x) { exchange_guard(x, run); }

/* ---- an internal GET: the page that another answer consists of ------------------------------- */

static err open_visit(req *r, str address, req *out)
{
    exchange *x = r->x;
    size hash = str_find(address, S("#"));
    if (hash >= 0) address = str_head(address, hash);
    size at = str_find(address, S("?"));
    *out = (req){.ctx = r->ctx, .method = S("GET"), .program = r->program, .x = x, .status = 200};
    out->path = at < 0 ? address : str_head(address, at);
    out->query = at < 0 ? (str){0} : str_from(address, at + 1);
    TRY(url_query_read(x->c.a, out->query, NULL, &out->args));
    unsigned allowed;
    out->route = route_find(x->routes, x->c.a, GET, out->path, &out->params, &allowed);
    if (!out->route) return err_of(ERR_MISSING, "", N_("There is nothing at this address."));
    if (!gate_role(x, out->route))
        return err_of(ERR_DENIED, "", N_("Your role may not do this."));
    return gate_counter(x, out->route);
}

err exchange_visit(req *r, str address, const view *typed, int status)
{
    exchange *x = r->x;
    req visit;
    if (x->depth >= VISITS) return err_of(ERR_FAULT, "", N_("The page gave no answer."));
    TRY(reader_hold(x));
    TRY(reader_renew(x));
    TRY(ask_who_now(x));
    TRY(open_visit(r, address, &visit));
    visit.typed = typed ? (view *)(uintptr_t)typed : NULL;
    visit.status = status;
    x->depth++;
    x->answer.set = false;
    err e = visit.route->run(&visit);
    x->depth--;
    if (!e.kind && !x->answer.set) e = err_of(ERR_FAULT, "", N_("The page gave no answer."));
    return e;
}
