/* SPDX-License-Identifier: Apache-2.0 */
/* form_show.c: a shape as the fields of a form, with what was typed and what was wrong with it. */
#include "format/value.h"
#include "web/exchange.h"
#include "web/secret.h"

enum { RADIOS_MOST = 4 }; /* more choices than that stand in a select */

typedef struct {
    req *r;
    view *form;
    const shape *sh;
    const char *values;      /* the struct; NULL: none */
    const view *typed;       /* NULL: this form was not sent before */
} showing;

/* Was it this form that came back? A page may hold several. */
static const view *typed_here(const req *r, str target)
{
    size query = str_find(target, S("?"));
    str path = query < 0 ? target : str_head(target, query);
    if (!r->typed || (!r->x->signing_in && !str_eq(path, r->x->r.path))) return NULL;
    return r->typed;
}

static int64_t number_of(const showing *s, const field *f)
{
    int64_t i = 0;
    if (s->values) memcpy(&i, s->values + f->at, sizeof i);
    return i;
}

/* A number as a person would type it. Nothing where there is none. */
static str typed_number(const showing *s, const field *f)
{
    static const writing as[] = {[F_FEN] = WRITE_YUAN, [F_DAY] = WRITE_ISO, [F_LIST] = 0};
    view v = {.kind = f->kind == F_FEN   ? V_FEN
                      : f->kind == F_DAY ? V_DAY
                                         : V_INT,
              .i = number_of(s, f)};
    if (!v.i && !(f->flags & F_HIDDEN)) return (str){0};
    if (!v.i && f->kind == F_DAY) return (str){0};
    buf b = buf_new(s->r->ctx->a, 24);
    value_put(&b, &v, as[f->kind], s->r->ctx->lang);
    return buf_str(&b);
}

static str own_value(const showing *s, const field *f)
{
    switch (f->kind) {
    case F_TEXT: case F_LINES: case F_CODE:
        return s->values ? *(const str *)(const void *)(s->values + f->at) : (str){0};
    case F_INT:
    case F_ID:
    case F_FEN:
    case F_DAY:
    case F_TIME: return s->values ? typed_number(s, f) : (str){0};
    case F_BOOL: return s->values && *(const bool *)(s->values + f->at) ? S("1") : (str){0};
    case F_SECRET: case F_FILE: case F_BLOB: case F_LIST: break;
    }
    return (str){0};
}

/* After a conflict what travels hidden is that of the case as it now stands, or sending the form again
 * could never succeed; the person has been told. */
static str value_of(const showing *s, const field *f)
{
    bool own = !s->typed || f->kind == F_SECRET
            || ((f->flags & F_HIDDEN) && s->r->x->shown.kind == ERR_CONFLICT && s->values);
    return own ? own_value(s, f) : view_get_text(s->typed, str_of(f->name));
}

static str reason_of(const showing *s, const field *f)
{
    const view *all = s->r->ctx->errors;
    for (const view *e = s->typed && all ? all->first : NULL; e; e = e->next)
        if (str_eqz(view_get_text(e, S("field")), f->name)) return view_get_text(e, S("reason"));
    return (str){0};
}

static void show_hidden(const showing *s, str name, str value)
{
    view *h = view_add_map(view_get(s->form, S("hidden")));
    view_text(h, S("name"), name);
    view_text(h, S("value"), value);
}

static const char *input_kind(const field *f)
{
    switch (f->kind) {
    case F_INT: case F_ID: case F_TIME: return "number";
    case F_BOOL: return "checkbox";
    case F_FEN: return "money";
    case F_DAY: return "day";
    case F_LINES: return "lines";
    case F_CODE: return f->choices ? "select" : "text";
    case F_SECRET: return "secret";
    case F_FILE: return "file";
    case F_TEXT: case F_BLOB: case F_LIST: break;
    }
    return "text";
}

static void set_kind(view *to, const char *kind)
{
    static const char *const kinds[] = {"text",     "number", "money", "day",    "lines",
                                        "checkbox", "select", "radio", "secret", "file"};
    view_text(to, S("kind"), str_of(kind));
    for (int i = 0; i < countof(kinds); i++)
        view_bool(to, str_fmt(to->a, "is_%s", kinds[i]), !strcmp(kinds[i], kind));
}

static void show_options(const showing *s, const field *f, view *to, str value)
{
    view *all = view_put_list(to, S("options"));
    for (const struct choice *c = f->choices; c->code; c++) {
        view *one = view_add_map(all);
        view_text(one, S("code"), str_of(c->code));
        view_text(one, S("label"), tr(s->r->ctx->lang, c->label));
        view_bool(one, S("selected"), str_eqz(value, c->code));
        view_text(one, S("id"), str_fmt(to->a, SF "-%s", SA(view_get_text(to, S("id"))), c->code));
    }
    if (all->n <= RADIOS_MOST && (f->flags & F_REQUIRED)) set_kind(to, "radio");
}

/* A file sent before, with this form or kept in the case: it need not be chosen again. */
static void show_kept(const showing *s, const field *f, view *to)
{
    req *r = s->r;
    int64_t id = number_of(s, f), bytes;
    str name, typed = s->typed ? view_get_text(s->typed, str_fmt(r->ctx->a, "%s_kept", f->name))
                               : (str){0};
    if (typed.n && !str_int(typed, &id)) id = 0;
    if (id <= 0 || !r->x->o->hooks.file_name
        || r->x->o->hooks.file_name(r->ctx, id, &name, &bytes).kind)
        return;
    view *k = view_put_map(to, S("kept"));
    view_text(k, S("field"), str_fmt(r->ctx->a, "%s_kept", f->name));
    view_int(k, S("document"), id);
    view_text(k, S("file"), name);
    view_int(k, S("kb"), (bytes + 1023) / 1024);
}

static str autocomplete_of(const showing *s, const field *f)
{
    if (str_eqz(S("login"), f->name)) return S("username");
    if (str_eqz(S("code"), f->name)) return S("one-time-code");
    if (f->kind != F_SECRET) return S("off");
    str target = view_get_text(s->form, S("action"));
    bool present =
        str_eqz(target, "/login") || str_eqz(target, "/again") || str_eqz(S("old"), f->name);
    return present ? S("current-password") : S("new-password");
}

/* The input is described by its hint and its error, where there are such. */
static void describe(view *to, str id, bool hint, bool error)
{
    if (!hint && !error) return;
    view_text(to, S("described_by"),
              str_fmt(to->a, "%s" SF "%s%s" SF "%s", "", SA(hint ? id : (str){0}),
                      hint ? "-hint" : "", hint && error ? " " : "", SA(error ? id : (str){0}),
                      error ? "-error" : ""));
}

static void show_field(const showing *s, const field *f)
{
    ctx *c = s->r->ctx;
    view *to = view_add_map(view_get(s->form, S("fields")));
    str name = str_of(f->name), value = value_of(s, f), reason = reason_of(s, f);
    str id = str_fmt(c->a, SF "-%s", SA(view_get_text(s->form, S("id"))), f->name);
    view_text(to, S("name"), name);
    view_text(to, S("id"), id);
    view_text(to, S("label"), tr(c->lang, f->label));
    view_text(to, S("hint"), f->hint ? tr(c->lang, f->hint) : (str){0});
    view_text(to, S("error"), reason);
    view_text(to, S("value"), value);
    view_bool(to, S("required"), f->flags & F_REQUIRED);
    view_bool(to, S("checked"), f->kind == F_BOOL && value.n && !str_eqz(value, "0"));
    bool text = f->kind == F_TEXT || f->kind == F_LINES || f->kind == F_SECRET;
    if (text && f->max > 0) view_int(to, S("maxlength"), f->max);
    view_text(to, S("autocomplete"), autocomplete_of(s, f));
    describe(to, id, f->hint != NULL, reason.n);
    set_kind(to, input_kind(f));
    if (f->kind == F_CODE && f->choices) show_options(s, f, to, value);
    if (f->kind == F_FILE) show_kept(s, f, to);
    shown_field *known = new(c->a, shown_field);
    *known = (shown_field){s->r->x->fields, name, id};
    s->r->x->fields = known;
}

static void show_fields(const showing *s)
{
    bool file = false;
    for (const field *f = s->sh->fields; f < s->sh->fields + s->sh->n; f++) {
        if ((f->flags & F_RESULT) || f->kind == F_LIST || f->kind == F_BLOB) continue;
        if (f->flags & F_HIDDEN) show_hidden(s, str_of(f->name), value_of(s, f));
        else if (f->label) show_field(s, f);
        file |= f->kind == F_FILE && f->label;
    }
    view_bool(s->form, S("multipart"), file);
}

void form_show(req *r, view *into, const char *name, const shape *sh, const void *values,
               str target, const char *submit)
{
    view *form = view_put_map(into, str_of(name));
    showing s = {r, form, sh, values, typed_here(r, target)};
    view_text(form, S("id"), str_of(name));
    view_text(form, S("action"), target);
    view_text(form, S("csrf"), gate_csrf(r->x));
    view_text(form, S("once"), secret_token(r->ctx->a));
    view_text(form, S("submit"), tr(r->ctx->lang, submit));
    view_put_list(form, S("hidden"));
    view_put_list(form, S("fields"));
    show_fields(&s);
}

str form_key(req *r) { return gate_csrf(r->x); }

void form_options(view *form, const char *field_name, const view *choices)
{
    const view *all = view_get(form, S("fields"));
    view *to = all ? all->first : NULL;
    while (to && !str_eqz(view_get_text(to, S("name")), field_name)) to = to->next;
    assert(to); /* the form shows such a field */
    str value = view_get_text(to, S("value"));
    view *options = view_put_list(to, S("options"));
    set_kind(to, "select");
    for (const view *c = choices->first; c; c = c->next) {
        const view *code = view_get(c, S("code")), *label = view_get(c, S("label"));
        buf b = buf_new(to->a, 24);
        if (code) value_put(&b, code, code->kind == V_CODE ? WRITE_CODE : WRITE_RAW, LANG_EN);
        if (!b.n) buf_put(&b, view_get_text(c, S("code")));
        view *one = view_add_map(options);
        view_text(one, S("code"), buf_str(&b));
        view_text(one, S("label"),
                  label && label->kind == V_TEXT ? label->s : view_get_text(c, S("label")));
        view_bool(one, S("selected"), str_eq(value, buf_str(&b)));
    }
}
