/* SPDX-License-Identifier: Apache-2.0 */
/* firm.h: inside the room: one firm of the register, its mark, and how it joins. */
#ifndef REGISTRATION_FIRM_H
#define REGISTRATION_FIRM_H

#include "room/registration/screen.h"
#include "web/room.h"

typedef struct firm_seen {
    int64_t id, established_day, score, import_id, changed_day, invited_day, joined_day, org_id; /* org_id: 0: no member yet */
    bool is_branch, is_corrected;
    str uscc, name, kind, capital, district, authority, industry, scope, class, words;
} firm_seen;
extern const shape firm_seen_shape;
MUST_CHECK err firm_get(ctx *c, int64_t id, firm_seen *out);
/* Of the link that was sent; ERR_MISSING for one that was used, replaced or never was. */
MUST_CHECK err firm_of_secret(ctx *c, str secret, firm_seen *out);
str firm_secret_hash(arena *a, str secret);

typedef struct firm_correction { int64_t id; str class, reason; } firm_correction;  /* class "none": no firm of technology */
extern const shape firm_correction_shape;
typedef struct firm_invitation { int64_t id; str secret_hash; } firm_invitation;
extern const shape firm_invitation_shape;
typedef struct firm_joining { str secret_hash, login, name, verifier; int64_t org, person, post; } firm_joining; /* the last three: results */
extern const action firm_correct, firm_invite, firm_join;

extern const route firm_routes[], import_routes[], join_routes[];
extern const job registration_jobs[];
void firm_name_class(ctx *c, view *row);        /* its class as code and label */
#endif
