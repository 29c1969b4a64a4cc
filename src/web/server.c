/* SPDX-License-Identifier: Apache-2.0 */
/* server.c: libmicrohttpd's threads, and each of their requests through its stages.
 *
 * Head, body, answer. Reading runs on the event thread; what may wait is put aside (the connection is
 * suspended) and taken up by a worker, which wakes the connection when the answer is there. */
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "web/exchange.h"
#include "web/secret.h"

enum { CONNECTION_MEMORY = 32 << 10, CONNECTIONS_MOST = 2000, BACKLOG = 1024, STOP_SECONDS = 20 };

/* ---- a request's stages ---------------------------------------------------------------------- */

/* The address is decoded by route.c, segment by segment and strictly, not here. */
static size_t keep_escapes(void *cls, struct MHD_Connection *con, char *text)
{
    (void)cls;
    (void)con;
    return strlen(text);
}

/* The exchange stands in its own arena. */
static void *begin(void *cls, const char *uri, struct MHD_Connection *con)
{
    struct web *w = cls;
    arena a;
    arena_init(&a, REQUEST_MEMORY, NULL, NULL);
    exchange *x = new(&a, exchange);
    x->a = a;
    x->a.oom = exchange_exhausted;
    x->a.owner = x;
    x->web = w;
    x->con = con;
    x->routes = &w->routes;
    x->begun_us = monotonic_us();
    exchange_start_ctx(x, &w->o);
    x->uri = str_dup(&x->a, str_of(uri));
    x->c.request_id = secret_code(&x->a, 12);
    atomic_fetch_add(&w->under_way, 1);
    return x;
}

static void completed(void *cls, struct MHD_Connection *con, void **at,
                      enum MHD_RequestTerminationCode why)
{
    exchange *x = *at;
    (void)cls;
    (void)con;
    (void)why;
    if (!x) return;
    *at = NULL;
    struct web *w = x->web;
    if (x->method.n) answer_log(x);
    arena a = x->a; /* x goes with it */
    a.owner = NULL;
    arena_done(&a);
    atomic_fetch_sub(&w->under_way, 1);
}

static void read_head(exchange *x)
{
    ask_head(x);
    bool patch = str_eqz(x->method, "PATCH");
    web_method m = patch || str_eqz(x->method, "POST") ? POST : GET;
    bool known = m == POST || str_eqz(x->method, "GET") || str_eqz(x->method, "HEAD");
    x->r.method = x->method;
    x->r.route = route_find(x->routes, &x->a, m, x->r.path, &x->r.params, &x->allowed);
    bool fits = !patch || (x->r.route && x->r.route->flags & RAW_BODY);
    if (!known || !fits) x->r.route = NULL;
    if (!x->r.params) x->r.params = view_map(&x->a);
    body_begin(x);
}

static void refuse_now(exchange *x)
{
    answer_error(x, x->bad.kind ? x->bad : x->body.bad);
    reader_release(x);
}

/* A body far too long, or one whose end is in doubt, is not read: the answer goes at once and closes. */
static enum MHD_Result head(exchange *x, const char *method)
{
    x->method = str_dup(&x->a, str_of(method));
    x->stage = BODY;
    exchange_guard(x, read_head);
    if (x->answer.set) { /* no memory is left */
        x->stage = SENT;
        return answer_send(x);
    }
    if (!x->answer.close) return MHD_YES;
    exchange_guard(x, refuse_now);
    x->stage = SENT;
    return answer_send(x);
}

/* A store that is no folder of this machine is asked over a wire: an event thread does not wait for that. */
static bool store_is_far(const exchange *x)
{
    const struct store *s = x->o->proto.store;
    return s && !store_folder(s);
}

static bool may_wait(const exchange *x)
{
    const route *t = x->r.route;
    return x->session.stale
           || (t && (t->method == POST || (t->flags & SLOW) || list_is_file(x) || store_is_far(x)));
}

static void identify(exchange *x)
{
    err e = reader_hold(x);
    if (!e.kind) e = ask_who(x);
    if (e.kind && !x->bad.kind) x->bad = e;
    if (may_wait(x)) reader_release(x);
}

static void refuse_busy(exchange *x)
{
    err e = reader_hold(x);
    if (!e.kind) e = ask_who(x);
    x->passed = !e.kind; /* so that the form comes back with what was typed */
    answer_error(x, err_of(ERR_BUSY, "", N_("The server is busy. Try again in a moment.")));
    reader_release(x);
}

static enum MHD_Result run_now(exchange *x)
{
    exchange_run(x);
    x->stage = SENT;
    return answer_send(x);
}

static enum MHD_Result hand_over(exchange *x)
{
    x->stage = WAITING;
    MHD_suspend_connection(x->con);
    if (worker_take(x->web, x)) return MHD_YES;
    atomic_fetch_add(&x->web->figures.refused_queue, 1);
    exchange_guard(x, refuse_busy);
    x->stage = DONE;
    MHD_resume_connection(x->con);
    return MHD_YES;
}

static enum MHD_Result all_there(exchange *x)
{
    exchange_guard(x, body_end);
    bool here = x->r.route && x->r.route->method == GET && !store_is_far(x);
    if (!x->answer.set && here) exchange_guard(x, identify);
    if (x->answer.set) {
        x->stage = SENT;
        return answer_send(x);
    }
    return may_wait(x) ? hand_over(x) : run_now(x);
}

typedef struct feeding { const char *data; size_t n; bool good; } feeding;

static void feed(exchange *x)
{
    feeding *f = x->feed;
    f->good = body_feed(x, f->data, f->n);
}

static enum MHD_Result go_on(void *cls, struct MHD_Connection *con, const char *url,
                             const char *method, const char *version, const char *data, size_t *n,
                             void **at)
{
    exchange *x = *at;
    (void)cls; (void)con; (void)url; (void)version;
    switch (x->stage) {
    case HEAD: return head(x, method);
    case BODY:
        if (!*n) return all_there(x);
        feeding f = {data, *n, true};
        x->feed = &f;
        exchange_guard(x, feed);
        *n = 0;
        return f.good && !x->answer.set ? MHD_YES : MHD_NO;
    case WAITING: return MHD_YES;
    case DONE:
        x->stage = SENT;
        return answer_send(x);
    case SENT: return MHD_YES;
    }
    return MHD_NO;
}

/* ---- listening ------------------------------------------------------------------------------- */

static err cannot_listen(arena *a, const char *listen, const char *why)
{
    return err_with(ERR_FAULT, "listen", N_("The server cannot listen on {0}: {1}."),
                    str_dup(a, str_of(listen)), str_dup(a, str_of(why)), (str){0});
}

/* "127.0.0.1:8080", "[::1]:8080", "localhost:0" */
static bool cut_address(arena *a, str listen, const char **host, const char **port)
{
    size at = listen.n;
    while (at > 0 && listen.p[at - 1] != ':') at--;
    int64_t number;
    str h = at ? str_head(listen, at - 1) : (str){0}, p = str_from(listen, at);
    if (str_starts(h, S("[")) && str_ends(h, S("]"))) h = (str){h.p + 1, h.n - 2};
    if (!h.n || !str_int(p, &number) || number < 0 || number > 65535) return false;
    *host = str_z(a, h);
    *port = str_z(a, p);
    return true;
}

static int bound_socket(const struct addrinfo *at)
{
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), yes = 1;
    if (fd < 0) return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (!bind(fd, at->ai_addr, at->ai_addrlen) && !listen(fd, BACKLOG)) return fd;
    int why = errno;
    close(fd);
    errno = why;
    return -1;
}

static err listen_on(arena *a, const char *listen, int *fd, int *port)
{
    const char *host, *service;
    if (!cut_address(a, str_of(listen), &host, &service))
        return cannot_listen(a, listen, "write it as HOST:PORT");
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV},
                    *found;
    int bad = getaddrinfo(host, service, &hints, &found);
    if (bad) return cannot_listen(a, listen, gai_strerror(bad));
    *fd = bound_socket(found);
    int why = errno;
    freeaddrinfo(found);
    if (*fd < 0) return cannot_listen(a, listen, strerror(why));
    struct sockaddr_storage s;
    socklen_t n = sizeof s;
    getsockname(*fd, (struct sockaddr *)&s, &n);
    char text[16];
    getnameinfo((struct sockaddr *)&s, n, NULL, 0, text, sizeof text, NI_NUMERICSERV);
    int64_t number = 0;
    *port = str_int(str_of(text), &number) ? (int)number : 0;
    return NO_ERR;
}

/* ---- start and stop -------------------------------------------------------------------------- */

static err start_daemon(struct web *w, int fd)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    struct MHD_OptionItem more[] = {
        {MHD_OPTION_THREAD_POOL_SIZE, w->o.events, NULL}, {MHD_OPTION_END, 0, NULL}};
    if (w->o.events < 2) more[0] = more[1];
    w->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, go_on, w,
        MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MOST,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)w->o.idle_s,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, w,
        MHD_OPTION_URI_LOG_CALLBACK, begin, w,
        MHD_OPTION_NOTIFY_COMPLETED, completed, w,
        MHD_OPTION_ARRAY, more, MHD_OPTION_END);
    return w->daemon ? NO_ERR
                     : err_of(ERR_FAULT, "", N_("The server's threads cannot be started."));
}

static void fill_in(web_options *o)
{
    if (!o->file_limit) o->file_limit = 20 << 20;
    if (o->workers <= 0) o->workers = 64;
    if (o->events <= 0) o->events = 2;
    if (o->idle_s <= 0) o->idle_s = 30;
}

err web_start(arena *a, const web_options *o, struct web **out, int *port)
{
    struct web *w = new(a, struct web);
    w->o = *o;
    fill_in(&w->o);
    route_table_make(a, o->routes, o->tables, &w->routes);
    TRY(templates_compile(a, w));
    assets_list(a, w);
    int fd;
    TRY(listen_on(a, o->listen, &fd, &w->port));
    parts_start(w);
    err e = readers_start(a, w);
    if (!e.kind) e = workers_start(a, w);
    if (!e.kind && (e = start_daemon(w, fd)).kind) workers_stop(w);
    if (e.kind) {
        close(fd);
        return e;
    }
    *out = w;
    *port = w->port;
    return NO_ERR;
}

/* No more callers; those inside are answered; then the house is closed. */
void web_stop(struct web *w)
{
    int fd = MHD_quiesce_daemon(w->daemon);
    atomic_store(&w->stopping, true);
    struct timespec wait = {0, 5000000};
    for (int i = 0; atomic_load(&w->under_way) && i < STOP_SECONDS * 200; i++)
        nanosleep(&wait, NULL);
    workers_stop(w);
    MHD_stop_daemon(w->daemon);
    if (fd >= 0) close(fd);
    readers_stop(w);
    parts_stop(w);
}
