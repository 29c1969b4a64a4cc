/* SPDX-License-Identifier: Apache-2.0 */
/* seal.c: AES-256-GCM by OpenSSL with a synthetic nonce. */
#include "format/seal.h"

#include <openssl/evp.h>

#include "format/hash.h"

enum { NONCE = 12, TAG = 16 };
static const char version[] = "v1.";

/* OpenSSL fails here only without memory: die rather than store something half sealed. */
static void must(int done) { assert(done == 1); }

void vault_open(vault *v, const uint8_t key[VAULT_KEY])
{
    str k = {(const char *)key, VAULT_KEY};
    hmac_sha256(k, S("lingfei sealing"), v->sealing);
    hmac_sha256(k, S("lingfei naming"), v->naming);
}

void vault_mark(const vault *v, str context, str text, uint8_t out[32])
{
    char joined[32];
    hmac_sha256((str){(const char *)v->naming, 32}, context, (uint8_t *)joined); /* the context's own key: nothing runs together */
    hmac_sha256((str){joined, 32}, text, out);
}

static void begin(EVP_CIPHER_CTX *c, const vault *v, const uint8_t *nonce, str context, bool sealing)
{
    int n;
    must(c != NULL);
    must(EVP_CipherInit_ex(c, EVP_aes_256_gcm(), NULL, v->sealing, nonce, sealing));
    must(EVP_CipherUpdate(c, NULL, &n, (const uint8_t *)context.p, (int)context.n));
}

str seal_put(arena *a, const vault *v, str context, str plain)
{
    uint8_t mark[32];
    size whole = NONCE + TAG + plain.n;
    uint8_t *out = (uint8_t *)arena_bytes(a, whole);
    int n, end;
    vault_mark(v, context, plain, mark);
    memcpy(out, mark, NONCE);
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    begin(c, v, out, context, true);
    must(EVP_CipherUpdate(c, out + NONCE + TAG, &n, (const uint8_t *)plain.p, (int)plain.n));
    must(EVP_CipherFinal_ex(c, out + NONCE + TAG + n, &end));
    must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, out + NONCE));
    EVP_CIPHER_CTX_free(c);
    return str_join(a, str_of(version), base64url_text(a, out, whole));
}

static bool open_bytes(const vault *v, str context, str bytes, char *to)
{
    const uint8_t *in = (const uint8_t *)bytes.p;
    uint8_t tag[TAG];
    int n = 0, end;
    memcpy(tag, in + NONCE, TAG);
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    begin(c, v, in, context, false);
    must(EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, TAG, tag));
    bool good = EVP_CipherUpdate(c, (uint8_t *)to, &n, in + NONCE + TAG, (int)bytes.n - NONCE - TAG) == 1
             && EVP_CipherFinal_ex(c, (uint8_t *)to + n, &end) == 1;
    EVP_CIPHER_CTX_free(c);
    return good;
}

err seal_open(arena *a, const vault *v, str context, str sealed, str *plain)
{
    str bytes;
    bool good = str_starts(sealed, str_of(version)) && base64url_read(a, str_from(sealed, str_of(version).n), &bytes)
             && bytes.n >= NONCE + TAG;
    if (good) {
        *plain = (str){arena_bytes(a, bytes.n), bytes.n - NONCE - TAG};
        good = open_bytes(v, context, bytes, (char *)(uintptr_t)plain->p);
    }
    return good ? NO_ERR : err_of(ERR_CONFLICT, "", N_("A sealed value does not open: the key file is not the one it was sealed with."));
}
