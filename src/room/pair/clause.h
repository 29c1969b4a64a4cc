/* SPDX-License-Identifier: Apache-2.0 */
/* clause.h: inside the room: the parts of a text that is signed (format/paper.h says what a body is). */
#ifndef PAIR_CLAUSE_H
#define PAIR_CLAUSE_H
#include "base/base.h"
static inline void clause_block(view *body, const char *key, str s) { view_text(view_add_map(body), str_of(key), s); }
static inline void clause_head(view *body, const char *s) { clause_block(body, "h1", str_of(s)); }
static inline void clause(view *body, str s) { clause_block(body, "p", s); }
static inline void clause_fact(view *facts, const char *name, str value)
{
    view *one = view_add_map(facts);
    view_text(one, S("name"), str_of(name));
    view_text(one, S("value"), value.n ? value : S("—"));
}
#endif
