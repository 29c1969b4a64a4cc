/* SPDX-License-Identifier: Apache-2.0 */
/* upload_test.c: a file cut off anywhere goes on there and arrives whole; what is refused says why; nothing stays half. */
#include "world.h"

#include <setjmp.h>
#include <stdio.h>

#include <cmocka.h>

#include "format/hash.h"
#include "room/document/upload.h"

static world w;

static int open_world(void **state)
{
    (void)state;
    world_begin(&w, "2018-11-05");
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    world_end(&w);
    return 0;
}

/* A PDF by its head, of so many bytes that do not repeat. */
static str pdf_of(arena *a, size n)
{
    char *p = new_n(a, char, n);
    uint32_t x = 7;
    for (size i = 0; i < n; i++) p[i] = (char)((x = x * 1664525u + 1013904223u) >> 24);
    memcpy(p, "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n", 15);
    return (str){p, n};
}

static str hash_of(arena *a, str bytes)
{
    uint8_t h[SHA256_BYTES];
    sha256(bytes, h);
    return hex_text(a, h, SHA256_BYTES);
}

static void begin_as(const char *who, const char *key, const char *name, int64_t bytes)
{
    err e = upload_begin(world_as(&w, who), str_of(key), str_of(name), bytes);
    if (e.kind) fail_msg("%s", e.text);
}

static void a_file_cut_off_goes_on_and_arrives_whole(void **state)
{
    (void)state;
    enum { BYTES = 3 << 20, PIECE = 700001 };
    str file = pdf_of(world_as(&w, "agency1")->a, BYTES);
    begin_as("agency1", "k1", "证明.pdf", BYTES);
    upload u = {0};
    for (int64_t at = 0; at < BYTES; at = u.taken) {
        ctx *c = world_as(&w, "agency1");
        assert_int_equal(upload_get(c, S("k1"), &u).kind, OK); /* a new connection asks how far it is */
        assert_int_equal(u.taken, at);
        assert_string_equal(str_z(c->a, u.state), "receiving");
        assert_int_equal(upload_append(c, S("k1"), at, str_head(str_from(file, at), PIECE), &u).kind, OK);
    }
    ctx *c = world_as(&w, "agency1");
    document d;
    assert_true(str_eqz(u.state, "accepted"));
    assert_int_equal(document_own(c, u.document, &d).kind, OK);
    assert_int_equal(d.bytes, BYTES);
    assert_true(str_eq(d.sha256, hash_of(c->a, file)));
    str read;
    assert_int_equal(document_read(c, u.document, &read).kind, OK);
    assert_true(str_eq(read, file));
    assert_int_equal(upload_append(c, S("k1"), BYTES, S("x"), &u).kind, ERR_CONFLICT);
}

static void a_piece_from_elsewhere_is_told_where_to_go_on(void **state)
{
    (void)state;
    upload u;
    begin_as("agency1", "k2", "a.pdf", 100);
    ctx *c = world_as(&w, "agency1");
    assert_int_equal(upload_append(c, S("k2"), 0, S("0123456789"), &u).kind, OK);
    static const int64_t elsewhere[] = {0, 5, 11, 100};
    for (int i = 0; i < countof(elsewhere); i++) {
        err e = upload_append(c, S("k2"), elsewhere[i], S("x"), &u);
        assert_int_equal(e.kind, ERR_CONFLICT);
        assert_true(str_eqz(e.arg[0], "10"));
    }
    char more[100] = {0};
    assert_string_equal(upload_append(c, S("k2"), 10, (str){more, 91}, &u).text, "More bytes came than the file has.");
    assert_int_equal(upload_get(c, S("k2"), &u).kind, OK);
    assert_int_equal(u.taken, 10);
}

static void what_name_and_size_tell_is_refused_at_once(void **state)
{
    (void)state;
    static const struct { const char *name; int64_t bytes; err_kind kind; const char *field, *says; } t[] = {
        {"a.pdf", 0, ERR_INPUT, "bytes", "The file is empty. Choose another."},
        {"a.pdf", UPLOAD_BYTES_MAX + 1, ERR_LARGE, "bytes", "The file is larger than {0} MB."},
        {"a.exe", 100, ERR_INPUT, "name", "Only PDF, PNG, JPEG, DOCX, XLSX, OFD and CSV files are taken."},
        {"a.pdf", UPLOAD_BYTES_MAX, OK, "", ""},
    };
    for (int i = 0; i < countof(t); i++) {
        char key[16];
        snprintf(key, sizeof key, "n%d", i);
        err e = upload_begin(world_as(&w, "agency2"), str_of(key), str_of(t[i].name), t[i].bytes);
        assert_int_equal(e.kind, t[i].kind);
        if (!e.kind) continue;
        assert_string_equal(e.text, t[i].says);
        assert_string_equal(e.field, t[i].field);
    }
}

static void a_content_that_is_something_else_is_refused_with_the_reason(void **state)
{
    (void)state;
    upload u;
    begin_as("agency1", "k3", "a.pdf", 11);
    ctx *c = world_as(&w, "agency1");
    assert_int_equal(upload_append(c, S("k3"), 0, S("hello world"), &u).kind, OK);
    assert_true(str_eqz(u.state, "refused"));
    assert_int_equal(u.document, 0);
    str says = upload_reason(c, u.reason, u.reason_about);
    assert_true(str_find(says, S("text/plain")) >= 0);
    const view *all = world_do(&w, 200, "bureau1", GET, "/uploads", NULL), *row = view_get(all, S("items"))->first;
    while (row && !str_eqz(view_get_text(row, S("state")), "refused")) row = row->next; /* the other side sees it too */
    assert_non_null(row);
    assert_true(str_find(view_get_text(row, S("reason")), S("text/plain")) >= 0);
    assert_int_equal(view_get_text(row, S("key")).n, 0);
}

static void another_s_file_is_not_there(void **state)
{
    (void)state;
    upload u;
    begin_as("agency1", "k4", "a.pdf", 100);
    static const char *const others[] = {"agency1b", "agency2", "bureau1", "admin1"};
    for (int i = 0; i < countof(others); i++) {
        assert_int_equal(upload_get(world_as(&w, others[i]), S("k4"), &u).kind, ERR_MISSING);
        assert_int_equal(upload_append(world_as(&w, others[i]), S("k4"), 0, S("x"), &u).kind, ERR_MISSING);
    }
}

static void a_person_has_five_at_most(void **state)
{
    (void)state;
    upload u;
    for (int i = 0; i < UPLOADS_UNFINISHED + 1; i++) {
        w.now += 1000000;
        begin_as("enterprise1", str_z(w.at.c.a, str_fmt(w.at.c.a, "m%d", i)), "a.pdf", 100);
    }
    assert_int_equal(upload_get(world_as(&w, "enterprise1"), S("m0"), &u).kind, ERR_MISSING);
    assert_int_equal(upload_get(world_as(&w, "enterprise1"), S("m1"), &u).kind, OK);
}

/* The process died between the last piece and the verdict: the row stands as "checking". */
static void what_was_left_unchecked_is_checked(void **state)
{
    (void)state;
    struct { str key; int64_t at; str data; } piece = {S("k5"), 0, pdf_of(world_as(&w, "agency1")->a, 64)};
    begin_as("agency1", "k5", "a.pdf", 64);
    upload u;
    assert_int_equal(store_act(world_as(&w, "agency1"), &upload_append_act, &piece).kind, OK);
    assert_int_equal(upload_get(world_as(&w, "agency1"), S("k5"), &u).kind, OK);
    assert_true(str_eqz(u.state, "checking"));
    assert_int_equal(upload_checks(world_as(&w, NULL)).kind, OK);
    assert_int_equal(upload_get(world_as(&w, "agency1"), S("k5"), &u).kind, OK);
    assert_true(str_eqz(u.state, "checking")); /* whoever sent it may still be at it */
    w.now += INT64_C(61000000);
    assert_int_equal(upload_checks(world_as(&w, NULL)).kind, OK);
    assert_int_equal(upload_get(world_as(&w, "agency1"), S("k5"), &u).kind, OK);
    assert_true(str_eqz(u.state, "accepted"));
    assert_true(u.document > 0);
}

static void after_a_day_it_is_forgotten(void **state)
{
    (void)state;
    upload u;
    begin_as("agency1", "k6", "a.pdf", 100);
    assert_int_equal(upload_append(world_as(&w, "agency1"), S("k6"), 0, S("0123456789"), &u).kind, OK);
    w.now += INT64_C(23) * 3600 * 1000000;
    assert_int_equal(upload_forget(world_as(&w, NULL)).kind, OK);
    assert_int_equal(upload_get(world_as(&w, "agency1"), S("k6"), &u).kind, OK);
    w.now += INT64_C(2) * 3600 * 1000000;
    assert_int_equal(upload_forget(world_as(&w, NULL)).kind, OK);
    assert_int_equal(upload_get(world_as(&w, "agency1"), S("k6"), &u).kind, ERR_MISSING);
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], TYPE_WORKER_WORD)) return document_type_worker();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_cut_off_goes_on_and_arrives_whole),
        cmocka_unit_test(a_piece_from_elsewhere_is_told_where_to_go_on),
        cmocka_unit_test(what_name_and_size_tell_is_refused_at_once),
        cmocka_unit_test(a_content_that_is_something_else_is_refused_with_the_reason),
        cmocka_unit_test(another_s_file_is_not_there),
        cmocka_unit_test(a_person_has_five_at_most),
        cmocka_unit_test(what_was_left_unchecked_is_checked),
        cmocka_unit_test(after_a_day_it_is_forgotten),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
