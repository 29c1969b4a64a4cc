/* SPDX-License-Identifier: Apache-2.0 */
/* demo_catalogue.h: the demonstration's services: each of the policy's eight kinds at least once. Invented prices. */
#ifndef DEMO_CATALOGUE_H
#define DEMO_CATALOGUE_H

#include "base/base.h"

typedef struct demo_item {
    const char *code, *name, *name_en;
    int category, policy;                /* policy: place in the story's rules, from 1; 0: market mode */
    const char *unit;
    int64_t floor_fen, ceiling_fen, subsidy_fen, reward_fen;
    const char *deliverable, *evidence, *steps; /* steps: "name/working days/deliverable/evidence" with | between */
} demo_item;
extern const demo_item demo_items[];     /* ends with {0}; the first four are those of the story's agreements */
str demo_item_json(arena *a, const demo_item *i, int64_t policy, int64_t more_percent, const char *note);
#endif
