/* SPDX-License-Identifier: Apache-2.0 */
/* web.h: HTTP in, one view out: routes, sessions, forms, uploads, pages.
 *
 * A route is a row of a table: who may, what it does in a sentence, which form it takes. Its handler
 * reads or acts and fills one view; web_page writes that view as HTML, JSON, CSV or XLSX, by what was
 * asked. GET handlers run on the event threads and only read; all others (and GET with SLOW) run on
 * workers, because an act waits for its commit.
 */
#ifndef WEB_H
#define WEB_H

#include "base/base.h"
#include "store/store.h"

typedef struct req req;

typedef enum { GET, POST } web_method;
enum {
    SLOW = 1,        /* GET that waits (a PDF, a hash): on a worker */
    RAW_BODY = 2,    /* POST whose body is a file by itself, or a piece of one: then PATCH comes to it as well */
    CACHED = 8,      /* public page: ETag instead of no-store */
    OFF_MAP = 32,    /* GET that is no page to look at: not in the site map */
    ENROLS = 16,     /* open to somebody whose role needs a second factor that is not there yet */
};

/* who: a mask of WHO(role); ANYONE for pages without login; SIGNED_IN for every person. */
#define ANYONE (1u << 31)
#define SIGNED_IN (((1u << ROLES) - 1) & ~WHO(ROLE_PUBLIC))
#define OFFICERS (WHO(ROLE_ALLIANCE) | WHO(ROLE_BUREAU) | WHO(ROLE_COMMITTEE) | WHO(ROLE_FINANCE) | WHO(ROLE_AUDITOR))
#define PARTY (WHO(ROLE_AGENCY) | WHO(ROLE_ENTERPRISE) | OFFICERS)

/* route.counter, beside the scopes: any mandate that is valid today; also one that no longer is: how a clerk leaves off. */
#define COUNTER_ANY "any"
#define COUNTER_LEAVE "leave"

typedef struct route {
    web_method method;
    const char *path;          /* "/applications/{id}/moves"; {name} is one segment; literal beats {name} */
    uint32_t who;
    err (*run)(req *r);
    const char *says;          /* N_("Read one application"): site map, OpenAPI, permission matrix */
    const shape *form;         /* what it takes; NULL: nothing */
    const char *back;          /* POST: the GET page shown again, with everything typed and each error at
                                * its field, when the form is wrong (422) or stale (409). "/applications/{id}/edit" */
    unsigned flags;
    const char *counter;       /* at the counter: the scopes of which a clerk's mandate needs one ("application outcome"), or one of
                                * COUNTER_…; NULL: not done there (a page for ANYONE may be read) */
    uint32_t again;            /* roles that prove themselves by password within 15 minutes before: who moves money */
} route;                       /* a table ends with {0} */

struct req {
    ctx *ctx;
    const route *route;
    str method, path, query;
    view *params;              /* {name} parts of the path */
    view *args;                /* the query */
    view *typed;               /* what the form held, as text, for showing it again; NULL on a first visit */
    bool program;              /* wants JSON */
    int status;                /* of the answer; 200 unless set */
    struct exchange *x;        /* the connection's side, private to the web floor */
};

/* Who is at the other end, as hooks.identify found it. */
typedef struct {
    str token_hash;            /* of the session or API token; empty: nobody signed in */
    str csrf;                  /* per session */
    int64_t signed_in_at;      /* last proof by password, for route.again */
    bool by_token;             /* API token: no CSRF */
    bool stale;                /* its last use should be written: hooks.touch, on a worker, then the request */
    int64_t awaits;            /* the person whose password was right and whose code has not come: until then ctx->who is nobody */
    bool must_enrol;           /* the role needs a second factor and the person has none: only routes with ENROLS */
} web_session;

/* ---- asking ---------------------------------------------------------------------------------- */

int64_t req_id(const req *r);                       /* {id} of the path; not a number: the route does not match */
str req_part(const req *r, const char *name);       /* another {name} */
str req_arg(const req *r, const char *name);        /* of the query; empty if absent */
int64_t req_arg_int(const req *r, const char *name, int64_t otherwise); /* absent: otherwise */
str req_cookie(const req *r, const char *name);     /* empty if absent */
str req_header(const req *r, const char *name);     /* of the head; empty if absent */
str req_bytes(const req *r);                        /* the body of a RAW_BODY route without a file field: at most 1 MB */
const web_session *req_session(const req *r);       /* whose request it is; token_hash empty: nobody's */
MUST_CHECK err req_by_person(const req *r);         /* a session's, not a token's: who acts for another is there himself */
MUST_CHECK err req_after(const req *r, int64_t *keys, int n); /* ?after=a.b; absent: zeros */
MUST_CHECK err req_before(const req *r, int64_t *id);         /* the same of a list from the newest down; absent: beyond them all */

/* The form, checked and typed, into a struct of the shape. Fields without a label are still read.
 * Every wrong field is noted in ctx->errors; returns their ERR_INPUT. JSON, urlencoded and multipart
 * alike. `version` and `once` travel as hidden fields (once → ctx->once); a `version` that was not
 * sent is -1 (programs need not send it). A file field streams to the document hook and yields its
 * document id; NAME_kept carries the id of a file sent before; in JSON the field itself is the id of
 * a document. Any such id comes from outside: the room asks document_own.
 *
 * F_LIST, in JSON: an array of objects, or of plain values for the item's first field. In a form,
 * either `NAME.0.member=…`, `NAME.1.member=…`, or the repeated `NAME=KEY` with `member_KEY=…`: the key
 * is the item's first field, so `return=7&note_7=…` gives {id: 7, note: …}. An error inside an item
 * stands at the field as it was sent ("note_7", "NAME.0.member").
 *
 * Texts are trimmed and hold no control characters; a name sent twice is 400 unless route.form says it
 * is a list. Yuan in a form ("12345.5"), fen as an integer in JSON. */
MUST_CHECK err form_read(req *r, const shape *sh, void *out);

/* A form for the page, under `name` in the view: action, csrf, once, fields with their values (what was
 * typed wins over `values`), options, errors. `values` NULL: empty. Only fields with a label show, and
 * F_HIDDEN ones travel hidden. Template: {{#form}}{{> web/form}}{{/form}}. */
void form_show(req *r, view *into, const char *name, const shape *sh, const void *values, str action,
               const char *submit);
/* The key of a form that is written by hand, for somebody signed in or nobody; for nobody it sets a cookie. */
str form_key(req *r);
/* Choices that come from the store: replaces the options of a shown form's field. */
void form_options(view *form, const char *field, const view *list_of_code_label);

/* What the templates find.
 *
 * web/form: id, action, csrf, once (hidden fields of the same names), submit, multipart (bool),
 * hidden: [{name, value}], fields: [{name, id, label, hint, error, value, required, checked, maxlength,
 * autocomplete, described_by ("ID-hint ID-error": ids that the template gives them), kind and a bool of
 * it (is_text is_number is_money is_day is_lines is_checkbox is_select is_radio is_secret is_file),
 * options: [{code, label, selected, id}], kept: {field, document, file, kb}: a file sent before: its
 * hidden field, that field's value, its name}].
 *
 * web/layout, beside the page's own view, which it shows by {{> page}}: lang, is_zh, other_lang,
 * other_lang_href, path, pager_query ("state=x&": the filters in the address), theme, themes: [{code, label, href, current}], signing_in (the page
 * stands in place of what was asked), page_title, me: {name, org, role} of somebody signed in,
 * said (of web_say), asset: {app_css: "/assets/app.css?v=…", …: file names with _ for all but letters
 * and digits}, problem: {sentence, errors: [{reason, href}]} when a form is shown again, and what
 * hooks.globals adds. A form written by hand finds csrf and once, what was typed as {{typed.NAME}} and
 * what was wrong as {{wrong.NAME}}; the summary of errors leads to its fields by id "f-NAME".
 *
 * web/error: title, status, sentence, error_id. web/resume: title, says (of the route), shown: [{label,
 * value}], form: {action, csrf, submit, hidden}. web/sitemap: items: [{href, says}]. */

/* ---- answering ------------------------------------------------------------------------------- */

/* The view as HTML by the template ("subsidy/application" is src/room/subsidy/application.html; "web/error"
 * src/web/error.html), inside web/layout.html; as JSON the view itself; as CSV or XLSX its list "items", whole, with
 * the words of list_words.c over its columns ({{> web/files}} has the two links).
 * The view's "title" (translated text) names the page. Lists: "items" and "next" (the after-token). */
MUST_CHECK err web_page(req *r, const char *template, view *v);
void web_title(req *r, view *v, const char *msgid, str arg);
void web_crumb(req *r, view *v, str href, str label);

/* After an act: a person is sent on with 303; a program gets 200 with the JSON of that address. */
MUST_CHECK err web_go(req *r, str path);
/* To another site, whose address comes from the configuration, never from a person. */
MUST_CHECK err web_away(req *r, str address);
/* After making something: 303, or 201 with Location and the JSON of it. */
MUST_CHECK err web_made(req *r, str path);
/* For an answer that has a page of its own: 201, and where the thing made is. */
void web_location(req *r, str path);
void web_header(req *r, const char *name, str value);
/* A sentence shown on the page that web_go leads to ("37 applications passed."). */
void web_say(req *r, const char *msgid, str a, str b);
/* The list's "next": the after-token of the last row's keys, which req_after reads back. */
void web_next(view *v, const int64_t *keys, int n);
/* A list read with LIMIT page+1: cuts "items" to `page` and, if there was more, puts "next" from the
 * last row left: the named columns joined by dots ("due_day.id"). */
void web_cut(view *v, int page, const char *columns);
/* One more of the list's filters, as the address has it (web/filters); without options it is typed. */
view *web_filter(req *r, view *v, const char *name, const char *label);
void web_filter_option(view *filter, str code, str label);
void web_filter_choices(req *r, view *v, const char *name, const char *label, const struct choice *all);
/* `path` if it is a place on this site, else "/": for ?next= and the like. */
str web_local(str path);
/* The forms of this answer are of the session whose cookie "sid" it sets. */
MUST_CHECK err web_known_now(req *r);
/* After a sign-in that interrupted a POST: the page that shows what was about to be sent to `then`,
 * to be sent again by a person's click. `kept` is the login form's hidden field of that name. */
MUST_CHECK err web_resume(req *r, str then, str kept);

/* A part of a page that is the same for everybody who may see it: made once for each state of the store,
 * and kept for the next who asks. `key` names whatever it hangs on besides the address, the language, the
 * day and the store: whose rows, which filters; empty: it is not shared. `fill` puts what it shows into
 * the view: in JSON and CSV, and where it is not shared, into `v` itself; else `template` renders it, to
 * which nothing of the reader is known (no csrf, no me), and the page finds it as {{{part}}}. */
MUST_CHECK err web_part(req *r, view *v, str key, const char *template, err (*fill)(req *r, view *v, const void *of), const void *of);
/* A template by itself, without the layout: a feed, a page to be pasted elsewhere. In the reader's language; the template escapes. */
MUST_CHECK err web_render(req *r, const char *template, const view *v, str *out);
/* A paper's description into a page: heading, issuer, addressee, blocks; shown by {{> web/paper}}. */
void web_paper(ctx *c, const view *words, view *v);
/* Where this site stands for whoever asked: "http://host:port", from the request's Host; empty without a socket. */
str web_origin(const req *r);

/* `bytes` must live as long as the request's arena. An attachment when filename is not empty. */
MUST_CHECK err web_bytes(req *r, str type, str filename, str bytes);
MUST_CHECK err web_inline(req *r, str type, str bytes, str csp);     /* SVG, HTML for pasting, XML */
/* Large things: `read` is called until it gives 0 (-1: broken off); offsets grow; total known. It runs on an
 * event thread; during the call ctx->db is a reader and ctx->a an arena for this call only. `done` runs once,
 * also when nothing was read. */
MUST_CHECK err web_stream(req *r, str type, str filename, int64_t total,
                          int64_t (*read)(void *what, int64_t at, char *to, int64_t n), void *what,
                          void (*done)(void *what));
/* __Host-NAME, Secure, HttpOnly, SameSite=Lax. max_age_s 0: until the browser closes; under 0: taken away.
 * The session's token travels in "sid", the language in "lang". Names here and in req_cookie without "__Host-". */
void web_cookie(req *r, const char *name, str value, int64_t max_age_s);

/* ---- what rooms and main hang in ------------------------------------------------------------- */

typedef struct {
    /* Fills ctx->who, ctx->lang (the person's own, unless chosen by cookie) from a cookie or a bearer token. */
    err (*identify)(ctx *c, str cookie, str bearer, web_session *out);
    /* Writes a stale session's last use; on a worker, before the handler. */
    err (*touch)(ctx *c, const web_session *s);
    /* May a clerk who acts under ctx->who.mandate do what needs one of these scopes? A sentence if not. */
    err (*counter)(ctx *c, str scopes);
    /* Somebody was told 403 at this address; may not wait. */
    void (*refused)(const ctx *c, str path);
    /* What every page shows: nav, counts, posts, demo bar; called for HTML only. */
    err (*globals)(req *r, view *v);
    /* A streamed file: fd at its start, already hashed; gives the document id or a reason at its field. */
    err (*take_file)(ctx *c, str name, str type, int fd, int64_t bytes, const uint8_t sha256[32], int64_t *id);
    /* What is known of a file sent before, for showing a form again. */
    err (*file_name)(ctx *c, int64_t id, str *name, int64_t *bytes);
} web_hooks;

typedef struct {
    const char *listen;        /* "127.0.0.1:8080"; port 0: any */
    const route *const *routes; int tables;
    web_hooks hooks;
    ctx proto;                 /* store, flows, house, days: what each request's ctx begins with */
    int64_t (*now)(void);      /* main's clock, µs UTC */
    int64_t (*today)(void);    /* business day */
    int64_t file_limit;        /* bytes of one file; 0: 20 MB */
    int workers, events;       /* threads; 0: 64 and 2 */
    const char *tmp;           /* folder for uploads under way, on the disk of the data; NULL: /tmp */
    int idle_s;                /* a connection silent that long is closed; 0: 30 */
    void (*log)(str line);     /* where the line of each request goes; NULL: standard error */
} web_options;

struct web;
MUST_CHECK err web_start(arena *a, const web_options *o, struct web **out, int *port);
void web_stop(struct web *w);  /* answers what is under way */
/* Prometheus text of the floor's own figures. */
void web_metrics(struct web *w, buf *out);
/* OpenAPI 3.1 from the route tables. */
void web_openapi(arena *a, const route *const *routes, int tables, view *into);
/* The floor's own routes: /healthz, /metrics, /api/openapi.json, /assets/{name}, /sitemap. */
extern const route web_routes[];

/* Runs a route without a socket (tests, commands): JSON in, status and view out; as c->who, whose role is
 * checked. c->db is the caller's reader. A refusal gives the problem document. */
int web_call(ctx *c, const web_options *o, web_method m, str path, const view *body, view **out);

#endif
