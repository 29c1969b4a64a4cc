/* SPDX-License-Identifier: Apache-2.0 */
/* copy.c: the rows of the register into a store that is made anew from the record. */
#include "gen/room/registration/import_sql.h"
#include "room/registration/registration.h"

typedef struct firm_row {
    int64_t id, established_day, fingerprint, score, import_id, changed_day;
    bool is_branch, is_corrected;
    str uscc, name, kind, capital, district, authority, industry, scope, class, words;
} firm_row;
SHAPE(firm_row, FIELD(firm_row, id, F_ID), FIELD(firm_row, uscc, F_TEXT), FIELD(firm_row, name, F_TEXT), FIELD(firm_row, established_day, F_DAY),
      FIELD(firm_row, kind, F_TEXT), FIELD(firm_row, capital, F_TEXT), FIELD(firm_row, district, F_TEXT), FIELD(firm_row, authority, F_TEXT),
      FIELD(firm_row, industry, F_TEXT), FIELD(firm_row, scope, F_LINES), FIELD(firm_row, is_branch, F_BOOL), FIELD(firm_row, fingerprint, F_INT),
      FIELD(firm_row, class, F_TEXT), FIELD(firm_row, score, F_INT), FIELD(firm_row, words, F_TEXT), FIELD(firm_row, is_corrected, F_BOOL),
      FIELD(firm_row, import_id, F_ID), FIELD(firm_row, changed_day, F_DAY));

typedef struct firm_page { list firms; } firm_page;
static const field page_fields[] = {{.name = "firms", .kind = F_LIST, .at = (int)offsetof(firm_page, firms), .of = &firm_row_shape}};
static const shape firm_page_shape = {"firm_page", page_fields, countof(page_fields), sizeof(firm_page)};

static err put_page(ctx *c, void *in)
{
    const firm_page *p = in;
    for (int i = 0; i < p->firms.n; i++) {
        const firm_row *f = (const firm_row *)p->firms.items + i;
        TRY(store_run(c, &import_copy_firm, NULL,
                      ARGS(f->id, f->uscc, f->name, f->established_day, f->kind, f->capital, f->district, f->authority, f->industry, f->scope,
                           (int64_t)f->is_branch, f->fingerprint, f->class, f->score, f->words, (int64_t)f->is_corrected, f->import_id, f->changed_day)));
    }
    return NO_ERR;
}
static const action copy_page = {"registration_copy", &firm_page_shape, put_page, ACT_SILENT};

static err copy_next(ctx *from, ctx *to, int64_t *after, bool *more)
{
    firm_page p;
    TRY(store_list(from, &import_firms_after, &firm_row_shape, &p.firms, ARGS(*after)));
    *more = p.firms.n > 0;
    if (!*more) return NO_ERR;
    *after = ((const firm_row *)p.firms.items)[p.firms.n - 1].id;
    return store_act(to, &copy_page, &p);
}

err registration_copy_rows(ctx *from, ctx *to)
{
    int64_t after = 0;
    bool more = true;
    while (more) {
        arena a;
        arena_init(&a, from->a->limit, from->a->oom, from->a->owner);
        ctx f = *from, t = *to;
        f.a = t.a = &a;
        err e = copy_next(&f, &t, &after, &more);
        for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(from->a, e.arg[i]);
        arena_done(&a);
        TRY(e);
    }
    return NO_ERR;
}
