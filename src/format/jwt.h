/* SPDX-License-Identifier: Apache-2.0 */
/* jwt.h: a signed token of claims (RFC 7515, 7517, 7519), as a provider of sign-ins hands out: read only, RS256 only. */
#ifndef JWT_H
#define JWT_H

#include "base/base.h"

typedef struct jwt_wanted {
    str issuer, audience, nonce; /* each must be there and equal; several audiences: ours among them, and azp ours */
    int64_t now_us;              /* exp must lie after it, iat and nbf not; two minutes are forgiven */
} jwt_wanted;

/* The claims of a token that one of the keys has signed. RS256 and nothing else: "none" has no signature, and HS256 would take the
 * provider's public key for a secret. ERR_DENIED with a sentence otherwise. */
MUST_CHECK err jwt_read(arena *a, str token, const view *jwks, const jwt_wanted *wanted, view **claims);

#endif
