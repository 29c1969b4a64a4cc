/* SPDX-License-Identifier: Apache-2.0 */
/* view_test.c: the tree that pages show, and structs into it and back. */
#include "base/base.h"

#include <setjmp.h>
#include <cmocka.h>

static arena a;
static int begin(void **state) { (void)state; arena_init(&a, 8 << 20, NULL, NULL); return 0; }
static int end(void **state) { (void)state; arena_done(&a); return 0; }

/* ---- views ----------------------------------------------------------------------------------- */

static void values_keep_their_kind_and_order(void **state)
{
    (void)state;
    view *m = view_map(&a);
    view_text(m, S("name"), S("甲"));
    view_int(m, S("n"), 7);
    view_bool(m, S("yes"), true);
    view_fen(m, S("amount_fen"), 1234500);
    view_day(m, S("due_day"), 17840);
    view_day(m, S("no_day"), 0);
    view_time(m, S("made_at"), 5);
    view_time(m, S("never_at"), 0);
    view_code(m, S("role"), S("bureau"), S("科技创新局"));
    static const struct { const char *name; view_kind kind; int64_t i; } t[] = {
        {"name", V_TEXT, 0}, {"n", V_INT, 7}, {"yes", V_BOOL, 1}, {"amount_fen", V_FEN, 1234500},
        {"due_day", V_DAY, 17840}, {"no_day", V_NULL, 0}, {"made_at", V_TIME, 5},
        {"never_at", V_NULL, 0}, {"role", V_CODE, 0},
    };
    assert_int_equal(m->n, countof(t));
    const view *v = m->first;
    for (int i = 0; i < countof(t); i++, v = v->next) {
        assert_true(str_eqz(v->name, t[i].name));
        assert_int_equal(v->kind, t[i].kind);
        if (v->kind != V_TEXT && v->kind != V_CODE) assert_int_equal(v->i, t[i].i);
    }
    assert_null(v);
    assert_true(str_eq(view_get(m, S("role"))->label, S("科技创新局")));
}

static void what_is_absent_or_of_another_kind_has_a_stand_in(void **state)
{
    (void)state;
    view *m = view_map(&a);
    view_text(m, S("t"), S("x"));
    view_code(m, S("c"), S("code"), S("label"));
    view_fen(m, S("f"), 5);
    view_day(m, S("d"), 0);
    assert_true(str_eq(view_get_text(m, S("t")), S("x")));
    assert_true(str_eq(view_get_text(m, S("c")), S("code")));
    assert_int_equal(view_get_text(m, S("f")).n, 0);
    assert_int_equal(view_get_text(m, S("none")).n, 0);
    assert_int_equal(view_get_int(m, S("f"), -1), 5);
    assert_int_equal(view_get_int(m, S("t"), -1), -1);
    assert_int_equal(view_get_int(m, S("d"), -1), -1);
    assert_int_equal(view_get_int(m, S("none"), -1), -1);
    assert_null(view_get(view_get(m, S("t")), S("x")));
    assert_null(view_get(NULL, S("x")));
}

static void a_second_of_the_name_takes_the_firsts_place(void **state)
{
    (void)state;
    static const char *const which[] = {"first", "middle", "last"};
    for (int adopt = 0; adopt < 2; adopt++)
        for (int i = 0; i < countof(which); i++) {
            view *m = view_map(&a);
            for (int k = 0; k < countof(which); k++) view_int(m, str_of(which[k]), k);
            view *child;
            if (adopt) view_adopt(m, str_of(which[i]), child = view_list(&a));
            else child = view_put_list(m, str_of(which[i]));
            view_add(child, V_INT)->i = 9;
            assert_int_equal(m->n, 3);
            const view *v = m->first;
            for (int k = 0; k < countof(which); k++, v = v->next) {
                assert_true(str_eqz(v->name, which[k]));
                assert_int_equal(v->kind, k == i ? V_LIST : V_INT);
            }
            assert_null(v);
            assert_int_equal(view_get(m, str_of(which[i]))->first->i, 9);
            view_int(m, S("after"), 4); /* the end is still the end */
            assert_int_equal(m->n, 4);
            assert_int_equal(view_get_int(m, S("after"), 0), 4);
        }
}

static void trees_stand_inside_trees(void **state)
{
    (void)state;
    view *m = view_map(&a), *items = view_put_list(m, S("items"));
    for (int i = 0; i < 3; i++) {
        view *row = view_add_map(items);
        view_int(row, S("id"), i);
        view_add(view_put_list(row, S("tags")), V_TEXT)->s = S("x");
    }
    view_add(view_add_list(items), V_NULL);
    view *later = view_list(&a);
    view_adopt(m, S("later"), later);
    view_add_map(later); /* an adopted tree may still grow */
    assert_int_equal(items->n, 4);
    assert_int_equal(view_get_int(items->first->next, S("id"), -1), 1);
    assert_int_equal(view_get(m, S("later"))->n, 1);
    assert_true(view_put_map(m, S("map"))->kind == V_MAP);
}

static void a_copy_stands_without_the_original(void **state)
{
    (void)state;
    arena first;
    arena_init(&first, 1 << 20, NULL, NULL);
    view *m = view_map(&first);
    view_code(m, S("role"), str_dup(&first, S("bureau")), str_dup(&first, S("科技创新局")));
    view_fen(m, str_dup(&first, S("amount_fen")), 5);
    view *items = view_put_list(m, S("items"));
    view_text(view_add_map(items), S("t"), str_dup(&first, S("x")));
    view_add(items, V_NULL);
    view *own = view_copy(&a, m), *part = view_copy(&a, m->first);
    arena_done(&first);

    assert_int_equal(own->n, 3);
    assert_true(str_eq(view_get_text(own, S("role")), S("bureau")));
    assert_true(str_eq(view_get(own, S("role"))->label, S("科技创新局")));
    assert_int_equal(view_get_int(own, S("amount_fen"), 0), 5);
    const view *list_of = view_get(own, S("items"));
    assert_int_equal(list_of->n, 2);
    assert_true(str_eq(view_get_text(list_of->first, S("t")), S("x")));
    view_adopt(own, S("again"), part); /* a copy of one among others has no next */
    assert_int_equal(own->n, 4);
    assert_int_equal(view_copy(&a, NULL)->kind, V_NULL);
}

/* ---- shapes ---------------------------------------------------------------------------------- */

typedef struct line { int64_t id, amount_fen; str what; } line;
static const field line_fields[] = {
    FIELD(line, id, F_ID), FIELD(line, amount_fen, F_FEN), FIELD(line, what, F_TEXT),
};
static const shape line_shape = {"line", line_fields, countof(line_fields), sizeof(line)};

typedef struct thing {
    int64_t count, id, file, amount_fen, due_day, made_at;
    bool is_open;
    str name, note, state, password, bytes;
    list lines;
} thing;
static const field thing_fields[] = {
    FIELD(thing, count, F_INT), FIELD(thing, id, F_ID, .flags = F_RESULT),
    FIELD(thing, file, F_FILE),
    FIELD(thing, amount_fen, F_FEN), FIELD(thing, due_day, F_DAY), FIELD(thing, made_at, F_TIME),
    FIELD(thing, is_open, F_BOOL), FIELD(thing, name, F_TEXT), FIELD(thing, note, F_LINES),
    FIELD(thing, state, F_CODE), FIELD(thing, password, F_SECRET), FIELD(thing, bytes, F_BLOB),
    FIELD(thing, lines, F_LIST, .of = &line_shape),
};
static const shape thing_shape = {"thing", thing_fields, countof(thing_fields), sizeof(thing)};

static void a_field_is_found_by_its_name(void **state)
{
    (void)state;
    assert_ptr_equal(shape_field(&thing_shape, S("due_day")), &thing_fields[4]);
    assert_null(shape_field(&thing_shape, S("due")));
    assert_null(shape_field(&thing_shape, S("")));
}

static void a_struct_comes_back_out_of_its_tree(void **state)
{
    (void)state;
    line lines[] = {{1, 100, S("a")}, {2, -200, S("乙")}};
    const thing in = {
        .count = -3, .id = 7, .file = 8, .amount_fen = INT64_MAX, .due_day = 17840,
        .made_at = 1541399400000000, .is_open = true, .name = S("甲"), .note = S("一\n二"),
        .state = S("open"),
        .password = S("secret"), .bytes = S("\x00\xff\x01"), .lines = {lines, 2},
    };
    view *m = view_map(&a);
    shape_view(&thing_shape, &in, m);
    assert_null(view_get(m, S("password"))); /* never shown, never logged */
    assert_int_equal(view_get(m, S("due_day"))->kind, V_DAY);
    assert_int_equal(view_get(m, S("amount_fen"))->kind, V_FEN);
    assert_int_equal(view_get(m, S("made_at"))->kind, V_TIME);
    assert_true(str_eq(view_get_text(m, S("bytes")), S("AP8B")));

    thing out = {0};
    err e = shape_read(&a, &thing_shape, m, &out);
    assert_int_equal(e.kind, OK);
    assert_int_equal(out.count, in.count);
    assert_int_equal(out.id, in.id);
    assert_int_equal(out.file, in.file);
    assert_int_equal(out.amount_fen, in.amount_fen);
    assert_int_equal(out.due_day, in.due_day);
    assert_int_equal(out.made_at, in.made_at);
    assert_true(out.is_open);
    assert_true(str_eq(out.name, in.name) && str_eq(out.note, in.note));
    assert_true(str_eq(out.state, in.state));
    assert_int_equal(out.password.n, 0);
    assert_true(str_eq(out.bytes, in.bytes));
    assert_int_equal(out.lines.n, 2);
    assert_int_equal(((line *)out.lines.items)[1].amount_fen, -200);
    assert_true(str_eq(((line *)out.lines.items)[1].what, S("乙")));
}

static void an_empty_struct_has_nulls_for_days_and_instants(void **state)
{
    (void)state;
    thing none = {0}, out = {.due_day = 5, .made_at = 5, .name = S("before"), .lines = {NULL, 3}};
    view *m = view_map(&a);
    shape_view(&thing_shape, &none, m);
    assert_int_equal(view_get(m, S("due_day"))->kind, V_NULL);
    assert_int_equal(view_get(m, S("made_at"))->kind, V_NULL);
    err e = shape_read(&a, &thing_shape, m, &out);
    assert_int_equal(e.kind, OK);
    assert_int_equal(out.due_day, 0);
    assert_int_equal(out.made_at, 0);
    assert_int_equal(out.name.n, 0);
    assert_int_equal(out.lines.n, 0);
}

static void what_is_absent_leaves_the_struct_as_it_was(void **state)
{
    (void)state;
    thing out = {.id = 4, .name = S("before"), .count = 1};
    view *m = view_map(&a);
    view_int(m, S("count"), 2);
    view_int(m, S("unknown"), 3);
    view_put(m, S("name"), V_NULL);
    err e = shape_read(&a, &thing_shape, m, &out);
    assert_int_equal(e.kind, OK);
    assert_int_equal(out.id, 4);
    assert_int_equal(out.count, 2);
    assert_int_equal(out.name.n, 0);
}

static void json_days_and_instants_are_read(void **state)
{
    (void)state;
    static const struct { const char *name, *text; bool ok; int64_t want; } t[] = {
        {"due_day", "2018-11-05", true, 17840}, {"due_day", "1970-01-02", true, 1},
        {"due_day", "", true, 0}, {"due_day", "2018-11-31", false, 0}, {"due_day", "5", false, 0},
        {"made_at", "2018-11-05T06:30:00Z", true, 1541399400000000},
        {"made_at", "", true, 0}, {"made_at", "yesterday", false, 0},
    };
    for (int i = 0; i < countof(t); i++) {
        view *m = view_map(&a);
        view_text(m, str_of(t[i].name), str_of(t[i].text));
        thing out = {0};
        err e = shape_read(&a, &thing_shape, m, &out);
        if ((e.kind == OK) != t[i].ok) fail_msg("%s", t[i].text);
        if (e.kind) assert_string_equal(e.field, t[i].name);
        else assert_int_equal(out.due_day + out.made_at, t[i].want);
    }
    view *m = view_map(&a);
    view_int(m, S("made_at"), 12345);
    view_text(m, S("password"), S("sesame"));
    view_int(m, S("is_open"), 1);
    view_code(m, S("state"), S("open"), S("开放"));
    thing out = {0};
    err e = shape_read(&a, &thing_shape, m, &out);
    assert_int_equal(e.kind, OK);
    assert_int_equal(out.made_at, 12345);
    assert_true(out.is_open);
    assert_true(str_eq(out.password, S("sesame")) && str_eq(out.state, S("open")));
}

static void a_wrong_kind_names_its_field(void **state)
{
    (void)state;
    static const struct { const char *name; view_kind kind; const char *why; } t[] = {
        {"count", V_TEXT, "A whole number is expected here."},
        {"count", V_FEN, "A whole number is expected here."},
        {"id", V_BOOL, "A whole number is expected here."},
        {"amount_fen", V_TEXT, "A whole number of fen is expected here."},
        {"due_day", V_INT, "A day such as 2018-11-05 is expected here."},
        {"made_at", V_BOOL, "An instant such as 2018-11-05T06:30:00Z is expected here."},
        {"is_open", V_TEXT, "True or false is expected here."},
        {"name", V_INT, "A text is expected here."},
        {"password", V_LIST, "A text is expected here."},
        {"bytes", V_MAP, "A text is expected here."},
        {"lines", V_MAP, "A list is expected here."},
    };
    for (int i = 0; i < countof(t); i++) {
        view *m = view_map(&a);
        view_put(m, str_of(t[i].name), t[i].kind);
        thing out = {0};
        err e = shape_read(&a, &thing_shape, m, &out);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_string_equal(e.field, t[i].name);
        assert_string_equal(e.text, t[i].why);
    }
    thing out = {0};
    assert_int_equal(shape_read(&a, &thing_shape, view_list(&a), &out).kind, ERR_INPUT);
}

static void a_wrong_line_names_its_place(void **state)
{
    (void)state;
    view *m = view_map(&a), *lines = view_put_list(m, S("lines"));
    view_fen(view_add_map(lines), S("amount_fen"), 1);
    view_text(view_add_map(lines), S("amount_fen"), S("1"));
    thing out = {0};
    err e = shape_read(&a, &thing_shape, m, &out);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_string_equal(e.field, "lines.1.amount_fen");

    m = view_map(&a);
    view_add(view_put_list(m, S("lines")), V_INT);
    e = shape_read(&a, &thing_shape, m, &out);
    assert_int_equal(e.kind, ERR_INPUT);
    assert_string_equal(e.field, "lines");
}

static void bytes_travel_as_base64(void **state)
{
    (void)state;
    static const struct { const char *text; bool ok; const char *bytes; } t[] = { /* RFC 4648, 10 */
        {"", true, ""}, {"Zg==", true, "f"}, {"Zm8=", true, "fo"}, {"Zm9v", true, "foo"},
        {"Zm9vYg==", true, "foob"}, {"Zm9vYmE=", true, "fooba"}, {"Zm9vYmFy", true, "foobar"},
        {"/+8=", true, "\xff\xef"},
        {"Zg", false, ""}, {"Zg=", false, ""}, {"Zh==", false, ""}, {"Zm9=", false, ""},
        {"Z===", false, ""}, {"====", false, ""}, {"Zm 9", false, ""}, {"_-8=", false, ""},
        {"=Zm8", false, ""},
    };
    for (int i = 0; i < countof(t); i++) {
        view *m = view_map(&a);
        view_text(m, S("bytes"), str_of(t[i].text));
        thing out = {0};
        err e = shape_read(&a, &thing_shape, m, &out);
        if ((e.kind == OK) != t[i].ok) fail_msg("%s", t[i].text);
        if (e.kind) {
            assert_string_equal(e.text, "Bytes written as base64 are expected here.");
            continue;
        }
        assert_true(str_eqz(out.bytes, t[i].bytes));
        view *again = view_map(&a);
        shape_view(&thing_shape, &out, again);
        assert_true(str_eqz(view_get_text(again, S("bytes")), t[i].text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_keep_their_kind_and_order),
        cmocka_unit_test(what_is_absent_or_of_another_kind_has_a_stand_in),
        cmocka_unit_test(a_second_of_the_name_takes_the_firsts_place),
        cmocka_unit_test(trees_stand_inside_trees),
        cmocka_unit_test(a_copy_stands_without_the_original),
        cmocka_unit_test(a_field_is_found_by_its_name),
        cmocka_unit_test(a_struct_comes_back_out_of_its_tree),
        cmocka_unit_test(an_empty_struct_has_nulls_for_days_and_instants),
        cmocka_unit_test(what_is_absent_leaves_the_struct_as_it_was),
        cmocka_unit_test(json_days_and_instants_are_read),
        cmocka_unit_test(a_wrong_kind_names_its_field),
        cmocka_unit_test(a_wrong_line_names_its_place),
        cmocka_unit_test(bytes_travel_as_base64),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
