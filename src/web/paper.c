/* SPDX-License-Identifier: Apache-2.0 */
/* paper.c: a paper's description (format/pdf.h) as a page shows it: what is printed and what is read are one text. */
#include "web/web.h"

void web_paper(ctx *c, const view *words, view *v)
{
    static const char *const keys[] = {"p", "h1", "note"};
    view *out = view_put_list(v, S("blocks"));
    view_text(v, S("heading"), str_replace(c->a, view_get_text(words, S("title")), S("\n"), S("")));
    view_text(v, S("issuer"), view_get_text(words, S("issuer")));
    view_text(v, S("addressee"), view_get_text(words, S("to")));
    for (const view *b = view_get(words, S("body"))->first; b; b = b->next) {
        for (int i = 0; i < countof(keys); i++) {
            str s = view_get_text(b, str_of(keys[i]));
            if (s.n) view_text(view_add_map(out), str_of(keys[i]), s);
        }
        if (view_get(b, S("table"))) view_adopt(view_add_map(out), S("table"), view_copy(c->a, view_get(b, S("table"))));
        if (view_get(b, S("facts"))) view_adopt(view_add_map(out), S("facts"), view_copy(c->a, view_get(b, S("facts"))));
    }
}

