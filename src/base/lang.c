/* SPDX-License-Identifier: Apache-2.0 */
/* lang.c: translation by the catalogue, and the codes of the languages. */
#include "base/base.h"
#include "base/lang.h"

static const char *const codes[] = {[LANG_ZH] = "zh-CN", [LANG_EN] = "en"};
_Static_assert(countof(codes) == LANGS, "every language has its code");

str lang_code(lang l) { return str_of(codes[l]); }

str tr_str(lang l, str id)
{
    if (l != LANG_ZH) return id;
    int low = 0, high = catalogue_zh_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        int c = str_compare(catalogue_zh[middle].id, id);
        if (!c) return catalogue_zh[middle].text;
        if (c < 0) low = middle + 1;
        else high = middle;
    }
    return id;
}

str tr(lang l, const char *id) { return tr_str(l, str_of(id)); }

static const struct choice *choice_of(const struct choice *all, str code)
{
    while (all->code && !str_eqz(code, all->code)) all++;
    return all->code ? all : NULL;
}

str choice_word(lang l, const struct choice *all, str code)
{
    const struct choice *found = choice_of(all, code);
    return found ? tr(l, found->label) : code;
}

void view_choice(lang l, view *map, str name, const struct choice *all)
{
    const struct choice *found = choice_of(all, view_get_text(map, name));
    if (!found) return;
    view_code(map, name, str_of(found->code), tr(l, found->label));
    if (found->tone) view_text(map, S("tone"), str_of(found->tone));
}

void view_english(lang l, view *map, const char *name)
{
    str en = view_get_text(map, str_fmt(map->a, "%s_en", name));
    if (l == LANG_EN && en.n) view_text(map, str_of(name), en);
}
