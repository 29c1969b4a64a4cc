/* SPDX-License-Identifier: Apache-2.0 */
/* deputy.c: naming a deputy, standing in, ending it. */
#include "room/deputy/deputy.h"

#include "base/days.h"
#include "gen/room/deputy/deputy_sql.h"
#include "room/account/account.h"
#include "room/message/message.h"

SHAPE(deputy, FIELD(deputy, id, F_ID), FIELD(deputy, post, F_ID), FIELD(deputy, principal, F_ID), FIELD(deputy, person, F_ID), FIELD(deputy, org, F_ID),
      FIELD(deputy, from_day, F_DAY), FIELD(deputy, to_day, F_DAY), FIELD(deputy, ended_day, F_DAY), FIELD(deputy, role, F_TEXT));

static err get(ctx *c, int64_t id, deputy *out)
{
    err e = store_row(c, &deputy_row, &deputy_shape, out, ARGS(id));
    bool sees = !e.kind && (out->person == c->who.person || out->principal == c->who.person);
    return sees || (e.kind && e.kind != ERR_MISSING) ? e : err_of(ERR_MISSING, "", N_("There is no such deputy."));
}

/* ---- naming ------------------------------------------------------------------------------------------------------ */

SHAPE(deputy_new,
      FIELD(deputy_new, colleague, F_ID, .flags = F_REQUIRED, .label = N_("Colleague who stands in"), .min = 1, .max = INT64_MAX),
      FIELD(deputy_new, from_day, F_DAY, .flags = F_REQUIRED, .label = N_("First day")),
      FIELD(deputy_new, to_day, F_DAY, .flags = F_REQUIRED, .label = N_("Last day")),
      FIELD(deputy_new, reason, F_TEXT, .flags = F_REQUIRED, .label = N_("Reason"), .max = 200),
      FIELD(deputy_new, id, F_ID, .flags = F_RESULT));

static err check_days(ctx *c, const deputy_new *n)
{
    int64_t others;
    if (n->from_day < c->today) return err_of(ERR_INPUT, "from_day", N_("Duties are handed over from today on at the earliest."));
    if (n->to_day < n->from_day) return err_of(ERR_INPUT, "to_day", N_("The last day is before the first."));
    TRY(store_int(c, &deputy_of_days, &others, ARGS(c->who.post, n->from_day, n->to_day)));
    return others ? err_of(ERR_INPUT, "from_day", N_("Somebody stands in for you on some of these days already.")) : NO_ERR;
}

static err name(ctx *c, void *in)
{
    deputy_new *n = in;
    int64_t colleague;
    if (c->who.for_person || c->who.mandate) return err_of(ERR_DENIED, "", N_("Who acts for somebody else does not hand that on."));
    TRY(store_int(c, &deputy_is_colleague, &colleague, ARGS(n->colleague, c->who.org, c->today)));
    if (!colleague || n->colleague == c->who.person) return err_of(ERR_INPUT, "colleague", N_("Only a colleague of your own organisation stands in for you."));
    TRY(check_days(c, n));
    TRY(store_next_id(c, S("deputy"), &n->id));
    TRY(store_run(c, &deputy_add, NULL, ARGS(n->id, c->who.post, n->colleague, n->from_day, n->to_day, n->reason, c->now)));
    person me;
    TRY(account_person(c, c->who.person, &me));
    return message_person(c, n->colleague, N_("{0} hands the duties over to you from {1} to {2}."), me.name, day_text(c->a, n->from_day), day_text(c->a, n->to_day), S("/account/deputies"));
}
const action deputy_name = {"deputy_name", &deputy_new_shape, name, 0};

/* ---- standing in ------------------------------------------------------------------------------------------------- */

SHAPE(deputy_ref, FIELD(deputy_ref, id, F_ID, .flags = F_HIDDEN), FIELD(deputy_ref, token_hash, F_TEXT, .flags = F_PRIVATE));

/* Today, by him, for a post that is still held. */
static err stand(ctx *c, int64_t id, deputy *d)
{
    int64_t held;
    TRY(get(c, id, d));
    if (d->person != c->who.person) return err_of(ERR_DENIED, "", N_("Only the deputy stands in."));
    if (c->who.for_person || c->who.mandate) return err_of(ERR_CONFLICT, "", N_("You act for somebody else already. Leave off first."));
    if (d->ended_day) return err_of(ERR_DENIED, "", N_("This deputyship was ended."));
    if (d->from_day > c->today || d->to_day < c->today)
        return err_with(ERR_DENIED, "", N_("This deputyship holds from {0} to {1} only."), day_words(c->a, d->from_day, c->lang), day_words(c->a, d->to_day, c->lang), (str){0});
    TRY(store_int(c, &deputy_post_held, &held, ARGS(d->post, c->today)));
    return held ? NO_ERR : err_of(ERR_DENIED, "", N_("The post for which you would stand in has ended."));
}

err deputy_as(ctx *c, int64_t id)
{
    deputy d;
    TRY(stand(c, id, &d));
    c->who.for_person = d.principal, c->who.post = d.post, c->who.org = d.org, c->who.role = (role)role_of(d.role);
    return NO_ERR;
}

static err use(ctx *c, void *in)
{
    const deputy_ref *n = in;
    deputy d;
    TRY(stand(c, n->id, &d));
    return account_stand_in(c, n->token_hash, d.post, d.to_day);
}
const action deputy_use = {"deputy_use", &deputy_ref_shape, use, 0};

static err leave(ctx *c, void *in) { return account_stand_in(c, ((const deputy_ref *)in)->token_hash, 0, 0); }
const action deputy_leave = {"deputy_leave", &deputy_ref_shape, leave, 0};

/* ---- ending ------------------------------------------------------------------------------------------------------ */

/* Either of the two; whoever stands in now is himself again at once. */
static err end(ctx *c, void *in)
{
    const deputy_ref *n = in;
    deputy d;
    TRY(get(c, n->id, &d));
    if (c->who.for_person) return err_of(ERR_CONFLICT, "", N_("You act for somebody else already. Leave off first."));
    if (d.ended_day) return err_of(ERR_CONFLICT, "", N_("This deputyship was ended."));
    TRY(store_run(c, &deputy_close, NULL, ARGS(d.id, c->today)));
    TRY(account_stand_down(c, d.person, d.post));
    int64_t other = d.person == c->who.person ? d.principal : d.person;
    return message_person(c, other, N_("The deputyship from {0} to {1} was ended."), day_text(c->a, d.from_day), day_text(c->a, d.to_day), (str){0}, S("/account/deputies"));
}
const action deputy_end = {"deputy_end", &deputy_ref_shape, end, 0};
