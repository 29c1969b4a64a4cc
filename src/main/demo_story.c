/* SPDX-License-Identifier: Apache-2.0 */
/* demo_story.c: nine months of the demonstration zone, told by the requests of its people: three months are paid, and at the end something
 * waits at every step. Days and amounts are invented. */
#include "main/demo_story.h"

#include "main/cast.h"
#include "main/story.h"
#include "room/account/account.h"
#include "room/counter/counter.h"
#include "room/signin/signin.h"
#include "room/document/document.h"

int64_t demo_story_first(void) { return day_of(STORY_YEAR, 2, 2); }
int64_t demo_story_last(void) { return day_of(STORY_YEAR, 10, 19); }

typedef enum { AGREE, OUTCOMES, CHANGES, APPLY, CHECK, CHECK_AGAIN, DECIDE, BANK, RETRY, REWARDS_PUBLISH, REWARDS_PAY, OBJECT, DISMISS, DOUBT, LAY_OUT, RETURN_ONE, RESUBMIT, RAISE_PRICES, RATE, GIVE_UP, WARN, READ, REGISTER, COUNTER, LAST } what;
static const struct { int month, day; what what; int of; const char *choice; } events[] = {
    {2, 3, REGISTER, 0, ""}, {2, 4, AGREE, 2, ""}, {2, 9, LAY_OUT, 2, ""}, {2, 12, APPLY, 2, ""}, {2, 13, CHECK, 2, ""}, {2, 14, CHECK_AGAIN, 2, ""}, {2, 25, DECIDE, 2, "report_submit"}, {2, 27, DECIDE, 2, "bureau_pass"},
    {3, 2, DECIDE, 2, "request_submit"}, {3, 4, AGREE, 3, ""}, {3, 5, DECIDE, 2, "approved"}, {3, 16, APPLY, 3, ""}, {3, 17, CHECK, 3, ""}, {3, 18, DECIDE, 2, "letter_send"},
    {3, 19, CHECK_AGAIN, 3, ""}, {3, 20, DOUBT, 2, "收到线索称该成果系重复申报，提议撤销批准并重新核查。"}, {3, 23, DECIDE, 2, "finance_pass"}, {3, 24, DECIDE, 3, "report_submit"}, {3, 25, DECIDE, 2, "pay_done"}, {3, 26, DECIDE, 3, "bureau_pass"}, {3, 27, BANK, 0, ""},
    {3, 30, DECIDE, 3, "request_submit"}, {3, 31, REWARDS_PUBLISH, 0, ""},
    {4, 3, DECIDE, 3, "approved"}, {4, 4, AGREE, 4, ""}, {4, 8, RATE, 2, ""}, {4, 14, REWARDS_PAY, 0, ""}, {4, 15, BANK, 0, ""}, {4, 16, APPLY, 4, ""}, {4, 17, CHECK, 4, ""}, {4, 20, CHECK_AGAIN, 4, ""},
    {4, 21, DECIDE, 3, "letter_send"}, {4, 22, DECIDE, 4, "report_submit"}, {4, 23, DECIDE, 3, "finance_pass"}, {4, 24, DECIDE, 4, "bureau_pass"}, {4, 27, DECIDE, 3, "pay_done"},
    {4, 28, BANK, 1, ""}, {4, 29, RETRY, 0, ""}, {4, 30, BANK, 0, ""},
    {5, 4, AGREE, 5, ""}, {5, 6, DECIDE, 4, "request_submit"}, {5, 7, REWARDS_PUBLISH, 0, ""}, {5, 8, RATE, 3, ""}, {5, 11, DECIDE, 4, "approved"}, {5, 18, APPLY, 5, ""}, {5, 19, CHECK, 5, ""}, {5, 20, CHECK_AGAIN, 5, ""},
    {5, 21, REWARDS_PAY, 0, ""}, {5, 22, BANK, 0, ""}, {5, 25, DECIDE, 4, "letter_send"}, {5, 27, DECIDE, 4, "finance_pass"}, {5, 28, DECIDE, 4, "pay_done"}, {5, 29, BANK, 0, ""},
    {6, 1, DECIDE, 5, "report_submit"}, {6, 3, DECIDE, 5, "bureau_pass"}, {6, 4, AGREE, 6, ""}, {6, 5, DECIDE, 5, "request_submit"}, {6, 10, RATE, 4, ""}, {6, 12, DECIDE, 5, "approved"}, {6, 16, APPLY, 6, ""},
    {6, 17, CHECK, 6, ""}, {6, 18, CHECK_AGAIN, 6, ""}, {6, 24, DECIDE, 6, "report_submit"}, {6, 26, DECIDE, 6, "bureau_pass"}, {6, 30, DECIDE, 6, "request_submit"},
    {7, 3, DECIDE, 5, "letter_send"}, {7, 4, AGREE, 7, ""}, {7, 7, DECIDE, 6, "approved"}, {7, 14, OBJECT, 6, "该企业与服务机构存在关联关系，请核查。"}, {7, 16, APPLY, 7, ""}, {7, 17, CHECK, 7, ""}, {7, 20, CHECK_AGAIN, 7, ""},
    {7, 24, DECIDE, 7, "report_submit"}, {7, 28, DECIDE, 7, "bureau_pass"},
    {8, 3, RAISE_PRICES, 0, ""}, {8, 4, AGREE, 8, ""}, {8, 17, APPLY, 8, ""}, {8, 18, CHECK, 8, ""}, {8, 19, CHECK_AGAIN, 8, ""}, {8, 25, DECIDE, 8, "report_submit"},
    {9, 4, AGREE, 9, ""}, {9, 7, LAY_OUT, 9, ""}, {9, 7, GIVE_UP, 20, ""}, {9, 10, DECIDE, 7, "request_submit"}, {9, 16, APPLY, 9, ""}, {9, 17, CHECK, 9, ""}, {9, 18, CHECK_AGAIN, 9, ""}, {9, 23, DECIDE, 8, "bureau_pass"}, {9, 28, DECIDE, 9, "report_submit"},
    {10, 9, WARN, 0, ""}, {10, 9, AGREE, 10, ""}, {10, 9, DECIDE, 7, "approved"}, {10, 12, DECIDE, 6, "letter_send"}, {10, 13, OUTCOMES, 10, ""}, {10, 13, RETURN_ONE, 5, ""}, {10, 13, DISMISS, 6, ""}, {10, 14, APPLY, 10, ""},
    {10, 14, OBJECT, 7, "公示的标准编号与发布公告不一致，请核查成果归属。"}, {10, 14, DECIDE, 8, "request_submit"}, {10, 15, DECIDE, 9, "bureau_pass"}, {10, 15, RESUBMIT, 5, ""}, {10, 15, READ, 0, ""}, {10, 16, CHECK, 10, ""}, {10, 16, CHANGES, 10, ""}, {10, 16, COUNTER, 0, ""}, {10, 19, LAST, 0, ""},
};

/* Agreements at each of their steps, and a changed bank account that waits for the second person. */
static err last_morning(story *s)
{
    told *t;
    for (int up_to = STORY_DRAFTED; up_to <= STORY_TO_FILE; up_to++)
        for (int i = 0; i < 2; i++) TRY(story_agree(s, 0, up_to, NULL));
    TRY(story_agree(s, 0, STORY_TO_FILE, &t));
    TRY(story_move(s, "bureau3", "agreements", t->agreement, "return", "服务内容未写明成果形式，请补充。"));
    TRY(story_agree(s, 0, STORY_FILED, &t));
    TRY(story_move(s, story_agency(t), "agreements", t->agreement, "terminate", "企业调整研发方向，双方协商终止。"));
    TRY(story_move(s, story_agency(story_case(s, 2, 0)), "agreements", story_case(s, 2, 0)->agreement, "finish", ""));
    TRY(story_market_at_the_end(s));
    TRY(story_deputy(s, "bureau3", "bureau2", "2026-10-30", "年休假"));
    t = story_case(s, 8, 0);
    told *left = story_case(s, 10, 10);
    TRY(story_move(s, story_agency(left), "applications", left->application, "withdraw", ""));
    return story_propose_account(s, "agency3", "样例银行高新支行", 2001);
}

/* Everybody has read what came until now; what follows is new. */
static err read_messages(story *s)
{
    for (const cast_person *p = cast_people; p->login; p++) TRY(story_ask(s, p->login, POST, S("/messages/read"), S("{\"upto\":1000000000}"), NULL));
    return NO_ERR;
}

static err happen(story *s, what w, int of, const char *choice)
{
    switch (w) {
    case AGREE: return story_agreements(s, of);
    case CHANGES: return story_changes(s, of);
    case OUTCOMES: return story_outcomes(s, of);
    case APPLY: return story_apply(s, of);
    case CHECK: return story_check(s, of);
    case CHECK_AGAIN: return story_check_again(s, of);
    case DECIDE: return story_decide(s, of, choice);
    case BANK: return story_bank_answers(s, of);
    case RETRY: return story_retry(s);
    case REWARDS_PUBLISH: return story_rewards(s, "bureau1", "list", "publish");
    case REWARDS_PAY: return story_rewards(s, "finance2", "pay", "pay_done");
    case OBJECT: return story_object(s, of, 1, choice);
    case LAY_OUT: return story_lay_out(s, of);
    case DOUBT: return story_doubt(s, of, 0, choice);
    case DISMISS: return story_reject_objection(s, of, 1);
    case RETURN_ONE: return story_finance_returns(s, of);
    case RESUBMIT: return story_move(s, "bureau2", "applications", story_case(s, of, 5)->application, "resubmit", "账户信息已核实，重新报审。");
    case RAISE_PRICES: return story_raise_prices(s);
    case RATE: return story_rate(s, of);
    case GIVE_UP: return story_give_up(s, of);
    case WARN: return story_warn_and_appeal(s);
    case READ: return read_messages(s);
    case REGISTER: return story_firms_register(s);
    case COUNTER: return story_counter(s);
    case LAST: return last_morning(s);
    }
    return NO_ERR;
}

static err tell(story *s)
{
    TRY(errand_begin(s->h, &s->at));
    TRY(story_rules(s));
    TRY(story_catalogue(s));
    TRY(story_accounts(s));
    for (int i = 0; i < countof(events); i++) {
        TRY(story_scene(s));
        TRY(story_go_to(s, day_of(STORY_YEAR, events[i].month, events[i].day)));
        TRY(happen(s, events[i].what, events[i].of, events[i].choice));
    }
    return NO_ERR;
}

err demo_story(house *h)
{
    story s = {.h = h, .now = day_start(demo_story_first()) + (int64_t)9 * 3600 * 1000000};
    s.web = (web_options){.routes = h->tables, .tables = h->table_n, .file_limit = 20 << 20,
                          .hooks = {.identify = signin_identify, .counter = counter_may, .take_file = document_take, .file_name = document_name}};
    err e = tell(&s);
    for (int i = 0; i < countof(e.arg); i++) e.arg[i] = str_dup(&h->a, e.arg[i]);
    errand_end(&s.at);
    return e;
}
