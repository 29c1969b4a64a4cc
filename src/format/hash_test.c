/* SPDX-License-Identifier: Apache-2.0 */
/* hash_test.c: published vectors of SHA-256, HMAC, hexadecimal and base64url. */
#include "format/test.h"

#include "format/hash.h"

static void sha256_gives_the_published_sums(void **state)
{
    static const struct { const char *from, *want; } t[] = { /* FIPS 180-4 */
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
    };
    for (int i = 0; i < countof(t); i++) {
        assert_str(sha256_hex(*state, str_of(t[i].from)), t[i].want);
        uint8_t sum[SHA256_BYTES];
        sha256_run *h = sha256_begin(*state);
        for (size k = 0; t[i].from[k]; k++) sha256_add(h, (str){t[i].from + k, 1});
        sha256_end(h, sum);
        assert_str(hex_text(*state, sum, SHA256_BYTES), t[i].want);
    }
}

static void a_hash_that_is_never_ended_goes_with_the_arena(void **state)
{
    sha256_add(sha256_begin(*state), S("abc"));
}

static void hmac_gives_the_published_sums(void **state)
{
    static const struct { const char *key, *from, *want; } t[] = { /* RFC 4231, case 2 */
        {"Jefe", "what do ya want for nothing?",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
        {"", "", "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
    };
    for (int i = 0; i < countof(t); i++) {
        uint8_t sum[SHA256_BYTES];
        hmac_sha256(str_of(t[i].key), str_of(t[i].from), sum);
        assert_str(hex_text(*state, sum, SHA256_BYTES), t[i].want);
    }
}

static void hexadecimal_is_read_exactly(void **state)
{
    (void)state;
    uint8_t two[2];
    assert_true(hex_read(S("00fF"), two, 2));
    assert_int_equal(two[0], 0);
    assert_int_equal(two[1], 255);
    assert_false(hex_read(S("00f"), two, 2));
    assert_false(hex_read(S("00ff0"), two, 2));
    assert_false(hex_read(S("00fg"), two, 2));
}

static void base64url_has_one_writing_only(void **state)
{
    static const struct { const char *from, *want; } t[] = { /* RFC 4648 section 10 */
        {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"}, {"foobar", "Zm9vYmFy"}, {"\xFB\xFF\xFE", "-__-"},
    };
    for (int i = 0; i < countof(t); i++) {
        str from = str_of(t[i].from), back;
        str text = base64url_text(*state, from.p, from.n);
        assert_str(text, t[i].want);
        assert_true(base64url_read(*state, text, &back));
        assert_str(back, t[i].from);
    }
    static const char *const bad[] = {"Z", "Zh", "Zm9=", "Zm 9", "Zm9+", "Zm9vY", "Zm9"};
    str out;
    for (int i = 0; i < countof(bad) - 1; i++) assert_false(base64url_read(*state, str_of(bad[i]), &out));
    assert_false(base64url_read(*state, S("Zm9"), &out)); /* the last two bits are set */
}

static void secrets_are_compared_whole(void **state)
{
    (void)state;
    assert_true(same_secret(S("abc"), S("abc")));
    assert_true(same_secret((str){0}, S("")));
    assert_false(same_secret(S("abc"), S("abd")));
    assert_false(same_secret(S("abc"), S("ab")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sha256_gives_the_published_sums), TEST(a_hash_that_is_never_ended_goes_with_the_arena),
        TEST(hmac_gives_the_published_sums), TEST(hexadecimal_is_read_exactly),
        TEST(base64url_has_one_writing_only), TEST(secrets_are_compared_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
