/* SPDX-License-Identifier: Apache-2.0 */
/* world.c: a zone of its own for a test. */
#include "world.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>

#include <cmocka.h>
#include <stdio.h>

#include "format/json.h"
#include "main/key.h"
#include "room/account/account.h"
#include "room/audit/audit.h"
#include "room/budget/budget.h"
#include "room/counter/counter.h"
#include "room/document/document.h"
#include "room/member/member.h"
#include "room/registration/registration.h"
#include "room/signin/signin.h"

static void must(world *w, err e, const char *what)
{
    if (!e.kind) return;
    str why = err_text(&w->at.a, e, str_of(e.text));
    fail_msg("%s: %s: " SF, what, e.field ? e.field : "", SA(why));
}

/* The clock of a test: the morning of its business day, later by what has been done. */
static int64_t morning(int64_t day) { return day_start(day) + (int64_t)9 * 3600 * 1000000; }

static void key_of(const world *w, char path[120]) { snprintf(path, 120, "%s/lingfei.key", w->place.folder); }

void world_begin_empty(world *w, int64_t day)
{
    memset(w, 0, sizeof *w);
    place_make(&w->place);
    char key[120];
    key_of(w, key);
    arena a;
    arena_init(&a, 1 << 16, NULL, NULL);
    assert_int_equal(key_make(&a, key).kind, OK);
    arena_done(&a);
    house_options o = {.data = w->place.data, .key = key, .create = true, .rehearsal = true, .today = day};
    err e = house_open(&o, &w->h);
    if (e.kind) {
        str why = err_text(&w->h.a, e, str_of(e.text));
        fail_msg("house_open: " SF, SA(why));
    }
    must(w, errand_begin(&w->h, &w->at), "errand");
    w->now = morning(day);
    w->web = (web_options){.routes = w->h.tables, .tables = w->h.table_n, .file_limit = 20 << 20,
                           .hooks = {.identify = signin_identify, .counter = counter_may, .take_file = document_take, .file_name = document_name}};
    must(w, house_begin_days(world_as(w, NULL)), "days");
}

void world_begin(world *w, const char *today)
{
    int64_t day;
    assert_true(day_parse(str_of(today), &day));
    world_begin_empty(w, day);
    must(w, cast_make(world_as(w, NULL), S("$argon2id$none")), "cast");
}

void world_end(world *w)
{
    ctx *c = world_as(w, NULL);
    view *report = view_map(c->a);
    must(w, audit_verify(c, (str){0}, report), "verify");
    must(w, budget_verify(c, report), "ledger");
    errand_end(&w->at);
    house_close(&w->h);
    place_remove(&w->place);
}

static void do_again(world *w, const char *data)
{
    char key[120];
    key_of(w, key); /* what is sealed must come out the same */
    house_options o = {.data = data, .key = key, .create = true, .rehearsal = true, .bare = true};
    house second = {0};
    errand at;
    must(w, house_open(&o, &second), "house");
    must(w, errand_begin(&second, &at), "errand");
    ctx *c = world_as(w, NULL);
    must(w, document_copy_blobs(c, &at.c), "blobs");
    must(w, registration_copy_rows(c, &at.c), "rows of the register");
    must(w, audit_replay(c, &at.c, rooms), "replay");
    errand_end(&at);
    house_close(&second);
}

void world_rebuild(world *w)
{
    place again;
    str different;
    place_make(&again);
    do_again(w, again.data);
    must(w, store_compare(world_as(w, NULL), again.data, &different), "compare");
    place_remove(&again);
    if (different.n) fail_msg("different: " SF, SA(different));
}

void world_forget(world *w)
{
    errand_end(&w->at);
    must(w, errand_begin(&w->h, &w->at), "errand");
}

ctx *world_as(world *w, const char *login)
{
    ctx *c = &w->at.c;
    w->now += 1000000;
    c->now = w->now;
    c->today = house_today();
    c->who = (actor){0};
    c->errors = NULL;
    c->once = (str){0};
    c->lang = LANG_EN;
    if (login) must(w, account_as(c, str_of(login), (str){0}), login);
    return c;
}

void world_day(world *w, const char *text)
{
    int64_t day;
    assert_true(day_parse(str_of(text), &day));
    assert_true(day >= house_today());
    for (int64_t d = house_today(); d < day;) {
        house_set_today(++d);
        if (w->now < morning(d)) w->now = morning(d);
        must(w, house_begin_days(world_as(w, NULL)), "day");
    }
}

int64_t world_org(world *w, const char *key)
{
    int64_t id;
    must(w, cast_org_id(world_as(w, NULL), key, &id), key);
    return id;
}

int world_call(world *w, const char *login, web_method m, const char *path, const char *json, view **out)
{
    ctx *c = world_as(w, login);
    view *body = NULL;
    if (json) must(w, json_read(c->a, str_of(json), &body), json);
    return web_call(c, &w->web, m, str_of(path), body, out);
}

view *world_do(world *w, int status, const char *login, web_method m, const char *path, const char *format, ...)
{
    char json[8192];
    if (format) {
        va_list ap;
        va_start(ap, format);
        int n = vsnprintf(json, sizeof json, format, ap);
        va_end(ap);
        assert_true(n >= 0 && n < (int)sizeof json);
    }
    view *out = NULL;
    int got = world_call(w, login, m, path, format ? json : NULL, &out);
    if (got != status) {
        buf b = buf_new(w->at.c.a, 1024);
        if (out) json_write(&b, out);
        fail_msg("%s %s %s: %d, not %d: " SF, login ? login : "nobody", m == GET ? "GET" : "POST", path, got, status,
                 (int)b.n, b.p);
    }
    return out;
}

int64_t world_file(world *w, const char *login, const char *text)
{
    ctx *c = world_as(w, login);
    str pdf = str_fmt(c->a, "%%PDF-1.4\n%% %s\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%%%EOF\n", text);
    int64_t id;
    must(w, document_make(c, str_fmt(c->a, "%s.pdf", text), S("application/pdf"), pdf, &id), "document");
    return id;
}
