/* SPDX-License-Identifier: Apache-2.0 */
/* need_ask.c: agencies are asked, reminded, given up for the next one: in working days, by the settings of the zone. */
#include "room/matching/need_ask.h"

#include "base/days.h"
#include "gen/room/matching/need_sql.h"
#include "room/matching/offer.h"
#include "room/member/member.h"
#include "room/message/message.h"
#include "room/zone/zone.h"

SHAPE(asked, FIELD(asked, need, F_ID), FIELD(asked, agency, F_ID), FIELD(asked, asked_day, F_DAY), FIELD(asked, answer_by_day, F_DAY),
      FIELD(asked, escalate_day, F_DAY), FIELD(asked, pass_on_day, F_DAY), FIELD(asked, told, F_INT), FIELD(asked, is_picked, F_BOOL),
      FIELD(asked, state, F_TEXT));
enum { TOLD_NOTHING, TOLD_REMINDED, TOLD_ESCALATED };

SHAPE(candidate, FIELD(candidate, agency, F_ID), FIELD(candidate, is_active, F_BOOL), FIELD(candidate, is_offered, F_BOOL),
      FIELD(candidate, is_asked, F_BOOL), FIELD(candidate, is_excluded, F_BOOL), FIELD(candidate, is_same_owner, F_BOOL),
      FIELD(candidate, is_away, F_BOOL), FIELD(candidate, running, F_INT), FIELD(candidate, pending, F_INT), FIELD(candidate, capacity, F_INT));

err need_candidates(ctx *c, const need *n, candidates *out)
{
    list all;
    TRY(store_list(c, &need_facts_of_agencies, &candidate_shape, &all, ARGS(n->id, n->enterprise, n->item, c->today)));
    *out = (candidates){all.items, all.n};
    for (int i = 0; i < out->n; i++) TRY(offer_rating(c, out->all[i].agency, &out->all[i].rating));
    return NO_ERR;
}

/* ---- asking --------------------------------------------------------------------------------------------------------------- */

static err ask(ctx *c, const need *n, int64_t agency, bool picked)
{
    static const char *const settings[] = {"need_answer_days", "need_escalate_days", "need_pass_on_days"};
    int64_t days, day[countof(settings)];
    for (int i = 0; i < countof(settings); i++) {
        TRY(zone_number(c, settings[i], &days));
        TRY(workday_add(c->days, c->today, days, &day[i]));
        if (i && day[i] < day[i - 1]) day[i] = day[i - 1]; /* settings may contradict each other: the later step is not earlier */
    }
    TRY(store_run(c, &need_ask, NULL, ARGS(n->id, agency, picked, c->today, day[0], day[1], day[2])));
    TRY(need_note(c, n->id, "ask", agency, (str){0}));
    return message_org(c, agency, N_("{0} asks you about its need {1}: accept or decline by {2}."), n->enterprise_name, n->subject, day_text(c->a, day[0]), need_path(c, n->id));
}

static err note_judged(ctx *c, const need *n, const candidates *all)
{
    int64_t round;
    TRY(store_int(c, &need_last_round, &round, ARGS(n->id)));
    for (int i = 0; i < all->n; i++) {
        const candidate *k = &all->all[i];
        TRY(store_run(c, &need_add_judged, NULL,
                      ARGS(n->id, round + 1, k->agency, k->place, str_of(choice_reason_code[k->reason]), k->rating, k->running, k->pending, k->capacity, c->today)));
    }
    return NO_ERR;
}

err need_ask_best(ctx *c, const need *n, int most, int *count)
{
    candidates all;
    *count = 0;
    TRY(need_candidates(c, n, &all));
    choice_make(all.all, all.n, most);
    TRY(note_judged(c, n, &all));
    for (int place = 1; place <= most; place++)
        for (int i = 0; i < all.n; i++)
            if (all.all[i].place == place) {
                TRY(ask(c, n, all.all[i].agency, false));
                ++*count;
            }
    return NO_ERR;
}

/* Capacity is the agency's own affair when somebody picks it: it can decline; a conflict of interest is not. */
static err check_picked(ctx *c, const candidates *all, int64_t agency)
{
    for (int i = 0; i < all->n; i++) {
        candidate k = all->all[i];
        if (k.agency != agency) continue;
        choice_make(&k, 1, 1);
        bool may = k.reason == CHOICE_CHOSEN || k.reason == CHOICE_FULL || k.reason == CHOICE_NO_CAPACITY;
        org g;
        TRY(member_get(c, agency, &g));
        return may ? NO_ERR : err_with(ERR_INPUT, "agencies", N_("{0} cannot be asked. {1}"), org_name(c, &g), choice_words(c, &k), (str){0});
    }
    return err_of(ERR_INPUT, "agencies", N_("There is no such agency."));
}

err need_ask_picked(ctx *c, const need *n, const list *agencies)
{
    candidates all;
    const need_agency *ids = agencies->items;
    if (agencies->n < 1 || agencies->n > NEED_AGENCIES_MOST) return err_of(ERR_INPUT, "agencies", N_("Pick one, two or three agencies."));
    TRY(need_candidates(c, n, &all));
    for (int i = 0; i < agencies->n; i++) {
        for (int k = 0; k < i; k++)
            if (ids[k].id == ids[i].id) return err_of(ERR_INPUT, "agencies", N_("Pick each agency once."));
        TRY(check_picked(c, &all, ids[i].id));
    }
    for (int i = 0; i < agencies->n; i++) TRY(ask(c, n, ids[i].id, true));
    return NO_ERR;
}

/* ---- when one is out ---------------------------------------------------------------------------------------------------------- */

static err nobody_left(ctx *c, const need *n)
{
    TRY(need_note(c, n->id, "nobody_left", 0, (str){0}));
    TRY(message_org(c, n->enterprise, N_("Nobody is left to answer your need {0}: pick other agencies, or let the platform choose anew."), n->subject, (str){0}, (str){0}, need_path(c, n->id)));
    TRY(message_role(c, ROLE_ALLIANCE, N_("Nobody is left to answer the need of {0}: {1}."), n->enterprise_name, n->subject, (str){0}, need_path(c, n->id)));
    return need_rest(c, n->id, "open", 0);
}

err need_go_on(ctx *c, int64_t id)
{
    need n;
    int64_t waiting, accepted;
    int more = 0;
    TRY(need_fetch(c, id, &n));
    if (n.by_platform) TRY(need_ask_best(c, &n, 1, &more));
    TRY(store_int(c, &need_waiting_of, &waiting, ARGS(id)));
    TRY(store_int(c, &need_accepted_of, &accepted, ARGS(id)));
    if (!accepted && n.due_day) TRY(store_run(c, &need_set_due, NULL, ARGS(id, 0)));
    return waiting ? NO_ERR : nobody_left(c, &n);
}

/* ---- the days ------------------------------------------------------------------------------------------------------------------ */

static err remind(ctx *c, const need *n, const asked *o)
{
    TRY(store_run(c, &need_set_told, NULL, ARGS(o->need, o->agency, TOLD_REMINDED)));
    TRY(need_note(c, n->id, "remind", o->agency, (str){0}));
    return message_org(c, o->agency, N_("Reminder: {0} waits for your answer to its need {1}; it is due by {2}."), n->enterprise_name, n->subject, day_text(c->a, o->answer_by_day), need_path(c, n->id));
}

static err escalate(ctx *c, const need *n, const asked *o)
{
    org g;
    TRY(member_get(c, o->agency, &g));
    TRY(store_run(c, &need_set_told, NULL, ARGS(o->need, o->agency, TOLD_ESCALATED)));
    TRY(need_note(c, n->id, "escalate", o->agency, (str){0}));
    return message_role(c, ROLE_ALLIANCE, N_("{0} has not answered the need of {1}: {2}. Please call."), g.name, n->enterprise_name, n->subject, need_path(c, n->id));
}

static err pass_on(ctx *c, const need *n, const asked *o)
{
    TRY(store_run(c, &need_set_offer, NULL, ARGS(o->need, o->agency, S("expired"), c->today, 0, S(""))));
    TRY(need_note(c, n->id, "pass_on", o->agency, (str){0}));
    TRY(message_org(c, o->agency, N_("You did not answer the need {0} in time; it has gone on to others."), n->subject, (str){0}, (str){0}, need_path(c, n->id)));
    return need_go_on(c, n->id);
}

/* The period ends with its last day, so the next agency is asked when the day after begins; a reminder comes on the last day itself. */
static err look_at(ctx *c, const asked *o)
{
    need n;
    TRY(need_fetch(c, o->need, &n));
    if (c->today > o->pass_on_day) return pass_on(c, &n, o);
    if (c->today >= o->escalate_day && o->told < TOLD_ESCALATED) return escalate(c, &n, o);
    if (c->today >= o->answer_by_day && o->told < TOLD_REMINDED) return remind(c, &n, o);
    return NO_ERR;
}

static err expire(ctx *c, const need *n)
{
    list all;
    TRY(store_list(c, &need_asked_of, &asked_shape, &all, ARGS(n->id)));
    for (int i = 0; i < all.n; i++) {
        const asked *o = (const asked *)all.items + i;
        if (str_eqz(o->state, "offered") || str_eqz(o->state, "accepted"))
            TRY(message_org(c, o->agency, N_("The need {1} of {0} has ended: its day is past."), n->enterprise_name, n->subject, (str){0}, need_path(c, n->id)));
    }
    TRY(store_run(c, &need_close_offers, NULL, ARGS(n->id)));
    TRY(need_note(c, n->id, "expire", 0, (str){0}));
    TRY(message_org(c, n->enterprise, N_("Your need {0} has ended: the day you wished it by is past and no agency was taken."), n->subject, (str){0}, (str){0}, need_path(c, n->id)));
    return need_rest(c, n->id, "expired", 0);
}

/* On its last day, whose turn it is: the enterprise takes one that accepted, or the one taken drafts the agreement. */
static err remind_turn(ctx *c, const need *n)
{
    bool taken = str_eqz(n->state, "accepted");
    return message_org(c, taken ? n->agency : n->enterprise, taken ? N_("Reminder: draft the agreement for the need {0} today.") : N_("Reminder: an agency waits to be taken for your need {0}; decide today."),
                       n->subject, (str){0}, (str){0}, need_path(c, n->id));
}

err need_day_begins(ctx *c)
{
    list late, waiting, due;
    TRY(store_list(c, &need_late_open, &need_shape, &late, ARGS(c->today)));
    for (int i = 0; i < late.n; i++) TRY(expire(c, (const need *)late.items + i));
    TRY(store_list(c, &need_unanswered, &asked_shape, &waiting, NO_ARGS));
    for (int i = 0; i < waiting.n; i++) TRY(look_at(c, (const asked *)waiting.items + i));
    TRY(store_list(c, &need_with_due, &need_shape, &due, NO_ARGS));
    for (const need *n = due.items; n < (const need *)due.items + due.n; n++)
        if (n->due_day == c->today) TRY(remind_turn(c, n));
    return NO_ERR;
}

/* As many working days after `from` as it was before the calendar changed. */
static err recount(ctx *c, const struct calendar *before, int64_t from, int64_t *day)
{
    int64_t n;
    TRY(workday_between(before, from, *day, &n));
    return workday_add(c->days, from, n, day);
}

err need_calendar_changes(ctx *c, const calendar_change *by)
{
    list waiting, due;
    TRY(store_list(c, &need_unanswered, &asked_shape, &waiting, NO_ARGS));
    for (int i = 0; i < waiting.n; i++) {
        asked o = ((const asked *)waiting.items)[i];
        int64_t last = o.answer_by_day;
        TRY(recount(c, by->before, o.asked_day, &o.answer_by_day));
        TRY(recount(c, by->before, o.asked_day, &o.escalate_day));
        TRY(recount(c, by->before, o.asked_day, &o.pass_on_day));
        TRY(store_run(c, &need_set_dates, NULL, ARGS(o.need, o.agency, o.answer_by_day, o.escalate_day, o.pass_on_day)));
        if (o.answer_by_day == last) continue;
        need n;
        TRY(need_fetch(c, o.need, &n));
        TRY(message_org(c, o.agency, N_("The working days were changed: your answer to the need {0} is due by {2} now, not by {1}."), n.subject, day_text(c->a, last),
                        day_text(c->a, o.answer_by_day), need_path(c, n.id)));
    }
    TRY(store_list(c, &need_with_due, &need_shape, &due, NO_ARGS));
    for (int i = 0; i < due.n; i++) {
        need n = ((const need *)due.items)[i];
        int64_t from = n.due_day < c->today ? n.due_day : c->today; /* what is late stays late */
        TRY(recount(c, by->before, from, &n.due_day));
        TRY(store_run(c, &need_set_due, NULL, ARGS(n.id, n.due_day)));
    }
    return NO_ERR;
}
