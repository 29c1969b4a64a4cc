/* SPDX-License-Identifier: Apache-2.0 */
/* amount_test.c: rules of policies, what they pay and why. */
#include "base/vectors_test.h"

#include "base/amount.h"
#include "base/money.h"

/* A map out of "name=value name=value": a number is one, "true" too, anything else is text. */
static void fill(view *map, str spec)
{
    str word;
    for (; str_split(&spec, ' ', &word);) {
        str name = {0};
        int64_t n;
        str_split(&word, '=', &name);
        if (str_int(word, &n)) view_int(map, name, n);
        else if (str_eqz(word, "true")) view_bool(map, name, true);
        else view_text(map, name, word);
    }
}

/* "kind=table by=base; at_least_fen=0 fen=5; …": the rows after semicolons. */
static view *rule_of(const char *spec)
{
    str rest = str_of(spec), part = {0};
    view *map = view_map(&a), *rows = NULL;
    str_split(&rest, ';', &part);
    fill(map, part);
    while (str_split(&rest, ';', &part)) {
        if (!rows) rows = view_put_list(map, S("rows"));
        fill(view_add_map(rows), str_trim(part));
    }
    return map;
}

static const char table[] = "kind=table by=grade; code=national label=国家级 en=National fen=300; "
                            "code=city label=市级 fen=100";
static const char bands[] = "kind=table by=base; at_least_fen=1000 fen=10; "
                            "at_least_fen=5000 fen=70";

static void a_rule_pays_what_it_says(void **state)
{
    static const struct {
        const char *rule;
        int64_t quantity, base;
        const char *grade;
        int64_t want;
        const char *why;
    } t[] = {
        {"kind=fixed fen=20000000", 3, 0, "", 20000000, "fixed: ¥200,000.00"},
        {"kind=fixed fen=0", 1, 0, "", 0, "fixed: ¥0.00"},
        {"kind=per_item each_fen=300 most=2", 5, 0, "", 600, "¥3.00 for each of 2"},
        {"kind=per_item each_fen=300 most=2", 1, 0, "", 300, "¥3.00 for each of 1"},
        {"kind=per_item each_fen=300", 5, 0, "", 1500, "¥3.00 for each of 5"},
        {"kind=rate rate_bp=5000 cap_fen=1000", 1, 1900, "", 950, "50 % of ¥19.00, at most ¥10.00"},
        {"kind=rate rate_bp=5000 cap_fen=1000", 1, 2100, "", 1000,
         "50 % of ¥21.00, at most ¥10.00"},
        {"kind=rate rate_bp=3333 cap_fen=100000", 1, 10001, "", 3333, /* rounds down */
         "33.33 % of ¥100.01, at most ¥1,000.00"},
        {"kind=rate rate_bp=3350 cap_fen=100000", 1, 100, "", 33,
         "33.5 % of ¥1.00, at most ¥1,000.00"},
        {"kind=rate rate_bp=1005 cap_fen=100000", 1, 1, "", 0,
         "10.05 % of ¥0.01, at most ¥1,000.00"},
        /* a large base at a small rate does not jump to the cap */
        {"kind=rate rate_bp=1 cap_fen=9000000000000000", 1, 9000000000000000, "", 900000000000,
         "0.01 % of ¥90,000,000,000,000.00, at most ¥90,000,000,000,000.00"},
        {"kind=rate rate_bp=10000 cap_fen=9000000000000000", 1, INT64_MAX, "", FEN_MAX,
         "100 % of ¥92,233,720,368,547,758.07, at most ¥90,000,000,000,000.00"},
        {table, 1, 0, "national", 300, "National: ¥3.00"},
        {table, 1, 0, "city", 100, "市级: ¥1.00"},
        {bands, 1, 1000, "", 10, "an amount of ¥10.00, from ¥10.00 on: ¥0.10"},
        {bands, 1, 4999, "", 10, "an amount of ¥49.99, from ¥10.00 on: ¥0.10"},
        {bands, 1, 5000, "", 70, "an amount of ¥50.00, from ¥50.00 on: ¥0.70"},
        {bands, 1, INT64_MAX, "", 70,
         "an amount of ¥92,233,720,368,547,758.07, from ¥50.00 on: ¥0.70"},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        amount_rule r;
        int64_t out;
        str why;
        assert_int_equal(amount_rule_read(&a, rule_of(t[i].rule), &r).kind, OK);
        assert_int_equal(amount_compute(&a, &r, t[i].quantity, t[i].base, str_of(t[i].grade),
                                        LANG_EN, &out, &why).kind, OK);
        assert_int_equal(out, t[i].want);
        same(why, t[i].why);
    }
}

static void what_a_rule_cannot_pay_is_refused_at_its_field(void **state)
{
    static const struct {
        const char *rule;
        int64_t quantity, base;
        const char *grade, *field, *text;
    } t[] = {
        {"kind=fixed fen=5", 0, 0, "", "quantity", "The quantity is at least 1."},
        {"kind=fixed fen=5", -3, 0, "", "quantity", "The quantity is at least 1."},
        {"kind=per_item each_fen=9000000000000000", 2, 0, "", "quantity",
         "The quantity is too large."},
        {"kind=per_item each_fen=2", INT64_MAX, 0, "", "quantity", "The quantity is too large."},
        {"kind=rate rate_bp=5000 cap_fen=1000", 1, 0, "", "base_fen",
         "The policy pays by an amount: give the amount it is reckoned from."},
        {"kind=rate rate_bp=5000 cap_fen=1000", 1, -100, "", "base_fen",
         "The policy pays by an amount: give the amount it is reckoned from."},
        {bands, 1, 0, "", "base_fen",
         "The policy pays by an amount: give the amount it is reckoned from."},
        {bands, 1, 999, "", "base_fen", "The policy pays for amounts from ¥10.00 on."},
        {table, 1, 0, "", "grade", "Choose the grade that the policy pays by."},
        {table, 1, 0, "province", "grade", "Choose the grade that the policy pays by."},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        amount_rule r;
        int64_t out;
        str why;
        assert_int_equal(amount_rule_read(&a, rule_of(t[i].rule), &r).kind, OK);
        err e = amount_compute(&a, &r, t[i].quantity, t[i].base, str_of(t[i].grade), LANG_EN, &out,
                               &why);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.field, t[i].field);
        same(err_text(&a, e, str_of(e.text)), t[i].text);
    }
}

static void a_wrong_rule_is_refused_with_the_reason(void **state)
{
    static const struct { const char *rule, *text; } t[] = {
        {"", "The kind of a rule is fixed, per_item, rate or table."},
        {"kind=gift fen=5", "The kind of a rule is fixed, per_item, rate or table."},
        {"kind=5", "The kind of a rule is fixed, per_item, rate or table."},
        {"kind=fixed", "A fixed rule names its fen."},
        {"kind=fixed fen=-1", "A fixed rule names its fen."},
        {"kind=fixed fen=true", "A fixed rule names its fen."},
        {"kind=fixed fen=12.5", "A fixed rule names its fen."},
        {"kind=fixed fen=9000000000000001", "A fixed rule names its fen."},
        {"kind=per_item fen=5", "A rule per item names each_fen."},
        {"kind=per_item each_fen=5 most=ten", /* else there would be no limit */
         "The most of a rule per item is a number, 0 or above."},
        {"kind=per_item each_fen=5 most=-1",
         "The most of a rule per item is a number, 0 or above."},
        {"kind=rate rate_bp=5000", "A rate names rate_bp from 1 to 10000 and cap_fen."},
        {"kind=rate cap_fen=5", "A rate names rate_bp from 1 to 10000 and cap_fen."},
        {"kind=rate rate_bp=10001 cap_fen=5", "A rate names rate_bp from 1 to 10000 and cap_fen."},
        {"kind=table", "A table rule has 1 to 24 rows."},
        {"kind=table rows=5", "A table rule has 1 to 24 rows."},
        {"kind=table by=moon; code=x fen=5", "A table goes by grade or by base."},
        {"kind=table by=3; code=x fen=5", "A table goes by grade or by base."},
        {"kind=table; code=x", "A row of a table rule has its fen."},
        {"kind=table; fen=5", "Each row of a table by grade has a code of its own."},
        {"kind=table; code=x fen=5; code=x fen=6",
         "Each row of a table by grade has a code of its own."},
        {"kind=table by=base; fen=5", "The rows of a table by amount rise in at_least_fen."},
        {"kind=table by=base; at_least_fen=7 fen=5; at_least_fen=7 fen=6",
         "The rows of a table by amount rise in at_least_fen."},
    };
    (void)state;
    amount_rule r;
    for (int i = 0; i < countof(t); i++) {
        err e = amount_rule_read(&a, rule_of(t[i].rule), &r);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.text, t[i].text);
    }
    assert_string_equal(amount_rule_read(&a, view_list(&a), &r).text,
                        "A rule is a JSON object with a kind.");
    assert_string_equal(amount_rule_read(&a, NULL, &r).text,
                        "A rule is a JSON object with a kind.");
}

static void a_table_takes_as_many_rows_as_it_may(void **state)
{
    (void)state;
    for (int n = AMOUNT_ROWS_MAX; n <= AMOUNT_ROWS_MAX + 1; n++) {
        view *map = rule_of("kind=table by=base"), *rows = view_put_list(map, S("rows"));
        for (int i = 0; i < n; i++) {
            view *row = view_add_map(rows);
            view_int(row, S("at_least_fen"), i);
            view_int(row, S("fen"), i);
        }
        amount_rule r;
        assert_int_equal(amount_rule_read(&a, map, &r).kind, n > AMOUNT_ROWS_MAX ? ERR_INPUT : OK);
    }
}

static void the_most_of_a_rule_bounds_all_it_pays(void **state)
{
    static const struct { const char *rule; int64_t quantity, most; bool base; int grades; } t[] = {
        {"kind=fixed fen=5", 9, 5, false, 0},
        {"kind=per_item each_fen=5", 9, 45, false, 0},
        {"kind=per_item each_fen=5 most=3", 9, 15, false, 0},
        {"kind=rate rate_bp=1 cap_fen=77", 9, 77, true, 0},
        {table, 9, 300, false, 2},
        {bands, 9, 70, true, 0},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        amount_rule r;
        int64_t most;
        view *grades = view_list(&a);
        assert_int_equal(amount_rule_read(&a, rule_of(t[i].rule), &r).kind, OK);
        assert_int_equal(amount_most(&r, t[i].quantity, &most).kind, OK);
        assert_int_equal(most, t[i].most);
        assert_int_equal(amount_wants_base(&r), t[i].base);
        amount_grades(&r, LANG_EN, grades);
        assert_int_equal(grades->n, t[i].grades);
        if (!grades->n) continue;
        same(view_get_text(grades->first, S("label")), "National");
        same(view_get_text(grades->last, S("label")), "市级"); /* no English: as it is */
    }
}

static void agency_and_enterprise_never_exceed_the_standard(void **state)
{
    static const struct { int64_t standard, agency, enterprise; const char *text; } t[] = {
        {100, 60, 40, NULL}, {100, 0, 0, NULL}, {0, 0, 0, NULL}, {FEN_MAX, FEN_MAX, 0, NULL},
        {100, 60, 41, "Subsidy ¥0.60 and reward ¥0.41 together exceed the policy's standard of "
                      "¥1.00."},
        {0, 1, 0, "Subsidy ¥0.01 and reward ¥0.00 together exceed the policy's standard of ¥0.00."},
        {INT64_MAX, FEN_MAX, 1, "Subsidy ¥90,000,000,000,000.00 and reward ¥0.01 together exceed "
                                "the policy's standard of ¥92,233,720,368,547,758.07."},
        {100, 160, -60, "Neither the subsidy nor the reward can be below 0."},
        {100, -1, 0, "Neither the subsidy nor the reward can be below 0."},
    };
    (void)state;
    for (int i = 0; i < countof(t); i++) {
        err e = amount_split_check(&a, t[i].standard, t[i].agency, t[i].enterprise);
        assert_int_equal(e.kind, t[i].text ? ERR_INPUT : OK);
        if (t[i].text) same(err_text(&a, e, str_of(e.text)), t[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_pays_what_it_says),
        cmocka_unit_test(what_a_rule_cannot_pay_is_refused_at_its_field),
        cmocka_unit_test(a_wrong_rule_is_refused_with_the_reason),
        cmocka_unit_test(a_table_takes_as_many_rows_as_it_may),
        cmocka_unit_test(the_most_of_a_rule_bounds_all_it_pays),
        cmocka_unit_test(agency_and_enterprise_never_exceed_the_standard),
    };
    arena_init(&a, (size)16 << 20, NULL, NULL);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_done(&a);
    return failed;
}
