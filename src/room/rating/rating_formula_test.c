/* SPDX-License-Identifier: Apache-2.0 */
/* rating_formula_test.c: the interval against known values, and that luck never leads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "room/rating/rating_formula.h"

/* Values of Wilson's interval at 95 %, z = 1.96, as statistical programs give them, to three decimals: low down, high up. */
static const struct { int64_t good, n, low, high; } known[] = {
    {0, 1, 0, 794},     {1, 1, 206, 1000},  {0, 5, 0, 435},      {5, 5, 565, 1000},   {4, 5, 375, 964},    {1, 10, 17, 405},   {5, 10, 236, 764},
    {8, 10, 490, 944},  {50, 100, 403, 597}, {95, 100, 888, 979}, {190, 200, 910, 973}, {200, 200, 981, 1000}, {0, 200, 0, 19}, {1, 200, 0, 28},
    {900, 1000, 879, 918}, {500000, 1000000, 499, 501}, {1000000, 1000000, 999, 1000},
};

static void the_interval_is_wilsons(void **state)
{
    (void)state;
    for (int i = 0; i < countof(known); i++) {
        rating_interval w = rating_wilson((rating_fact){known[i].good, known[i].n});
        assert_int_equal(w.low, known[i].low);
        assert_int_equal(w.high, known[i].high);
    }
    rating_interval nothing = rating_wilson((rating_fact){0, 0});
    assert_true(nothing.low == 0 && nothing.high == 1000);
}

static void the_interval_holds_the_share_and_narrows_with_more_cases(void **state)
{
    (void)state;
    for (int64_t n = 1; n <= 300; n++)
        for (int64_t good = 0; good <= n; good++) {
            rating_interval w = rating_wilson((rating_fact){good, n}), twice = rating_wilson((rating_fact){2 * good, 2 * n});
            assert_in_range(rating_share((rating_fact){good, n}), w.low, w.high);
            assert_true(twice.high - twice.low <= w.high - w.low);
        }
}

/* As it is rated: a share of cases good in every fact. */
static int64_t score_of(int64_t good, int64_t n, int64_t answers)
{
    rating_fact f[RATING_FACTS];
    for (int i = 0; i < RATING_FACTS; i++) f[i] = (rating_fact){good, n};
    f[FACT_SATISFACTION] = (rating_fact){good < answers ? good : answers, answers};
    return rating_score(f).low;
}

static void one_five_star_case_never_outranks_95_percent_of_200(void **state)
{
    (void)state;
    int64_t many = score_of(190, 200, 200);
    for (int64_t n = 1; n <= 38; n++) assert_true(score_of(n, n, n) < many); /* nor do thirty-eight without a fault */
    assert_true(score_of(1, 1, 0) < many);                                    /* nor one whom nobody has answered for */
    assert_true(score_of(1, 1, 1) < score_of(120, 200, 200));                 /* one case does not even outrank 60 % of 200 */
    assert_true(score_of(200, 200, 200) > many);
}

static void what_nobody_said_anything_about_is_left_out_with_its_weight(void **state)
{
    (void)state;
    rating_fact f[RATING_FACTS] = {[FACT_SUCCESS] = {5, 5}};
    rating_interval only = rating_score(f), alone = rating_wilson(f[FACT_SUCCESS]);
    assert_true(only.low == alone.low && only.high == alone.high);
    f[FACT_PRICE] = (rating_fact){0, 5};
    assert_int_equal(rating_score(f).low, 300 * alone.low / 400);
    rating_interval none = rating_score((rating_fact[RATING_FACTS]){{0}});
    assert_true(none.low == 0 && none.high == 1000);
}

static void the_weights_come_to_a_thousand(void **state)
{
    (void)state;
    int64_t sum = 0;
    for (int i = 0; i < RATING_FACTS; i++) sum += rating_rules[i].weight;
    assert_int_equal(sum, 1000);
}

static const struct { int64_t cases; rating_interval score; const char *proposal; } proposals[] = {
    {4, {900, 990}, ""},   {4, {0, 100}, ""},       {5, {565, 1000}, ""},     {60, {850, 930}, "commend"}, {60, {849, 930}, ""},
    {60, {700, 800}, ""},  {60, {690, 799}, "warn"}, {60, {500, 600}, "warn"}, {60, {480, 599}, "suspend"},
};

static void praise_needs_the_lower_end_and_blame_the_upper(void **state)
{
    (void)state;
    const rating_limits l = {850, 800, 600};
    for (int i = 0; i < countof(proposals); i++) assert_true(str_eqz(rating_proposes(&l, proposals[i].cases, proposals[i].score), proposals[i].proposal));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_interval_is_wilsons),
        cmocka_unit_test(the_interval_holds_the_share_and_narrows_with_more_cases),
        cmocka_unit_test(one_five_star_case_never_outranks_95_percent_of_200),
        cmocka_unit_test(what_nobody_said_anything_about_is_left_out_with_its_weight),
        cmocka_unit_test(the_weights_come_to_a_thousand),
        cmocka_unit_test(praise_needs_the_lower_end_and_blame_the_upper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
