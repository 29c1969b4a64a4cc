/* SPDX-License-Identifier: Apache-2.0 */
/* access.h: who came to the door and what he was told: sign-ins good and bad, refusals, and every act of an administrator, with the
 * address it came from. Beside the record, which holds the acts themselves.
 * table access_entry(zone_id, id, at, person_id, login, ip, what, object, result), append-only. */
#ifndef ACCESS_H
#define ACCESS_H

#include "web/room.h"

extern const room access_room;

/* what: sign_in, code, again, refused, administrator; object: the address asked for, or the act; result: ok, wrong, waiting, denied. */
typedef struct access_line { int64_t at, person; str login, ip, what, object, result; } access_line;

/* Inside an act, in its transaction. */
MUST_CHECK err access_add(ctx *c, const access_line *l);
/* An act of its own; lines past what the zone keeps up with may be fewer than what happened, never wrong. */
MUST_CHECK err access_note(ctx *c, const access_line *lines, int n);
/* What came of a proof of identity: its error's kind gives the result. Never loses the error: it comes back. */
MUST_CHECK err access_proved(ctx *c, const char *what, int64_t person, str login, err outcome);

#endif
