/* SPDX-License-Identifier: Apache-2.0 */
/* wire_test.c: the whole demonstration zone over the wire: every person follows every link; nobody sees another organisation's cases in any
 * form; nothing typed into any form comes back as markup or breaks a page. */
#include "crawl.h"

#include <stdlib.h>

#include "base/embed.h"
#include "format/pdf.h"
#include "main/demo.h"
#include "main/demo_story.h"
#include "room/document/document.h"

static const char *const people[] = {NULL, "agency1", "agency2", "agency3", "enterprise1", "enterprise2", "enterprise3", "alliance1", "bureau1", "committee1", "finance1", "auditor1", "admin1"};
static crawl seen[countof(people)];
static arena memory;

static int begin(void **state)
{
    static world w;
    bool fresh;
    world_begin_empty(&w, demo_story_first());
    assert_int_equal(demo_load(&w.h, world_as(&w, NULL), &fresh).kind, OK);
    world_forget(&w);
    w.now = day_start(house_today()) + (int64_t)15 * 3600 * 1000000;
    arena_init(&memory, (size)2 << 30, NULL, NULL);
    visit_open(&w);
    for (int i = 0; i < countof(people); i++) crawl_all(&seen[i], people[i]);
    *state = &w;
    return 0;
}

static int end(void **state)
{
    visit_close();
    world_end(*state);
    for (int i = 0; i < countof(people); i++) arena_done(&seen[i].a);
    arena_done(&memory);
    return 0;
}

static void everybody_finds_pages_and_none_is_broken(void **state)
{
    (void)state;
    for (int i = 0; i < countof(people); i++) {
        int shown = 0;
        for (int k = 0; k < seen[i].n; k++) shown += seen[i].at[k].status == 200;
        print_message("%s: %d addresses, %d shown\n", people[i] ? people[i] : "nobody", seen[i].n, shown);
        assert_true(shown >= (people[i] ? 20 : 8));
    }
}

/* ---- whose is it ------------------------------------------------------------------------------------------------ */

/* What belongs to one organisation, by its address: everything else under a number is for all who are signed in, or for all. */
static const char *const for_all[] = {
    "/notices/", "/policies/", "/catalogue/", "/organisations/", "/agencies/", "/batches/", "/services/", "/record/head",
};

static bool is_for_all(const found *f)
{
    if (!strchr(f->r->path, '{') || f->r->who & ANYONE) return true;
    for (int i = 0; i < countof(for_all); i++)
        if (str_starts(f->path, str_of(for_all[i]))) return true;
    return false;
}

/* The name of this person's organisation, as cases name their parties. */
static str firm_of(const char *login)
{
    for (const cast_person *p = cast_people; p->login; p++)
        for (const cast_org *o = cast_orgs; !strcmp(p->login, login) && o->key; o++)
            if (!strcmp(o->key, p->org)) return str_of(o->name);
    return (str){0};
}

enum { AUDITOR = 11 };

static bool reads_name(const crawl *reader, str noun, str number, str name)
{
    arena scratch;
    arena_init(&scratch, (size)64 << 20, NULL, NULL);
    browser b = reader->b;
    b.a = &scratch;
    answer_seen s = visit_get(&b, str_z(&scratch, str_fmt(&scratch, "/" SF "/" SF "?format=json", SA(noun), SA(number))));
    bool is = s.status == 200 && str_find(s.body, name) >= 0;
    arena_done(&scratch);
    return is;
}

/* A case has two parties, and the auditor's page of it names them, or its owner's while it is a draft; a person comes to some of his cases
 * only, so he is not asked. What an enterprise says of a service stands under the number of the case, and names nobody. */
static bool is_party(const crawl *owner, const found *f, const char *login)
{
    str rest = str_from(f->path, 1), noun, number, name = firm_of(login);
    str_split(&rest, '/', &noun);
    str_split(&rest, '/', &number);
    const crawl *auditor = &seen[AUDITOR];
    if (str_eqz(noun, "feedback")) return reads_name(auditor, S("applications"), number, name) || reads_name(auditor, S("agreements"), number, name);
    return reads_name(auditor, noun, number, name) || reads_name(owner, noun, number, name);
}

/* The same address as page, JSON and CSV. */
static int tries_all_forms(browser *outsider, const char *who, const found *f)
{
    static const char *const formats[] = {"", "?format=json", "?format=csv"};
    for (int k = 0; k < countof(formats); k++) {
        const char *path = str_z(&memory, str_join(&memory, f->path, str_of(formats[k])));
        answer_seen s = crawl_ask(outsider, "GET", path, NULL, (str){0});
        if (s.status != 404 && s.status != 403) {
            print_message("%s gets %d at %s\n", who, s.status, path);
            return 1;
        }
    }
    return 0;
}

static bool is_firm(const char *login) { return login && (str_starts(str_of(login), S("agency")) || str_starts(str_of(login), S("enterprise"))); }

static void what_one_organisation_sees_is_missing_for_another_in_every_form(void **state)
{
    (void)state;
    int tried = 0, leaks = 0;
    for (int i = 0; i < countof(people); i++)
        for (int o = 0; o < countof(people); o++) {
            if (i == o || !is_firm(people[i]) || !is_firm(people[o])) continue;
            for (int k = 0; k < seen[i].n; k++) {
                const found *f = &seen[i].at[k];
                if (f->status != 200 || is_for_all(f) || crawl_knows(&seen[o], f->path) || is_party(&seen[i], f, people[o])) continue;
                leaks += tries_all_forms(&seen[o].b, people[o], f);
                tried++;
            }
        }
    print_message("pairs of a stranger and an address: %d, each as page, JSON and CSV\n", tried);
    assert_true(tried > 100);
    assert_int_equal(leaks, 0);
}

/* The acts on what another organisation owns: 404, or 403 for the role; never done, never a hint by another answer. */
static void nobody_acts_on_what_is_anothers(void **state)
{
    (void)state;
    int tried = 0, leaks = 0;
    for (int i = 0; i < countof(people); i++)
        for (int k = 0; is_firm(people[i]) && k < seen[i].n; k++) {
            const found *f = &seen[i].at[k];
            if (f->status != 200 || is_for_all(f)) continue;
            for (int t = 0; t < visit_world->web.tables; t++)
                for (const route *r = visit_world->web.routes[t]; r->path; r++) {
                    size whole = (size)strlen(f->r->path);
                    if (r->method != POST || strncmp(r->path, f->r->path, (size_t)whole) || strchr(r->path + whole, '{') || r->flags & RAW_BODY) continue;
                    const char *path = str_z(&memory, str_join(&memory, f->path, str_of(r->path + whole)));
                    for (int o = 0; o < countof(people); o++) {
                        if (!is_firm(people[o]) || crawl_knows(&seen[o], f->path) || is_party(&seen[i], f, people[o])) continue;
                        view *out;
                        int64_t now = visit_world->now; /* sessions would end by the tries alone */
                        int status = world_call(visit_world, people[o], POST, path, "{}", &out);
                        visit_world->now = now;
                        tried++;
                        if (status == 403 || status == 404) continue;
                        if (status == 422 && r->form) continue; /* the form is read first: nothing about the case is said */
                        print_message("%s gets %d at POST %s, which %s owns\n", people[o], status, path, people[i]);
                        leaks++;
                    }
                }
        }
    world_forget(visit_world);
    print_message("acts tried on what is another's: %d\n", tried);
    assert_true(tried > 50);
    assert_int_equal(leaks, 0);
}

/* ---- headers on every status ------------------------------------------------------------------------------------- */

static void every_answer_of_every_status_carries_the_headers(void **state)
{
    (void)state;
    browser nobody = {.a = &memory}, bureau = {.a = &memory}, program = {.a = &memory, .headers = "Accept: application/json\r\n"};
    visit_as(&bureau, "bureau1");
    str large = {arena_bytes(&memory, 3 << 20), 3 << 20};
    memset((char *)(uintptr_t)large.p, 'x', (size_t)large.n);
    const struct { browser *b; const char *method, *path, *type; str body; int status; } t[] = {
        {&nobody, "GET", "/", NULL, {0}, 200},          {&nobody, "GET", "/desk", NULL, {0}, 303},
        {&nobody, "GET", "/%zz", NULL, {0}, 400},       {&program, "GET", "/desk", NULL, {0}, 401},
        {&bureau, "GET", "/accounts", NULL, {0}, 403},  {&nobody, "GET", "/nothing", NULL, {0}, 404},
        {&nobody, "DELETE", "/", NULL, {0}, 405},       {&nobody, "TRACE", "/", NULL, {0}, 405},
        {&nobody, "PUT", "/login", "text/plain", S("x"), 405},
        {&nobody, "POST", "/login", "application/x-www-form-urlencoded", large, 413},
        {&program, "POST", "/login", "application/x-www-form-urlencoded", S("login=x"), 422},
        {&program, "POST", "/login", "application/json", S("{"), 400},
        {&bureau, "POST", "/account/language", "application/x-www-form-urlencoded", S("lang=en"), 403}, /* no key */
        {&nobody, "GET", "/api/openapi.json", NULL, {0}, 200}, {&nobody, "GET", "/healthz", NULL, {0}, 200},
    };
    for (int i = 0; i < countof(t); i++) {
        answer_seen s = crawl_ask(t[i].b, t[i].method, t[i].path, t[i].type, t[i].body);
        visit_status(s, t[i].status, t[i].path);
    }
    assert_true(crawl_answers > 500);
    print_message("answers looked at: %d\n", crawl_answers);
}

static void nothing_of_somebody_signed_in_is_kept_by_a_cache(void **state)
{
    (void)state;
    browser b = {.a = &memory};
    visit_as(&b, "finance1");
    for (int k = 0; k < seen[10].n; k++) {
        if (seen[10].at[k].r->who & ANYONE) continue;
        answer_seen s = visit_get(&b, str_z(&memory, seen[10].at[k].path));
        if (!str_eqz(visit_header(s, "Cache-Control"), "no-store")) fail_msg(SF " may be cached", SA(seen[10].at[k].path));
    }
}

/* ---- what is typed --------------------------------------------------------------------------------------------------- */

/* Each would show as "<zq7" or as an attribute zq7 if it were not escaped where it stands. */
static const char *const payloads[] = {
    "<zq7 onclick=alert(1)>", "\"><zq7>", "'><zq7>", "\" zq7a=\"1", "</textarea><zq7>", "</title><zq7>", "<!--><zq7>", "]]><zq7>", "{{{zq7}}}<zq7>",
    "javascript:zq7", "' OR '1'='1' --<zq7>", "'; DROP TABLE person; --", "\" OR \"\"=\"", "1) UNION SELECT verifier FROM person --", "%s%n%x<zq7>",
    "../../../../etc/passwd", "=HYPERLINK(\"http://zq7\")", "${7*7}<zq7>", "\xe2\x80\xae<zq7>", "\xf0\x9f\x92\xa9<zq7>", "\xef\xbb\xbf<zq7>", "\xc2\xad<zq7>",
};

typedef struct { str name, value; bool typed; } filled;

static str attribute(str tag, const char *name)
{
    char mark[40];
    snprintf(mark, sizeof mark, " %s=\"", name);
    return visit_between(tag, mark, "\"");
}

static bool has_word(str tag, const char *word) { return str_find(tag, str_of(word)) >= 0; }

static void put_field(buf *b, str name, str value)
{
    if (name.n) url_query_put(b, name, value);
}

static str value_for(str tag, const char *payload)
{
    str type = attribute(tag, "type"), mode = attribute(tag, "inputmode");
    if (str_eqz(type, "hidden") || str_eqz(type, "radio")) return attribute(tag, "value");
    if (str_eqz(type, "checkbox")) return S("1");
    if (str_eqz(type, "date")) return S("2018-11-05");
    if (str_eqz(mode, "numeric") || str_eqz(mode, "decimal")) return S("1");
    return str_of(payload);
}

/* The form as a browser would send it with that payload typed into every text; how many texts there were. */
static int fill(str form, const char *payload, buf *out)
{
    int texts = 0;
    str last_radio = {0};
    for (size at; (at = str_find(form, S("<"))) >= 0;) {
        form = str_from(form, at + 1);
        str tag = str_head(form, str_find(form, S(">"))), name = attribute(tag, "name");
        bool is_input = str_starts(tag, S("input")), area = str_starts(tag, S("textarea")), select = str_starts(tag, S("select"));
        if (!is_input && !area && !select) continue;
        if (str_eqz(name, "once") || str_eqz(attribute(tag, "type"), "file")) continue;
        if (str_eqz(attribute(tag, "type"), "radio") && (str_eq(name, last_radio))) continue;
        if (str_eqz(attribute(tag, "type"), "radio")) last_radio = name;
        if (select) {
            str rest = str_from(form, str_find(form, S("</option>"))), option = visit_between(rest, "<option value=\"", "\"");
            put_field(out, name, option);
            continue;
        }
        str value = area ? str_of(payload) : value_for(tag, payload);
        texts += value.p == payload;
        put_field(out, name, value);
    }
    return texts;
}

/* Not sent: what would sign out or shut out who is trying. */
static bool is_left_out(str target)
{
    static const char *const out[] = {"/logout", "/disable", "/sessions/end", "/posts/", "/password", "/factor", "/again", "/login", "/settings/", "/demo/", "/hand-over", "/workdays"};
    for (int i = 0; i < countof(out); i++)
        if (has_word(target, out[i])) return true;
    return false;
}

typedef struct { const route *r; int who; } sent_form;
static sent_form sent[600];
static int sent_n, requests, accepted, texts_tried;

static bool is_new(const route *r, int who)
{
    for (int i = 0; i < sent_n; i++)
        if (sent[i].r == r && sent[i].who == who) return false;
    assert_true(sent_n < countof(sent));
    sent[sent_n++] = (sent_form){r, who};
    return true;
}

static void send_with(browser *b, str page, str target, const char *payload)
{
    arena scratch;
    arena_init(&scratch, (size)256 << 20, NULL, NULL);
    browser mine = *b;
    mine.a = &scratch;
    buf body = buf_new(&scratch, 1024);
    int texts = fill(page, payload, &body);
    answer_seen s = crawl_ask(&mine, "POST", str_z(&scratch, target), "application/x-www-form-urlencoded", buf_str(&body));
    if (s.status >= 500) fail_msg(SF " gives %d for %s", SA(target), s.status, payload);
    if (has_word(s.body, "<zq7") || has_word(s.body, "\" zq7a=\"") || has_word(s.body, "href=\"javascript:")) fail_msg(SF " shows it raw: %s", SA(target), payload);
    requests++;
    accepted += s.status == 303;
    texts_tried += texts;
    arena_done(&scratch);
}

static void send_each(crawl *c, str form, str target, int salt)
{
    str blns, line;
    for (int i = 0; i < countof(payloads); i++) send_with(&c->b, form, target, payloads[i]);
    const char *shared = getenv("SHARED");
    FILE *f = shared && *shared ? fopen(str_z(&memory, str_fmt(&memory, "%s/data/hostile/blns.txt", shared)), "rb") : NULL;
    if (!f) return;
    buf b = buf_new(&memory, 1 << 16);
    b.n = (size)fread(buf_room(&b, 1 << 16), 1, 1 << 16, f);
    fclose(f);
    blns = buf_str(&b);
    for (int n = 0; str_split(&blns, '\n', &line); n++) /* each string in every eighth form, each form an eighth of them */
        if (line.n && !str_starts(line, S("#")) && n % 8 == salt % 8) send_with(&c->b, form, target, str_z(&memory, line));
}

static void try_forms(int who, const found *f)
{
    crawl *c = &seen[who];
    str rest = f->body, form;
    for (size at; (at = str_find(rest, S("<form method=\"post\""))) >= 0; rest = str_from(rest, 1)) {
        rest = str_from(rest, at);
        form = str_head(rest, str_find(rest, S("</form>")));
        str target = attribute(str_head(form, str_find(form, S(">"))), "action");
        size query = str_find(target, S("?"));
        const route *r = crawl_route(POST, query < 0 ? target : str_head(target, query));
        if (!r || is_left_out(target) || !is_new(r, who)) continue;
        send_each(c, form, target, sent_n);
    }
}

static void what_is_typed_into_any_form_comes_back_as_text(void **state)
{
    (void)state;
    int shown = 0;
    for (int i = 1; i < countof(people); i++) {
        crawl_all(&seen[i], people[i]);
        for (int k = 0; k < seen[i].n; k++)
            if (seen[i].at[k].status == 200) try_forms(i, &seen[i].at[k]);
    }
    /* and wherever it is shown afterwards */
    for (int i = 0; i < countof(people); i++) {
        crawl_all(&seen[i], people[i]);
        for (int k = 0; k < seen[i].n; k++) {
            str body = seen[i].at[k].body;
            bool html = has_word(body, "<!DOCTYPE html>");
            if (html && (has_word(body, "<zq7") || has_word(body, "\" zq7a=\"") || has_word(body, "href=\"javascript:")))
                fail_msg("%s sees it raw at " SF, people[i] ? people[i] : "nobody", SA(seen[i].at[k].path));
            shown += has_word(body, "&lt;zq7");
        }
    }
    print_message("forms: %d, requests: %d, taken: %d, texts: %d; pages that show one: %d\n", sent_n, requests, accepted, texts_tried, shown);
    assert_true(sent_n > 40 && accepted > 40 && shown > 10);
    int64_t left;
    ctx *c = world_as(visit_world, NULL);
    list ids;
    assert_int_equal(account_holders(c, S("bureau"), 0, &ids).kind, OK); /* table person is still there */
    left = ids.n;
    assert_true(left > 0);
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], PDF_WORKER_WORD)) return pdf_worker_main(); /* a paper starts this very program */
    if (argc == 2 && !strcmp(argv[1], TYPE_WORKER_WORD)) return document_type_worker();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_finds_pages_and_none_is_broken),
        cmocka_unit_test(what_one_organisation_sees_is_missing_for_another_in_every_form),
        cmocka_unit_test(nobody_acts_on_what_is_anothers),
        cmocka_unit_test(every_answer_of_every_status_carries_the_headers),
        cmocka_unit_test(nothing_of_somebody_signed_in_is_kept_by_a_cache),
        cmocka_unit_test(what_is_typed_into_any_form_comes_back_as_text),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
