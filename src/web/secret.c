/* SPDX-License-Identifier: Apache-2.0 */
/* secret.c: unguessable texts from the kernel's randomness. */
#include "web/secret.h"

#include <sys/random.h>

#include "format/hash.h"

static void fill(void *to, size_t n)
{
    ssize_t got = getrandom(to, n, 0); /* up to 256 bytes come whole */
    assert(got == (ssize_t)n);
}

str secret_token(arena *a)
{
    uint8_t bytes[32];
    fill(bytes, sizeof bytes);
    return base64url_text(a, bytes, sizeof bytes);
}

str secret_code(arena *a, int letters)
{
    static const char alphabet[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; /* 32: five bits each, no bias */
    uint8_t bytes[64];
    assert(letters > 0 && letters <= (int)sizeof bytes);
    fill(bytes, (size_t)letters);
    char *text = new_n(a, char, letters);
    for (int i = 0; i < letters; i++) text[i] = alphabet[bytes[i] & 31];
    return (str){text, letters};
}
