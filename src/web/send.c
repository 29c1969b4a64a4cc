/* SPDX-License-Identifier: Apache-2.0 */
/* send.c: an answer handed to libmicrohttpd, and its line in the log. */
#include <microhttpd.h>
#include <stdio.h>
#include <unistd.h>

#include "web/exchange.h"

enum { STREAM_PIECE = 64 << 10, STREAM_MEMORY = 4 << 20 };

static const char strict_csp[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

static const char exhausted_page[] =
    "请求过大，系统暂时无法处理。请缩小范围后重试。\n"
    "This request takes too much memory. Ask for less and try again.\n";
static const char exhausted_problem[] =
    "{\"type\":\"about:blank\",\"title\":\"Service Unavailable\",\"status\":503,"
    "\"detail\":\"This request takes too much memory. Ask for less and try again.\"}";

/* ---- streams: read on the event thread, each piece with a reader and memory of its own ------- */

typedef struct pull { int64_t at; char *to; size_t n; int64_t got; } pull;

static void pull_piece(exchange *x)
{
    pull *p = x->pull;
    if (reader_hold(x).kind) return;
    p->got = x->answer.stream.read(x->answer.stream.what, p->at, p->to, (int64_t)p->n);
    reader_release(x);
}

static ssize_t next_piece(void *what, uint64_t at, char *to, size_t n)
{
    exchange *x = what;
    pull p = {(int64_t)at, to, n, -1};
    arena kept = x->a;
    arena_init(&x->a, STREAM_MEMORY, exchange_exhausted, x);
    x->pull = &p;
    exchange_guard(x, pull_piece);
    arena_done(&x->a);
    x->a = kept;
    return p.got > 0    ? (ssize_t)p.got
           : p.got == 0 ? MHD_CONTENT_READER_END_OF_STREAM
                        : MHD_CONTENT_READER_END_WITH_ERROR;
}

/* ---- headers --------------------------------------------------------------------------------- */

static void put(struct MHD_Response *r, const char *name, const char *value)
{
    MHD_add_response_header(r, name, value);
}

/* Kept only where the answer is the same for everybody who is not signed in. */
static bool may_cache(const exchange *x)
{
    const answer *a = &x->answer;
    bool own_cookie = false;
    for (const header *h = a->headers; h; h = h->next)
        own_cookie |= str_eqz(S("Set-Cookie"), h->name);
    bool flagged = x->r.route && (x->r.route->flags & CACHED) && !x->session.token_hash.n;
    return a->status == 200 && !a->stream.read && !own_cookie && (a->cached || flagged);
}

static bool knows_etag(const exchange *x, const char *etag)
{
    str all = ask_header(x, "If-None-Match"), one;
    while (str_split(&all, ',', &one)) {
        one = str_trim(one);
        if (str_starts(one, S("W/"))) one = str_from(one, 2);
        if (str_eqz(one, etag) || str_eqz(one, "*")) return true;
    }
    return false;
}

static void etag_of(const exchange *x, char out[35])
{
    if (x->answer.etag.n) {
        snprintf(out, 35, "\"" SF "\"", SA(str_head(x->answer.etag, 32)));
        return;
    }
    uint8_t hash[SHA256_BYTES];
    sha256(x->answer.body, hash);
    char *to = out;
    *to++ = '"';
    for (int i = 0; i < 8; i++) to += snprintf(to, 3, "%02x", hash[i]);
    memcpy(to, "\"", 2);
}

static void put_standing(exchange *x, struct MHD_Response *r)
{
    const answer *a = &x->answer;
    put(r, "Content-Security-Policy", a->csp ? a->csp : strict_csp);
    put(r, "X-Content-Type-Options", "nosniff");
    put(r, "Referrer-Policy", "same-origin");
    put(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    put(r, "Cross-Origin-Opener-Policy", "same-origin");
    put(r, "Cross-Origin-Resource-Policy", "same-origin");
    put(r, "Vary", "Accept, Accept-Language, Authorization, Cookie");
    char id[40];
    snprintf(id, sizeof id, SF, SA(str_head(x->c.request_id, 32)));
    put(r, "X-Request-Id", id);
    if (a->close || (x->web && x->web->stopping)) put(r, "Connection", "close");
}

static struct MHD_Response *of_body(exchange *x)
{
    answer *a = &x->answer;
    if (a->fixed) {
        a->body = str_of(x->r.program ? exhausted_problem : exhausted_page);
        a->type = x->r.program ? "application/problem+json" : "text/plain; charset=utf-8";
        a->stream.read = NULL;
    }
    if (a->stream.read)
        return MHD_create_response_from_callback((uint64_t)a->stream.total, STREAM_PIECE,
                                                 next_piece, x, NULL);
    return MHD_create_response_from_buffer((size_t)a->body.n, (void *)(uintptr_t)a->body.p,
                                           MHD_RESPMEM_PERSISTENT);
}

int answer_send(exchange *x)
{
    answer *a = &x->answer;
    char etag[35] = "";
    bool cache = !a->fixed && may_cache(x);
    if (cache) etag_of(x, etag);
    if (cache && knows_etag(x, etag)) {
        a->status = 304;
        a->body = (str){0};
    }
    struct MHD_Response *r = of_body(x);
    if (!r) return MHD_NO;
    put_standing(x, r);
    if (a->type && a->status != 304) put(r, "Content-Type", a->type);
    if (a->fixed) put(r, "Retry-After", "1");
    if (cache) put(r, "ETag", etag);
    put(r, "Cache-Control",
        a->for_ever ? "public, max-age=31536000, immutable"
        : cache     ? "public, no-cache"
                    : "no-store");
    for (const header *h = a->headers; h; h = h->next) put(r, h->name, h->value);
    enum MHD_Result done = MHD_queue_response(x->con, (unsigned)a->status, r);
    MHD_destroy_response(r);
    return done;
}

/* ---- the log --------------------------------------------------------------------------------- */

/* A path as it came, but nothing in it can look like another field or another line. */
static size plain_path(str path, char *to, size most)
{
    size n = 0;
    for (size i = 0; i < path.n && n + 3 < most; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c > ' ' && c < 127 && c != '"' && c != '=') to[n++] = (char)c;
        else n += snprintf(to + n, 4, "%%%02X", c);
    }
    return n;
}

static void count(exchange *x, int64_t us)
{
    static const int64_t bounds[DURATIONS] = {1000,   5000,   10000,   50000,
                                              100000, 500000, 1000000, 5000000};
    web_figures *f = &x->web->figures;
    int i = 0;
    while (i < DURATIONS && us > bounds[i]) i++;
    atomic_fetch_add(&f->durations[i], 1);
    atomic_fetch_add(&f->duration_us, us);
    atomic_fetch_add(&f->answers[x->answer.status / 100 % 6], 1);
    atomic_fetch_add(&f->bytes_in, x->body.taken);
}

void answer_log(exchange *x)
{
    char path[256], line[512];
    int64_t us = monotonic_us() - x->begun_us;
    str whole = x->uri;
    size query = str_find(whole, S("?")); /* it may hold what is nobody's business */
    str plain = {path, plain_path(query < 0 ? whole : str_head(whole, query), path, sizeof path)};
    int n = snprintf(
        line, sizeof line,
        "method=" SF " path=" SF " status=%d us=%lld person=%lld ip=" SF " id=" SF "\n",
        SA(str_head(x->method, 10)), SA(plain), x->answer.status, (long long)us,
        (long long)x->c.who.person, SA(str_head(x->c.ip, 45)), SA(str_head(x->c.request_id, 32)));
    if (n >= (int)sizeof line) n = (int)sizeof line - 1;
    if (x->o->log) x->o->log((str){line, n - 1});
    else if (write(STDERR_FILENO, line, (size_t)n) < 0) return; /* nobody to tell */
    count(x, us);
}
