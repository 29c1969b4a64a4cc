/* SPDX-License-Identifier: Apache-2.0 */
/* story.h: the parts of the demonstration's story: how it is told, and its chapters. Only demo_story.c and story_*.c read this. */
#ifndef STORY_H
#define STORY_H

#include "main/house.h"

enum { STORY_YEAR = 2026, STORY_PER_MONTH = 6, STORY_CASES = 80, STORY_SERVICES = 4, STORY_NAMES = 40 };

typedef struct { int64_t agreement, application; int month, agency, enterprise, service; } told; /* one case of the story */
typedef struct {
    house *h;
    errand at;                   /* of this scene; its arena goes with it */
    web_options web;
    int64_t now;                 /* office hours of the business day, three minutes later with each request */
    int64_t policy[STORY_SERVICES], service[STORY_SERVICES]; /* the first four items, of which the agreements are made */
    int64_t market;              /* an item that the enterprise pays for */
    told cases[STORY_CASES];
    int n, papers;
    struct { const char *name; int64_t id; } made[STORY_NAMES]; /* of demo_requests */
    int named, request;                                         /* request: the next one to tell */
} story;

/* ---- story_teller.c: each request as one of its people; login NULL: the public ---- */
MUST_CHECK err story_scene(story *s); /* a new scene: what the arena of the last one held is gone */
MUST_CHECK err story_go_to(story *s, int64_t day); /* every day between begins too, with what single people ask on it */
MUST_CHECK err story_become(story *s, const char *login);
MUST_CHECK err story_ask(story *s, const char *login, web_method m, str path, str json, view **answer);
MUST_CHECK err story_at_counter(story *s, const char *login, int64_t mandate, const char *path, str json, view **out); /* a clerk, for a firm */
MUST_CHECK err story_made(story *s, const char *login, const char *path, str json, int64_t *id); /* asks for a new thing: its id */
MUST_CHECK err story_move(story *s, const char *login, const char *what, int64_t id, const char *choice, const char *note);
MUST_CHECK err story_paper(story *s, const char *login, const char *name, const char *says, int64_t *id); /* a file of that person */

/* ---- story_setting.c ---- */
MUST_CHECK err story_rules(story *s);
MUST_CHECK err story_catalogue(story *s);
MUST_CHECK err story_accounts(story *s);
MUST_CHECK err story_propose_account(story *s, const char *login, const char *bank, int n);
MUST_CHECK err story_raise_prices(story *s);
MUST_CHECK err story_firms_register(story *s);

/* ---- story_cases.c ---- */
enum { STORY_DRAFTED, STORY_SENT, STORY_SIGNED, STORY_TO_FILE, STORY_FILED }; /* how far an agreement goes */
extern const char *const story_subjects[8];
const char *story_agency(const told *t), *story_enterprise(story *s, const told *t); /* logins of its two sides */
told *story_case(story *s, int month, int at);
MUST_CHECK err story_agree(story *s, int month, int up_to, told **out);
MUST_CHECK err story_agreements(story *s, int month);
MUST_CHECK err story_lay_out(story *s, int month);
MUST_CHECK err story_changes(story *s, int month);
MUST_CHECK err story_outcomes(story *s, int month);
MUST_CHECK err story_apply(story *s, int month);
MUST_CHECK err story_check(story *s, int month);
MUST_CHECK err story_check_again(story *s, int month);

/* ---- story_month.c ---- */
MUST_CHECK err story_decide(story *s, int month, const char *choice);
MUST_CHECK err story_finance_returns(story *s, int month);
MUST_CHECK err story_bank_answers(story *s, int fails);
MUST_CHECK err story_retry(story *s);
MUST_CHECK err story_rewards(story *s, const char *login, const char *step, const char *choice);
MUST_CHECK err story_object(story *s, int month, int at, const char *text);
MUST_CHECK err story_reject_objection(story *s, int month, int at);
MUST_CHECK err story_doubt(story *s, int month, int at, const char *reason);

/* ---- story_counter.c ---- */
MUST_CHECK err story_counter(story *s);
MUST_CHECK err story_deputy(story *s, const char *principal, const char *colleague, const char *until, const char *reason);

/* ---- story_market.c ---- */
MUST_CHECK err story_rate(story *s, int month);
MUST_CHECK err story_give_up(story *s, int n);
MUST_CHECK err story_warn_and_appeal(story *s);
MUST_CHECK err story_market_at_the_end(story *s);

#endif
