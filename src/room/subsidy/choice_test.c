/* SPDX-License-Identifier: Apache-2.0 */
/* choice_test.c: at every step everybody tries every choice; only the one whose step it is can, and nobody decides two of
 * {apply, check, review, approve, pay} on one case. */
#include "month.h"
#include "room/account/account.h"
#include "room/subsidy/subsidy.h"

static const char *const choices[] = {"submit", "withdraw", "pass", "supplement", "refuse", "report_submit", "bureau_pass", "bureau_supplement", "request_submit", "approved",
                                      "approve_supplement", "resubmit", "dismiss", "refuse_after_objection", "letter_send", "finance_pass", "finance_return", "pay_done", "sign", "file", "none"};
static const struct { const char *login; role role; } people[] = {
    {"agency1", ROLE_AGENCY}, {"agency2", ROLE_AGENCY}, {"enterprise1", ROLE_ENTERPRISE}, {"alliance1", ROLE_ALLIANCE}, {"bureau1", ROLE_BUREAU},
    {"committee1", ROLE_COMMITTEE}, {"finance1", ROLE_FINANCE}, {"auditor1", ROLE_AUDITOR}, {"admin1", ROLE_ADMIN}, {NULL, ROLE_PUBLIC},
};

static application now(month *m)
{
    application a;
    assert_int_equal(application_fetch(world_as(&m->w, NULL), m->application[0], &a).kind, OK);
    return a;
}

static void must_refuse(month *m, const char *login, const char *what, int64_t id, const char *choice)
{
    char path[64], json[128];
    view *out;
    application before = now(m);
    char node[40];
    snprintf(node, sizeof node, SF, SA(before.node));
    snprintf(path, sizeof path, "/%s/%lld/moves", what, (long long)id);
    snprintf(json, sizeof json, "{\"choice\":\"%s\",\"note\":\"a reason\"}", choice);
    int status = world_call(&m->w, login, POST, path, json, &out);
    if (status < 400 || status >= 500) fail_msg("%s at %s: %s %s gives %d", login ? login : "nobody", node, path, choice, status);
    application after = now(m);
    assert_true(str_eqz(after.node, node));
    assert_int_equal(after.version, before.version);
}

/* Everybody but the owner tries every choice; the owner those that the step does not have. */
static void everybody_else_is_refused(month *m, const char *owner, const char *const *legal)
{
    for (int p = 0; p < countof(people); p++)
        for (int k = 0; k < countof(choices); k++) {
            bool mine = owner && people[p].login && !strcmp(people[p].login, owner), can = false;
            for (const char *const *l = legal; mine && *l; l++) can |= !strcmp(*l, choices[k]);
            if (can) continue;
            must_refuse(m, people[p].login, "applications", m->application[0], choices[k]);
            if (m->batch) must_refuse(m, people[p].login, "batches", m->batch, choices[k]);
        }
    world_forget(&m->w);
}

#define LEGAL(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NOTHING ((const char *const[]){NULL})

static void only_the_step_s_own_role_can_choose_and_only_its_choices(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1"); /* at the report, decided by alliance2 */
    everybody_else_is_refused(&m, NULL, NOTHING); /* alliance1 checked it and may not report */
    month_batch(&m, "alliance2", "report_submit", "");
    everybody_else_is_refused(&m, "bureau1", LEGAL("bureau_pass", "bureau_supplement"));
    month_batch(&m, "bureau1", "bureau_pass", "");
    everybody_else_is_refused(&m, "bureau1", LEGAL("request_submit"));
    month_batch(&m, "bureau2", "request_submit", "");
    everybody_else_is_refused(&m, "committee1", LEGAL("approved", "approve_supplement"));
    month_batch(&m, "committee1", "approved", "");
    everybody_else_is_refused(&m, NULL, NOTHING); /* the notice waits for nobody */
    world_day(&m.w, "2018-11-19");
    everybody_else_is_refused(&m, "bureau1", LEGAL("letter_send"));
    month_batch(&m, "bureau3", "letter_send", "");
    everybody_else_is_refused(&m, "finance1", LEGAL("finance_pass", "finance_return"));
    month_batch(&m, "finance1", "finance_pass", "");
    everybody_else_is_refused(&m, NULL, NOTHING); /* finance1 reviewed and may not pay */
    month_batch(&m, "finance2", "pay_done", "");
    everybody_else_is_refused(&m, NULL, NOTHING); /* an end stays an end */
    world_end(&m.w);
}

/* ---- the steps that are decided one by one ------------------------------------------------------------------------------ */

static void refuse_all(world *w, const char *path, const char *owner, const char *const *legal)
{
    static const char *const of_agreements[] = {"submit", "discard", "sign", "decline", "sign_agency", "decline_agency", "file", "return", "finish", "terminate",
                                                "withdraw", "pass", "supplement", "refuse", "resubmit", "dismiss", "refuse_after_objection"};
    for (int p = 0; p < countof(people); p++)
        for (int k = 0; k < countof(of_agreements); k++) {
            char json[96];
            view *out;
            bool mine = owner && people[p].login && !strcmp(people[p].login, owner), can = false;
            for (const char *const *l = legal; mine && *l; l++) can |= !strcmp(*l, of_agreements[k]);
            if (can) continue;
            snprintf(json, sizeof json, "{\"choice\":\"%s\",\"note\":\"a reason\"}", of_agreements[k]);
            int status = world_call(w, people[p].login, POST, path, json, &out);
            if (status < 400 || status >= 500) fail_msg("%s: %s %s gives %d", path, people[p].login ? people[p].login : "nobody", of_agreements[k], status);
        }
    world_forget(w);
}

static void an_agreement_is_moved_by_its_own_parties_and_the_bureau_only(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    world *w = &m.w;
    char path[64];
    view *v = world_do(w, 201, "agency1", POST, "/agreements",
                       "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"one\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\",\"pay_year\":2018,\"contract\":%lld}",
                       (long long)world_org(w, "enterprise1"), (long long)m.service, (long long)world_file(w, "agency1", "contract"));
    int64_t id = month_made(v);
    snprintf(path, sizeof path, "/agreements/%lld/moves", (long long)id);
    refuse_all(w, path, "agency1", LEGAL("submit", "discard"));
    month_move(&m, "agency1", "agreements", id, "submit", "");
    refuse_all(w, path, "enterprise1", LEGAL("sign", "decline"));
    month_move(&m, "enterprise1", "agreements", id, "sign", "");
    refuse_all(w, path, "agency1", LEGAL("sign_agency", "decline_agency"));
    month_move(&m, "agency1", "agreements", id, "sign_agency", "");
    refuse_all(w, path, "bureau1", LEGAL("file", "return"));
    month_move(&m, "bureau3", "agreements", id, "file", "");
    refuse_all(w, path, "agency1", LEGAL("finish", "terminate"));
    month_move(&m, "agency1", "agreements", id, "terminate", "no outcome");
    refuse_all(w, path, NULL, NOTHING);
    world_end(w);
}

/* Draft, check and amendment: what one person did there, the same person does not undo elsewhere. */
static void draft_check_and_amendment_have_one_desk_each(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency1", "enterprise2");
    world *w = &m.w;
    char path[64], of[64];
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)m.application[0]);
    month_batch(&m, "alliance2", "report_submit", "");
    snprintf(of, sizeof of, "/batches/%lld/moves", (long long)m.batch);
    world_do(w, 200, "bureau1", POST, of, "{\"choice\":\"bureau_pass\",\"return\":[{\"id\":%lld,\"note\":\"the seal is missing\"}],%s}", (long long)m.application[0], month_clear(&m, "bureau1"));
    refuse_all(w, path, "agency1", LEGAL("submit", "withdraw"));
    view *v = world_do(w, 200, "agency1", GET, str_z(w->at.c.a, str_fmt(w->at.c.a, "/applications/%lld", (long long)m.application[0])), NULL);
    world_do(w, 200, "agency1", POST, "/deficiencies/answers", "{\"id\":[{\"id\":%lld,\"answer\":\"sealed\"}]}", (long long)month_int(month_item(v, "deficiencies", 0), "id"));
    month_move(&m, "agency1", "applications", m.application[0], "submit", "");
    refuse_all(w, path, "alliance1", LEGAL("pass", "supplement", "refuse"));
    month_batch(&m, "bureau2", "request_submit", "");
    month_batch(&m, "committee1", "approved", "");
    const view *n = month_item(world_do(w, 200, NULL, GET, "/notices", NULL), "items", 0);
    snprintf(of, sizeof of, "/notices/%lld/objections", (long long)month_int(n, "id"));
    world_do(w, 201, NULL, POST, of, "{\"case_id\":%lld,\"text\":\"not theirs at all\"}", (long long)m.application[1]);
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)m.application[1]);
    refuse_all(w, path, "bureau1", LEGAL("resubmit", "dismiss", "refuse_after_objection"));
    world_end(w);
}

/* A person with posts on several desks is still one person. */
static void a_second_post_does_not_make_a_second_pair_of_eyes(void **state)
{
    (void)state;
    static month m;
    month_begin(&m);
    world *w = &m.w;
    world_do(w, 201, "admin1", POST, "/accounts", "{\"login\":\"bureau1\",\"name\":\"科技局审查员\",\"org\":%lld,\"role\":\"committee\"}", (long long)world_org(w, "committee"));
    month_add(&m, "agency1", "enterprise1");
    month_batch(&m, "alliance2", "report_submit", "");
    month_batch(&m, "bureau1", "bureau_pass", "");
    month_batch(&m, "bureau2", "request_submit", "");
    ctx *c = world_as(w, NULL);
    assert_int_equal(account_as(c, S("bureau1"), S("committee")).kind, OK);
    assert_int_equal(c->who.role, ROLE_COMMITTEE);
    view *body = view_map(c->a), *out = NULL;
    view_text(body, S("choice"), S("approved"));
    int status = web_call(c, &w->web, POST, str_fmt(c->a, "/batches/%lld/moves", (long long)m.batch), body, &out);
    assert_int_equal(status, 403);
    assert_true(str_find(view_get_text(out, S("detail")), S("has to be decided by somebody else")) >= 0);
    month_batch(&m, "committee1", "approved", "");
    world_end(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_step_s_own_role_can_choose_and_only_its_choices),
        cmocka_unit_test(an_agreement_is_moved_by_its_own_parties_and_the_bureau_only),
        cmocka_unit_test(draft_check_and_amendment_have_one_desk_each),
        cmocka_unit_test(a_second_post_does_not_make_a_second_pair_of_eyes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
