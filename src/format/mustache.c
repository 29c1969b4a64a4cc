/* SPDX-License-Identifier: Apache-2.0 */
/* mustache.c: a compiled template and a view into text. */
#include "format/html.h"
#include "format/mustache_tree.h"
#include "format/url.h"

/* What names are looked for in, innermost first; it lies on the C stack. */
typedef struct frame {
    const view *v;
    const struct frame *up;
    int index, count;            /* in a list: which item of how many; else 0 */
} frame;

typedef struct {
    const template_env *env;
    const template *t;
    buf *out;
    str indent;                  /* of the partial being rendered */
    int partials;
    int *partials_left;
} render;

/* ---- finding ---------------------------------------------------------------------------- */

static const view *child(const view *map, str name)
{
    for (const view *v = map->first; v; v = v->next)
        if (str_eq(v->name, name)) return v;
    return NULL;
}

/* What a name stands for: a value and how it is to be written, or a number of our own. */
typedef struct { const view *v; writing as; view own; } found;

static const frame *list_frame(const frame *f)
{
    while (f && !f->count) f = f->up;
    return f;
}

static void find_own(const frame *top, name_kind named, found *out)
{
    const frame *f = list_frame(top);
    if (!f) return;
    out->own.kind = named == NAME_INDEX ? V_INT : V_BOOL;
    out->own.i = named == NAME_INDEX ? f->index
               : named == NAME_FIRST ? f->index == 1 : f->index == f->count;
    out->v = &out->own;
}

static const view *find_first(const render *r, const frame *top, str name)
{
    const view *v = NULL;
    for (const frame *f = top; f && !v; f = f->up)
        if (f->v && f->v->kind == V_MAP) v = child(f->v, name);
    if (!v && r->env->globals) v = child(r->env->globals, name);
    return v;
}

static void find(const render *r, const frame *top, const op *o, found *out)
{
    out->v = NULL;
    out->as = WRITE_PLAIN;
    if (o->named == NAME_SELF) {
        out->v = top->v;
        return;
    }
    if (o->named != NAME_PATH) {
        find_own(top, o->named, out);
        return;
    }
    const view *v = find_first(r, top, o->path[0]);
    for (int i = 1; i < o->parts && v; i++) {
        if (v->kind == V_MAP) {
            v = child(v, o->path[i]);
        } else {
            out->as = i + 1 == o->parts ? o->as : WRITE_PLAIN;
            if (out->as == WRITE_PLAIN) v = NULL;
        }
    }
    out->v = v;
}

static bool is_something(const found *f)
{
    const view *v = f->v;
    if (!v) return false;
    switch (v->kind) {
    case V_NULL: return false;
    case V_BOOL: case V_INT: case V_FEN: return v->i != 0;
    case V_DAY: case V_TIME: case V_MAP: return true;
    case V_TEXT: case V_CODE: return v->s.n > 0;
    case V_LIST: return v->n > 0;
    }
    return false;
}

/* ---- writing ---------------------------------------------------------------------------- */

/* Numbers and dates hold nothing to escape in any language of ours; texts and labels do. */
static void put_value(const render *r, const found *f, bool raw)
{
    const view *v = f->v;
    if (!v) return;
    bool text = v->kind == V_TEXT || v->kind == V_CODE;
    if (raw || r->env->plain || !text || f->as == WRITE_URL) {
        value_put(r->out, v, f->as, r->env->lang);
    } else if (f->as == WRITE_LINES) {
        html_lines(r->out, v->s);
    } else if (f->as == WRITE_PLAIN) {
        html_text(r->out, v->kind == V_TEXT || !v->label.n ? v->s : v->label);
    } else if (f->as == WRITE_CODE || f->as == WRITE_LABEL) {
        html_text(r->out, f->as == WRITE_CODE ? v->s : v->label);
    }
}

/* Text of the template itself: inside an indented partial every line of it is indented. */
static void put_text(const render *r, const op *o)
{
    if (!r->indent.n) {
        buf_put(r->out, o->text);
        return;
    }
    if (o->begins_line) buf_put(r->out, r->indent);
    str rest = o->text;
    for (size n; (n = str_find(rest, S("\n"))) >= 0; rest = str_from(rest, n + 1)) {
        buf_put(r->out, str_head(rest, n + 1));
        if (n + 1 < rest.n) buf_put(r->out, r->indent);
    }
    buf_put(r->out, rest);
}

static void put_message_text(const render *r, const op *o, str s)
{
    if (r->env->plain || o->html) buf_put(r->out, s);
    else html_message(r->out, s);
}

/* The translation with its {0}…: a brace that names no argument is text. */
static void put_message(const render *r, const frame *top, int at)
{
    const op *o = &r->t->ops[at];
    int args = o->end - at - 1;
    str s = o->said[r->env->lang];
    size from = 0;
    for (size i = 0; args && i + 2 < s.n; i++) {
        if (s.p[i] != '{') continue;
        size to = i + 1;
        int n = 0;
        for (; to < s.n && to < i + 3 && s.p[to] >= '0' && s.p[to] <= '9'; to++)
            n = n * 10 + s.p[to] - '0';
        if (to == i + 1 || to == s.n || s.p[to] != '}' || n >= args) continue;
        put_message_text(r, o, (str){s.p + from, i - from});
        const op *arg = &r->t->ops[at + 1 + n];
        found f;
        find(r, top, arg, &f);
        put_value(r, &f, arg->kind == OP_RAW);
        i = to;
        from = to + 1;
    }
    put_message_text(r, o, str_from(s, from));
}

/* ---- walking ---------------------------------------------------------------------------- */

static void run(const render *r, const frame *top, int from, int to);

static void put_section(const render *r, const frame *top, int at)
{
    const op *o = &r->t->ops[at];
    found f;
    find(r, top, o, &f);
    if (!is_something(&f)) return;
    if (f.v->kind == V_LIST && f.as == WRITE_PLAIN) {
        frame in = {.up = top, .count = f.v->n};
        for (const view *v = f.v->first; v; v = v->next) {
            in.v = v;
            in.index++;
            run(r, &in, at + 1, o->end);
        }
    } else {
        run(r, &(frame){.v = f.v, .up = top}, at + 1, o->end);
    }
}

static void put_partial(const render *r, const frame *top, const op *o)
{
    if (!r->env->partial || r->partials == TEMPLATE_PARTIALS_MAX || *r->partials_left == 0) return;
    --*r->partials_left;
    render in = *r;
    in.t = r->env->partial(r->env->what, o->text);
    if (!in.t) return;
    in.partials++;
    if (o->indent.n)
        in.indent = r->indent.n ? str_join(r->out->a, r->indent, o->indent) : o->indent;
    run(&in, top, 0, in.t->n);
}

static void run(const render *r, const frame *top, int from, int to)
{
    found f;
    for (int i = from; i < to; i++) {
        const op *o = &r->t->ops[i];
        switch (o->kind) {
        case OP_TEXT:
            put_text(r, o);
            break;
        case OP_VALUE: case OP_RAW:
            find(r, top, o, &f);
            put_value(r, &f, o->kind == OP_RAW);
            break;
        case OP_SECTION:
            put_section(r, top, i);
            i = o->end - 1;
            break;
        case OP_INVERTED:
            find(r, top, o, &f);
            if (is_something(&f)) i = o->end - 1;
            break;
        case OP_PARTIAL:
            put_partial(r, top, o);
            break;
        case OP_MESSAGE:
            put_message(r, top, i);
            i = o->end - 1;
            break;
        }
    }
}

void template_render(const template *t, const view *data, const template_env *env, buf *out)
{
    int partials_left = TEMPLATE_PARTIALS_ALL;
    render r = {.env = env, .t = t, .out = out, .partials_left = &partials_left};
    run(&r, &(frame){.v = data}, 0, t->n);
}
