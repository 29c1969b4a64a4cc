/* SPDX-License-Identifier: Apache-2.0 */
/* floor.c: the floor's own routes: is it well, its figures, its description, its parts, its map. */
#include "format/json.h"
#include "web/exchange.h"

/* ---- GET /healthz: 200 as long as the store can be read -------------------------------------- */

static err show_health(req *r)
{
    view *v = view_map(r->ctx->a);
    view_text(v, S("status"), S("ok"));
    view_day(v, S("today"), r->ctx->today);
    buf b = buf_new(r->ctx->a, 64);
    json_write(&b, v);
    r->x->view = v;
    answer_set(r->x, 200, "application/json", buf_str(&b));
    return NO_ERR;
}

/* ---- GET /metrics ---------------------------------------------------------------------------- */

static void figure(buf *b, const char *name, const char *kind, const char *says, int64_t value)
{
    buf_fmt(b, "# HELP lingfei_%s %s\n# TYPE lingfei_%s %s\nlingfei_%s %lld\n", name, says, name,
            kind, name, (long long)value);
}

void web_metrics(struct web *w, buf *b)
{
    static const char *const bounds[] = {"0.001", "0.005", "0.01", "0.05", "0.1",
                                         "0.5",   "1",     "5",    "+Inf"};
    _Static_assert(countof(bounds) == DURATIONS + 1, "every bucket has its bound");
    web_figures *f = &w->figures;
    buf_putz(
        b,
        "# HELP lingfei_answers_total Answers by the first digit of their status.\n# TYPE lingfei_answers_total counter\n");
    for (int i = 2; i <= 5; i++)
        buf_fmt(b, "lingfei_answers_total{class=\"%dxx\"} %lld\n", i,
                (long long)atomic_load(&f->answers[i]));
    buf_putz(
        b,
        "# HELP lingfei_request_seconds From the first line of a request to its answer sent.\n# TYPE lingfei_request_seconds histogram\n");
    int64_t all = 0;
    for (int i = 0; i <= DURATIONS; i++) {
        all += atomic_load(&f->durations[i]);
        buf_fmt(b, "lingfei_request_seconds_bucket{le=\"%s\"} %lld\n", bounds[i], (long long)all);
    }
    int64_t us = atomic_load(&f->duration_us);
    buf_fmt(b, "lingfei_request_seconds_sum %lld.%06lld\nlingfei_request_seconds_count %lld\n",
            (long long)(us / 1000000), (long long)(us % 1000000), (long long)all);
    figure(b, "requests_under_way", "gauge", "Requests begun and not yet answered.",
           atomic_load(&w->under_way));
    figure(b, "worker_queue", "gauge", "Requests that wait for a worker.", worker_queue(w));
    figure(b, "worker_refused_total", "counter",
           "Requests answered 503 because that queue was full.", atomic_load(&f->refused_queue));
    figure(b, "body_bytes_total", "counter", "Bytes of bodies received.",
           atomic_load(&f->bytes_in));
    if (!w->o.proto.store) return;
    store_figures s = store_count(w->o.proto.store);
    figure(b, "acts_total", "counter", "Acts done.", s.acts);
    figure(b, "acts_failed_total", "counter", "Acts refused or failed.", s.failed);
    figure(b, "commits_total", "counter", "Commits; each may hold many acts.", s.commits);
    figure(b, "acts_queued", "gauge", "Acts that wait for the writer.", s.queued);
    figure(b, "act_wait_us_max", "gauge", "Longest wait of an act for its commit, in microseconds.",
           s.wait_us_max);
}

static err show_metrics(req *r)
{
    buf b = buf_new(r->ctx->a, 4096);
    if (r->x->web) web_metrics(r->x->web, &b);
    answer_set(r->x, 200, "text/plain; version=0.0.4; charset=utf-8", buf_str(&b));
    return NO_ERR;
}

/* ---- GET /sitemap: the pages that this person may open --------------------------------------- */

static bool is_page(const route *t)
{
    return t->method == GET && !strchr(t->path, '{') && !(t->flags & OFF_MAP);
}

static err show_map(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Site map"), (str){0});
    view *items = view_put_list(v, S("items"));
    for (int i = 0; i < r->x->routes->n; i++) {
        const route *t = r->x->routes->rows[i].r;
        if (!is_page(t) || !gate_role(r->x, t)) continue;
        view *one = view_add_map(items);
        view_text(one, S("href"), str_of(t->path));
        view_text(one, S("says"), tr(r->ctx->lang, t->says));
    }
    return web_page(r, "web/sitemap", v);
}

/* ---- GET /help, GET /accessibility ------------------------------------------------------------ */

static err show_text(req *r, const char *title, const char *page)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, title, (str){0});
    return web_page(r, page, v);
}
static err show_help(req *r) { return show_text(r, N_("Help"), "web/help"); }
static err show_accessibility(req *r) { return show_text(r, N_("Accessibility"), "web/accessibility"); }

/* ---- GET /api/openapi.json ------------------------------------------------------------------- */

static err show_openapi(req *r)
{
    view *v = view_map(r->ctx->a);
    web_openapi(r->ctx->a, r->x->o->routes, r->x->o->tables, v);
    buf b = buf_new(r->ctx->a, 64 << 10);
    json_write(&b, v);
    r->x->view = v;
    r->x->answer.cached = true;
    answer_set(r->x, 200, "application/json", buf_str(&b));
    return NO_ERR;
}

const route web_routes[] = {
    {GET, "/healthz", ANYONE, show_health, N_("Is the server well?"), .flags = OFF_MAP},
    {GET, "/metrics", ANYONE, show_metrics, N_("Figures of the server, for Prometheus"),
     .flags = OFF_MAP},
    {GET, "/api/openapi.json", ANYONE, show_openapi,
     N_("Description of this interface (OpenAPI 3.1)"), .flags = OFF_MAP},
    {GET, "/assets/{name}", ANYONE, asset_show, N_("A style sheet, script or picture of the pages"),
     .form = NULL},
    {GET, "/sitemap", ANYONE, show_map, N_("Site map"), .form = NULL},
    {GET, "/help", ANYONE, show_help, N_("Help"), .form = NULL},
    {GET, "/accessibility", ANYONE, show_accessibility, N_("Accessibility"), .form = NULL},
    {0},
};
