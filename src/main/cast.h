/* SPDX-License-Identifier: Apache-2.0 */
/* cast.h: the invented organisations and people of the demonstration and of the tests. Every name is
 * plainly invented; region 990001 of the codes does not exist. */
#ifndef CAST_H
#define CAST_H

#include "base/base.h"

typedef struct { const char *key, *kind, *prefix, *name, *name_en, *state; } cast_org; /* prefix: 8 characters of the code; state NULL: active */
typedef struct { const char *login, *name, *role, *org; } cast_person;
extern const cast_org cast_orgs[];       /* end with {0} */
extern const cast_person cast_people[];
#define CAST_PASSWORD "lingfei-demo-2018"

/* Makes those that are missing, as the system, each by the same action as real use; `verifier` of all. */
MUST_CHECK err cast_make(ctx *c, str verifier);
MUST_CHECK err cast_org_id(ctx *c, const char *key, int64_t *id);
str cast_uscc(arena *a, const cast_org *o);

#endif
