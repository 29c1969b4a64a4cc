/* SPDX-License-Identifier: Apache-2.0 */
/* feedback.c: only the enterprise of the case, only once, only while it is fresh; the agency may reply once, in public. */
#include "room/rating/feedback.h"

#include "base/days.h"
#include "gen/room/rating/rating_sql.h"
#include "room/message/message.h"

const struct choice feedback_levels[] = {
    {"5", N_("5 – very satisfied")}, {"4", N_("4 – satisfied")}, {"3", N_("3 – fair")}, {"2", N_("2 – not satisfied")}, {"1", N_("1 – very dissatisfied")}, {0},
};

SHAPE(ended, FIELD(ended, id, F_ID), FIELD(ended, agency, F_ID), FIELD(ended, enterprise, F_ID), FIELD(ended, closed_at, F_TIME), FIELD(ended, subject, F_TEXT),
      FIELD(ended, agency_name, F_TEXT));

static const field give_fields[] = {
    FIELD(feedback_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(feedback_in, level, F_INT, .flags = F_REQUIRED, .label = N_("How satisfied are you?"), .min = 1, .max = 5),
    FIELD(feedback_in, contacted, F_BOOL, .label = N_("The agency contacted us by itself")),
    FIELD(feedback_in, useful, F_BOOL, .label = N_("The service was useful to us")),
    FIELD(feedback_in, words, F_LINES, .label = N_("In your words"), .hint = N_("Shown to the public without your name; the agency may reply"), .max = 500),
};
const shape feedback_give_shape = {"feedback_give", give_fields, countof(give_fields), sizeof(feedback_in)};
static const field reply_fields[] = {
    FIELD(feedback_reply_in, id, F_ID, .flags = F_HIDDEN),
    FIELD(feedback_reply_in, reply, F_LINES, .flags = F_REQUIRED, .label = N_("Public reply"), .hint = N_("Once, and it stays"), .max = 500),
};
const shape feedback_reply_shape = {"feedback_reply", reply_fields, countof(reply_fields), sizeof(feedback_reply_in)};

SHAPE(feedback, FIELD(feedback, id, F_ID), FIELD(feedback, agency, F_ID), FIELD(feedback, enterprise, F_ID), FIELD(feedback, level, F_INT), FIELD(feedback, contacted, F_BOOL),
      FIELD(feedback, useful, F_BOOL), FIELD(feedback, words, F_TEXT), FIELD(feedback, given_day, F_DAY), FIELD(feedback, reply, F_TEXT), FIELD(feedback, reply_day, F_DAY));

err feedback_ended_case(ctx *c, int64_t id, ended *out)
{
    bool found;
    TRY(store_find(c, &rating_ended_application, &ended_shape, out, &found, ARGS(id)));
    if (!found) TRY(store_find(c, &rating_ended_agreement, &ended_shape, out, &found, ARGS(id)));
    return found && out->enterprise == c->who.org ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no ended case of yours to rate."));
}

int64_t feedback_last_day(const ended *e) { return day_of_time(e->closed_at) + FEEDBACK_DAYS; }

static err give(ctx *c, void *in)
{
    feedback_in *f = in;
    ended e;
    TRY(feedback_ended_case(c, f->id, &e));
    if (c->today > feedback_last_day(&e)) return err_with(ERR_CONFLICT, "", N_("It could be rated until {0}; it counts as unrated."), day_text(c->a, feedback_last_day(&e)), (str){0}, (str){0});
    err bad = store_run(c, &rating_add_feedback, NULL, ARGS(f->id, e.agency, e.enterprise, f->level, (int64_t)f->contacted, (int64_t)f->useful, f->words, c->today, c->who.person));
    if (bad.kind == ERR_CONFLICT) return err_of(ERR_CONFLICT, "", N_("Your enterprise has rated this case already; an answer is given once."));
    TRY(bad);
    return message_org(c, e.agency, N_("An enterprise rated your service: {0} of 5."), str_fmt(c->a, "%lld", (long long)f->level), (str){0}, (str){0}, S("/feedback"));
}
const action feedback_give = {"feedback_give", &feedback_give_shape, give, 0};

err feedback_get(ctx *c, int64_t id, feedback *out)
{
    bool found;
    TRY(store_find(c, &rating_feedback_row, &feedback_shape, out, &found, ARGS(id)));
    return found && out->agency == c->who.org ? NO_ERR : err_of(ERR_MISSING, "", N_("There is no such answer."));
}

static err reply(ctx *c, void *in)
{
    feedback_reply_in *r = in;
    feedback f;
    int64_t changed;
    TRY(feedback_get(c, r->id, &f));
    TRY(store_run(c, &rating_put_reply, &changed, ARGS(r->id, r->reply, c->today, c->who.person)));
    return changed ? NO_ERR : err_of(ERR_CONFLICT, "", N_("There is a reply already; it stays."));
}
const action feedback_reply = {"feedback_reply", &feedback_reply_shape, reply, 0};
