/* SPDX-License-Identifier: Apache-2.0 */
/* form.c: what was sent, checked and typed into a struct by its shape. */
#include <stdlib.h>

#include "base/days.h"
#include "base/money.h"
#include "format/value.h"
#include "web/exchange.h"

enum { ITEMS_MOST = 1000, CODE_MOST = 200 };

/* Where the fields of one struct stand: a JSON object, or a flat form in which the names of an item's
 * fields have something around them. */
typedef struct {
    req *r;
    const view *map;
    str head, tail;          /* around the field's name in `map` */
    str error_head;          /* before it in an error, where that differs */
} source;

static str sent_name(const source *s, const char *name)
{
    if (!s->head.n && !s->tail.n) return str_of(name);
    return str_fmt(s->r->ctx->a, SF "%s" SF, SA(s->head), name, SA(s->tail));
}

static const view *sent(const source *s, const char *name)
{
    return view_get(s->map, sent_name(s, name));
}

/* ---- complaints: in the words of the field's label ------------------------------------------- */

static str label_of(const source *s, const field *f)
{
    return f->label ? tr(s->r->ctx->lang, f->label) : str_of(f->name);
}

/* Inside an English sentence a label begins small, unless it is an abbreviation. */
static str label_inside(const source *s, const field *f)
{
    str l = str_dup(s->r->ctx->a, label_of(s, f));
    bool word = s->r->ctx->lang == LANG_EN && l.n > 1 && l.p[0] >= 'A' && l.p[0] <= 'Z'
                && l.p[1] >= 'a' && l.p[1] <= 'z';
    if (word) ((char *)(uintptr_t)l.p)[0] |= 0x20;
    return l;
}

static void complain(const source *s, const field *f, err e)
{
    arena *a = s->r->ctx->a;
    str name =
        s->error_head.n ? str_fmt(a, SF "%s", SA(s->error_head), f->name) : sent_name(s, f->name);
    ctx_wrong(s->r->ctx, str_z(a, name), e);
}

static void wrong(const source *s, const field *f, const char *text, str a)
{
    complain(s, f, err_with(ERR_INPUT, f->name, text, label_of(s, f), a, (str){0}));
}

static void missing(const source *s, const field *f)
{
    const char *text = f->kind == F_CODE ? N_("Choose {0}.")
                     : f->kind == F_BOOL ? N_("Tick “{0}”.")
                     : f->kind == F_FILE ? N_("Choose a file for {0}.")
                     : f->kind == F_LIST ? N_("Choose at least one of {0}.")
                                         : N_("Enter {0}.");
    str label = f->kind == F_BOOL ? label_of(s, f) : label_inside(s, f);
    complain(s, f, err_with(ERR_INPUT, f->name, text, label, (str){0}, (str){0}));
}

/* ---- texts ----------------------------------------------------------------------------------- */

static bool has_control(str text, bool lines)
{
    while (text.n) {
        uint32_t c = str_next_char(&text);
        if (lines && (c == '\n' || c == '\t')) continue;
        if (c < 32 || (c >= 127 && c < 160)) return true;
    }
    return false;
}

static str line_feeds(arena *a, str s)
{
    if (str_find(s, S("\r")) < 0) return s;
    return str_replace(a, str_replace(a, s, S("\r\n"), S("\n")), S("\r"), S("\n"));
}

static bool text_fits(const source *s, const field *f, str text)
{
    arena *a = s->r->ctx->a;
    int64_t most = f->max ? f->max : f->kind == F_CODE ? CODE_MOST : 0;
    size n = most || f->min ? str_chars(text) : 0;
    const char *why = has_control(text, f->kind == F_LINES)
                          ? N_("{0} holds characters that cannot be shown.")
                      : most && n > most ? N_("{0} has at most {1} characters.")
                      : n < f->min       ? N_("{0} has at least {1} characters.")
                                         : NULL;
    if (why) wrong(s, f, why, str_fmt(a, "%lld", (long long)(n < f->min ? f->min : most)));
    return !why;
}

static bool is_choice(const field *f, str text)
{
    if (!f->choices) return true; /* the room knows which there are */
    for (const struct choice *c = f->choices; c->code; c++)
        if (str_eqz(text, c->code)) return true;
    return false;
}

static void read_text(const source *s, const field *f, str text, str *out)
{
    if (f->kind == F_LINES) text = line_feeds(s->r->ctx->a, text);
    if (!(f->flags & F_UNTRIMMED)) text = str_trim(text);
    if (!text.n) {
        if (f->flags & F_REQUIRED) missing(s, f);
        return;
    }
    if (!text_fits(s, f, text)) return;
    if (f->kind == F_CODE && !is_choice(f, text)) {
        wrong(s, f, N_("{0} is not one of the choices."), (str){0});
        return;
    }
    *out = text;
}

/* ---- numbers --------------------------------------------------------------------------------- */

static str written(const source *s, const field *f, int64_t i)
{
    view v = {.kind = f->kind == F_FEN ? V_FEN : f->kind == F_DAY ? V_DAY : V_INT, .i = i};
    buf b = buf_new(s->r->ctx->a, 32);
    value_put(&b, &v, WRITE_PLAIN, s->r->ctx->lang);
    return buf_str(&b);
}

static bool number_fits(const source *s, const field *f, int64_t i)
{
    if (!f->min && !f->max) return true;
    bool small = i < f->min, large = f->max && i > f->max;
    if (small) wrong(s, f, N_("{0} must be at least {1}."), written(s, f, f->min));
    else if (large) wrong(s, f, N_("{0} must be at most {1}."), written(s, f, f->max));
    return !small && !large;
}

static bool parse_number(const field *f, str text, int64_t *out)
{
    switch (f->kind) {
    case F_FEN: return fen_parse(text, out);
    case F_DAY: return day_parse(text, out);
    case F_ID: return str_int(text, out) && *out >= 0;
    default: return str_int(text, out);
    }
}

static const char *number_complaint(const field *f)
{
    return f->kind == F_FEN ? N_("{0} must be an amount in yuan, such as 12345.00.")
         : f->kind == F_DAY ? N_("{0} must be a day, such as 2018-11-05.")
                            : N_("{0} must be a whole number.");
}

static void read_number(const source *s, const field *f, const view *v, int64_t *out)
{
    str text = v && v->kind == V_TEXT ? str_trim(v->s) : (str){0};
    int64_t i = 0;
    bool given = v && v->kind != V_NULL && (v->kind != V_TEXT || text.n);
    if (!given) {
        if (f->flags & F_REQUIRED) missing(s, f);
        if (str_eqz(S("version"), f->name)) *out = -1; /* not checked */
        return;
    }
    bool plain = v->kind == V_INT && f->kind != F_DAY; /* JSON: fen are whole */
    if (plain) i = v->i;
    else if (v->kind != V_TEXT || !parse_number(f, text, &i)) {
        wrong(s, f, number_complaint(f), (str){0});
        return;
    }
    if (f->kind == F_ID && i < 0) wrong(s, f, number_complaint(f), (str){0});
    else if (number_fits(s, f, i)) *out = i;
}

static void read_bool(const source *s, const field *f, const view *v, bool *out)
{
    bool on = false, known = true;
    if (v && v->kind == V_BOOL) on = v->i;
    else if (v && v->kind == V_TEXT) {
        on = str_eqz(v->s, "1") || str_eqz(v->s, "on") || str_eqz(v->s, "true")
             || str_eqz(v->s, "yes");
        known =
            on || !v->s.n || str_eqz(v->s, "0") || str_eqz(v->s, "false") || str_eqz(v->s, "no");
    } else if (v && v->kind != V_NULL) known = false;
    if (!known) wrong(s, f, N_("{0} must be true or false."), (str){0});
    else if (!on && (f->flags & F_REQUIRED)) missing(s, f);
    *out = on;
}

/* ---- files ----------------------------------------------------------------------------------- */

static upload *file_of(const source *s, const field *f)
{
    str name = sent_name(s, f->name);
    for (upload *u = s->r->x->body.uploads; u; u = u->next)
        if (str_eq(u->field, name) && (u->name.n || u->bytes)) return u;
    return NULL;
}

/* The one-time key is for the form's own act, so the file's does not use it up. */
static err keep_file(const source *s, upload *u)
{
    ctx *c = s->r->ctx;
    exchange *x = s->r->x;
    if (u->id) return NO_ERR;
    if (u->wrong.kind) return u->wrong;
    if (!u->bytes) return err_of(ERR_INPUT, "", N_("The file is empty."));
    str once = c->once;
    c->once = (str){0};
    err e = x->o->hooks.take_file(c, u->name, u->type, u->fd, u->bytes, u->sha, &u->id);
    c->once = once;
    if (e.kind) return e;
    view_text(x->body.fields, str_fmt(c->a, SF "_kept", SA(u->field)),
              str_fmt(c->a, "%lld", (long long)u->id));
    return reader_renew(x);
}

static err read_file(const source *s, const field *f, int64_t *out)
{
    upload *u = file_of(s, f);
    str kept_name = str_join(s->r->ctx->a, sent_name(s, f->name), S("_kept"));
    const view *kept = view_get(s->r->x->body.fields, kept_name), *plain = sent(s, f->name);
    if (u) {
        err e = keep_file(s, u);
        if (e.kind && e.kind != ERR_INPUT && e.kind != ERR_LARGE && e.kind != ERR_BUSY) return e;
        if (e.kind == ERR_LARGE) s->r->x->too_large = true;
        if (e.kind) complain(s, f, e);
        *out = u->id;
        return NO_ERR;
    }
    if (plain && plain->kind == V_INT && plain->i > 0) *out = plain->i;
    else if (kept && kept->kind == V_TEXT && (!str_int(kept->s, out) || *out < 0)) *out = 0;
    if (!*out && (f->flags & F_REQUIRED)) missing(s, f);
    return NO_ERR;
}

/* ---- lists ----------------------------------------------------------------------------------- */

static err read_fields(const source *s, const shape *sh, void *out);

static void *item(list *l, const field *f) { return (char *)l->items + (l->n++) * f->of->bytes; }

static void make_room(const source *s, const field *f, list *l, int n)
{
    *l = (list){arena_alloc(s->r->ctx->a, n, f->of->bytes, (size) _Alignof(max_align_t)), 0};
}

/* [{"id": 7, "note": "…"}], or [7] where an item's first field is all there is to say. */
static err read_json_list(const source *s, const field *f, const view *v, list *out)
{
    arena *a = s->r->ctx->a;
    make_room(s, f, out, v->n);
    for (const view *one = v->first; one; one = one->next) {
        view *map = one->kind == V_MAP ? (view *)(uintptr_t)one : view_map(a);
        if (map != one) {
            view *only = view_copy(a, one);
            view_adopt(map, str_of(f->of->fields[0].name), only);
        }
        source in = {.r = s->r, .map = map, .error_head = str_fmt(a, "%s.%d.", f->name, out->n)};
        TRY(read_fields(&in, f->of, item(out, f)));
    }
    return NO_ERR;
}

/* return=7&note_7=…: the key is the item's first field. */
static err read_keyed(const source *s, const field *f, const view *keys, list *out)
{
    arena *a = s->r->ctx->a;
    make_room(s, f, out, keys->n);
    for (const view *key = keys->first; key; key = key->next) {
        if (key->kind != V_TEXT || !key->s.n) continue;
        view *map = view_map(a);
        str tail = str_fmt(a, "_" SF, SA(key->s));
        for (int i = 1; i < f->of->n; i++) {
            const view *v = view_get(s->map, str_fmt(a, "%s" SF, f->of->fields[i].name, SA(tail)));
            if (v)
                view_adopt(map, str_fmt(a, "%s" SF, f->of->fields[i].name, SA(tail)),
                           view_copy(a, v));
        }
        view_text(map, str_fmt(a, "%s" SF, f->of->fields[0].name, SA(tail)), key->s);
        source in = {.r = s->r, .map = map, .tail = tail};
        TRY(read_fields(&in, f->of, item(out, f)));
    }
    return NO_ERR;
}

static int by_number(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* The numbers in NAME.0.a, NAME.0.b, NAME.2.a of which something was typed: 0, 2. */
static int numbers_of(const source *s, const field *f, int64_t *out)
{
    str head = str_fmt(s->r->ctx->a, SF "%s.", SA(s->head), f->name);
    int n = 0, unique = 0;
    for (const view *v = s->map->first; v && n < ITEMS_MOST; v = v->next) {
        if (!str_starts(v->name, head) || v->kind != V_TEXT || !str_trim(v->s).n) continue;
        str rest = str_from(v->name, head.n), number;
        if (str_split(&rest, '.', &number) && rest.n && str_int(number, &out[n]) && out[n] >= 0)
            n++;
    }
    qsort(out, (size_t)n, sizeof *out, by_number);
    for (int i = 0; i < n; i++)
        if (!i || out[i] != out[i - 1]) out[unique++] = out[i];
    return unique;
}

static err read_numbered(const source *s, const field *f, list *out)
{
    arena *a = s->r->ctx->a;
    int64_t *numbers = new_n(a, int64_t, ITEMS_MOST);
    int n = numbers_of(s, f, numbers);
    make_room(s, f, out, n);
    for (int i = 0; i < n; i++) {
        source in = {.r = s->r,
                     .map = s->map,
                     .head =
                         str_fmt(a, SF "%s.%lld.", SA(s->head), f->name, (long long)numbers[i])};
        TRY(read_fields(&in, f->of, item(out, f)));
    }
    return NO_ERR;
}

static err read_list(const source *s, const field *f, list *out)
{
    const view *v = sent(s, f->name);
    bool json = s->r->x->body.kind == BODY_JSON;
    if (v && v->kind != V_LIST && v->kind != V_NULL)
        wrong(s, f, N_("{0} must be a list."), (str){0});
    else if (v && v->kind == V_LIST)
        TRY(json ? read_json_list(s, f, v, out) : read_keyed(s, f, v, out));
    else if (!json) TRY(read_numbered(s, f, out));
    if (!out->n && (f->flags & F_REQUIRED)) missing(s, f);
    else if (f->max && out->n > f->max)
        wrong(s, f, N_("{0} has at most {1} entries."),
              str_fmt(s->r->ctx->a, "%lld", (long long)f->max));
    return NO_ERR;
}

/* ---- the struct ------------------------------------------------------------------------------ */

static err read_field(const source *s, const field *f, void *at)
{
    const view *v = f->kind == F_LIST || f->kind == F_FILE ? NULL : sent(s, f->name);
    switch (f->kind) {
    case F_TEXT: case F_LINES: case F_CODE: case F_SECRET:
        if (v && v->kind != V_TEXT && v->kind != V_NULL)
            wrong(s, f, N_("{0} must be a text."), (str){0});
        else read_text(s, f, v ? v->s : (str){0}, at);
        break;
    case F_INT: case F_ID: case F_FEN: case F_DAY: case F_TIME: read_number(s, f, v, at); break;
    case F_BOOL: read_bool(s, f, v, at); break;
    case F_FILE: return read_file(s, f, at);
    case F_LIST: return read_list(s, f, at);
    case F_BLOB: break; /* bytes come as files */
    }
    return NO_ERR;
}

static err read_fields(const source *s, const shape *sh, void *out)
{
    for (const field *f = sh->fields; f < sh->fields + sh->n; f++)
        if (!(f->flags & F_RESULT)) TRY(read_field(s, f, (char *)out + f->at));
    return NO_ERR;
}

err form_read(req *r, const shape *sh, void *out)
{
    exchange *x = r->x;
    memset(out, 0, (size_t)sh->bytes);
    source s = {.r = r, .map = x->body.fields};
    TRY(read_fields(&s, sh, out));
    err e = ctx_errors(r->ctx);
    if (e.kind && x->too_large) e.kind = ERR_LARGE;
    return e;
}
