/* SPDX-License-Identifier: Apache-2.0 */
/* offer.c: what agencies offer and can carry; what both sides state against conflicts of interest. */
#include "room/matching/offer.h"

#include "base/money.h"
#include "gen/room/matching/offer_sql.h"
#include "room/catalogue/catalogue.h"
#include "room/matching/choice.h"
#include "room/member/member.h"
#include "room/rating/rating.h"

/* ---- the rating, which another room makes ---------------------------------------------------------------------------------- */

err offer_rating(ctx *c, int64_t agency, int64_t *out)
{
    int64_t run;
    rating r;
    bool found = false;
    TRY(rating_last_run(c, &run));
    if (run) TRY(rating_of(c, run, agency, &r, &found));
    *out = found && r.score_low >= 0 ? r.score_low * 10 : RATING_NONE;
    return NO_ERR;
}

/* ---- services ------------------------------------------------------------------------------------------------------------ */

SHAPE(offer, FIELD(offer, item, F_ID, .flags = F_REQUIRED, .label = N_("Service"), .min = 1, .max = INT64_MAX),
      FIELD(offer, price_fen, F_FEN, .label = N_("Price, in yuan"), .hint = N_("In market mode what the enterprise pays after success; in government mode it pays nothing"), .min = 0, .max = 10000000000),
      FIELD(offer, work_days, F_INT, .flags = F_REQUIRED, .label = N_("Working days it takes"), .min = 1, .max = 999),
      FIELD(offer, note, F_LINES, .label = N_("What enterprises should know"), .hint = N_("Qualifications, staff, cases of this service"), .max = 1000),
      FIELD(offer, is_open, F_BOOL, .label = N_("Offered now")));

err offer_of(ctx *c, int64_t item_id, int64_t agency, offer *out)
{
    bool found;
    *out = (offer){0};
    return store_find(c, &offer_row, &offer_shape, out, &found, ARGS(item_id, agency));
}

static err check_agency(ctx *c)
{
    org g;
    TRY(member_get(c, c->who.org, &g));
    return str_eqz(g.kind, "agency") ? NO_ERR : err_of(ERR_DENIED, "", N_("Only an agency offers services."));
}

/* One unit costs what the guide allows; a fee outside it is a matter of one agreement, which the alliance approves, not of an offer. */
static err check_price(ctx *c, const item *i, int64_t price_fen)
{
    if (i->zero_fee) return price_fen ? err_of(ERR_INPUT, "price_fen", N_("This service is offered for no fee.")) : NO_ERR;
    if (!price_fen) return err_of(ERR_INPUT, "price_fen", N_("In market mode an offer names its price."));
    bool inside = !i->ceiling_fen || (price_fen >= i->floor_fen && price_fen <= i->ceiling_fen);
    return inside ? NO_ERR : err_with(ERR_INPUT, "price_fen", N_("The price guide goes from {0} to {1}."), fen_words(c->a, i->floor_fen), fen_words(c->a, i->ceiling_fen), (str){0});
}

static err save_offer(ctx *c, void *in)
{
    const offer *f = in;
    item i;
    TRY(check_agency(c));
    err bad = catalogue_get(c, f->item, &i);
    if (bad.kind == ERR_MISSING) return err_of(ERR_INPUT, "item", N_("There is no such service."));
    TRY(bad);
    if (f->is_open) TRY(check_price(c, &i, f->price_fen));
    return store_run(c, &offer_put, NULL, ARGS(c->who.org, f->item, f->price_fen, f->work_days, f->note, f->is_open, c->now, c->who.person));
}
const action offer_save = {"offer_save", &offer_shape, save_offer, 0};

SHAPE(capacity, FIELD(capacity, capacity, F_INT, .flags = F_REQUIRED, .label = N_("Agreements that can run at once"), .hint = N_("0: no needs for the time being"), .min = 0, .max = 9999),
      FIELD(capacity, away_until_day, F_DAY, .label = N_("No needs until and including"), .hint = N_("Leave empty unless the agency is closed for a while")));

static err save_capacity(ctx *c, void *in)
{
    const capacity *k = in;
    TRY(check_agency(c));
    return store_run(c, &offer_put_capacity, NULL, ARGS(c->who.org, k->capacity, k->away_until_day));
}
const action capacity_save = {"capacity_save", &capacity_shape, save_capacity, 0};

/* ---- conflicts of interest --------------------------------------------------------------------------------------------------- */

SHAPE(owners, FIELD(owners, names, F_LINES, .flags = F_PRIVATE, .label = N_("Legal representative and shareholders"),
                    .hint = N_("A line each: a name or a unified social credit code. Only compared, never shown to others."), .max = 4000));

/* The same name in other spaces and letters is the same. */
static str owner_key(arena *a, str name)
{
    return str_upper(a, str_replace(a, str_replace(a, str_narrow(a, name), S(" "), S("")), S("　"), S("")));
}

static err save_owners(ctx *c, void *in)
{
    str rest = ((const owners *)in)->names, line;
    TRY(store_run(c, &offer_forget_owners, NULL, ARGS(c->who.org)));
    while (str_split(&rest, '\n', &line)) {
        str name = str_trim(line);
        if (!name.n) continue;
        if (str_chars(name) > 120) return err_of(ERR_INPUT, "names", N_("A line holds one name of at most 120 characters."));
        TRY(store_run(c, &offer_add_owner, NULL, ARGS(c->who.org, owner_key(c->a, name), name)));
    }
    return NO_ERR;
}
const action owners_save = {"owners_save", &owners_shape, save_owners, 0};

SHAPE(exclusion, FIELD(exclusion, agency, F_ID, .flags = F_REQUIRED, .label = N_("Agency"), .min = 1, .max = INT64_MAX),
      FIELD(exclusion, reason, F_TEXT, .label = N_("Reason"), .hint = N_("For your own record; the agency is not told"), .max = 200));
static const field end_fields[] = {FIELD(exclusion, agency, F_ID, .flags = F_REQUIRED | F_HIDDEN)};
const shape exclusion_end_shape = {"exclusion_end", end_fields, countof(end_fields), sizeof(exclusion)};

static err exclude(ctx *c, void *in)
{
    const exclusion *x = in;
    org g;
    err bad = member_get(c, x->agency, &g);
    if (bad.kind == ERR_MISSING || (!bad.kind && !str_eqz(g.kind, "agency"))) return err_of(ERR_INPUT, "agency", N_("There is no such agency."));
    TRY(bad);
    err e = store_run(c, &offer_add_exclusion, NULL, ARGS(c->who.org, x->agency, x->reason, c->today));
    return e.kind == ERR_CONFLICT ? err_of(ERR_CONFLICT, "agency", N_("This agency is excluded already.")) : e;
}
const action exclusion_add = {"exclusion_add", &exclusion_shape, exclude, 0};

static err include(ctx *c, void *in)
{
    int64_t changed;
    TRY(store_run(c, &offer_end_exclusion, &changed, ARGS(c->who.org, ((const exclusion *)in)->agency)));
    return changed ? NO_ERR : err_of(ERR_MISSING, "", N_("This agency is not excluded."));
}
const action exclusion_end = {"exclusion_end", &exclusion_end_shape, include, 0};
