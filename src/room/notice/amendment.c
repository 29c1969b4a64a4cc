/* SPDX-License-Identifier: Apache-2.0 */
/* amendment.c: an entry that was taken out of a notice or noticed again stays on its page, with what differs and why. */
#include "gen/room/notice/notice_sql.h"
#include "room/notice/objection.h"

static const struct choice facts[] = {
    {"enterprise", N_("Enterprise")}, {"agency", N_("Agency")}, {"item", N_("Service")}, {"payee", N_("Payee")}, {"amount_fen", N_("Amount")}, {0},
};

/* Money as money, a name as it may be published. */
static void put_fact(ctx *c, view *row, str as, const view *of, const char *fact)
{
    const view *value = view_get(of, str_of(fact));
    if (value->kind == V_FEN) view_fen(row, as, value->i);
    else view_text(row, as, notice_public_name(c->a, str_dup(c->a, value->s)));
}

static bool same(const view *a, const view *b) { return a->kind == V_FEN ? a->i == b->i : str_eq(a->s, b->s); }

static void compare(ctx *c, const view *before, const view *after, view *out)
{
    for (const struct choice *f = facts; f->code; f++) {
        if (same(view_get(before, str_of(f->code)), view_get(after, str_of(f->code)))) continue;
        view *row = view_add_map(out);
        view_code(row, S("field"), str_of(f->code), tr(c->lang, f->label));
        put_fact(c, row, S("before"), before, f->code);
        put_fact(c, row, S("after"), after, f->code);
    }
}

static err noticed_again(ctx *c, const view *line, int64_t notice, view *row)
{
    view *later = view_map(c->a);
    err e = store_map(c, &notice_later_line, later, ARGS(view_get_int(line, S("case_id"), 0), notice));
    view_text(row, S("reason"), tr(c->lang, N_("reviewed and approved again after an objection or a recheck, and noticed again:")));
    if (e.kind) return e.kind == ERR_MISSING ? NO_ERR : e;
    view_int(row, S("now_id"), view_get_int(later, S("now_id"), 0));
    view_text(row, S("now_number"), view_get_text(later, S("now_number")));
    compare(c, line, later, view_put_list(row, S("differences")));
    return NO_ERR;
}

err notice_amendments(ctx *c, view *v)
{
    int64_t notice = view_get_int(v, S("id"), 0);
    view *out = view_put_list(v, S("amendments"));
    for (const view *l = view_get(v, S("items"))->first; l; l = l->next) {
        str state = view_get_text(l, S("state"));
        bool again = str_eqz(state, "replaced"), taken = str_eqz(state, "withdrawn");
        if (!again && !taken) continue;
        view *row = view_add_map(out);
        view_text(row, S("number"), view_get_text(l, S("number")));
        if (again) TRY(noticed_again(c, l, notice, row));
        else view_text(row, S("reason"), tr(c->lang, N_("taken out: after review it is not subsidised.")));
    }
    return NO_ERR;
}
