/* SPDX-License-Identifier: Apache-2.0 */
/* flow_test.c: who may decide what where, every loop, four eyes, a month at once. */
#include "flow/flow_zone.h"

static void every_rest_of_the_subsidy_flow_is_reached(void **state)
{
    (void)state;
    for (size i = 0; i < countof(ways); i++) {
        day("2018-11-05");
        int64_t id = start();
        go(id, ways[i].way);
        assert_at(id, ways[i].node);
        bool ended = flow_node_of(flow_of(id), get(id).node)->kind == NODE_END;
        assert_int_equal(get(id).closed_at != 0, ended);
        assert_int_equal(get(id).timer_day != 0, !strcmp(ways[i].node, "notice"));
    }
}

static void every_loop_leads_back_and_on_again(void **state)
{
    (void)state;
    static const struct { const char *way, *node;
    } loops[] = {
        {"submit supplement", "prepare"},
        {"submit pass report_submit bureau_supplement", "prepare"},
        {"submit pass report_submit bureau_pass request_submit approve_supplement", "prepare"},
        {"submit supplement submit supplement submit", "compliance"},
        {"submit pass report_submit bureau_pass request_submit approved objection resubmit",
         "bureau_review"},
        {"submit pass report_submit bureau_pass request_submit approved objection dismiss",
         "notice"},
        {"submit pass report_submit bureau_pass request_submit approved objection "
         "refuse_after_objection",
         "refused"},
        {"submit pass report_submit bureau_pass request_submit approved objection resubmit "
         "bureau_pass request_submit approved",
         "notice"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_return",
         "amend"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_return resubmit",
         "bureau_review"},
        {"submit pass report_submit bureau_pass request_submit approve_supplement submit pass "
         "report_submit bureau_supplement submit "
         "pass report_submit bureau_pass request_submit approved objection resubmit bureau_pass "
         "request_submit approved (over) "
         "letter_send finance_return dismiss letter_send finance_pass pay_done",
         "paid"},
    };
    for (size i = 0; i < countof(loops); i++) {
        day("2018-11-05");
        int64_t id = start();
        go(id, loops[i].way);
        assert_at(id, loops[i].node);
    }
}

/* Every role at every rest with every choice that stands anywhere in the file, alone and as a
 * batch. */
static void every_choice_but_the_lanes_own_is_refused(void **state)
{
    (void)state;
    int tried = 0, legal = 0;
    for (size i = 0; i < countof(ways); i++) {
        day("2018-11-05");
        int64_t id = start();
        go(id, ways[i].way);
        const flow *f = flow_of(id);
        flow_case k = get(id);
        const flow_node *n = flow_node_of(f, k.node);
        for (int e = 0; e < f->edge_n; e++) {
            for (int r = 0; r < ROLES; r++) {
                for (int batch = 0; batch < 2; batch++, tried++) {
                    as((role)r, 9); /* somebody who has decided nothing yet */
                    op o = {.what = batch ? BATCH : DECIDE,
                            .undo = true,
                            .id = id,
                            .version = k.version,
                            .cases = &k,
                            .n = 1,
                            .choice = f->edges[e].id,
                            .note = S("because")};
                    err got = act(&o);
                    bool own = n->kind == NODE_TASK && flow_choice_of(n, o.choice);
                    if (n->kind == NODE_END) assert_says(got, ERR_CONFLICT, "This case is closed:");
                    else if (n->kind == NODE_TIMER)
                        assert_says(got, ERR_CONFLICT, "Nobody decides now: it waits at");
                    else if ((role)r != n->role) assert_says(got, ERR_DENIED, "is decided by:");
                    else if (n->batch && !batch)
                        assert_says(got, ERR_CONFLICT, "is decided for the month's batch at once");
                    else if (!own) assert_says(got, ERR_INPUT, "has no choice");
                    else assert_says(got, ERR_LIMIT, "undone");
                    legal += got.kind == ERR_LIMIT;
                }
            }
        }
        assert_int_equal(get(id).version, k.version);
        assert_at(id, ways[i].node);
    }
    assert_int_equal(
        legal,
        18 + 8); /* all choices as a batch of one, and those of the three single tasks alone */
    assert_true(tried > 5000);
}

static void a_choice_that_needs_a_reason_gets_one(void **state)
{
    (void)state;
    int needed = 0;
    for (size i = 0; i < countof(ways); i++) {
        day("2018-11-05");
        int64_t id = start();
        go(id, ways[i].way);
        const flow_node *n = flow_node_of(flow_of(id), get(id).node);
        const flow_edge *e[8];
        int count = flow_choices(n, e, 8);
        for (int c = 0; c < count; c++) {
            if (!e[c]->needs_note) continue;
            as(n->role, 9);
            err got = decide(id, str_z(&a, e[c]->id), " \n ");
            assert_says(got, ERR_INPUT, "needs a reason");
            assert_string_equal(got.field, "note");
            needed++;
        }
        assert_at(id, ways[i].node);
    }
    assert_int_equal(needed, 7);
}

static void what_is_not_there_is_missing(void **state)
{
    (void)state;
    as(ROLE_AGENCY, 1);
    assert_int_equal(
        act(&(op){.what = DECIDE, .id = 99, .version = -1, .choice = S("submit")}).kind,
        ERR_MISSING);
    assert_int_equal(act(&(op){.what = SET_BATCH, .id = 99, .batch = 1}).kind, ERR_MISSING);
    assert_says(act(&(op){.what = BEGIN, .flow = S("no")}), ERR_MISSING, "no flow called no");
    int64_t id = start();
    at.zone = 2; /* another zone sees nothing of it */
    flow_case k = {0};
    assert_int_equal(flow_case_get(&at, id, &k).kind, ERR_MISSING);
    at.zone = 1;
}

static void who_comes_second_is_told_where_it_is_now(void **state)
{
    (void)state;
    int64_t id = start();
    int64_t seen = get(id).version;
    go(id, "submit");
    as(ROLE_AGENCY, 2);
    err e = act(&(op){.what = DECIDE, .id = id, .version = seen, .choice = S("submit")});
    assert_says(e, ERR_CONFLICT,
                "Somebody else moved it first: it is now at Check compliance (version 2).");
    assert_string_equal(e.field, "version");
    flow_case old = get(id);
    go(id, "pass");
    as(ROLE_ALLIANCE, 3);
    assert_says(act(&(op){.what = BATCH, .cases = &old, .n = 1, .choice = S("pass")}), ERR_CONFLICT,
                "moved it first");
}

/* ---- four eyes ------------------------------------------------------------------------------ */

static err decide_as(int64_t id, int64_t person, int64_t for_person, const char *choice)
{
    const flow_node *n = flow_node_of(flow_of(id), get(id).node);
    at.who = (actor){.person = person, .for_person = for_person, .role = n->role};
    return decide(id, choice, "because");
}

static void nobody_decides_two_of_apply_check_review_approve_pay(void **state)
{
    (void)state;
    /* `who` decided `did`; at the last step of `way` that person may not decide, though his post
     * would allow it */
    static const struct { const char *way, *did, *then;
    } t[] = {
        {"submit", "submit", "pass"},
        {"submit pass", "pass", "report_submit"},
        {"submit pass report_submit", "submit", "bureau_pass"},
        {"submit pass report_submit", "pass", "bureau_pass"},
        {"submit pass report_submit bureau_pass request_submit", "submit", "approved"},
        {"submit pass report_submit bureau_pass request_submit", "pass", "approved"},
        {"submit pass report_submit bureau_pass request_submit", "bureau_pass", "approved"},
        {"submit pass report_submit bureau_pass request_submit", "request_submit", "approved"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_pass",
         "submit", "pay_done"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_pass",
         "pass", "pay_done"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_pass",
         "bureau_pass", "pay_done"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_pass",
         "approved", "pay_done"},
        {"submit pass report_submit bureau_pass request_submit approved (over) letter_send "
         "finance_pass",
         "finance_pass", "pay_done"},
        /* the other way round: who checked goes to the agency and wants to apply */
        {"submit supplement", "supplement", "submit"},
        {"submit pass report_submit bureau_supplement submit", "report_submit", "pass"},
        {"submit pass report_submit bureau_pass request_submit approve_supplement",
         "approve_supplement", "submit"},
    };
    for (size i = 0; i < countof(t); i++) {
        day("2018-11-05");
        int64_t id = start(), who = 7000 + (int64_t)i;
        str rest = str_of(t[i].way), choice;
        while (str_split(&rest, ' ', &choice)) {
            if (str_eqz(choice, t[i].did)) must(decide_as(id, who, 0, str_z(&a, choice)));
            else go(id, str_z(&a, choice));
        }
        err e = decide_as(id, who, 0, t[i].then);
        if (e.kind != ERR_DENIED) fail_msg("%s then %s", t[i].did, t[i].then);
        assert_says(e, ERR_DENIED, "has to be decided by somebody else");
        assert_says(decide_as(id, 9000, who, t[i].then), ERR_DENIED,
                    "somebody else"); /* nor his deputy */
        assert_says(decide_as(id, who, 9000, t[i].then), ERR_DENIED,
                    "somebody else"); /* nor he as a deputy */
        must(decide_as(id, 9000, 0, t[i].then));
    }
}

static void a_deputy_counts_as_both(void **state)
{
    (void)state;
    int64_t id = start();
    must(decide_as(id, 7001, 7002, "submit")); /* 7001 for 7002 */
    assert_int_equal(decide_as(id, 7001, 0, "pass").kind, ERR_DENIED);
    assert_int_equal(decide_as(id, 7002, 0, "pass").kind, ERR_DENIED);
    assert_int_equal(decide_as(id, 7003, 7002, "pass").kind, ERR_DENIED);
    must(decide_as(id, 7003, 0, "pass"));
}

static void four_eyes_look_at_the_whole_batch(void **state)
{
    (void)state;
    int64_t id[3];
    flow_case k[3];
    for (int i = 0; i < 3; i++) {
        id[i] = start();
        go(id[i], "submit");
        must(decide_as(id[i], 7000 + i, 0, "pass"));
        must(act(&(op){.what = SET_BATCH, .id = id[i], .batch = 11}));
        k[i] = get(id[i]);
    }
    for (int i = 0; i < 3;
         i++) { /* whoever checked one may not report them all, nor one of them alone */
        at.who = (actor){.person = 7000 + i, .role = ROLE_ALLIANCE};
        assert_says(
            act(&(op){
                .what = BATCH, .batch = 11, .cases = k, .n = 3, .choice = S("report_submit")}),
            ERR_DENIED, "Check compliance");
        assert_says(act(&(op){.what = BATCH,
                              .batch = 11,
                              .cases = &k[(i + 1) % 3],
                              .n = 1,
                              .choice = S("report_submit")}),
                    ERR_DENIED, "somebody else");
        assert_int_equal(
            flow_may(&at, flow_of(id[0]), flow_node_of(flow_of(id[0]), S("report")), 0, 11).kind,
            ERR_DENIED);
        /* without naming a batch the cases count one by one */
        assert_int_equal(
            act(&(op){.what = BATCH, .cases = k, .n = 3, .choice = S("report_submit")}).kind,
            ERR_DENIED);
        assert_int_equal(act(&(op){.what = BATCH,
                                   .undo = true,
                                   .cases = &k[(i + 1) % 3],
                                   .n = 1,
                                   .choice = S("report_submit")})
                             .kind,
                         ERR_LIMIT);
    }
    as(ROLE_ALLIANCE, 2);
    must(act(&(op){.what = BATCH, .batch = 11, .cases = k, .n = 3, .choice = S("report_submit")}));
    for (int i = 0; i < 3; i++) assert_at(id[i], "bureau_review");
}

/* ---- batches -------------------------------------------------------------------------------- */

static void eight_hundred_move_in_one_decision(void **state)
{
    (void)state;
    enum { N = 800 };
    static flow_case k[N];
    int64_t first = 0;
    for (int i = 0; i < N; i++) {
        int64_t id = start();
        if (!i) first = id;
        must(act(&(op){.what = SET_BATCH, .id = id, .batch = 5}));
        k[i] = get(id);
    }
    static const struct { role r; int n; const char *choice, *node;
    } steps[] = {
        {ROLE_AGENCY, 1, "submit", "compliance"},
        {ROLE_ALLIANCE, 1, "pass", "report"},
        {ROLE_ALLIANCE, 2, "report_submit", "bureau_review"},
        {ROLE_BUREAU, 1, "bureau_pass", "request"},
        {ROLE_BUREAU, 1, "request_submit", "approve"},
        {ROLE_COMMITTEE, 1, "approved", "notice"},
        {0},
        {ROLE_BUREAU, 1, "letter_send", "finance_review"},
        {ROLE_FINANCE, 1, "finance_pass", "pay"},
        {ROLE_FINANCE, 2, "pay_done", "paid"},
    };
    for (size s = 0; s < countof(steps); s++) {
        heard_n = 0;
        if (!steps[s].choice) {
            at.who = (actor){0};
            at.today = k[0].timer_day + 1;
            must(act(&(op){.what = DAY, .day = at.today}));
        } else {
            as(steps[s].r, steps[s].n);
            must(act(&(op){
                .what = BATCH, .batch = 5, .cases = k, .n = N, .choice = str_of(steps[s].choice)}));
        }
        assert_int_equal(count_heard("rested"), 1);
        for (int i = 0; i < heard_n; i++)
            assert_int_equal(heard[i].n, N); /* actions and hooks: once, with all of them */
        for (int i = 0; i < N; i++) {
            k[i] = get(k[i].id);
            if (steps[s].node && !str_eqz(k[i].node, steps[s].node))
                fail_msg("%d at %d", i, (int)s);
            assert_int_equal(k[i].version, s + 2);
        }
    }
    assert_int_equal(count_heard("settle"), 1);
    assert_int_equal(count_heard("grant_reward"), 1);
    view *v = view_map(&a);
    must(flow_show_history(&at, first, v));
    assert_int_equal(view_get(v, S("history"))->n, 11);
}

static void a_batch_moves_whole_or_not_at_all(void **state)
{
    (void)state;
    flow_case k[20];
    for (int i = 0; i < 20; i++) {
        int64_t id = start();
        go(id, "submit pass");
        k[i] = get(id);
    }
    as(ROLE_ALLIANCE, 2);
    flow_case wrong[20];
    memcpy(wrong, k, sizeof k);
    wrong[19].version--;
    assert_says(act(&(op){.what = BATCH, .cases = wrong, .n = 20, .choice = S("report_submit")}),
                ERR_CONFLICT, "moved it first");
    memcpy(wrong, k, sizeof k);
    wrong[7] = wrong[3]; /* the same one twice */
    assert_says(act(&(op){.what = BATCH, .cases = wrong, .n = 20, .choice = S("report_submit")}),
                ERR_CONFLICT, "moved it first");
    go(k[4].id, "report_submit bureau_supplement");
    wrong[7] = get(k[4].id);
    as(ROLE_ALLIANCE, 2);
    assert_says(act(&(op){.what = BATCH, .cases = wrong, .n = 20, .choice = S("report_submit")}),
                ERR_CONFLICT, "same step");
    assert_says(act(&(op){.what = BATCH, .cases = wrong, .n = 0, .choice = S("report_submit")}),
                ERR_CONFLICT, "nothing here to decide");
    for (int i = 0; i < 20; i++)
        if (i != 4) assert_at(k[i].id, "report");
}

static void an_action_that_refuses_undoes_the_move(void **state)
{
    (void)state;
    int64_t id = start();
    go(id, ways[10].way);
    int64_t version = get(id).version;
    as(ROLE_FINANCE, 2);
    refusing = "grant_reward"; /* the second of two: settle has run */
    assert_says(decide(id, "pay_done", ""), ERR_CONFLICT, "The action grant_reward refuses.");
    assert_int_equal(get(id).version, version);
    assert_at(id, "pay");
    refusing = "rested"; /* the hook comes after the rows */
    assert_int_equal(decide(id, "pay_done", "").kind, ERR_CONFLICT);
    assert_at(id, "pay");
    view *v = view_map(&a);
    must(flow_show_history(&at, id, v));
    assert_int_equal(view_get(v, S("history"))->n, version);
    refusing = NULL;
    heard_n = 0;
    must(decide(id, "pay_done", ""));
    static const char *const order[] = {"settle", "grant_reward", "rested"};
    assert_int_equal(heard_n, 3);
    for (int i = 0; i < 3; i++) assert_string_equal(heard[i].what, order[i]);
}

static void timers_of_a_batch_go_on_as_one_and_others_alone(void **state)
{
    (void)state;
    int64_t id[5];
    for (int i = 0; i < 5; i++) {
        id[i] = start();
        go(id[i], ways[6].way);
        if (i < 3) must(act(&(op){.what = SET_BATCH, .id = id[i], .batch = 8}));
    }
    heard_n = 0;
    must(act(&(op){.what = DAY, .day = get(id[0]).timer_day + 1}));
    assert_int_equal(heard_n, 3);
    int together = 0, alone = 0;
    for (int i = 0; i < 3; i++) together += heard[i].n == 3, alone += heard[i].n == 1;
    assert_int_equal(together, 1);
    assert_int_equal(alone, 2);
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_rest_of_the_subsidy_flow_is_reached),
        TEST(every_loop_leads_back_and_on_again),
        TEST(every_choice_but_the_lanes_own_is_refused),
        TEST(a_choice_that_needs_a_reason_gets_one),
        TEST(what_is_not_there_is_missing),
        TEST(who_comes_second_is_told_where_it_is_now),
        TEST(nobody_decides_two_of_apply_check_review_approve_pay),
        TEST(a_deputy_counts_as_both),
        TEST(four_eyes_look_at_the_whole_batch),
        TEST(eight_hundred_move_in_one_decision),
        TEST(a_batch_moves_whole_or_not_at_all),
        TEST(an_action_that_refuses_undoes_the_move),
        TEST(timers_of_a_batch_go_on_as_one_and_others_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
