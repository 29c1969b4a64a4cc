/* SPDX-License-Identifier: Apache-2.0 */
/* rights_test.c: at every step of an application every role tries to read and to write every field at the running program, and what
 * happens is what the page of rights says. */
#include "month.h"
#include "room/subsidy/application.h"
#include "room/subsidy/application_rights.h"

enum { POSTS = 3 };
/* Of some roles three people, for four eyes keep one of them from what the role may do. */
static const struct { role role; const char *logins[POSTS]; } people[] = {
    {ROLE_PUBLIC, {NULL}}, {ROLE_AGENCY, {"agency1"}}, {ROLE_ENTERPRISE, {"enterprise1"}}, {ROLE_ALLIANCE, {"alliance1", "alliance2", "alliance3"}},
    {ROLE_BUREAU, {"bureau1", "bureau2", "bureau3"}}, {ROLE_COMMITTEE, {"committee1"}}, {ROLE_FINANCE, {"finance1", "finance2", "finance3"}},
    {ROLE_DEPARTMENT, {"department1"}}, {ROLE_AUDITOR, {"auditor1"}}, {ROLE_ADMIN, {"admin1"}}, {ROLE_COUNTER, {"counter1"}},
};

static month m;
static int64_t id;
static int cells, writes, on_page;

static application now(void)
{
    application a;
    assert_int_equal(application_fetch(world_as(&m.w, NULL), id, &a).kind, OK);
    return a;
}

static int post(const char *login, const char *what, const char *body)
{
    char path[80];
    view *out;
    snprintf(path, sizeof path, "/applications/%lld%s", (long long)id, what);
    return world_call(&m.w, login, POST, path, body, &out);
}

/* ---- writing: the whole form with one field changed, to both addresses that take it -------------------------- */

static int turn;

static view *form_of(const application *a)
{
    view *v = view_map(m.w.at.c.a);
    view_int(v, S("draft"), a->draft);
    view_text(v, S("outcome_kind"), a->outcome_kind);
    view_text(v, S("outcome_number"), a->outcome_number);
    view_text(v, S("grade"), a->grade);
    view_int(v, S("base_fen"), a->base_fen);
    view_day(v, S("outcome_day"), a->outcome_day);
    view_day(v, S("service_from"), a->service_from);
    view_day(v, S("service_to"), a->service_to);
    view_int(v, S("contract"), a->contract_doc);
    view_int(v, S("letter"), a->letter_doc);
    view_int(v, S("proof"), a->proof_doc);
    return v;
}

static void change(view *form, str name, const char *login)
{
    int n = ++turn;
    if (str_ends(name, S("_day")) || str_starts(name, S("service_"))) view_day(form, name, day_of(2018, 10, 1) + n % 30);
    else if (str_ends(name, S("_fen"))) view_int(form, name, 1000 + n);
    else if (str_eqz(name, "outcome_kind")) view_text(form, name, str_eqz(view_get_text(form, name), "standard") ? S("invention") : S("standard"));
    else if (str_eqz(name, "outcome_number")) view_text(form, name, str_fmt(m.w.at.c.a, "DB 4403/T %d-2018", 1000 + n));
    else if (str_eqz(name, "grade")) view_text(form, name, str_fmt(m.w.at.c.a, "g%d", n));
    else view_int(form, name, login ? world_file(&m.w, login, str_z(m.w.at.c.a, str_fmt(m.w.at.c.a, "f%d", n))) : 1);
}

static str stored(const application *a, str name)
{
    view *all = view_map(m.w.at.c.a);
    shape_view(&application_shape, a, all);
    const view *v = view_get(all, name);
    if (!v) v = view_get(all, str_join(m.w.at.c.a, name, S("_doc")));
    assert_non_null(v);
    buf b = buf_new(m.w.at.c.a, 64);
    json_write(&b, v);
    return buf_str(&b);
}

static bool writes_fact(const char *login, str name)
{
    static const char *const to[] = {"", "/amend"};
    bool changed = false;
    for (int i = 0; i < countof(to) && !changed; i++) {
        application before = now();
        view *form = form_of(&before);
        change(form, name, login);
        buf b = buf_new(m.w.at.c.a, 512);
        json_write(&b, form);
        post(login, to[i], str_z(m.w.at.c.a, buf_str(&b)));
        application after = now();
        changed = !str_eq(stored(&before, name), stored(&after, name));
        if (!changed) continue;
        form = form_of(&before); /* as it was, for the next */
        view_int(form, S("draft"), after.draft);
        b.n = 0;
        json_write(&b, form);
        post(login, to[i], str_z(m.w.at.c.a, buf_str(&b)));
    }
    return changed;
}

/* What nobody may choose is refused as a wrong choice to who may choose, and to others for another reason. */
static bool decides(const char *login)
{
    application a = now();
    char path[80];
    view *out;
    static const char body[] = "{\"choice\":\"no-such-choice\",\"note\":\"x\"}";
    if (post(login, "/moves", body) == 422) return true;
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)a.batch);
    return a.batch && world_call(&m.w, login, POST, path, body, &out) == 422;
}

/* And takes it back, so that the case can go on. */
static bool raises(const char *login)
{
    char path[80];
    view *out;
    snprintf(path, sizeof path, "/applications/%lld", (long long)id);
    if (post(login, "/deficiencies", "{\"item\":\"general\",\"reason\":\"other\",\"text\":\"x\",\"late_reason\":\"x\"}") >= 300) return false;
    int64_t last = 0;
    for (const view *d = view_get(world_do(&m.w, 200, login, GET, path, NULL), S("deficiencies"))->first; d; d = d->next)
        if (month_int(d, "id") > last) last = month_int(d, "id");
    snprintf(path, sizeof path, "/deficiencies/%lld/withdraw", (long long)last);
    assert_int_equal(world_call(&m.w, login, POST, path, "{}", &out), 200);
    return true;
}

static bool writes_field(const char *login, str name)
{
    if (str_eqz(name, "choice")) return decides(login);
    if (str_eqz(name, "deficiencies")) return raises(login);
    if (str_eqz(name, "confirmation")) return post(login, "/confirm", "{}") < 300;
    return writes_fact(login, name);
}

static bool reads_field(const char *login, str name)
{
    char path[64];
    view *out;
    snprintf(path, sizeof path, "/applications/%lld", (long long)id);
    if (world_call(&m.w, login, GET, path, NULL, &out) != 200) return false;
    if (str_eqz(name, "confirmation")) return view_get(out, S("confirmed_at")) != NULL;
    if (str_eqz(name, "choice")) return view_get(out, S("step")) != NULL;
    return view_get(out, name) || view_get(out, str_join(m.w.at.c.a, name, S("_doc")));
}

/* ---- needed: submitted without it, it is refused there ------------------------------------------------------------ */

static bool is_needed(const char *login, str name)
{
    char path[64];
    view *out, *form;
    application before = now();
    bool amending = str_eqz(before.node, "amend");
    if (str_eqz(name, "choice")) return post(login, "/moves", "{\"note\":\"x\"}") == 422;
    if (str_eqz(name, "confirmation") || str_eqz(name, "deficiencies")) return false;
    if (str_eqz(name, "contract") || str_eqz(name, "letter") || str_eqz(name, "proof")) return true; /* never taken away again; needed: the_files_are_needed */
    form = form_of(&before);
    view_put(form, name, V_NULL);
    view_put(form, str_eqz(name, "service_to") ? S("service_from") : S("service_to"), V_NULL); /* so that it is refused in any case */
    buf b = buf_new(m.w.at.c.a, 512);
    json_write(&b, form);
    assert_int_equal(post(login, amending ? "/amend" : "", str_z(m.w.at.c.a, buf_str(&b))), 200);
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)id);
    int status = world_call(&m.w, login, POST, path, amending ? "{\"choice\":\"resubmit\",\"note\":\"x\"}" : "{\"choice\":\"submit\"}", &out);
    bool named = false;
    const view *errors = status == 422 ? view_get(out, S("errors")) : NULL;
    for (const view *e = errors ? errors->first : NULL; e; e = e->next) named |= str_eq(view_get_text(e, S("field")), name);
    application after = now();
    assert_true(str_eq(after.node, before.node));
    form = form_of(&before);
    view_int(form, S("draft"), after.draft);
    b.n = 0;
    json_write(&b, form);
    assert_int_equal(post(login, amending ? "/amend" : "", str_z(m.w.at.c.a, buf_str(&b))), 200);
    return named;
}

/* ---- the page against the program ------------------------------------------------------------------------------------ */

static const char *tried(role r, str name)
{
    const char *const *logins = NULL;
    bool reads = false;
    for (int i = 0; i < countof(people); i++)
        if (people[i].role == r) logins = people[i].logins;
    assert_non_null(logins);
    for (int i = 0; i < POSTS && (!i || logins[i]); i++) {
        reads |= reads_field(logins[i], name);
        if (!writes_field(logins[i], name)) continue;
        return is_needed(logins[i], name) ? "required" : "write";
    }
    return reads ? "read" : "hidden";
}

static void each_cell_holds(bool submitted)
{
    world *w = &m.w;
    application a = now();
    char node[40];
    snprintf(node, sizeof node, SF, SA(a.node));
    view *page = world_do(w, 200, "auditor1", GET, str_z(w->at.c.a, str_fmt(w->at.c.a, "/flows/%lld/rights", (long long)a.flow_id)), NULL);
    arena own;
    arena_init(&own, 64 << 20, NULL, NULL);
    page = view_copy(&own, page); /* the calls below forget it */
    int here = 0;
    on_page = view_get(page, S("items"))->n;
    for (const view *x = view_get(page, S("items"))->first; x; x = x->next) {
        if (!str_eqz(view_get_text(x, S("state")), node) || view_get_int(x, S("submitted"), 0) != submitted) continue;
        str name = view_get_text(x, S("field"));
        const char *is = tried((role)role_of(view_get_text(x, S("role"))), name);
        if (!str_eqz(view_get_text(x, S("right")), is))
            fail_msg("%s at %s: " SF " says " SF ", and is: %s", str_z(&own, view_get_text(x, S("role"))), node, SA(name), SA(view_get_text(x, S("right"))), is);
        here++;
        writes += is[0] == 'w' || !strcmp(is, "required");
        world_forget(w);
    }
    arena_done(&own);
    assert_int_equal(here, 15 * ROLES);
    cells += here;
}

static void from_draft_to_approval(void **state)
{
    (void)state;
    id = month_draft(&m, "agency1", "enterprise1");
    each_cell_holds(false);
    month_submit(&m, "agency1", "enterprise1", id);
    each_cell_holds(true);
    month_pass(&m, id);
    each_cell_holds(true);
    month_batch(&m, "alliance2", "report_submit", "");
    each_cell_holds(true);
    month_batch(&m, "bureau1", "bureau_pass", "");
    each_cell_holds(true);
    month_batch(&m, "bureau2", "request_submit", "");
    each_cell_holds(true);
    month_batch(&m, "committee1", "approved", "");
    each_cell_holds(true);
}

static void from_an_objection_to_the_end(void **state)
{
    (void)state;
    char path[64];
    world *w = &m.w;
    const view *n = month_item(world_do(w, 200, NULL, GET, "/notices", NULL), "items", 0);
    snprintf(path, sizeof path, "/notices/%lld/objections", (long long)month_int(n, "id"));
    world_do(w, 201, NULL, POST, path, "{\"case_id\":%lld,\"text\":\"not theirs at all\"}", (long long)id);
    assert_true(str_eqz(now().node, "amend"));
    n = month_item(world_do(w, 200, "bureau1", GET, "/objections/list", NULL), "items", 0);
    snprintf(path, sizeof path, "/objections/%lld/answer", (long long)month_int(n, "id"));
    world_do(w, 200, "bureau1", POST, path, "{\"verdict\":\"rejected\",\"answer\":\"it is theirs\"}");
    each_cell_holds(true);
}

static void from_the_letter_to_payment(void **state)
{
    (void)state;
    id = month_draft(&m, "agency1", "enterprise1");
    month_submit(&m, "agency1", "enterprise1", id);
    month_pass(&m, id);
    month_to_letter(&m);
    each_cell_holds(true);
    month_batch(&m, "bureau3", "letter_send", "");
    each_cell_holds(true);
    month_batch(&m, "finance1", "finance_pass", "");
    each_cell_holds(true);
    month_batch(&m, "finance2", "pay_done", "");
    assert_true(str_eqz(now().node, "paid"));
    each_cell_holds(true);
}

static void returned_and_withdrawn(void **state)
{
    (void)state;
    id = month_draft(&m, "agency1", "enterprise1");
    month_submit(&m, "agency1", "enterprise1", id);
    month_move(&m, "alliance1", "applications", id, "supplement", "the seal is missing");
    char path[64];
    snprintf(path, sizeof path, "/applications/%lld", (long long)id);
    view *v = world_do(&m.w, 200, "agency1", GET, path, NULL);
    world_do(&m.w, 200, "agency1", POST, "/deficiencies/answers", "{\"id\":[{\"id\":%lld,\"answer\":\"sealed\"}]}", (long long)month_int(month_item(v, "deficiencies", 0), "id"));
    each_cell_holds(true);
    month_move(&m, "agency1", "applications", id, "withdraw", "");
    assert_true(str_eqz(now().node, "withdrawn"));
    each_cell_holds(true);
}

static void refused(void **state)
{
    (void)state;
    id = month_draft(&m, "agency1", "enterprise1");
    month_submit(&m, "agency1", "enterprise1", id);
    month_move(&m, "alliance1", "applications", id, "refuse", "not a standard");
    assert_true(str_eqz(now().node, "refused"));
    each_cell_holds(true);
    assert_int_equal(cells, on_page); /* no step was left out */
    printf("%d cells tried, %d of them written\n", cells, writes);
}

/* A field that is added to the form and not to the table would be written by nobody's leave. */
static void every_field_of_the_form_stands_in_the_table(void **state)
{
    (void)state;
    for (const field *f = application_draft_shape.fields; f < application_draft_shape.fields + application_draft_shape.n; f++) {
        bool found = f->flags & (F_HIDDEN | F_RESULT);
        for (const right_field *x = application_rights.fields; x->name && !found; x++) found = !strcmp(x->name, f->name);
        if (!found) fail_msg("%s is not in the table of rights", f->name);
    }
}

/* A file once given can be replaced and not taken away, so what is needed is seen at a draft that never had any. */
static void the_files_are_needed(void **state)
{
    (void)state;
    view *out;
    char path[64];
    id = month_draft(&m, "agency1", "enterprise1");
    application full = now();
    month_move(&m, "agency1", "applications", id, "withdraw", "");
    int64_t bare = month_made(world_do(&m.w, 201, "agency1", POST, "/applications", "{\"agreement\":%lld}", (long long)full.agreement));
    snprintf(path, sizeof path, "/applications/%lld/moves", (long long)bare);
    assert_int_equal(world_call(&m.w, "agency1", POST, path, "{\"choice\":\"submit\"}", &out), 422);
    static const char *const files[] = {"contract", "letter", "proof"};
    for (int i = 0; i < countof(files); i++) {
        bool named = false;
        for (const view *e = view_get(out, S("errors"))->first; e; e = e->next) named |= str_eqz(view_get_text(e, S("field")), files[i]);
        assert_true(named);
    }
}

static int begin(void **state)
{
    (void)state;
    month_begin(&m);
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

#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(from_draft_to_approval, begin),
        cmocka_unit_test_teardown(from_an_objection_to_the_end, end),
        TEST(from_the_letter_to_payment), TEST(returned_and_withdrawn), TEST(refused), cmocka_unit_test(every_field_of_the_form_stands_in_the_table), TEST(the_files_are_needed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
