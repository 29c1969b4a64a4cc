/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.c: the versions of a service: drafted, published from a day on, withdrawn; and the price guide that agreements keep to. */
#include "room/catalogue/catalogue.h"

#include "base/days.h"
#include "base/money.h"
#include "gen/room/catalogue/catalogue_sql.h"
#include "room/policy/policy.h"

enum { STEPS_MOST = 12 };
#define FEN_MOST 100000000000 /* a milliard yuan: no price of one unit */

/* The eight kinds of service of the policy, part four. */
const struct choice catalogue_kinds[] = {
    {"1", N_("High-tech enterprise and other national recognition")},
    {"2", N_("Intellectual property advantage and demonstration enterprises")},
    {"3", N_("Patents and software copyright")},
    {"4", N_("Intellectual property standard and assessment")},
    {"5", N_("Novelty search")},
    {"6", N_("Support projects")},
    {"7", N_("University resources and technology transfer")},
    {"8", N_("Roadshows, consulting, training, policy reading")},
    {0},
};
static const struct choice modes[] = {
    {"government", N_("Government: zero fee, subsidised after success")}, {"market", N_("Market: the enterprise pays after success")}, {0},
};

SHAPE(item_step,
    FIELD(item_step, name, F_TEXT, .flags = F_REQUIRED, .label = N_("Step"), .max = 60),
    FIELD(item_step, working_days, F_INT, .flags = F_REQUIRED, .label = N_("Working days"), .min = 1, .max = 500),
    FIELD(item_step, deliverable, F_TEXT, .label = N_("Deliverable"), .max = 120),
    FIELD(item_step, evidence, F_TEXT, .label = N_("Evidence"), .max = 120));

/* What a version promises, the same in rows, drafts and forms. */
#define PROMISE \
    FIELD(item, name, F_TEXT, .flags = F_REQUIRED, .label = N_("Name of the service"), .max = 80), \
    FIELD(item, name_en, F_TEXT, .label = N_("English name"), .max = 120), \
    FIELD(item, unit, F_TEXT, .label = N_("Unit"), .hint = N_("What is counted and priced, such as one patent or one firm"), .max = 20), \
    FIELD(item, mode, F_CODE, .flags = F_REQUIRED, .label = N_("Revenue mode"), .choices = modes), \
    FIELD(item, policy, F_ID, .label = N_("Policy it rests on"), .hint = N_("None in market mode"), .max = INT64_MAX), \
    FIELD(item, zero_fee, F_BOOL, .label = N_("Zero fee: the enterprise pays nothing")), \
    FIELD(item, floor_fen, F_FEN, .label = N_("Floor of the price guide, for one unit"), .hint = N_("An agreement below it needs the alliance's reasoned approval"), .min = 0, .max = FEN_MOST), \
    FIELD(item, ceiling_fen, F_FEN, .label = N_("Ceiling of the price guide, for one unit"), .hint = N_("An agreement above it needs the alliance's reasoned approval"), .min = 0, .max = FEN_MOST), \
    FIELD(item, subsidy_fen, F_FEN, .label = N_("Subsidy to the agency for one unit, at most"), .hint = N_("In government mode only"), .min = 0, .max = FEN_MOST), \
    FIELD(item, reward_fen, F_FEN, .label = N_("Reward to the enterprise for one unit, at most"), .hint = N_("In government mode only"), .min = 0, .max = FEN_MOST), \
    FIELD(item, deliverable, F_TEXT, .label = N_("Deliverable of the whole service"), .max = 200), \
    FIELD(item, evidence, F_TEXT, .label = N_("Evidence of success"), .hint = N_("Certificate, acceptance notice, report …"), .max = 200), \
    FIELD(item, note, F_TEXT, .label = N_("Why this version"), .hint = N_("Shown in the public history"), .max = 200)
#define STEPS {.name = "steps", .kind = F_LIST, .at = (int)offsetof(item, steps), .of = &item_step_shape, .label = N_("Steps of the standard"), .max = STEPS_MOST}
#define IDENTITY(of_code) \
    FIELD(item, code, F_TEXT, .flags = of_code, .label = N_("Item code"), .max = 30), \
    FIELD(item, category, F_INT, .flags = of_code, .label = N_("Kind of service"), .min = 1, .max = 8, .choices = catalogue_kinds)

SHAPE(item, FIELD(item, id, F_ID), FIELD(item, version_id, F_ID), FIELD(item, version, F_INT), FIELD(item, saves, F_INT), IDENTITY(0),
      FIELD(item, state, F_TEXT), PROMISE, FIELD(item, from_day, F_DAY), FIELD(item, withdrawn_day, F_DAY));

static const field add_fields[] = {FIELD(item, id, F_ID, .flags = F_RESULT), IDENTITY(F_REQUIRED), PROMISE, STEPS};
const shape item_add_shape = {"item_add", add_fields, countof(add_fields), sizeof(item)};
static const field save_fields[] = {FIELD(item, id, F_ID, .flags = F_HIDDEN), FIELD(item, saves, F_INT, .flags = F_HIDDEN), PROMISE, STEPS};
const shape item_save_shape = {"item_save", save_fields, countof(save_fields), sizeof(item)};
static const field publish_fields[] = {
    FIELD(item_publish_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(item_publish_in, from_day, F_DAY, .flags = F_REQUIRED, .label = N_("In force from")),
};
const shape item_publish_shape = {"item_publish", publish_fields, countof(publish_fields), sizeof(item_publish_in)};
static const field withdraw_fields[] = {
    FIELD(item_withdraw_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(item_withdraw_in, version, F_INT, .flags = F_HIDDEN),
    FIELD(item_withdraw_in, reason, F_TEXT, .flags = F_REQUIRED, .label = N_("Reason"), .max = 200),
};
const shape item_withdraw_shape = {"item_withdraw", withdraw_fields, countof(withdraw_fields), sizeof(item_withdraw_in)};

/* ---- reading ------------------------------------------------------------------------------------------------- */

static err none(err e) { return e.kind == ERR_MISSING ? err_of(ERR_MISSING, "item", N_("There is no such service.")) : e; }

err catalogue_get(ctx *c, int64_t id, item *out) { return none(store_row(c, &catalogue_in_force, &item_shape, out, ARGS(id, c->today))); }

err catalogue_version(ctx *c, int64_t version_id, item *out) { return none(store_row(c, &catalogue_version_row, &item_shape, out, ARGS(version_id))); }

err catalogue_steps(ctx *c, item *of) { return store_list(c, &catalogue_steps_of, &item_step_shape, &of->steps, ARGS(of->version_id)); }

str catalogue_name(const ctx *c, const item *i) { return c->lang == LANG_EN && i->name_en.n ? i->name_en : i->name; }

str catalogue_kind(const ctx *c, int64_t category)
{
    assert(category >= 1 && category < countof(catalogue_kinds));
    return tr(c->lang, catalogue_kinds[category - 1].label);
}

err catalogue_options(ctx *c, view *into, str name)
{
    list all;
    TRY(store_list(c, &catalogue_choices, &item_shape, &all, ARGS(c->today)));
    view *out = view_put_list(into, name);
    for (const item *i = all.items; i < (const item *)all.items + all.n; i++) {
        view *row = view_add_map(out);
        view_int(row, S("code"), i->id);
        view_text(row, S("label"), catalogue_name(c, i));
    }
    return NO_ERR;
}

err catalogue_price_check(ctx *c, const item *i, int64_t quantity, int64_t fee_fen)
{
    int64_t floor, ceiling;
    if (i->zero_fee || !i->ceiling_fen) return NO_ERR;
    if (!fen_mul(i->floor_fen, quantity, &floor) || !fen_mul(i->ceiling_fen, quantity, &ceiling)) return err_of(ERR_INPUT, "quantity", N_("The quantity is too large."));
    bool low = fee_fen < floor;
    if (!low && fee_fen <= ceiling) return NO_ERR;
    return err_with(ERR_CONFLICT, "fee_fen",
                    low ? N_("The fee of {0} is under the floor of {1} of the price guide; it is filed only with the alliance's reasoned approval.")
                        : N_("The fee of {0} is over the ceiling of {1} of the price guide; it is filed only with the alliance's reasoned approval."),
                    fen_words(c->a, fee_fen), fen_words(c->a, low ? floor : ceiling), (str){0});
}

/* ---- drafting ------------------------------------------------------------------------------------------------- */

/* What no version may be, finished or not. */
static err check_draft(item *i)
{
    bool government = str_eqz(i->mode, "government");
    if (government && !i->policy) return err_of(ERR_INPUT, "policy", N_("In government mode an item rests on a policy."));
    if (!government && i->policy) return err_of(ERR_INPUT, "policy", N_("In market mode no policy pays."));
    if (!government && i->subsidy_fen) return err_of(ERR_INPUT, "subsidy_fen", N_("In market mode no policy pays."));
    if (!government && i->reward_fen) return err_of(ERR_INPUT, "reward_fen", N_("In market mode no policy pays."));
    if (i->ceiling_fen && i->ceiling_fen < i->floor_fen) return err_of(ERR_INPUT, "ceiling_fen", N_("The ceiling lies below the floor."));
    if (!government && i->zero_fee && i->ceiling_fen) return err_of(ERR_INPUT, "ceiling_fen", N_("What costs nothing has no price guide."));
    i->zero_fee |= government;
    return NO_ERR;
}

static err write_steps(ctx *c, int64_t version_id, const list *steps)
{
    TRY(store_run(c, &catalogue_drop_steps, NULL, ARGS(version_id)));
    for (int n = 0; n < steps->n; n++) {
        const item_step *s = (const item_step *)steps->items + n;
        TRY(store_run(c, &catalogue_add_step, NULL, ARGS(version_id, n + 1, s->name, s->working_days, s->deliverable, s->evidence)));
    }
    return NO_ERR;
}

static err begin_version(ctx *c, item *i)
{
    TRY(store_int(c, &catalogue_next_version, &i->version, ARGS(i->id)));
    if (!i->version) i->version = 1;
    TRY(store_next_id(c, S("item_version"), &i->version_id));
    TRY(store_run(c, &catalogue_add_version, NULL,
                  ARGS(i->version_id, i->id, i->version, i->name, i->name_en, i->unit, i->mode, arg_opt(i->policy), (int64_t)i->zero_fee, i->floor_fen, i->ceiling_fen,
                       i->subsidy_fen, i->reward_fen, i->deliverable, i->evidence, i->note)));
    return write_steps(c, i->version_id, &i->steps);
}

static err add(ctx *c, void *in)
{
    item *i = in;
    TRY(check_draft(i));
    TRY(store_next_id(c, S("item"), &i->id));
    err e = store_run(c, &catalogue_add_item, NULL, ARGS(i->id, i->code, i->category));
    if (e.kind == ERR_CONFLICT) return err_with(ERR_CONFLICT, "code", N_("The code {0} is taken."), i->code, (str){0}, (str){0});
    TRY(e);
    return begin_version(c, i);
}
const action catalogue_add = {"item_add", &item_add_shape, add, 0};

/* A published version stays as it is: what is saved then is a draft of the next. */
static err save(ctx *c, void *in)
{
    item *i = in, now;
    list versions;
    bool drafted;
    int64_t changed;
    TRY(check_draft(i));
    TRY(store_find(c, &catalogue_draft_of, &item_shape, &now, &drafted, ARGS(i->id)));
    if (!drafted) {
        TRY(store_list(c, &catalogue_versions_of, &item_shape, &versions, ARGS(i->id)));
        if (!versions.n) return err_of(ERR_MISSING, "item", N_("There is no such service."));
        return begin_version(c, i);
    }
    if (i->saves <= 0) i->saves = now.saves; /* a program need not send it */
    TRY(store_run(c, &catalogue_save_version, &changed,
                  ARGS(now.version_id, i->name, i->name_en, i->unit, i->mode, arg_opt(i->policy), (int64_t)i->zero_fee, i->floor_fen, i->ceiling_fen, i->subsidy_fen,
                       i->reward_fen, i->deliverable, i->evidence, i->note, i->saves)));
    if (!changed) return err_of(ERR_CONFLICT, "", N_("Somebody else has saved this draft meanwhile. Below is what you typed; the stored version is beside it."));
    return write_steps(c, now.version_id, &i->steps);
}
const action catalogue_save = {"item_save", &item_save_shape, save, 0};

/* ---- publishing and withdrawing --------------------------------------------------------------------------------- */

/* What the public relies on is complete. */
static err check_complete(const item *i)
{
    static const struct { const char *field, *text; int at; } texts[] = {
        {"unit", N_("The unit is missing: what is counted and priced?"), offsetof(item, unit)},
        {"deliverable", N_("The deliverable of the service is missing."), offsetof(item, deliverable)},
        {"evidence", N_("The evidence of success is missing."), offsetof(item, evidence)},
    };
    for (int n = 0; n < countof(texts); n++)
        if (!((const str *)(const void *)((const char *)i + texts[n].at))->n) return err_of(ERR_INPUT, texts[n].field, texts[n].text);
    if (!i->steps.n) return err_of(ERR_INPUT, "steps", N_("The standard has no step yet."));
    if (!i->zero_fee && !i->ceiling_fen) return err_of(ERR_INPUT, "ceiling_fen", N_("A service that is paid for has a price guide: give the ceiling."));
    return NO_ERR;
}

/* Spending-neutral: what one unit can cost the budget stays within the policy's standard. */
static err check_standard(ctx *c, const item *i, int64_t day)
{
    policy_version p;
    int64_t both;
    if (!i->policy) return NO_ERR;
    TRY(policy_in_force(c, i->policy, day, &p));
    if (!fen_add(i->subsidy_fen, i->reward_fen, &both)) return err_of(ERR_INPUT, "subsidy_fen", N_("The amount is too large."));
    if (both <= p.standard_fen) return NO_ERR;
    return err_with(ERR_INPUT, "subsidy_fen", N_("The subsidy of {0} and the reward of {1} together are above the policy's standard of {2}."), fen_words(c->a, i->subsidy_fen),
                    fen_words(c->a, i->reward_fen), fen_words(c->a, p.standard_fen));
}

static err publish(ctx *c, void *in)
{
    item_publish_in *p = in;
    item i;
    bool drafted;
    int64_t last;
    TRY(store_find(c, &catalogue_draft_of, &item_shape, &i, &drafted, ARGS(p->id)));
    if (!drafted) return err_of(ERR_CONFLICT, "", N_("There is no draft to publish."));
    TRY(catalogue_steps(c, &i));
    TRY(check_complete(&i));
    if (p->from_day < c->today) return err_of(ERR_INPUT, "from_day", N_("A version is in force from today at the earliest."));
    TRY(store_int(c, &catalogue_last_from_day, &last, ARGS(p->id)));
    if (p->from_day < last)
        return err_with(ERR_INPUT, "from_day", N_("The version before it is in force from {0}; a new one cannot begin earlier."), day_text(c->a, last), (str){0}, (str){0});
    TRY(check_standard(c, &i, p->from_day));
    return store_run(c, &catalogue_publish_version, NULL, ARGS(i.version_id, p->from_day, c->now, c->who.person));
}
const action catalogue_publish = {"item_publish", &item_publish_shape, publish, 0};

static err withdraw(ctx *c, void *in)
{
    item_withdraw_in *w = in;
    item i;
    TRY(none(store_row(c, &catalogue_numbered, &item_shape, &i, ARGS(w->id, w->version))));
    if (!str_eqz(i.state, "published")) return err_of(ERR_CONFLICT, "", N_("Only a published version can be withdrawn."));
    return store_run(c, &catalogue_withdraw_version, NULL, ARGS(i.version_id, c->today, c->who.person, w->reason));
}
const action catalogue_withdraw = {"item_withdraw", &item_withdraw_shape, withdraw, 0};
