/* SPDX-License-Identifier: Apache-2.0 */
/* account_password.h: inside the room: what a password may be, and whether one is right. */
#ifndef ACCOUNT_PASSWORD_H
#define ACCOUNT_PASSWORD_H
#include "base/base.h"
/* Takes the same time for an empty verifier: an unknown login is as slow as a known one. ERR_BUSY where two are being made. */
MUST_CHECK err password_matches(ctx *c, str verifier, str password, bool *same);
#endif
