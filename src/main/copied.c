/* SPDX-License-Identifier: Apache-2.0 */
/* copied.c: a zone moved from one store to another, and the proof that nothing was lost on the way. */
#include <stdio.h>

#include "main/command.h"
#include "main/house.h"
#include "main/key.h"
#include "room/audit/audit.h"
#include "room/budget/budget.h"

/* The tables, empty, without a zone. */
static err make_store(call *c, const house *from, const char *to)
{
    house *h = new(c->a, house);
    if (store_exists(to)) return err_with(ERR_CONFLICT, "", N_("{0} holds a store already; name a new folder."), str_of(to), (str){0}, (str){0});
    if (!c->key) TRY(key_copy(c->a, key_path(c->a, from->data, NULL), to)); /* what is sealed goes along with what opens it */
    TRY(house_open(&(house_options){.data = to, .key = c->key, .create = true, .rehearsal = from->rehearsal, .bare = true}, h));
    house_close(h);
    return NO_ERR;
}

/* What `verify` says there, and the head of the record. */
static err prove(ctx *x, view *report, str *head)
{
    TRY(store_check(x));
    TRY(audit_verify(x, (str){0}, report));
    TRY(budget_verify(x, report));
    TRY(audit_head(x, head));
    return view_get(report, S("ok"))->i ? NO_ERR : err_of(ERR_CONFLICT, "", N_("The record or the ledger is broken."));
}

static err prove_copy(call *c, ctx *x, view *report)
{
    house *h = new(c->a, house);
    errand at;
    str head, copied, different;
    TRY(store_compare_all(x, c->argv[1], &different));
    if (different.n) return err_with(ERR_CONFLICT, "", N_("The copy differs: {0}"), different, (str){0}, (str){0});
    TRY(audit_head(x, &head));
    TRY(house_open(&(house_options){.data = c->argv[1], .key = c->key}, h));
    err e = errand_begin(h, &at);
    if (!e.kind) e = prove(&at.c, report, &copied);
    if (!e.kind && !str_eq(head, copied)) e = err_of(ERR_CONFLICT, "", N_("The record or the ledger is broken."));
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(c->a, e.arg[i]);
    errand_end(&at);
    house_close(h);
    if (!e.kind) view_text(report, S("head"), head);
    return e;
}

static err copy(call *c, house *h, ctx *x)
{
    int64_t rows;
    view *report = view_map(x->a);
    TRY(make_store(c, h, c->argv[1]));
    TRY(store_copy(x, c->argv[1], &rows));
    TRY(prove_copy(c, x, report));
    view_int(report, S("rows"), rows);
    str head = view_get_text(report, S("head"));
    if (c->json) command_print_json(x->a, report);
    else printf("copied: %lld rows, every table equal, ledger balanced, head " SF "\n", (long long)rows, SA(head));
    return NO_ERR;
}

int run_copy(call *c)
{
    c->data = c->argv[0];
    return command_on_store(c, false, copy);
}
