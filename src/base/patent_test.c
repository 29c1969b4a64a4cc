/* SPDX-License-Identifier: Apache-2.0 */
/* patent_test.c: the numbers of outcomes, each kind with its form and its one normal form. */
#include "base/vectors_test.h"

#include "base/patent.h"

static void a_number_has_one_normal_form_however_it_is_written(void **state)
{
    static const struct { const char *kind, *typed, *normal; } t[] = {
        {"invention", "200310102344.5", "2003101023445"},
        {"invention", "ZL201310033299.6", "2013100332996"},
        {"invention", "2013100332996", "2013100332996"},
        {"invention", "zl 2013 1003 3299.6", "2013100332996"},
        {"invention", "CN２０１３１００３３２９９．６", "2013100332996"},
        {"invention", "\u200bZL201310033299.6\u00a0", "2013100332996"},
        {"invention", "ZL201811564288.x", "201811564288X"},
        {"invention", "200480812693.9", "2004808126939"}, /* came through the PCT */
        {"invention", "98154969.1", "981549691"},
        {"utility_model", "200423005394.0", "2004230053940"},
        {"utility_model", "CN200391336430.2", "2003913364302"},
        {"utility_model", "02220682.5", "022206825"},
        {"design", "ZL201730610076.0", "2017306100760"},
        {"design", "85326893.2", "853268932"},
        {"software_copyright", "2018SR503328", "2018SR503328"},
        {"software_copyright", "2018 sr 0503328", "2018SR503328"}, /* the same registration */
        {"software_copyright", "2018SR1064321", "2018SR1064321"},
        {"software_copyright", "2010SR045678", "2010SR045678"},
        {"software_copyright", "2010SR0045678", "2010SR045678"},
        {"software_copyright", "软著登字第0012345号", "0012345"},
        {"software_copyright", "软著登字第 11000001 号", "11000001"},
        {"layout", "BS.185559220", "BS.185559220"},
        {"layout", "bs185559220", "BS.185559220"},
        {"plant_variety", "CNA20101234.5", "CNA201012345"},
        {"hte_certificate", "GR201821200123", "GR201821200123"},
        {"hte_certificate", "gr ２０１８ 2120 0123", "GR201821200123"},
        {"standard", "GB/T 29490—2013", "GB/T29490-2013"},
        {"standard", "ｇｂ／ｔ29490－2013", "GB/T29490-2013"},
        {"project_grant", "2018年第12号", "2018年第12号"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        str normal, again;
        err e = outcome_number(&a, str_of(t[i].kind), str_of(t[i].typed), &normal);
        if (e.kind) fail_msg("%s: %s", t[i].typed, e.text);
        same(normal, t[i].normal);
        if (str_eqz(normal, "0012345") || str_eqz(normal, "11000001")) continue;
        assert_int_equal(outcome_number(&a, str_of(t[i].kind), normal, &again).kind, OK);
        assert_true(str_eq(normal, again));
    }
}

static void every_kind_shows_an_example_that_it_reads(void **state)
{
    (void)state;
    for (const struct choice *k = outcome_kinds; k->code; k++) {
        str normal;
        const outcome_format *f = outcome_format_of(str_of(k->code));
        assert_non_null(f);
        assert_true(f->pattern[0]);
        if (outcome_number(&a, str_of(k->code), str_of(f->example), &normal).kind) fail_msg("%s: %s", k->code, f->example);
    }
    assert_null(outcome_format_of(S("medal")));
}

static const char publication[] = "This is a publication number. Give the application number, such "
                                  "as ZL201310033299.6.";
static const char year[] = "A patent number begins with its year: 2003 or later, or two digits "
                           "from 85 to 03.";
static const char check[] =
    "The check character is wrong: compare the number with the certificate.";
static const char software[] =
    "A software copyright number looks like 2018SR503328 or 软著登字第1234567号.";

static void a_wrong_number_is_refused_with_the_reason(void **state)
{
    static const struct { const char *kind, *typed, *says; } t[] = {
        {"invention", "", "The number is missing."},
        {"invention", "ZL", "The number is missing."},
        {"invention", "200310102344.6", check},
        {"invention", "ZL201310033299.X", check},
        {"invention", "CN110941994B", publication},
        {"design", "CN305012345S", publication},
        {"invention", "CN 1234567 C", publication},
        {"invention", "CN101234567B1", publication},
        {"invention", "ZL201310033299", "A patent number has 12 digits before the point (8 before "
                                        "October 2003)."},
        {"invention", "20131003329.9", "A patent number has 12 digits before the point (8 before "
                                       "October 2003)."},
        {"invention", "201310033299,6", "A patent number is digits, a point and one check "
                                        "character."},
        {"invention", "201310033299.66", "A patent number is digits, a point and one check "
                                         "character."},
        {"invention", "200210102344.5", year},
        {"invention", "701510958772.0", year},
        {"invention", "84154969.1", year},
        {"invention", "201804720658.8", "The digit after the year names no type of patent."},
        {"design", "ZL201310033299.6", "The number belongs to another type of patent than the one "
                                       "chosen."},
        {"utility_model", "ZL201730610076.0", "The number belongs to another type of patent than "
                                              "the one chosen."},
        {"software_copyright", "2018SR12345678", software},
        {"software_copyright", "2018SR12345", software},
        {"software_copyright", "2018SA123456", software},
        {"software_copyright", "SR2018123456", software},
        {"software_copyright", "软著登字第12345号", software},
        {"software_copyright", "软著登字第号", software},
        {"software_copyright", "2018", software},
        {"layout", "BS.18500345", "A layout number looks like BS.185559220."},
        {"layout", "BS..85559220", "A layout number looks like BS.185559220."},
        {"layout", "185559220", "A layout number looks like BS.185559220."},
        {"plant_variety", "NA20101234.5", "A plant variety number begins with CNA."},
        {"hte_certificate", "GR20182120012", "A high-tech certificate number is GR and 12 digits, "
                                             "such as GR201821200123."},
        {"hte_certificate", "GF201821200123", "A high-tech certificate number is GR and 12 digits, "
                                              "such as GR201821200123."},
        {"other", "1", "Give the number as on the document, 2 to 60 characters."},
        {"standard", " \u3000 ", "Give the number as on the document, 2 to 60 characters."},
        {"wish", "12", "There is no such kind of outcome."},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        str normal;
        err e = outcome_number(&a, str_of(t[i].kind), str_of(t[i].typed), &normal);
        if (!e.kind) fail_msg("%s was taken as " SF, t[i].typed, SA(normal));
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.text, t[i].says);
        assert_string_equal(e.field, str_eqz(str_of(t[i].kind), "wish") ? "outcome_kind"
                                                                        : "outcome_number");
    }
}

static void every_kind_is_known_by_its_code(void **state)
{
    (void)state;
    for (const struct choice *k = outcome_kinds; k->code; k++) {
        assert_true(outcome_kind_known(str_of(k->code)));
        assert_non_null(k->label);
    }
    assert_false(outcome_kind_known(S("")));
    assert_false(outcome_kind_known(S("inventions")));
}

static void numbers_of_outcomes_agree_with_the_vectors(void **state)
{
    (void)state;
    VECTORS("patent.csv") {
        str normal, kind = vector_cell(&line), number = vector_cell(&line);
        bool valid = str_eqz(vector_cell(&line), "valid"), good;
        if (str_starts(kind, S("software")))
            good = !outcome_number(&a, S("software_copyright"), number, &normal).kind;
        else if (str_eqz(kind, "ic_layout"))
            good = !outcome_number(&a, S("layout"), number, &normal).kind;
        else if (str_eqz(kind, "publication_number")) {
            good = patent_is_publication(&a, number);
            assert_non_null(patent_check(&a, number, &normal)); /* no application, right or wrong */
        } else good = !patent_check(&a, number, &normal);
        if (good != valid) fail_msg(SF " should be %s", SA(number), valid ? "right" : "wrong");
    }
    assert_true(rows >= 90);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_number_has_one_normal_form_however_it_is_written),
        cmocka_unit_test(every_kind_shows_an_example_that_it_reads),
        cmocka_unit_test(a_wrong_number_is_refused_with_the_reason),
        cmocka_unit_test(every_kind_is_known_by_its_code),
        cmocka_unit_test(numbers_of_outcomes_agree_with_the_vectors),
    };
    arena_init(&a, (size)16 << 20, NULL, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return failed;
}
