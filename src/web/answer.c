/* SPDX-License-Identifier: Apache-2.0 */
/* answer.c: what goes back: refusals for people and programs, redirects, files, cookies. */
#include <stdio.h>

#include "format/json.h"
#include "format/url.h"
#include "web/exchange.h"

static const int statuses[] = {
    [OK] = 200,          [ERR_UNREADABLE] = 400, [ERR_LOGIN] = 401, [ERR_DENIED] = 403,
    [ERR_MISSING] = 404, [ERR_CONFLICT] = 409,   [ERR_LARGE] = 413, [ERR_INPUT] = 422,
    [ERR_LIMIT] = 429,   [ERR_FAULT] = 500,      [ERR_BUSY] = 503,
};
_Static_assert(countof(statuses) == ERR_KINDS, "every kind of error has a status");

int answer_status(err_kind k) { return statuses[k]; }

const char *answer_phrase(int status)
{
    static const struct { int status; const char *phrase; } known[] = {
        {400, N_("Bad Request")},         {401, N_("Unauthorized")},
        {403, N_("Forbidden")},           {404, N_("Not Found")},
        {405, N_("Method Not Allowed")},  {409, N_("Conflict")},
        {413, N_("Content Too Large")},   {422, N_("Unprocessable Content")},
        {429, N_("Too Many Requests")},   {500, N_("Internal Server Error")},
        {503, N_("Service Unavailable")},
    };
    for (int i = 0; i < countof(known); i++)
        if (known[i].status == status) return known[i].phrase;
    return "";
}

void answer_header(exchange *x, const char *name, str value)
{
    header *h = new(x->c.a, header), **last = &x->answer.headers;
    *h = (header){NULL, name, str_z(x->c.a, value)};
    while (*last) last = &(*last)->next;
    *last = h;
}

void answer_set(exchange *x, int status, const char *type, str bytes)
{
    answer *a = &x->answer;
    a->set = true;
    a->status = status;
    a->type = type;
    a->body = bytes;
}

/* ---- refusals -------------------------------------------------------------------------------- */

view *answer_problem(exchange *x, err e, int status)
{
    view *v = view_map(x->c.a);
    view_text(v, S("type"), S("about:blank"));
    view_text(v, S("title"), str_of(answer_phrase(status)));
    view_int(v, S("status"), status);
    view_text(v, S("detail"), err_text(x->c.a, e, tr(x->c.lang, e.text)));
    view_text(v, S("instance"), str_fmt(x->c.a, "urn:request:" SF, SA(x->c.request_id)));
    if (x->c.errors) view_adopt(v, S("errors"), view_copy(x->c.a, x->c.errors));
    return v;
}

static void send_problem(exchange *x, err e, int status)
{
    x->view = answer_problem(x, e, status);
    buf b = buf_new(x->c.a, 512);
    json_write(&b, x->view);
    if (status == 401) answer_header(x, "WWW-Authenticate", S("Bearer"));
    answer_set(x, status, "application/problem+json", buf_str(&b));
}

bool answer_is_secret(const exchange *x, str name)
{
    const shape *sh = x->r.route ? x->r.route->form : NULL;
    for (int i = 0; sh && i < sh->n; i++)
        if (sh->fields[i].kind == F_SECRET && str_eqz(name, sh->fields[i].name)) return true;
    return str_eqz(name, "csrf");
}

/* Everything typed as one text, for the login form to carry; passwords and files are not kept. */
static str keep_typed(exchange *x)
{
    buf b = buf_new(x->c.a, 1024);
    for (const view *f = x->body.fields->first; f; f = f->next) {
        if (answer_is_secret(x, f->name)) continue;
        if (f->kind == V_TEXT) url_query_put(&b, f->name, f->s);
        for (const view *one = f->kind == V_LIST ? f->first : NULL; one; one = one->next)
            url_query_put(&b, f->name, one->s);
    }
    return buf_str(&b);
}

static str whole_address(const exchange *x)
{
    return x->r.query.n ? str_fmt(x->c.a, SF "?" SF, SA(x->r.path), SA(x->r.query)) : x->r.path;
}

/* Where somebody proves who he is: what is still missing decides. */
static str place_of_proof(const exchange *x)
{
    if (x->session.awaits) return S("/login/code");
    if (x->session.must_enrol) return S("/account/factor");
    return x->c.who.person ? S("/again") : S("/login");
}

/* A visit goes on after signing in; what was posted is carried by the login form until then. */
static err ask_to_sign_in(exchange *x, err e)
{
    str place = place_of_proof(x);
    arena *a = x->c.a;
    if (x->r.route->method == GET) {
        buf b = buf_new(a, 256);
        buf_put(&b, place);
        buf_byte(&b, '?');
        url_query_put(&b, S("next"), whole_address(x));
        answer_header(x, "Location", buf_str(&b));
        answer_set(x, 303, "text/plain; charset=utf-8", (str){0});
        return NO_ERR;
    }
    view *typed = view_map(a);
    view_text(typed, S("then"), whole_address(x));
    view_text(typed, S("kept"), keep_typed(x));
    x->shown = e;
    x->signing_in = true;
    return exchange_visit(&x->r, place, typed, 401);
}

/* A wrong form comes back with everything in it and each error at its field. */
static bool comes_back(const exchange *x, err e)
{
    const route *t = x->r.route;
    if (!t || t->method != POST || !t->back) return false;
    if (x->csrf_wrong) return true;
    bool kind = e.kind == ERR_LOGIN || e.kind == ERR_CONFLICT || e.kind == ERR_LARGE
                || e.kind == ERR_INPUT || e.kind == ERR_LIMIT || e.kind == ERR_BUSY;
    return x->passed && kind;
}

/* It stands at a field, or among those of the summary; all others are a sentence above the form. */
static bool of_field(err e)
{
    return e.kind == ERR_INPUT || e.kind == ERR_LARGE || (e.kind == ERR_CONFLICT && e.field[0]);
}

static err show_again(exchange *x, err e)
{
    if (!of_field(e)) x->shown = e;
    return exchange_visit(&x->r, route_fill(x->c.a, x->r.route->back, x->r.params), x->body.fields,
                          answer_status(e.kind));
}

static err refuse_person(exchange *x, err e, int status)
{
    bool nobody = e.kind == ERR_LOGIN && !x->passed && x->r.route;
    if (nobody && !ask_to_sign_in(x, e).kind) return NO_ERR;
    if (comes_back(x, e) && !show_again(x, e).kind) return NO_ERR;
    x->shown = NO_ERR;
    return page_error(x, e, status);
}

static void log_fault(exchange *x, err e)
{
    str why = err_text(x->c.a, e, str_of(e.text));
    str line = str_fmt(x->c.a, "fault id=" SF " reason=\"" SF "\"", SA(x->c.request_id), SA(why));
    if (x->o->log) x->o->log(line);
    else fprintf(stderr, SF "\n", SA(line));
}

void answer_error(exchange *x, err e)
{
    int status = answer_status(e.kind);
    if (!x->r.route && x->allowed && e.kind == ERR_MISSING) {
        status = 405;
        answer_header(x, "Allow", x->allowed == 1u << GET ? S("GET, HEAD")
                                : x->allowed == 1u << POST ? S("POST") : S("GET, HEAD, POST"));
    }
    if (e.kind == ERR_FAULT) log_fault(x, e);
    if (status == 403 && x->o->hooks.refused) x->o->hooks.refused(&x->c, x->r.path);
    if (e.kind == ERR_LIMIT) answer_header(x, "Retry-After", S("60"));
    if (e.kind == ERR_BUSY) answer_header(x, "Retry-After", str_fmt(x->c.a, "%d", BUSY_SECONDS));
    /* what the room refused without naming it among the wrong fields */
    if (of_field(e) && (!x->c.errors || !x->c.errors->first)) ctx_wrong(&x->c, e.field, e);
    bool person = !x->r.program && x->con;
    if (!person || refuse_person(x, e, status).kind) send_problem(x, e, status);
}

/* ---- going on after an act ------------------------------------------------------------------- */

/* The act is done, whatever becomes of showing it: a page that fails still answers "done". */
static err show_result(req *r, str path, int status)
{
    exchange *x = r->x;
    str once = x->c.once;
    x->c.once = (str){0};
    err e = exchange_visit(r, path, NULL, status);
    x->c.once = once;
    if (!e.kind) return e;
    x->view = view_map(x->c.a);
    view_text(x->view, S("href"), path);
    buf b = buf_new(x->c.a, 64);
    json_write(&b, x->view);
    answer_set(x, status, "application/json", buf_str(&b));
    return NO_ERR;
}

static err send_on(req *r, str path)
{
    answer_header(r->x, "Location", path);
    answer_set(r->x, 303, "text/plain; charset=utf-8", (str){0});
    return NO_ERR;
}

err web_go(req *r, str path) { return r->program ? show_result(r, path, 200) : send_on(r, path); }

err web_away(req *r, str address) { return send_on(r, address); }

err web_made(req *r, str path)
{
    if (!r->program) return send_on(r, path);
    answer_header(r->x, "Location", path);
    return show_result(r, path, 201);
}

void web_header(req *r, const char *name, str value) { answer_header(r->x, name, value); }

void web_location(req *r, str path)
{
    r->status = 201;
    answer_header(r->x, "Location", path);
}

void web_say(req *r, const char *msgid, str a, str b)
{
    if (r->program) return;
    err e = {.text = msgid, .arg = {a, b}};
    str said = err_text(r->ctx->a, e, tr(r->ctx->lang, msgid));
    while (said.n > 600) said = str_head(said, said.n - 1);
    while (said.n && !str_is_text(said))
        said = str_head(said, said.n - 1); /* not inside a character */
    web_cookie(r, "said", base64url_text(r->ctx->a, said.p, said.n), 300);
}

/* Printable ASCII that begins with one slash: no other host, no scheme, no line to break. */
str web_local(str path)
{
    bool is = path.n && path.n < 2000 && path.p[0] == '/' && (path.n == 1 || path.p[1] != '/');
    for (size i = 0; is && i < path.n; i++)
        is = path.p[i] > ' ' && path.p[i] < 127 && path.p[i] != '\\';
    return is ? path : S("/");
}

void web_cookie(req *r, const char *name, str value, int64_t max_age_s)
{
    arena *a = r->ctx->a;
    if (max_age_s >= 0 && str_eqz(S("sid"), name)) r->x->new_sid = value;
    str age = max_age_s ? str_fmt(a, "; Max-Age=%lld", (long long)(max_age_s < 0 ? 0 : max_age_s))
                        : (str){0};
    answer_header(r->x, "Set-Cookie",
                  str_fmt(a, "__Host-%s=" SF "; Path=/; Secure; HttpOnly; SameSite=Lax" SF, name,
                          SA(max_age_s < 0 ? (str){0} : value), SA(age)));
}

/* ---- files ----------------------------------------------------------------------------------- */

static const char sandbox[] = "sandbox; default-src 'none'";

/* RFC 6266: an ASCII name for the old, the true one for all others. */
static void attach(req *r, str filename)
{
    buf plain = buf_new(r->ctx->a, 64), full = buf_new(r->ctx->a, 128);
    for (size i = 0; i < filename.n; i++) {
        char c = filename.p[i];
        bool safe = c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '%' && c != '/';
        buf_byte(&plain, safe ? c : '_');
    }
    url_encode(&full, filename);
    str both[] = {buf_str(&plain), buf_str(&full)};
    answer_header(r->x, "Content-Disposition",
                  str_fmt(r->ctx->a, "attachment; filename=\"" SF "\"; filename*=UTF-8''" SF,
                          SA(both[0]), SA(both[1])));
    r->x->answer.csp = sandbox;
}

err web_bytes(req *r, str type, str filename, str bytes)
{
    if (filename.n) attach(r, filename);
    answer_set(r->x, r->status, str_z(r->ctx->a, type), bytes);
    return NO_ERR;
}

err web_inline(req *r, str type, str bytes, str csp)
{
    r->x->answer.csp = str_z(r->ctx->a, csp.n ? csp : str_of(sandbox));
    answer_set(r->x, r->status, str_z(r->ctx->a, type), bytes);
    return NO_ERR;
}

static void stream_done(void *what)
{
    stream *s = what;
    if (s->done) s->done(s->what);
}

err web_stream(req *r, str type, str filename, int64_t total,
               int64_t (*read)(void *what, int64_t at, char *to, int64_t n), void *what,
               void (*done)(void *what))
{
    exchange *x = r->x;
    if (filename.n) attach(r, filename);
    answer_set(x, r->status, str_z(r->ctx->a, type), (str){0});
    x->answer.stream = (stream){read, what, done, total};
    stream *s = new(r->ctx->a, stream);
    *s = x->answer.stream;
    arena_cleanup(r->ctx->a, stream_done, s);
    return NO_ERR;
}
