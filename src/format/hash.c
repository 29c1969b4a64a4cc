/* SPDX-License-Identifier: Apache-2.0 */
/* hash.c: SHA-256 and HMAC by OpenSSL, and how bytes are written as text. */
#include "format/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

/* OpenSSL fails here only without memory, and a hash that was not made must never be used: die. */
static void must(int done)
{
    assert(done == 1);
}

void sha256(str s, uint8_t out[SHA256_BYTES])
{
    must(EVP_Digest(s.p, (size_t)s.n, out, NULL, EVP_sha256(), NULL));
}

str sha256_hex(arena *a, str s)
{
    uint8_t sum[SHA256_BYTES];
    sha256(s, sum);
    return hex_text(a, sum, SHA256_BYTES);
}

void hmac_sha256(str key, str s, uint8_t out[SHA256_BYTES])
{
    unsigned n = 0;
    assert(key.n <= INT_MAX);
    const unsigned char *done = HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n,
                                     (const unsigned char *)s.p, (size_t)s.n, out, &n);
    must(done && n == SHA256_BYTES);
}

struct sha256_run { EVP_MD_CTX *md; };

static void give_back(void *what)
{
    sha256_run *h = what;
    EVP_MD_CTX_free(h->md);
    h->md = NULL;
}

sha256_run *sha256_begin(arena *a)
{
    sha256_run *h = new(a, sha256_run);
    arena_cleanup(a, give_back, h); /* before there is anything to lose */
    h->md = EVP_MD_CTX_new();
    must(h->md && EVP_DigestInit_ex(h->md, EVP_sha256(), NULL));
    return h;
}

void sha256_add(sha256_run *h, str s)
{
    must(EVP_DigestUpdate(h->md, s.p, (size_t)s.n));
}

void sha256_end(sha256_run *h, uint8_t out[SHA256_BYTES])
{
    must(EVP_DigestFinal_ex(h->md, out, NULL));
    give_back(h);
}

str hex_text(arena *a, const void *bytes, size n)
{
    static const char digit[] = "0123456789abcdef";
    const uint8_t *from = bytes;
    char *p = new_n(a, char, 2 * n);
    for (size i = 0; i < n; i++) {
        p[2 * i] = digit[from[i] >> 4];
        p[2 * i + 1] = digit[from[i] & 15];
    }
    return (str){p, 2 * n};
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool hex_read(str s, void *out, size n)
{
    uint8_t *to = out;
    if (s.n != 2 * n) return false;
    for (size i = 0; i < n; i++) {
        int high = hex_value(s.p[2 * i]), low = hex_value(s.p[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        to[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

static const char base64url_digit[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

str base64url_text(arena *a, const void *bytes, size n)
{
    const uint8_t *from = bytes;
    char *p = new_n(a, char, n / 3 * 4 + 4);
    size used = 0;
    for (size i = 0; i < n; i += 3) {
        uint32_t three = (uint32_t)from[i] << 16;
        if (i + 1 < n) three |= (uint32_t)from[i + 1] << 8;
        if (i + 2 < n) three |= from[i + 2];
        size digits = n - i >= 3 ? 4 : n - i + 1;
        for (size k = 0; k < digits; k++)
            p[used++] = base64url_digit[three >> (18 - 6 * k) & 63];
    }
    return (str){p, used};
}

static int base64url_value(char c)
{
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '-' ? 62 : c == '_' ? 63 : -1;
}

bool base64url_read(arena *a, str s, str *out)
{
    if (s.n % 4 == 1) return false;
    char *p = new_n(a, char, s.n / 4 * 3 + 3);
    size used = 0;
    uint32_t bits = 0;
    int held = 0;
    for (size i = 0; i < s.n; i++) {
        int v = base64url_value(s.p[i]);
        if (v < 0) return false;
        bits = (bits << 6 | (uint32_t)v) & 0xFFFFFF;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        p[used++] = (char)(bits >> held & 0xFF);
    }
    if (bits & ((1u << held) - 1)) return false; /* two writings of the same bytes */
    *out = (str){p, used};
    return true;
}

bool same_secret(str x, str y)
{
    return x.n == y.n && (x.n == 0 || CRYPTO_memcmp(x.p, y.p, (size_t)x.n) == 0);
}
