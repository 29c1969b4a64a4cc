/* SPDX-License-Identifier: Apache-2.0 */
/* rating_page.h: inside the room: what the pages share. */
#ifndef RATING_PAGE_H
#define RATING_PAGE_H
#include "room/rating/rating.h"
extern const route rating_routes[];
/* The score with its interval, whether it is ranked, and list "facts": {fact, good, n, share, low, high, weight}; shares in per cent with one decimal. */
void rating_put(ctx *c, const rating *r, view *into);
str rating_percent(arena *a, int64_t per_mille);   /* 912: "91.2" */
#endif
