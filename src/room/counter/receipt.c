/* SPDX-License-Identifier: Apache-2.0 */
/* receipt.c: a receipt written with each act at the counter, and what stands on it. */
#include "room/counter/receipt.h"

#include "base/days.h"
#include "format/hash.h"
#include "gen/room/counter/mandate_sql.h"
#include "gen/room/counter/receipt_sql.h"
#include "room/account/account.h"
#include "room/audit/audit.h"
#include "room/member/member.h"
#include "room/message/message.h"

SHAPE(receipt, FIELD(receipt, id, F_ID), FIELD(receipt, mandate, F_ID), FIELD(receipt, org, F_ID), FIELD(receipt, person, F_ID),
      FIELD(receipt, entry, F_INT), FIELD(receipt, at, F_TIME), FIELD(receipt, on_day, F_DAY), FIELD(receipt, object, F_ID),
      FIELD(receipt, number, F_TEXT), FIELD(receipt, code, F_TEXT), FIELD(receipt, act, F_TEXT), FIELD(receipt, choice, F_TEXT), FIELD(receipt, noun, F_TEXT));

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* 128 bits that nobody guesses who does not know the mandate's seed, and that a replay makes again. */
static str code_of(ctx *c, const mandate *m, str number) { return str_head(sha256_hex(c->a, str_join(c->a, m->seed, number)), 32); }

/* Every file that the act took in, also in its lists. */
static err add_files(ctx *c, int64_t id, const shape *sh, const void *in)
{
    for (int i = 0; i < sh->n; i++) {
        const field *f = &sh->fields[i];
        const char *at = (const char *)in + f->at;
        int64_t file = f->kind == F_FILE ? *(const int64_t *)(const void *)at : 0;
        if (file) TRY(store_run(c, &receipt_add_file, NULL, ARGS(id, file)));
        if (f->kind != F_LIST) continue;
        const list *l = (const list *)(const void *)at;
        for (int k = 0; k < l->n; k++) TRY(add_files(c, id, f->of, (const char *)l->items + k * f->of->bytes));
    }
    return NO_ERR;
}

/* The entry of the record that was written just now. */
static err newest_entry(ctx *c, int64_t *out)
{
    str head, n;
    TRY(audit_head(c, &head));
    str_split(&head, ':', &n);
    return str_int(n, out) ? NO_ERR : err_of(ERR_FAULT, "", N_("The head of the audit trail is damaged; run lingfei verify."));
}

static err tell(ctx *c, const mandate *m, str number, int64_t id)
{
    person clerk;
    org office;
    TRY(account_person(c, c->who.person, &clerk));
    TRY(member_get(c, m->office, &office));
    return message_org(c, m->org, N_("{0} of {1} acted for you at the counter: receipt {2}."), clerk.name, office.name, number,
                       str_fmt(c->a, "/counter/receipts/%lld", (long long)id));
}

err receipt_write(ctx *c, const mandate *m, const action *act, const void *in)
{
    int64_t id, n, entry;
    int year, month, day;
    day_split(c->today, &year, &month, &day);
    TRY(store_insert(c, &receipt_next_number, &n, ARGS(year)));
    TRY(store_next_id(c, S("receipt"), &id));
    TRY(newest_entry(c, &entry));
    str noun, choice = deed_choice(act, in), number = str_fmt(c->a, "窗口回执%d-%05lld", year, (long long)n);
    int64_t object = audit_object(act, in, &noun);
    TRY(store_run(c, &receipt_add, NULL,
                  ARGS(id, number, code_of(c, m, number), m->id, m->org, c->who.person, entry, c->now, c->today, str_of(act->name), choice, noun, object)));
    TRY(add_files(c, id, act->in, in));
    if (deed_of(str_of(act->name), choice)->hands_in) TRY(store_run(c, &receipt_add_files_of, NULL, ARGS(id, noun, object)));
    return tell(c, m, number, id);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

err receipt_newest(ctx *c, int64_t mandate_id, receipt *out, bool *found)
{
    return store_find(c, &receipt_newest_of, &receipt_shape, out, found, ARGS(mandate_id, c->who.person));
}

err receipt_get(ctx *c, int64_t id, receipt *out)
{
    mandate m;
    err e = store_row(c, &receipt_row, &receipt_shape, out, ARGS(id));
    if (!e.kind) e = mandate_get(c, out->mandate, &m);
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("There is no such receipt.")) : e;
}

err receipt_by_code(ctx *c, str code, receipt *out)
{
    err e = store_row(c, &receipt_with_code, &receipt_shape, out, ARGS(code));
    return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "", N_("No receipt of this platform has this code. It was changed, or it comes from elsewhere.")) : e;
}

err receipt_show(ctx *c, const receipt *of, view *v)
{
    org firm, office;
    mandate m;
    TRY(store_row(c, &mandate_row, &mandate_shape, &m, ARGS(of->mandate)));
    TRY(member_get(c, of->org, &firm));
    TRY(member_get(c, m.office, &office));
    const deed *d = deed_of(of->act, of->choice);
    view_text(v, S("number"), of->number);
    view_text(v, S("code"), of->code);
    view_time(v, S("at"), of->at);
    view_code(v, S("what"), of->act, d && d->says ? tr(c->lang, d->says) : of->act);
    view_int(v, S("object"), of->object);
    view_text(v, S("firm"), org_name(c, &firm));
    view_text(v, S("firm_uscc"), firm.uscc);
    view_text(v, S("office"), org_name(c, &office));
    view_int(v, S("entry"), of->entry);
    return store_rows(c, &receipt_files_of, v, S("files"), ARGS(of->id));
}
