/* SPDX-License-Identifier: Apache-2.0 */
/* naming.c: labels of codes. */
#include "room/matching/naming.h"

static const named *find(const named *table, str code)
{
    while (table->code && !str_eqz(code, table->code)) table++;
    return table->code ? table : NULL;
}

void name_code(const ctx *c, view *row, const char *at, const named *table)
{
    const named *found = find(table, view_get_text(row, str_of(at)));
    if (!found) return;
    view_code(row, str_of(at), str_of(found->code), tr(c->lang, found->label));
    if (found->tone) view_text(row, S("tone"), str_of(found->tone));
}

str name_of(const ctx *c, const named *table, str code)
{
    const named *found = find(table, code);
    return found ? tr(c->lang, found->label) : (str){0};
}

void name_in_english(const ctx *c, view *row, const char *name)
{
    str en = view_get_text(row, str_fmt(c->a, "%s_en", name));
    if (c->lang == LANG_EN && en.n) view_text(row, str_of(name), str_dup(c->a, en));
}
