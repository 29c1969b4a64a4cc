/* SPDX-License-Identifier: Apache-2.0 */
/* web_test.h: a small site of its own and a client of plain sockets, for the tests of this floor. */
#ifndef WEB_TEST_H
#define WEB_TEST_H

#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "format/child.h"
#include "web/web.h" /* before cmocka: it wants stdarg.h and stddef.h to be there */

#include <cmocka.h>

/* "__Host-sid=bureau" is an officer of the bureau, "agency" one of an agency, "stale" and "old" officers whose
 * session is to be touched or whose password was long ago; "Bearer token" is the bureau's as well. */
#define BUREAU "Cookie: __Host-sid=bureau\r\n"
#define AGENCY "Cookie: __Host-sid=agency\r\n"
#define TOKEN "Authorization: Bearer token\r\n"
#define AS_JSON_ "Accept: application/json\r\n"
#define CSRF "csrf=secret-of-the-session"
enum { FILE_LIMIT = 100000 };

/* What the site did last. */
static struct {
    int acts, files, touched;
    char title[2000], file_name[300], notes[400], once[80];
    long long amount, day, version, file, file_bytes;
    bool agreed;
} memory;

static void remember(char *to, size room, str s)
{
    s = str_head(s, room - 1);
    if (s.n) memcpy(to, s.p, (size_t)s.n);
    to[s.n] = 0;
}

/* What it says after the answer has gone: read while its threads may still write. */
static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static char log_text[64 << 10];
static size log_n;
static _Atomic int streams_done;

/* ---- the site -------------------------------------------------------------------------------- */

typedef struct returned { int64_t id; str note; } returned;
SHAPE(returned, FIELD(returned, id, F_ID, .flags = F_REQUIRED),
      FIELD(returned, note, F_TEXT, .flags = F_REQUIRED, .label = N_("Note")));

typedef struct test_case { str title, text, kind; int64_t amount, day, file, version; bool agreed; list back; } test_case;
static const struct choice kinds[] = {{"patent", "Patent"}, {"software", "Software"}, {0}};
SHAPE(test_case, FIELD(test_case, title, F_TEXT, .flags = F_REQUIRED, .label = "Title", .max = 20),
      FIELD(test_case, text, F_LINES, .label = "Text", .hint = "Several lines."),
      FIELD(test_case, kind, F_CODE, .label = "Kind", .choices = kinds),
      FIELD(test_case, amount, F_FEN, .label = "Amount", .max = 100000000),
      FIELD(test_case, day, F_DAY, .label = "Day"),
      FIELD(test_case, file, F_FILE, .label = "Contract"),
      FIELD(test_case, version, F_INT, .flags = F_HIDDEN),
      FIELD(test_case, agreed, F_BOOL, .label = "I agree"),
      FIELD(test_case, back, F_LIST, .of = &returned_shape));

typedef struct login_form { str login, password, next, then, kept; } login_form;
SHAPE(login_form, FIELD(login_form, login, F_TEXT, .flags = F_REQUIRED, .label = "Login"),
      FIELD(login_form, password, F_SECRET, .flags = F_REQUIRED, .label = "Password"),
      FIELD(login_form, next, F_TEXT, .flags = F_HIDDEN), FIELD(login_form, then, F_TEXT, .flags = F_HIDDEN),
      FIELD(login_form, kept, F_LINES, .flags = F_HIDDEN | F_UNTRIMMED));

static err show_home(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, N_("Site map"), (str){0});
    return web_page(r, "web/plain", v);
}

static err show_login(req *r)
{
    view *v = view_map(r->ctx->a);
    login_form f = {.next = req_arg(r, "next")};
    web_title(r, v, "Sign in", (str){0});
    form_show(r, v, "form", &login_form_shape, &f, S("/login"), "Sign in");
    return web_page(r, "web/plain", v);
}

static err do_login(req *r)
{
    login_form f;
    TRY(form_read(r, &login_form_shape, &f));
    if (!str_eqz(f.password, "right")) return err_of(ERR_LOGIN, "", "Neither fits the other.");
    web_cookie(r, "sid", f.login, 0);
    if (f.kept.n) return web_resume(r, f.then, f.kept);
    return web_go(r, f.next.n ? web_local(f.next) : S("/"));
}

static err show_case(req *r)
{
    test_case k = {.title = S("As it stands"), .version = 7, .amount = 1234500, .day = 17840};
    view *v = view_map(r->ctx->a);
    if (req_id(r) == 404) return err_of(ERR_MISSING, "", "No case bears this number.");
    web_title(r, v, "Case {0}", req_part(r, "id"));
    form_show(r, v, "form", &test_case_shape, &k, str_fmt(r->ctx->a, "/cases/%lld", (long long)req_id(r)), "Save case");
    view_fen(v, S("amount"), 1234500);
    view_day(v, S("day"), 17840);
    return web_page(r, "web/plain", v);
}

static err new_case(req *r)
{
    view *v = view_map(r->ctx->a);
    web_title(r, v, "New case", (str){0});
    form_show(r, v, "form", &test_case_shape, NULL, S("/cases"), "Make case");
    return web_page(r, "web/plain", v);
}

static err read_case(req *r)
{
    test_case k;
    TRY(form_read(r, &test_case_shape, &k));
    if (str_eqz(k.title, "taken")) return err_of(ERR_CONFLICT, "title", "This title is taken.");
    if (k.version == 6) return err_of(ERR_CONFLICT, "", "Somebody else moved it first.");
    if (str_eqz(k.title, "busy")) return err_of(ERR_BUSY, "", "The store is busy.");
    memory.acts++;
    remember(memory.title, sizeof memory.title, k.title);
    remember(memory.once, sizeof memory.once, r->ctx->once);
    memory.amount = k.amount;
    memory.day = k.day;
    memory.version = k.version;
    memory.file = k.file;
    memory.agreed = k.agreed;
    buf b = buf_new(r->ctx->a, 64);
    for (int i = 0; i < k.back.n; i++) {
        returned *one = (returned *)k.back.items + i;
        buf_fmt(&b, "%lld:" SF ";", (long long)one->id, SA(one->note));
    }
    remember(memory.notes, sizeof memory.notes, buf_str(&b));
    return NO_ERR;
}

static err change_case(req *r)
{
    TRY(read_case(r));
    web_say(r, "Case {0} is saved.", req_part(r, "id"), (str){0});
    return web_go(r, str_fmt(r->ctx->a, "/cases/%lld", (long long)req_id(r)));
}

static err make_case(req *r)
{
    TRY(read_case(r));
    return web_made(r, S("/cases/12"));
}

static err list_cases(req *r)
{
    int64_t after[1];
    TRY(req_after(r, after, 1));
    view *v = view_map(r->ctx->a), *items = view_put_list(v, S("items"));
    web_title(r, v, "Cases", (str){0});
    for (int64_t id = after[0] + 1; id <= 120 && items->n < 51; id++) {
        view *one = view_add_map(items);
        view_int(one, S("id"), id);
        view_text(one, S("name"), id == 2 ? S("=1+1") : S("凌飞"));
        view_fen(one, S("amount"), id * 100);
    }
    web_cut(v, 50, "id");
    return web_page(r, "web/plain", v);
}

/* Longer than a request takes, shorter than a person waits. */
static err nap(req *r)
{
    usleep(50000);
    return show_home(r);
}

static err refuse(req *r)
{
    int64_t kind = req_arg_int(r, "kind", 0);
    return err_with((err_kind)kind, "", "Refused: {0}.", S("a reason & more"), (str){0}, (str){0});
}

static err eat_all(req *r)
{
    while (r->ctx->a) new_n(r->ctx->a, char, 1 << 20);
    return NO_ERR;
}

static int64_t letters(void *what, int64_t at, char *to, int64_t n)
{
    int64_t total = *(int64_t *)what, left = total - at;
    if (n > left) n = left;
    for (int64_t i = 0; i < n; i++) to[i] = (char)('a' + (at + i) % 26);
    return n;
}

static void letters_done(void *what)
{
    (void)what;
    streams_done++;
}

static err stream_letters(req *r)
{
    int64_t *total = new(r->ctx->a, int64_t);
    *total = 300000;
    return web_stream(r, S("text/plain"), S("字母 \"a\".txt"), *total, letters, total, letters_done);
}

static const route site[] = {
    {GET, "/", ANYONE, show_home, "Home", .flags = CACHED},
    {GET, "/login", ANYONE, show_login, "Sign in", .form = NULL},
    {POST, "/login", ANYONE, do_login, "Sign in", .form = &login_form_shape, .back = "/login"},
    {GET, "/cases", SIGNED_IN, list_cases, "List the cases", .form = NULL},
    {GET, "/cases/new", WHO(ROLE_BUREAU), new_case, "Fields of a new case", .form = NULL},
    {POST, "/cases", WHO(ROLE_BUREAU), make_case, "Make a case", .form = &test_case_shape, .back = "/cases/new"},
    {GET, "/cases/{id}", WHO(ROLE_BUREAU), show_case, "Read a case", .form = NULL},
    {POST, "/cases/{id}", WHO(ROLE_BUREAU), change_case, "Change a case", .form = &test_case_shape, .back = "/cases/{id}"},
    {POST, "/open", ANYONE, make_case, "Anybody's case", .form = &test_case_shape, .back = "/cases/new"},
    {POST, "/raw", WHO(ROLE_BUREAU), make_case, "A file by itself", .form = &test_case_shape, .flags = RAW_BODY},
    {GET, "/pay", WHO(ROLE_BUREAU), show_home, "Pay", .again = WHO(ROLE_BUREAU)},
    {POST, "/pay", WHO(ROLE_BUREAU), make_case, "Pay", .form = &test_case_shape, .again = WHO(ROLE_BUREAU)},
    {GET, "/again", SIGNED_IN, show_login, "Confirm", .form = NULL},
    {GET, "/fail", ANYONE, refuse, "Refuses", .form = NULL},
    {GET, "/slow", ANYONE, show_home, "Waits", .flags = SLOW},
    {GET, "/nap", ANYONE, nap, "Sleeps", .flags = SLOW},
    {GET, "/hungry", ANYONE, eat_all, "Takes all memory", .form = NULL},
    {POST, "/hungry", ANYONE, eat_all, "Takes all memory", .form = NULL},
    {GET, "/letters", ANYONE, stream_letters, "A large file", .form = NULL},
    {0},
};
static const route *const tables[] = {site};

/* ---- its hooks ------------------------------------------------------------------------------- */

static err identify(ctx *c, str cookie, str bearer, web_session *out)
{
    if (bearer.n && !str_eqz(bearer, "token")) return err_of(ERR_LOGIN, "", "Nobody has this token.");
    bool bureau = bearer.n || str_eqz(cookie, "bureau") || str_eqz(cookie, "stale") || str_eqz(cookie, "old");
    if (!bureau && !str_eqz(cookie, "agency")) return NO_ERR;
    c->who = (actor){.person = bureau ? 5 : 6, .role = bureau ? ROLE_BUREAU : ROLE_AGENCY, .name = S("凌一")};
    *out = (web_session){.token_hash = S("hash"), .csrf = S("secret-of-the-session"), .by_token = bearer.n != 0,
                         .signed_in_at = str_eqz(cookie, "old") ? c->now - (int64_t)16 * 60 * 1000000 : c->now,
                         .stale = str_eqz(cookie, "stale")};
    return NO_ERR;
}

static err touch(ctx *c, const web_session *s)
{
    (void)c;
    (void)s;
    memory.touched++;
    return NO_ERR;
}

static err take_file(ctx *c, str name, str type, int fd, int64_t bytes, const uint8_t sha[32], int64_t *id)
{
    char byte;
    (void)type;
    if (c->once.n) return err_of(ERR_FAULT, "", "The form's key would be used up.");
    if (read(fd, &byte, 1) != 1 || !sha[0]) return err_of(ERR_FAULT, "", "The file is not at its start.");
    if (byte == '!') return err_of(ERR_INPUT, "", "The file is not what its name says.");
    memory.files++;
    memory.file_bytes = bytes;
    remember(memory.file_name, sizeof memory.file_name, name);
    *id = 40 + memory.files;
    return NO_ERR;
}

static err file_name(ctx *c, int64_t id, str *name, int64_t *bytes)
{
    *name = str_fmt(c->a, "kept-%lld.pdf", (long long)id);
    *bytes = 5000;
    return NO_ERR;
}

static int64_t test_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000;
}
static int64_t test_today(void) { return 17840; }

static void keep_line(str line)
{
    pthread_mutex_lock(&log_lock);
    if (log_n + line.n + 2 < (size)sizeof log_text) {
        memcpy(log_text + log_n, line.p, (size_t)line.n);
        log_n += line.n;
        log_text[log_n++] = '\n';
    }
    pthread_mutex_unlock(&log_lock);
}

/* The first line with that in it; waits a while for it. */
static inline str logged(arena *a, const char *what)
{
    str line = {0};
    for (int i = 0; i < 300 && !line.n; i++) {
        pthread_mutex_lock(&log_lock);
        str rest = {log_text, log_n}, one;
        while (!line.n && str_split(&rest, '\n', &one))
            if (str_find(one, str_of(what)) >= 0) line = str_dup(a, one);
        pthread_mutex_unlock(&log_lock);
        if (!line.n) usleep(10000);
    }
    return line;
}

static child_pool site_makers; /* for a test that makes files: begun in its main */

static inline web_options site_options(void)
{
    return (web_options){
        .listen = "127.0.0.1:0", .routes = tables, .tables = 1,
        .hooks = {.identify = identify, .touch = touch, .take_file = take_file, .file_name = file_name},
        .proto = {.makers = &site_makers}, .now = test_now, .today = test_today, .file_limit = FILE_LIMIT, .workers = 4, .events = 2, .idle_s = 1,
        .log = keep_line,
    };
}

static arena site_arena;
static struct web *site_web;
static int port;

static inline int site_open(void **state)
{
    (void)state;
    arena_init(&site_arena, 64 << 20, NULL, NULL);
    web_options o = site_options();
    err e = web_start(&site_arena, &o, &site_web, &port);
    if (e.kind) fprintf(stderr, "%s " SF " " SF "\n", e.text, SA(e.arg[0]), SA(e.arg[1]));
    return e.kind ? -1 : 0;
}

static inline int site_close(void **state)
{
    (void)state;
    web_stop(site_web);
    arena_done(&site_arena);
    return 0;
}

/* An arena per test, and nothing remembered. */
static inline int site_begin(void **state)
{
    static arena a;
    arena_init(&a, 64 << 20, NULL, NULL);
    memset(&memory, 0, sizeof memory);
    pthread_mutex_lock(&log_lock);
    log_n = 0;
    pthread_mutex_unlock(&log_lock);
    *state = &a;
    return 0;
}

static inline int site_end(void **state)
{
    arena_done(*state);
    return 0;
}
#define TEST(f) cmocka_unit_test_setup_teardown(f, site_begin, site_end)

/* ---- the client ------------------------------------------------------------------------------ */

static inline int site_connect(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0 && !connect(fd, (struct sockaddr *)&to, sizeof to));
    return fd;
}

static inline void site_send(int fd, str bytes)
{
    while (bytes.n) {
        ssize_t n = send(fd, bytes.p, (size_t)bytes.n, MSG_NOSIGNAL);
        if (n <= 0) return;
        bytes = str_from(bytes, n);
    }
}

/* Everything until the site closes, or is silent for that long. */
static inline str site_receive(arena *a, int fd, int silence_ms)
{
    buf b = buf_new(a, 32 << 10);
    struct pollfd p = {fd, POLLIN, 0};
    while (poll(&p, 1, silence_ms) > 0) {
        char *to = buf_room(&b, 64 << 10);
        ssize_t n = recv(fd, to, 64 << 10, 0);
        if (n <= 0) break;
        b.n += n;
    }
    return buf_str(&b);
}

static inline str ask(arena *a, str bytes)
{
    int fd = site_connect();
    site_send(fd, bytes);
    str answer = site_receive(a, fd, 5000);
    close(fd);
    return answer;
}

static inline str request(arena *a, const char *method, const char *path, const char *headers, str bytes)
{
    str head = str_fmt(a, "%s %s HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n%s", method, path, headers);
    str size_line = bytes.n || !strcmp(method, "POST") ? str_fmt(a, "Content-Length: %td\r\n", bytes.n) : (str){0};
    return ask(a, str_join(a, str_join(a, str_join(a, head, size_line), S("\r\n")), bytes));
}

static inline str get(arena *a, const char *path, const char *headers)
{
    return request(a, "GET", path, headers, (str){0});
}

static inline str post(arena *a, const char *path, const char *headers, const char *fields)
{
    str all = str_fmt(a, "Content-Type: application/x-www-form-urlencoded\r\n%s", headers);
    return request(a, "POST", path, str_z(a, all), str_of(fields));
}

static inline str post_json(arena *a, const char *path, const char *headers, const char *json)
{
    str all = str_fmt(a, "Content-Type: application/json\r\n%s", headers);
    return request(a, "POST", path, str_z(a, all), str_of(json));
}

/* `parts` are "name: value" pairs, one a line; "name<file.txt: bytes" is a file. */
static inline str multipart(arena *a, const char *parts, str bytes)
{
    buf b = buf_new(a, 1024);
    str rest = str_of(parts), line;
    while (str_split(&rest, '\n', &line)) {
        size colon = str_find(line, S(": ")), file = str_find(str_head(line, colon), S("<"));
        str name = str_head(line, file < 0 ? colon : file);
        buf_fmt(&b, "--b0unDary\r\nContent-Disposition: form-data; name=\"" SF "\"", SA(name));
        str value = str_from(line, colon + 2);
        if (file >= 0) {
            buf_fmt(&b, "; filename=\"" SF "\"\r\nContent-Type: application/pdf", SA(str_head(str_from(line, file + 1), colon - file - 1)));
            if (str_eqz(value, "BYTES")) value = bytes;
        }
        buf_putz(&b, "\r\n\r\n");
        buf_put(&b, value);
        buf_putz(&b, "\r\n");
    }
    buf_putz(&b, "--b0unDary--\r\n");
    return buf_str(&b);
}
#define MULTIPART "Content-Type: multipart/form-data; boundary=b0unDary\r\n"

/* ---- reading an answer ----------------------------------------------------------------------- */

static inline bool holds(str s, const char *what) { return str_find(s, str_of(what)) >= 0; }

static inline int status_of(str answer)
{
    int64_t n = 0;
    return answer.n > 12 && str_int(str_head(str_from(answer, 9), 3), &n) ? (int)n : 0;
}

static inline str body_of(str answer)
{
    size at = str_find(answer, S("\r\n\r\n"));
    return at < 0 ? (str){0} : str_from(answer, at + 4);
}

static inline str between(str s, const char *before, const char *after)
{
    size at = str_find(s, str_of(before));
    if (at < 0) return (str){0};
    s = str_from(s, at + str_of(before).n);
    at = str_find(s, str_of(after));
    return at < 0 ? (str){0} : str_head(s, at);
}

static inline str header_of(arena *a, str answer, const char *name)
{
    str head = str_head(answer, answer.n - body_of(answer).n);
    return between(head, str_z(a, str_fmt(a, "\r\n%s: ", name)), "\r\n");
}

#define assert_holds(s, what)                                                                       \
    do {                                                                                            \
        str s_ = (s);                                                                               \
        if (!holds(s_, what)) fail_msg("not in it: %s\n" SF, what, SA(str_head(s_, 6000)));         \
    } while (0)
#define assert_lacks(s, what)                                                                       \
    do {                                                                                            \
        str s_ = (s);                                                                               \
        if (holds(s_, what)) fail_msg("still in it: %s\n" SF, what, SA(str_head(s_, 6000)));        \
    } while (0)
#define assert_status(answer, want)                                                                 \
    do {                                                                                            \
        str a_ = (answer);                                                                          \
        if (status_of(a_) != (want)) fail_msg("want %d:\n" SF, want, SA(str_head(a_, 3000)));       \
    } while (0)

#endif
