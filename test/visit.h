/* SPDX-License-Identifier: Apache-2.0 */
/* visit.h: for tests that come over the wire as browsers do: a world's server on a free port, and browsers with cookies of their own. */
#ifndef VISIT_H
#define VISIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "format/url.h"
#include "main/watch.h"
#include "room/account/account.h"
#include "room/signin/signin.h"
#include "world.h"

static world *visit_world;
static struct web *visit_web;
static int visit_port;

static inline int64_t visit_now(void) { return visit_world->now; }

static inline void visit_log(str line) { (void)line; }

/* Opens the world's rooms to the wire; its clock is the world's, which stands still unless the test moves it. */
static inline void visit_open(world *w)
{
    visit_world = w;
    web_options o = w->web;
    o.listen = "127.0.0.1:0";
    o.hooks.identify = signin_identify;
    o.hooks.touch = account_touch;
    o.hooks.refused = watch_refused;
    o.proto = (ctx){.zone = w->h.zone, .days = w->h.days, .store = w->h.store, .flows = w->h.flows, .house = &w->h,
                    .hashing = &w->h.hashing, .makers = &w->h.makers, .vault = &w->h.vault};
    o.now = visit_now, o.today = house_today, o.log = visit_log, o.workers = 8, o.events = 2, o.tmp = w->place.folder, o.idle_s = 5;
    assert_int_equal(web_start(&w->h.a, &o, &visit_web, &visit_port).kind, OK);
}

static inline void visit_close(void) { web_stop(visit_web); }

/* ---- a browser ----------------------------------------------------------------------------------------------- */

typedef struct browser { arena *a; char cookie[6][4200]; const char *headers; } browser; /* "__Host-sid=…"; headers: sent with each request */
typedef struct answer_seen { int status; str head, body; } answer_seen;

static inline str visit_between(str s, const char *before, const char *after)
{
    size at = str_find(s, str_of(before));
    if (at < 0) return (str){0};
    s = str_from(s, at + str_of(before).n);
    at = str_find(s, str_of(after));
    return at < 0 ? (str){0} : str_head(s, at);
}

static inline void keep_cookie(browser *b, str set)
{
    size name = str_find(set, S("=")) + 1, end = str_find(set, S(";"));
    int at = 0;
    while (b->cookie[at][0] && strncmp(b->cookie[at], set.p, (size_t)name)) assert_true(++at < countof(b->cookie));
    assert_true(end > 0 && end < (size)sizeof b->cookie[0]);
    snprintf(b->cookie[at], sizeof b->cookie[at], SF, (int)end, set.p);
}

static inline int visit_connect(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)visit_port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof to));
    return fd;
}

static inline str visit_wire(arena *a, str bytes)
{
    int fd = visit_connect();
    while (bytes.n > 0) {
        ssize_t n = send(fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL);
        if (n <= 0) break; /* it answers before it has read everything */
        bytes = str_from(bytes, n);
    }
    buf b = buf_new(a, 32 << 10);
    struct pollfd p = {fd, POLLIN, 0};
    while (poll(&p, 1, 30000) > 0) {
        ssize_t n = recv(fd, buf_room(&b, 64 << 10), 64 << 10, 0);
        if (n <= 0) break;
        b.n += n;
    }
    close(fd);
    return buf_str(&b);
}

static inline answer_seen visit_ask(browser *b, const char *method, const char *path, const char *type, str body)
{
    arena *a = b->a;
    buf q = buf_new(a, 1024 + body.n);
    buf_fmt(&q, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s", method, path, visit_port, b->headers ? b->headers : "");
    if (!b->headers || !strstr(b->headers, "Accept:")) buf_putz(&q, "Accept: text/html\r\nSec-Fetch-Site: same-origin\r\n");
    for (int i = 0; i < countof(b->cookie) && b->cookie[i][0]; i++) buf_fmt(&q, "%s%s", i ? "; " : "Cookie: ", b->cookie[i]);
    if (b->cookie[0][0]) buf_putz(&q, "\r\n");
    if (type) buf_fmt(&q, "Content-Type: %s\r\nContent-Length: %td\r\n", type, body.n);
    buf_putz(&q, "\r\n");
    buf_put(&q, body);
    str all = visit_wire(a, buf_str(&q));
    size end = str_find(all, S("\r\n\r\n"));
    int64_t status = 0;
    answer_seen s = {.head = str_head(all, end < 0 ? all.n : end + 2), .body = end < 0 ? (str){0} : str_from(all, end + 4)};
    if (all.n > 12) str_int(str_head(str_from(all, 9), 3), &status);
    s.status = (int)status;
    str rest = s.head, line;
    while (str_split(&rest, '\n', &line))
        if (str_starts(line, S("Set-Cookie: "))) keep_cookie(b, str_from(line, 12));
    return s;
}

static inline answer_seen visit_get(browser *b, const char *path) { return visit_ask(b, "GET", path, NULL, (str){0}); }

static inline str visit_header(answer_seen s, const char *name)
{
    char mark[80];
    snprintf(mark, sizeof mark, "\r\n%s: ", name);
    return visit_between(s.head, mark, "\r\n");
}

/* The key of the page's first form whose address is `action`. */
static inline str visit_csrf(answer_seen page)
{
    return visit_between(page.body, "name=\"csrf\" value=\"", "\"");
}

/* "name=value" pairs with the key of the form on `page`; a % in them is the sender's. */
static inline answer_seen visit_post(browser *b, const char *page, const char *path, const char *fields)
{
    answer_seen form = visit_get(b, page);
    str body = str_fmt(b->a, "csrf=" SF "&%s", SA(visit_csrf(form)), fields);
    return visit_ask(b, "POST", path, "application/x-www-form-urlencoded", body);
}

static inline void visit_status(answer_seen s, int want, const char *what)
{
    if (s.status != want) fail_msg("%s: %d, not %d: " SF, what, s.status, want, SA(str_head(visit_between(s.body, "<main", "</main>"), 3000)));
}

/* A session of that person without the page: what sign-in would have given. */
static inline void visit_as(browser *b, const char *login)
{
    ctx *c = world_as(visit_world, NULL);
    person p;
    str token;
    assert_int_equal(account_of_login(c, str_of(login), &p).kind, OK);
    assert_int_equal(account_open_session(c, p.id, 0, &token).kind, OK);
    memset(b->cookie, 0, sizeof b->cookie);
    keep_cookie(b, str_fmt(c->a, "__Host-sid=" SF "; ", SA(token)));
}

#endif
