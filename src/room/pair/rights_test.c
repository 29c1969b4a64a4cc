/* SPDX-License-Identifier: Apache-2.0 */
/* rights_test.c: at every step of an agreement every role tries to read and to write every field at the running program, and what
 * happens is what the page of rights says. */
#include "month.h"
#include "room/pair/agreement_rights.h"
#include "room/pair/pair_flow.h"

enum { POSTS = 3 };
static const struct { role role; const char *logins[POSTS]; } people[] = {
    {ROLE_PUBLIC, {NULL}}, {ROLE_AGENCY, {"agency1"}}, {ROLE_ENTERPRISE, {"enterprise1"}}, {ROLE_ALLIANCE, {"alliance1"}},
    {ROLE_BUREAU, {"bureau1", "bureau2", "bureau3"}}, {ROLE_COMMITTEE, {"committee1"}}, {ROLE_FINANCE, {"finance1"}},
    {ROLE_DEPARTMENT, {"department1"}}, {ROLE_AUDITOR, {"auditor1"}}, {ROLE_ADMIN, {"admin1"}}, {ROLE_COUNTER, {"counter1"}},
};
static month m;
static int64_t id, second_item;
static int cells, writes, on_page, turn;

static view *now(void)
{
    ctx *c = world_as(&m.w, "agency1"); /* a party sees it at every step */
    agreement a;
    assert_int_equal(agreement_get(c, id, &a).kind, OK);
    view *v = view_map(c->a);
    shape_view(&agreement_shape, &a, v);
    view_int(v, S("contract"), a.contract_doc);
    return v;
}

static int post(const char *login, const char *what, const char *body, view **out)
{
    char path[80];
    snprintf(path, sizeof path, "/agreements/%lld%s", (long long)id, what);
    return world_call(&m.w, login, POST, path, body, out);
}

static view *form_of(const view *a)
{
    static const char *const names[] = {"draft", "enterprise", "item", "subject", "quantity", "fee_fen", "from_day", "to_day", "pay_year", "contract"};
    view *v = view_map(m.w.at.c.a);
    for (int i = 0; i < countof(names); i++) view_adopt(v, str_of(names[i]), view_copy(m.w.at.c.a, view_get(a, str_of(names[i]))));
    return v;
}

static const char *text_of(const view *v)
{
    buf b = buf_new(m.w.at.c.a, 512);
    json_write(&b, v);
    return str_z(m.w.at.c.a, buf_str(&b));
}

static void change(view *form, str name, const char *login)
{
    int n = ++turn;
    if (str_eqz(name, "enterprise")) view_int(form, name, world_org(&m.w, "enterprise2"));
    else if (str_eqz(name, "item") || str_eqz(name, "fee_fen")) view_int(form, S("item"), second_item), view_int(form, S("fee_fen"), 100 + n); /* government mode has no fee */
    else if (str_ends(name, S("_day"))) view_day(form, name, (str_starts(name, S("to")) ? day_of(2018, 12, 1) : day_of(2018, 11, 5)) + n % 20);
    else if (str_eqz(name, "subject")) view_text(form, name, str_fmt(m.w.at.c.a, "another %d", n));
    else if (str_eqz(name, "contract")) view_int(form, name, login ? world_file(&m.w, login, str_z(m.w.at.c.a, str_fmt(m.w.at.c.a, "f%d", n))) : 1);
    else view_int(form, name, str_eqz(name, "pay_year") ? 2019 : 2 + n % 50);
}

static bool writes_term(const char *login, str name)
{
    view *out, *before = now(), *form = form_of(before);
    change(form, name, login);
    post(login, "", text_of(form), &out);
    view *after = now();
    const view *x = view_get(before, name), *y = view_get(after, name);
    bool changed = strcmp(text_of(x), text_of(y)) != 0;
    if (!changed) return false;
    form = form_of(before);
    view_adopt(form, S("draft"), view_copy(m.w.at.c.a, view_get(after, S("draft"))));
    assert_int_equal(post(login, "", text_of(form), &out), 200);
    return true;
}

/* What nobody may choose is refused as a wrong choice to who may choose, and to others for another reason. */
static bool decides(const char *login)
{
    view *out;
    return post(login, "/moves", "{\"choice\":\"no-such-choice\",\"note\":\"x\"}", &out) == 422;
}

/* And takes it back, so that the agreement can go on. */
static bool raises(const char *login)
{
    view *out;
    char path[80];
    if (post(login, "/deficiencies", "{\"item\":\"general\",\"reason\":\"other\",\"text\":\"x\",\"late_reason\":\"x\"}", &out) >= 300) return false;
    int64_t last = 0;
    for (const view *d = view_get(out, S("deficiencies"))->first; d; d = d->next)
        if (month_int(d, "id") > last) last = month_int(d, "id");
    snprintf(path, sizeof path, "/deficiencies/%lld/withdraw", (long long)last);
    assert_int_equal(world_call(&m.w, login, POST, path, "{}", &out), 200);
    return true;
}

static bool writes_field(const char *login, str name)
{
    if (str_eqz(name, "choice")) return decides(login);
    if (str_eqz(name, "deficiencies")) return raises(login);
    if (str_eqz(name, "number")) return false; /* no form has it */
    return writes_term(login, name);
}

static bool is_needed(const char *login, str name)
{
    view *out, *form = form_of(now());
    if (str_eqz(name, "choice")) return post(login, "/moves", "{\"note\":\"x\"}", &out) == 422;
    if (str_eqz(name, "deficiencies")) return false;
    view_put(form, name, V_NULL);
    int status = post(login, "", text_of(form), &out);
    const view *first = status == 422 ? view_get(out, S("errors"))->first : NULL;
    return first && str_eq(view_get_text(first, S("field")), name);
}

static bool reads_field(const char *login, str name)
{
    char path[64];
    view *out;
    snprintf(path, sizeof path, "/agreements/%lld", (long long)id);
    if (world_call(&m.w, login, GET, path, NULL, &out) != 200) return false;
    if (str_eqz(name, "choice")) return view_get(out, S("step")) != NULL;
    return view_get(out, name) || view_get(out, str_join(m.w.at.c.a, name, S("_doc")));
}

static const char *tried(role r, str name)
{
    const char *const *logins = NULL;
    bool reads = false;
    for (int i = 0; i < countof(people); i++)
        if (people[i].role == r) logins = people[i].logins;
    assert_non_null(logins);
    for (int i = 0; i < POSTS && (!i || logins[i]); i++) {
        reads |= reads_field(logins[i], name);
        if (writes_field(logins[i], name)) return is_needed(logins[i], name) ? "required" : "write";
    }
    return reads ? "read" : "hidden";
}

static void each_cell_holds(void)
{
    world *w = &m.w;
    char node[40];
    snprintf(node, sizeof node, SF, SA(view_get_text(now(), S("node"))));
    arena own;
    arena_init(&own, 64 << 20, NULL, NULL);
    view *page = view_copy(&own, world_do(w, 200, "auditor1", GET, str_z(w->at.c.a, str_fmt(w->at.c.a, "/flows/%lld/rights", (long long)month_int(now(), "flow_id"))), NULL));
    int here = 0;
    on_page = view_get(page, S("items"))->n;
    for (const view *x = view_get(page, S("items"))->first; x; x = x->next) {
        if (!str_eqz(view_get_text(x, S("state")), node)) continue;
        str name = view_get_text(x, S("field"));
        const char *is = tried((role)role_of(view_get_text(x, S("role"))), name);
        if (!str_eqz(view_get_text(x, S("right")), is))
            fail_msg("%s at %s: " SF " says " SF ", and is: %s", str_z(&own, view_get_text(x, S("role"))), node, SA(name), SA(view_get_text(x, S("right"))), is);
        here++;
        writes += is[0] == 'w' || !strcmp(is, "required");
        world_forget(w);
    }
    arena_done(&own);
    assert_int_equal(here, 12 * ROLES);
    cells += here;
}

static void draft(const char *subject)
{
    id = month_made(world_do(&m.w, 201, "agency1", POST, "/agreements",
                             "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"%s\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\",\"pay_year\":2018,\"contract\":%lld}",
                             (long long)world_org(&m.w, "enterprise1"), (long long)m.service, subject, (long long)world_file(&m.w, "agency1", "contract")));
}

static void to_be_filed(void)
{
    month_move(&m, "agency1", "agreements", id, "submit", "");
    month_move(&m, "enterprise1", "agreements", id, "sign", "");
    month_move(&m, "agency1", "agreements", id, "sign_agency", "");
}

static void from_draft_to_service_and_done(void **state)
{
    (void)state;
    draft("one");
    each_cell_holds();
    month_move(&m, "agency1", "agreements", id, "submit", "");
    each_cell_holds();
    month_move(&m, "enterprise1", "agreements", id, "sign", "");
    each_cell_holds();
    month_move(&m, "agency1", "agreements", id, "sign_agency", "");
    each_cell_holds();
    month_move(&m, "bureau3", "agreements", id, "file", "");
    each_cell_holds();
    month_move(&m, "agency1", "agreements", id, "finish", "");
    each_cell_holds();
}

static void terminated(void **state)
{
    (void)state;
    draft("two");
    to_be_filed();
    month_move(&m, "bureau3", "agreements", id, "file", "");
    month_move(&m, "agency1", "agreements", id, "terminate", "no outcome");
    each_cell_holds();
}

static void discarded(void **state)
{
    (void)state;
    draft("three");
    month_move(&m, "agency1", "agreements", id, "discard", "");
    each_cell_holds();
    printf("%d cells tried, %d of them written\n", cells, writes);
    assert_int_equal(cells, on_page); /* no step was left out */
}

/* Returned it is a draft again, also to who has seen it. */
static void a_returned_one_is_a_draft_again(void **state)
{
    (void)state;
    char path[64];
    draft("four");
    to_be_filed();
    snprintf(path, sizeof path, "/agreements/%lld", (long long)id);
    world_do(&m.w, 200, "alliance1", GET, path, NULL);
    month_move(&m, "bureau1", "agreements", id, "return", "the seal is missing");
    world_do(&m.w, 404, "alliance1", GET, path, NULL);
    assert_true(writes_term("agency1", S("subject")));
}

static void every_field_of_the_form_stands_in_the_table(void **state)
{
    (void)state;
    for (const field *f = agreement_draft_shape.fields; f < agreement_draft_shape.fields + agreement_draft_shape.n; f++) {
        bool found = f->flags & (F_HIDDEN | F_RESULT);
        for (const right_field *x = agreement_rights.fields; x->name && !found; x++) found = !strcmp(x->name, f->name);
        if (!found) fail_msg("%s is not in the table of rights", f->name);
    }
}

static int begin(void **state)
{
    (void)state;
    month_begin(&m);
    second_item = month_item_of_catalogue(&m, "\"code\":\"I2\",\"name\":\"检测\",\"category\":5,\"mode\":\"market\",\"ceiling_fen\":100000");
    world_do(&m.w, 201, "admin1", POST, "/accounts", "{\"login\":\"department1\",\"name\":\"部门经办\",\"org\":%lld,\"role\":\"department\",\"password\":\"correct horse battery\"}",
             (long long)world_org(&m.w, "department1"));
    return 0;
}

static int end(void **state)
{
    (void)state;
    world_end(&m.w);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_draft_to_service_and_done), cmocka_unit_test(terminated), cmocka_unit_test(discarded),
        cmocka_unit_test(a_returned_one_is_a_draft_again), cmocka_unit_test(every_field_of_the_form_stands_in_the_table),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
