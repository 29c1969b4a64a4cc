/* SPDX-License-Identifier: Apache-2.0 */
/* account_session.h: inside the room: signing in, for the pages. */
#ifndef ACCOUNT_SESSION_H
#define ACCOUNT_SESSION_H

#include "room/account/account.h"

str account_token_hash(arena *a, str token);
/* Checks login and password on a worker; takes the same time for an unknown login. ERR_LIMIT while the login waits after
 * wrong tries; ERR_LOGIN with one sentence for every other reason. */
MUST_CHECK err account_check(ctx *c, str login, str password, person *who);
/* The password of the signed-in person again. */
MUST_CHECK err account_check_own(ctx *c, str password);

typedef struct session_new { str token_hash, csrf, ip; int64_t person, post; } session_new;
typedef struct session_ref { str token_hash; int64_t post; } session_ref;
typedef struct session_renewal { str former, token_hash, csrf, ip; } session_renewal;
/* The same session, proven again by password, under a new token: as whom it acts stays. */
MUST_CHECK err account_renew_session(ctx *c, str former, str *token);
extern const action account_renew, account_sign_in, account_sign_out, account_use_post, account_seen, account_end_others, account_prune;
typedef struct person_ref { int64_t person; str keep; } person_ref;
typedef struct person_lang { int64_t person; str lang; } person_lang;
extern const action account_set_lang;
extern const action account_token_add;
extern const action account_try;

#endif
