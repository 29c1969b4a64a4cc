/* SPDX-License-Identifier: Apache-2.0 */
/* foreign.h: inside the room: signing in by a provider elsewhere: OpenID Connect, code flow with PKCE. */
#ifndef FOREIGN_H
#define FOREIGN_H

#include "room/signin/signin.h"

const provider *foreign_provider(const ctx *c);      /* NULL: none is configured */

/* What is kept in the browser, sealed, between going and coming back. */
typedef struct foreign_trip { str state, nonce, verifier, next; int64_t person; } foreign_trip; /* person: who links it to himself; 0: a sign-in */
str foreign_trip_seal(ctx *c, const foreign_trip *t);
MUST_CHECK err foreign_trip_open(ctx *c, str sealed, foreign_trip *out);

/* Where the browser is sent. Asks the provider where that is: on a worker. */
MUST_CHECK err foreign_begin(ctx *c, const foreign_trip *t, str *address);
/* Who he is there, from the code that he came back with. */
MUST_CHECK err foreign_end(ctx *c, const foreign_trip *t, str code, str *subject);

MUST_CHECK err foreign_person(ctx *c, str subject, int64_t *person);   /* ERR_DENIED with a sentence: linked to nobody */
MUST_CHECK err foreign_is_linked(ctx *c, int64_t person, bool *linked);
typedef struct foreign_link { str issuer, subject; int64_t person; } foreign_link;
extern const action foreign_add, foreign_drop;       /* of foreign_link */

#endif
