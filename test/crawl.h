/* SPDX-License-Identifier: Apache-2.0 */
/* crawl.h: for tests over the wire: every address and every form that a person finds by following links, and what every answer carries. */
#ifndef CRAWL_H
#define CRAWL_H

#include "visit.h"

enum { CRAWL_MOST = 700, CRAWL_PER_ROUTE = 6, CRAWL_PAPERS = 1 }; /* a paper takes a child of its own */
typedef struct found { const route *r; str path; int status; str body; } found;
typedef struct crawl { arena a; browser b; const char *login; found at[CRAWL_MOST]; int n; } crawl;

/* ---- what every answer carries ------------------------------------------------------------------------------- */

static int crawl_answers;

static inline void carries_all(answer_seen s, const char *path)
{
    static const struct { const char *name, *holds; } all[] = {
        {"Content-Security-Policy", "default-src 'none'"}, {"X-Content-Type-Options", "nosniff"}, {"Referrer-Policy", "same-origin"},
        {"Strict-Transport-Security", "max-age="}, {"Cross-Origin-Resource-Policy", "same-origin"}, {"X-Request-Id", ""},
    };
    for (int i = 0; i < countof(all); i++)
        if (str_find(visit_header(s, all[i].name), str_of(all[i].holds)) < 0 || !visit_header(s, all[i].name).n)
            fail_msg("%s (%d) has no good %s: " SF, path, s.status, all[i].name, SA(visit_header(s, all[i].name)));
    str csp = visit_header(s, "Content-Security-Policy"), type = visit_header(s, "Content-Type");
    if (str_find(csp, S("unsafe-inline")) >= 0 || str_find(csp, S("unsafe-eval")) >= 0 || str_find(csp, S("*")) >= 0) fail_msg("%s: " SF, path, SA(csp));
    if (str_starts(type, S("text/")) && str_find(type, S("charset=utf-8")) < 0) fail_msg("%s: " SF, path, SA(type));
    if (str_find(csp, S("sandbox")) < 0 && str_find(csp, S("frame-ancestors 'none'")) < 0) fail_msg("%s may be framed: " SF, path, SA(csp));
    static const char *const never[] = {"Server", "X-Powered-By", "Access-Control-Allow-Origin"};
    for (int i = 0; i < countof(never); i++)
        if (visit_header(s, never[i]).n) fail_msg("%s says %s", path, never[i]);
    crawl_answers++;
}

static inline answer_seen crawl_ask(browser *b, const char *method, const char *path, const char *type, str body)
{
    answer_seen s = visit_ask(b, method, path, type, body);
    carries_all(s, path);
    return s;
}

/* ---- which route answers --------------------------------------------------------------------------------------- */

static inline int literal_parts(const char *pattern, str path)
{
    str p = str_of(pattern), one, other;
    int literal = 1;
    while (str_split(&p, '/', &one)) {
        if (!str_split(&path, '/', &other)) return 0;
        int64_t id;
        if (!str_starts(one, S("{"))) {
            if (!str_eq(one, other)) return 0;
            literal++;
        } else if (!other.n || (str_eqz(one, "{id}") && !str_int(other, &id))) {
            return 0;
        }
    }
    return path.n ? 0 : literal;
}

static inline const route *crawl_route(web_method m, str path)
{
    const route *best = NULL;
    int most = 0;
    for (int t = 0; t < visit_world->web.tables; t++)
        for (const route *r = visit_world->web.routes[t]; r->path; r++) {
            int parts = r->method == m ? literal_parts(r->path, path) : 0;
            if (parts > most) best = r, most = parts;
        }
    return best;
}

/* ---- following links --------------------------------------------------------------------------------------------- */

static inline void crawl_add(crawl *c, str path)
{
    size end = str_find(path, S("?"));
    if (end >= 0) path = str_head(path, end);
    end = str_find(path, S("#"));
    if (end >= 0) path = str_head(path, end);
    const route *r = crawl_route(GET, path);
    int same = 0;
    if (!r || c->n == CRAWL_MOST || str_starts(path, S("/assets"))) return;
    for (int i = 0; i < c->n; i++) {
        if (str_eq(c->at[i].path, path)) return;
        same += c->at[i].r == r;
    }
    if (same < (str_ends(path, S("pdf")) ? CRAWL_PAPERS : CRAWL_PER_ROUTE)) c->at[c->n++] = (found){r, str_dup(&c->a, path), 0, {0}};
}

static inline void crawl_links(crawl *c, str body)
{
    for (size at; (at = str_find(body, S("href=\"/"))) >= 0;) {
        body = str_from(body, at + 6);
        crawl_add(c, str_head(body, str_find(body, S("\""))));
    }
}

/* Everything that this person comes to from the first page. */
static inline void crawl_all(crawl *c, const char *login)
{
    arena_done(&c->a); /* of the last time */
    memset(c, 0, sizeof *c);
    arena_init(&c->a, (size)256 << 20, NULL, NULL);
    c->login = login;
    c->b = (browser){.a = &c->a};
    if (login) visit_as(&c->b, login);
    static const char *const first[] = {"/", "/desk", "/account", "/messages", "/sitemap", "/organisation"};
    for (int i = 0; i < countof(first); i++) crawl_add(c, str_of(first[i]));
    for (int t = 0; t < visit_world->web.tables; t++)
        for (const route *r = visit_world->web.routes[t]; r->path; r++)
            if (r->method == GET && !strchr(r->path, '{')) crawl_add(c, str_of(r->path));
    for (int i = 0; i < c->n; i++) {
        arena scratch;
        arena_init(&scratch, (size)256 << 20, NULL, NULL);
        c->b.a = &scratch;
        answer_seen s = crawl_ask(&c->b, "GET", str_z(&scratch, c->at[i].path), NULL, (str){0});
        c->at[i].status = s.status;
        if (s.status >= 500) fail_msg("%s gets %d at " SF, login ? login : "nobody", s.status, SA(c->at[i].path));
        if (str_find(visit_header(s, "Content-Type"), S("text/html")) >= 0) crawl_links(c, c->at[i].body = str_dup(&c->a, s.body));
        arena_done(&scratch);
    }
    c->b.a = &c->a;
}

static inline const found *crawl_knows(const crawl *c, str path)
{
    for (int i = 0; i < c->n; i++)
        if (str_eq(c->at[i].path, path) && c->at[i].status == 200) return &c->at[i];
    return NULL;
}

#endif
