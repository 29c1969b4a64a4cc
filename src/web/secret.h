/* SPDX-License-Identifier: Apache-2.0 */
/* secret.h: unguessable texts from the kernel's randomness: session tokens, form keys, query codes. */
#ifndef SECRET_H
#define SECRET_H
#include "base/base.h"
str secret_token(arena *a);            /* 256 bits, base64url, 43 characters */
str secret_code(arena *a, int letters);/* for people to type: of 32 letters and digits without 0, 1, I and O */
#endif
