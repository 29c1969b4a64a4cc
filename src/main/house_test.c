/* SPDX-License-Identifier: Apache-2.0 */
/* house_test.c: what holds for every room: routes have a role and a sentence and refuse all others; statements prepare and never scan
 * what grows; flows are sound. */
#include <stdlib.h>

#include "base/embed.h"
#include "month.h"
#include "store/store.h"
#include "web/exchange.h"

static const struct { const char *login; role role; } people[] = {
    {NULL, ROLE_PUBLIC}, {"agency1", ROLE_AGENCY}, {"enterprise1", ROLE_ENTERPRISE}, {"alliance1", ROLE_ALLIANCE}, {"bureau1", ROLE_BUREAU},
    {"committee1", ROLE_COMMITTEE}, {"finance1", ROLE_FINANCE}, {"auditor1", ROLE_AUDITOR}, {"admin1", ROLE_ADMIN},
};

static int with_month(void **state)
{
    static month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_to_paid(&m);
    *state = &m;
    return 0;
}

static int end(void **state)
{
    world_end(&((month *)*state)->w);
    return 0;
}

static void each_route(month *m, void (*what)(month *, const route *, buf *), buf *b)
{
    for (int t = 0; t < m->w.web.tables; t++)
        for (const route *r = m->w.web.routes[t]; r->path; r++) what(m, r, b);
}

static void has_role_and_sentence(month *m, const route *r, buf *b)
{
    (void)m, (void)b;
    if (!r->who) fail_msg("%s has no role", r->path);
    if (!r->says || !*r->says) fail_msg("%s has no sentence", r->path);
    if (r->back && r->method != POST) fail_msg("%s goes back but sends nothing", r->path);
}

static void every_route_has_a_role_and_a_sentence(void **state) { each_route(*state, has_role_and_sentence, NULL); }

/* ---- role by route, against the file that was read by people ------------------------------------------------------------------ */

static void matrix_line(month *m, const route *r, buf *b)
{
    (void)m;
    arena *a = b->a;
    buf_put(b, str_fmt(a, "%-4s %-40s", r->method == GET ? "GET" : "POST", r->path));
    if (r->who & ANYONE) buf_put(b, S(" anyone"));
    else
        for (int i = ROLE_AGENCY; i < ROLES; i++)
            if (r->who & WHO(i)) buf_put(b, str_fmt(a, " %s", role_code[i]));
    if (r->counter) buf_put(b, str_fmt(a, " / at the counter: %s", r->counter));
    buf_byte(b, '\n');
}

static void roles_and_routes_are_those_of_the_reviewed_matrix(void **state)
{
    month *m = *state;
    buf b = buf_new(m->w.at.c.a, 16384);
    each_route(m, matrix_line, &b);
    const char *file = "test/site/matrix.txt";
    if (getenv("WRITE_MATRIX")) {
        FILE *f = fopen(file, "w");
        assert_non_null(f);
        fwrite(b.p, 1, (size_t)b.n, f);
        fclose(f);
    }
    FILE *f = fopen(file, "r");
    assert_non_null(f);
    static char read[65536];
    size_t n = fread(read, 1, sizeof read, f);
    fclose(f);
    str want = {read, (size)n}, is = buf_str(&b), x, y;
    while (str_split(&want, '\n', &x) && str_split(&is, '\n', &y))
        if (!str_eq(x, y)) fail_msg("reviewed: " SF "\nis now:   " SF "\nRead it, then WRITE_MATRIX=1", SA(x), SA(y));
    assert_int_equal(want.n, 0);
    assert_int_equal(is.n, 0);
}

static str with_ids(month *m, const char *path)
{
    arena *a = m->w.at.c.a;
    str s = str_of(path);
    size open;
    while ((open = str_find(s, S("{"))) >= 0) {
        size close = str_find(s, S("}"));
        s = str_fmt(a, SF "1" SF, SA(str_head(s, open)), SA(str_from(s, close + 1)));
    }
    return s;
}

/* 401 for nobody, 403 for the wrong role; whoever may is not refused for the role: what comes then is the object's or the form's. */
static void refuses_others(month *m, const route *r, buf *b)
{
    (void)b;
    if (r->flags & RAW_BODY) return;
    str path = with_ids(m, r->path);
    for (int p = 0; p < countof(people); p++) {
        bool may = (r->who & ANYONE) || (r->who & WHO(people[p].role));
        if (may) continue;
        view *out;
        int status = world_call(&m->w, people[p].login, r->method, str_z(m->w.at.c.a, path), r->method == POST ? "{}" : NULL, &out);
        int want = people[p].login ? 403 : 401;
        if (status != want) fail_msg("%s %s: %s is told %d, not %d", r->method == GET ? "GET" : "POST", r->path, people[p].login ? people[p].login : "nobody", status, want);
    }
    world_forget(&m->w);
}

static void every_other_role_is_refused_at_every_route(void **state) { each_route(*state, refuses_others, NULL); }

/* A list is a file as well, whose columns people read. */
static void has_words(month *m, const route *r, buf *b)
{
    (void)b;
    if (r->method != GET || strpbrk(r->path, "{.")) return; /* a feed is rendered by the server alone */
    for (int p = 0; p < countof(people); p++) {
        view *out;
        csv_column *columns;
        if (world_call(&m->w, people[p].login, GET, r->path, NULL, &out) != 200) continue;
        const view *items = out ? view_get(out, S("items")) : NULL; /* a file has no view */
        if (!items || items->kind != V_LIST) continue;
        int n = list_words(m->w.at.c.a, LANG_EN, items, &columns);
        for (int i = 0; i < n; i++)
            if (str_eq(columns[i].title, columns[i].name)) fail_msg("%s: the column " SF " has no word in list_words.c", r->path, SA(columns[i].name));
    }
    world_forget(&m->w);
}

static void every_column_of_a_list_has_a_word(void **state) { each_route(*state, has_words, NULL); }

static void what_belongs_to_another_is_missing(void **state)
{
    month *m = *state;
    char path[80];
    snprintf(path, sizeof path, "/applications/%lld/edit", (long long)m->application[0]);
    world_do(&m->w, 404, "agency2", GET, path, NULL);
    snprintf(path, sizeof path, "/applications/%lld", (long long)m->application[0]);
    world_do(&m->w, 404, "enterprise2", GET, path, NULL);
    world_do(&m->w, 404, "agency2", POST, path, "{\"draft\":1}");
    const view *agreement = month_item(world_do(&m->w, 200, "agency1", GET, "/agreements", NULL), "items", 0);
    snprintf(path, sizeof path, "/agreements/%lld", (long long)month_int(agreement, "id"));
    world_do(&m->w, 200, "agency1", GET, path, NULL);
    world_do(&m->w, 404, "agency2", GET, path, NULL);
    world_do(&m->w, 404, "enterprise2", GET, path, NULL);
    const view *paper = month_item(world_do(&m->w, 200, "auditor1", GET, "/papers", NULL), "items", 0);
    snprintf(path, sizeof path, "/papers/%lld", (long long)month_int(paper, "id"));
    world_do(&m->w, 404, "agency2", GET, path, NULL);
}

/* ---- statements ------------------------------------------------------------------------------------------------------------------ */

/* Small for ever: one row, or as many as there are policies, settings, flow versions or years. */
static bool stays_small(str table)
{
    static const char *const small[] = {"zone", "zone_setting", "policy", "policy_version", "item", "budget_line", "flow_version", "flow_newest", "month_call", "store_sequence", "setting"};
    for (int i = 0; i < countof(small); i++)
        if (str_eqz(table, small[i])) return true;
    return false;
}

static void every_statement_prepares_and_none_scans_what_grows(void **state)
{
    month *m = *state;
    ctx *c = world_as(&m->w, NULL);
    int seen = 0, scans = 0, bad = 0;
    for (const room *const *r = rooms; *r; r++)
        for (const stmt *const *const *set = (*r)->statements; set && *set; set++)
            for (const stmt *const *s = *set; *s; s++, seen++) {
                str table = {0};
                err e = store_plan_scans(c, *s, &table);
                if (e.kind) fprintf(stderr, "%s: " SF "\n", (*s)->name, SA(err_text(c->a, e, str_of(e.text)))), bad++;
                if (!strncmp((*s)->name, "budget_unbalanced", 17)) continue; /* the proof of the ledger reads all of it: that is its task */
                if (table.n && !stays_small(table)) fprintf(stderr, "%s reads all of " SF "\n", (*s)->name, SA(table)), scans++;
            }
    assert_int_equal(bad, 0);
    assert_int_equal(scans, 0);
    assert_true(seen > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_has_a_role_and_a_sentence),
        cmocka_unit_test(roles_and_routes_are_those_of_the_reviewed_matrix),
        cmocka_unit_test(every_other_role_is_refused_at_every_route),
        cmocka_unit_test(every_column_of_a_list_has_a_word),
        cmocka_unit_test(what_belongs_to_another_is_missing),
        cmocka_unit_test(every_statement_prepares_and_none_scans_what_grows),
    };
    return cmocka_run_group_tests(tests, with_month, end);
}
