/* SPDX-License-Identifier: Apache-2.0 */
/* account.h: people, their posts (a role in an organisation), sign-in, sessions, tokens.
 * table person(zone_id, id, login UNIQUE, name, verifier, lang, state), post(zone_id, id, person_id, org_id, role,
 * from_day, to_day), session, api_token, sign_in_try. */
#ifndef ACCOUNT_H
#define ACCOUNT_H

#include "web/room.h"

extern const room account_room;

typedef struct person { int64_t id; str login, name, lang, state; } person; /* state: active, disabled */
extern const shape person_shape;

/* the hook of web_hooks.identify */
err account_identify(ctx *c, str cookie, str bearer, web_session *out);

/* Makes a person with one post, or adds the post to an existing login. Also a command. The verifier is
 * argon2id made by account_verifier on a worker, outside the act. */
typedef struct account_new { str login, name, verifier, role; int64_t org; int64_t person; } account_new; /* person: result */
extern const shape account_new_shape;
extern const action account_add;
MUST_CHECK err account_verifier(arena *a, str password, str *out);   /* argon2id, 64 MiB, t=3; at most two at once */
MUST_CHECK err account_token(ctx *c, str login, str *token);         /* a new API token for the person's first post */
/* ctx->who for a login's (first, or the post of that role) post: commands and the demonstration act as people. */
MUST_CHECK err account_as(ctx *c, str login, str role);
MUST_CHECK err account_person(ctx *c, int64_t id, person *out);
/* list "posts" of the person, for switching. */
MUST_CHECK err account_posts(ctx *c, view *into);
/* persons holding a role now (of an org; 0: any), for messages: list of {person} */
MUST_CHECK err account_holders(ctx *c, str role, int64_t org, list *ids);
extern const shape account_id_shape; /* struct account_id { int64_t person; } */
struct account_id { int64_t person; };
#endif
