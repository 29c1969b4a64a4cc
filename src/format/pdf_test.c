/* SPDX-License-Identifier: Apache-2.0 */
/* pdf_test.c: papers as PDF: what they say, that they repeat, what they bear, and the child. */
#include "format/pdf.h"

#include "format/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_arena(void **state)
{
    static arena a;
    arena_init(&a, 512 << 20, NULL, NULL);
    *state = &a;
    return 0;
}

static int close_arena(void **state)
{
    arena_done(*state);
    return 0;
}

/* ---- helpers -------------------------------------------------------------------------------- */

static str read_fd(arena *a, int fd)
{
    buf b = buf_new(a, 64 << 10);
    ssize_t n;
    while ((n = read(fd, buf_room(&b, 64 << 10), 64 << 10)) > 0)
        b.n += n;
    close(fd);
    return buf_str(&b);
}

static const char *const samples[] = {"claim", "report", "request", "notice", "letter", "receipt",
                                      "english"};

static view *sample(arena *a, const char *name)
{
    int fd = open(str_z(a, str_fmt(a, "test/paper/%s.json", name)), O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0); /* the tests run in the repository's root */
    view *v;
    err e = json_read(a, read_fd(a, fd), &v);
    assert_int_equal(e.kind, OK);
    return v;
}

static view *parse(arena *a, const char *json)
{
    view *v;
    err e = json_read(a, str_of(json), &v);
    assert_int_equal(e.kind, OK);
    return v;
}

static str make(arena *a, const view *paper)
{
    str pdf = {0};
    err e = pdf_make(a, paper, &pdf);
    if (e.kind)
        print_message("%s: %s " SF "\n", e.field, e.text, SA(e.arg[0]));
    assert_int_equal(e.kind, OK);
    assert_true(str_starts(pdf, S("%PDF-1.")));
    assert_true(str_ends(str_trim(pdf), S("%%EOF")));
    return pdf;
}

static bool has_tool(void)
{
    if (access("/usr/bin/pdftotext", X_OK) == 0)
        return true;
    print_message("skipped: no pdftotext\n");
    return false;
}

static str run_tool(arena *a, const char *tool, str pdf)
{
    char path[] = "/tmp/pdf_test.XXXXXX";
    int fd = mkstemp(path), out[2];
    assert_true(fd >= 0 && write(fd, pdf.p, (size_t)pdf.n) == pdf.n && pipe(out) == 0);
    close(fd);
    char *argv[] = {(char *)tool, "-layout", path, "-", NULL}, *info[] = {(char *)tool, path, NULL};
    char *env[] = {"LC_ALL=C.UTF-8", NULL};
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, out[1], 1);
    posix_spawn_file_actions_addclose(&files, out[0]);
    pid_t pid;
    bool text = strstr(tool, "text") != NULL;
    assert_int_equal(posix_spawn(&pid, tool, &files, NULL, text ? argv : info, env), 0);
    posix_spawn_file_actions_destroy(&files);
    close(out[1]);
    str s = read_fd(a, out[0]);
    waitpid(pid, NULL, 0);
    unlink(path);
    return s;
}

/* Spread lines come back with blanks between the characters: compare without them. */
static str text_of(arena *a, str pdf)
{
    return str_replace(a, str_replace(a, run_tool(a, "/usr/bin/pdftotext", pdf), S(" "), S("")),
                       S("\n"), S(""));
}

static int64_t pages_of(arena *a, str pdf)
{
    str info = run_tool(a, "/usr/bin/pdfinfo", pdf), line;
    int64_t n = 0;
    while (str_split(&info, '\n', &line))
        if (str_starts(line, S("Pages:")))
            assert_true(str_int(str_trim(str_from(line, 6)), &n));
    return n;
}

static void assert_says(str text, const char *what)
{
    if (str_find(text, str_of(what)) < 0)
        fail_msg("the paper does not say %s:\n" SF, what, SA(text));
}

/* ---- what papers say ------------------------------------------------------------------------ */

static void each_paper_says_its_number_title_total_and_capitals(void **state)
{
    static const struct { const char *name; int pages; const char *says[6]; } t[] = {
        {"claim", 2, {"SQ-201811-0042", "科技服务补贴申报书", "8,142,585", "30,000.00元（人民币叁万元",
                      "9f86d081884c7d659a2feaa0c55ad015a3bf", "第1页，共2页"}},
        {"report", 6, {"云高联〔2018〕12号", "初审报告", "268,000.00", "人民币贰拾陆万捌仟元整",
                       "附件：1.2018年11月批次", "2018年11月22日印发"}},
        {"request", 4, {"云高科〔2018〕36号", "签发人：陈示例", "268,000.00",
                        "合计（大写）：人民币贰拾陆万捌仟元整", "妥否，请批示。", "抄送："}},
        {"notice", 3, {"公示〔2018〕11号", "拟支持名单的公示", "268,000.00", "人民币贰拾陆万捌仟元整",
                       "至2018年12月11日24:00止", "SHA-256"}},
        {"letter", 3, {"云高科函〔2018〕58号", "资金的函", "268,000.00", "人民币贰拾陆万捌仟元整",
                       "此函。", "—3—"}},
        {"receipt", 1, {"HZ-201811-0042", "受理回执", "30,000.00元", "2018年11月21日"}},
        {"english", 4, {"YGK[2018]No.36", "RequestforApproval", "268,000.00",
                        "twohundredandsixty-eightthousandyuan", "26November2018", "Copyto:"}},
    };
    _Static_assert(sizeof t / sizeof t[0] == sizeof samples / sizeof samples[0], "each sample");
    arena *a = *state;
    if (!has_tool())
        skip();
    for (size i = 0; i < countof(t); i++) {
        str pdf = make(a, sample(a, t[i].name)), text = text_of(a, pdf);
        for (int k = 0; k < 6 && t[i].says[k]; k++)
            assert_says(text, t[i].says[k]);
        assert_int_equal(pages_of(a, pdf), t[i].pages);
    }
}

static void fonts_are_embedded_and_the_only_date_is_the_papers(void **state)
{
    arena *a = *state;
    str pdf = make(a, sample(a, "letter"));
    assert_true(str_find(pdf, S("20181212000000+08")) >= 0);
    assert_true(str_find(pdf, S("/FontFile3")) >= 0);
    str undated = make(a, parse(a, "{\"kind\":\"form\",\"title\":\"无日期\"}"));
    assert_true(str_find(undated, S("/CreationDate")) < 0);
}

static void values_are_written_by_their_kind(void **state)
{
    arena *a = *state;
    view *v = parse(a, "{\"kind\":\"form\",\"title\":\"值\",\"body\":[]}");
    view *table = view_put_map(view_add_map(view_get(v, S("body"))), S("table"));
    view *columns = view_put_list(table, S("columns"));
    view *row = view_add_list(view_put_list(table, S("rows")));
    static const struct { view_kind kind; int64_t i; } t[] = {
        {V_FEN, 123456789012}, {V_FEN, -5}, {V_DAY, 17840}, {V_TIME, 1541397600000000}, {V_INT, 42},
        {V_NULL, 0}};
    for (size i = 0; i < countof(t); i++) {
        view_text(view_add_map(columns), S("title"), S("栏"));
        view_add(row, t[i].kind)->i = t[i].i;
    }
    if (!has_tool())
        skip();
    str text = run_tool(a, "/usr/bin/pdftotext", make(a, v));
    assert_says(text, "1,234,567,890.12");
    assert_says(text, "-0.05");
    assert_says(text, "2018-11-05");
    assert_says(text, "2018-11-05 14:00"); /* 06:00 UTC is 14:00 in Beijing */
    assert_says(text, "42");
}

static void the_same_paper_is_the_same_bytes(void **state)
{
    arena *a = *state;
    child_pool pool;
    child_pool_begin(&pool, 2);
    for (size i = 0; i < countof(samples); i++) {
        view *v = sample(a, samples[i]);
        str here = make(a, v), again = make(a, v), child = {0};
        assert_true(str_eq(here, again));
        assert_int_equal(pdf_in_child(&pool, a, v, &child).kind, OK);
        assert_true(str_eq(here, child));
    }
    child_pool_end(&pool);
}

/* ---- what papers bear ----------------------------------------------------------------------- */

static view *long_table(arena *a, int rows)
{
    view *v = sample(a, "notice");
    view *annex = view_get(v, S("annexes"))->first;
    view *table = view_get(view_get(annex, S("body"))->first, S("table"));
    view *rows_of = view_put_list(table, S("rows"));
    for (int i = 0; i < rows; i++) {
        view *r = view_add_list(rows_of);
        view_add(r, V_INT)->i = i + 1;
        view_add(r, V_TEXT)->s = S("云湾启明知识产权服务有限公司");
        view_add(r, V_TEXT)->s = str_fmt(a, "云湾第%d号示例科技有限公司", i + 1);
        view_add(r, V_TEXT)->s = S("高新技术企业认定");
        view_add(r, V_FEN)->i = 3000000 + i;
    }
    return v;
}

static void eight_hundred_rows_keep_their_head_on_each_page(void **state)
{
    arena *a = *state;
    str pdf = make(a, long_table(a, 800));
    if (!has_tool())
        skip();
    str text = run_tool(a, "/usr/bin/pdftotext", pdf), page;
    int heads = 0, row = 0;
    while (str_split(&text, '\f', &page)) {
        heads += str_find(page, S("收款单位")) >= 0 && str_find(page, S("30,00")) >= 0;
        for (str rest = page; row < 800; row++) { /* each row once, in order, whole on a page */
            size at = str_find(rest, str_fmt(a, "30,00%d.%02d", row / 100, row % 100));
            if (at < 0)
                break;
            rest = str_from(rest, at);
        }
    }
    assert_int_equal(row, 800);
    assert_int_equal(heads, pages_of(a, pdf) - 2);
    assert_true(heads > 20);
}

static void hostile_texts_are_laid_out(void **state)
{
    static const char *const t[] = {
        "", " ", "\n", "\n\n\n", "\x07\x7f\x1bx", "\xE2\x80\xAE" "evil",
        "שלום עולם مرحبا بالعالم",
        "👩‍👩‍👧‍👦😀🇨🇳", "e\xCC\x81\xCC\x81\xCC\x81", "\xF0\xA0\x80\x80\xF0\xAA\x9B\x96",
        "\xEF\xBF\xBF", "a\tb", "   leading and trailing   ", "——————", "……（（（（（（",
        "”””””””””””””””””””””””””””””””””",
        "。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。。",
    };
    arena *a = *state;
    buf longest = buf_new(a, 8192);
    for (int i = 0; i < 3000; i++)
        buf_byte(&longest, (char)('a' + i % 26));
    for (size i = 0; i <= countof(t); i++) {
        str s = i < countof(t) ? str_of(t[i]) : buf_str(&longest);
        for (int k = 0; k < 4; k++) {
            static const char *const kinds[] = {"official", "letter", "plain", "form"};
            view *v = view_map(a);
            view_text(v, S("kind"), str_of(kinds[k]));
            view_text(v, S("lang"), k % 2 ? S("en") : S("zh-CN"));
            static const char *const keys[] = {"issuer", "number", "title", "to", "signer",
                                               "remark",
                                               "secret", "approver", "date", "seal", "copy",
                                               "verify"};
            for (size j = 0; j < countof(keys); j++)
                view_text(v, str_of(keys[j]), s);
            view *body = view_put_list(v, S("body"));
            static const char *const blocks[] = {"p", "h1", "h2", "h3", "note"};
            for (size j = 0; j < countof(blocks); j++)
                view_text(view_add_map(body), str_of(blocks[j]), s);
            view_add(view_put_list(view_add_map(body), S("list")), V_TEXT)->s = s;
            view_add(view_put_list(view_add_map(body), S("sign")), V_TEXT)->s = s;
            view *fact = view_add_map(view_put_list(view_add_map(body), S("facts")));
            view_text(fact, S("name"), s);
            view_text(fact, S("value"), s);
            view_add(view_put_list(v, S("attachments")), V_TEXT)->s = s;
            view *qr = view_put_map(v, S("qr"));
            view_text(qr, S("text"), s);
            view_text(qr, S("caption"), s);
            make(a, v);
        }
    }
}

static void a_word_without_breaks_stays_inside_its_column(void **state)
{
    arena *a = *state;
    view *v = parse(a,
        "{\"kind\":\"form\",\"title\":\"长词\",\"body\":[{\"table\":{\"columns\":[{\"title\":\"甲\"},"
        "{\"title\":\"乙\",\"align\":\"right\"},{\"title\":\"丙\",\"mono\":true}],\"rows\":[[],"
        "[\"\"],"
        "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\","
        "\"999,999,999,999.99\",\"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"]]}}]}");
    str pdf = make(a, v);
    if (!has_tool())
        skip();
    assert_says(run_tool(a, "/usr/bin/pdftotext", pdf), "999,999,999,999.99"); /* not wrapped */
    assert_int_equal(pages_of(a, pdf), 1);
}

static void a_row_taller_than_a_page_is_split(void **state)
{
    arena *a = *state;
    buf b = buf_new(a, 64 << 10);
    for (int i = 0; i < 9000; i++)
        buf_putz(&b, "长");
    buf_putz(&b, "末");
    view *v = parse(a, "{\"kind\":\"plain\",\"title\":\"高行\",\"body\":[{\"table\":{\"columns\":"
                       "[{\"title\":\"序号\"},{\"title\":\"说明\"}],\"rows\":[[\"1\",\"x\"]]}}]}");
    view *table = view_get(view_get(v, S("body"))->first, S("table"));
    view_get(table, S("rows"))->first->last->s = buf_str(&b);
    str pdf = make(a, v);
    if (!has_tool())
        skip();
    assert_true(pages_of(a, pdf) > 3);
    assert_says(text_of(a, pdf), "末");
}

static void too_many_pages_are_refused(void **state)
{
    arena *a = *state;
    view *v = parse(a, "{\"kind\":\"plain\",\"title\":\"长\",\"body\":[]}");
    for (int i = 0; i < PDF_PAGES_MAX + 5; i++)
        view_bool(view_add_map(view_get(v, S("body"))), S("break"), true);
    str pdf = {0};
    assert_int_equal(pdf_make(a, v, &pdf).kind, ERR_LARGE);
}

static void a_wrong_description_is_refused_and_says_where(void **state)
{
    static const struct { const char *json, *where; } t[] = {
        {"[]", "kind"},
        {"{}", "kind"},
        {"{\"kind\":\"poster\"}", "kind"},
        {"{\"kind\":\"form\",\"lang\":\"fr\"}", "lang"},
        {"{\"kind\":\"form\",\"titel\":\"x\"}", "titel"},
        {"{\"kind\":\"form\",\"title\":[]}", "title"},
        {"{\"kind\":\"form\",\"body\":\"x\"}", "body"},
        {"{\"kind\":\"form\",\"body\":[\"x\"]}", "body"},
        {"{\"kind\":\"form\",\"body\":[{\"q\":\"x\"}]}", "q"},
        {"{\"kind\":\"form\",\"body\":[{\"p\":\"x\",\"align\":\"middle\"}]}", "align"},
        {"{\"kind\":\"form\",\"body\":[{\"facts\":[],\"pairs\":\"3\"}]}", "pairs"},
        {"{\"kind\":\"form\",\"body\":[{\"table\":{\"columns\":[{\"title\":\"a\"}],"
         "\"rows\":[[\"1\",\"2\"]]}}]}", "rows"},
        {"{\"kind\":\"form\",\"body\":[{\"table\":{\"columns\":[{\"title\":\"a\"}],"
         "\"rows\":[\"1\"]}}]}", "rows"},
        {"{\"kind\":\"form\",\"body\":[{\"table\":{\"rows\":[],\"total\":[\"1\"]}}]}", "total"},
        {"{\"kind\":\"form\",\"annexes\":[{\"wide\":\"yes\"}]}", "wide"},
        {"{\"kind\":\"form\",\"attachments\":[[]]}", "attachments"},
    };
    arena *a = *state;
    for (size i = 0; i < countof(t); i++) {
        str pdf = {0};
        err e = pdf_make(a, parse(a, t[i].json), &pdf);
        assert_int_equal(e.kind, ERR_INPUT);
        assert_true(str_eqz(e.arg[0], t[i].where));
        assert_int_equal(pdf.n, 0);
    }
}

/* ---- the child ------------------------------------------------------------------------------ */

/* What a child does that does not do its work: see main. */
static const struct { const char *word; err_kind kind; const char *text; } bad_children[] = {
    {"die", ERR_FAULT, "The {0} file could not be made: its maker died ({1})."},
    {"hang", ERR_FAULT, "The {0} file could not be made: it took too long."},
    {"deaf", ERR_FAULT, "The {0} file could not be made: its maker gave none."},
    {"half", ERR_FAULT, "The {0} file could not be made: its maker gave none."},
    {"flood", ERR_LARGE, "The paper is too long for one PDF."},
    {"out-of-memory", ERR_FAULT, "The {0} file could not be made: out of memory."},
};

static int misbehave(const char *word)
{
    char piece[4096] = "%PDF-1.5\n";
    if (!strcmp(word, "die"))
        raise(SIGKILL);
    if (!strcmp(word, "hang"))
        pause();
    if (!strcmp(word, "half"))
        return write(1, piece, 9) == 9 ? 0 : 1;
    while (!strcmp(word, "flood"))
        if (write(1, piece, sizeof piece) < 0)
            return 1;
    return !strcmp(word, "out-of-memory") ? 3 : 0;
}

static void a_child_that_fails_is_reported_and_its_place_given_back(void **state)
{
    arena *a = *state;
    child_pool pool;
    child_pool_begin(&pool, 1);
    view *v = long_table(a, 2000); /* more than a socket holds, so that a deaf child is met */
    for (size i = 0; i < countof(bad_children); i++) {
        pool.word = bad_children[i].word;
        pool.run_ms = strcmp(pool.word, "hang") ? 10000 : 200;
        str pdf = {0};
        err e = pdf_in_child(&pool, a, v, &pdf);
        assert_int_equal(e.kind, bad_children[i].kind);
        assert_string_equal(e.text, bad_children[i].text);
        assert_int_equal(pdf.n, 0);
        if (i == 0)
            assert_true(str_eqz(e.arg[1], "signal 9"));
    }
    pool.word = NULL;
    pool.program = "/nonexistent";
    str pdf = {0};
    assert_int_equal(pdf_in_child(&pool, a, v, &pdf).kind, ERR_BUSY);
    pool.program = "/proc/self/exe";
    assert_int_equal(pdf_in_child(&pool, a, sample(a, "receipt"), &pdf).kind, OK);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no child is left unreaped */
    child_pool_end(&pool);
}

static void a_wrong_description_starts_no_child(void **state)
{
    arena *a = *state;
    child_pool pool;
    child_pool_begin(&pool, 1);
    pool.program = "/nonexistent";
    str pdf = {0};
    assert_int_equal(pdf_in_child(&pool, a, parse(a, "{\"kind\":\"x\"}"), &pdf).kind, ERR_INPUT);
    child_pool_end(&pool);
}

static void who_finds_no_place_in_time_is_told_to_try_again(void **state)
{
    arena *a = *state;
    child_pool pool;
    child_pool_begin(&pool, 1);
    pool.wait_ms = 20;
    assert_int_equal(sem_wait(&pool.places), 0);
    str pdf = {0};
    assert_int_equal(pdf_in_child(&pool, a, sample(a, "receipt"), &pdf).kind, ERR_BUSY);
    sem_post(&pool.places);
    assert_int_equal(pdf_in_child(&pool, a, sample(a, "receipt"), &pdf).kind, OK);
    child_pool_end(&pool);
}

struct caller { child_pool *pool; arena a; view *paper; str pdf; err e; };

static void *call_pool(void *what)
{
    struct caller *c = what;
    c->e = pdf_in_child(c->pool, &c->a, c->paper, &c->pdf);
    return NULL;
}

static void many_threads_share_two_places(void **state)
{
    arena *a = *state;
    child_pool pool;
    child_pool_begin(&pool, 2);
    pool.wait_ms = pool.run_ms = 120000; /* the machine may be slow; nothing is timed here */
    struct caller *c = new_n(a, struct caller, 6);
    pthread_t thread[6];
    str want = make(a, sample(a, "receipt"));
    for (int i = 0; i < 6; i++) {
        arena_init(&c[i].a, 64 << 20, NULL, NULL);
        c[i].pool = &pool;
        c[i].paper = sample(&c[i].a, "receipt");
        assert_int_equal(pthread_create(&thread[i], NULL, call_pool, &c[i]), 0);
    }
    for (int i = 0; i < 6; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(c[i].e.kind, OK);
        assert_true(str_eq(c[i].pdf, want));
        arena_done(&c[i].a);
    }
    int left = 0;
    assert_int_equal(sem_getvalue(&pool.places, &left), 0);
    assert_int_equal(left, 2);
    child_pool_end(&pool);
}

static jmp_buf boundary;
static void jump(arena *a)
{
    (void)a;
    longjmp(boundary, 1);
}

static void an_arena_that_overflows_leaves_no_child_and_no_place_taken(void **state)
{
    (void)state;
    static arena small;
    static child_pool pool;
    child_pool_begin(&pool, 1);
    arena_init(&small, 1 << 20, jump, NULL);
    static bool jumped;
    if (setjmp(boundary) == 0) {
        str pdf = {0};
        err e = pdf_in_child(&pool, &small, sample(&small, "report"), &pdf); /* 700 KB */
        fail_msg("it should not have fitted: %d", e.kind);
    } else {
        jumped = true;
    }
    assert_true(jumped);
    arena_done(&small);
    int left = 0;
    sem_getvalue(&pool.places, &left);
    assert_int_equal(left, 1);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    child_pool_end(&pool);
}

int main(int argc, char **argv)
{
    if (argc == 2 && !strcmp(argv[1], PDF_WORKER_WORD))
        return pdf_worker_main();
    if (argc == 2)
        return misbehave(argv[1]);
    const struct CMUnitTest tests[] = {
#define IN_ARENA(test) cmocka_unit_test_setup_teardown(test, open_arena, close_arena)
        IN_ARENA(each_paper_says_its_number_title_total_and_capitals),
        IN_ARENA(fonts_are_embedded_and_the_only_date_is_the_papers),
        IN_ARENA(values_are_written_by_their_kind),
        IN_ARENA(the_same_paper_is_the_same_bytes),
        IN_ARENA(eight_hundred_rows_keep_their_head_on_each_page),
        IN_ARENA(hostile_texts_are_laid_out),
        IN_ARENA(a_word_without_breaks_stays_inside_its_column),
        IN_ARENA(a_row_taller_than_a_page_is_split),
        IN_ARENA(too_many_pages_are_refused),
        IN_ARENA(a_wrong_description_is_refused_and_says_where),
        IN_ARENA(a_child_that_fails_is_reported_and_its_place_given_back),
        IN_ARENA(a_wrong_description_starts_no_child),
        IN_ARENA(who_finds_no_place_in_time_is_told_to_try_again),
        IN_ARENA(many_threads_share_two_places),
        cmocka_unit_test(an_arena_that_overflows_leaves_no_child_and_no_place_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
