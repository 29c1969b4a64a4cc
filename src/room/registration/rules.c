/* SPDX-License-Identifier: Apache-2.0 */
/* rules.c: the rules of screening that this zone uses: the built-in ones until the alliance replaces them. */
#include "room/registration/rules.h"

#include "gen/room/registration/rules_sql.h"

static const field fields[] = {
    FIELD(rules_new, rules, F_LINES, .flags = F_REQUIRED, .label = N_("Rules"),
          .hint = N_("Rows of kind, word, class, weight and example; all known firms are screened by them anew; what a person corrected stays."), .max = 200000),
};
const shape rules_new_shape = {"rules_new", fields, countof(fields), sizeof(rules_new)};

err rules_text(ctx *c, str *out)
{
    TRY(store_text(c, &rules_now, out, NO_ARGS));
    if (!out->n) *out = screening_built_in();
    return NO_ERR;
}

err rules_ready(ctx *c, const screening **out)
{
    str text;
    screening *s;
    TRY(rules_text(c, &text));
    TRY(screening_load(c->a, text, &s));
    *out = s;
    return NO_ERR;
}

static err replace(ctx *c, void *in)
{
    rules_new *n = in;
    screening *tried;
    TRY(screening_load(c->a, n->rules, &tried));
    return store_run(c, &rules_put, NULL, ARGS(n->rules, c->who.person, c->today));
}
const action rules_replace = {"registration_rules", &rules_new_shape, replace, 0};
