/* SPDX-License-Identifier: Apache-2.0 */
/* story_counter.c: acting for others: a firm comes to the counter, another takes its mandate back; an officer goes on leave. */
#include "main/story.h"

#include "base/days.h"

/* The clerk scans the paper and enters it, from today. */
static err enter_mandate(story *s, const char *firm, const char *giver, const char *scopes, const char *until, int64_t *id)
{
    arena *a = s->at.c.a;
    int64_t scan;
    view *org;
    TRY(story_ask(s, firm, GET, S("/organisation"), (str){0}, &org));
    TRY(story_paper(s, "counter1", "授权委托书", "Mandate", &scan));
    return story_made(s, "counter1", "/counter/mandates",
                      str_fmt(a, "{\"uscc\":\"" SF "\",\"giver\":\"%s\",%s,\"from_day\":\"" SF "\",\"to_day\":\"%s\",\"scan\":%lld}", SA(view_get_text(org, S("uscc"))), giver, scopes,
                              SA(day_text(a, house_today())), until, (long long)scan),
                      id);
}

static err hand_in_a_plan(story *s, int64_t mandate, int64_t need)
{
    arena *a = s->at.c.a;
    int64_t plan;
    TRY(story_paper(s, "enterprise4", "技术路线说明", "Technical route", &plan));
    return story_at_counter(s, "counter1", mandate, str_z(a, str_fmt(a, "/needs/%lld/files", (long long)need)), str_fmt(a, "{\"file\":%lld}", (long long)plan), NULL);
}

err story_counter(story *s)
{
    arena *a = s->at.c.a;
    int64_t holds, taken_back;
    view *need;
    TRY(enter_mandate(s, "enterprise4", "示例法定代表人甲", "\"join\":true,\"need\":true,\"outcome\":true", "2026-12-31", &holds));
    TRY(enter_mandate(s, "enterprise5", "示例负责人乙", "\"agreement\":true", "2026-11-30", &taken_back));
    TRY(story_at_counter(s, "counter1", holds, "/needs",
                         str_fmt(a, "{\"item\":%lld,\"topic\":\"service\",\"subject\":\"耐高温涂层材料专利申请\",\"wished_day\":\"2027-02-28\",\"details\":\"企业经办人到窗口口述，窗口代为填写。\"}",
                                 (long long)s->service[0]),
                         &need));
    TRY(hand_in_a_plan(s, holds, view_get_int(need, S("id"), 0)));
    return story_ask(s, "enterprise5", POST, str_fmt(a, "/counter/mandates/%lld/revoke", (long long)taken_back), S("{\"reason\":\"已改为自行在平台查阅。\"}"), NULL);
}

err story_deputy(story *s, const char *principal, const char *colleague, const char *until, const char *reason)
{
    arena *a = s->at.c.a;
    TRY(story_become(s, colleague));
    return story_ask(s, principal, POST, S("/account/deputies"),
                     str_fmt(a, "{\"colleague\":%lld,\"from_day\":\"" SF "\",\"to_day\":\"%s\",\"reason\":\"%s\"}", (long long)s->at.c.who.person, SA(day_text(a, house_today())), until, reason), NULL);
}
