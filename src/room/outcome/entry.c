/* SPDX-License-Identifier: Apache-2.0 */
/* entry.c: a table of outcomes: every row entered, there already, or refused with its reason; one act, so all or nothing is kept. */
#include "base/days.h"
#include "base/patent.h"
#include "gen/room/outcome/outcome_sql.h"
#include "room/message/message.h"
#include "room/outcome/outcome_parts.h"

static const field row_fields[] = {
    FIELD(entry_row, line, F_INT), FIELD(entry_row, agreement, F_TEXT), FIELD(entry_row, kind, F_TEXT), FIELD(entry_row, number, F_TEXT), FIELD(entry_row, obtained, F_TEXT),
    FIELD(entry_row, reason, F_TEXT), FIELD(entry_row, arg0, F_TEXT), FIELD(entry_row, arg1, F_TEXT),
};
static const shape row_shape = {"entry_row", row_fields, countof(row_fields), sizeof(entry_row)};
static const field new_fields[] = {
    FIELD(entry_new, file_name, F_TEXT),
    {.name = "rows", .kind = F_LIST, .at = (int)offsetof(entry_new, rows), .of = &row_shape},
    FIELD(entry_new, id, F_ID, .flags = F_RESULT),
};
const shape entry_new_shape = {"outcome_entry", new_fields, countof(new_fields), sizeof(entry_new)};

/* By its code or its word in either language. */
static str kind_of(str typed)
{
    for (const struct choice *k = outcome_kinds; k->code; k++)
        if (str_eqz(typed, k->code) || str_eq(typed, tr(LANG_ZH, k->label)) || str_eq(typed, tr(LANG_EN, k->label))) return str_of(k->code);
    return (str){0};
}

static err agreement_of(ctx *c, str number, agreement *m)
{
    int64_t id;
    TRY(store_int(c, &outcome_agreement_by_number, &id, ARGS(number, c->who.org)));
    return id ? agreement_in_service(c, id, m) : err_with(ERR_INPUT, "agreement", N_("You have no agreement with the filing number {0}."), number, (str){0}, (str){0});
}

static err take_row(ctx *c, const entry_row *r, int64_t entry, agreement *m, bool *there)
{
    outcome_new n = {.number = r->number, .kind = kind_of(r->kind)};
    if (r->reason.n) return err_with(ERR_INPUT, "", str_z(c->a, r->reason), r->arg0, r->arg1, (str){0});
    TRY(agreement_of(c, r->agreement, m));
    if (!n.kind.n) return err_with(ERR_INPUT, "kind", N_("{0} is no kind of outcome."), r->kind, (str){0}, (str){0});
    if (!n.number.n) return err_of(ERR_INPUT, "number", N_("Give the number of the outcome."));
    if (!day_parse(r->obtained, &n.obtained_day)) return err_with(ERR_INPUT, "obtained", N_("{0} is no day that exists."), r->obtained, (str){0}, (str){0});
    TRY(store_next_id(c, S("outcome"), &n.id));
    return outcome_put(c, m, &n, entry, there);
}

/* The enterprises whose outcomes came, each told once. */
typedef struct told { int64_t *org; int n; } told;

static err tell_once(ctx *c, told *t, const agreement *m)
{
    for (int i = 0; i < t->n; i++)
        if (t->org[i] == m->enterprise) return NO_ERR;
    t->org[t->n++] = m->enterprise;
    return message_org(c, m->enterprise, N_("{0} has entered outcomes of yours. Please confirm them or say that they are not."), m->agency_name, (str){0}, (str){0},
                       S("/outcomes?state=entered"));
}

static err take(ctx *c, void *in)
{
    entry_new *n = in;
    int64_t entered = 0, unchanged = 0, refused = 0;
    told t = {new_n(c->a, int64_t, n->rows.n + 1), 0};
    TRY(store_next_id(c, S("outcome_entry"), &n->id));
    for (const entry_row *r = n->rows.items, *end = r + n->rows.n; r < end; r++) {
        agreement m;
        bool there = false;
        err e = take_row(c, r, n->id, &m, &there);
        if (e.kind && e.kind != ERR_INPUT && e.kind != ERR_CONFLICT) return e;
        if (e.kind) {
            refused++;
            TRY(store_run(c, &outcome_refused_add, NULL, ARGS(n->id, r->line, r->agreement, r->kind, r->number, r->obtained, str_of(e.text), e.arg[0], e.arg[1])));
        } else if (there) {
            unchanged++;
        } else {
            entered++;
            TRY(tell_once(c, &t, &m));
        }
    }
    return store_run(c, &outcome_entry_add, NULL, ARGS(n->id, c->who.org, n->file_name, (int64_t)n->rows.n, entered, unchanged, refused, c->who.person, c->today));
}
const action entry_take = {"outcome_entry", &entry_new_shape, take, 0};
