/* SPDX-License-Identifier: Apache-2.0 */
/* json.c: JSON by jansson into a view.
 *
 * jansson builds its own tree first; only when it has returned do we ask the arena for memory, so
 * that no jump crosses it. Its tree is given back as soon as it is copied, or with the arena.
 */
#include "format/json.h"

#include <jansson.h>

static void give_back(void *what)
{
    json_t **tree = what;
    json_decref(*tree);
    *tree = NULL;
}

static const char ends_early[] = N_("Line {0}: the JSON ends too early.");

static err at_line(arena *a, err_kind kind, const char *text, int64_t line, str what)
{
    return err_with(kind, "", text, str_fmt(a, "%lld", (long long)line), what, (str){0});
}

static err refused(arena *a, const json_error_t *e)
{
    err_kind kind = ERR_UNREADABLE;
    const char *text = N_("Line {0}: this is not JSON.");
    switch (json_error_code(e)) {
    case json_error_duplicate_key: text = N_("Line {0}: a name stands twice in one object."); break;
    case json_error_numeric_overflow: text = N_("Line {0}: a number is too large."); break;
    case json_error_invalid_utf8: text = N_("Line {0}: this is not UTF-8 text."); break;
    case json_error_null_character:
    case json_error_null_byte_in_key: text = N_("Line {0}: a text holds the character NUL."); break;
    case json_error_stack_overflow:
        kind = ERR_LARGE;
        text = N_("Line {0}: values stand too deep inside each other.");
        break;
    case json_error_premature_end_of_input: text = ends_early; break;
    default: break;
    }
    return at_line(a, kind, text, e->line > 0 ? e->line : 1, (str){0});
}

/* The bytes of the decimal numbers, found one after the other in the order of the tree: jansson has
 * only doubles of them, in which 1.10 is no longer 1.10. */
typedef struct { str rest; int64_t line; } decimals;

static bool is_of_number(char c)
{
    return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

static str skip_text(str s)
{
    size i = 1;
    while (i < s.n && s.p[i] != '"') i += s.p[i] == '\\' ? 2 : 1;
    return str_from(s, i + 1);
}

static str next_decimal(decimals *d)
{
    while (d->rest.n) {
        char c = d->rest.p[0];
        if (c == '"') { d->rest = skip_text(d->rest); continue; }
        size n = 0;
        bool decimal = false;
        if (c == '-' || (c >= '0' && c <= '9'))
            for (; n < d->rest.n && is_of_number(d->rest.p[n]); n++)
                decimal |= d->rest.p[n] == '.' || d->rest.p[n] == 'e' || d->rest.p[n] == 'E';
        str number = str_head(d->rest, n);
        d->line += c == '\n';
        d->rest = str_from(d->rest, n ? n : 1);
        if (decimal) return number;
    }
    return (str){0};
}

typedef struct { arena *a; unsigned flags; decimals decimals; } copying;

static err copy(copying *c, const json_t *from, int depth, view *to);

static err copy_object(copying *c, const json_t *from, int depth, view *to)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)from, key, value) {
        view *v = new(c->a, view); /* not view_put: it would look for a second of the name */
        v->a = c->a;
        v->name = str_dup(c->a, str_of(key));
        if (to->last) to->last->next = v;
        else to->first = v;
        to->last = v;
        to->n++;
        TRY(copy(c, value, depth, v));
    }
    return NO_ERR;
}

static err copy(copying *c, const json_t *from, int depth, view *to)
{
    size_t i;
    json_t *value;
    if (depth == JSON_DEPTH_MAX && (json_is_array(from) || json_is_object(from)))
        return err_of(ERR_LARGE, "", N_("The JSON's values stand too deep inside each other."));
    switch (json_typeof(from)) {
    case JSON_NULL: to->kind = V_NULL; break;
    case JSON_TRUE: case JSON_FALSE:
        to->kind = V_BOOL;
        to->i = json_is_true(from);
        break;
    case JSON_INTEGER:
        to->kind = V_INT;
        to->i = json_integer_value(from);
        break;
    case JSON_REAL:
        to->kind = V_TEXT;
        to->s = str_dup(c->a, next_decimal(&c->decimals));
        if (!(c->flags & JSON_DECIMALS_AS_TEXT))
            return at_line(c->a, ERR_UNREADABLE,
                           N_("Line {0}: {1} is not a whole number; money is written in fen, "
                              "other decimals as text."),
                           c->decimals.line, to->s);
        break;
    case JSON_STRING:
        to->kind = V_TEXT;
        to->s = str_dup(c->a, (str){json_string_value(from), (size)json_string_length(from)});
        break;
    case JSON_ARRAY:
        to->kind = V_LIST;
        json_array_foreach(from, i, value) TRY(copy(c, value, depth + 1, view_add(to, V_NULL)));
        break;
    case JSON_OBJECT:
        to->kind = V_MAP;
        return copy_object(c, from, depth + 1, to);
    }
    return NO_ERR;
}

err json_read_with(arena *a, str bytes, unsigned flags, view **out)
{
    if (bytes.n > JSON_BYTES_MAX)
        return err_of(ERR_LARGE, "", N_("The JSON is longer than 4 MiB."));
    if (str_starts(bytes, S("\xEF\xBB\xBF"))) bytes = str_from(bytes, 3);
    if (!bytes.n) return at_line(a, ERR_UNREADABLE, ends_early, 1, (str){0});
    json_t **tree = new(a, json_t *);
    arena_cleanup(a, give_back, tree); /* before there is anything to lose */
    json_error_t e = {0};
    *tree = json_loadb(bytes.p, (size_t)bytes.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &e);
    if (!*tree) return refused(a, &e);
    copying c = {a, flags, {bytes, 1}};
    view *root = new(a, view);
    root->a = a;
    err wrong = copy(&c, *tree, 0, root);
    give_back(tree);
    if (!wrong.kind) *out = root;
    return wrong;
}

err json_read(arena *a, str bytes, view **out)
{
    return json_read_with(a, bytes, 0, out);
}
