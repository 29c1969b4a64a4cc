/* SPDX-License-Identifier: Apache-2.0 */
/* exchange.h: one request on its way through the floor, and the server behind it; private here. */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include <pthread.h>
#include <setjmp.h>
#include <stdatomic.h>

#include "format/csv.h"
#include "format/hash.h"
#include "format/mustache.h"
#include "web/web.h"

enum {
    REQUEST_MEMORY = 32 << 20,   /* an exchange's arena */
    LIST_MEMORY = 256 << 20,     /* of one that writes a whole list out */
    TEXT_MAX = 1 << 20,          /* bytes of JSON or a form; of all texts of a multipart form */
    BODY_FILES = 5,              /* a body may be as long as so many files; more is cut off */
    ROUTE_SEGS = 8,             /* segments of a path */
    AGAIN_MINUTES = 15,
    BUSY_SECONDS = 1,            /* Retry-After of a 503 */
};

typedef enum { AS_HTML, AS_JSON, AS_CSV, AS_XLSX } web_format;

#define XLSX_TYPE "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

typedef struct header { struct header *next; const char *name, *value; } header;

/* A file that came with the body: an unlinked file on disk, hashed while it streamed. */
typedef struct upload {
    struct upload *next;
    str field, name, type;
    int fd;                      /* -1: nothing was kept */
    int64_t bytes;
    sha256_run *run;
    int64_t id;                  /* of the document that it became; 0: not yet */
    err wrong;                   /* too large, no room: stands at its field */
    uint8_t sha[SHA256_BYTES];
} upload;

/* One text field of a multipart body, in the pieces in which it came. */
typedef struct piece { struct piece *next; str s; } piece;
typedef struct body_part { struct body_part *next; str name; piece *first, *last; size n; } body_part;

typedef enum { BODY_NONE, BODY_FORM, BODY_MULTIPART, BODY_JSON, BODY_RAW, BODY_OTHER } body_kind;
typedef struct request_body {
    body_kind kind;
    int64_t taken;               /* bytes that came */
    int64_t text;                /* of them kept as text */
    buf whole;                   /* BODY_FORM, BODY_JSON */
    struct MHD_PostProcessor *pp;
    body_part *parts, *last_part;
    int part_n, file_n;
    upload *uploads, *last_upload;
    bool drop_files;             /* he may not send any: the bytes are passed over */
    bool in_file;                /* multipart: which of the two is coming in */
    err bad;                     /* the first thing wrong with the body as a whole */
    view *fields;                /* when all is there: names with texts or lists of them; the JSON */
} request_body;

typedef struct stream {
    int64_t (*read)(void *what, int64_t at, char *to, int64_t n);
    void *what;
    void (*done)(void *what);
    int64_t total;
} stream;

typedef struct answer {
    bool set, fixed;             /* fixed: no memory is left; a constant 503 is sent */
    int status;
    const char *type, *csp;
    str body;
    stream stream;               /* .read: instead of the body */
    header *headers;
    bool cached;                 /* may be kept and asked for again by its ETag */
    bool for_ever;               /* never changes: an asset with its version in the address */
    str etag;
    bool close;                  /* the connection ends with it */
} answer;

typedef struct exchange exchange;
struct exchange {
    arena a;                     /* c.a points here, but in web_call */
    jmp_buf jump;
    bool guarded;                /* the boundary of this arena stands */
    struct web *web;             /* NULL in web_call */
    const web_options *o;
    const struct route_table *routes;
    struct MHD_Connection *con;  /* NULL in web_call */
    exchange *next;              /* in the queue of the workers */
    enum { HEAD, BODY, WAITING, DONE, SENT } stage;

    str uri, method;
    int64_t begun_us;            /* monotonic */
    web_format format;
    bool cross_site, from_browser, lang_chosen, identified;
    bool passed;                 /* the gate: what is refused after it was refused by the room */
    bool csrf_wrong, too_large, broken_reader;
    unsigned allowed;            /* methods that the path takes, 1 << web_method */
    err bad;                     /* of the head: refuses the request once its body has passed */
    web_session session;
    str new_sid;                 /* a session that began in this request */
    str pre_session;             /* the cookie "form" of somebody not signed in */
    request_body body;

    int64_t store_state;         /* of the snapshot held, or an earlier one; 0: none */
    ctx c;
    req r;                       /* as asked; an internal GET has its own */
    int depth;                   /* internal GETs inside each other */
    err shown;                   /* why a form is being shown again */
    view *view;                  /* web_call: what was answered */
    view **list_page;            /* a list is being put together: here its next page goes */
    struct feeding *feed;        /* the piece of the body coming in */
    struct pull *pull;           /* the piece of a stream being read */
    bool signing_in;             /* the sign-in page is shown in place of what was asked */
    struct shown_field *fields;  /* of the forms on the page, for the summary of errors */
    struct answer answer;
};

/* ---- the server ------------------------------------------------------------------------------ */

typedef struct {
    const route *r;
    str seg[ROUTE_SEGS];
    int n;
} route_row;
typedef struct route_table { route_row *rows; int n; } route_table;

typedef struct { str name; const template *t; } template_row;
typedef struct { template_row *rows; int n; } template_table;

typedef struct { str name; str bytes; const char *type; str etag, version; } asset;

enum { DURATIONS = 8 };
typedef struct {
    _Atomic int64_t answers[6];           /* by the first digit of the status */
    _Atomic int64_t durations[DURATIONS + 1], duration_us;
    _Atomic int64_t bytes_in, refused_queue;
} web_figures;

typedef struct {
    pthread_mutex_t lock;
    pthread_cond_t work;
    exchange *first, *last;
    int queued, idle, running, most, limit;
    pthread_t *threads;
    bool stopping;
} worker_pool;

typedef struct {
    pthread_mutex_t lock;
    struct store_conn **idle;
    int n, most;
} reader_pool;

/* Parts of pages, each for a state of the store that it shows. */
enum { PARTS_KEPT = 64 };
typedef struct { arena a; int64_t state; str key, html; } kept_part;
typedef struct {
    pthread_mutex_t lock;
    kept_part at[PARTS_KEPT];
} kept_parts;

struct web {
    web_options o;
    struct MHD_Daemon *daemon;
    int port;
    route_table routes;
    template_table templates;
    asset *assets; int asset_n;
    view *asset_versions;                 /* file name → address with its version, for the layout */
    worker_pool workers;
    reader_pool readers;
    kept_parts parts;
    web_figures figures;
    _Atomic int under_way;
    _Atomic bool stopping;
};

/* worker.c */
MUST_CHECK err workers_start(arena *a, struct web *w);
bool worker_take(struct web *w, exchange *x);      /* false: the queue is full */
void workers_stop(struct web *w);                  /* finishes what is queued */
int worker_queue(struct web *w);
MUST_CHECK err readers_start(arena *a, struct web *w);
void readers_stop(struct web *w);
MUST_CHECK err reader_hold(exchange *x);           /* gives ctx a connection and its snapshot */
void reader_release(exchange *x);
MUST_CHECK err reader_renew(exchange *x);          /* a snapshot that sees what was just committed */

/* route.c */
void route_table_make(arena *a, const route *const *tables, int n, route_table *out);
/* NULL: none; *allowed then has the methods that the path takes, 0 where there is no such path. */
const route *route_find(const route_table *t, arena *a, web_method m, str path, view **params,
                        unsigned *allowed);
str route_fill(arena *a, const char *pattern, const view *params); /* {name} from the params */

/* ask.c: what the head says */
str ask_header(const exchange *x, const char *name);
void ask_head(exchange *x);
MUST_CHECK err ask_who(exchange *x);               /* once; before it ctx is nobody's */
MUST_CHECK err ask_who_now(exchange *x);           /* after a sign-in: for the new session's forms */

/* gate.c: may he? */
bool gate_role(const exchange *x, const route *t);
MUST_CHECK err gate_check(exchange *x);
MUST_CHECK err gate_counter(exchange *x, const route *t);
str gate_csrf(exchange *x);                        /* what a form must bring back */

/* body.c */
void body_begin(exchange *x);
bool body_feed(exchange *x, const char *data, size_t n); /* false: cut the connection */
void body_end(exchange *x);

/* run.c */
void exchange_guard(exchange *x, void (*run)(exchange *));
void exchange_run(exchange *x);                    /* from identity to the answer, on this thread */
MUST_CHECK err exchange_visit(req *r, str address, const view *typed, int status);
void exchange_exhausted(arena *a);
void exchange_start_ctx(exchange *x, const web_options *o);

/* answer.c */
int answer_status(err_kind k);
const char *answer_phrase(int status);
void answer_header(exchange *x, const char *name, str value);
void answer_error(exchange *x, err e);             /* by who asks: problem document or page */
void answer_set(exchange *x, int status, const char *type, str body);
view *answer_problem(exchange *x, err e, int status);
bool answer_is_secret(const exchange *x, str name); /* a field that is never shown again */
/* send.c */
int answer_send(exchange *x);                      /* enum MHD_Result */
void answer_log(exchange *x);

/* page.c */
typedef struct shown_field { struct shown_field *next; str name, id; } shown_field;
MUST_CHECK err templates_compile(arena *a, struct web *w);
const template *template_find(const template_table *t, str name);
str page_filters(const req *r);                    /* "state=x&": those of the address */
/* A template by itself, with what is nobody's own: language, address, assets. */
MUST_CHECK err page_part(req *r, const char *name, const view *v, str *out);
MUST_CHECK err page_error(exchange *x, err e, int status);

/* list_file.c: a list as a file */
bool list_is_file(const exchange *x);              /* CSV or XLSX was asked for */
MUST_CHECK err list_file(req *r, view *v);
int list_words(arena *a, lang l, const view *rows, csv_column **out); /* list_words.c: the columns of a file, in words */

/* part.c */
void parts_start(struct web *w);
void parts_stop(struct web *w);

/* static.c */
void assets_list(arena *a, struct web *w);
MUST_CHECK err asset_show(req *r);

int64_t monotonic_us(void);

#endif
