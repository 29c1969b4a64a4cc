/* SPDX-License-Identifier: Apache-2.0 */
/* offer.h: inside the room: what an agency offers, how much it can carry, who stands behind an organisation, whom an enterprise excludes. */
#ifndef MATCHING_OFFER_H
#define MATCHING_OFFER_H

#include "room/matching/matching.h"

typedef struct offer { int64_t item, price_fen, work_days; bool is_open; str note; } offer;
extern const shape offer_shape;
extern const action offer_save;                                     /* of the actor's agency */
/* What an agency offers for a service; nothing: all zero. */
MUST_CHECK err offer_of(ctx *c, int64_t item, int64_t agency, offer *out);

/* Its score of the last month's rating, in hundredths of a point of 100; RATING_NONE: it is not ranked, or nothing is rated yet. */
MUST_CHECK err offer_rating(ctx *c, int64_t agency, int64_t *out);

typedef struct capacity { int64_t capacity, away_until_day; } capacity;
extern const shape capacity_shape;
extern const action capacity_save;

typedef struct owners { str names; } owners;                        /* a line each */
extern const shape owners_shape;
extern const action owners_save;

typedef struct exclusion { int64_t agency; str reason; } exclusion;
extern const shape exclusion_shape, exclusion_end_shape;
extern const action exclusion_add, exclusion_end;

extern const route offer_routes[];
#define MATCHING_OFFER_ACTIONS &offer_save, &capacity_save, &owners_save, &exclusion_add, &exclusion_end
#endif
