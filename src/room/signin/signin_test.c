/* SPDX-License-Identifier: Apache-2.0 */
/* signin_test.c: signing in over the wire: the second factor from enrolment to removal, and who waits after wrong tries. */
#include "visit.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "format/hash.h"
#include "format/totp.h"
#include "room/account/account.h"
#include "web/secret.h"

#define PASSWORD "a sentence that nobody else has"
#define SECONDS ((int64_t)1000000)

static int begin(void **state)
{
    static world w;
    world_begin(&w, "2018-11-05");
    ctx *c = world_as(&w, NULL);
    str verifier;
    assert_int_equal(account_verifier(c, S(PASSWORD), &verifier).kind, OK);
    static const char *const logins[] = {"bureau1", "agency1", "finance1", "admin1"};
    for (int i = 0; i < countof(logins); i++) {
        person p;
        assert_int_equal(account_of_login(c, str_of(logins[i]), &p).kind, OK);
        account_secret s = {.person = p.id, .verifier = verifier};
        assert_int_equal(store_act(c, &account_password, &s).kind, OK);
    }
    visit_open(&w);
    *state = &w;
    return 0;
}

static int end(void **state)
{
    visit_close();
    world_end(*state);
    return 0;
}

static browser fresh(void) { return (browser){.a = &visit_world->at.a}; }

static answer_seen sign_in(browser *b, const char *login, const char *password)
{
    return visit_post(b, "/login", "/login", str_z(b->a, str_fmt(b->a, "login=%s&password=%s", login, password)));
}

static str sid_of(const browser *b)
{
    for (int i = 0; i < countof(b->cookie); i++)
        if (str_starts(str_of(b->cookie[i]), S("__Host-sid="))) return str_of(b->cookie[i]);
    return (str){0};
}

static void is_in(browser *b) { visit_status(visit_get(b, "/account"), 200, "signed in"); }
static void is_out(browser *b) { visit_status(visit_get(b, "/account"), 303, "not signed in"); }

static void says(answer_seen s, const char *text)
{
    if (str_find(s.body, str_of(text)) < 0) fail_msg("it does not say: %s: " SF, text, SA(str_head(visit_between(s.body, "<main", "</main>"), 3000)));
}

/* The secret as the page shows it, back into bytes. */
static str secret_on(arena *a, answer_seen page)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    str text = visit_between(page.body, "<code class=\"text-break\">", "</code>");
    buf b = buf_new(a, 20);
    unsigned have = 0;
    int bits = 0;
    for (size i = 0; i < text.n; i++) {
        const char *at = text.p[i] == ' ' ? NULL : strchr(digits, text.p[i]);
        if (!at) continue;
        have = have << 5 | (unsigned)(at - digits);
        if ((bits += 5) >= 8) buf_byte(&b, (char)(have >> (bits -= 8)));
    }
    assert_int_equal(b.n, TOTP_SECRET);
    return buf_str(&b);
}

static const char *code_of(arena *a, str secret, int64_t now) { return str_z(a, str_fmt(a, "%06u", totp_code(secret, totp_step(now)))); }

/* Sets a second factor up; the secret, and the page of the recovery codes. */
static str enrol(browser *b, answer_seen *codes)
{
    answer_seen page = visit_get(b, "/account/factor");
    visit_status(page, 200, "the page to set it up");
    assert_true(str_find(page.body, S("<svg")) > 0);
    str secret = secret_on(b->a, page), sealed = visit_between(page.body, "name=\"sealed\" value=\"", "\"");
    str body = str_fmt(b->a, "csrf=" SF "&sealed=" SF "&code=%s", SA(visit_csrf(page)), SA(sealed), code_of(b->a, secret, visit_now()));
    *codes = visit_ask(b, "POST", "/account/factor", "application/x-www-form-urlencoded", body);
    visit_status(*codes, 201, "set up");
    return secret;
}

static int64_t messages_of(const char *login)
{
    int64_t n = 0;
    view *v = world_do(visit_world, 200, login, GET, "/messages", NULL);
    for (const view *m = view_get(v, S("items"))->first; m; m = m->next) n++;
    return n;
}

static void the_second_factor_from_its_setting_up_to_its_removal(void **state)
{
    (void)state;
    browser b = fresh();
    answer_seen codes, page;
    visit_status(sign_in(&b, "bureau1", PASSWORD), 303, "password");
    int64_t told = messages_of("bureau1");
    visit_status(visit_post(&b, "/account/factor", "/account/factor", "sealed=v1.AAAA&code=123456"), 409, "a secret that is not ours");
    str secret = enrol(&b, &codes);
    str recovery = visit_between(codes.body, "recovery-codes\"><li><code>", "</code>");
    assert_int_equal(recovery.n, 19);
    assert_int_equal(messages_of("bureau1"), told + 1);

    /* the password alone opens nothing, and the code that set it up is used up */
    browser c = fresh();
    page = sign_in(&c, "bureau1", PASSWORD);
    visit_status(page, 303, "password");
    assert_true(str_eqz(visit_header(page, "Location"), "/login/code"));
    is_out(&c);
    visit_status(visit_get(&c, "/"), 200, "what nobody may see too");
    str before = str_dup(c.a, sid_of(&c));
    says(visit_post(&c, "/login/code", "/login/code", str_z(c.a, str_fmt(c.a, "code=%s", code_of(c.a, secret, visit_now())))), "form-code");
    is_out(&c);
    visit_world->now += 31 * SECONDS;
    const char *next = code_of(c.a, secret, visit_now());
    visit_status(visit_post(&c, "/login/code", "/login/code", str_z(c.a, str_fmt(c.a, "code=%s", next))), 303, "code");
    is_in(&c);
    assert_false(str_eq(before, sid_of(&c))); /* another session */

    /* the same code a second time, then a recovery code once and not twice */
    browser d = fresh();
    sign_in(&d, "bureau1", PASSWORD);
    visit_status(visit_post(&d, "/login/code", "/login/code", str_z(d.a, str_fmt(d.a, "code=%s", next))), 422, "used code");
    visit_status(visit_post(&d, "/login/code", "/login/code", str_z(d.a, str_fmt(d.a, "code=" SF, SA(recovery)))), 303, "recovery code");
    is_in(&d);
    browser e = fresh();
    sign_in(&e, "bureau1", PASSWORD);
    visit_status(visit_post(&e, "/login/code", "/login/code", str_z(e.a, str_fmt(e.a, "code=" SF, SA(recovery)))), 422, "recovery code again");
    is_out(&e);
    assert_int_equal(messages_of("bureau1"), told + 2);

    /* after a quarter of an hour its removal asks for password and code again */
    visit_world->now += 16 * 60 * SECONDS;
    visit_status(visit_post(&c, "/account/factor", "/account/factor/remove", ""), 401, "sign in again first");
    visit_status(visit_post(&c, "/again", "/again", "password=" PASSWORD), 422, "password without code");
    visit_status(visit_post(&c, "/again", "/again", str_z(c.a, str_fmt(c.a, "password=" PASSWORD "&code=%s", code_of(c.a, secret, visit_now())))), 303, "both");
    visit_status(visit_post(&c, "/account/factor", "/account/factor/remove", ""), 303, "removed");
    assert_int_equal(messages_of("bureau1"), told + 3);
    browser f = fresh();
    sign_in(&f, "bureau1", PASSWORD);
    is_in(&f);
}

static void a_role_that_needs_it_reaches_nothing_else_before(void **state)
{
    (void)state;
    browser b = fresh();
    answer_seen codes;
    world_do(visit_world, 422, "admin1", POST, "/settings/second_factor_roles", "{\"name\":\"second_factor_roles\",\"value\":\"finance,kings\"}");
    world_do(visit_world, 200, "admin1", POST, "/settings/second_factor_roles", "{\"name\":\"second_factor_roles\",\"value\":\"finance, committee\"}");
    sign_in(&b, "finance1", PASSWORD);
    int tried = 0;
    for (int t = 0; t < visit_world->web.tables; t++)
        for (const route *r = visit_world->web.routes[t]; r->path; r++) {
            if (r->method != GET || strchr(r->path, '{') || !(r->who & WHO(ROLE_FINANCE)) || r->who & ANYONE) continue;
            answer_seen s = visit_get(&b, r->path);
            if (r->flags & ENROLS) visit_status(s, 200, r->path);
            else if (s.status != 303 || !str_starts(visit_header(s, "Location"), S("/account/factor?"))) fail_msg("%s is open before: %d", r->path, s.status);
            tried++;
        }
    assert_true(tried > 10);
    visit_status(visit_post(&b, "/account/factor", "/account/language", "lang=en"), 401, "a form before");
    enrol(&b, &codes);
    visit_status(visit_get(&b, "/payments"), 200, "after");
    browser a = fresh();
    sign_in(&a, "agency1", PASSWORD);
    is_in(&a); /* whose role needs none */

    /* the administrator takes it away: the person is told and has to set it up anew */
    person p;
    char path[60];
    int64_t told = messages_of("finance1");
    assert_int_equal(account_of_login(world_as(visit_world, NULL), S("finance1"), &p).kind, OK);
    snprintf(path, sizeof path, "/accounts/%lld/factor/remove", (long long)p.id);
    world_do(visit_world, 403, "bureau1", POST, path, "{}");
    world_do(visit_world, 200, "admin1", POST, path, "{}");
    world_do(visit_world, 409, "admin1", POST, path, "{}");
    assert_int_equal(messages_of("finance1"), told + 1);
    visit_status(visit_get(&b, "/payments"), 303, "without again");
    world_do(visit_world, 200, "admin1", POST, "/settings/second_factor_roles", "{\"name\":\"second_factor_roles\",\"value\":\"none\"}");
    visit_status(visit_get(&b, "/payments"), 200, "needed no more");
}

/* The bytes of a backup. */
static str copy_of_the_store(browser *b)
{
    char file[120];
    snprintf(file, sizeof file, "%s/copy.sqlite", visit_world->place.folder);
    unlink(file);
    assert_int_equal(store_backup(visit_world->h.store, file).kind, OK);
    FILE *f = fopen(file, "rb");
    assert_non_null(f);
    buf bytes = buf_new(b->a, 1 << 20);
    for (size n = 1; n > 0; bytes.n += n) n = (size)fread(buf_room(&bytes, 1 << 20), 1, 1 << 20, f);
    fclose(f);
    return buf_str(&bytes);
}

/* A copy of the store holds neither the secret nor a recovery code. */
static void a_copy_of_the_store_makes_no_codes(void **state)
{
    (void)state;
    if (place_is_postgres()) skip(); /* it looks into SQLite's own file */
    browser b = fresh();
    answer_seen codes;
    visit_as(&b, "committee1");
    str secret = enrol(&b, &codes), recovery = visit_between(codes.body, "recovery-codes\"><li><code>", "</code>"), all;
    all = copy_of_the_store(&b);
    assert_true(str_find(all, S("committee1")) > 0);
    assert_int_equal(str_find(all, secret), -1);
    assert_int_equal(str_find(all, base32_text(b.a, secret)), -1);
    assert_int_equal(str_find(all, recovery), -1);
    assert_int_equal(str_find(all, str_replace(b.a, recovery, S("-"), (str){0})), -1);
}

static void a_stranger_who_tries_makes_nobody_wait_who_is_known(void **state)
{
    (void)state;
    browser owner = fresh(), stranger = fresh(), other = fresh();
    visit_status(sign_in(&owner, "agency1", PASSWORD), 303, "the owner signs in once");
    int refused = 0;
    for (int i = 0; i < 12; i++) {
        answer_seen s = sign_in(&stranger, "agency1", "wrong wrong wrong");
        if (i < 5) visit_status(s, 422, "a wrong try");
        refused += s.status == 429;
        if (s.status == 429) assert_true(visit_header(s, "Retry-After").n > 0);
    }
    assert_int_equal(refused, 7);
    visit_status(sign_in(&stranger, "agency1", PASSWORD), 429, "even the right one waits");
    is_in(&owner); /* the open session is untouched */
    visit_status(visit_post(&owner, "/account", "/logout", ""), 303, "out");
    visit_status(sign_in(&owner, "agency1", PASSWORD), 303, "the known browser does not wait");
    visit_status(sign_in(&other, "bureau1", PASSWORD), 303, "other accounts do not wait");
    visit_world->now += 2 * SECONDS;
    visit_status(sign_in(&stranger, "agency1", PASSWORD), 303, "and it ends");
}

/* By the wait each wrong try adds: at most so many in an hour, whatever the patience. */
static void an_hour_has_room_for_few_wrong_tries(void **state)
{
    world *w = *state;
    int tries = 0;
    int64_t until = w->now + 3600 * SECONDS;
    ctx *c = world_as(w, NULL);
    for (; c->now < until; c->now += SECONDS) {
        if (account_may_try(c, S("login:somebody")).kind) continue;
        assert_int_equal(account_tried(c, S("login:somebody"), true).kind, OK);
        tries++;
    }
    print_message("wrong tries in an hour: %d\n", tries);
    assert_true(tries >= 5 && tries <= 100);
    c->now += 15 * 60 * SECONDS; /* never for ever */
    assert_int_equal(account_may_try(c, S("login:somebody")).kind, OK);
}

static void an_address_that_tries_many_logins_waits_alone(void **state)
{
    world *w = *state;
    ctx *c = world_as(w, NULL);
    int tries = 0;
    while (tries < 200 && !account_may_try(c, S("address:192.0.2.1")).kind) {
        assert_int_equal(account_tried(c, S("address:192.0.2.1"), true).kind, OK);
        tries++;
    }
    assert_in_range(tries, 50, 70);
    assert_int_equal(account_may_try(c, S("address:192.0.2.2")).kind, OK);
    c->now += 7 * SECONDS;
    assert_int_equal(account_may_try(c, S("address:192.0.2.1")).kind, OK);
}

/* ---- what is kept of it ----------------------------------------------------------------------------------------- */

static bool has_line(const char *login, const char *query, const char *what, const char *object, const char *result)
{
    view *v = world_do(visit_world, 200, login, GET, query, NULL);
    for (const view *l = view_get(v, S("items"))->first; l; l = l->next)
        if (str_eqz(view_get_text(l, S("what")), what) && str_eqz(view_get_text(l, S("object")), object) && str_eqz(view_get_text(l, S("result")), result)
            && (str_eqz(view_get_text(l, S("ip")), "127.0.0.1") || str_eqz(S("administrator"), what)))
            return true;
    return false;
}

static void sign_ins_refusals_and_administrators_leave_a_line(void **state)
{
    (void)state;
    browser b = fresh();
    sign_in(&b, "admin1", "wrong wrong wrong");
    assert_true(has_line("auditor1", "/access?login=admin1", "sign_in", "", "wrong"));
    sign_in(&b, "admin1", PASSWORD);
    assert_true(has_line("auditor1", "/access?login=admin1", "sign_in", "", "ok"));
    visit_status(visit_get(&b, "/applications"), 403, "not an administrator's");
    assert_int_equal(watch_write(world_as(visit_world, NULL)).kind, OK);
    assert_true(has_line("auditor1", "/access?what=refused", "refused", "/applications", "denied"));
    visit_status(visit_post(&b, "/settings/paper_code", "/settings/paper_code", "value=%E7%A4%BA"), 303, "a setting");
    assert_true(has_line("auditor1", "/access?what=administrator", "administrator", "setting_set", "ok"));
    world_do(visit_world, 403, "bureau1", GET, "/access", NULL);
    visit_status(sign_in(&b, "a%0Ab", PASSWORD), 422, "a line break in a login");
}

static void no_line_is_ever_changed(void **state)
{
    if (place_is_postgres()) skip(); /* it looks into SQLite's own file */
    world *w = *state;
    char command[200];
    snprintf(command, sizeof command, "%s/lingfei.sqlite", w->place.folder);
    sqlite3 *db;
    assert_int_equal(sqlite3_open(command, &db), SQLITE_OK);
    char *why = NULL;
    assert_int_equal(sqlite3_exec(db, "UPDATE access_entry SET result = 'ok'", NULL, NULL, &why), SQLITE_CONSTRAINT);
    assert_non_null(strstr(why, "append-only"));
    sqlite3_free(why);
    sqlite3_close(db);
}

/* ---- sessions ---------------------------------------------------------------------------------------------------- */

static int by_text(const void *x, const void *y) { return strcmp(*(const char *const *)x, *(const char *const *)y); }

static void ten_thousand_ids_differ_and_none_is_in_the_store(void **state)
{
    (void)state;
    if (place_is_postgres()) skip(); /* it looks into SQLite's own file */
    enum { MANY = 10000 };
    static const char *id[MANY];
    arena a;
    arena_init(&a, 16 << 20, NULL, NULL);
    for (int i = 0; i < MANY; i++) id[i] = str_z(&a, secret_token(&a));
    qsort(id, MANY, sizeof *id, by_text);
    for (int i = 1; i < MANY; i++) assert_true(strcmp(id[i - 1], id[i]) && strlen(id[i]) == 43); /* 256 bits */
    arena_done(&a);
    browser b = fresh();
    sign_in(&b, "bureau1", PASSWORD);
    str all = copy_of_the_store(&b), sid = str_from(sid_of(&b), 11);
    assert_true(sid.n == 43);
    assert_int_equal(str_find(all, sid), -1);
    assert_true(str_find(all, sha256_hex(b.a, sid)) > 0);
}

static void a_cookie_is_for_this_site_alone(void **state)
{
    (void)state;
    browser b = fresh();
    answer_seen s = sign_in(&b, "bureau1", PASSWORD);
    str rest = s.head, line;
    int cookies = 0;
    while (str_split(&rest, '\n', &line)) {
        if (!str_starts(line, S("Set-Cookie: "))) continue;
        static const char *const all[] = {"Set-Cookie: __Host-", "; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"};
        for (int i = 0; i < countof(all); i++)
            if (str_find(line, str_of(all[i])) < 0) fail_msg("%s is not in " SF, all[i], SA(line));
        assert_int_equal(str_find(line, S("Domain")), -1);
        cookies++;
    }
    assert_true(cookies >= 2);
}

static void signing_in_leads_to_no_other_site(void **state)
{
    (void)state;
    static const char *const away[] = {"//evil.example", "%5C%5Cevil.example", "https:evil.example", "https://evil.example/", "/%5Cevil.example", "javascript:alert(1)", "/%0d%0aSet-Cookie:x"};
    for (int i = 0; i < countof(away); i++) {
        browser b = fresh();
        answer_seen s = visit_post(&b, "/login", "/login", str_z(b.a, str_fmt(b.a, "login=agency1&password=" PASSWORD "&next=%s", away[i])));
        if (s.status == 422) continue; /* a line break */
        visit_status(s, 303, away[i]);
        if (!str_eqz(visit_header(s, "Location"), "/")) fail_msg("%s leads to " SF, away[i], SA(visit_header(s, "Location")));
    }
}

static void after_signing_out_the_old_cookie_opens_nothing(void **state)
{
    (void)state;
    browser b = fresh(), old;
    sign_in(&b, "bureau1", PASSWORD);
    old = b;
    visit_status(visit_post(&b, "/account", "/logout", ""), 303, "out");
    is_out(&old);
}

/* So that password keepers find them, and nothing forbids pasting. */
static void fields_tell_the_browser_what_is_asked(void **state)
{
    (void)state;
    browser b = fresh();
    static const struct { const char *path, *token; } t[] = {
        {"/login", "autocomplete=\"username\""}, {"/login", "autocomplete=\"current-password\""}, {"/account", "autocomplete=\"current-password\""},
        {"/account", "autocomplete=\"new-password\""}, {"/account/factor", "autocomplete=\"one-time-code\""}, {"/again", "autocomplete=\"current-password\""},
    };
    sign_in(&b, "agency1", PASSWORD);
    for (int i = 0; i < countof(t); i++) says(visit_get(&b, t[i].path), t[i].token);
}

/* ---- passwords ----------------------------------------------------------------------------------------------------- */

static str repeated(arena *a, const char *s, int n)
{
    buf b = buf_new(a, 512);
    while (n-- > 0) buf_putz(&b, s);
    return buf_str(&b);
}

static void a_password_is_long_enough_and_not_everybodys(void **state)
{
    ctx *c = world_as(*state, NULL);
    str long_one = str_join(c->a, repeated(c->a, "k7 ", 21), S("Q")), other = str_join(c->a, repeated(c->a, "k7 ", 21), S("R"));
    const struct { str password; const char *why; } t[] = {
        {S("elevenlette"), "at least 12"}, {S("twelveletter"), NULL}, {S("十一个汉字的密码不够长"), "at least 12"}, {S("十二个汉字的密码就已够长"), NULL},
        {S("123456789012"), "among the first"}, {S("PASSWORD1234"), "among the first"}, {S("woaini1314520"), "among the first"}, {S("zhongguo1949"), "among the first"},
        {S("admin@123456"), "among the first"}, {S("aaaaaaaaaaaaa"), "among the first"}, {S("abcabcabcabc"), "among the first"}, {S("密密密密密密密密密密密密"), "among the first"},
        {S("lkjihgfedcba"), "among the first"}, {S("qwertyuiopasdf"), "among the first"}, {S("098765432109"), "among the first"},
        {long_one, NULL}, {str_join(c->a, repeated(c->a, "k7Q ", 31), S("abcd")), NULL}, {str_join(c->a, repeated(c->a, "k7Q ", 32), S("a")), "at most 128"},
    };
    for (int i = 0; i < countof(t); i++) {
        str verifier;
        err e = account_verifier(c, t[i].password, &verifier);
        if ((e.kind != OK) != (t[i].why != NULL) || (t[i].why && !strstr(e.text, t[i].why)))
            fail_msg("\"" SF "\": %s", SA(t[i].password), e.kind ? e.text : "taken");
        if (!e.kind) assert_true(str_starts(verifier, S("$argon2id$")));
    }
    /* nothing is cut off: the 64th character counts; the same password twice has two verifiers */
    str one, two;
    person p;
    assert_int_equal(long_one.n, 64);
    assert_int_equal(account_verifier(c, long_one, &one).kind, OK);
    assert_int_equal(account_verifier(c, long_one, &two).kind, OK);
    assert_false(str_eq(one, two));
    assert_int_equal(account_of_login(c, S("agency2"), &p).kind, OK);
    account_secret s = {.person = p.id, .verifier = one};
    assert_int_equal(store_act(c, &account_password, &s).kind, OK);
    c = world_as(*state, NULL);
    assert_int_equal(account_check(c, S("agency2"), other, (str){0}, &p).kind, ERR_LOGIN);
    assert_int_equal(account_check(c, S("agency2"), long_one, (str){0}, &p).kind, OK);
}

static void kinds_of_characters_count_only_where_the_zone_says_so(void **state)
{
    str verifier;
    world_do(*state, 200, "admin1", POST, "/settings/password_kinds", "{\"name\":\"password_kinds\",\"value\":\"3\"}");
    assert_non_null(strstr(account_verifier(world_as(*state, NULL), S("only small letters"), &verifier).text, "small letters"));
    assert_int_equal(account_verifier(world_as(*state, NULL), S("Small letters 7"), &verifier).kind, OK);
    world_do(*state, 200, "admin1", POST, "/settings/password_kinds", "{\"name\":\"password_kinds\",\"value\":\"1\"}");
}

static void a_changed_password_ends_the_other_sessions_unless_they_are_to_stay(void **state)
{
    (void)state;
    browser here = fresh(), there = fresh();
    static const struct { const char *from, *to, *stay; } t[] = {{PASSWORD, "another long sentence", "&stay=1"}, {"another long sentence", PASSWORD, ""}};
    for (int i = 0; i < countof(t); i++) {
        visit_status(sign_in(&here, "finance1", t[i].from), 303, "here");
        visit_status(sign_in(&there, "finance1", t[i].from), 303, "there");
        int64_t told = messages_of("finance1");
        str fields = str_fmt(here.a, "old=%s&password=%s&again=%s%s", t[i].from, t[i].to, t[i].to, t[i].stay);
        visit_status(visit_post(&here, "/account", "/account/password", str_z(here.a, fields)), 303, "changed");
        is_in(&here);
        if (*t[i].stay) is_in(&there);
        else is_out(&there);
        assert_int_equal(messages_of("finance1"), told + 1);
    }
}

/* A known and an unknown login are refused alike when two passwords are being made: both would be hashed. */
static void two_hashings_at_once_and_everybody_else_waits(void **state)
{
    world *w = *state;
    browser b = fresh();
    assert_true(gate_enter(&w->h.hashing, 0) && gate_enter(&w->h.hashing, 0));
    answer_seen known = sign_in(&b, "bureau1", PASSWORD), unknown = sign_in(&b, "nobody-at-all", PASSWORD);
    gate_leave(&w->h.hashing), gate_leave(&w->h.hashing);
    visit_status(known, 503, "a known login");
    visit_status(unknown, 503, "an unknown login");
    assert_true(visit_header(known, "Retry-After").n > 0);
    visit_status(sign_in(&b, "bureau1", PASSWORD), 303, "afterwards");
}

static void a_session_ends_when_silent_for_half_an_hour_or_after_twelve(void **state)
{
    world *w = *state;
    browser idle = fresh(), busy = fresh();
    sign_in(&idle, "bureau1", PASSWORD);
    sign_in(&busy, "bureau1", PASSWORD);
    w->now += 29 * 60 * SECONDS;
    is_in(&idle);
    w->now += 31 * 60 * SECONDS;
    is_out(&idle);
    sign_in(&busy, "bureau1", PASSWORD);
    for (int i = 0; i < 28; i++) {
        w->now += 25 * 60 * SECONDS;
        is_in(&busy);
    }
    w->now += 25 * 60 * SECONDS; /* 12 hours and 5 minutes */
    is_out(&busy);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_second_factor_from_its_setting_up_to_its_removal),
        cmocka_unit_test(a_role_that_needs_it_reaches_nothing_else_before),
        cmocka_unit_test(a_copy_of_the_store_makes_no_codes),
        cmocka_unit_test(a_stranger_who_tries_makes_nobody_wait_who_is_known),
        cmocka_unit_test(an_hour_has_room_for_few_wrong_tries),
        cmocka_unit_test(an_address_that_tries_many_logins_waits_alone),
        cmocka_unit_test(sign_ins_refusals_and_administrators_leave_a_line),
        cmocka_unit_test(no_line_is_ever_changed),
        cmocka_unit_test(ten_thousand_ids_differ_and_none_is_in_the_store),
        cmocka_unit_test(a_cookie_is_for_this_site_alone),
        cmocka_unit_test(signing_in_leads_to_no_other_site),
        cmocka_unit_test(after_signing_out_the_old_cookie_opens_nothing),
        cmocka_unit_test(fields_tell_the_browser_what_is_asked),
        cmocka_unit_test(a_password_is_long_enough_and_not_everybodys),
        cmocka_unit_test(kinds_of_characters_count_only_where_the_zone_says_so),
        cmocka_unit_test(a_changed_password_ends_the_other_sessions_unless_they_are_to_stay),
        cmocka_unit_test(two_hashings_at_once_and_everybody_else_waits),
        cmocka_unit_test(a_session_ends_when_silent_for_half_an_hour_or_after_twelve),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
