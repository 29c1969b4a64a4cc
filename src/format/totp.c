/* SPDX-License-Identifier: Apache-2.0 */
/* totp.c: codes of the half minute (RFC 4226 section 5.3, RFC 6238). */
#include "format/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "format/hash.h"
#include "format/url.h"

int64_t totp_step(int64_t now_us) { return now_us / ((int64_t)TOTP_SECONDS * 1000000); }

uint32_t totp_code(str secret, int64_t step)
{
    uint8_t counter[8], mac[20];
    unsigned n = 0;
    for (int i = 0; i < 8; i++) counter[i] = (uint8_t)(step >> (56 - 8 * i));
    const unsigned char *done = HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, sizeof counter, mac, &n);
    assert(done && n == sizeof mac);
    int at = mac[19] & 15;
    uint32_t cut = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    return cut % 1000000;
}

bool totp_is(str secret, str code, int64_t now_us, int64_t last, int64_t *step)
{
    bool found = false;
    int64_t now = totp_step(now_us);
    for (int64_t near = now - 1; near <= now + 1; near++) {
        char six[TOTP_DIGITS];
        uint32_t want = totp_code(secret, near);
        for (int i = TOTP_DIGITS; i-- > 0; want /= 10) six[i] = (char)('0' + want % 10);
        if (near <= last || !same_secret(code, (str){six, TOTP_DIGITS})) continue;
        found = true;
        *step = near;
    }
    return found;
}

str base32_text(arena *a, str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    buf b = buf_new(a, bytes.n * 8 / 5 + 1);
    unsigned have = 0;
    int bits = 0;
    for (size i = 0; i < bytes.n; i++) {
        have = have << 8 | (uint8_t)bytes.p[i];
        for (bits += 8; bits >= 5; bits -= 5) buf_byte(&b, digits[have >> (bits - 5) & 31]);
    }
    if (bits) buf_byte(&b, digits[have << (5 - bits) & 31]);
    return buf_str(&b);
}

str totp_uri(arena *a, str secret, str issuer, str login)
{
    buf b = buf_new(a, 128);
    buf_putz(&b, "otpauth://totp/");
    url_encode(&b, issuer);
    buf_byte(&b, ':');
    url_encode(&b, login);
    buf_putz(&b, "?secret=");
    buf_put(&b, base32_text(a, secret));
    buf_putz(&b, "&issuer=");
    url_encode(&b, issuer);
    return buf_str(&b);
}
