/* SPDX-License-Identifier: Apache-2.0 */
/* shape.c: a struct into a tree and back, by its description. */
#include "base/days.h"

const field *shape_field(const shape *sh, str name)
{
    for (int i = 0; i < sh->n; i++)
        if (str_eqz(name, sh->fields[i].name)) return &sh->fields[i];
    return NULL;
}

/* ---- bytes as text: base64 of RFC 4648 section 4, with padding ------------------------------ */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static str base64_text(arena *a, str bytes)
{
    size n = (bytes.n + 2) / 3 * 4, left = bytes.n;
    char *p = new_n(a, char, n);
    const unsigned char *from = (const unsigned char *)bytes.p;
    for (char *to = p; left > 0; to += 4, from += 3, left -= 3) {
        unsigned three = from[0] * 65536u + (left > 1 ? from[1] * 256u : 0) +
                         (left > 2 ? from[2] : 0);
        to[0] = digits[three >> 18];
        to[1] = digits[three >> 12 & 63];
        to[2] = left > 1 ? digits[three >> 6 & 63] : '=';
        to[3] = left > 2 ? digits[three & 63] : '=';
    }
    return (str){p, n};
}

static bool base64_read(arena *a, str s, str *out)
{
    if (s.n % 4) return false;
    size pad = str_ends(s, S("==")) ? 2 : str_ends(s, S("=")) ? 1 : 0;
    char *p = new_n(a, char, s.n / 4 * 3), *to = p;
    unsigned bits = 0, held = 0;
    for (size i = 0; i < s.n - pad; i++) {
        const char *d = s.p[i] ? strchr(digits, s.p[i]) : NULL;
        if (!d) return false;
        bits = (bits << 6 | (unsigned)(d - digits)) & 0xFFFFFFu;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        *to++ = (char)(bits >> held & 0xFF);
    }
    if (bits & ((1u << held) - 1)) return false; /* stray bits: two writings of the same bytes */
    *out = (str){p, to - p};
    return true;
}

/* ---- into a tree ----------------------------------------------------------------------------- */

static int64_t number_at(const void *at)
{
    int64_t i;
    memcpy(&i, at, sizeof i);
    return i;
}

static void list_view(const shape *sh, const list *l, view *into)
{
    for (int i = 0; i < l->n; i++)
        shape_view(sh, (const char *)l->items + i * sh->bytes, view_add_map(into));
}

void shape_view(const shape *sh, const void *from, view *map)
{
    for (const field *f = sh->fields; f < sh->fields + sh->n; f++) {
        const void *at = (const char *)from + f->at;
        str name = str_of(f->name);
        switch (f->kind) {
        case F_INT: case F_ID: case F_FILE: view_int(map, name, number_at(at)); break;
        case F_BOOL: view_bool(map, name, *(const bool *)at); break;
        case F_FEN: view_fen(map, name, number_at(at)); break;
        case F_DAY: view_day(map, name, number_at(at)); break;
        case F_TIME: view_time(map, name, number_at(at)); break;
        case F_TEXT: case F_LINES: case F_CODE: view_text(map, name, *(const str *)at); break;
        case F_BLOB: view_text(map, name, base64_text(map->a, *(const str *)at)); break;
        case F_LIST: list_view(f->of, at, view_put_list(map, name)); break;
        case F_SECRET: break; /* never shown, never logged */
        }
    }
}

/* ---- out of a tree --------------------------------------------------------------------------- */

static err wrong(const field *f, const char *text) { return err_of(ERR_INPUT, f->name, text); }

static err read_number(const field *f, const view *v, int64_t *out)
{
    view_kind own = f->kind == F_FEN ? V_FEN : V_INT;
    if (v->kind != V_INT && v->kind != own)
        return wrong(f, f->kind == F_FEN ? N_("A whole number of fen is expected here.")
                                         : N_("A whole number is expected here."));
    *out = v->i;
    return NO_ERR;
}

static err read_bool(const field *f, const view *v, bool *out)
{
    bool is = v->kind == V_BOOL || (v->kind == V_INT && (v->i == 0 || v->i == 1));
    if (!is) return wrong(f, N_("True or false is expected here."));
    *out = v->i != 0;
    return NO_ERR;
}

static err read_day(const field *f, const view *v, int64_t *out)
{
    if (v->kind == V_DAY) return *out = v->i, NO_ERR;
    if (v->kind == V_TEXT && !v->s.n) return *out = 0, NO_ERR;
    if (v->kind == V_TEXT && day_parse(v->s, out)) return NO_ERR;
    return wrong(f, N_("A day such as 2018-11-05 is expected here."));
}

static err read_time(const field *f, const view *v, int64_t *out)
{
    if (v->kind == V_TIME || v->kind == V_INT) return *out = v->i, NO_ERR;
    if (v->kind == V_TEXT && !v->s.n) return *out = 0, NO_ERR;
    if (v->kind == V_TEXT && time_parse(v->s, out)) return NO_ERR;
    return wrong(f, N_("An instant such as 2018-11-05T06:30:00Z is expected here."));
}

static err read_text(arena *a, const field *f, const view *v, str *out)
{
    if (v->kind != V_TEXT && v->kind != V_CODE)
        return wrong(f, N_("A text is expected here."));
    if (f->kind != F_BLOB) return *out = v->s, NO_ERR;
    if (base64_read(a, v->s, out)) return NO_ERR;
    return wrong(f, N_("Bytes written as base64 are expected here."));
}

static err read_list(arena *a, const field *f, const view *v, list *out)
{
    if (v->kind != V_LIST) return wrong(f, N_("A list is expected here."));
    *out = (list){arena_alloc(a, v->n, f->of->bytes, (size) _Alignof(max_align_t)), v->n};
    int i = 0;
    for (const view *one = v->first; one; one = one->next, i++) {
        err e = one->kind == V_MAP
            ? shape_read(a, f->of, one, (char *)out->items + i * f->of->bytes)
            : wrong(f, N_("Named values (a JSON object) are expected here."));
        if (!e.kind) continue;
        if (one->kind == V_MAP) /* "lines.2.amount_fen" */
            e.field = str_fmt(a, "%s.%d.%s", f->name, i, e.field).p;
        return e;
    }
    return NO_ERR;
}

/* What a null stands for: nothing of that kind. */
static void clear(const field *f, void *at)
{
    switch (f->kind) {
    case F_BOOL: *(bool *)at = false; break;
    case F_TEXT: case F_LINES: case F_CODE: case F_SECRET: case F_BLOB:
        *(str *)at = (str){0};
        break;
    case F_LIST: *(list *)at = (list){0}; break;
    case F_INT: case F_ID: case F_FEN: case F_DAY: case F_TIME: case F_FILE:
        memset(at, 0, sizeof(int64_t));
        break;
    }
}

static err read_field(arena *a, const field *f, const view *v, void *at)
{
    switch (f->kind) {
    case F_INT: case F_ID: case F_FILE: case F_FEN: return read_number(f, v, at);
    case F_BOOL: return read_bool(f, v, at);
    case F_DAY: return read_day(f, v, at);
    case F_TIME: return read_time(f, v, at);
    case F_TEXT: case F_LINES: case F_CODE: case F_SECRET: case F_BLOB:
        return read_text(a, f, v, at);
    case F_LIST: return read_list(a, f, v, at);
    }
    return NO_ERR;
}

err shape_read(arena *a, const shape *sh, const view *map, void *out)
{
    if (map->kind != V_MAP)
        return err_of(ERR_INPUT, "", N_("Named values (a JSON object) are expected here."));
    for (const field *f = sh->fields; f < sh->fields + sh->n; f++) {
        const view *v = view_get(map, str_of(f->name));
        if (!v) continue;
        void *at = (char *)out + f->at;
        if (v->kind == V_NULL) clear(f, at);
        else TRY(read_field(a, f, v, at));
    }
    return NO_ERR;
}
