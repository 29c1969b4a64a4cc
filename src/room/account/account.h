/* SPDX-License-Identifier: Apache-2.0 */
/* account.h: people, their posts (a role in an organisation), sign-in, sessions, tokens.
 *
 * A person is one human with one login; a post is what he may act as, from a day to a day. Acts show the person; four eyes
 * counts persons, not posts. Tokens stand in the store as SHA-256 only. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "web/room.h"

extern const room account_room;

typedef struct person { int64_t id; str login, name, lang, state; } person; /* state: active, disabled */
extern const shape person_shape;
typedef struct post { int64_t id, person_id, org_id; str role; int64_t from_day, to_day; } post; /* to_day 0: open */
extern const shape post_shape;

/* web_hooks.identify and .touch: who sends this cookie or bearer token; a session idle for 30 minutes or older than 12 hours
 * is none. */
err account_identify(ctx *c, str cookie, str bearer, web_session *out);
err account_touch(ctx *c, const web_session *s);

/* Makes a person with one post, or adds the post to an existing login (its verifier then stays). */
typedef struct account_new { str login, name, verifier, role; int64_t org; int64_t person, post; } account_new; /* the last two: results */
extern const shape account_new_shape;
extern const action account_add;

/* argon2id, 64 MiB, t=3. ERR_INPUT for a password under 12 or over 128 characters, or one everybody uses; ERR_BUSY where two
 * are being made. Never call it on an event thread or inside an act. */
MUST_CHECK err account_verifier(ctx *c, str password, str *out);

typedef struct account_secret { int64_t person; str verifier; str keep; bool stay; } account_secret; /* keep: hash of the session that goes on; stay: so do the others */
extern const shape account_secret_shape;
extern const action account_password;
typedef struct account_state { int64_t person; str state; } account_state;
extern const action account_set_state;

typedef struct post_end { int64_t person, post; } post_end;
extern const action account_end_post;
typedef struct account_ref { int64_t person; } account_ref;
extern const action account_end_all;              /* every session and token of a person */

/* A new API token for the person's first post; the token is shown once. */
MUST_CHECK err account_token(ctx *c, str login, str *token);
/* Checks login and password on a worker; takes the same time for an unknown login. `known`: the mark of a browser in which this
 * person has signed in before (empty: none); its tries are counted by themselves, so that a stranger's make nobody wait who has been
 * here. ERR_LIMIT while login or address wait; ERR_LOGIN with one sentence for every other reason. */
MUST_CHECK err account_check(ctx *c, str login, str password, str known, person *who);
MUST_CHECK err account_check_own(ctx *c, str password);              /* of the signed-in person, again */

/* Wrong tries at `what` ("code:17"): from the fifth on it waits, each time twice as long, at most 15 minutes, never for ever. */
MUST_CHECK err account_may_try(ctx *c, str what);                    /* ERR_LIMIT while it waits */
MUST_CHECK err account_tried(ctx *c, str what, bool failed);         /* a right one forgets the wrong ones */

/* A session that awaits the second factor's code: nobody's until then. The cookie's value. */
MUST_CHECK err account_begin_session(ctx *c, int64_t person, str *token);
/* A session for a post, as sign-in makes it; the cookie's value. */
MUST_CHECK err account_open_session(ctx *c, int64_t person, int64_t post, str *token);
/* The same session, proven again, under a new token: as whom it acts stays. */
MUST_CHECK err account_renew_session(ctx *c, str former, str *token);
MUST_CHECK err account_end_session(ctx *c, str token_hash);
/* list `name` of the signed-in person's sessions: {made_at, seen_at, ip, current}; `mine`: the hash of this one. */
MUST_CHECK err account_sessions(ctx *c, str mine, view *into, str name);
typedef struct session_ref { str token_hash; int64_t post; } session_ref;
extern const action account_use_post;                                /* act in another post */
typedef struct person_ref { int64_t person; str keep; } person_ref;
extern const action account_end_others;                              /* every session but `keep` */
typedef struct person_lang { int64_t person; str lang; } person_lang;
extern const action account_set_lang;

/* Inside an act: from now on the session acts for that organisation, in that role, under that mandate; mandate 0: for its own again. */
MUST_CHECK err account_stand(ctx *c, str token_hash, int64_t mandate, int64_t org, role as);

/* Inside an act: the session stands in for the holder of that post until a day; post 0: for oneself again. */
MUST_CHECK err account_stand_in(ctx *c, str token_hash, int64_t post, int64_t until_day);
/* Inside an act: no session of this person stands in that post any more. */
MUST_CHECK err account_stand_down(ctx *c, int64_t person, int64_t post);

/* ctx->who of a login's post of that role (empty: the first): commands, the demonstration and tests act as people. */
MUST_CHECK err account_as(ctx *c, str login, str role);
MUST_CHECK err account_person(ctx *c, int64_t id, person *out);
MUST_CHECK err account_of_login(ctx *c, str login, person *out);
/* Persons holding a role today (empty: any) in an organisation (0: any), for messages: list of struct account_id. */
struct account_id { int64_t person; };
extern const shape account_id_shape;
MUST_CHECK err account_holders(ctx *c, str role, int64_t org, list *ids);
/* list `name` of all people: {login, name, state, roles}. For the command line. */
MUST_CHECK err account_everybody(ctx *c, view *into, str name);
/* list `name` of the signed-in person's posts: {id, role, org, current}. */
MUST_CHECK err account_posts(ctx *c, view *into, str name);
#endif
