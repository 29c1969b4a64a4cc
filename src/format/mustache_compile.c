/* SPDX-License-Identifier: Apache-2.0 */
/* mustache_compile.c: the text of a template into its operations. */
#include "format/mustache_tree.h"

typedef struct {
    arena *a;
    str name, text;
    str open, close;             /* delimiters */
    op *ops; int n, cap;
    int around[TEMPLATE_NESTING_MAX]; int depth; /* sections not yet closed */
    str paths[TEMPLATE_NESTING_MAX + 1];
    int line; size line_at;      /* the line of the byte line_at: counted as we go */
} compiler;

typedef struct {
    char sigil;                  /* 0: a plain name */
    str name;
    size from, to;               /* the tag's bytes */
    bool alone;                  /* nothing but white space stands on its lines */
    size text_to, text_from;     /* where the text before it ends and the text after it begins */
} tag;

static int line_of(compiler *c, size at)
{
    for (; c->line_at < at; c->line_at++) c->line += c->text.p[c->line_at] == '\n';
    return c->line;
}

static err wrong(compiler *c, size at, const char *text, str what)
{
    return err_with(ERR_INPUT, "", text, c->name, str_fmt(c->a, "%d", line_of(c, at)), what);
}

static op *put(compiler *c, op_kind kind, size at)
{
    if (c->n == c->cap) {
        op *more = new_n(c->a, op, c->cap * 2 + 16);
        if (c->n) memcpy(more, c->ops, (size_t)c->n * sizeof *more);
        c->ops = more;
        c->cap = c->cap * 2 + 16;
    }
    op *o = &c->ops[c->n++];
    *o = (op){.kind = kind, .line = line_of(c, at), .inside = c->paths[c->depth]};
    return o;
}

static bool begins_line(const compiler *c, size at)
{
    return at == 0 || c->text.p[at - 1] == '\n';
}

static void put_text(compiler *c, size from, size to)
{
    if (from >= to) return;
    op *o = put(c, OP_TEXT, from);
    o->text = (str){c->text.p + from, to - from};
    o->begins_line = begins_line(c, from);
}

/* ---- tags ------------------------------------------------------------------------------- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
    return is_blank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

static str trim(str s)
{
    while (s.n && is_space(s.p[0])) s = str_from(s, 1);
    while (s.n && is_space(s.p[s.n - 1])) s.n--;
    return s;
}

/* Does the tag stand alone on its lines (the specification's "standalone")? Then its white space
 * and line end belong to it. */
static void look_around(const compiler *c, tag *t)
{
    size from = t->from, to = t->to;
    while (from > 0 && is_blank(c->text.p[from - 1])) from--;
    while (to < c->text.n && is_blank(c->text.p[to])) to++;
    bool at_end = to == c->text.n;
    if (!at_end && c->text.p[to] == '\r' && to + 1 < c->text.n && c->text.p[to + 1] == '\n') to++;
    t->alone = begins_line(c, from) && (at_end || c->text.p[to] == '\n');
    t->text_to = t->alone ? from : t->from;
    t->text_from = t->alone ? (at_end ? to : to + 1) : t->to;
}

static err read_tag(compiler *c, size at, tag *t)
{
    size in = at + c->open.n;
    while (in < c->text.n && is_blank(c->text.p[in])) in++;
    char sigil = in < c->text.n ? c->text.p[in] : 0;
    if (!sigil || !strchr("#^/>!&{=", sigil)) sigil = 0;
    str close = c->close;
    if (sigil == '{') close = str_join(c->a, S("}"), c->close);
    if (sigil == '=') close = str_join(c->a, S("="), c->close);
    if (sigil) in++;
    size n = str_find(str_from(c->text, in), close);
    if (n < 0) return wrong(c, at, N_("{0}:{1}: a tag is opened and not closed."), (str){0});
    *t = (tag){.sigil = sigil, .from = at, .to = in + n + close.n};
    t->name = trim((str){c->text.p + in, n});
    if (sigil && strchr("#^/>!=", sigil)) look_around(c, t);
    else t->text_to = t->from, t->text_from = t->to;
    return NO_ERR;
}

static err set_delimiters(compiler *c, const tag *t)
{
    str rest = t->name;
    size gap = 0;
    while (gap < rest.n && !is_space(rest.p[gap])) gap++;
    str open = str_head(rest, gap), close = trim(str_from(rest, gap));
    bool bad = !open.n || !close.n || str_find(t->name, S("=")) >= 0;
    for (size i = 0; i < close.n; i++) bad |= is_space(close.p[i]);
    if (bad) return wrong(c, t->from, N_("{0}:{1}: “{2}” are no two delimiters."), t->name);
    c->open = open;
    c->close = close;
    return NO_ERR;
}

/* ---- names ------------------------------------------------------------------------------ */

static err put_name(compiler *c, op *o, const tag *t)
{
    static const struct { const char *name; name_kind kind; } own[] = {
        {".", NAME_SELF}, {"@index", NAME_INDEX}, {"@first", NAME_FIRST}, {"@last", NAME_LAST},
    };
    o->text = t->name;
    if (!t->name.n) return wrong(c, t->from, N_("{0}:{1}: a tag without a name."), (str){0});
    for (size i = 0; i < t->name.n; i++)
        if (is_space(t->name.p[i]))
            return wrong(c, t->from, N_("{0}:{1}: the name “{2}” holds a space."), t->name);
    for (int i = 0; i < countof(own); i++)
        if (str_eqz(t->name, own[i].name)) { o->named = own[i].kind; return NO_ERR; }
    int parts = 1;
    for (size i = 0; i < t->name.n; i++) parts += t->name.p[i] == '.';
    str *path = new_n(c->a, str, parts), rest = t->name, part = {0};
    for (int i = 0; i < parts; i++) {
        size dot = str_find(rest, S("."));
        part = dot < 0 ? rest : str_head(rest, dot);
        rest = dot < 0 ? (str){0} : str_from(rest, dot + 1);
        path[i] = part;
        if (!part.n)
            return wrong(c, t->from, N_("{0}:{1}: the name “{2}” has an empty part."), t->name);
    }
    o->path = path;
    o->parts = parts;
    o->as = parts > 1 ? (writing)writing_of(part) : WRITE_PLAIN;
    return NO_ERR;
}

/* ---- sections --------------------------------------------------------------------------- */

static err open_section(compiler *c, const tag *t)
{
    if (c->depth == TEMPLATE_NESTING_MAX)
        return wrong(c, t->from, N_("{0}:{1}: sections stand too deep inside each other."),
                     (str){0});
    op *o = put(c, t->sigil == '#' ? OP_SECTION : OP_INVERTED, t->from);
    TRY(put_name(c, o, t));
    str around = c->paths[c->depth];
    c->around[c->depth++] = c->n - 1;
    c->paths[c->depth] = around.n ? str_fmt(c->a, SF "/" SF, SA(around), SA(t->name)) : t->name;
    return NO_ERR;
}

static err close_section(compiler *c, const tag *t)
{
    if (!c->depth) return wrong(c, t->from, N_("{0}:{1}: “{2}” is closed but not open."), t->name);
    op *o = &c->ops[c->around[c->depth - 1]];
    if (!str_eq(o->text, t->name))
        return wrong(c, t->from, N_("{0}:{1}: “{2}” is closed inside another section."), t->name);
    o->end = c->n;
    c->depth--;
    return NO_ERR;
}

/* ---- messages --------------------------------------------------------------------------- */

/* Appends text with white space runs as one space; none at the beginning. */
static void put_words(buf *id, str s)
{
    for (size i = 0; i < s.n; i++) {
        bool space = is_space(s.p[i]);
        if (space && (!id->n || id->p[id->n - 1] == ' ')) continue;
        buf_byte(id, space ? ' ' : s.p[i]);
    }
}

static err put_argument(compiler *c, const tag *t, buf *id, int *args)
{
    if (t->sigil && t->sigil != '&' && t->sigil != '{')
        return wrong(c, t->from, N_("{0}:{1}: only names may stand inside a message, not “{2}”."),
                     t->name);
    buf_fmt(id, "{%d}", (*args)++);
    return put_name(c, put(c, t->sigil ? OP_RAW : OP_VALUE, t->from), t);
}

/* From behind {{#_}} to behind {{/_}}. The message's white space at either end stays text. */
static err read_message(compiler *c, const tag *opening, size *at)
{
    size from = opening->to, end = from;
    while (end < c->text.n && is_space(c->text.p[end])) end++;
    put_text(c, from, end);
    int own = c->n, args = 0;
    put(c, OP_MESSAGE, opening->from);
    buf id = buf_new(c->a, 128);
    for (size text = end;;) {
        size n = str_find(str_from(c->text, text), c->open);
        if (n < 0)
            return wrong(c, opening->from, N_("{0}:{1}: a message is not closed."), (str){0});
        tag t;
        TRY(read_tag(c, text + n, &t));
        put_words(&id, (str){c->text.p + text, n});
        text = t.to;
        if (t.sigil == '/' && str_eq(t.name, S("_"))) { end = t.from; *at = t.to; break; }
        if (t.sigil != '!') TRY(put_argument(c, &t, &id, &args));
    }
    op *o = &c->ops[own];
    o->text = trim(buf_str(&id));
    o->html = str_find(o->text, S("<")) >= 0;
    str *said = new_n(c->a, str, LANGS);
    for (int l = 0; l < LANGS; l++) said[l] = tr_str((lang)l, o->text);
    o->said = said;
    o->end = c->n;
    if (!o->text.n) return wrong(c, opening->from, N_("{0}:{1}: an empty message."), (str){0});
    size tail = end;
    while (tail > from && is_space(c->text.p[tail - 1])) tail--;
    put_text(c, tail, end);
    return NO_ERR;
}

/* ---- the whole -------------------------------------------------------------------------- */

static err put_tag(compiler *c, const tag *t)
{
    op *o;
    switch (t->sigil) {
    case '#': case '^': return open_section(c, t);
    case '/': return close_section(c, t);
    case '=': return set_delimiters(c, t);
    case '!': return NO_ERR;
    case '>':
        o = put(c, OP_PARTIAL, t->from);
        TRY(put_name(c, o, t));
        if (t->alone) o->indent = (str){c->text.p + t->text_to, t->from - t->text_to};
        return NO_ERR;
    default:
        return put_name(c, put(c, t->sigil ? OP_RAW : OP_VALUE, t->from), t);
    }
}

static bool is_message(const tag *t)
{
    return t->sigil == '#' && str_eq(t->name, S("_"));
}

static err compile(compiler *c)
{
    for (size at = 0; at < c->text.n;) {
        size n = str_find(str_from(c->text, at), c->open);
        if (n < 0) {
            put_text(c, at, c->text.n);
            break;
        }
        tag t;
        TRY(read_tag(c, at + n, &t));
        bool alone = t.alone && !is_message(&t);
        put_text(c, at, alone ? t.text_to : t.from);
        /* what begins a line but is no text: an empty text carries the indentation */
        if (!alone && begins_line(c, t.from)) put(c, OP_TEXT, t.from)->begins_line = true;
        at = alone ? t.text_from : t.to;
        if (is_message(&t)) TRY(read_message(c, &t, &at));
        else TRY(put_tag(c, &t));
    }
    if (!c->depth) return NO_ERR;
    const op *open = &c->ops[c->around[c->depth - 1]];
    return err_with(ERR_INPUT, "", N_("{0}:{1}: the section “{2}” is not closed."), c->name,
                    str_fmt(c->a, "%d", open->line), open->text);
}

/* A tag mostly makes two operations, the text before it and itself: a good guess leaves no outgrown arrays behind. */
static int operations_about(str text)
{
    int n = 1;
    for (size at; (at = str_find(text, S("{{"))) >= 0; text = str_from(text, at + 2)) n += 2;
    return n;
}

err template_compile(arena *a, str name, str text, template **out)
{
    compiler c = {.a = a, .name = name, .text = text, .open = S("{{"), .close = S("}}"), .line = 1, .cap = operations_about(text)};
    c.ops = new_n(a, op, c.cap);
    TRY(compile(&c));
    template *t = new(a, template);
    *t = (template){.name = name, .ops = c.ops, .n = c.n};
    *out = t;
    return NO_ERR;
}

void template_keys(const template *t, void (*each)(void *what, const template_key *k), void *what)
{
    static const int kind[] = {
        [OP_VALUE] = KEY_VALUE, [OP_RAW] = KEY_VALUE, [OP_SECTION] = KEY_SECTION,
        [OP_INVERTED] = KEY_INVERTED, [OP_PARTIAL] = KEY_PARTIAL, [OP_MESSAGE] = KEY_MESSAGE,
    };
    for (int i = 0; i < t->n; i++) {
        const op *o = &t->ops[i];
        if (o->kind == OP_TEXT) continue;
        template_key k = {.name = o->text, .inside = o->inside, .line = o->line};
        k.kind = kind[o->kind];
        each(what, &k);
    }
}
