/* SPDX-License-Identifier: Apache-2.0 */
/* seal.h: texts that stand in the store but are not to be read in it: AES-256-GCM with the key of a file beside the data.
 *
 * Pure: the nonce is an HMAC of context and text under a key of its own (a synthetic nonce, as in RFC 5297), so the same text in the
 * same context gives the same seal, the record can be run again, and no nonce is ever used for two texts. `context` says where
 * the seal belongs ("second_factor:17"): moved elsewhere it does not open. */
#ifndef SEAL_H
#define SEAL_H

#include "base/base.h"

enum { VAULT_KEY = 32 };
typedef struct vault { uint8_t sealing[32], naming[32]; } vault; /* two keys made of the one in the file */

void vault_open(vault *v, const uint8_t key[VAULT_KEY]);
str seal_put(arena *a, const vault *v, str context, str plain);      /* "v1.…": version and base64url */
/* ERR_CONFLICT with one and the same sentence for another key, another context, or a changed byte. */
MUST_CHECK err seal_open(arena *a, const vault *v, str context, str sealed, str *plain);
/* A keyed fingerprint: of what need only be recognised, or derived, never read. */
void vault_mark(const vault *v, str context, str text, uint8_t out[32]);

#endif
