/* SPDX-License-Identifier: Apache-2.0 */
/* totp.h: six digits of the half minute (RFC 6238 with SHA-1, 30 s): what authenticator apps on telephones make. */
#ifndef TOTP_H
#define TOTP_H

#include "base/base.h"

enum { TOTP_SECRET = 20, TOTP_SECONDS = 30, TOTP_DIGITS = 6 };

int64_t totp_step(int64_t now_us);              /* which half minute since 1970 */
uint32_t totp_code(str secret, int64_t step);   /* 0 … 999999 */
/* Is it the code of this half minute or of one beside it, and of none up to `last`? *step: which; every code counts once. */
bool totp_is(str secret, str code, int64_t now_us, int64_t last, int64_t *step);

str base32_text(arena *a, str bytes);           /* RFC 4648 section 6, without padding: as the apps want it typed */
/* "otpauth://totp/…": what the QR code says. `issuer` names the site, `login` the person. */
str totp_uri(arena *a, str secret, str issuer, str login);

#endif
