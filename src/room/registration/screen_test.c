/* SPDX-License-Identifier: Apache-2.0 */
/* screen_test.c: the built-in rules against business scopes that were labelled by hand, and rules that are wrong. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>

#include "format/csv.h"
#include "room/registration/screen.h"

/* Per cent; what the built-in rules must reach on test/screening/scopes.csv. */
enum { PRECISION = 95, RECALL = 93, LABELLED = 300 };

static arena a;
static int begin(void **state) { (void)state; return arena_init(&a, (size)64 << 20, NULL, NULL), 0; }
static int end(void **state) { (void)state; return arena_done(&a), 0; }

static const screening *built_in(void)
{
    screening *s;
    err e = screening_load(&a, screening_built_in(), &s);
    if (e.kind) fail_msg("%s %.*s", e.text, SA(e.arg[0]));
    return s;
}

static mark ask(const screening *s, const char *name, const char *scope, const char *industry)
{
    mark m;
    screening_ask(&a, s, &(screened){str_of(name), str_of(scope), str_of(industry)}, &m);
    return m;
}

static str labelled(void)
{
    FILE *f = fopen("test/screening/scopes.csv", "rb");
    assert_non_null(f);
    char *p = new_n(&a, char, 1 << 20);
    size n = (size)fread(p, 1, 1 << 20, f);
    fclose(f);
    return (str){p, n};
}

static void precision_and_recall_on_labelled_scopes(void **state)
{
    (void)state;
    const screening *s = built_in();
    int hit = 0, missed = 0, wrong = 0, right = 0, n;
    str cells[4];
    csv_reader r;
    csv_open(&r, &a, labelled());
    assert_int_equal(csv_read_row(&r, cells, 4, &n).kind, OK);
    while (!csv_read_row(&r, cells, 4, &n).kind && n) {
        mark m;
        screening_ask(&a, s, &(screened){cells[1], cells[2], (str){0}}, &m);
        bool is = str_eqz(cells[0], "1"), says = m.class.n > 0;
        hit += is && says, missed += is && !says, wrong += !is && says, right += !is && !says;
        if (is != says) print_message("%s (%d: %.*s) %.*s\n", is ? "missed" : "wrong ", (int)m.score, SA(m.words), SA(cells[2]));
    }
    int precision = hit * 100 / (hit + wrong), recall = hit * 100 / (hit + missed);
    print_message("screening: %d scopes, %d found, %d missed, %d wrong, %d rightly left: precision %d %%, recall %d %%\n",
                  hit + missed + wrong + right, hit, missed, wrong, right, precision, recall);
    assert_true(hit + missed + wrong + right >= LABELLED);
    assert_true(precision >= PRECISION);
    assert_true(recall >= RECALL);
}

static void a_mark_names_its_class_and_the_words_that_led_to_it(void **state)
{
    (void)state;
    const screening *s = built_in();
    const struct { const char *name, *scope, *industry, *class, *words; } t[] = {
        {"", "计算机软件开发；餐饮服务", "", "electronics", "软件开发 +8"},
        {"", "软件开发（不含餐饮服务）", "", "electronics", "软件开发 +8"},
        {"", "软件开发；餐饮服务；住宿", "", "", "餐饮服务 -2"},
        {"", "软件开发；软件开发；软件开发", "", "electronics", "软件开发 +8"},       /* once */
        {"", "无人机研发", "", "aerospace", "无人机研发 +7"},
        {"", "航空零部件制造、研发；特种合金铸造；技术开发", "", "aerospace", "技术开发 +5"},   /* words for any field choose none */
        {"", "技术开发；技术服务", "", "services", "技术开发 +5"},
        {"", "", "I6510", "electronics", "65 +10"},
        {"", "", "7320", "services", "73 +9"},
        {"", "技术服务", "F5171", "", "51 -5"},
        {"", "（不含", "", "", ""},
        {"", "代理发行金融债券；软件开发", "", "electronics", "代理发行 +0、软件开发 +8"}, /* no barber */
        {"", "", "", "", ""},
    };
    for (int i = 0; i < countof(t); i++) {
        mark m = ask(s, t[i].name, t[i].scope, t[i].industry);
        if (!str_eqz(m.class, t[i].class) || str_find(m.words, str_of(t[i].words)) < 0)
            fail_msg("row %d: %.*s by %.*s", i, SA(m.class), SA(m.words));
    }
}

static void a_word_inside_a_longer_one_does_not_count(void **state)
{
    (void)state;
    mark m = ask(built_in(), "", "无人机研发", "");
    assert_int_equal(m.score, 7);
    assert_true(str_eqz(m.words, "无人机研发 +7"));
}

static void wrong_rules_are_refused_with_their_line(void **state)
{
    (void)state;
    const struct { const char *rules, *line, *text; } t[] = {
        {"kind,text,class,weight\nword,软件,electronics,3\n", "2", "kind"},
        {"kind,text,class,weight\nscope,软件,electronics,3\nscope,硬件,gadgets,3\n", "3", "class"},
        {"kind,text,class,weight\nscope,软件,,3\n", "2", "class"},
        {"kind,text,class,weight\nscope,软件,electronics,many\n", "2", "weight"},
        {"kind,text,class,weight\nscope,,electronics,3\n", "2", "word is missing"},
        {"kind,text,class,weight,example\nscope,软件,electronics,3,硬件\n", "2", "example"},
        {"kind,text,class,weight\n", "", "no rules"},
    };
    for (int i = 0; i < countof(t); i++) {
        screening *s;
        err e = screening_load(&a, str_of(t[i].rules), &s);
        if (e.kind != ERR_INPUT || !str_eqz(e.arg[0], t[i].line) || !strstr(e.text, t[i].text)) fail_msg("row %d: %s", i, e.text ? e.text : "taken");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(precision_and_recall_on_labelled_scopes, begin, end),
        cmocka_unit_test_setup_teardown(a_mark_names_its_class_and_the_words_that_led_to_it, begin, end),
        cmocka_unit_test_setup_teardown(a_word_inside_a_longer_one_does_not_count, begin, end),
        cmocka_unit_test_setup_teardown(wrong_rules_are_refused_with_their_line, begin, end),
    };
    return cmocka_run_group_tests_name("registration screening", tests, NULL, NULL);
}
