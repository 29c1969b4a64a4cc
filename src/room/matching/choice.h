/* SPDX-License-Identifier: Apache-2.0 */
/* choice.h: which agencies a need goes to, and why each one is chosen or not: a pure function over facts. Feature E1. */
#ifndef MATCHING_CHOICE_H
#define MATCHING_CHOICE_H

#include "base/base.h"

enum { NEED_AGENCIES_MOST = 3 }; /* a need stands with at most so many agencies at once */

/* In the order in which they are looked at: the first that holds is the reason that is told. */
typedef enum {
    CHOICE_NOT_ACTIVE, CHOICE_NOT_OFFERED, CHOICE_ASKED_BEFORE, CHOICE_EXCLUDED, CHOICE_SAME_OWNER, CHOICE_AWAY, CHOICE_NO_CAPACITY,
    CHOICE_FULL, CHOICE_OTHERS_FIRST, CHOICE_CHOSEN,
} choice_reason;
extern const char *const choice_reason_code[CHOICE_CHOSEN + 1];
int choice_reason_of(str code);  /* -1: no such reason */

enum { RATING_NONE = -1, RATING_NEUTRAL = 5000 }; /* hundredths of a point of 100; without a rating one stands in the middle */

typedef struct candidate {
    int64_t agency;
    bool is_active, is_offered, is_asked, is_excluded, is_same_owner, is_away;
    int64_t rating;              /* hundredths of a point of 100; RATING_NONE: not rated yet */
    int64_t running, pending;    /* agreements in hand; needs it is asked about or has accepted */
    int64_t capacity;            /* agreements it says it can carry; 0: it has not said */
    choice_reason reason;        /* out */
    int place;                   /* out: 1, 2, 3 of the chosen; 0 */
} candidate;

/* Judges each and orders: the fit ones by rating, then by the smaller share of their capacity taken, then by the fewer needs pending, then by
 * number; of them the first `most` are chosen. */
void choice_make(candidate *all, int n, int most);

str choice_rating_words(const ctx *c, int64_t rating);
/* The reason in the reader's words, with the figures that it rests on. */
str choice_words(const ctx *c, const candidate *k);

#endif
