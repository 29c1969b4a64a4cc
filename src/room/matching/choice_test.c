/* SPDX-License-Identifier: Apache-2.0 */
/* choice_test.c: who gets a need and why, in tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "room/matching/choice.h"

#define FIT .is_active = true, .is_offered = true, .capacity = 10, .rating = RATING_NONE

static void each_fact_that_stands_against_an_agency_is_told_as_the_reason(void **state)
{
    (void)state;
    static const struct { candidate is; choice_reason want; } t[] = {
        {{.agency = 1, FIT}, CHOICE_CHOSEN},
        {{.agency = 1, .is_offered = true, .capacity = 10}, CHOICE_NOT_ACTIVE},
        {{.agency = 1, .is_active = true, .capacity = 10}, CHOICE_NOT_OFFERED},
        {{.agency = 1, FIT, .is_asked = true}, CHOICE_ASKED_BEFORE},
        {{.agency = 1, FIT, .is_excluded = true}, CHOICE_EXCLUDED},
        {{.agency = 1, FIT, .is_same_owner = true}, CHOICE_SAME_OWNER},
        {{.agency = 1, FIT, .is_away = true}, CHOICE_AWAY},
        {{.agency = 1, .is_active = true, .is_offered = true}, CHOICE_NO_CAPACITY},
        {{.agency = 1, FIT, .running = 10}, CHOICE_FULL},
        {{.agency = 1, FIT, .running = 9, .pending = 1}, CHOICE_FULL},
        {{.agency = 1, FIT, .running = 9}, CHOICE_CHOSEN},
        {{.agency = 1, FIT, .is_same_owner = true, .is_away = true}, CHOICE_SAME_OWNER}, /* the graver one is told */
    };
    for (int i = 0; i < countof(t); i++) {
        candidate k = t[i].is;
        choice_make(&k, 1, 3);
        if (k.reason != t[i].want) fail_msg("row %d: %s, not %s", i, choice_reason_code[k.reason], choice_reason_code[t[i].want]);
        assert_int_equal(k.place, t[i].want == CHOICE_CHOSEN);
    }
}

/* five agencies, the places they get */
static void places_go_by_rating_then_by_the_share_of_capacity_then_by_pending_then_by_number(void **state)
{
    (void)state;
    static const struct { const char *says; struct { int64_t rating, running, pending, capacity; } is[5]; int most, want[5]; } t[] = {
        {"rating", {{9000, 0, 0, 10}, {9500, 0, 0, 10}, {8000, 0, 0, 10}, {9999, 0, 0, 10}, {100, 0, 0, 10}}, 3, {3, 2, 0, 1, 0}},
        {"no rating stands in the middle", {{RATING_NEUTRAL + 1, 0, 0, 10}, {-1, 0, 0, 10}, {RATING_NEUTRAL - 1, 0, 0, 10}, {RATING_NEUTRAL, 1, 0, 10}, {0, 0, 0, 10}}, 3, {1, 2, 0, 3, 0}},
        {"share, exactly: 1/3 before 34/100", {{-1, 34, 0, 100}, {-1, 1, 0, 3}, {-1, 33, 0, 100}, {-1, 5, 0, 10}, {-1, 9, 0, 10}}, 3, {3, 2, 1, 0, 0}},
        {"fewer pending at the same share", {{-1, 1, 2, 10}, {-1, 3, 0, 10}, {-1, 2, 1, 10}, {-1, 9, 0, 10}, {-1, 9, 0, 10}}, 3, {3, 1, 2, 0, 0}},
        {"then the number", {{-1, 0, 0, 5}, {-1, 0, 0, 5}, {-1, 0, 0, 5}, {-1, 0, 0, 5}, {-1, 0, 0, 5}}, 3, {1, 2, 3, 0, 0}},
        {"the next one only", {{9000, 0, 0, 10}, {9500, 10, 0, 10}, {8000, 0, 0, 10}, {-1, 0, 0, 10}, {-1, 0, 0, 10}}, 1, {1, 0, 0, 0, 0}},
        {"none", {{9000, 0, 0, 10}, {-1, 0, 0, 10}, {-1, 0, 0, 10}, {-1, 0, 0, 10}, {-1, 0, 0, 10}}, 0, {0, 0, 0, 0, 0}},
    };
    for (int i = 0; i < countof(t); i++) {
        candidate all[5];
        for (int k = 0; k < 5; k++)
            all[k] = (candidate){.agency = k + 1, .is_active = true, .is_offered = true, .rating = t[i].is[k].rating, .running = t[i].is[k].running,
                                 .pending = t[i].is[k].pending, .capacity = t[i].is[k].capacity};
        choice_make(all, 5, t[i].most);
        for (int k = 0; k < 5; k++)
            if (all[k].place != t[i].want[k]) fail_msg("%s: agency %d has place %d, not %d", t[i].says, k + 1, all[k].place, t[i].want[k]);
    }
}

static void a_need_never_goes_to_more_than_three_and_the_order_of_the_rows_does_not_matter(void **state)
{
    (void)state;
    candidate all[200];
    for (int turn = 0; turn < 50; turn++) {
        int chosen = 0;
        for (int i = 0; i < 200; i++) {
            int64_t k = (i * 7 + turn * 13) % 200; /* the same 200 in another order each time */
            all[i] = (candidate){.agency = k + 1, .is_active = true, .is_offered = true, .capacity = 10, .running = k * 31 % 10, .rating = k * 37 % 9000};
        }
        choice_make(all, 200, NEED_AGENCIES_MOST);
        int64_t first = 0;
        for (int i = 0; i < 200; i++) {
            chosen += all[i].place > 0;
            if (all[i].place == 1) first = all[i].agency;
        }
        assert_int_equal(chosen, 3);
        assert_int_equal(first, 200); /* 199·37 = 7363 is the highest rating of them */
    }
}

static void every_reason_has_words_with_its_figures(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 1 << 20, NULL, NULL);
    ctx c = {.a = &a, .lang = LANG_EN};
    candidate k = {.agency = 1, FIT, .running = 2, .pending = 1};
    choice_make(&k, 1, 3);
    str says = choice_words(&c, &k);
    assert_true(str_find(says, S("not rated yet")) >= 0 && str_find(says, S("3 of 10 places taken")) >= 0);
    k.rating = 9205;
    assert_true(str_find(choice_words(&c, &k), S("rated 92.05 of 100")) >= 0);
    for (int i = 0; i <= CHOICE_CHOSEN; i++) {
        k.reason = (choice_reason)i;
        assert_true(choice_words(&c, &k).n > 10);
        assert_int_equal(choice_reason_of(str_of(choice_reason_code[i])), i);
    }
    assert_int_equal(choice_reason_of(S("whatever")), -1);
    arena_done(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fact_that_stands_against_an_agency_is_told_as_the_reason),
        cmocka_unit_test(places_go_by_rating_then_by_the_share_of_capacity_then_by_pending_then_by_number),
        cmocka_unit_test(a_need_never_goes_to_more_than_three_and_the_order_of_the_rows_does_not_matter),
        cmocka_unit_test(every_reason_has_words_with_its_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
