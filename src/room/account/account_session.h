/* SPDX-License-Identifier: Apache-2.0 */
/* account_session.h: inside the room: the acts on sessions. */
#ifndef ACCOUNT_SESSION_H
#define ACCOUNT_SESSION_H

#include "room/account/account.h"

str account_token_hash(arena *a, str token);
typedef struct session_new { str token_hash, csrf, ip; int64_t person, post; bool awaits_code; } session_new;
typedef struct session_renewal { str former, token_hash, csrf, ip; } session_renewal;
extern const action account_renew, account_sign_in, account_sign_out, account_seen, account_prune;
extern const action account_token_add;

#endif
