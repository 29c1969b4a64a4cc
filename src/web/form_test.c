/* SPDX-License-Identifier: Apache-2.0 */
/* form_test.c: forms by their shape: what is refused and where, what is kept, files, lists; and web_call. */
#include "web/web_test.h"

#define CSRF_PART "csrf: secret-of-the-session\n"

static void every_wrong_field_is_named_with_its_reason(void **state)
{
    static const struct { const char *fields, *field, *reason; } t[] = {
        {"title=", "title", "Enter title."},
        {"title=+%E3%80%80+", "title", "Enter title."},
        {"title=123456789012345678901", "title", "Title has at most 20 characters."},
        {"title=a%0ab", "title", "Title holds characters that cannot be shown."},
        {"title=a&kind=house", "kind", "Kind is not one of the choices."},
        {"title=a&amount=-1", "amount", "Amount must be an amount in yuan, such as 12345.00."},
        {"title=a&amount=1.005", "amount", "Amount must be an amount in yuan, such as 12345.00."},
        {"title=a&amount=1000000.01", "amount", "Amount must be at most ¥1,000,000.00."},
        {"title=a&day=2018-02-30", "day", "Day must be a day, such as 2018-11-05."},
        {"title=a&version=x", "version", "version must be a whole number."},
        {"title=a&agreed=maybe", "agreed", "I agree must be true or false."},
        {"title=a&back=7", "note_7", "Enter note."},
        {"title=a&back=x&note_x=n", "id_x", "id must be a whole number."},
        {"title=a&back.3.id=7", "back.3.note", "Enter note."},
    };
    for (int i = 0; i < countof(t); i++) {
        str a = post(*state, "/cases/3", TOKEN "Accept-Language: en\r\n", t[i].fields);
        assert_status(a, 422);
        assert_holds(a, "\"status\":422,\"detail\":\"Please correct the fields that are marked.\"");
        str want = str_fmt(*state, "\"errors\":[{\"field\":\"%s\",\"reason\":\"%s\"}]", t[i].field, t[i].reason);
        assert_holds(a, want.p);
    }
    assert_int_equal(memory.acts, 0);
}

static void what_is_right_arrives_typed(void **state)
{
    str a = post(*state, "/cases/3", TOKEN "Idempotency-Key: k1\r\n",
                 "title=+%E5%87%8C%E9%A3%9E+&text=a%0d%0ab&kind=patent&amount=12,345.5&day=2018-11-05&agreed=on&version=6000000000");
    assert_status(a, 200);
    assert_string_equal(memory.title, "凌飞");
    assert_int_equal(memory.amount, 1234550);
    assert_int_equal(memory.day, 17840);
    assert_true(memory.agreed);
    assert_true(memory.version == 6000000000);
    assert_string_equal(memory.once, "k1");
    assert_status(post(*state, "/cases/3", TOKEN, "title=a&once=k2"), 200);
    assert_true(memory.version == -1); /* not sent: not checked */
    assert_string_equal(memory.once, "k2");
    assert_int_equal(memory.day, 0);
}

static void json_is_read_like_a_form(void **state)
{
    static const struct { const char *json; int status; const char *says; } t[] = {
        {"{\"title\":\"a\",\"amount\":1234550,\"day\":\"2018-11-05\",\"agreed\":true,\"version\":3}", 200, "\"amount\":1234500"},
        {"{\"title\":\"a\",\"amount\":null,\"kind\":null}", 200, ""},
        {"{\"title\":1}", 422, "\"field\":\"title\""},
        {"{\"title\":\"a\",\"amount\":\"12.5\"}", 200, ""},
        {"{\"title\":\"a\",\"amount\":12.5}", 400, ""},
        {"{\"title\":\"a\",\"title\":\"b\"}", 400, ""},
        {"[1]", 400, "The body must be a JSON object."},
        {"{\"title\":", 400, ""},
        {"{\"title\":\"a\",\"back\":7}", 422, "\"field\":\"back\""},
        {"{\"title\":\"a\",\"back\":[{\"id\":7}]}", 422, "\"field\":\"back.0.note\""},
        {"{\"title\":\"a\",\"back\":[7]}", 422, "\"field\":\"back.0.note\""},
        {"{\"title\":\"a\",\"unknown\":{\"x\":[]}}", 200, ""},
    };
    for (int i = 0; i < countof(t); i++) {
        str a = post_json(*state, "/cases/3", TOKEN "Accept-Language: en\r\n", t[i].json);
        assert_status(a, t[i].status);
        assert_holds(a, t[i].says);
    }
    assert_status(post_json(*state, "/cases", TOKEN, "{\"title\":\"a\",\"back\":[{\"id\":7,\"note\":\"x\"},{\"id\":8,\"note\":\"y\"}]}"), 201);
    assert_string_equal(memory.notes, "7:x;8:y;");
    assert_holds(post_json(*state, "/cases", TOKEN, "{\"title\":\"a\"}"), "Location: /cases/12\r\n");
}

static void a_list_comes_by_key_or_by_number(void **state)
{
    assert_status(post(*state, "/cases/3", TOKEN, "title=a&back=7&note_7=x&note_9=unticked&back=8&note_8=y"), 200);
    assert_string_equal(memory.notes, "7:x;8:y;");
    assert_status(post(*state, "/cases/3", TOKEN, "title=a&back.5.id=8&back.5.note=y&back.0.id=7&back.0.note=x&back.9.id=&back.9.note="), 200);
    assert_string_equal(memory.notes, "7:x;8:y;");
}

/* ---- a wrong form comes back ----------------------------------------------------------------- */

static void a_wrong_form_comes_back_with_everything_in_it(void **state)
{
    str a = post(*state, "/cases/3", BUREAU "Cookie: __Host-lang=en\r\n",
                 CSRF "&title=&text=two%0alines+%3Cb%3E&kind=software&amount=x&day=2018-11-05&agreed=1&version=6&once=used");
    assert_status(a, 422);
    assert_holds(a, "<title>错误：Case 3");
    assert_holds(a, "请填写名称。");
    assert_holds(a, "href=\"#form-title\"");
    assert_holds(a, "href=\"#form-amount\"");
    assert_holds(a, "id=\"form-amount-error\"");
    assert_holds(a, "two\nlines &lt;b&gt;</textarea>");
    assert_holds(a, "value=\"x\"");
    assert_holds(a, "value=\"2018-11-05\"");
    assert_holds(a, "name=\"version\" value=\"6\"");
    assert_lacks(a, "value=\"used\""); /* a new one-time key */
    assert_lacks(a, "As it stands");
    assert_int_equal(memory.acts, 0);
}

static void what_the_act_refuses_comes_back_too(void **state)
{
    str taken = post(*state, "/cases/3", BUREAU, CSRF "&title=taken&amount=5");
    assert_status(taken, 409);
    assert_holds(taken, "href=\"#form-title\"");
    assert_holds(taken, "This title is taken.");
    str stale = post(*state, "/cases/3", BUREAU, CSRF "&title=mine&version=6");
    assert_status(stale, 409);
    assert_holds(stale, "Somebody else moved it first.");
    assert_holds(stale, "value=\"mine\"");
    assert_holds(stale, "name=\"version\" value=\"7\""); /* as it now stands, so that it can be sent again */
    str busy = post(*state, "/cases/3", BUREAU, CSRF "&title=busy");
    assert_status(busy, 503);
    assert_holds(busy, "Retry-After: ");
    assert_holds(busy, "value=\"busy\"");
    str old = post(*state, "/cases/3", BUREAU, "csrf=old&title=typed");
    assert_status(old, 403);
    assert_holds(old, "value=\"typed\"");
    assert_holds(old, "value=\"secret-of-the-session\"");
    str program = post(*state, "/cases/3", TOKEN, "title=taken");
    assert_status(program, 409);
    assert_holds(program, "\"errors\":[{\"field\":\"title\",\"reason\":\"This title is taken.\"}]");
}

static void a_sentence_follows_the_act_once(void **state)
{
    str a = post(*state, "/cases/3", BUREAU, CSRF "&title=a");
    assert_status(a, 303);
    assert_holds(a, "Location: /cases/3\r\n");
    str said = between(a, "Set-Cookie: ", ";");
    str page = get(*state, "/cases/3", str_fmt(*state, "Cookie: __Host-sid=bureau; " SF "\r\n", SA(said)).p);
    assert_holds(page, "Case 3 is saved.");
    assert_holds(page, "Set-Cookie: __Host-said=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0");
}

/* ---- files ----------------------------------------------------------------------------------- */

static str send_file(arena *a, const char *headers, const char *parts, size bytes)
{
    char *p = new_n(a, char, bytes);
    if (bytes) memset(p, 'x', (size_t)bytes);
    str all = str_fmt(a, "%s%s", MULTIPART, headers);
    return request(a, "POST", "/cases/3", str_z(a, all), multipart(a, parts, (str){p, bytes}));
}

static void a_file_streams_to_the_hook(void **state)
{
    str a = send_file(*state, TOKEN, "title: a\nfile<C:\\papers\\合同.pdf: BYTES\nkind: patent", 70000);
    assert_status(a, 200);
    assert_int_equal(memory.files, 1);
    assert_int_equal(memory.file_bytes, 70000);
    assert_string_equal(memory.file_name, "合同.pdf");
    assert_int_equal(memory.file, 41);
    assert_string_equal(memory.title, "a");
}

static void a_file_over_the_limit_is_refused_at_its_field(void **state)
{
    assert_status(send_file(*state, TOKEN, "title: a\nfile<a.pdf: BYTES", FILE_LIMIT), 200);
    memory.files = memory.acts = 0;
    str a = send_file(*state, TOKEN "Accept-Language: en\r\n", "title: a\nfile<a.pdf: BYTES", FILE_LIMIT + 1);
    assert_status(a, 413);
    assert_holds(a, "\"field\":\"file\",\"reason\":\"The file is larger than 0 MB.\"");
    str page = send_file(*state, BUREAU, CSRF_PART "title: kept\nfile<a.pdf: BYTES", FILE_LIMIT + 1);
    assert_status(page, 413);
    assert_holds(page, "value=\"kept\"");
    assert_holds(page, "href=\"#form-file\"");
    str huge = request(*state, "POST", "/cases/3", MULTIPART TOKEN "Content-Length: 99999999999\r\n", (str){0});
    assert_status(huge, 400); /* two lengths */
    huge = ask(*state, S("POST /cases/3 HTTP/1.1\r\nHost: site.test\r\n" MULTIPART TOKEN "Content-Length: 99999999999\r\n\r\n"));
    assert_status(huge, 413); /* at once */
    assert_int_equal(memory.files, 0);
    assert_int_equal(memory.acts, 0);
}

static void empty_absent_and_false_files_have_their_reasons(void **state)
{
    str a = send_file(*state, TOKEN "Accept-Language: en\r\n", "title: a\nfile<a.pdf: BYTES", 0);
    assert_status(a, 422);
    assert_holds(a, "\"field\":\"file\",\"reason\":\"The file is empty.\"");
    assert_status(send_file(*state, TOKEN, "title: a\nfile<: BYTES", 0), 200); /* none chosen */
    assert_int_equal(memory.file, 0);
    str not = send_file(*state, TOKEN, "title: a\nfile<a.pdf: !", 0);
    assert_status(not, 422);
    assert_holds(not, "The file is not what its name says.");
    assert_int_equal(memory.files, 0);
}

static void a_file_sent_once_need_not_be_chosen_again(void **state)
{
    str a = send_file(*state, BUREAU, CSRF_PART "title: \nfile<a.pdf: BYTES", 100);
    assert_status(a, 422);
    assert_holds(a, "name=\"file_kept\" value=\"41\"");
    assert_holds(a, "kept-41.pdf");
    assert_status(send_file(*state, BUREAU, CSRF_PART "title: a\nfile_kept: 41\nfile<: BYTES", 0), 303);
    assert_int_equal(memory.file, 41);
    assert_int_equal(memory.files, 1);
}

static void a_stranger_s_file_is_not_kept(void **state)
{
    assert_status(send_file(*state, "", "title: a\nfile<a.pdf: BYTES", 100), 401);
    assert_status(send_file(*state, AGENCY, CSRF_PART "title: a\nfile<a.pdf: BYTES", 100), 403);
    assert_status(send_file(*state, BUREAU, "csrf: forged\ntitle: a\nfile<a.pdf: BYTES", 100), 403);
    assert_int_equal(memory.files, 0);
    assert_int_equal(memory.acts, 0);
}

static void a_broken_body_is_unreadable(void **state)
{
    static const char *const bodies[] = {
        "", "--b0unDary\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na", "--other\r\n\r\n--other--\r\n",
        "--b0unDary\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\na\r\n"
        "--b0unDary\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nb\r\n--b0unDary--\r\n",
        "--b0unDary\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n\xff\r\n--b0unDary--\r\n",
    };
    for (int i = 0; i < countof(bodies); i++) {
        str a = request(*state, "POST", "/cases/3", MULTIPART TOKEN, str_of(bodies[i]));
        assert_true(status_of(a) == 400 || (status_of(a) == 422 && !memory.acts)); /* nothing sent: nothing filled in */
    }
    assert_status(request(*state, "POST", "/cases/3", TOKEN "Content-Type: text/plain\r\n", S("title=a")), 400);
    assert_int_equal(memory.acts, 0);
}

static void a_body_may_be_a_file_by_itself(void **state)
{
    str bytes = {new_n(*state, char, 5000), 5000};
    memset((char *)(uintptr_t)bytes.p, 'b', 5000);
    request(*state, "POST", "/raw", TOKEN "Content-Type: text/csv\r\nX-File-Name: bank.csv\r\n", bytes);
    assert_int_equal(memory.files, 1);
    assert_int_equal(memory.file_bytes, 5000);
    assert_string_equal(memory.file_name, "bank.csv");
}

/* ---- without a socket ------------------------------------------------------------------------ */

static void a_route_runs_without_a_socket(void **state)
{
    web_options o = site_options();
    ctx c = {.a = *state, .lang = LANG_EN, .who = {.person = 5, .role = ROLE_BUREAU}, .request_id = S("-")};
    view *in = view_map(*state), *out = NULL;
    view_text(in, S("title"), S("by call"));
    view *one = view_add_map(view_put_list(in, S("back")));
    view_int(one, S("id"), 7);
    view_text(one, S("note"), S("n"));
    assert_int_equal(web_call(&c, &o, POST, S("/cases"), in, &out), 201);
    assert_string_equal(memory.title, "by call");
    assert_string_equal(memory.notes, "7:n;");
    assert_int_equal(view_get_int(out, S("amount"), 0), 1234500);
    view_text(in, S("title"), (str){0});
    assert_int_equal(web_call(&c, &o, POST, S("/cases"), in, &out), 422);
    assert_holds(view_get_text(view_get(out, S("errors"))->first, S("reason")), "Enter title.");
    c.who.role = ROLE_AGENCY;
    assert_int_equal(web_call(&c, &o, POST, S("/cases"), in, &out), 403);
    assert_int_equal(web_call(&c, &o, GET, S("/cases?after=100"), NULL, &out), 200);
    assert_int_equal(view_get(out, S("items"))->n, 20);
    c.who = (actor){0};
    assert_int_equal(web_call(&c, &o, GET, S("/cases"), NULL, &out), 401);
    assert_int_equal(web_call(&c, &o, GET, S("/none"), NULL, &out), 404);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_wrong_field_is_named_with_its_reason),
        TEST(what_is_right_arrives_typed),
        TEST(json_is_read_like_a_form),
        TEST(a_list_comes_by_key_or_by_number),
        TEST(a_wrong_form_comes_back_with_everything_in_it),
        TEST(what_the_act_refuses_comes_back_too),
        TEST(a_sentence_follows_the_act_once),
        TEST(a_file_streams_to_the_hook),
        TEST(a_file_over_the_limit_is_refused_at_its_field),
        TEST(empty_absent_and_false_files_have_their_reasons),
        TEST(a_file_sent_once_need_not_be_chosen_again),
        TEST(a_stranger_s_file_is_not_kept),
        TEST(a_broken_body_is_unreadable),
        TEST(a_body_may_be_a_file_by_itself),
        TEST(a_route_runs_without_a_socket),
    };
    return cmocka_run_group_tests(tests, site_open, site_close);
}
