/* SPDX-License-Identifier: Apache-2.0 */
/* admission_test.c: an agency is admitted line by line, warned, suspended, heard by another body; at every step everybody tries every choice. */
#define MONTH_MOST 4
#include "month.h"

#include "room/admission/admission_parts.h"
#include "room/member/member.h"

static world own, *w = &own;
static const char *agency = "agency4"; /* entered, but not a member yet */
static int64_t id;

static bool said(const view *v, const char *why)
{
    const view *errors = view_get(v, S("errors"));
    str s = errors && errors->first ? view_get_text(errors->first, S("reason")) : view_get_text(v, S("detail"));
    bool found = str_find(s, str_of(why)) >= 0;
    if (!found) printf("said: " SF "\n", SA(s));
    return found;
}

static const char *path_of(const char *tail)
{
    static char path[96];
    snprintf(path, sizeof path, "/admissions/%lld%s", (long long)id, tail);
    return path;
}

static view *move(int status, const char *login, const char *choice, const char *note) { return world_do(w, status, login, POST, path_of("/moves"), "{\"choice\":\"%s\",\"note\":\"%s\"}", choice, note); }
static view *declare(int status, const char *login, const char *word) { return world_do(w, status, login, POST, path_of("/words"), "{\"word\":\"%s\",\"note\":\"a reason\"}", word); }

static view *give(int status, const char *login, const char *line)
{
    char tail[64];
    snprintf(tail, sizeof tail, "/lines/%s/evidence", line);
    return world_do(w, status, login, POST, path_of(tail), "{\"note\":\"shown at the counter\"}");
}

static view *find(int status, const char *login, const char *line, const char *verdict, const char *expiry, const char *reason)
{
    char tail[64];
    snprintf(tail, sizeof tail, "/lines/%s/verdict", line);
    return world_do(w, status, login, POST, path_of(tail), expiry ? "{\"verdict\":\"%s\",\"reason\":\"%s\",\"expiry_day\":\"%s\"}" : "{\"verdict\":\"%s\",\"reason\":\"%s\"}", verdict, reason, expiry);
}

static void give_all(const char *login)
{
    for (const admission_line *l = admission_lines; l->code; l++) give(200, login, l->code);
}

static void pass_all(const char *login)
{
    for (const admission_line *l = admission_lines; l->code; l++) find(200, login, l->code, "passed", NULL, "");
}

static void state_is(const char *key, const char *state)
{
    org o;
    assert_int_equal(member_get(world_as(w, NULL), world_org(w, key), &o).kind, OK);
    if (!str_eqz(o.state, state)) fail_msg("%s is " SF ", not %s", key, SA(o.state), state);
}

static void node_is(const char *node)
{
    view *v = world_do(w, 200, "alliance1", GET, path_of(""), NULL);
    const view *step = view_get(v, S("step"));
    assert_non_null(step);
    if (!str_eqz(view_get_text(v, S("node")), node)) fail_msg("at " SF ", not %s", SA(view_get_text(v, S("node"))), node);
}

static void begin(const char *login) { id = month_made(world_do(w, 201, login, POST, "/admissions", "{}")); }

static void begin_applied(void)
{
    w = &own;
    agency = "agency4";
    world_begin(w, "2018-11-05");
    begin(agency);
}

static void to_review(void)
{
    give_all(agency);
    move(200, agency, "submit", "");
    move(200, "alliance1", "accept", "");
}

static void to_member(void)
{
    to_review();
    pass_all("alliance1");
    move(200, "alliance1", "admit", "");
}

/* ---- being admitted ------------------------------------------------------------------------------------------------------ */

static void an_agency_is_admitted_when_all_eight_lines_are_passed(void **state)
{
    (void)state;
    begin_applied();
    state_is(agency, "applied");
    assert_true(said(move(409, agency, "submit", ""), "nothing is given for “Business licence”"));
    give_all(agency);
    move(200, agency, "submit", "");
    assert_true(said(give(409, agency, "staff"), "while it drafts or once it is a member"));
    move(200, "alliance1", "accept", "");
    state_is(agency, "reviewing");
    assert_true(said(move(409, "alliance1", "admit", ""), "“Business licence” is not passed"));
    pass_all("alliance1");
    assert_true(said(find(422, "alliance1", "licence", "passed", "2018-11-04", ""), "expired already"));
    assert_true(said(find(422, "alliance1", "licence", "failed", NULL, ""), "Say why"));
    move(200, "alliance1", "admit", "");
    state_is(agency, "active");
    node_is("member");
    world_do(w, 404, "agency1", GET, path_of(""), NULL);
    assert_true(said(world_do(w, 409, agency, POST, "/admissions", "{}"), "already, or is admitted"));
    world_end(w);
}

static void an_agency_that_is_entered_is_no_member_yet_and_any_other_is(void **state)
{
    static const struct { const char *kind, *uscc, *standing; } t[] = {{"agency", "91350100M000100Y43", "applied"}, {"institute", "12100000400000624D", "active"}};
    (void)state;
    world_begin(w, "2018-11-05");
    for (int i = 0; i < countof(t); i++) {
        view *v = world_do(w, 201, "alliance1", POST, "/organisations", "{\"uscc\":\"%s\",\"name\":\"new\",\"kind\":\"%s\",\"state\":\"active\"}", t[i].uscc, t[i].kind);
        assert_true(month_text_is(v, "state", t[i].standing));
    }
    world_end(w);
}

static void what_is_not_passed_comes_back_and_is_given_anew(void **state)
{
    (void)state;
    begin_applied();
    to_review();
    pass_all("alliance1");
    find(200, "alliance1", "solvency", "failed", NULL, "the accounts are of 2015");
    move(200, "alliance1", "return", "one line");
    state_is(agency, "applied");
    view *v = world_do(w, 200, agency, GET, path_of(""), NULL);
    const view *lack = month_item(v, "deficiencies", 0);
    assert_true(month_text_is(lack, "text", "the accounts are of 2015"));
    assert_true(said(move(409, agency, "submit", ""), "was not passed; give new evidence"));
    give(200, agency, "solvency");
    assert_int_equal(world_call(w, agency, POST, path_of("/moves"), "{\"choice\":\"submit\"}", &v), 409); /* not answered yet */
    world_do(w, 200, agency, POST, "/deficiencies/answers", "{\"id\":[{\"id\":%lld,\"answer\":\"of 2017 now\"}]}", (long long)month_int(lack, "id"));
    move(200, agency, "submit", "");
    move(200, "alliance1", "accept", "");
    assert_true(said(move(409, "alliance1", "admit", ""), "“Proof of solvency” is not passed"));
    find(200, "alliance1", "solvency", "passed", "2019-06-30", "");
    move(200, "alliance1", "admit", "");
    state_is(agency, "active");
    world_end(w);
}

static void a_refusal_is_heard_by_the_bureau(void **state)
{
    static const struct { const char *choice, *node, *standing; } t[] = {{"uphold_refusal", "rejected_on_appeal", "applied"}, {"grant", "member", "active"}};
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        begin_applied();
        to_review();
        move(200, "alliance1", "refuse", "no qualification");
        state_is(agency, "applied");
        move(200, agency, "appeal", "we have one");
        move(403, "alliance2", t[i].choice, "ours");
        pass_all("bureau1");
        move(200, "bureau1", t[i].choice, "heard");
        node_is(t[i].node);
        state_is(agency, t[i].standing);
        world_end(w);
    }
}

static void the_time_to_appeal_ends(void **state)
{
    (void)state;
    begin_applied();
    to_review();
    move(200, "alliance1", "refuse", "no qualification");
    world_day(w, "2018-11-27");
    assert_true(said(move(409, agency, "appeal", "late"), "The time to appeal ended on 2018-11-26"));
    world_end(w);
}

/* ---- standing ------------------------------------------------------------------------------------------------------------- */

static void warned_and_suspended_are_appealed_once_and_judged_by_the_bureau(void **state)
{
    static const struct { const char *decide, *node, *standing, *at_appeal, *uphold, *lift; } t[] = {
        {"warn", "warned", "warned", "appeal_warning", "uphold_warning", "lift_warning"},
        {"suspend", "suspended", "suspended", "appeal_suspension", "uphold_suspension", "lift_suspension"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        begin_applied();
        to_member();
        assert_true(said(declare(409, agency, "appeal"), "no decision to appeal"));
        move(422, "alliance1", t[i].decide, ""); /* needs a reason */
        move(200, "alliance1", t[i].decide, "a complaint was right");
        state_is(agency, t[i].standing);
        declare(404, "agency1", "appeal");
        declare(200, agency, "appeal");
        node_is(t[i].at_appeal);
        state_is(agency, t[i].standing);
        move(403, "alliance2", t[i].lift, "ours");
        move(200, "bureau1", t[i].uphold, "it was right");
        node_is(t[i].node);
        assert_true(said(declare(409, agency, "appeal"), "appealed against already"));
        move(200, "alliance1", i ? "reinstate" : "clear", "mended");
        state_is(agency, "active");
        move(200, "alliance1", t[i].decide, "again");
        declare(200, agency, "appeal");
        move(200, "bureau1", t[i].lift, "it was wrong");
        node_is("member");
        state_is(agency, "active");
        declare(200, agency, "leave");
        node_is("left");
        state_is(agency, "left");
        world_end(w);
    }
}

static int64_t draft_agreement(month *m, int status, const char *subject, const char *why)
{
    view *v = world_do(&m->w, status, "agency2", POST, "/agreements",
                       "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"%s\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\",\"pay_year\":2018,\"contract\":%lld}",
                       (long long)world_org(&m->w, "enterprise1"), (long long)m->service, subject, (long long)world_file(&m->w, "agency2", "contract"));
    if (why) assert_true(said(v, why));
    return status == 201 ? month_made(v) : 0;
}

static bool in_directory(world *at, const char *key)
{
    view *v = world_do(at, 200, NULL, GET, "/agencies", NULL);
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next)
        if (month_int(row, "agency") == world_org(at, key)) return true;
    return false;
}

static void a_suspended_agency_takes_no_new_agreement_and_what_is_filed_goes_on(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    int64_t filed = draft_agreement(&m, 201, "filed before", NULL), drafted = draft_agreement(&m, 201, "drafted before", NULL);
    month_move(&m, "agency2", "agreements", filed, "submit", "");
    month_move(&m, "enterprise1", "agreements", filed, "sign", "");
    month_move(&m, "agency2", "agreements", filed, "sign_agency", "");
    month_move(&m, "bureau3", "agreements", filed, "file", "");
    assert_true(in_directory(&m.w, "agency2"));
    w = &m.w;
    agency = "agency2"; /* a member from before there was admission */
    begin(agency);
    to_member();
    assert_true(in_directory(w, agency));
    move(200, "alliance1", "suspend", "a complaint was right");
    draft_agreement(&m, 409, "new", "A suspended agency takes no new agreements.");
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld/moves", (long long)drafted);
    assert_true(said(world_do(&m.w, 409, "agency2", POST, path, "{\"choice\":\"submit\"}"), "A suspended agency takes no new agreements."));
    assert_false(in_directory(&m.w, "agency2"));
    month_move(&m, "agency2", "agreements", filed, "finish", "");
    world_end(w);
}

static int todos(const char *login, const char *kind)
{
    int n = 0;
    view *v = world_do(w, 200, login, GET, "/desk", NULL);
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next) n += str_eqz(view_get_text(row, S("kind")), kind);
    return n;
}

static void expiry_is_told_thirty_days_before_then_blocks_new_agreements_and_a_person_decides(void **state)
{
    (void)state;
    begin_applied();
    to_review();
    pass_all("alliance1");
    find(200, "alliance1", "licence", "passed", "2018-12-31", "");
    move(200, "alliance1", "admit", "");
    world_day(w, "2018-11-30");
    assert_int_equal(todos(agency, "admission"), 0);
    world_day(w, "2018-12-01");
    assert_int_equal(todos(agency, "admission"), 1);
    assert_int_equal(todos("alliance1", "admission"), 0);
    world_day(w, "2019-01-01");
    assert_int_equal(todos("alliance1", "admission"), 1);
    state_is(agency, "active"); /* nothing but a proposal */
    err e = admission_evidence_check(world_as(w, agency), world_org(w, agency));
    assert_int_equal(e.kind, ERR_CONFLICT);
    assert_true(str_find(e.arg[1], S("2018-12-31")) >= 0);
    give(200, agency, "licence");
    assert_int_equal(admission_evidence_check(world_as(w, agency), world_org(w, agency)).kind, ERR_CONFLICT);
    find(200, "alliance1", "licence", "passed", "2021-12-31", "");
    assert_int_equal(admission_evidence_check(world_as(w, agency), world_org(w, agency)).kind, OK);
    assert_int_equal(todos("alliance1", "admission"), 0);
    world_end(w);
}

/* ---- role, state, choice ---------------------------------------------------------------------------------------------------- */

static const char *const people[] = {"agency1", "agency4", "enterprise1", "alliance1", "bureau1", "committee1", "finance1", "auditor1", "admin1", NULL};
static const char *const choices[] = {"submit", "withdraw", "accept", "return_early", "admit", "return", "refuse", "accept_refusal", "appeal", "grant", "uphold_refusal", "warn", "suspend",
                                      "clear", "suspend_warned", "reinstate", "expel", "uphold_warning", "lift_warning", "uphold_suspension", "lift_suspension", "none"};

static admission now(void)
{
    admission a;
    assert_int_equal(admission_get(world_as(w, agency), id, &a).kind, OK);
    return a;
}

static void others_are_refused(const char *owner, const char *legal)
{
    for (int p = 0; p < countof(people); p++)
        for (int k = 0; k < countof(choices); k++) {
            char json[96], word[40];
            view *out;
            snprintf(word, sizeof word, " %s ", choices[k]);
            if (people[p] && !strcmp(people[p], owner) && strstr(legal, word)) continue;
            snprintf(json, sizeof json, "{\"choice\":\"%s\",\"note\":\"a reason\"}", choices[k]);
            admission before = now();
            int status = world_call(w, people[p], POST, path_of("/moves"), json, &out);
            admission after = now();
            if (status < 400 || status >= 500 || after.version != before.version)
                fail_msg("%s at " SF ": %s gives %d", people[p] ? people[p] : "nobody", SA(after.node), choices[k], status);
        }
    world_forget(w);
}

static void at_every_step_only_its_own_body_chooses_and_only_its_choices(void **state)
{
    (void)state;
    begin_applied();
    others_are_refused(agency, " submit withdraw ");
    give_all(agency);
    move(200, agency, "submit", "");
    others_are_refused("alliance1", " accept return_early ");
    move(200, "alliance1", "accept", "");
    others_are_refused("alliance1", " admit return refuse ");
    move(200, "alliance1", "refuse", "no");
    others_are_refused(agency, " accept_refusal appeal ");
    move(200, agency, "appeal", "yes");
    others_are_refused("bureau1", " grant uphold_refusal ");
    pass_all("bureau1");
    move(200, "bureau1", "grant", "right");
    others_are_refused("alliance1", " warn suspend ");
    move(200, "alliance1", "warn", "bad");
    others_are_refused("alliance1", " clear suspend_warned ");
    declare(200, agency, "appeal");
    others_are_refused("bureau1", " uphold_warning lift_warning ");
    move(200, "bureau1", "uphold_warning", "bad indeed");
    move(200, "alliance1", "suspend_warned", "worse");
    others_are_refused("alliance1", " reinstate expel ");
    declare(200, agency, "appeal");
    others_are_refused("bureau1", " uphold_suspension lift_suspension ");
    move(200, "bureau1", "uphold_suspension", "worse indeed");
    move(200, "alliance1", "expel", "never mended");
    state_is(agency, "left");
    others_are_refused("", "");
    world_end(w);
}

/* ---- classes ----------------------------------------------------------------------------------------------------------------- */

static void a_class_counts_by_day_and_nothing_is_overwritten(void **state)
{
    static const struct { const char *json; int status; const char *why; } set[] = {
        {"{\"class\":\"startup\",\"from_day\":\"2016-01-04\",\"note\":\"founded\"}", 200, NULL},
        {"{\"class\":\"candidate\",\"from_day\":\"2017-03-01\",\"until_day\":\"2018-02-28\",\"note\":\"list of 2017\"}", 200, NULL},
        {"{\"class\":\"recognised\",\"from_day\":\"2017-11-29\",\"certificate\":\"gr201721000123\",\"note\":\"seen\"}", 200, NULL},
        {"{\"class\":\"recognised\",\"from_day\":\"2017-11-29\",\"certificate\":\"GR20172100012\",\"note\":\"seen\"}", 422, "GR and 12 digits"},
        {"{\"class\":\"recognised\",\"from_day\":\"2017-11-29\",\"certificate\":\"GR201821000123\",\"note\":\"seen\"}", 422, "the year of issue"},
        {"{\"class\":\"other\",\"from_day\":\"2017-11-29\",\"certificate\":\"GR201721000123\",\"note\":\"seen\"}", 422, "Only a recognised"},
        {"{\"class\":\"other\",\"from_day\":\"2017-11-29\",\"until_day\":\"2017-11-28\",\"note\":\"seen\"}", 422, "ends before it begins"},
        {"{\"class\":\"other\",\"from_day\":\"2017-11-29\"}", 422, "Choose a file or write a note"},
    };
    static const struct { const char *day, *class; } on[] = {
        {"2016-01-03", NULL}, {"2016-01-04", "startup"}, {"2017-03-01", "candidate"}, {"2017-11-28", "candidate"}, {"2017-11-29", "recognised"},
        {"2020-11-29", "recognised"}, {"2020-11-30", "startup"},
    };
    (void)state;
    w = &own;
    world_begin(w, "2018-11-05");
    char path[64];
    snprintf(path, sizeof path, "/organisations/%lld/classes", (long long)world_org(w, "enterprise1"));
    for (int i = 0; i < countof(set); i++) {
        view *v = world_do(w, set[i].status, "alliance1", POST, path, "%s", set[i].json);
        if (set[i].why) assert_true(said(v, set[i].why));
    }
    world_do(w, 403, "enterprise1", POST, path, "%s", set[0].json);
    for (int i = 0; i < countof(on); i++) {
        enterprise_class c;
        int64_t day;
        assert_true(day_parse(str_of(on[i].day), &day));
        err e = enterprise_class_on(world_as(w, NULL), world_org(w, "enterprise1"), day, &c);
        assert_int_equal(e.kind, on[i].class ? OK : ERR_MISSING);
        if (on[i].class && !str_eqz(c.class, on[i].class)) fail_msg("%s: " SF, on[i].day, SA(c.class));
    }
    snprintf(path, sizeof path, "/organisations/%lld/classes", (long long)world_org(w, "enterprise2"));
    assert_true(said(world_do(w, 409, "bureau1", POST, path, "%s", set[2].json), "stands under"));
    world_end(w);
}

/* ---- handing over -------------------------------------------------------------------------------------------------------------- */

static int64_t post_of(const char *login)
{
    world_as(w, login);
    return w->at.c.who.post;
}

static int64_t person_of(const char *login)
{
    world_as(w, login);
    return w->at.c.who.person;
}

static void the_manager_ends_a_post_and_the_successor_gets_the_inbox(void **state)
{
    (void)state;
    w = &own;
    world_begin(w, "2018-11-05");
    char path[64], json[160];
    int64_t of = world_org(w, "agency1"), leaver = post_of("agency1b"), successor = person_of("agency1");
    snprintf(path, sizeof path, "/organisations/%lld/hand-overs", (long long)of);
    snprintf(json, sizeof json, "{\"post\":%lld,\"successor\":%lld,\"reason\":\"has left\"}", (long long)leaver, (long long)successor);
    assert_true(said(world_do(w, 403, "agency1b", POST, path, "{\"post\":%lld,\"successor\":%lld,\"reason\":\"me\"}", (long long)post_of("agency1"), (long long)person_of("agency1b")), "manager"));
    assert_true(said(world_do(w, 403, "agency2", POST, path, "%s", json), "manager"));
    assert_true(said(world_do(w, 422, "agency1", POST, path, "{\"post\":%lld,\"successor\":%lld,\"reason\":\"x\"}", (long long)leaver, (long long)person_of("enterprise1")), "holds no post"));
    world_do(w, 200, "agency1", POST, path, "%s", json);
    assert_true(said(world_do(w, 422, "agency1", POST, path, "%s", json), "not an open one"));
    snprintf(path, sizeof path, "/organisations/%lld", (long long)of);
    const view *over = month_item(world_do(w, 200, "agency1", GET, path, NULL), "hand_overs", 0);
    assert_true(month_text_is(over, "reason", "has left"));
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agency_is_admitted_when_all_eight_lines_are_passed),
        cmocka_unit_test(an_agency_that_is_entered_is_no_member_yet_and_any_other_is),
        cmocka_unit_test(what_is_not_passed_comes_back_and_is_given_anew),
        cmocka_unit_test(a_refusal_is_heard_by_the_bureau),
        cmocka_unit_test(the_time_to_appeal_ends),
        cmocka_unit_test(warned_and_suspended_are_appealed_once_and_judged_by_the_bureau),
        cmocka_unit_test(a_suspended_agency_takes_no_new_agreement_and_what_is_filed_goes_on),
        cmocka_unit_test(expiry_is_told_thirty_days_before_then_blocks_new_agreements_and_a_person_decides),
        cmocka_unit_test(at_every_step_only_its_own_body_chooses_and_only_its_choices),
        cmocka_unit_test(a_class_counts_by_day_and_nothing_is_overwritten),
        cmocka_unit_test(the_manager_ends_a_post_and_the_successor_gets_the_inbox),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
