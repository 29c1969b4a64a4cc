/* SPDX-License-Identifier: Apache-2.0 */
/* contract_test.c: both sign one text, whose hash anybody can check; a text that changed is not signed; the fee clause is nobody's to change. */
#include "month.h"

#include "format/hash.h"
#include "room/pair/pair.h"

static int64_t sent(month *m, const char *subject)
{
    int64_t id = month_made(world_do(&m->w, 201, "agency1", POST, "/agreements",
                                     "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"%s\",\"quantity\":1,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\","
                                     "\"pay_year\":2018,\"contract\":%lld}",
                                     (long long)world_org(&m->w, "enterprise1"), (long long)m->service, subject, (long long)world_file(&m->w, "agency1", "contract")));
    month_move(m, "agency1", "agreements", id, "submit", "");
    return id;
}

static view *read_as(month *m, const char *login, int64_t id)
{
    char path[64];
    snprintf(path, sizeof path, "/agreements/%lld", (long long)id);
    return world_do(&m->w, 200, login, GET, path, NULL);
}

static str hash_of(month *m, int64_t id)
{
    return str_dup(&m->w.h.a, view_get_text(view_get(read_as(m, "enterprise1", id), S("contract")), S("sha256")));
}

static int sign(month *m, const char *login, int64_t id, const char *choice, str hash, view **out)
{
    char path[64], json[256];
    snprintf(path, sizeof path, "/agreements/%lld/moves", (long long)id);
    snprintf(json, sizeof json, "{\"choice\":\"%s\",\"sha256\":\"" SF "\"}", choice, SA(hash));
    return world_call(&m->w, login, POST, path, json, out);
}

static view *checked(month *m, str hash)
{
    char path[128];
    snprintf(path, sizeof path, "/check/" SF, SA(hash));
    return world_do(&m->w, 200, NULL, GET, path, NULL);
}

static bool is(const view *v, const char *name)
{
    const view *b = view_get(v, str_of(name));
    return b && b->i;
}

static bool holds(const view *contract, const char *what)
{
    for (const view *b = view_get(contract, S("blocks"))->first; b; b = b->next)
        if (str_find(view_get_text(b, S("p")), str_of(what)) >= 0 || str_find(view_get_text(b, S("h1")), str_of(what)) >= 0) return true;
    return false;
}

static void both_sign_the_hash_of_one_text_and_anybody_can_check_it(void **state)
{
    (void)state;
    month m;
    view *v;
    month_begin(&m);
    int64_t id = sent(&m, "泵控制专利");
    str hash = hash_of(&m, id);
    assert_int_equal(hash.n, 64);
    assert_true(holds(view_get(read_as(&m, "enterprise1", id), S("contract")), "不得在任何阶段以任何名义"));
    assert_true(holds(view_get(read_as(&m, "enterprise1", id), S("contract")), "泵控制专利"));
    v = checked(&m, hash);
    assert_true(is(v, "unsigned") && !is(v, "genuine"));
    assert_int_equal(sign(&m, "enterprise1", id, "sign", hash, &v), 200);
    assert_int_equal(sign(&m, "agency1", id, "sign_agency", hash, &v), 200);
    const view *all = view_get(view_get(read_as(&m, "bureau3", id), S("contract")), S("signatures"));
    assert_int_equal(all->n, 2);
    for (const view *s = all->first; s; s = s->next) assert_true(str_eq(view_get_text(s, S("sha256")), hash));
    v = checked(&m, hash);
    assert_true(is(v, "genuine"));
    assert_true(is(checked(&m, sha256_hex(m.w.at.c.a, S("another"))), "checked"));
    assert_false(is(checked(&m, sha256_hex(m.w.at.c.a, S("another"))), "genuine"));
    world_end(&m.w);
}

static void a_text_that_changed_since_it_was_read_is_not_signed(void **state)
{
    (void)state;
    month m;
    view *v;
    char path[64];
    month_begin(&m);
    int64_t id = sent(&m, "首稿");
    str first = hash_of(&m, id);
    month_move(&m, "enterprise1", "agreements", id, "decline", "请改期限");
    snprintf(path, sizeof path, "/agreements/%lld", (long long)id);
    world_do(&m.w, 200, "agency1", POST, path,
             "{\"enterprise\":%lld,\"item\":%lld,\"subject\":\"次稿\",\"quantity\":2,\"fee_fen\":0,\"from_day\":\"2018-11-05\",\"to_day\":\"2018-12-31\",\"pay_year\":2018}",
             (long long)world_org(&m.w, "enterprise1"), (long long)m.service);
    month_move(&m, "agency1", "agreements", id, "submit", "");
    str second = hash_of(&m, id);
    assert_false(str_eq(first, second));
    assert_int_equal(sign(&m, "enterprise1", id, "sign", first, &v), 409);
    assert_true(str_eqz(view_get_text(read_as(&m, "enterprise1", id), S("step")), "enterprise_sign")); /* nothing was done */
    assert_int_equal(sign(&m, "enterprise1", id, "sign", second, &v), 200);
    assert_int_equal(sign(&m, "agency1", id, "sign_agency", first, &v), 409);
    assert_int_equal(sign(&m, "agency1", id, "sign_agency", second, &v), 200);
    assert_true(is(checked(&m, second), "genuine"));
    assert_false(is(checked(&m, first), "genuine")); /* sent once, signed by nobody */
    world_end(&m.w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_sign_the_hash_of_one_text_and_anybody_can_check_it),
        cmocka_unit_test(a_text_that_changed_since_it_was_read_is_not_signed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
