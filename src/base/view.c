/* SPDX-License-Identifier: Apache-2.0 */
/* view.c: the tree that a page shows and JSON says. */
#include "base/base.h"

static view *make(arena *a, view_kind kind)
{
    view *v = new(a, view);
    v->kind = kind;
    v->a = a;
    return v;
}

view *view_map(arena *a) { return make(a, V_MAP); }
view *view_list(arena *a) { return make(a, V_LIST); }

static void append(view *parent, view *child)
{
    if (parent->last) parent->last->next = child;
    else parent->first = child;
    parent->last = child;
    parent->n++;
}

view *view_get(const view *map, str name)
{
    if (!map || map->kind != V_MAP) return NULL;
    for (view *v = map->first; v; v = v->next)
        if (str_eq(v->name, name)) return v;
    return NULL;
}

str view_get_text(const view *map, str name)
{
    const view *v = view_get(map, name);
    return v && (v->kind == V_TEXT || v->kind == V_CODE) ? v->s : (str){0};
}

int64_t view_get_int(const view *map, str name, int64_t otherwise)
{
    const view *v = view_get(map, name);
    return v && v->kind >= V_BOOL && v->kind <= V_TIME ? v->i : otherwise;
}

view *view_put(view *map, str name, view_kind kind)
{
    assert(map->kind == V_MAP);
    view *v = view_get(map, name);
    if (v) { /* keeps its place */
        view *next = v->next;
        *v = (view){.kind = kind, .name = name, .next = next, .a = map->a};
        return v;
    }
    v = make(map->a, kind);
    v->name = name;
    append(map, v);
    return v;
}

view *view_put_all(view *map, int n)
{
    assert(map->kind == V_MAP && !map->first && n > 0);
    view *all = new_n(map->a, view, n);
    for (int i = 0; i < n; i++) {
        all[i].a = map->a;
        all[i].next = i + 1 < n ? &all[i + 1] : NULL;
    }
    map->first = all;
    map->last = &all[n - 1];
    map->n = n;
    return all;
}

view *view_add(view *to, view_kind kind)
{
    assert(to->kind == V_LIST);
    view *v = make(to->a, kind);
    append(to, v);
    return v;
}

void view_text(view *map, str name, str s) { view_put(map, name, V_TEXT)->s = s; }
void view_int(view *map, str name, int64_t i) { view_put(map, name, V_INT)->i = i; }
void view_bool(view *map, str name, bool b) { view_put(map, name, V_BOOL)->i = b; }
void view_fen(view *map, str name, int64_t fen) { view_put(map, name, V_FEN)->i = fen; }

void view_day(view *map, str name, int64_t day)
{
    view_put(map, name, day ? V_DAY : V_NULL)->i = day;
}

void view_time(view *map, str name, int64_t us)
{
    view_put(map, name, us ? V_TIME : V_NULL)->i = us;
}

void view_code(view *map, str name, str code, str label)
{
    view *v = view_put(map, name, V_CODE);
    v->s = code;
    v->label = label;
}

view *view_put_map(view *map, str name) { return view_put(map, name, V_MAP); }
view *view_put_list(view *map, str name) { return view_put(map, name, V_LIST); }
view *view_add_map(view *to) { return view_add(to, V_MAP); }
view *view_add_list(view *to) { return view_add(to, V_LIST); }

/* Puts the child itself into the map (it may still grow), in the place of one of that name. */
void view_adopt(view *map, str name, view *child)
{
    assert(map->kind == V_MAP && !child->next); /* one `next` cannot serve two places */
    view *old = view_get(map, name);
    child->name = name;
    if (!old) {
        append(map, child);
        return;
    }
    view **link = &map->first;
    view *before = NULL;
    while (*link != old) before = *link, link = &before->next;
    child->next = old->next;
    *link = child;
    if (map->last == old) map->last = child;
}

/* The texts are copied too: the original's arena may go first. */
view *view_copy(arena *a, const view *v)
{
    if (!v) return make(a, V_NULL);
    view *own = make(a, v->kind);
    own->name = str_dup(a, v->name);
    own->label = str_dup(a, v->label);
    if (v->kind == V_TEXT || v->kind == V_CODE) {
        own->s = str_dup(a, v->s);
    } else if (v->kind == V_LIST || v->kind == V_MAP) {
        for (const view *one = v->first; one; one = one->next) append(own, view_copy(a, one));
    } else {
        own->i = v->i;
    }
    return own;
}
