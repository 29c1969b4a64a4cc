/* SPDX-License-Identifier: Apache-2.0 */
/* demo_test.c: the demonstration zone is whole: something waits at every step, three months are paid, its record is unbroken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/uscc.h"
#include "main/demo.h"
#include "main/demo_story.h"
#include "room/account/account.h"
#include "room/audit/audit.h"
#include "room/budget/budget.h"
#include "world.h"

static void must(ctx *c, err e)
{
    if (e.kind) fail_msg("%s: " SF, e.field, SA(err_text(c->a, e, str_of(e.text))));
}

/* A world without its cast: the demonstration brings its own. */
static int begin(void **state)
{
    static world w;
    bool fresh;
    world_begin_empty(&w, demo_story_first());
    ctx *c = world_as(&w, NULL);
    must(c, demo_load(&w.h, c, &fresh));
    assert_true(fresh);
    *state = &w;
    return 0;
}

static int end(void **state)
{
    world_end(*state); /* proves chain and ledger */
    return 0;
}

static int64_t resting(world *w, const char *login, const char *path, const char *step)
{
    int64_t n = 0;
    char address[80];
    snprintf(address, sizeof address, "%s?step=%s", path, step);
    view *v = world_do(w, 200, login, GET, address, NULL);
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next) n += str_eqz(view_get_text(row, S("step")), step);
    return n;
}

static int64_t of_agencies(world *w, const char *path, const char *step)
{
    return resting(w, "agency1", path, step) + resting(w, "agency2", path, step) + resting(w, "agency3", path, step);
}

static void something_waits_at_every_step(void **state)
{
    static const char *const of_applications[] = {"compliance", "report", "bureau_review", "request", "approve", "notice", "amend", "letter", "finance_review", "pay", "paid", "refused"};
    static const char *const of_agreements[] = {"draft", "enterprise_sign", "agency_sign", "filing", "in_service", "done", "terminated"};
    for (int i = 0; i < countof(of_applications); i++)
        if (!resting(*state, "auditor1", "/applications", of_applications[i])) fail_msg("no application at %s", of_applications[i]);
    assert_true(of_agencies(*state, "/applications", "prepare") >= 3); /* a draft, one to confirm, one sent back */
    assert_true(of_agencies(*state, "/applications", "withdrawn") > 0);
    for (int i = 0; i < countof(of_agreements); i++)
        if (!of_agencies(*state, "/agreements", of_agreements[i])) fail_msg("no agreement at %s", of_agreements[i]);
}

static void needs_wait_at_each_of_their_states_and_a_mentor_helps(void **state)
{
    static const char *const of_needs[] = {"open", "offered", "accepted", "matched", "withdrawn"};
    char path[64];
    for (int i = 0; i < countof(of_needs); i++) {
        snprintf(path, sizeof path, "/needs?state=%s", of_needs[i]);
        if (!view_get(world_do(*state, 200, "auditor1", GET, path, NULL), S("items"))->n) fail_msg("no need is %s", of_needs[i]);
    }
    assert_int_equal(view_get(world_do(*state, 200, "enterprise8", GET, "/mentorings/1", NULL), S("meetings"))->n, 3);
}

static void three_months_are_paid(void **state)
{
    view *v = world_do(*state, 200, "auditor1", GET, "/batches", NULL);
    int paid = 0;
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next) paid += str_eqz(view_get_text(row, S("step")), "paid");
    assert_int_equal(paid, 3);
}

static void every_code_is_valid_and_everybody_has_a_post(void **state)
{
    world *w = *state;
    for (const cast_org *o = cast_orgs; o->key; o++) {
        str code = cast_uscc(w->at.c.a, o);
        assert_int_equal(uscc_check_digit(str_head(code, 17)), code.p[17]);
    }
    for (const cast_person *p = cast_people; p->login; p++) assert_int_equal(world_as(w, p->login)->who.role, role_of(str_of(p->role)));
}

static void the_next_days_can_begin(void **state)
{
    world *w = *state;
    int64_t before = resting(w, "auditor1", "/applications", "notice");
    assert_true(before > 0);
    world_day(w, "2026-10-30");
    assert_int_equal(resting(w, "auditor1", "/applications", "notice"), 0); /* its days are over */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(something_waits_at_every_step),
        cmocka_unit_test(needs_wait_at_each_of_their_states_and_a_mentor_helps),
        cmocka_unit_test(three_months_are_paid),
        cmocka_unit_test(every_code_is_valid_and_everybody_has_a_post),
        cmocka_unit_test(the_next_days_can_begin),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
