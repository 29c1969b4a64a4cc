/* SPDX-License-Identifier: Apache-2.0 */
/* audit_test.c: whoever changes the record behind the program's back is found, and told where. */
#include "month.h"
#include "format/hash.h"
#include "room/audit/audit.h"
#include "room/audit/audit_tree.h"

static int begin(void **state)
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

/* The first broken entry; 0: none. */
static int64_t broken_at(month *m, str outside, bool *ok)
{
    ctx *c = world_as(&m->w, NULL);
    view *report = view_map(c->a);
    assert_int_equal(audit_verify(c, outside, report).kind, OK);
    *ok = view_get(report, S("ok"))->i;
    const view *broken = view_get(report, S("broken"));
    int64_t at = broken->n ? view_get_int(broken->first, S("seq"), 0) : 0;
    world_forget(&m->w);
    return at;
}

/* One changed byte (or unit) in each audited column of early, middle and late entries. */
static void one_changed_byte_in_any_column_is_found_and_named(void **state)
{
    month *m = *state;
    static const char *const numbers[] = {"at", "today", "person", "for_person", "post", "org", "object", "mandate"};
    static const char *const texts[] = {"role", "act", "noun", "input", "result", "prev", "hash"};
    const place *p = &m->w.place;
    int64_t last = place_number(p, "SELECT max(seq) FROM audit_entry");
    const int64_t seqs[] = {2, last / 3, last / 2, last - 1, last};
    char sql[512];
    bool ok;
    int tried = 0;
    assert_int_equal(broken_at(m, (str){0}, &ok), 0);
    assert_true(ok);
    for (int s = 0; s < countof(seqs); s++)
        for (int k = 0; k < countof(numbers) + countof(texts); k++) {
            bool text = k >= countof(numbers);
            const char *col = text ? texts[k - countof(numbers)] : numbers[k];
            snprintf(sql, sizeof sql, "SELECT length(%s) FROM audit_entry WHERE seq = %lld", col, (long long)seqs[s]);
            int64_t n = text ? place_number(p, sql) : 1;
            if (!n) continue;
            snprintf(sql, sizeof sql, "CREATE TABLE kept AS SELECT %s AS v FROM audit_entry WHERE seq = %lld", col, (long long)seqs[s]);
            place_run(p, sql);
            int64_t byte = n > 1 ? (seqs[s] * 7 + k) % n + 1 : 1;
            if (text)
                snprintf(sql, sizeof sql,
                         "UPDATE audit_entry SET %s = substr(%s, 1, %lld) || CASE substr(%s, %lld, 1) WHEN 'x' THEN 'y' ELSE 'x' END || substr(%s, %lld) WHERE seq = %lld", col, col,
                         (long long)byte - 1, col, (long long)byte, col, (long long)byte + 1, (long long)seqs[s]);
            else snprintf(sql, sizeof sql, "UPDATE audit_entry SET %s = %s + 1 WHERE seq = %lld", col, col, (long long)seqs[s]);
            place_run(p, sql);
            int64_t at = broken_at(m, (str){0}, &ok);
            if (ok || at != seqs[s]) fail_msg("%s of entry %lld: found at %lld", col, (long long)seqs[s], (long long)at);
            snprintf(sql, sizeof sql, "UPDATE audit_entry SET %s = (SELECT v FROM kept) WHERE seq = %lld", col, (long long)seqs[s]);
            place_run(p, sql);
            place_run(p, "DROP TABLE kept");
            tried++;
        }
    assert_true(tried > 50);
    assert_int_equal(broken_at(m, (str){0}, &ok), 0);
}

/* The program itself cannot change an entry, nor take one out. */
static void the_store_refuses_to_change_an_entry(void **state)
{
    const place *p = &((month *)*state)->w.place;
    assert_true(place_refuses(p, "UPDATE audit_entry SET person = 1 WHERE seq = 3"));
    assert_true(place_refuses(p, "DELETE FROM audit_entry WHERE seq = 3"));
}

/* A tail cut off together with the tree's own row leaves a chain that fits itself; the head kept outside says what is missing. */
static void a_cut_off_tail_is_found_against_a_head_kept_outside(void **state)
{
    month *m = *state;
    str head;
    char kept[128];
    assert_int_equal(audit_head(world_as(&m->w, NULL), &head).kind, OK);
    snprintf(kept, sizeof kept, SF, SA(head));
    const place *p = &m->w.place;
    bool ok;
    broken_at(m, str_of(kept), &ok);
    assert_true(ok);
    place_run(p, "CREATE TABLE cut AS SELECT * FROM audit_entry WHERE seq > (SELECT max(seq) - 3 FROM audit_entry)");
    place_run(p, "CREATE TABLE cut_tree AS SELECT * FROM audit_tree");
    place_run(p, "DELETE FROM audit_entry WHERE seq IN (SELECT seq FROM cut)");
    broken_at(m, str_of(kept), &ok);
    assert_false(ok);
    broken_at(m, (str){0}, &ok); /* the tree's own row already says that entries are missing */
    assert_false(ok);
    place_run(p, "INSERT INTO audit_entry SELECT * FROM cut");
    place_run(p, "DROP TABLE cut; DROP TABLE cut_tree");
    broken_at(m, str_of(kept), &ok);
    assert_true(ok);
    broken_at(m, S("12:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), &ok); /* another history */
    assert_false(ok);
}

/* Leaves and roots of the Certificate Transparency reference tests (RFC 6962, section 2.1). */
static void the_tree_has_the_roots_of_rfc_6962(void **state)
{
    (void)state;
    static const struct { const char *leaf; int n; const char *root; } t[] = {
        {"", 0, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"},
        {"\0", 1, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"},
        {"\x10", 1, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"},
        {"\x20\x21", 2, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"},
        {"\x30\x31", 2, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"},
        {"\x40\x41\x42\x43", 4, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"},
        {"\x50\x51\x52\x53\x54\x55\x56\x57", 8, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"},
        {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"},
    };
    tree grown = {0};
    for (int i = 0; i < countof(t); i++) {
        uint8_t bytes[1 + 16] = {0}, leaf[32], root[32];
        char hex[65];
        memcpy(bytes + 1, t[i].leaf, (size_t)t[i].n);
        sha256((str){(const char *)bytes, t[i].n + 1}, leaf);
        tree_append(&grown, leaf);
        tree_root(&grown, root);
        for (int k = 0; k < 32; k++) snprintf(hex + 2 * k, 3, "%02x", root[k]);
        assert_string_equal(hex, t[i].root);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_tree_has_the_roots_of_rfc_6962),
        cmocka_unit_test(one_changed_byte_in_any_column_is_found_and_named),
        cmocka_unit_test(the_store_refuses_to_change_an_entry),
        cmocka_unit_test(a_cut_off_tail_is_found_against_a_head_kept_outside),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
