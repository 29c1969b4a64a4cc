/* SPDX-License-Identifier: Apache-2.0 */
/* flow_show_test.c: versions for new cases only, and what people are shown. */
#include "flow/flow_zone.h"

/* ---- versions ------------------------------------------------------------------------------- */

static void five_days_instead_of_seven_for_new_cases_only(void **state)
{
    (void)state;
    int64_t old = start();
    go(old, ways[5].way);
    int64_t flow_id = get(old).flow_id;
    must(publish("test/flow/subsidy_five_days.bpmn"));
    int64_t fresh = start();
    assert_int_not_equal(get(fresh).flow_id, flow_id);
    go(fresh, ways[6].way);
    go(old, "approved");
    assert_day(get(fresh).timer_day, "2018-11-12");
    assert_day(get(old).timer_day, "2018-11-14");
    day("2018-11-07");
    go(old, "objection dismiss"); /* it stays on its version to the end */
    assert_day(get(old).timer_day, "2018-11-15");
    assert_int_equal(get(old).flow_id, flow_id);
    flow_case k[] = {get(old), get(fresh)};
    as(ROLE_BUREAU, 1);
    assert_says(act(&(op){.what = BATCH, .cases = k, .n = 2, .choice = S("letter_send")}),
                ERR_CONFLICT, "Nobody decides now");
    must(publish("room/subsidy/subsidy.bpmn")); /* and back: the same version as before */
    assert_int_equal(get(start()).flow_id, flow_id);
    view *v = view_map(&a);
    must(flow_show_versions(&at, v));
    assert_int_equal(view_get(v, S("flows"))->n, 3);
}

static void an_expert_review_is_added_without_a_change_of_code(void **state)
{
    (void)state;
    int64_t old = start();
    go(old, "submit");
    must(publish("test/flow/subsidy_expert.bpmn"));
    int64_t fresh = start();
    go(fresh, "submit pass");
    assert_at(fresh, "expert_review");
    go(old, "pass");
    assert_at(old, "report");
    as(ROLE_ALLIANCE, 2);
    assert_int_equal(decide(fresh, "expert_opinion", "").kind, ERR_DENIED);
    at.who =
        (actor){.person = ROLE_ALLIANCE * 100 + 1, .role = ROLE_DEPARTMENT}; /* he checked it */
    assert_int_equal(decide(fresh, "expert_opinion", "").kind, ERR_DENIED);
    go(fresh, "expert_opinion report_submit bureau_pass request_submit approved (over) letter_send "
              "finance_pass pay_done");
    assert_at(fresh, "paid");
}

static void a_wrong_file_leaves_the_running_version(void **state)
{
    (void)state;
    const flow *before, *after;
    must(flow_current(&at, S("subsidy"), &before));
    str good = before->xml;
    static const struct { const char *what, *with, *want;
    } t[] = {
        {"lf:role=\"alliance\"", "", "lf:role is missing"},
        {"lf:action=\"settle\"", "lf:action=\"give_all\"",
         "the action give_all is not known; allowed: publish_notice, settle, grant_reward"},
        {"id=\"subsidy\" name", "id=\"robbery\" name",
         "nothing here runs a flow of this id; allowed: subsidy, agreement"},
        {"bpmn:userTask", "bpmn:manualTask", "this element is not supported"},
    };
    for (size i = 0; i < countof(t); i++) {
        str bytes = str_replace(&a, good, str_of(t[i].what), str_of(t[i].with));
        assert_says(act(&(op){.what = PUBLISH, .file = S("new.bpmn"), .bytes = bytes}), ERR_INPUT,
                    t[i].want);
    }
    must(flow_current(&at, S("subsidy"), &after));
    assert_ptr_equal(before, after);
}

static void publishing_the_same_again_changes_nothing(void **state)
{
    (void)state;
    view *v = view_map(&a), *w = view_map(&a);
    must(flow_show_versions(&at, v));
    at.now += 1000000;
    must(publish("room/subsidy/subsidy.bpmn"));
    must(flow_show_versions(&at, w));
    assert_int_equal(view_get(v, S("flows"))->n, 2);
    assert_int_equal(view_get(w, S("flows"))->n, 2);
    assert_int_equal(view_get_int(view_get(v, S("flows"))->last, S("since_at"), 0),
                     view_get_int(view_get(w, S("flows"))->last, S("since_at"), 1));
}

/* An act that published and used a version and was then undone leaves no trace in the cache, whose
 * next number is another's. */
typedef struct { str one, two; int64_t days[2]; } undone;
static const shape undone_shape = {"undone", NULL, 0, sizeof(undone)};
static err publish_and_use(ctx *c, void *in)
{
    undone *u = in;
    const flow *f;
    str bytes = u->one.n ? u->one : u->two;
    TRY(flow_publish(c, S("x.bpmn"), bytes));
    TRY(flow_current(c, S("subsidy"), &f));
    u->days[u->one.n ? 0 : 1] = flow_node_of(f, S("notice"))->timer_days;
    return u->one.n ? err_of(ERR_LIMIT, "", "undone") : NO_ERR;
}
static const action publishing = {"publishing", &undone_shape, publish_and_use, ACT_SILENT};

static void an_undone_version_is_forgotten(void **state)
{
    (void)state;
    const flow *f;
    must(flow_current(&at, S("subsidy"), &f));
    undone u = {.one = str_replace(&a, f->xml, S("P7D"), S("P9D"))};
    assert_int_equal(store_act(&at, &publishing, &u).kind, ERR_LIMIT);
    u.one = (str){0};
    u.two = str_replace(&a, f->xml, S("P7D"), S("P4D"));
    must(store_act(&at, &publishing, &u));
    assert_int_equal(u.days[0], 9);
    assert_int_equal(u.days[1], 4);
    must(flow_current(&at, S("subsidy"), &f));
    assert_int_equal(flow_node_of(f, S("notice"))->timer_days, 4);
}

static void *read_flows(void *what)
{
    (void)what;
    arena own;
    arena_init(&own, (size)64 << 20, out_of_memory, NULL);
    ctx c = at;
    c.a = &own;
    must(store_reader(store, &c.db));
    for (int i = 0; i < 300; i++) {
        const flow *f;
        must(flow_current(&c, i % 2 ? S("subsidy") : S("agreement"), &f));
        assert_true(f->node_n > 5 && f->id > 0);
    }
    store_reader_close(c.db);
    arena_done(&own);
    return NULL;
}

static void threads_share_the_flows(void **state)
{
    (void)state;
    pthread_t t[4];
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&t[i], NULL, read_flows, NULL), 0);
    for (int i = 0; i < 4; i++) pthread_join(t[i], NULL);
}

/* ---- showing -------------------------------------------------------------------------------- */

static void the_text_twin_says_what_the_picture_says(void **state)
{
    (void)state;
    static const struct { const char *node, *here_zh, *steps;
    } t[] = {
        {"approve", "管委会审批",
         "prepare:done compliance:done report:done bureau_review:done request:done approve:here "
         "publish_notice:ahead notice:ahead letter:ahead finance_review:ahead pay:ahead "
         "settle:ahead grant_reward:ahead amend:ahead "
         "paid:ahead refused:ahead withdrawn:ahead"},
        {"letter", "致函财政局",
         "prepare:done compliance:done report:done bureau_review:done request:done approve:done "
         "publish_notice:done notice:done letter:here finance_review:ahead pay:ahead settle:ahead "
         "grant_reward:ahead amend:ahead "
         "paid:ahead refused:ahead withdrawn:ahead"},
        {"", "",
         "prepare:ahead compliance:ahead report:ahead bureau_review:ahead request:ahead "
         "approve:ahead publish_notice:ahead "
         "notice:ahead letter:ahead finance_review:ahead pay:ahead settle:ahead grant_reward:ahead "
         "amend:ahead paid:ahead "
         "refused:ahead withdrawn:ahead"},
    };
    const flow *f;
    must(flow_current(&at, S("subsidy"), &f));
    at.lang = LANG_ZH;
    for (size i = 0; i < countof(t); i++) {
        view *v = view_map(&a);
        flow_show(&at, f, str_of(t[i].node), v);
        const view *shown = view_get(v, S("flow"));
        assert_true(str_eqz(view_get(shown, S("here"))->label, t[i].here_zh));
        assert_true(str_eqz(view_get_text(shown, S("title")), "创新补贴"));
        buf b = buf_new(&a, 500);
        for (const view *s = view_get(shown, S("steps"))->first; s; s = s->next)
            buf_fmt(&b, "%s" SF ":" SF, b.n ? " " : "", SA(view_get_text(s, S("id"))),
                    SA(view_get_text(s, S("state"))));
        buf_byte(&b, 0);
        assert_string_equal(b.p, t[i].steps);
    }
    at.lang = LANG_EN;
}

static void the_choices_are_those_of_the_person(void **state)
{
    (void)state;
    int64_t id = start();
    go(id, "submit");
    flow_case k = get(id);
    view *v = view_map(&a);
    as(ROLE_ALLIANCE, 1);
    must(flow_show_choices(&at, flow_of(id), &k, v));
    const view *list_of = view_get(v, S("choices"));
    assert_int_equal(list_of->n, 3);
    assert_true(str_eqz(view_get_text(list_of->first, S("id")), "pass"));
    assert_int_equal(view_get_int(list_of->first, S("primary"), 0), 1);
    assert_int_equal(view_get_int(list_of->last, S("needs_note"), 0), 1);
    assert_null(view_get(v, S("choices_denied")));
    at.who = (actor){.person = ROLE_AGENCY * 100 + 1,
                     .role = ROLE_ALLIANCE}; /* who applied, in another post */
    v = view_map(&a);
    must(flow_show_choices(&at, flow_of(id), &k, v));
    assert_int_equal(view_get(v, S("choices"))->n, 0);
    assert_true(str_find(view_get_text(v, S("choices_denied")),
                         S("You decided “Prepare the application” before")) == 0);
    as(ROLE_BUREAU, 1);
    v = view_map(&a);
    must(flow_show_choices(&at, flow_of(id), &k, v));
    assert_int_equal(view_get(v, S("choices"))->n, 0);
    assert_null(view_get(v, S("choices_denied")));
}

static err call_them(ctx *c, int64_t person, int64_t org, str *name, str *org_name)
{
    if (person) *name = str_fmt(c->a, "Person %lld", (long long)person);
    if (org) *org_name = str_fmt(c->a, "Org %lld", (long long)org);
    return NO_ERR;
}

static void the_history_says_who_when_where_why(void **state)
{
    (void)state;
    flow_set_names(at.flows, call_them);
    int64_t id = start();
    day("2018-11-07");
    go(id, "submit");
    day("2018-11-12");
    go(id, "supplement");
    at.who = (actor){.person = 1, .for_person = 2, .org = 3, .role = ROLE_AGENCY};
    must(decide(id, "submit", ""));
    go(id, "pass report_submit bureau_pass request_submit approved objection");
    view *v = view_map(&a);
    must(flow_show_history(&at, id, v));
    const view *h = view_get(v, S("history"))->first;
    assert_true(str_eqz(view_get(h, S("from"))->label, "Start") &&
                str_eqz(view_get_text(h, S("to")), "prepare"));
    assert_true(str_eqz(view_get_text(h, S("who")), "Person 101"));
    h = h->next;
    assert_true(str_eqz(view_get(h, S("choice"))->label, "Submit"));
    assert_int_equal(view_get_int(h, S("waited_days"), -1), 2);
    h = h->next;
    assert_true(str_eqz(view_get(h, S("choice"))->label, "Return for supplement") &&
                str_eqz(view_get_text(h, S("note")), "because"));
    assert_int_equal(view_get_int(h, S("waited_days"), -1), 3);
    assert_day(view_get_int(h, S("on_day"), 0), "2018-11-12");
    h = h->next;
    assert_true(str_eqz(view_get_text(h, S("who")), "Person 1") &&
                str_eqz(view_get_text(h, S("for")), "Person 2"));
    assert_true(str_eqz(view_get_text(h, S("org")), "Org 3"));
    h = view_get(v, S("history"))->last;
    assert_true(str_eqz(view_get_text(h, S("message")), "objection"));
    assert_true(str_eqz(view_get(h, S("choice"))->label, "An objection came"));
    assert_true(str_eqz(view_get_text(h, S("who")), ""));
    int64_t n = 0;
    for (h = view_get(v, S("history"))->first; h; h = h->next)
        assert_int_equal(view_get_int(h, S("n"), 0), ++n);
    assert_int_equal(n, get(id).version);
}

static void the_pace_is_half_and_nine_of_ten(void **state)
{
    (void)state;
    static const char *const days[] = {"2018-11-05", "2018-11-06", "2018-11-06", "2018-11-07",
                                       "2018-11-30"};
    for (size i = 0; i < countof(days); i++) {
        day("2018-11-05");
        int64_t id = start();
        go(id, "submit");
        day(days[i]);
        go(id, "pass");
    }
    view *v = view_map(&a);
    must(flow_show_pace(&at, S("subsidy"), (str){0}, v));
    const view *p = view_get(v, S("pace"))->first->next; /* 0, 1, 1, 2, 19 */
    assert_true(str_eqz(view_get_text(p, S("id")), "compliance"));
    assert_int_equal(view_get_int(p, S("n"), 0), 5);
    assert_int_equal(view_get_int(p, S("p50"), -1), 1);
    assert_int_equal(view_get_int(p, S("p90"), -1), 19);
    assert_int_equal(view_get(p->next, S("p50"))->kind, V_NULL);
}

static void an_agreement_is_signed_filed_and_served(void **state)
{
    (void)state;
    as(ROLE_AGENCY, 1);
    op o = {.what = BEGIN, .flow = S("agreement")};
    must(act(&o));
    go(o.id, "submit decline submit sign decline_agency submit sign sign_agency return submit sign "
             "sign_agency file");
    assert_at(o.id, "in_service");
    assert_int_equal(count_heard("signed"), 2);
    assert_int_equal(count_heard("file_agreement"), 1);
    go(o.id, "terminate");
    assert_at(o.id, "terminated");
    assert_int_equal(count_heard("release_agreement"), 1);
    must(act(&o));
    go(o.id, "submit sign sign_agency file finish");
    assert_at(o.id, "done");
}

static void no_statement_scans_a_table_that_grows(void **state)
{
    (void)state;
    for (const stmt *const *s = flow_statements; *s; s++) {
        str table;
        must(store_plan_scans(&at, *s, &table));
        if (table.n) fail_msg("%s scans " SF, (*s)->name, SA(table));
    }
}

#define TEST(t) cmocka_unit_test_setup_teardown(t, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(five_days_instead_of_seven_for_new_cases_only),
        TEST(an_expert_review_is_added_without_a_change_of_code),
        TEST(a_wrong_file_leaves_the_running_version),
        TEST(publishing_the_same_again_changes_nothing),
        TEST(an_undone_version_is_forgotten),
        TEST(threads_share_the_flows),
        TEST(the_text_twin_says_what_the_picture_says),
        TEST(the_choices_are_those_of_the_person),
        TEST(the_history_says_who_when_where_why),
        TEST(the_pace_is_half_and_nine_of_ten),
        TEST(an_agreement_is_signed_filed_and_served),
        TEST(no_statement_scans_a_table_that_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
