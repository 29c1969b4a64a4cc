/* SPDX-License-Identifier: Apache-2.0 */
/* firm_test.c: the register's pages: a file is sent and read, a mark corrected, a firm invited, and joined by its link. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>

#include "room/document/document.h"
#include "room/registration/firm.h"
#include "room/registration/rules.h"
#include "world.h"

#define FILE_OF_TWO "企业名称,统一社会信用代码,成立日期,经营范围\n" \
    "样例云帆软件有限公司,91990001MA7001010A,2018-11-01,软件开发；技术服务\n样例恒远商贸有限公司,91990001MA7001045W,2018-11-02,日用百货销售\n坏行,1,2018-11-02,x\n"

static world w;
static int begin(void **state) { (void)state; return world_begin(&w, "2018-11-05"), 0; }
static int end(void **state) { (void)state; return world_end(&w), 0; }

static int64_t number(const view *v, const char *name) { return view_get_int(v, str_of(name), -1); }
static str text(const view *v, const char *name) { return view_get_text(v, str_of(name)); }

static int64_t send(const char *csv)
{
    int64_t sent;
    assert_int_equal(document_make(world_as(&w, "alliance1"), S("firms.csv"), S("text/csv"), str_of(csv), &sent).kind, OK);
    view *v = world_do(&w, 201, "alliance1", POST, "/registrations/imports", "{\"file\":%lld}", (long long)sent);
    return number(v, "id");
}

static const char *path_of(const char *head, int64_t id, const char *tail)
{
    arena *a = world_as(&w, NULL)->a;
    return str_z(a, str_fmt(a, "%s%lld%s", head, (long long)id, tail));
}

static void read_what_waits(void) { assert_int_equal(registration_jobs[0].run(world_as(&w, NULL)).kind, OK); }

static view *import_two(void)
{
    int64_t id = send(FILE_OF_TWO);
    view *v = world_do(&w, 200, "alliance1", GET, path_of("/registrations/imports/", id, ""), NULL);
    assert_true(str_eqz(text(v, "state"), "running"));
    read_what_waits();
    return world_do(&w, 200, "alliance1", GET, path_of("/registrations/imports/", id, ""), NULL);
}

static int64_t firm_called(const char *name)
{
    view *v = world_do(&w, 200, "bureau1", GET, "/registrations", NULL);
    for (const view *row = view_get(v, S("items"))->first; row; row = row->next)
        if (str_eqz(text(row, "name"), name)) return number(row, "id");
    fail_msg("%s is not in the register", name);
    return 0;
}

static void a_file_sent_by_a_page_is_read_by_the_job(void **state)
{
    (void)state;
    view *v = import_two();
    assert_true(str_eqz(text(v, "state"), "done"));
    assert_int_equal(number(v, "imported"), 2);
    assert_int_equal(number(v, "rejected"), 1);
    assert_int_equal(number(v, "technology"), 1);
    assert_int_equal(number(v, "share"), 100);
    v = world_do(&w, 200, "bureau1", GET, path_of("/registrations/", firm_called("样例云帆软件有限公司"), ""), NULL);
    assert_true(str_eqz(text(v, "class"), "electronics"));
    assert_true(str_find(text(v, "words"), S("软件开发 +8")) >= 0);
}

static void an_import_can_be_cancelled_while_it_waits(void **state)
{
    (void)state;
    int64_t id = send(FILE_OF_TWO);
    world_do(&w, 403, "bureau1", POST, path_of("/registrations/imports/", id, "/cancel"), "{}");
    world_do(&w, 200, "alliance1", POST, path_of("/registrations/imports/", id, "/cancel"), "{}");
    read_what_waits();
    view *v = world_do(&w, 200, "alliance1", GET, path_of("/registrations/imports/", id, ""), NULL);
    assert_true(str_eqz(text(v, "state"), "cancelled"));
    assert_int_equal(number(v, "read"), 0);
    world_do(&w, 409, "alliance1", POST, path_of("/registrations/imports/", id, "/cancel"), "{}");
}

static void a_file_without_headers_is_refused_when_it_is_sent(void **state)
{
    (void)state;
    int64_t sent;
    assert_int_equal(document_make(world_as(&w, "alliance1"), S("x.csv"), S("text/csv"), S("a,b\n1,2\n"), &sent).kind, OK);
    world_do(&w, 422, "alliance1", POST, "/registrations/imports", "{\"file\":%lld}", (long long)sent);
    world_do(&w, 404, "alliance1", POST, "/registrations/imports", "{\"file\":99}");
}

static void a_corrected_mark_outlives_the_next_import(void **state)
{
    (void)state;
    import_two();
    int64_t id = firm_called("样例恒远商贸有限公司");
    const char *path = path_of("/registrations/", id, "/correction");
    world_do(&w, 422, "alliance1", POST, path, "{\"class\":\"energy\"}");
    world_do(&w, 422, "alliance1", POST, path, "{\"class\":\"gadgets\",\"reason\":\"x\"}");
    world_do(&w, 403, "bureau1", POST, path, "{\"class\":\"energy\",\"reason\":\"x\"}");
    world_do(&w, 200, "alliance1", POST, path, "{\"class\":\"energy\",\"reason\":\"实地核实\"}");
    send("企业名称,统一社会信用代码,成立日期,经营范围\n样例恒远商贸有限公司,91990001MA7001045W,2018-11-02,日用百货批发\n");
    read_what_waits();
    view *v = world_do(&w, 200, "alliance1", GET, path_of("/registrations/", id, ""), NULL);
    assert_true(str_eqz(text(v, "class"), "energy"));
    assert_true(str_eqz(text(v, "scope"), "日用百货批发"));
    assert_true(str_eqz(text(view_get(v, S("correction")), "reason"), "实地核实"));
}

static const char *invite(const char *name)
{
    arena *a = world_as(&w, NULL)->a;
    view *v = world_do(&w, 200, "alliance1", POST, path_of("/registrations/", firm_called(name), "/invitation"), "{}");
    return str_z(a, str_dup(a, text(v, "link")));
}

#define NEW_PERSON "{\"name\":\"新来的人\",\"login\":\"newcomer\",\"password\":\"a sentence that is long\"}"

static void an_invited_firm_joins_by_its_link_once(void **state)
{
    (void)state;
    import_two();
    const char *old = invite("样例云帆软件有限公司"), *link = invite("样例云帆软件有限公司");
    world_do(&w, 404, NULL, GET, old, NULL); /* a newer one was made */
    view *v = world_do(&w, 200, NULL, GET, link, NULL);
    assert_true(str_eqz(text(v, "uscc"), "91990001MA7001010A"));
    world_do(&w, 422, NULL, POST, link, "{\"name\":\"x\",\"login\":\"agency1\",\"password\":\"a sentence that is long\"}");
    world_do(&w, 422, NULL, POST, link, "{\"name\":\"x\",\"login\":\"newcomer\",\"password\":\"short\"}");
    assert_int_equal(world_call(&w, NULL, POST, link, NEW_PERSON, &v), 200);
    world_do(&w, 404, NULL, POST, link, NEW_PERSON);
    v = world_do(&w, 200, "newcomer", GET, "/organisation", NULL);
    assert_true(str_eqz(text(v, "name"), "样例云帆软件有限公司"));
    assert_true(str_eqz(text(v, "kind"), "enterprise"));
    v = world_do(&w, 200, "alliance1", GET, "/registrations/imports/1", NULL);
    assert_int_equal(number(v, "invited"), 1);
    assert_int_equal(number(v, "joined"), 1);
    world_do(&w, 409, "alliance1", POST, path_of("/registrations/", firm_called("样例云帆软件有限公司"), "/invitation"), "{}");
    world_do(&w, 409, "alliance1", POST, path_of("/registrations/", firm_called("样例恒远商贸有限公司"), "/invitation"), "{}"); /* none of technology */
}

static void replace_rules(const char *rows)
{
    world_do(&w, 200, "alliance1", POST, "/registrations/rules", "{\"rules\":\"kind,text,class,weight\\n%s\"}", rows);
}

static rules_state ask_all(void)
{
    rules_state now = {0};
    for (int i = 0; now.asked_id >= 0; i++) {
        assert_true(i < 10);
        assert_int_equal(registration_jobs[1].run(world_as(&w, NULL)).kind, OK);
        assert_int_equal(rules_state_get(world_as(&w, NULL), &now).kind, OK);
    }
    return now;
}

static void new_rules_go_over_the_known_firms(void **state)
{
    (void)state;
    import_two();
    replace_rules("scope,日用百货,energy,9");
    rules_state now = ask_all();
    assert_int_equal(now.asked, 2);
    assert_int_equal(now.changed, 2); /* one is of technology no more, the other is now */
    view *v = world_do(&w, 200, "alliance1", GET, path_of("/registrations/", firm_called("样例恒远商贸有限公司"), ""), NULL);
    assert_true(str_eqz(text(v, "class"), "energy"));
    v = world_do(&w, 200, "alliance1", GET, "/messages", NULL);
    assert_true(str_find(text(view_get(v, S("items"))->first, "text"), S("2")) >= 0);
    v = world_do(&w, 200, "bureau1", GET, "/registrations/rules", NULL);
    assert_int_equal(view_get(v, S("asking"))->i, 0);
}

static void a_corrected_mark_outlives_new_rules(void **state)
{
    (void)state;
    import_two();
    int64_t id = firm_called("样例恒远商贸有限公司");
    world_do(&w, 200, "alliance1", POST, path_of("/registrations/", id, "/correction"), "{\"class\":\"materials\",\"reason\":\"实地走访核实\"}");
    replace_rules("scope,日用百货,energy,9");
    assert_int_equal(ask_all().changed, 1);
    view *v = world_do(&w, 200, "alliance1", GET, path_of("/registrations/", id, ""), NULL);
    assert_true(str_eqz(text(v, "class"), "materials"));
}

static void rules_wait_for_a_running_import_before_they_end(void **state)
{
    (void)state;
    rules_state now;
    send(FILE_OF_TWO);
    replace_rules("scope,日用百货,energy,9");
    assert_int_equal(registration_jobs[1].run(world_as(&w, NULL)).kind, OK);
    assert_int_equal(rules_state_get(world_as(&w, NULL), &now).kind, OK);
    assert_true(now.asked_id >= 0);
    read_what_waits();
    assert_int_equal(ask_all().asked, 2);
}

static void replaced_rules_screen_the_next_import(void **state)
{
    (void)state;
    world_do(&w, 422, "alliance1", POST, "/registrations/rules", "{\"rules\":\"kind,text,class,weight\\nscope,x,gadgets,1\"}");
    world_do(&w, 200, "alliance1", POST, "/registrations/rules", "{\"rules\":\"kind,text,class,weight\\nscope,日用百货,energy,9\"}");
    import_two();
    view *v = world_do(&w, 200, "alliance1", GET, "/registrations?class=energy", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 1);
    v = world_do(&w, 200, "alliance1", GET, "/registrations?from=2018-11-02", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 1);
    v = world_do(&w, 200, "alliance1", GET, "/registrations?name=%E6%97%A0", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 0);
    world_do(&w, 403, "agency1", GET, "/registrations", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_sent_by_a_page_is_read_by_the_job, begin, end),
        cmocka_unit_test_setup_teardown(an_import_can_be_cancelled_while_it_waits, begin, end),
        cmocka_unit_test_setup_teardown(a_file_without_headers_is_refused_when_it_is_sent, begin, end),
        cmocka_unit_test_setup_teardown(a_corrected_mark_outlives_the_next_import, begin, end),
        cmocka_unit_test_setup_teardown(an_invited_firm_joins_by_its_link_once, begin, end),
        cmocka_unit_test_setup_teardown(new_rules_go_over_the_known_firms, begin, end),
        cmocka_unit_test_setup_teardown(a_corrected_mark_outlives_new_rules, begin, end),
        cmocka_unit_test_setup_teardown(rules_wait_for_a_running_import_before_they_end, begin, end),
        cmocka_unit_test_setup_teardown(replaced_rules_screen_the_next_import, begin, end),
    };
    return cmocka_run_group_tests_name("registration firms", tests, NULL, NULL);
}
