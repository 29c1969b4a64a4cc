/* SPDX-License-Identifier: Apache-2.0 */
/* counter_test.c: a clerk does for a firm what its mandate covers while it holds, and nothing else; both names stand everywhere; each act
 * leaves a receipt that anybody may check; the record makes it all again. */
#include "month.h"

#include "format/json.h"
#include "room/account/account.h"
#include "room/counter/receipt.h"
#include "room/document/document.h"

#define NEED "{\"item\":%lld,\"topic\":\"service\",\"subject\":\"at the counter\",\"wished_day\":\"2019-03-31\"}"

/* A mandate of enterprise2 from `from` to `to`; scopes as JSON members. */
static int64_t mandate_of(month *m, const char *firm, const char *scopes, const char *from, const char *to)
{
    int64_t scan = world_file(&m->w, "counter1", "mandate");
    view *org = world_do(&m->w, 200, "auditor1", GET, str_z(m->w.at.c.a, str_fmt(m->w.at.c.a, "/organisations/%lld", (long long)world_org(&m->w, firm))), NULL);
    view *v = world_do(&m->w, 201, "counter1", POST, "/counter/mandates", "{\"uscc\":\"" SF "\",\"giver\":\"示例法定代表人\",%s,\"from_day\":\"%s\",\"to_day\":\"%s\",\"scan\":%lld}",
                       SA(view_get_text(org, S("uscc"))), scopes, from, to, (long long)scan);
    return month_int(v, "id");
}

static str sentence(const view *v) { return view_get_text(v, S("detail")); }

/* A request of the clerk who acts under the mandate. */
static int at_counter(month *m, int64_t under, web_method how, const char *path, str json, view **out)
{
    ctx *c = world_as(&m->w, "counter1");
    view *body = NULL;
    err e = counter_as(c, under);
    assert_int_equal(e.kind, OK);
    if (json.n) assert_int_equal(json_read(c->a, json, &body).kind, OK);
    return web_call(c, &m->w.web, how, str_of(path), body, out);
}

static str need_json(month *m) { return str_fmt(m->w.at.c.a, NEED, (long long)m->service); }

static void assert_says(const view *v, const char *words)
{
    if (str_find(sentence(v), str_of(words)) < 0) fail_msg("“" SF "” does not say “%s”", SA(sentence(v)), words);
}

static int64_t receipts(month *m, int64_t under)
{
    char path[64];
    snprintf(path, sizeof path, "/counter/mandates/%lld", (long long)under);
    return view_get(world_do(&m->w, 200, "counter1", GET, path, NULL), S("receipts"))->n;
}

static void a_clerk_does_what_the_mandate_covers_and_leaves_a_receipt(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t id = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    assert_int_equal(at_counter(&m, id, POST, "/needs", need_json(&m), &v), 201);
    int64_t need = month_int(v, "id");
    v = world_do(&m.w, 200, "enterprise2", GET, "/needs/1", NULL);
    assert_int_equal(month_int(v, "id"), need);
    v = world_do(&m.w, 200, "enterprise2", GET, "/counter/receipts/1", NULL);
    assert_true(str_eqz(view_get_text(v, S("number")), "窗口回执2018-00001"));
    assert_true(str_eqz(view_get_text(v, S("what")), "need_post"));
    assert_true(str_eqz(view_get_text(v, S("clerk")), "窗口经办员"));
    assert_true(str_find(view_get_text(v, S("firm")), S("Example Two")) >= 0);
    world_do(&m.w, 404, "enterprise1", GET, "/counter/receipts/1", NULL);
    world_do(&m.w, 404, "bureau1", GET, "/counter/receipts/1", NULL); /* of another office */
    assert_int_equal(receipts(&m, id), 1);
    world_end(&m.w);
}

static void both_names_stand_in_the_record_and_in_messages(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t id = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    assert_int_equal(at_counter(&m, id, POST, "/needs", need_json(&m), &v), 201);
    v = world_do(&m.w, 200, "auditor1", GET, "/record?noun=need&object=1", NULL);
    const view *entry = month_item(v, "items", 0);
    assert_true(str_eqz(view_get_text(entry, S("name")), "窗口经办员"));
    assert_true(str_find(view_get_text(entry, S("for_name")), S("Example Two")) >= 0);
    assert_int_equal(month_int(entry, "mandate"), id);
    v = world_do(&m.w, 200, "enterprise2", GET, "/needs/1", NULL);
    const view *event = month_item(v, "events", 0);
    assert_true(month_text_is(event, "clerk_name", "窗口经办员"));
    assert_true(view_get_text(event, S("org_name")).n > 0);
    v = world_do(&m.w, 200, "enterprise2", GET, "/messages", NULL);
    str told = view_get_text(month_item(v, "items", 0), S("text"));
    assert_true(str_find(told, S("窗口经办员")) >= 0);
    assert_true(str_find(told, S("窗口回执2018-00001")) >= 0);
    world_end(&m.w);
}

static void the_history_of_a_case_shows_both_names(void **state)
{
    (void)state;
    month m;
    view *v;
    char path[64];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    snprintf(path, sizeof path, "/applications/%lld", (long long)m.application[0]);
    v = world_do(&m.w, 200, "agency1", GET, path, NULL);
    assert_int_equal(view_get_text(month_item(v, "history", 0), S("for")).n, 0); /* the agency's own person */
    int64_t id = mandate_of(&m, "agency4", "\"join\":true", "2018-11-01", "2018-12-31");
    assert_int_equal(at_counter(&m, id, POST, "/admissions", S("{}"), &v), 201);
    const view *line = month_item(v, "history", 0);
    assert_true(month_text_is(line, "who", "窗口经办员"));
    assert_true(str_find(view_get_text(line, S("for")), S("Sample D")) >= 0);
    assert_true(month_text_is(line, "role", "agency"));
    world_end(&m.w);
}

static void handing_an_application_in_hands_all_its_files_in(void **state)
{
    (void)state;
    month m;
    view *v;
    char path[64];
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    int64_t id = mandate_of(&m, "agency1", "\"application\":true", "2018-11-01", "2018-12-31");
    month_batch(&m, "alliance2", "report_submit", "");
    month_batch(&m, "bureau1", "bureau_supplement", "look at the proof again");
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)m.application[0]);
    assert_int_equal(at_counter(&m, id, POST, "/deficiencies/1/answer", S("{\"answer\":\"the page is there now\"}"), &v), 200);
    assert_int_equal(at_counter(&m, id, POST, path, S("{\"choice\":\"submit\",\"note\":\"\"}"), &v), 200);
    v = world_do(&m.w, 200, "agency1", GET, "/counter/receipts/2", NULL);
    assert_int_equal(view_get(v, S("files"))->n, 3); /* contract, letter, proof */
    assert_true(str_eqz(view_get_text(v, S("what")), "application_move"));
    world_end(&m.w);
}

static void without_a_mandate_that_holds_and_covers_nothing_is_done(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t scope = mandate_of(&m, "enterprise2", "\"agreement\":true,\"outcome\":true", "2018-11-01", "2018-12-31");
    assert_int_equal(at_counter(&m, scope, POST, "/needs", need_json(&m), &v), 403);
    assert_says(v, "it lacks “Needs and offers”. It covers: Outcomes and their confirmation, Reading agreements.");
    assert_int_equal(at_counter(&m, scope, GET, "/needs", (str){0}, &v), 403);
    assert_int_equal(at_counter(&m, scope, GET, "/agreements", (str){0}, &v), 200);

    int64_t revoked = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    ctx *c = world_as(&m.w, "counter1");
    assert_int_equal(counter_as(c, revoked).kind, OK);
    actor standing = c->who;
    char path[64];
    snprintf(path, sizeof path, "/counter/mandates/%lld/revoke", (long long)revoked);
    world_do(&m.w, 422, "enterprise2", POST, path, "{}");
    world_do(&m.w, 200, "enterprise2", POST, path, "{\"reason\":\"人员变动\"}");
    c = world_as(&m.w, NULL);
    c->who = standing; /* his session goes on, the mandate does not */
    assert_int_equal(web_call(c, &m.w.web, GET, S("/needs"), NULL, &v), 403);
    assert_says(v, "The mandate was revoked on 5 Nov 2018");
    c = world_as(&m.w, "counter1");
    assert_int_equal(counter_as(c, revoked).kind, ERR_DENIED);

    int64_t over = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-11-05");
    int64_t ahead = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-07", "2018-11-30");
    assert_int_equal(at_counter(&m, over, GET, "/needs", (str){0}, &v), 200);
    c = world_as(&m.w, "counter1");
    assert_true(str_find(str_of(counter_as(c, ahead).text), S("holds only from")) >= 0);
    world_day(&m.w, "2018-11-06");
    c = world_as(&m.w, "counter1");
    err e = counter_as(c, over);
    assert_true(e.kind == ERR_DENIED && str_find(str_of(e.text), S("The mandate ended on")) >= 0);
    assert_int_equal(receipts(&m, over), 0);
    world_end(&m.w);
}

static void what_needs_the_firms_own_person_is_refused_whatever_the_mandate_says(void **state)
{
    (void)state;
    static const struct { web_method how; const char *path; } t[] = {
        {POST, "/agreements/1/moves"}, {POST, "/organisation/bank-account"}, {POST, "/account/password"}, {POST, "/interests"}, {GET, "/account"},
        {POST, "/counter/mandates/1/revoke"}, {POST, "/account/sessions/end"}, {POST, "/again"}, {POST, "/feedback/1"}, {POST, "/mentorings"},
        {POST, "/notices/1/objections"}, {POST, "/login"},
    };
    month m;
    view *v;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    int64_t id = mandate_of(&m, "enterprise1", "\"join\":true,\"need\":true,\"application\":true,\"outcome\":true,\"agreement\":true", "2018-11-01", "2018-12-31");
    for (int i = 0; i < countof(t); i++) {
        int got = at_counter(&m, id, t[i].how, t[i].path, S("{}"), &v);
        if (got != 403) fail_msg("%s: %d", t[i].path, got);
        assert_says(v, "need the firm's own person");
    }
    assert_int_equal(receipts(&m, id), 0);
    world_end(&m.w);
}

static bool is_scope(str code)
{
    if (str_eqz(code, COUNTER_ANY) || str_eqz(code, COUNTER_LEAVE)) return true;
    for (const struct choice *s = mandate_scopes; s->code; s++)
        if (str_eqz(code, s->code)) return true;
    return false;
}

static void assert_scopes(const char *of, const char *scopes)
{
    str rest = str_of(scopes), one;
    while (str_split(&rest, ' ', &one))
        if (!is_scope(one)) fail_msg("%s: no scope " SF, of, SA(one));
}

static bool is_act(const char *name)
{
    for (const room *const *r = rooms; *r; r++)
        for (const action *const *a = (*r)->actions; a && *a; a++)
            if (!strcmp((*a)->name, name)) return true;
    return false;
}

static void every_scope_and_every_act_of_the_tables_exists(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    for (const deed *d = deeds; d->act; d++) {
        if (!is_act(d->act)) fail_msg("no act %s", d->act);
        assert_scopes(d->act, d->scopes);
    }
    for (int i = 0; i < m.w.h.table_n; i++)
        for (const route *r = m.w.h.tables[i]; r->path; r++)
            if (r->counter) assert_scopes(r->path, r->counter);
    world_end(&m.w);
}

/* Were a route marked by mistake, the journal would still refuse the act, inside its transaction. */
static void an_act_that_is_not_done_at_the_counter_leaves_nothing(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    int64_t id = mandate_of(&m, "enterprise2", "\"need\":true,\"agreement\":true", "2018-11-01", "2018-12-31");
    ctx *c = world_as(&m.w, "counter1");
    assert_int_equal(counter_as(c, id).kind, OK);
    account_ref self = {c->who.person};
    err e = store_act(c, &account_end_all, &self);
    assert_true(e.kind == ERR_DENIED && str_find(str_of(e.text), S("firm's own person")) >= 0);
    world_end(&m.w);
}

static void only_its_firm_and_the_office_see_and_revoke_a_mandate(void **state)
{
    (void)state;
    static const struct { const char *login; int see, revoke; } t[] = {
        {"enterprise1", 404, 404}, {"agency1", 404, 404}, {"bureau1", 404, 404}, {"auditor1", 200, 403}, {"counter1", 200, 403}, {"finance1", 403, 403}, {"alliance3", 200, 200},
    };
    month m;
    month_begin(&m);
    mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    for (int i = 0; i < countof(t); i++) {
        world_do(&m.w, t[i].see, t[i].login, GET, "/counter/mandates/1", NULL);
        world_do(&m.w, t[i].revoke, t[i].login, POST, "/counter/mandates/1/revoke", "{\"reason\":\"x\"}");
    }
    world_do(&m.w, 403, "enterprise2", POST, "/counter/mandates/1/revoke", "{\"reason\":\"again\"}"); /* it is revoked already */
    world_end(&m.w);
}

static void a_mandate_is_entered_whole_or_not_at_all(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    view *org = world_do(&m.w, 200, "enterprise2", GET, "/organisation", NULL), *bureau = world_do(&m.w, 200, "bureau1", GET, "/organisation", NULL);
    str code = view_get_text(org, S("uscc")), other = view_get_text(bureau, S("uscc"));
    int64_t scan = world_file(&m.w, "counter1", "scan"), theirs = world_file(&m.w, "agency1", "theirs");
    const struct { str uscc; const char *rest; int64_t scan; } t[] = {
        {S("91990001MA0LF999XX"), "\"need\":true,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\"", scan}, {other, "\"need\":true,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\"", scan},
        {code, "\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\"", scan}, {code, "\"need\":true,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-11-04\"", scan},
        {code, "\"need\":true,\"from_day\":\"2018-10-01\",\"to_day\":\"2018-11-02\"", scan}, {code, "\"need\":true,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\"", theirs},
    };
    for (int i = 0; i < countof(t); i++)
        world_do(&m.w, 422, "counter1", POST, "/counter/mandates", "{\"uscc\":\"" SF "\",\"giver\":\"x\",%s,\"scan\":%lld}", SA(t[i].uscc), t[i].rest, (long long)t[i].scan);
    world_do(&m.w, 403, "alliance1", POST, "/counter/mandates", "{}");
    world_end(&m.w);
}

static void anybody_may_check_a_receipt_by_its_code(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t id = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    assert_int_equal(at_counter(&m, id, POST, "/needs", need_json(&m), &v), 201);
    ctx *c = world_as(&m.w, "counter1");
    assert_int_equal(counter_as(c, id).kind, OK);
    int64_t file;
    str bytes = S("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
    assert_int_equal(document_make(c, S("plan.pdf"), S("application/pdf"), bytes, &file).kind, OK);
    assert_int_equal(at_counter(&m, id, POST, "/needs/1/files", str_fmt(m.w.at.c.a, "{\"file\":%lld}", (long long)file), &v), 200);
    v = world_do(&m.w, 200, "counter1", GET, "/counter/receipts/2", NULL); /* the upload by itself left none: the register has no gap */
    char path[96];
    snprintf(path, sizeof path, "/receipts/" SF, SA(view_get_text(v, S("code"))));
    v = world_do(&m.w, 200, NULL, GET, path, NULL);
    assert_true(view_get(v, S("genuine"))->i);
    assert_true(str_eqz(view_get_text(v, S("number")), "窗口回执2018-00002"));
    assert_int_equal(view_get_text(month_item(v, "files", 0), S("sha256")).n, 64);
    assert_null(view_get(v, S("clerk")));
    path[strlen(path) - 1] ^= 1;
    v = world_do(&m.w, 404, NULL, GET, path, NULL);
    assert_false(view_get(v, S("genuine"))->i);
    world_end(&m.w);
}

static void the_session_acts_for_the_firm_until_the_clerk_leaves_off(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t id = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    ctx *c = world_as(&m.w, "counter1");
    int64_t clerk = c->who.person, own = c->who.org;
    str token;
    web_session s;
    assert_int_equal(account_open_session(c, clerk, c->who.post, &token).kind, OK);
    assert_int_equal(account_identify(c, token, (str){0}, &s).kind, OK);
    mandate_ref ref = {id, s.token_hash};
    assert_int_equal(store_act(c, &mandate_use, &ref).kind, OK);
    c = world_as(&m.w, NULL);
    assert_int_equal(account_identify(c, token, (str){0}, &s).kind, OK);
    assert_int_equal(c->who.person, clerk);
    assert_int_equal(c->who.role, ROLE_ENTERPRISE);
    assert_int_equal(c->who.mandate, id);
    assert_int_not_equal(c->who.org, own);
    v = view_map(c->a);
    assert_int_equal(counter_globals(c, v).kind, OK);
    assert_true(str_find(view_get_text(view_get(v, S("standing")), S("for")), S("Example Two")) >= 0);
    assert_int_equal(store_act(c, &mandate_leave, &ref).kind, OK);
    assert_int_equal(account_identify(c, token, (str){0}, &s).kind, OK);
    assert_int_equal(c->who.org, own);
    assert_int_equal(c->who.role, ROLE_COUNTER);
    assert_int_equal(c->who.mandate, 0);
    assert_int_equal(store_act(c, &mandate_leave, &ref).kind, ERR_CONFLICT);
    world_end(&m.w);
}

static void the_record_makes_acts_at_the_counter_and_their_receipts_again(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t id = mandate_of(&m, "enterprise2", "\"need\":true", "2018-11-01", "2018-12-31");
    assert_int_equal(at_counter(&m, id, POST, "/needs", need_json(&m), &v), 201);
    assert_int_equal(at_counter(&m, id, POST, "/needs/1/moves", S("{\"choice\":\"withdraw\",\"note\":\"x\"}"), &v), 200);
    world_do(&m.w, 200, "alliance3", POST, "/counter/mandates/1/revoke", "{\"reason\":\"x\"}");
    assert_int_equal(receipts(&m, id), 2);
    world_rebuild(&m.w);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clerk_does_what_the_mandate_covers_and_leaves_a_receipt),
        cmocka_unit_test(both_names_stand_in_the_record_and_in_messages),
        cmocka_unit_test(the_history_of_a_case_shows_both_names),
        cmocka_unit_test(handing_an_application_in_hands_all_its_files_in),
        cmocka_unit_test(without_a_mandate_that_holds_and_covers_nothing_is_done),
        cmocka_unit_test(what_needs_the_firms_own_person_is_refused_whatever_the_mandate_says),
        cmocka_unit_test(every_scope_and_every_act_of_the_tables_exists),
        cmocka_unit_test(an_act_that_is_not_done_at_the_counter_leaves_nothing),
        cmocka_unit_test(only_its_firm_and_the_office_see_and_revoke_a_mandate),
        cmocka_unit_test(a_mandate_is_entered_whole_or_not_at_all),
        cmocka_unit_test(anybody_may_check_a_receipt_by_its_code),
        cmocka_unit_test(the_session_acts_for_the_firm_until_the_clerk_leaves_off),
        cmocka_unit_test(the_record_makes_acts_at_the_counter_and_their_receipts_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
