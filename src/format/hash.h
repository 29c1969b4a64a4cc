/* SPDX-License-Identifier: Apache-2.0 */
/* hash.h: SHA-256, HMAC, hexadecimal, base64url and a comparison that takes the same time. */
#ifndef HASH_H
#define HASH_H

#include "base/base.h"

enum { SHA256_BYTES = 32 };

void sha256(str s, uint8_t out[SHA256_BYTES]);
str sha256_hex(arena *a, str s);                     /* 64 lower-case digits */
void hmac_sha256(str key, str s, uint8_t out[SHA256_BYTES]);

/* Piece by piece; what is not memory is given back with the arena at the latest. */
typedef struct sha256_run sha256_run;
sha256_run *sha256_begin(arena *a);
void sha256_add(sha256_run *h, str s);
void sha256_end(sha256_run *h, uint8_t out[SHA256_BYTES]); /* once; h is of no use after it */

str hex_text(arena *a, const void *bytes, size n);   /* lower case */
bool hex_read(str s, void *out, size n);             /* exactly 2 n digits, either case */
str base64url_text(arena *a, const void *bytes, size n); /* RFC 4648 section 5, no padding */
bool base64url_read(arena *a, str s, str *out);      /* strict: no padding, no stray bits */

/* Equal? The time depends on the lengths only: for tokens and signatures. */
bool same_secret(str x, str y);

#endif
