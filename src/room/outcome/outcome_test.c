/* SPDX-License-Identifier: Apache-2.0 */
/* outcome_test.c: outcomes are entered, confirmed once in all the zone, claimed once, and come by the table too. */
#include "month.h"
#include "room/document/document.h"
#include "room/outcome/outcome.h"

static month m;
static int64_t one, other; /* filed agreements: agency1 for enterprise1, agency2 for enterprise2 */

static int64_t file_agreement(const char *agency, const char *enterprise)
{
    int64_t id = month_made(world_do(&m.w, 201, agency, POST, "/agreements",
                                     "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"%s\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                     "\"pay_year\":2018,\"contract\":%lld}",
                                     (long long)world_org(&m.w, enterprise), (long long)m.service, agency, (long long)world_file(&m.w, agency, "contract")));
    month_move(&m, agency, "agreements", id, "submit", "");
    month_move(&m, enterprise, "agreements", id, "sign", "");
    month_move(&m, agency, "agreements", id, "sign_agency", "");
    month_move(&m, "bureau3", "agreements", id, "file", "");
    return id;
}

static int begin(void **state)
{
    (void)state;
    month_begin(&m);
    one = file_agreement("agency1", "enterprise1");
    other = file_agreement("agency2", "enterprise2");
    return 0;
}
static int end(void **state) { (void)state; return world_end(&m.w), 0; }

static const char *path(const char *before, int64_t id, const char *after)
{
    static char p[64];
    snprintf(p, sizeof p, "%s%lld%s", before, (long long)id, after);
    return p;
}

static view *enter(const char *agency, int status, int64_t agreement, const char *kind, const char *number, const char *day, const char *proof)
{
    return world_do(&m.w, status, agency, POST, path("/agreements/", agreement, "/outcomes"), "{\"kind\":\"%s\",\"number\":\"%s\",\"obtained_day\":\"%s\",\"proof\":%lld}", kind, number,
                    day, (long long)world_file(&m.w, agency, proof));
}

static int64_t entered(const char *agency, int64_t agreement, const char *number, const char *proof)
{
    return month_made(enter(agency, 201, agreement, "standard", number, "2018-11-05", proof));
}

static view *decide(const char *enterprise, int status, int64_t id, const char *verdict, const char *note)
{
    return world_do(&m.w, status, enterprise, POST, path("/outcomes/", id, "/decision"), "{\"verdict\":\"%s\",\"note\":\"%s\"}", verdict, note);
}

static view *seen(const char *login, int64_t id) { return world_do(&m.w, 200, login, GET, path("/outcomes/", id, ""), NULL); }

static const struct { const char *kind, *number, *day, *field, *says; } wrong[] = {
    {"invention", "ZL200310102344.6", "2018-11-05", "number", "check character"},
    {"utility_model", "ZL200310102344.5", "2018-11-05", "number", "another type"},
    {"software_copyright", "2018SR12", "2018-11-05", "number", "2018SR503328"},
    {"gadget", "1", "2018-11-05", "kind", "not one of the choices"},
    {"standard", "DB 1/T 1-2018", "2018-11-06", "obtained_day", "today is 2018-11-05"},
    {"standard", "DB 1/T 1-2018", "2018-11-04", "obtained_day", "before the agreement was filed"},
    {"standard", "", "2018-11-05", "number", "Enter"},
};

static void a_wrong_outcome_is_refused_at_its_field(void **state)
{
    (void)state;
    for (int i = 0; i < countof(wrong); i++) {
        view *v = enter("agency1", 422, one, wrong[i].kind, wrong[i].number, wrong[i].day, "p");
        const view *first = month_item(v, "errors", 0);
        assert_true(month_text_is(first, "field", wrong[i].field));
        if (str_find(view_get_text(first, S("reason")), str_of(wrong[i].says)) < 0) fail_msg("%d: " SF, i, SA(view_get_text(first, S("reason"))));
    }
    enter("agency2", 404, one, "standard", "DB 1/T 1-2018", "2018-11-05", "p"); /* not its agreement */
}

static void the_enterprise_alone_confirms_and_once(void **state)
{
    (void)state;
    int64_t id = entered("agency1", one, "DB 1/T 1-2018", "p");
    enter("agency1", 409, one, "standard", "db1/t1-2018", "2018-11-05", "p"); /* the same number, written otherwise */
    decide("enterprise2", 404, id, "confirm", "");
    decide("enterprise1", 422, id, "decline", "");
    decide("enterprise1", 200, id, "confirm", "");
    decide("enterprise1", 409, id, "confirm", "");
    assert_true(month_text_is(seen("agency1", id), "state", "confirmed"));
    world_do(&m.w, 404, "agency2", GET, path("/outcomes/", id, ""), NULL);
}

static void a_number_is_confirmed_for_one_agreement_and_shown_at_the_other(void **state)
{
    (void)state;
    int64_t mine = entered("agency1", one, "DB 1/T 7-2018", "p1"), theirs = entered("agency2", other, "DB 1/T 7-2018", "p2");
    decide("enterprise1", 200, mine, "confirm", "");
    view *v = decide("enterprise2", 409, theirs, "confirm", "");
    assert_true(str_find(view_get_text(v, S("detail")), S("confirmed already")) >= 0);
    const view *twin = month_item(seen("agency2", theirs), "twins", 0); /* that it stands elsewhere, not where */
    assert_null(view_get(twin, S("href")));
    twin = month_item(seen("bureau1", theirs), "twins", 0);
    assert_true(str_eq(view_get_text(twin, S("href")), str_of(path("/outcomes/", mine, ""))));
}

static void the_proof_of_another_agreement_proves_nothing(void **state)
{
    (void)state;
    entered("agency1", one, "DB 1/T 8-2018", "the very same bytes");
    view *v = enter("agency2", 409, other, "standard", "DB 1/T 9-2018", "2018-11-05", "the very same bytes");
    assert_true(str_find(view_get_text(v, S("detail")), S("This very file")) >= 0);
}

static void a_contract_proves_nothing(void **state)
{
    (void)state;
    view *v = enter("agency1", 409, one, "standard", "DB 1/T 8-2018", "2018-11-05", "contract");
    assert_true(str_find(view_get_text(v, S("detail")), S("is the contract of agreement")) >= 0);
}

/* The outcome was entered with one file; its application is submitted with another. */
static void the_proof_that_an_application_gave_proves_nothing_elsewhere(void **state)
{
    (void)state;
    int64_t id = entered("agency1", one, "DB 1/T 1-2018", "p");
    decide("enterprise1", 200, id, "confirm", "");
    int64_t application = month_made(world_do(&m.w, 201, "agency1", POST, "/applications", "{\"agreement\":%lld}", (long long)one));
    world_do(&m.w, 200, "agency1", POST, path("/applications/", application, ""),
             "{\"outcome_kind\":\"standard\",\"outcome_number\":\"DB 1/T 1-2018\",\"outcome_day\":\"2018-11-05\",\"service_from\":\"2018-11-05\",\"service_to\":\"2018-11-05\","
             "\"contract\":%lld,\"letter\":%lld,\"proof\":%lld}",
             (long long)world_file(&m.w, "agency1", "contract"), (long long)world_file(&m.w, "agency1", "letter"), (long long)world_file(&m.w, "agency1", "a better scan"));
    world_do(&m.w, 200, "enterprise1", POST, path("/applications/", application, "/confirm"), "{}");
    month_move(&m, "agency1", "applications", application, "submit", "");
    view *v = enter("agency2", 409, other, "standard", "DB 1/T 9-2018", "2018-11-05", "a better scan");
    assert_true(str_find(view_get_text(v, S("detail")), S("This very file")) >= 0);
}

/* A letter of the application is the proof here: nothing forbids it, everybody is told, officers are led there. */
static void the_same_file_elsewhere_is_named_with_a_link_to_who_may_see_it(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1");
    int64_t id = entered("agency2", other, "DB 1/T 9-2018", "letter"), scan = entered("agency2", other, "DB 1/T 10-2018", "letter");
    assert_true(view_get_text(month_item(seen("bureau1", id), "twin_files", 0), S("href")).n > 0);
    const view *twin = month_item(seen("agency2", id), "twin_files", 0);
    assert_null(view_get(twin, S("href")));
    assert_true(month_text_is(twin, "where", "Application"));
    assert_int_equal(view_get(seen("bureau1", scan), S("twin_files"))->n, 1); /* the other outcome of its own agreement is none */
}

static void the_list_is_cut_by_state_kind_and_agreement(void **state)
{
    (void)state;
    int64_t sure = entered("agency1", one, "DB 1/T 1-2018", "p");
    enter("agency1", 201, one, "invention", "ZL200310102344.5", "2018-11-05", "p");
    entered("agency2", other, "DB 1/T 2-2018", "q");
    decide("enterprise1", 200, sure, "confirm", "");
    char of_one[80];
    snprintf(of_one, sizeof of_one, "/agreements/%lld/outcomes?kind=invention&state=entered", (long long)one);
    const struct { const char *login, *path; int n; } t[] = {
        {"bureau1", "/outcomes", 3}, {"bureau1", "/outcomes?kind=standard", 2}, {"bureau1", "/outcomes?kind=standard&state=entered", 1}, {"bureau1", "/outcomes?kind=nonsense", 3},
        {"agency1", "/outcomes", 2}, {"agency1", "/outcomes?kind=invention", 1}, {"agency1", "/outcomes?state=confirmed&kind=invention", 0},
        {"enterprise1", "/outcomes?kind=standard", 1}, {"enterprise2", "/outcomes?state=entered&kind=standard", 1}, {"bureau1", of_one, 1},
        {"bureau1", "/outcomes?agreement=none", 0},
    };
    for (int i = 0; i < countof(t); i++) {
        int n = view_get(world_do(&m.w, 200, t[i].login, GET, t[i].path, NULL), S("items"))->n;
        if (n != t[i].n) fail_msg("%s %s: %d, not %d", t[i].login, t[i].path, n, t[i].n);
    }
    world_do(&m.w, 404, "agency2", GET, of_one, NULL);
}

static void an_agreements_page_lists_its_outcomes(void **state)
{
    (void)state;
    int64_t id = entered("agency1", one, "DB 1/T 1-2018", "p");
    view *v = world_do(&m.w, 200, "enterprise1", GET, path("/agreements/", one, ""), NULL);
    assert_int_equal(month_int(month_item(v, "outcomes", 0), "id"), id);
    assert_int_equal(view_get(world_do(&m.w, 200, "agency2", GET, path("/agreements/", other, ""), NULL), S("outcomes"))->n, 0);
}

static void what_is_confirmed_fills_the_application_and_is_claimed_by_it(void **state)
{
    (void)state;
    int64_t first = entered("agency1", one, "DB 1/T 1-2018", "p"), second = entered("agency1", one, "DB 1/T 2-2018", "p");
    world_do(&m.w, 200, "enterprise1", POST, "/outcomes/decisions", "{\"id\":[{\"id\":%lld},{\"id\":%lld}],\"verdict\":\"confirm\"}", (long long)first, (long long)second);
    view *v = world_do(&m.w, 201, "agency1", POST, "/applications", "{\"agreement\":%lld}", (long long)one);
    assert_true(month_text_is(v, "outcome_kind", "standard"));
    assert_true(month_text_is(v, "outcome_number", "DB 1/T 1-2018\nDB 1/T 2-2018"));
    assert_int_equal(month_int(v, "quantity"), 2);
    assert_int_equal(month_int(seen("agency1", first), "application"), 0); /* until it is submitted */
}

static void an_application_claims_its_outcomes_and_lets_them_go_when_it_ends(void **state)
{
    (void)state;
    month_add(&m, "agency1", "enterprise1"); /* names DB 4403/T 1-2018, which nobody had entered */
    view *v = world_do(&m.w, 200, "agency1", GET, "/outcomes", NULL);
    const view *row = month_item(v, "items", 0);
    int64_t id = month_int(row, "id");
    assert_true(month_text_is(row, "state", "confirmed"));
    assert_int_equal(month_int(row, "application"), m.application[0]);
    world_do(&m.w, 409, "agency1", POST, path("/outcomes/", id, "/withdrawal"), "{\"note\":\"why not\"}");
    int64_t theirs = entered("agency2", other, "DB 4403/T 1-2018", "p2");
    decide("enterprise2", 409, theirs, "confirm", "");
    month_batch(&m, "alliance2", "report_submit", "");
    world_do(&m.w, 200, "bureau1", POST, path("/batches/", m.batch, "/moves"), "{\"choice\":\"bureau_pass\",\"return\":[{\"id\":%lld,\"note\":\"wrong number\"}]}", (long long)m.application[0]);
    month_move(&m, "agency1", "applications", m.application[0], "withdraw", "");
    assert_true(month_text_is(seen("agency1", id), "state", "withdrawn"));
    decide("enterprise2", 200, theirs, "confirm", "");
}

static view *send_table(const char *login, int status, const char *csv)
{
    int64_t doc;
    assert_int_equal(document_make(world_as(&m.w, login), S("outcomes.csv"), S("text/csv"), str_of(csv), &doc).kind, OK);
    return world_do(&m.w, status, login, POST, "/outcomes/entries", "{\"file\":%lld}", (long long)doc);
}

static const char *number_of_agreement(void)
{
    static char n[40];
    view *v = world_do(&m.w, 200, "agency1", GET, path("/agreements/", one, ""), NULL);
    snprintf(n, sizeof n, SF, SA(view_get_text(v, S("number"))));
    return n;
}

static void every_row_of_a_table_is_entered_there_already_or_refused(void **state)
{
    (void)state;
    char csv[1024];
    const char *n = number_of_agreement();
    snprintf(csv, sizeof csv,
             "协议备案号,成果类型,成果编号,成果日期\n%s,标准,DB 1/T 1-2018,2018年11月5日\n%s,standard,DB 1/T 2-2018,2018/11/5\n%s,标准,DB 1/T 1-2018,2018-11-05\n"
             "备1999-0001,标准,DB 1/T 3-2018,2018-11-05\n%s,发明专利,ZL200310102344.6,2018-11-05\n%s,标准,DB 1/T 4-2018,2018-02-30\n%s,小发明,1,2018-11-05\n",
             n, n, n, n, n, n);
    view *v = send_table("agency1", 201, csv);
    assert_int_equal(month_int(v, "read"), 7);
    assert_int_equal(month_int(v, "entered"), 2);
    assert_int_equal(month_int(v, "unchanged"), 1);
    assert_int_equal(month_int(v, "refused"), 4);
    static const struct { int line; const char *says; } refused[] = {{5, "no agreement"}, {6, "check character"}, {7, "2018-02-30 is no day"}, {8, "no kind of outcome"}};
    for (int i = 0; i < countof(refused); i++) {
        const view *row = month_item(v, "items", i);
        assert_int_equal(month_int(row, "line"), refused[i].line);
        if (str_find(view_get_text(row, S("reason")), str_of(refused[i].says)) < 0) fail_msg("%d: " SF, i, SA(view_get_text(row, S("reason"))));
    }
    v = send_table("agency1", 201, csv); /* the same table again changes nothing */
    assert_int_equal(month_int(v, "entered"), 0);
    assert_int_equal(month_int(v, "unchanged"), 3);
    v = world_do(&m.w, 200, "enterprise1", GET, "/desk?only=outcome", NULL);
    assert_int_equal(view_get(v, S("items"))->n, 2);
}

static void a_table_without_its_headers_is_refused_whole(void **state)
{
    (void)state;
    static const char *const tables[] = {"a,b,c\n1,2,3\n", "协议备案号,成果类型,成果编号,成果日期\n"};
    for (int i = 0; i < countof(tables); i++) send_table("agency1", 422, tables[i]);
    assert_int_equal(view_get(world_do(&m.w, 200, "agency1", GET, "/outcomes", NULL), S("items"))->n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_wrong_outcome_is_refused_at_its_field, begin, end),
        cmocka_unit_test_setup_teardown(the_enterprise_alone_confirms_and_once, begin, end),
        cmocka_unit_test_setup_teardown(a_number_is_confirmed_for_one_agreement_and_shown_at_the_other, begin, end),
        cmocka_unit_test_setup_teardown(the_proof_of_another_agreement_proves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(a_contract_proves_nothing, begin, end),
        cmocka_unit_test_setup_teardown(the_proof_that_an_application_gave_proves_nothing_elsewhere, begin, end),
        cmocka_unit_test_setup_teardown(the_same_file_elsewhere_is_named_with_a_link_to_who_may_see_it, begin, end),
        cmocka_unit_test_setup_teardown(the_list_is_cut_by_state_kind_and_agreement, begin, end),
        cmocka_unit_test_setup_teardown(an_agreements_page_lists_its_outcomes, begin, end),
        cmocka_unit_test_setup_teardown(what_is_confirmed_fills_the_application_and_is_claimed_by_it, begin, end),
        cmocka_unit_test_setup_teardown(an_application_claims_its_outcomes_and_lets_them_go_when_it_ends, begin, end),
        cmocka_unit_test_setup_teardown(every_row_of_a_table_is_entered_there_already_or_refused, begin, end),
        cmocka_unit_test_setup_teardown(a_table_without_its_headers_is_refused_whole, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
