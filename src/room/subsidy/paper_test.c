/* SPDX-License-Identifier: Apache-2.0 */
/* paper_test.c: an issued paper follows from the former one to the fen, and says the same everywhere. */
#include "month.h"

#include "base/money.h"
#include "format/hash.h"
#include "format/pdf.h"
#include "room/subsidy/paper.h"

static void five_applications(month *m)
{
    month_begin(m);
    for (int i = 0; i < 5; i++) month_add(m, i < 3 ? "agency1" : "agency2", i % 2 ? "enterprise1" : "enterprise2");
}

static int64_t paper_of(month *m, const char *kind)
{
    char path[64];
    snprintf(path, sizeof path, "/papers?kind=%s", kind);
    return month_int(month_item(world_do(&m->w, 200, "auditor1", GET, path, NULL), "items", 0), "id");
}

static view *read_paper(month *m, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/papers/%lld", (long long)id);
    return world_do(&m->w, 200, "auditor1", GET, path, NULL);
}

static int64_t sum_of(const view *lines)
{
    int64_t fen = 0;
    for (const view *row = lines->first; row; row = row->next) fen += month_int(row, "amount_fen");
    return fen;
}

/* The report has 5, the request 4: the paper says which one came back and why, and the totals follow. */
static void what_was_sent_back_is_the_difference_to_the_fen(void **state)
{
    (void)state;
    month m;
    five_applications(&m);
    month_batch(&m, "alliance2", "report_submit", "");
    char path[64];
    snprintf(path, sizeof path, "/batches/%lld/moves", (long long)m.batch);
    world_do(&m.w, 200, "bureau1", POST, path, "{\"choice\":\"bureau_pass\",\"return\":[{\"id\":%lld,\"note\":\"证书扫描件不清晰\"}],%s}", (long long)m.application[1], month_clear(&m, "bureau1"));
    month_batch(&m, "bureau2", "request_submit", "");

    view *report = read_paper(&m, paper_of(&m, "report")), *request = read_paper(&m, paper_of(&m, "request"));
    assert_int_equal(month_int(report, "count"), 5);
    assert_int_equal(month_int(report, "total_fen"), 15000000);
    assert_null(view_get(report, S("former")));
    assert_int_equal(month_int(request, "count"), 4);
    assert_int_equal(month_int(request, "total_fen"), 12000000);
    assert_true(month_text_is(request, "capitals", "人民币壹拾贰万元整"));
    const view *former = view_get(request, S("former"));
    assert_int_equal(month_int(former, "id"), month_int(report, "id"));
    assert_int_equal(month_int(former, "total_fen") + month_int(former, "joined_fen") - month_int(former, "returned_fen"), month_int(request, "total_fen"));
    const view *change = month_item(request, "changes", 0);
    assert_int_equal(view_get(request, S("changes"))->n, 1);
    assert_int_equal(month_int(change, "application"), m.application[1]);
    assert_int_equal(month_int(change, "amount_fen"), 3000000);
    assert_true(month_text_is(change, "kind", "returned"));
    assert_true(month_text_is(change, "note", "证书扫描件不清晰"));
    assert_int_equal(sum_of(view_get(request, S("items"))), month_int(request, "total_fen"));
    world_end(&m.w);
}

static void an_issued_paper_stays_as_it_was_frozen(void **state)
{
    (void)state;
    month m;
    five_applications(&m);
    month_batch(&m, "alliance2", "report_submit", "");
    int64_t id = paper_of(&m, "report");
    ctx *c = world_as(&m.w, "auditor1");
    official_paper p;
    view *snapshot, *one, *two;
    assert_int_equal(paper_get(c, id, &p).kind, OK);
    assert_true(str_eq(p.sha256, sha256_hex(c->a, p.snapshot)));
    assert_int_equal(json_read(c->a, p.snapshot, &snapshot).kind, OK);
    assert_int_equal(view_get(snapshot, S("lines"))->n, 5);
    assert_int_equal(sum_of(view_get(snapshot, S("lines"))), p.total_fen);
    assert_int_equal(paper_describe(c, &p, &one).kind, OK);

    month_batch(&m, "bureau1", "bureau_pass", "");
    month_batch(&m, "bureau2", "request_submit", "");
    c = world_as(&m.w, "auditor1");
    assert_int_equal(paper_get(c, id, &p).kind, OK);
    assert_int_equal(paper_describe(c, &p, &two).kind, OK);
    buf x = buf_new(c->a, 4096), y = buf_new(c->a, 4096);
    json_canonical(&x, one);
    json_canonical(&y, two);
    assert_true(str_eq(buf_str(&x), buf_str(&y)));
    world_end(&m.w);
}

/* Every kind is a description that the PDF's maker takes; its list adds up to the same total. */
static void every_kind_can_be_printed(void **state)
{
    (void)state;
    static const char *const kinds[] = {"claim", "report", "request", "notice", "letter"};
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    month_to_letter(&m);
    month_batch(&m, "bureau3", "letter_send", "");
    for (int i = 0; i < countof(kinds); i++) {
        int64_t id = paper_of(&m, kinds[i]);
        ctx *c = world_as(&m.w, "bureau1");
        official_paper p;
        view *words;
        str pdf, again;
        assert_int_equal(paper_get(c, id, &p).kind, OK);
        assert_int_equal(paper_describe(c, &p, &words).kind, OK);
        err e = pdf_check(c->a, words);
        if (e.kind) fail_msg("%s: %s " SF, kinds[i], e.text, SA(e.arg[0]));
        assert_int_equal(pdf_make(c->a, words, &pdf).kind, OK);
        assert_int_equal(pdf_make(c->a, words, &again).kind, OK);
        assert_true(str_starts(pdf, S("%PDF")) && str_eq(pdf, again));
    }
    world_end(&m.w);
}

static void numbers_have_no_gaps_and_strangers_see_nothing(void **state)
{
    (void)state;
    month m;
    month_begin(&m);
    month_add(&m, "agency1", "enterprise1");
    month_add(&m, "agency2", "enterprise2");
    view *all = world_do(&m.w, 200, "auditor1", GET, "/papers?kind=claim", NULL);
    assert_true(month_text_is(month_item(all, "items", 0), "number", "申报〔2018〕2号"));
    assert_true(month_text_is(month_item(all, "items", 1), "number", "申报〔2018〕1号"));
    char path[64];
    snprintf(path, sizeof path, "/papers/%lld", (long long)month_int(month_item(all, "items", 1), "id"));
    world_do(&m.w, 200, "agency1", GET, path, NULL);
    world_do(&m.w, 200, "enterprise1", GET, path, NULL);
    world_do(&m.w, 404, "agency2", GET, path, NULL);
    world_do(&m.w, 404, "enterprise2", GET, path, NULL);
    month_batch(&m, "alliance2", "report_submit", "");
    snprintf(path, sizeof path, "/papers/%lld", (long long)paper_of(&m, "report"));
    world_do(&m.w, 404, "agency1", GET, path, NULL);
    world_do(&m.w, 403, "agency1", GET, "/papers", NULL);
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_sent_back_is_the_difference_to_the_fen),
        cmocka_unit_test(an_issued_paper_stays_as_it_was_frozen),
        cmocka_unit_test(every_kind_can_be_printed),
        cmocka_unit_test(numbers_have_no_gaps_and_strangers_see_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
