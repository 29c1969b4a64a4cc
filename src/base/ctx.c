/* SPDX-License-Identifier: Apache-2.0 */
/* ctx.c: errors as values, the wrong fields of a form, and the roles. */
#include "base/base.h"

err err_of(err_kind kind, const char *at, const char *text)
{
    return (err){.kind = kind, .field = at ? at : "", .text = text};
}

err err_with(err_kind kind, const char *at, const char *text, str a, str b, str c)
{
    err e = err_of(kind, at, text);
    e.arg[0] = a;
    e.arg[1] = b;
    e.arg[2] = c;
    return e;
}

str err_text(arena *a, err e, str translated)
{
    if (str_find(translated, S("{")) < 0) return translated;
    buf b = buf_new(a, translated.n + e.arg[0].n + e.arg[1].n + e.arg[2].n);
    str rest = translated; /* one pass: a {1} inside an argument is the person's own text */
    while (rest.n) {
        int i = rest.n >= 3 && rest.p[0] == '{' && rest.p[2] == '}' ? rest.p[1] - '0' : -1;
        if (i >= 0 && i < countof(e.arg)) {
            buf_put(&b, e.arg[i]);
            rest = str_from(rest, 3);
        } else {
            buf_byte(&b, rest.p[0]);
            rest = str_from(rest, 1);
        }
    }
    return buf_str(&b);
}

void ctx_wrong(ctx *c, const char *at, err e)
{
    if (!c->errors) c->errors = view_list(c->a);
    view *one = view_add_map(c->errors);
    view_text(one, S("field"), str_of(at && *at ? at : e.field));
    view_text(one, S("reason"), err_text(c->a, e, tr(c->lang, e.text)));
}

err ctx_errors(const ctx *c)
{
    if (!c->errors || !c->errors->first) return NO_ERR;
    str first = view_get_text(c->errors->first, S("field"));
    return err_of(ERR_INPUT, str_z(c->a, first), N_("Please correct the fields that are marked."));
}

const char *const role_code[ROLES] = {
    [ROLE_PUBLIC] = "public", [ROLE_AGENCY] = "agency", [ROLE_ENTERPRISE] = "enterprise",
    [ROLE_ALLIANCE] = "alliance", [ROLE_BUREAU] = "bureau", [ROLE_COMMITTEE] = "committee",
    [ROLE_FINANCE] = "finance", [ROLE_DEPARTMENT] = "department", [ROLE_AUDITOR] = "auditor",
    [ROLE_COUNTER] = "counter", [ROLE_ADMIN] = "admin",
};
const char *const role_label[ROLES] = {
    [ROLE_PUBLIC] = N_("Public"), [ROLE_AGENCY] = N_("Agency"),
    [ROLE_ENTERPRISE] = N_("Enterprise"), [ROLE_ALLIANCE] = N_("Alliance"),
    [ROLE_BUREAU] = N_("Bureau"), [ROLE_COMMITTEE] = N_("Committee"),
    [ROLE_FINANCE] = N_("Finance"), [ROLE_DEPARTMENT] = N_("Department"),
    [ROLE_AUDITOR] = N_("Auditor"), [ROLE_COUNTER] = N_("Counter clerk"),
    [ROLE_ADMIN] = N_("Administrator"),
};
_Static_assert(ROLES == 11, "every role has a code and a label above");

int role_of(str code)
{
    for (int i = 0; i < ROLES; i++)
        if (str_eqz(code, role_code[i])) return i;
    return -1;
}
