/* SPDX-License-Identifier: Apache-2.0 */
/* catalogue.h: services on offer. An item is one service of the policy's eight kinds; what it promises stands in versions: unit,
 * standard (steps with working days), price guide, revenue mode, the policy it rests on. A version is drafted, published from a
 * day on and never changed after; the next one replaces it. An agreement keeps the version it was made on. R6, R11; B1–B3. */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "web/room.h"

extern const room catalogue_room;

typedef struct item_step { str name; int64_t working_days; str deliverable, evidence; } item_step;
typedef struct item {
    int64_t id, version_id, version; /* version: 1, 2, … of the item */
    int64_t saves;                   /* of a draft: counts saves */
    str code;
    int64_t category;                /* 1 to 8: the policy's kinds of service */
    str state;                       /* draft, published, withdrawn */
    str name, name_en, unit;         /* unit: what is counted and priced, "件" */
    str mode;                        /* government: zero fee, subsidised after success; market: the enterprise pays after success */
    int64_t policy;                  /* 0: market */
    bool zero_fee;                   /* always in government mode; in market mode if it is offered for nothing */
    int64_t floor_fen, ceiling_fen;  /* price guide of one unit; ceiling 0: none (versions older than the guide) */
    int64_t subsidy_fen, reward_fen; /* government mode: at most, for one unit */
    str deliverable, evidence;
    str note;                        /* why this version */
    int64_t from_day, withdrawn_day;
    list steps;                      /* item_step; filled by catalogue_steps only */
} item;
extern const shape item_shape, item_step_shape;

MUST_CHECK err catalogue_get(ctx *c, int64_t id, item *out);          /* the version in force today; none: ERR_MISSING */
MUST_CHECK err catalogue_version(ctx *c, int64_t version_id, item *out); /* any version, by its own id */
MUST_CHECK err catalogue_steps(ctx *c, item *of);
MUST_CHECK err catalogue_options(ctx *c, view *into, str name);       /* {code, label} of the items on offer today */
str catalogue_name(const ctx *c, const item *i);
str catalogue_kind(const ctx *c, int64_t category);                   /* "Patents and software copyright" */
extern const struct choice catalogue_kinds[];                         /* the eight, coded "1" to "8" */

/* A fee for `quantity` units outside the guide: ERR_CONFLICT names both figures. */
MUST_CHECK err catalogue_price_check(ctx *c, const item *i, int64_t quantity, int64_t fee_fen);

typedef struct item_publish_in { int64_t id, from_day; } item_publish_in;
typedef struct item_withdraw_in { int64_t id, version; str reason; } item_withdraw_in;
extern const action catalogue_add;       /* in: item; makes it with its first draft; id is the result */
extern const action catalogue_save;      /* in: item; the draft as it is now; where there is none, the next version's is begun */
extern const action catalogue_publish;   /* the draft, from a day on. Refuses subsidy + reward above the policy's standard */
extern const action catalogue_withdraw;  /* a published version: from today it is offered no more */
/* For the pages: the forms of the four acts. */
extern const shape item_add_shape, item_save_shape, item_publish_shape, item_withdraw_shape;
#endif
