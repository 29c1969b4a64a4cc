/* SPDX-License-Identifier: Apache-2.0 */
/* seal_test.c: what is sealed opens in its place with its key, and in no other way. */
#include "format/test.h"

#include <stdlib.h>

#include "format/hash.h"
#include "format/seal.h"

static const uint8_t one[VAULT_KEY] = {1}, two[VAULT_KEY] = {2};

static void what_is_sealed_opens_again(void **state)
{
    arena *a = *state;
    vault v;
    vault_open(&v, one);
    static const char *const texts[] = {"", "x", "6222020200012345678", "银行账号，含标点。"};
    for (int i = 0; i < countof(texts); i++) {
        str sealed = seal_put(a, &v, S("place:1"), str_of(texts[i])), plain;
        assert_true(str_starts(sealed, S("v1.")));
        if (texts[i][0] && texts[i][1]) assert_int_equal(str_find(sealed, str_of(texts[i])), -1);
        assert_int_equal(seal_open(a, &v, S("place:1"), sealed, &plain).kind, OK);
        assert_str(plain, texts[i]);
        assert_true(str_eq(sealed, seal_put(a, &v, S("place:1"), str_of(texts[i])))); /* the record can be run again */
    }
}

static void another_key_place_or_byte_opens_nothing(void **state)
{
    arena *a = *state;
    vault v, w;
    vault_open(&v, one);
    vault_open(&w, two);
    str sealed = seal_put(a, &v, S("place:1"), S("secret")), plain;
    err key = seal_open(a, &w, S("place:1"), sealed, &plain), place = seal_open(a, &v, S("place:2"), sealed, &plain);
    assert_int_equal(key.kind, ERR_CONFLICT);
    assert_string_equal(key.text, place.text);
    str bytes;
    assert_true(base64url_read(a, str_from(sealed, 3), &bytes));
    for (size i = 0; i < bytes.n; i++) { /* nonce, tag and text alike */
        char *changed = new_n(a, char, bytes.n);
        memcpy(changed, bytes.p, (size_t)bytes.n);
        changed[i] ^= 1;
        err e = seal_open(a, &v, S("place:1"), str_join(a, S("v1."), base64url_text(a, changed, bytes.n)), &plain);
        assert_int_equal(e.kind, ERR_CONFLICT);
        assert_string_equal(e.text, key.text);
    }
    static const char *const nonsense[] = {"", "v1.", "v1.AAAA", "v2.AAAA", "secret"};
    for (int i = 0; i < countof(nonsense); i++) assert_int_equal(seal_open(a, &v, S("place:1"), str_of(nonsense[i]), &plain).kind, ERR_CONFLICT);
}

static int by_bytes(const void *x, const void *y) { return memcmp(x, y, 12); }

/* GCM dies of a nonce used twice: a million different texts have a million different ones. */
static void no_two_texts_have_one_nonce(void **state)
{
    (void)state;
    enum { MANY = 1000000 };
    static uint8_t nonce[MANY][12];
    vault v;
    vault_open(&v, one);
    for (int i = 0; i < MANY; i++) {
        uint8_t mark[32];
        char text[16];
        int n = snprintf(text, sizeof text, "%d", i);
        vault_mark(&v, S("place:1"), (str){text, n}, mark);
        memcpy(nonce[i], mark, 12);
    }
    qsort(nonce, MANY, 12, by_bytes);
    for (int i = 1; i < MANY; i++) assert_true(memcmp(nonce[i - 1], nonce[i], 12));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_sealed_opens_again),
        TEST(another_key_place_or_byte_opens_nothing),
        TEST(no_two_texts_have_one_nonce),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
