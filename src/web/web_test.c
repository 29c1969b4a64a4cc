/* SPDX-License-Identifier: Apache-2.0 */
/* web_test.c: the site over real sockets: statuses, headers, sign-in, forged forms, languages, time-outs. */
#include "base/embed.h"
#include "format/book.h"
#include "format/sheet.h"
#include "web/web_test.h"

/* ---- who may, and what it answers ------------------------------------------------------------ */

static void every_request_has_its_status(void **state)
{
    static const struct { const char *method, *path, *headers; int status; const char *says; } t[] = {
        {"GET", "/", "", 200, "<html"},
        {"HEAD", "/", "", 200, ""},
        {"GET", "/nothing", "", 404, "此地址没有内容。"},
        {"GET", "/nothing/", "", 404, ""},
        {"GET", "/cases/abc", BUREAU, 404, ""},
        {"GET", "/cases/-1", BUREAU, 404, ""},
        {"GET", "/cases/99999999999999999999", BUREAU, 404, ""},
        {"GET", "/cases/404", BUREAU, 404, "No case bears this number."},
        {"GET", "/cases/3", "", 303, "Location: /login?next=%2Fcases%2F3"},
        {"GET", "/cases/3?a=1", "", 303, "Location: /login?next=%2Fcases%2F3%3Fa%3D1"},
        {"GET", "/cases/3", AS_JSON_, 401, "WWW-Authenticate: Bearer"},
        {"GET", "/cases/3", AGENCY, 403, "您的角色无权进行此操作。"},
        {"GET", "/cases/3", AGENCY AS_JSON_, 403, "您的角色无权进行此操作。"},
        {"GET", "/cases/3", BUREAU, 200, "Case 3"},
        {"GET", "/cases/%33", BUREAU, 200, "Case 3"},
        {"GET", "http://site.test/cases/3", BUREAU, 200, "Case 3"},
        {"GET", "/cases/3%2F4", BUREAU, 404, ""},
        {"GET", "/cases/%zz", BUREAU, 400, ""},
        {"GET", "/cases/3%00", BUREAU, 400, ""},
        {"GET", "/?a=%ff", "", 400, ""},
        {"GET", "/?a=1&a=2", "", 400, ""},
        {"GET", "/cases/3", TOKEN, 200, "\"amount\":1234500"},
        {"GET", "/cases/3", "Authorization: Bearer wrong\r\n", 401, "Nobody has this token."},
        {"GET", "/", "Authorization: Bearer wrong\r\n", 401, "application/problem+json"},
        {"PUT", "/cases/3", BUREAU, 405, "Allow: GET, HEAD, POST"},
        {"DELETE", "/cases/3", BUREAU, 405, "Allow: GET, HEAD, POST"},
        {"TRACE", "/", "", 405, "Allow: GET, HEAD"},
        {"OPTIONS", "/raw", "", 405, "Allow: POST"},
        {"POST", "/", BUREAU, 405, "Allow: GET, HEAD"},
        {"POST", "/cases/new", BUREAU, 405, "Allow: GET, HEAD"},
        {"GET", "/cases?after=1.2", BUREAU, 400, ""},
        {"GET", "/cases?after=x", BUREAU, 400, ""},
        {"GET", "/slow", "", 200, "<html"},
        {"GET", "/healthz", "", 200, "\"status\":\"ok\""},
        {"GET", "/metrics", "", 200, "lingfei_answers_total"},
        {"GET", "/sitemap", "", 200, "href=\"/login\""},
        {"GET", "/api/openapi.json", "", 200, "\"openapi\":\"3.1.0\""},
        {"GET", "/assets/none.css", "", 404, ""},
        {"GET", "/hungry", "", 503, "请求过大"},
        {"GET", "/hungry", AS_JSON_, 503, "takes too much memory"},
    };
    for (int i = 0; i < countof(t); i++) {
        str a = request(*state, t[i].method, t[i].path, t[i].headers, (str){0});
        if (status_of(a) != t[i].status) print_message("%s %s\n", t[i].method, t[i].path);
        assert_status(a, t[i].status);
        assert_holds(a, t[i].says);
    }
}

static void every_kind_of_error_has_its_status_and_both_its_forms(void **state)
{
    static const struct { int kind, status; } t[] = {
        {ERR_UNREADABLE, 400}, {ERR_DENIED, 403}, {ERR_MISSING, 404}, {ERR_CONFLICT, 409}, {ERR_LARGE, 413},
        {ERR_INPUT, 422}, {ERR_LIMIT, 429}, {ERR_FAULT, 500}, {ERR_BUSY, 503},
    };
    for (int i = 0; i < countof(t); i++) {
        str path = str_fmt(*state, "/fail?kind=%d", t[i].kind);
        str person = get(*state, path.p, ""), program = get(*state, path.p, AS_JSON_);
        assert_status(person, t[i].status);
        assert_status(program, t[i].status);
        assert_holds(person, "Refused: a reason &amp; more.");
        assert_holds(program, "Content-Type: application/problem+json");
        assert_holds(program, str_fmt(*state, "\"status\":%d,\"detail\":\"Refused: a reason & more.\"", t[i].status).p);
        str id = header_of(*state, person, "X-Request-Id");
        assert_true(id.n >= 12);
        assert_holds(body_of(person), str_z(*state, id)); /* the page says it, so that a person can tell it on */
        if (t[i].status == 429 || t[i].status == 503) assert_holds(program, "Retry-After: ");
    }
}

static void every_answer_carries_the_headers_whatever_its_status(void **state)
{
    static const char *const paths[] = {"/", "/nothing", "/cases/3", "/login", "/fail?kind=10", "/hungry", "/healthz",
                                        "/letters", "/api/openapi.json", "/fail?kind=6", "/cases/%zz"};
    static const char *const headers[] = {
        "Content-Security-Policy: ", "X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin",
        "Strict-Transport-Security: max-age=", "Cache-Control: ", "X-Request-Id: ", "Vary: ",
    };
    for (int i = 0; i < countof(paths); i++) {
        str a = get(*state, paths[i], "");
        for (int k = 0; k < countof(headers); k++) assert_holds(a, headers[k]);
        assert_lacks(a, "\r\nServer:");
        assert_lacks(a, "Access-Control-Allow-Origin");
        if (body_of(a).n) assert_holds(a, "\r\nContent-Type: ");
    }
    str page = get(*state, "/cases/3", BUREAU);
    assert_holds(page, "Cache-Control: no-store");
    assert_holds(page, "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                       "connect-src 'self'; font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'\r\n");
    assert_lacks(page, "unsafe-inline");
}

static void a_head_is_a_get_without_its_body(void **state)
{
    str whole = get(*state, "/login", ""), head = request(*state, "HEAD", "/login", "", (str){0});
    assert_int_equal(body_of(head).n, 0);
    assert_true(header_of(*state, head, "Content-Length").n > 0);
    assert_true(body_of(whole).n > 0);
}

/* ---- one view, three ways -------------------------------------------------------------------- */

static void a_list_is_html_json_and_csv(void **state)
{
    str html = get(*state, "/cases", BUREAU), json = get(*state, "/cases", BUREAU AS_JSON_);
    assert_holds(html, "Content-Type: text/html; charset=utf-8");
    assert_holds(json, "Content-Type: application/json");
    assert_holds(json, "{\"id\":50,\"name\":\"凌飞\",\"amount\":5000}");
    assert_lacks(json, "\"id\":51,");
    assert_holds(json, "\"next\":\"50\"");
    assert_holds(get(*state, "/cases?after=100&format=json", BUREAU), "\"id\":120");
    assert_holds(get(*state, "/cases?after=100&format=json", BUREAU), "\"next\":null");

    str csv = get(*state, "/cases?format=csv", BUREAU);
    assert_status(csv, 200);
    assert_holds(csv, "Content-Type: text/csv; charset=utf-8");
    assert_holds(csv, "Content-Disposition: attachment; filename=\"cases.csv\"");
    assert_holds(csv, "系统编号,名称,amount\r\n"); /* a key that has no word stands as it is */
    assert_holds(csv, "120,凌飞,120.00\r\n"); /* the whole list, not its first page */
    assert_holds(csv, "'=1+1");               /* no formula for a spreadsheet */
    assert_status(get(*state, "/?format=csv", ""), 404);
}

static void a_list_is_a_workbook_too(void **state)
{
    str by_type = get(*state, "/cases", BUREAU "Accept: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\r\n");
    str by_name = get(*state, "/cases?format=xlsx", BUREAU);
    assert_status(by_name, 200);
    assert_holds(by_type, "Content-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    assert_holds(by_name, "Content-Disposition: attachment; filename=\"cases.xlsx\"");
    char path[] = "/tmp/lingfei-cases-XXXXXX";
    int fd = mkstemp(path), n;
    str bytes = body_of(by_name), cells[SHEET_CELLS];
    assert_int_equal(write(fd, bytes.p, (size_t)bytes.n), bytes.n);
    close(fd);
    sheet_reader *r;
    assert_int_equal(sheet_open(*state, path, &r).kind, OK);
    int rows = 0;
    for (; !sheet_row(r, *state, cells, &n).kind && n; rows++)
        if (rows == 120) assert_true(str_eqz(cells[0], "120") && str_eqz(cells[2], "120"));
    assert_int_equal(rows, 121); /* the whole list and its head */
    unlink(path);
    assert_status(get(*state, "/?format=xlsx", ""), 404);
}

static void a_file_comes_in_pieces_under_its_own_name(void **state)
{
    str a = get(*state, "/letters", "");
    assert_status(a, 200);
    assert_int_equal(body_of(a).n, 300000);
    assert_int_equal(body_of(a).p[299999], 'a' + 299999 % 26);
    assert_holds(a, "filename=\"______ _a_.txt\"; filename*=UTF-8''%E5%AD%97%E6%AF%8D%20%22a%22.txt");
    assert_holds(a, "Content-Security-Policy: sandbox; default-src 'none'\r\n");
    for (int i = 0; i < 300 && streams_done < 2; i++) usleep(10000);
    assert_int_equal(streams_done, 2); /* the one of every_answer_carries_the_headers as well */
}

static void a_public_page_is_asked_for_again_by_its_etag(void **state)
{
    str a = get(*state, "/", ""), etag = header_of(*state, a, "ETag");
    assert_holds(a, "Cache-Control: public, no-cache");
    assert_true(etag.n > 2);
    str again = get(*state, "/", str_fmt(*state, "If-None-Match: " SF "\r\n", SA(etag)).p);
    assert_status(again, 304);
    assert_int_equal(body_of(again).n, 0);
    assert_holds(get(*state, "/", BUREAU), "Cache-Control: no-store"); /* not what a person sees signed in */
}

static void a_style_sheet_is_kept_for_ever_under_its_version(void **state)
{
    if (!embed_find(S("assets/app.css"))) { /* built with NO_ASSETS=1 */
        print_message("skipped: no assets\n");
        skip();
    }
    str page = get(*state, "/login", ""), version = between(page, "href=\"/assets/app.css?v=", "\"");
    assert_int_equal(version.n, 12);
    str a = get(*state, str_fmt(*state, "/assets/app.css?v=" SF, SA(version)).p, "");
    assert_status(a, 200);
    assert_holds(a, "Content-Type: text/css; charset=utf-8");
    assert_holds(a, "Cache-Control: public, max-age=31536000, immutable");
    str etag = header_of(*state, a, "ETag"), other = get(*state, "/assets/app.css?v=0", "");
    assert_holds(other, "Cache-Control: public, no-cache"); /* not what this address names */
    str known = str_fmt(*state, "If-None-Match: \"x\", W/" SF "\r\n", SA(etag));
    assert_status(get(*state, "/assets/app.css", known.p), 304);
}

static void the_look_is_chosen_by_an_address_and_kept(void **state)
{
    str dark = get(*state, "/login?theme=dark", "");
    assert_holds(dark, "data-bs-theme=\"dark\"");
    assert_holds(dark, "Set-Cookie: __Host-theme=dark; ");
    assert_holds(get(*state, "/login", "Cookie: __Host-theme=dark\r\n"), "data-bs-theme=\"dark\"");
    assert_lacks(get(*state, "/login?theme=%22x", "Cookie: __Host-theme=\"y\r\n"), "data-bs-theme=\"&");
}

/* ---- languages ------------------------------------------------------------------------------- */

static void the_language_is_asked_for_kept_and_told(void **state)
{
    str zh = get(*state, "/", ""), en = get(*state, "/?lang=en", "");
    assert_holds(zh, "<html lang=\"zh-CN\"");
    assert_holds(zh, "网站地图");
    assert_holds(en, "<html lang=\"en\"");
    assert_holds(en, "Site map");
    assert_holds(en, "Set-Cookie: __Host-lang=en; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=");
    assert_holds(get(*state, "/", "Cookie: a=b; __Host-lang=en\r\n"), "<html lang=\"en\"");
    assert_holds(get(*state, "/?lang=xx", ""), "<html lang=\"zh-CN\"");
    assert_holds(get(*state, "/nothing", AS_JSON_), "此地址没有内容。");
    assert_holds(get(*state, "/nothing", AS_JSON_ "Accept-Language: en-GB,en;q=0.9\r\n"), "There is nothing at this address.");
}

/* ---- signing in ------------------------------------------------------------------------------ */

static void signing_in_leads_to_where_one_was_going(void **state)
{
    static const struct { const char *next, *to; } t[] = {
        {"%2Fcases%2F3", "Location: /cases/3\r\n"}, {"%2F%2Fevil.test", "Location: /\r\n"},
        {"https%3A%2F%2Fevil.test", "Location: /\r\n"}, {"%2F%5Cevil.test", "Location: /\r\n"}, {"", "Location: /\r\n"},
        {"%2Fa%0d%0aSet-Cookie%3Ax", NULL},
    };
    for (int i = 0; i < countof(t); i++) {
        str fields = str_fmt(*state, "login=bureau&password=right&next=%s", t[i].next);
        str a = post(*state, "/login", "", fields.p);
        assert_status(a, t[i].to ? 303 : 422); /* control characters are refused */
        if (t[i].to) assert_holds(a, t[i].to);
        if (t[i].to) assert_holds(a, "Set-Cookie: __Host-sid=bureau; Path=/; Secure; HttpOnly; SameSite=Lax\r\n");
    }
    str wrong = post(*state, "/login", "", "login=bureau&password=wrong");
    assert_status(wrong, 401);
    assert_holds(wrong, "Neither fits the other.");
    assert_holds(wrong, "value=\"bureau\"");
    assert_lacks(body_of(wrong), "wrong\"");
}

static void a_form_sent_after_the_session_ended_is_not_lost(void **state)
{
    str a = post(*state, "/cases/3", "", "title=%E5%87%8C%E9%A3%9E+%26&amount=12.5&csrf=old&version=7");
    assert_status(a, 401);
    assert_int_equal(memory.acts, 0);
    assert_holds(a, "name=\"then\" value=\"/cases/3\"");
    str kept = between(a, "name=\"kept\" value=\"", "\"");
    assert_holds(kept, "title=%E5%87%8C%E9%A3%9E%20%26");
    assert_lacks(kept, "csrf");

    kept = str_replace(*state, str_replace(*state, kept, S("&amp;"), S("&")), S("%"), S("%25"));
    kept = str_replace(*state, kept, S("&"), S("%26"));
    kept = str_replace(*state, kept, S("="), S("%3D"));
    str fields = str_fmt(*state, "login=bureau&password=right&then=%%2Fcases%%2F3&kept=" SF, SA(kept));
    str back = post(*state, "/login", "", fields.p);
    assert_status(back, 200);
    assert_holds(back, "__Host-sid=bureau");
    assert_holds(back, "action=\"/cases/3\"");
    assert_holds(back, "value=\"secret-of-the-session\""); /* the new session's */
    assert_holds(back, "name=\"title\" value=\"凌飞 &amp;\"");
    assert_holds(back, "name=\"amount\" value=\"12.5\"");
    assert_int_equal(memory.acts, 0);
}

static void what_moves_money_asks_for_the_password_again(void **state)
{
#define OLD "Cookie: __Host-sid=old\r\n"
    assert_status(get(*state, "/pay", BUREAU), 200);
    assert_holds(get(*state, "/pay", OLD), "Location: /again?next=%2Fpay");
    str a = post(*state, "/pay", OLD, CSRF "&title=Pay");
    assert_status(a, 401);
    assert_holds(a, "已超过 15 分钟");
    assert_int_equal(memory.acts, 0);
    assert_status(post(*state, "/pay", BUREAU, CSRF "&title=Pay"), 303);
    assert_status(post(*state, "/pay", TOKEN, "title=Pay"), 201);
    assert_int_equal(memory.acts, 2);
}

static void a_session_long_unused_is_touched_before_the_page(void **state)
{
    assert_status(get(*state, "/cases/3", "Cookie: __Host-sid=stale\r\n"), 200);
    assert_int_equal(memory.touched, 1);
    assert_status(get(*state, "/cases/3", BUREAU), 200);
    assert_int_equal(memory.touched, 1);
}

/* ---- forged requests ------------------------------------------------------------------------- */

static void a_form_without_the_session_s_text_does_nothing(void **state)
{
    static const struct { const char *headers, *fields; int status; int acts; } t[] = {
        {BUREAU, CSRF "&title=a", 303, 1},
        {BUREAU, "title=a", 403, 0},
        {BUREAU, "csrf=&title=a", 403, 0},
        {BUREAU, "csrf=secret-of-another&title=a", 403, 0},
        {BUREAU "X-CSRF-Token: secret-of-the-session\r\n", "title=a", 303, 1},
        {BUREAU "Origin: http://evil.test\r\n", CSRF "&title=a", 403, 0},
        {BUREAU "Origin: null\r\n", CSRF "&title=a", 403, 0},
        {BUREAU "Origin: http://site.test\r\n", CSRF "&title=a", 303, 1},
        {BUREAU "Sec-Fetch-Site: cross-site\r\n", CSRF "&title=a", 403, 0},
        {BUREAU "Sec-Fetch-Site: same-site\r\n", CSRF "&title=a", 403, 0},
        {BUREAU "Sec-Fetch-Site: same-origin\r\n", CSRF "&title=a", 303, 1},
        {BUREAU AS_JSON_, "title=a", 403, 0},
        {TOKEN, "title=a", 200, 1},
        {BUREAU, CSRF "&title=a&title=b", 400, 0},
        {BUREAU, CSRF "&title=%ff", 400, 0},
        {BUREAU, CSRF "&title=a%00b", 400, 0},
        {BUREAU, CSRF "&title=a%01b", 422, 0},
    };
    for (int i = 0; i < countof(t); i++) {
        memory.acts = 0;
        str a = post(*state, "/cases/3?title=from+the+query", t[i].headers, t[i].fields);
        if (status_of(a) != t[i].status) print_message("row %d\n", i);
        assert_status(a, t[i].status);
        assert_int_equal(memory.acts, t[i].acts);
        if (t[i].acts) assert_string_equal(memory.title, "a");
    }
}

static void nobody_s_forms_are_tied_to_his_browser(void **state)
{
    str page = get(*state, "/login", "Sec-Fetch-Site: none\r\n");
    str cookie = between(page, "Set-Cookie: __Host-form=", ";"), token = between(page, "name=\"csrf\" value=\"", "\"");
    assert_true(cookie.n == 43 && token.n == 64);
    assert_holds(page, "Cache-Control: no-store");
    str with = str_fmt(*state, "Origin: http://site.test\r\nCookie: __Host-form=" SF "\r\n", SA(cookie));
    str fields = str_fmt(*state, "title=a&csrf=" SF, SA(token));
    assert_status(post(*state, "/open", with.p, "title=a"), 403);
    assert_status(post(*state, "/open", "Origin: http://site.test\r\n", fields.p), 403); /* no cookie */
    assert_status(post(*state, "/open", "Origin: http://evil.test\r\n", fields.p), 403);
    assert_int_equal(memory.acts, 0);
    assert_status(post(*state, "/open", with.p, fields.p), 303);
    assert_status(post(*state, "/open", "", "title=a"), 303); /* no browser: nothing to forge */
    assert_int_equal(memory.acts, 2);
}

/* ---- the connection -------------------------------------------------------------------------- */

static void one_connection_serves_many_requests(void **state)
{
    int fd = site_connect();
    for (int i = 0; i < 3; i++) {
        site_send(fd, S("GET /cases/3 HTTP/1.1\r\nHost: site.test\r\n" TOKEN "\r\n"));
        assert_status(site_receive(*state, fd, 200), 200);
        site_send(fd, S("POST /cases/3 HTTP/1.1\r\nHost: site.test\r\n" TOKEN
                        "Content-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"title\":\"a\"}"));
        assert_status(site_receive(*state, fd, 200), 200);
    }
    close(fd);
    assert_int_equal(memory.acts, 3);
}

static void a_body_without_a_length_is_counted_as_it_comes(void **state)
{
    str head = S("POST /cases/3 HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n" TOKEN
                 "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    assert_status(ask(*state, str_join(*state, head, S("5\r\n{\"tit\r\n8\r\nle\":\"a\"}\r\n0\r\n\r\n"))), 200);
    assert_int_equal(memory.acts, 1);
    buf b = buf_new(*state, 2 << 20);
    buf_put(&b, head);
    for (int i = 0; i < 70; i++) { /* over 1 MB of JSON */
        buf_putz(&b, "4000\r\n");
        for (int k = 0; k < 0x4000; k++) buf_byte(&b, ' ');
        buf_putz(&b, "\r\n");
    }
    buf_putz(&b, "0\r\n\r\n");
    assert_status(ask(*state, buf_str(&b)), 413);
}

static void a_request_whose_end_is_in_doubt_is_refused(void **state)
{
    static const struct { const char *head; bool by_library; } t[] = {
        {"Content-Length: 7\r\nContent-Length: 3\r\n\r\ntitle=a", false},
        {"Content-Length: 7\r\nContent-Length: 7\r\n\r\ntitle=a", false},
        {"Content-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false},
        {"Host: other.test\r\nContent-Length: 7\r\n\r\ntitle=a", false},
        {"Content-Length : 7\r\n\r\ntitle=a", false},
        {"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", false},
        {"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", false},
        {"Content-Length: -7\r\n\r\n", true},
        {"Content-Length: 7x\r\n\r\ntitle=a", true},
    };
    for (int i = 0; i < countof(t); i++) {
        str a = ask(*state, str_fmt(*state, "POST /cases/3 HTTP/1.1\r\nHost: site.test\r\n" TOKEN
                                            "Content-Type: application/x-www-form-urlencoded\r\n%s", t[i].head));
        assert_status(a, 400);
        if (!t[i].by_library) assert_lacks(str_from(a, 1), "HTTP/1.1 "); /* one answer, and the connection is closed */
    }
    assert_int_equal(memory.acts, 0);
}

static void a_body_that_does_not_come_is_not_waited_for(void **state)
{
    int fd = site_connect();
    site_send(fd, S("POST /cases/3 HTTP/1.1\r\nHost: site.test\r\n" TOKEN
                    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 100\r\n\r\ntitle="));
    char byte;
    struct pollfd p = {fd, POLLIN, 0};
    assert_int_equal(poll(&p, 1, 10000), 1); /* idle_s is 1 */
    assert_true(recv(fd, &byte, 1, 0) <= 0);
    close(fd);
    assert_int_equal(memory.acts, 0);
    assert_status(get(*state, "/", ""), 200);
}

static void more_than_the_workers_can_take_is_told_to_come_again(void **state)
{
    int fd[80], served = 0, refused = 0; /* 4 workers, and 32 places in their queue */
    for (int i = 0; i < countof(fd); i++) {
        fd[i] = site_connect();
        site_send(fd[i], S("GET /nap HTTP/1.1\r\nHost: site.test\r\nConnection: close\r\n\r\n"));
    }
    for (int i = 0; i < countof(fd); i++) {
        str a = site_receive(*state, fd[i], 5000);
        close(fd[i]);
        served += status_of(a) == 200;
        refused += status_of(a) == 503 && holds(a, "Retry-After: 1") && holds(a, "系统繁忙");
    }
    assert_int_equal(served + refused, countof(fd));
    assert_true(served >= 32 && refused >= 1);
    assert_status(get(*state, "/nap", ""), 200);
}

static int64_t under_way(struct web *w, arena *a)
{
    buf b = buf_new(a, 4096);
    web_metrics(w, &b);
    str rest = buf_str(&b), line;
    int64_t n = -1;
    while (str_split(&rest, '\n', &line))
        if (!str_starts(line, S("#")) && str_find(line, S("requests_under_way ")) >= 0) str_int(str_from(line, str_find(line, S(" ")) + 1), &n);
    return n;
}

static void what_is_under_way_is_answered_before_the_end(void **state)
{
    web_options o = site_options();
    struct web *own;
    int main_port = port;
    assert_int_equal(web_start(*state, &o, &own, &port).kind, OK);
    int fd[8];
    for (int i = 0; i < countof(fd); i++) {
        fd[i] = site_connect();
        site_send(fd[i], S("GET /nap HTTP/1.1\r\nHost: site.test\r\n\r\n"));
    }
    for (int i = 0; i < 1000 && under_way(own, *state) < countof(fd); i++) usleep(5000); /* a busy machine takes its time */
    web_stop(own);
    port = main_port;
    for (int i = 0; i < countof(fd); i++) {
        assert_status(site_receive(*state, fd[i], 5000), 200);
        close(fd[i]);
    }
}

static void an_address_that_is_taken_or_wrong_is_told(void **state)
{
    static const char *const wrong[] = {"127.0.0.1", "127.0.0.1:http", ":80", "127.0.0.1:70000", "999.1.1.1:1"};
    char taken[32];
    snprintf(taken, sizeof taken, "127.0.0.1:%d", port);
    for (int i = -1; i < countof(wrong); i++) {
        web_options o = site_options();
        struct web *own;
        int p;
        o.listen = i < 0 ? taken : wrong[i];
        err e = web_start(*state, &o, &own, &p);
        assert_int_equal(e.kind, ERR_FAULT);
        assert_holds(e.arg[0], o.listen);
        if (i < 0) assert_holds(e.arg[1], "in use");
    }
}

static void the_log_has_one_line_without_what_is_private(void **state)
{
    get(*state, "/cases/77?secret=1", BUREAU);
    str line = logged(*state, "/cases/77");
    assert_holds(line, "method=GET path=/cases/77 status=200 us=");
    assert_holds(line, " person=5 ip=127.0.0.1 id=");
    assert_lacks(line, "secret");
    get(*state, "/a%0astatus=200%22", "");
    assert_holds(logged(*state, "path=/a"), "path=/a%0astatus%3D200%22 status=404 ");
}

static void only_a_proxy_on_this_machine_says_for_whom_it_speaks(void **state)
{
    get(*state, "/by-proxy", "X-Forwarded-For: 10.9.9.9, 203.0.113.7\r\n");
    assert_holds(logged(*state, "/by-proxy"), " ip=203.0.113.7 ");
    get(*state, "/by-liar", "X-Forwarded-For: x\" y\r\n");
    assert_holds(logged(*state, "/by-liar"), " ip=127.0.0.1 ");
}

static void the_description_holds_every_route(void **state)
{
    str a = get(*state, "/api/openapi.json", "");
    for (const route *t = site; t->path; t++) assert_holds(a, str_fmt(*state, "\"%s\":{", t->path).p);
    assert_holds(a, "\"x-roles\":[\"bureau\"]");
    assert_holds(a, "\"required\":[\"title\"]");
    assert_holds(a, "\"enum\":[\"patent\",\"software\"]");
    str map = get(*state, "/sitemap", AGENCY AS_JSON_);
    assert_holds(map, "\"/cases\"");
    assert_lacks(map, "\"/cases/new\""); /* not for an agency */
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], BOOK_WORKER_WORD)) return book_worker_main();
    const struct CMUnitTest tests[] = {
        TEST(every_request_has_its_status),
        TEST(every_kind_of_error_has_its_status_and_both_its_forms),
        TEST(every_answer_carries_the_headers_whatever_its_status),
        TEST(a_head_is_a_get_without_its_body),
        TEST(a_list_is_html_json_and_csv),
        TEST(a_list_is_a_workbook_too),
        TEST(a_file_comes_in_pieces_under_its_own_name),
        TEST(a_public_page_is_asked_for_again_by_its_etag),
        TEST(a_style_sheet_is_kept_for_ever_under_its_version),
        TEST(the_look_is_chosen_by_an_address_and_kept),
        TEST(the_language_is_asked_for_kept_and_told),
        TEST(signing_in_leads_to_where_one_was_going),
        TEST(a_form_sent_after_the_session_ended_is_not_lost),
        TEST(what_moves_money_asks_for_the_password_again),
        TEST(a_session_long_unused_is_touched_before_the_page),
        TEST(a_form_without_the_session_s_text_does_nothing),
        TEST(nobody_s_forms_are_tied_to_his_browser),
        TEST(one_connection_serves_many_requests),
        TEST(a_body_without_a_length_is_counted_as_it_comes),
        TEST(a_request_whose_end_is_in_doubt_is_refused),
        TEST(a_body_that_does_not_come_is_not_waited_for),
        TEST(more_than_the_workers_can_take_is_told_to_come_again),
        TEST(what_is_under_way_is_answered_before_the_end),
        TEST(an_address_that_is_taken_or_wrong_is_told),
        TEST(the_log_has_one_line_without_what_is_private),
        TEST(only_a_proxy_on_this_machine_says_for_whom_it_speaks),
        TEST(the_description_holds_every_route),
    };
    child_pool_begin(&site_makers, 2);
    return cmocka_run_group_tests(tests, site_open, site_close);
}
