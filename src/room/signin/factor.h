/* SPDX-License-Identifier: Apache-2.0 */
/* factor.h: inside the room: the second factor: codes of the half minute from a telephone, and ten recovery codes. */
#ifndef FACTOR_H
#define FACTOR_H

#include "base/base.h"
#include "store/store.h"

enum { RECOVERY_CODES = 10 };

typedef struct factor { int64_t person_id; str sealed; int64_t last_step, made_at; } factor;

MUST_CHECK err factor_find(ctx *c, int64_t id, factor *out, bool *found);
MUST_CHECK err factor_needed(ctx *c, role who, bool *needed);        /* by the zone's setting */
MUST_CHECK err factor_codes_left(ctx *c, int64_t id, int64_t *out);

/* A new secret, sealed: it goes with the form and comes back with the first code. */
str factor_secret_new(ctx *c, int64_t id);
MUST_CHECK err factor_secret(ctx *c, int64_t id, str sealed, str *secret);

/* The first code shows that the telephone has the secret: from then on the person needs it. */
MUST_CHECK err factor_enrol(ctx *c, int64_t id, str sealed, str code);
/* The ten codes that `seed` gives, to be shown once: list `name` of {code}. The store has only their SHA-256. */
void factor_codes_show(ctx *c, int64_t id, str seed, view *into, str name);
MUST_CHECK err factor_codes_renew(ctx *c, int64_t id, str seed);

/* Is it he? A code of the half minute, which then is used up, or one of the recovery codes. ERR_INPUT at "code" if not; ERR_LIMIT
 * after wrong ones. Commits: call it on a worker. */
MUST_CHECK err factor_prove(ctx *c, int64_t id, str code);
MUST_CHECK err factor_remove(ctx *c, int64_t id);

extern const action factor_set, factor_use, factor_recover, factor_renew, factor_take_away;

#endif
