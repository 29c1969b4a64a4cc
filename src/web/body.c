/* SPDX-License-Identifier: Apache-2.0 */
/* body.c: the body of a request as it streams in: texts into the arena, files onto the disk.
 *
 * Nothing here believes Content-Length: what comes is counted. A file that is too large is not kept
 * from that byte on, and the rest is passed over up to a bound, because a browser shows an answer only
 * after it has sent everything. */
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "format/json.h"
#include "format/url.h"
#include "web/exchange.h"

enum { PP_BUFFER = 8 << 10, SLOWEST = 16 << 10, FIELD_MOST = 128, FILES_MOST = 20 };

static int64_t most(const exchange *x) { return BODY_FILES * x->o->file_limit + TEXT_MAX; }

static void spoil(request_body *b, err_kind kind, const char *text)
{
    if (!b->bad.kind) b->bad = err_of(kind, "", text);
}

/* ---- files ----------------------------------------------------------------------------------- */

static void close_file(void *what)
{
    upload *u = what;
    if (u->fd >= 0) close(u->fd);
    u->fd = -1;
}

/* A file without a name: it is gone with its last descriptor, whatever happens to the process. */
static int nameless(const char *folder)
{
    int fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL && errno != ENOENT))
        return fd;
    char name[512];
    int n = snprintf(name, sizeof name, "%s/upload.XXXXXX", errno == ENOENT ? "/tmp" : folder);
    if (n < 0 || n >= (int)sizeof name) return -1;
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0) unlink(name);
    return fd;
}

static void refuse_file(upload *u, err_kind kind, const char *text)
{
    if (!u->wrong.kind) u->wrong = err_of(kind, "", text);
    close_file(u);
}

static upload *begin_file(exchange *x, str field_name, str name, str type)
{
    request_body *b = &x->body;
    upload *u = new(&x->a, upload);
    *u = (upload){.field = field_name, .name = name, .type = type, .fd = -1};
    if (b->last_upload) b->last_upload->next = u;
    else b->uploads = u;
    b->last_upload = u;
    return u;
}

static void open_file(exchange *x, upload *u)
{
    u->fd = nameless(x->o->tmp ? x->o->tmp : "/tmp");
    if (u->fd < 0) {
        refuse_file(u, ERR_BUSY, N_("The server has no room for this file now. Try again later."));
        return;
    }
    arena_cleanup(&x->a, close_file, u);
    u->run = sha256_begin(&x->a);
}

static void feed_file(exchange *x, upload *u, const char *data, size_t n)
{
    if (x->body.drop_files || u->wrong.kind || !n) return;
    if (!u->bytes) open_file(x, u);
    u->bytes += (int64_t)n;
    if (u->bytes > x->o->file_limit)
        refuse_file(u, ERR_LARGE, N_("The file is larger than {0} MB."));
    if (u->fd < 0) return;
    sha256_add(u->run, (str){data, (size)n});
    while (n) {
        ssize_t done = write(u->fd, data, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) {
            refuse_file(u, ERR_BUSY,
                        N_("The server has no room for this file now. Try again later."));
            return;
        }
        data += done;
        n -= (size_t)done;
    }
}

static void end_file(exchange *x, upload *u)
{
    if (u->wrong.kind == ERR_LARGE)
        u->wrong.arg[0] = str_fmt(&x->a, "%lld", (long long)(x->o->file_limit >> 20));
    u->wrong.field = str_z(&x->a, u->field);
    if (u->fd < 0) return;
    sha256_end(u->run, u->sha);
    if (lseek(u->fd, 0, SEEK_SET) != 0)
        refuse_file(u, ERR_BUSY, N_("The server has no room for this file now. Try again later."));
}

/* Only the last part of a path, and nothing that turns a name around or hides in it. */
static str file_name(arena *a, str name)
{
    for (size i = name.n; i-- > 0;)
        if (name.p[i] == '/' || name.p[i] == '\\') {
            name = str_from(name, i + 1);
            break;
        }
    if (!str_is_text(name)) return S("file");
    buf b = buf_new(a, name.n);
    for (str rest = name; rest.n && b.n < 200;) {
        str before = rest;
        uint32_t c = str_next_char(&rest);
        bool hides = c < 32 || c == 127 || (c >= 0x200E && c <= 0x200F)
                     || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if (!hides) buf_put(&b, str_head(before, before.n - rest.n));
    }
    return b.n ? buf_str(&b) : S("file");
}

/* ---- multipart, by libmicrohttpd's post processor -------------------------------------------- */

/* Called inside the library: it takes memory only of what was reserved before, and never jumps. */
static bool room_for(exchange *x, size n)
{
    bool is = x->a.end - x->a.at >= 2 * n + 1024;
    if (!is) spoil(&x->body, ERR_LARGE, N_("The form is too large."));
    return is;
}

static void begin_part(exchange *x, const char *key, const char *filename, const char *type)
{
    request_body *b = &x->body;
    if (++b->part_n > URL_FIELDS_MAX || (b->file_n += filename != NULL) > FILES_MOST) {
        spoil(b, ERR_LARGE, N_("The form is too large."));
        return;
    }
    str name = str_dup(&x->a, str_of(key));
    b->in_file = filename != NULL;
    if (filename) {
        begin_file(x, name, str_dup(&x->a, str_of(filename)), str_dup(&x->a, str_of(type)));
        return;
    }
    body_part *p = new(&x->a, body_part);
    p->name = name;
    if (b->last_part) b->last_part->next = p;
    else b->parts = p;
    b->last_part = p;
}

static void feed_part(exchange *x, const char *data, size_t n)
{
    request_body *b = &x->body;
    b->text += (int64_t)n;
    if (b->text > TEXT_MAX) spoil(b, ERR_LARGE, N_("The form is too large."));
    if (b->bad.kind || !n) return;
    piece *p = new(&x->a, piece);
    p->s = str_dup(&x->a, (str){data, (size)n});
    body_part *to = b->last_part;
    if (to->last) to->last->next = p;
    else to->first = p;
    to->last = p;
    to->n += p->s.n;
}

static enum MHD_Result take_part(void *what, enum MHD_ValueKind kind, const char *key,
                                 const char *filename, const char *type, const char *coding,
                                 const char *data, uint64_t off, size_t n)
{
    exchange *x = what;
    request_body *b = &x->body;
    (void)kind;
    (void)coding;
    if (b->bad.kind || !key) return MHD_YES;
    size names = str_of(key).n + str_of(filename).n + str_of(type).n;
    if (!room_for(x, (off ? 0 : names) + (filename ? 0 : (size)n))) return MHD_YES;
    if (!off) begin_part(x, key, filename, type);
    if (b->bad.kind) return MHD_YES;
    if (b->in_file) feed_file(x, b->last_upload, data, n);
    else if (b->last_part) feed_part(x, data, n);
    return MHD_YES;
}

static void end_processor(void *what)
{
    request_body *b = what;
    if (b->pp && MHD_destroy_post_processor(b->pp) != MHD_YES)
        spoil(b, ERR_UNREADABLE, N_("The form is not complete."));
    b->pp = NULL;
}

static void begin_multipart(exchange *x)
{
    x->body.pp = MHD_create_post_processor(x->con, PP_BUFFER, take_part, x);
    if (x->body.pp) arena_cleanup(&x->a, end_processor, &x->body);
    else spoil(&x->body, ERR_UNREADABLE, N_("The form cannot be read."));
}

static void feed_multipart(exchange *x, const char *data, size_t n)
{
    request_body *b = &x->body;
    if (!b->pp || b->bad.kind) return;
    arena_reserve(&x->a, 4 * ((size)n + PP_BUFFER) + 4096);
    if (MHD_post_process(b->pp, data, n) != MHD_YES)
        spoil(b, ERR_UNREADABLE, N_("The form cannot be read."));
}

/* ---- as a whole ------------------------------------------------------------------------------ */

static bool is_list(const exchange *x, str name)
{
    const shape *sh = x->r.route ? x->r.route->form : NULL;
    for (int i = 0; sh && i < sh->n; i++)
        if (sh->fields[i].kind == F_LIST && str_eqz(name, sh->fields[i].name)) return true;
    return false;
}

static err put_field(exchange *x, view *to, str name, str value)
{
    if (!name.n) return NO_ERR;
    if (name.n > FIELD_MOST || !str_is_text(name) || !str_is_text(value))
        return err_of(ERR_UNREADABLE, "", N_("The form holds what is not text."));
    view *old = view_get(to, name);
    if (is_list(x, name)) {
        if (!old) old = view_put_list(to, name);
        view_add(old, V_TEXT)->s = value;
        return NO_ERR;
    }
    if (old)
        return err_with(ERR_UNREADABLE, "", N_("The field {0} was sent twice."), name, (str){0},
                        (str){0});
    view_text(to, name, value);
    return NO_ERR;
}

static str part_text(arena *a, const body_part *p)
{
    if (p->first && p->first == p->last) return p->first->s;
    buf b = buf_new(a, p->n);
    for (const piece *i = p->first; i; i = i->next) buf_put(&b, i->s);
    return buf_str(&b);
}

static err read_multipart(exchange *x, view *to)
{
    for (const body_part *p = x->body.parts; p; p = p->next)
        TRY(put_field(x, to, p->name, part_text(&x->a, p)));
    return NO_ERR;
}

static err read_form(exchange *x, view **out)
{
    const shape *sh = x->r.route ? x->r.route->form : NULL;
    const char **lists = new_n(&x->a, const char *, (sh ? sh->n : 0) + 1);
    int n = 0;
    for (int i = 0; sh && i < sh->n; i++)
        if (sh->fields[i].kind == F_LIST) lists[n++] = sh->fields[i].name;
    return url_query_read(&x->a, buf_str(&x->body.whole), lists, out);
}

static err read_json(exchange *x, view **out)
{
    view *v;
    TRY(json_read(&x->a, buf_str(&x->body.whole), &v));
    if (v->kind != V_MAP) return err_of(ERR_UNREADABLE, "", N_("The body must be a JSON object."));
    *out = v;
    return NO_ERR;
}

static err read_all(exchange *x)
{
    request_body *b = &x->body;
    if (b->bad.kind) return b->bad;
    switch (b->kind) {
    case BODY_FORM: return read_form(x, &b->fields);
    case BODY_JSON: return read_json(x, &b->fields);
    case BODY_MULTIPART: return read_multipart(x, b->fields);
    case BODY_OTHER:
        return b->taken
                   ? err_of(ERR_UNREADABLE, "", N_("A form, JSON or nothing is expected here."))
                   : NO_ERR;
    case BODY_NONE: case BODY_RAW: break;
    }
    return NO_ERR;
}

static body_kind kind_of(const exchange *x)
{
    str type = ask_header(x, "Content-Type");
    if (!x->r.route || x->r.route->method != POST) return BODY_NONE;
    if (str_starts(type, S("multipart/form-data"))) return BODY_MULTIPART;
    if (x->r.route->flags & RAW_BODY) return BODY_RAW;
    if (str_starts(type, S("application/json"))) return BODY_JSON;
    if (str_starts(type, S("application/x-www-form-urlencoded"))) return BODY_FORM;
    return BODY_OTHER;
}

str req_bytes(const req *r) { return r->x->body.kind == BODY_RAW ? buf_str(&r->x->body.whole) : (str){0}; }

/* The body of a RAW_BODY route is the first file of its form; where it has none, bytes in memory. */
static void begin_raw(exchange *x)
{
    const shape *sh = x->r.route->form;
    for (int i = 0; sh && i < sh->n; i++)
        if (sh->fields[i].kind == F_FILE) {
            begin_file(x, str_of(sh->fields[i].name), ask_header(x, "X-File-Name"),
                       ask_header(x, "Content-Type"));
            return;
        }
}

void body_begin(exchange *x)
{
    request_body *b = &x->body;
    b->kind = kind_of(x);
    b->fields = view_map(&x->a);
    b->whole = buf_new(&x->a, b->kind == BODY_FORM || b->kind == BODY_JSON ? 1024 : 1);
    int64_t says;
    if (str_int(ask_header(x, "Content-Length"), &says) && says > most(x)) {
        spoil(b, ERR_LARGE, N_("The form is too large."));
        x->answer.close = true;
        return;
    }
    if (b->kind == BODY_MULTIPART
        || b->kind == BODY_RAW) { /* a stranger's files do not touch the disk */
        err e = reader_hold(x);
        if (!e.kind) e = ask_who(x);
        reader_release(x);
        b->drop_files = e.kind || !gate_role(x, x->r.route) || x->cross_site;
        if (e.kind && !x->bad.kind) x->bad = e;
    }
    if (b->kind == BODY_MULTIPART) begin_multipart(x);
    if (b->kind == BODY_RAW) begin_raw(x);
}

static void feed_whole(request_body *b, const char *data, size_t n)
{
    if (b->taken > TEXT_MAX) spoil(b, ERR_LARGE, N_("The form is too large."));
    else if (!b->drop_files) buf_put(&b->whole, (str){data, (size)n});
}

bool body_feed(exchange *x, const char *data, size_t n)
{
    request_body *b = &x->body;
    b->taken += (int64_t)n;
    int64_t patience = 2 * x->o->idle_s + b->taken / SLOWEST;
    if (b->taken > most(x) || monotonic_us() - x->begun_us > patience * 1000000) return false;
    switch (b->kind) {
    case BODY_MULTIPART: feed_multipart(x, data, n); break;
    case BODY_RAW:
        if (b->uploads) feed_file(x, b->uploads, data, n);
        else feed_whole(b, data, n);
        break;
    case BODY_FORM: case BODY_JSON: feed_whole(b, data, n); break;
    case BODY_NONE: case BODY_OTHER: break;
    }
    return true;
}

void body_end(exchange *x)
{
    request_body *b = &x->body;
    if (x->stage != BODY) return;
    end_processor(b);
    for (upload *u = b->uploads; u; u = u->next) {
        u->name = u->name.n || b->kind == BODY_RAW ? file_name(&x->a, u->name) : u->name;
        end_file(x, u);
    }
    err e = read_all(x);
    if (!b->fields) b->fields = view_map(&x->a);
    if (e.kind && !b->bad.kind) b->bad = e;
    str once = view_get_text(b->fields, S("once"));
    if (!x->c.once.n && once.n <= 100) x->c.once = once;
    /* a visit types nothing: its forms show their own values */
    if (str_eqz(x->r.method, "POST")) x->r.typed = b->fields;
}
