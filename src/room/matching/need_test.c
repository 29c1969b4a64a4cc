/* SPDX-License-Identifier: Apache-2.0 */
/* need_test.c: a need from its posting to the drafted agreement; who may do what where; what the days bring. */
#include "month.h"
#include "room/matching/choice.h"

typedef struct zone_of { month m; int64_t need; } zone_of;

static void offer(zone_of *z, const char *login, int most)
{
    world_do(&z->m.w, 200, login, POST, "/offering", "{\"item\":%lld,\"price_fen\":0,\"work_days\":40,\"is_open\":true}", (long long)z->m.service);
    world_do(&z->m.w, 200, login, POST, "/offering/capacity", "{\"capacity\":%d}", most);
}

static int64_t post_need(zone_of *z, const char *login, const char *subject)
{
    return month_made(world_do(&z->m.w, 201, login, POST, "/needs", "{\"item\":%lld,\"topic\":\"service\",\"subject\":\"%s\",\"wished_day\":\"2018-12-31\"}",
                               (long long)z->m.service, subject));
}

/* Three agencies that offer the service, a need of enterprise1. */
static void begin(zone_of *z)
{
    *z = (zone_of){0};
    month_begin(&z->m);
    for (int i = 1; i <= 3; i++) offer(z, (const char *[]){"agency1", "agency2", "agency3"}[i - 1], i);
    z->need = post_need(z, "enterprise1", "pump control");
}

static int move(zone_of *z, const char *login, const char *json, view **out)
{
    char path[64];
    snprintf(path, sizeof path, "/needs/%lld/moves", (long long)z->need);
    return world_call(&z->m.w, login, POST, path, json, out);
}

static void moved(zone_of *z, const char *login, const char *json) 
{
    char path[64];
    snprintf(path, sizeof path, "/needs/%lld/moves", (long long)z->need);
    world_do(&z->m.w, 200, login, POST, path, "%s", json);
}

static view *seen(zone_of *z, const char *login)
{
    char path[64];
    snprintf(path, sizeof path, "/needs/%lld", (long long)z->need);
    return world_do(&z->m.w, 200, login, GET, path, NULL);
}

static const char *state_of(zone_of *z)
{
    static char state[32];
    str s = view_get_text(seen(z, "auditor1"), S("state"));
    snprintf(state, sizeof state, SF, SA(s));
    return state;
}

static const view *row_of(const view *v, const char *name, int64_t agency)
{
    for (const view *row = view_get(v, str_of(name))->first; row; row = row->next)
        if (view_get_int(row, S("agency_id"), 0) == agency) return row;
    return NULL;
}

static str answer_of(zone_of *z, const char *key)
{
    const view *row = row_of(seen(z, "enterprise1"), "asked", world_org(&z->m.w, key));
    return row ? view_get_text(row, S("state")) : (str){0};
}

static bool told(zone_of *z, const char *login, const char *words)
{
    const view *all = view_get(world_do(&z->m.w, 200, login, GET, "/messages", NULL), S("items"));
    for (const view *row = all->first; row; row = row->next)
        if (str_find(view_get_text(row, S("text_id")), str_of(words)) >= 0) return true;
    return false;
}

static str with_agency(zone_of *z, const char *choice, const char *key)
{
    return str_fmt(z->m.w.at.c.a, "{\"choice\":\"%s\",\"agencies\":[%lld]}", choice, (long long)world_org(&z->m.w, key));
}

static void send(zone_of *z, const char *login, const char *choice, const char *key)
{
    str json = with_agency(z, choice, key);
    moved(z, login, str_z(z->m.w.at.c.a, json));
}

/* ---- the way through --------------------------------------------------------------------------------------------------------- */

static void a_need_is_asked_accepted_taken_and_drafted_by_one_click(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    moved(&z, "enterprise1", "{\"choice\":\"match\"}");
    assert_string_equal(state_of(&z), "offered");
    const view *v = seen(&z, "enterprise1");
    assert_int_equal(view_get(v, S("asked"))->n, 3);
    assert_int_equal(view_get(v, S("judged"))->n, 3);
    assert_true(told(&z, "agency1", "asks you about its need"));
    view *todo = world_do(&z.m.w, 200, "agency1", GET, "/desk", NULL);
    const view *waits = month_item(todo, "items", 0);
    assert_int_equal(month_int(waits, "left_days"), 3);
    moved(&z, "agency1", "{\"choice\":\"accept\",\"note\":\"two people from Monday\"}");
    moved(&z, "agency2", "{\"choice\":\"decline\",\"note\":\"no staff for this field\"}");
    assert_true(told(&z, "enterprise1", "would serve your need"));
    assert_true(told(&z, "enterprise1", "declined your need"));
    send(&z, "enterprise1", "choose", "agency1");
    assert_string_equal(state_of(&z), "accepted");
    assert_true(month_text_is(row_of(seen(&z, "enterprise1"), "asked", world_org(&z.m.w, "agency1")), "note", "two people from Monday")); /* it stays */
    assert_true(str_eqz(answer_of(&z, "agency3"), "closed"));
    assert_true(told(&z, "agency3", "chose another agency"));
    assert_int_equal(month_int(seen(&z, "agency3"), "agency"), 0); /* but not which */
    assert_int_equal(month_int(seen(&z, "agency1"), "agency"), world_org(&z.m.w, "agency1"));
    view *agreement = world_do(&z.m.w, 200, "agency1", POST, str_z(z.m.w.at.c.a, str_fmt(z.m.w.at.c.a, "/needs/%lld/moves", (long long)z.need)), "{\"choice\":\"draft\"}");
    assert_true(month_text_is(agreement, "subject", "pump control"));
    assert_int_equal(month_int(agreement, "item"), z.m.service);
    assert_int_equal(month_int(agreement, "enterprise"), world_org(&z.m.w, "enterprise1"));
    assert_int_equal(month_int(agreement, "agency"), world_org(&z.m.w, "agency1"));
    assert_true(month_text_is(agreement, "step", "draft"));
    assert_string_equal(state_of(&z), "matched");
    world_end(&z.m.w);
}

static void an_agency_that_was_not_asked_does_not_know_of_the_need_and_one_asked_not_of_the_others(void **state)
{
    (void)state;
    zone_of z;
    view *v;
    begin(&z);
    char path[64];
    snprintf(path, sizeof path, "/needs/%lld", (long long)z.need);
    send(&z, "enterprise1", "pick", "agency1");
    assert_int_equal(world_call(&z.m.w, "agency2", GET, path, NULL, &v), 404);
    assert_int_equal(move(&z, "agency2", "{\"choice\":\"accept\"}", &v), 404);
    assert_int_equal(world_call(&z.m.w, "enterprise2", GET, path, NULL, &v), 404);
    v = seen(&z, "agency1");
    assert_null(view_get(v, S("asked")));
    assert_null(view_get(v, S("judged")));
    assert_int_equal(view_get(world_do(&z.m.w, 200, "agency2", GET, "/needs", NULL), S("items"))->n, 0);
    assert_int_equal(view_get(world_do(&z.m.w, 200, "agency1", GET, "/needs", NULL), S("items"))->n, 1);
    world_end(&z.m.w);
}

static void its_files_are_read_by_those_who_see_it_and_added_by_its_enterprise_until_it_is_over(void **state)
{
    (void)state;
    zone_of z;
    view *v;
    begin(&z);
    char path[64];
    long long mine = world_file(&z.m.w, "enterprise1", "figures"), others = world_file(&z.m.w, "enterprise2", "not mine");
    snprintf(path, sizeof path, "/needs/%lld/files", (long long)z.need);
    world_do(&z.m.w, 422, "enterprise1", POST, path, "{\"file\":%lld}", others);
    world_do(&z.m.w, 404, "enterprise2", POST, path, "{\"file\":%lld}", others);
    world_do(&z.m.w, 200, "enterprise1", POST, path, "{\"file\":%lld}", mine);
    send(&z, "enterprise1", "pick", "agency1");
    assert_int_equal(month_int(month_item(seen(&z, "agency1"), "files", 0), "id"), mine);
    snprintf(path, sizeof path, "/needs/%lld/files/%lld", (long long)z.need, mine);
    static const struct { const char *login; int status; } t[] = {{"enterprise1", 200}, {"agency1", 200}, {"alliance1", 200}, {"agency2", 404}, {"enterprise2", 404}, {"finance1", 403}};
    for (int i = 0; i < countof(t); i++)
        if (world_call(&z.m.w, t[i].login, GET, path, NULL, &v) != t[i].status) fail_msg("%s: not %d", t[i].login, t[i].status);
    snprintf(path, sizeof path, "/needs/%lld/files/%lld", (long long)z.need, others);
    world_do(&z.m.w, 404, "enterprise1", GET, path, NULL);
    moved(&z, "enterprise1", "{\"choice\":\"withdraw\",\"note\":\"x\"}");
    snprintf(path, sizeof path, "/needs/%lld/files", (long long)z.need);
    world_do(&z.m.w, 409, "enterprise1", POST, path, "{\"file\":%lld}", mine);
    world_end(&z.m.w);
}

/* ---- role × state × choice ---------------------------------------------------------------------------------------------------- */

static const char *const movers[] = {"enterprise1", "agency1", "agency2", "alliance1"};
enum { E1, A1, A2, AL };

/* How each state is reached; agency1 is asked (and chosen) where an agency is. */
static void bring_to(zone_of *z, const char *want)
{
    z->need = post_need(z, "enterprise1", want);
    if (!strcmp(want, "open")) return;
    if (!strcmp(want, "withdrawn")) { moved(z, "enterprise1", "{\"choice\":\"withdraw\",\"note\":\"x\"}"); return; }
    if (!strcmp(want, "closed")) { moved(z, "alliance1", "{\"choice\":\"close\",\"note\":\"x\"}"); return; }
    send(z, "enterprise1", "pick", "agency1");
    if (!strcmp(want, "offered")) return;
    moved(z, "agency1", "{\"choice\":\"accept\"}");
    if (!strcmp(want, "offered, accepted")) return;
    send(z, "enterprise1", "choose", "agency1");
    if (!strcmp(want, "accepted")) return;
    moved(z, "agency1", "{\"choice\":\"draft\"}");
}

/* Every choice there is, tried by each in each state, without a note and with an agency that does not exist: so what may be done is refused with
 * 422 or done, and what may not is refused with its own reason before. */
static void only_those_in_the_table_may_and_each_other_is_told_why_not(void **state)
{
    (void)state;
    static const char *const tried[] = {"match", "pick", "choose", "reopen", "withdraw", "accept", "decline", "draft", "step_back", "close", "nonsense"};
    static const char *const states[] = {"open", "offered", "offered, accepted", "accepted", "matched", "withdrawn", "closed"};
    static const struct { const char *state; int who; const char *choice; } may[] = { /* answered by 422: the note or the agency is missing */
        {"open", E1, "pick"}, {"open", E1, "withdraw"}, {"open", AL, "pick"}, {"open", AL, "close"},
        {"offered", E1, "choose"}, {"offered", E1, "withdraw"}, {"offered", A1, "decline"}, {"offered", AL, "close"},
        {"offered, accepted", E1, "choose"}, {"offered, accepted", E1, "withdraw"}, {"offered, accepted", AL, "close"},
        {"accepted", E1, "reopen"}, {"accepted", E1, "withdraw"}, {"accepted", A1, "step_back"},
    };
    static const struct { const char *state; int who; const char *choice; } done[] = { /* these need nothing more: 200, tried elsewhere */
        {"open", E1, "match"}, {"open", AL, "match"}, {"offered", A1, "accept"}, {"accepted", A1, "draft"},
    };
    static const struct { int who; const char *choices; } roles[] = {
        {E1, "match pick choose reopen withdraw"}, {A1, "accept decline draft step_back"}, {AL, "match pick close"},
    };
    zone_of z;
    view *v;
    begin(&z);
    int counted = 0;
    for (int s = 0; s < countof(states); s++) {
        bring_to(&z, states[s]);
        for (int who = 0; who < countof(movers); who++)
            for (int i = 0; i < countof(tried); i++) {
                bool fits = false, now = false, of_role = false;
                for (int k = 0; k < countof(may); k++) fits |= !strcmp(may[k].state, states[s]) && may[k].who == who && !strcmp(may[k].choice, tried[i]);
                for (int k = 0; k < countof(done); k++) now |= !strcmp(done[k].state, states[s]) && done[k].who == who && !strcmp(done[k].choice, tried[i]);
                for (int k = 0; k < countof(roles); k++) of_role |= roles[k].who == who && strstr(roles[k].choices, tried[i]);
                if (now) continue;
                bool stranger = who == A2 || (who == A1 && (!strcmp(states[s], "open") || !strcmp(states[s], "withdrawn") || !strcmp(states[s], "closed")));
                int want = stranger ? 404 : !strcmp(tried[i], "nonsense") ? 422 : fits ? 422 : of_role ? 409 : 403;
                str json = str_fmt(z.m.w.at.c.a, "{\"choice\":\"%s\"}", tried[i]);
                int status = move(&z, movers[who], str_z(z.m.w.at.c.a, json), &v);
                if (status != want) fail_msg("%s, %s, %s: %d, not %d: " SF, states[s], movers[who], tried[i], status, want, SA(view_get_text(v, S("detail"))));
                assert_true(view_get_text(v, S("detail")).n > 0 || view_get(v, S("errors")));
                counted++;
            }
        world_forget(&z.m.w);
    }
    assert_int_equal(counted, 7 * 4 * 11 - 4);
    world_end(&z.m.w);
}

static void a_stale_page_is_told_so(void **state)
{
    (void)state;
    zone_of z;
    view *v;
    begin(&z);
    moved(&z, "enterprise1", "{\"choice\":\"match\",\"version\":0}");
    assert_int_equal(move(&z, "enterprise1", "{\"choice\":\"withdraw\",\"note\":\"x\",\"version\":0}", &v), 409);
    assert_true(str_find(view_get_text(v, S("detail")), S("最新情况")) >= 0 || str_find(view_get_text(v, S("detail")), S("moved on")) >= 0);
    world_end(&z.m.w);
}

/* ---- who is asked ------------------------------------------------------------------------------------------------------------- */

static str reason_of(zone_of *z, const char *key)
{
    const view *row = row_of(seen(z, "enterprise1"), "judged", world_org(&z->m.w, key));
    return row ? view_get_text(row, S("reason")) : (str){0};
}

static void the_facts_of_the_store_are_those_that_are_judged(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    month_add(&z.m, "agency1", "enterprise2"); /* its one place is taken */
    world_do(&z.m.w, 200, "agency2", POST, "/interests", "{\"names\":\"甲某某\\nＡ Holding Ltd\"}");
    world_do(&z.m.w, 200, "enterprise1", POST, "/interests", "{\"names\":\"a holding ltd\"}"); /* the same in other letters */
    moved(&z, "enterprise1", "{\"choice\":\"match\"}");
    assert_true(str_eqz(reason_of(&z, "agency1"), "full"));
    assert_true(str_eqz(reason_of(&z, "agency2"), "same_owner"));
    assert_true(str_eqz(reason_of(&z, "agency3"), "chosen"));
    z.need = post_need(&z, "enterprise2", "membranes");
    world_do(&z.m.w, 200, "enterprise2", POST, "/interests/exclusions", "{\"agency\":%lld}", (long long)world_org(&z.m.w, "agency2"));
    world_do(&z.m.w, 200, "agency3", POST, "/offering/capacity", "{\"capacity\":5,\"away_until_day\":\"2018-11-30\"}");
    moved(&z, "enterprise2", "{\"choice\":\"match\"}");
    const view *v = seen(&z, "enterprise2");
    assert_true(str_eqz(view_get_text(row_of(v, "judged", world_org(&z.m.w, "agency2")), S("reason")), "excluded"));
    assert_true(str_eqz(view_get_text(row_of(v, "judged", world_org(&z.m.w, "agency3")), S("reason")), "away"));
    assert_string_equal(state_of(&z), "open"); /* nobody could be asked */
    assert_true(told(&z, "alliance1", "No agency can be asked"));
    world_end(&z.m.w);
}

/* Five cases that ended make agency1 a rated one; the others stand in the middle. */
static void the_last_month_s_rating_counts_and_is_kept_with_the_judgement(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    for (int i = 0; i < 5; i++) month_add(&z.m, "agency1", i % 2 ? "enterprise1" : "enterprise2");
    month_to_paid(&z.m);
    offer(&z, "agency1", 20);
    world_day(&z.m.w, "2018-12-03");
    z.need = post_need(&z, "enterprise1", "rated");
    moved(&z, "enterprise1", "{\"choice\":\"match\"}");
    const view *v = seen(&z, "enterprise1"), *one = row_of(v, "judged", world_org(&z.m.w, "agency1"));
    assert_in_range(month_int(one, "rating"), 1, 10000);
    assert_int_equal(month_int(row_of(v, "judged", world_org(&z.m.w, "agency2")), "rating"), -1);
    assert_int_equal(month_int(one, "place"), month_int(one, "rating") > RATING_NEUTRAL ? 1 : 3);
    world_end(&z.m.w);
}

static void picked_agencies_are_one_to_three_known_and_without_conflict(void **state)
{
    (void)state;
    zone_of z;
    view *v;
    begin(&z);
    arena *a = z.m.w.at.c.a;
    long long one = world_org(&z.m.w, "agency1"), two = world_org(&z.m.w, "agency2"), e = world_org(&z.m.w, "enterprise2");
    world_do(&z.m.w, 200, "enterprise1", POST, "/interests/exclusions", "{\"agency\":%lld}", two);
    const struct { const char *ids, *says; } t[] = {
        {"[]", "one"}, {str_z(a, str_fmt(a, "[%lld,%lld]", one, one)), "once"}, {str_z(a, str_fmt(a, "[%lld,%lld,%lld,%lld]", one, two, e, one)), "three"},
        {str_z(a, str_fmt(a, "[%lld]", e)), "no such agency"}, {str_z(a, str_fmt(a, "[%lld,%lld]", one, two)), "excluded"},
    };
    for (int i = 0; i < countof(t); i++) {
        str json = str_fmt(a, "{\"choice\":\"pick\",\"agencies\":%s}", t[i].ids);
        int status = move(&z, "enterprise1", str_z(a, json), &v);
        if (status != 422) fail_msg("%s: %d", t[i].says, status);
    }
    assert_string_equal(state_of(&z), "open");
    world_do(&z.m.w, 200, "enterprise1", POST, "/interests/exclusions/end", "{\"agency\":%lld}", two);
    send(&z, "enterprise1", "pick", "agency2");
    assert_string_equal(state_of(&z), "offered");
    world_end(&z.m.w);
}

/* ---- the days: asked on Monday 2018-11-05 -------------------------------------------------------------------------------------- */

static void silence_is_reminded_at_three_escalated_at_seven_and_goes_on_after_ten_working_days(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    z.need = post_need(&z, "enterprise1", "silence");
    world_do(&z.m.w, 200, "agency3", POST, "/offering", "{\"item\":%lld,\"price_fen\":0,\"work_days\":40,\"is_open\":false}", (long long)z.m.service);
    moved(&z, "enterprise1", "{\"choice\":\"match\"}");
    world_do(&z.m.w, 200, "agency3", POST, "/offering", "{\"item\":%lld,\"price_fen\":0,\"work_days\":40,\"is_open\":true}", (long long)z.m.service);
    moved(&z, "agency2", "{\"choice\":\"accept\"}");
    world_day(&z.m.w, "2018-11-07");
    assert_false(told(&z, "agency1", "Reminder:"));
    world_day(&z.m.w, "2018-11-08");
    assert_true(told(&z, "agency1", "Reminder:"));
    assert_false(told(&z, "agency2", "Reminder:")); /* it has answered */
    world_day(&z.m.w, "2018-11-13");
    assert_false(told(&z, "alliance1", "Please call"));
    world_day(&z.m.w, "2018-11-14");
    assert_true(told(&z, "alliance1", "Please call"));
    const view *waits = month_item(world_do(&z.m.w, 200, "alliance1", GET, "/desk?only=need", NULL), "items", 0);
    assert_int_equal(view_get(waits, S("due_day"))->i, day_of(2018, 11, 19));
    world_day(&z.m.w, "2018-11-19"); /* the tenth working day: it may still answer */
    assert_true(str_eqz(answer_of(&z, "agency1"), "offered"));
    assert_int_equal(answer_of(&z, "agency3").n, 0);
    world_day(&z.m.w, "2018-11-20");
    assert_true(str_eqz(answer_of(&z, "agency1"), "expired"));
    assert_true(str_eqz(answer_of(&z, "agency3"), "offered")); /* the next one */
    assert_true(told(&z, "agency3", "asks you about its need"));
    assert_string_equal(state_of(&z), "offered");
    world_end(&z.m.w);
}

static void the_periods_are_settings_and_the_last_silent_one_opens_the_need_again(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    static const struct { const char *name, *value; } set[] = {{"need_answer_days", "1"}, {"need_escalate_days", "2"}, {"need_pass_on_days", "3"}};
    for (int i = 0; i < countof(set); i++) {
        char path[64];
        snprintf(path, sizeof path, "/settings/%s", set[i].name);
        world_do(&z.m.w, 200, "admin1", POST, path, "{\"name\":\"%s\",\"value\":\"%s\"}", set[i].name, set[i].value);
    }
    send(&z, "enterprise1", "pick", "agency1");
    world_day(&z.m.w, "2018-11-06");
    assert_true(told(&z, "agency1", "Reminder:"));
    world_day(&z.m.w, "2018-11-08");
    assert_string_equal(state_of(&z), "offered");
    world_day(&z.m.w, "2018-11-09");
    assert_string_equal(state_of(&z), "open"); /* picked by hand: the platform does not go on by itself */
    assert_true(told(&z, "enterprise1", "Nobody is left"));
    world_end(&z.m.w);
}

static void whose_turn_it_is_after_an_acceptance_is_reminded_on_the_last_day(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    send(&z, "enterprise1", "pick", "agency1");
    moved(&z, "agency1", "{\"choice\":\"accept\"}");
    world_day(&z.m.w, "2018-11-07");
    assert_false(told(&z, "enterprise1", "waits to be taken"));
    world_day(&z.m.w, "2018-11-08"); /* the third working day after Monday the fifth */
    assert_true(told(&z, "enterprise1", "waits to be taken"));
    send(&z, "enterprise1", "choose", "agency1");
    world_day(&z.m.w, "2018-11-12");
    assert_false(told(&z, "agency1", "Reminder: draft"));
    world_day(&z.m.w, "2018-11-13");
    assert_true(told(&z, "agency1", "Reminder: draft"));
    world_end(&z.m.w);
}

static void a_changed_calendar_moves_the_day_of_the_answer_and_says_so(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    send(&z, "enterprise1", "pick", "agency1");
    world_do(&z.m.w, 200, "admin1", POST, "/workdays", "{\"csv\":\"2018-11-07,示例休假,holiday,https://example.org/paper\"}");
    const view *row = row_of(seen(&z, "enterprise1"), "asked", world_org(&z.m.w, "agency1"));
    assert_int_equal(view_get(row, S("answer_by_day"))->i, day_of(2018, 11, 9));
    assert_true(told(&z, "agency1", "The working days were changed"));
    world_end(&z.m.w);
}

static void a_need_past_its_day_ends_and_says_so(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    z.need = month_made(world_do(&z.m.w, 201, "enterprise1", POST, "/needs", "{\"item\":%lld,\"topic\":\"listing\",\"subject\":\"short\",\"wished_day\":\"2018-11-06\"}", (long long)z.m.service));
    send(&z, "enterprise1", "pick", "agency1");
    world_day(&z.m.w, "2018-11-06");
    assert_string_equal(state_of(&z), "offered");
    world_day(&z.m.w, "2018-11-07");
    assert_string_equal(state_of(&z), "expired");
    assert_true(str_eqz(answer_of(&z, "agency1"), "closed"));
    assert_true(told(&z, "enterprise1", "the day you wished it by is past"));
    world_end(&z.m.w);
}

/* ---- parting, drafting -------------------------------------------------------------------------------------------------------- */

static void either_may_part_before_the_agreement_and_the_need_is_open_again(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    for (int i = 0; i < 2; i++) {
        const char *agency = i ? "agency2" : "agency1";
        send(&z, "enterprise1", "pick", agency);
        moved(&z, agency, "{\"choice\":\"accept\"}");
        send(&z, "enterprise1", "choose", agency);
        if (i) moved(&z, "enterprise1", "{\"choice\":\"reopen\",\"note\":\"too late\"}");
        else moved(&z, agency, "{\"choice\":\"step_back\",\"note\":\"no staff\"}");
        assert_string_equal(state_of(&z), "open");
    }
    moved(&z, "enterprise1", "{\"choice\":\"match\"}");
    assert_true(str_eqz(reason_of(&z, "agency1"), "asked_before"));
    assert_true(str_eqz(answer_of(&z, "agency3"), "offered"));
    world_end(&z.m.w);
}

static void a_second_agreement_for_the_same_matter_is_refused_and_the_need_stays(void **state)
{
    (void)state;
    zone_of z;
    view *v;
    begin(&z);
    month_add(&z.m, "agency2", "enterprise1"); /* subject 0 */
    z.need = post_need(&z, "enterprise1", "SUBJECT 0");
    send(&z, "enterprise1", "pick", "agency1");
    moved(&z, "agency1", "{\"choice\":\"accept\"}");
    send(&z, "enterprise1", "choose", "agency1");
    assert_int_equal(move(&z, "agency1", "{\"choice\":\"draft\"}", &v), 409);
    assert_string_equal(state_of(&z), "accepted");
    world_end(&z.m.w);
}

/* A service that the enterprise pays for, from 1,000 to 2,000 yuan. */
static int64_t market_service(zone_of *z)
{
    char path[64];
    int64_t id = month_made(world_do(&z->m.w, 201, "alliance3", POST, "/services",
                                     "{\"code\":\"M1\",\"name\":\"上市咨询\",\"category\":8,\"mode\":\"market\",\"zero_fee\":false,\"unit\":\"项\",\"floor_fen\":100000,\"ceiling_fen\":200000,"
                                     "\"deliverable\":\"报告\",\"evidence\":\"报告\",\"note\":\"x\",\"steps\":[{\"name\":\"诊断\",\"working_days\":5,\"deliverable\":\"报告\",\"evidence\":\"报告\"}]}"));
    snprintf(path, sizeof path, "/services/%lld/publish", (long long)id);
    world_do(&z->m.w, 200, "alliance3", POST, path, "{\"from_day\":\"2018-11-05\"}");
    return id;
}

static void an_offer_keeps_inside_the_guide_and_its_price_is_the_fee_of_the_draft(void **state)
{
    (void)state;
    zone_of z;
    begin(&z);
    z.m.service = market_service(&z);
    static const struct { int64_t price; int status; } t[] = {{0, 422}, {99999, 422}, {100000, 200}, {200000, 200}, {200001, 422}, {150000, 200}};
    for (int i = 0; i < countof(t); i++)
        world_do(&z.m.w, t[i].status, "agency1", POST, "/offering", "{\"item\":%lld,\"price_fen\":%lld,\"work_days\":9,\"is_open\":true}", (long long)z.m.service, (long long)t[i].price);
    z.need = post_need(&z, "enterprise1", "listing");
    send(&z, "enterprise1", "pick", "agency1");
    moved(&z, "agency1", "{\"choice\":\"accept\"}");
    send(&z, "enterprise1", "choose", "agency1");
    moved(&z, "agency1", "{\"choice\":\"draft\"}");
    const view *agreement = month_item(world_do(&z.m.w, 200, "agency1", GET, "/agreements", NULL), "items", 0);
    assert_int_equal(view_get(agreement, S("fee_fen"))->i, 150000);
    world_end(&z.m.w);
}

static void three_at_most_stand_side_by_side(void **state)
{
    (void)state;
    zone_of z;
    view *v;
    begin(&z);
    arena *a = z.m.w.at.c.a;
    long long one = world_org(&z.m.w, "agency1"), two = world_org(&z.m.w, "agency2"), three = world_org(&z.m.w, "agency3");
    v = world_do(&z.m.w, 200, "enterprise1", GET, str_z(a, str_fmt(a, "/offers?item=%lld", (long long)z.m.service)), NULL);
    assert_int_equal(view_get(v, S("items"))->n, 3);
    str path = str_fmt(a, "/offers/compare?item=%lld&agency_%lld=on&agency_%lld=on&agency_%lld=on", (long long)z.m.service, one, two, three);
    v = world_do(&z.m.w, 200, "enterprise1", GET, str_z(a, path), NULL);
    assert_int_equal(view_get(v, S("items"))->n, 3);
    assert_int_equal(month_int(month_item(v, "items", 2), "capacity"), 3);
    assert_int_equal(world_call(&z.m.w, "enterprise1", GET, str_z(a, str_join(a, path, S("&agency_99=on"))), NULL, &v), 422);
    world_end(&z.m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_need_is_asked_accepted_taken_and_drafted_by_one_click),
        cmocka_unit_test(an_agency_that_was_not_asked_does_not_know_of_the_need_and_one_asked_not_of_the_others),
        cmocka_unit_test(its_files_are_read_by_those_who_see_it_and_added_by_its_enterprise_until_it_is_over),
        cmocka_unit_test(only_those_in_the_table_may_and_each_other_is_told_why_not),
        cmocka_unit_test(a_stale_page_is_told_so),
        cmocka_unit_test(the_facts_of_the_store_are_those_that_are_judged),
        cmocka_unit_test(the_last_month_s_rating_counts_and_is_kept_with_the_judgement),
        cmocka_unit_test(picked_agencies_are_one_to_three_known_and_without_conflict),
        cmocka_unit_test(silence_is_reminded_at_three_escalated_at_seven_and_goes_on_after_ten_working_days),
        cmocka_unit_test(the_periods_are_settings_and_the_last_silent_one_opens_the_need_again),
        cmocka_unit_test(whose_turn_it_is_after_an_acceptance_is_reminded_on_the_last_day),
        cmocka_unit_test(a_changed_calendar_moves_the_day_of_the_answer_and_says_so),
        cmocka_unit_test(a_need_past_its_day_ends_and_says_so),
        cmocka_unit_test(either_may_part_before_the_agreement_and_the_need_is_open_again),
        cmocka_unit_test(a_second_agreement_for_the_same_matter_is_refused_and_the_need_stays),
        cmocka_unit_test(an_offer_keeps_inside_the_guide_and_its_price_is_the_fee_of_the_draft),
        cmocka_unit_test(three_at_most_stand_side_by_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
