/* SPDX-License-Identifier: Apache-2.0 */
/* rating_formula.h: how facts about an agency become its score. Pure, whole numbers only: everything is per mille.
 *
 * Each fact is "good cases of n". What counts is not the share itself but the lower end of its 95 % interval (Wilson 1927, z = 1.96):
 * few cases give a wide interval and so a low score, whoever was lucky once does not lead. The score is the mean of the lower ends by
 * weight; a fact that nobody has said anything about (n = 0) is left out with its weight. */
#ifndef RATING_FORMULA_H
#define RATING_FORMULA_H

#include "base/base.h"

enum { FACT_SUCCESS, FACT_TIMELINESS, FACT_FIRST_PASS, FACT_SATISFACTION, FACT_PRICE, FACT_OBJECTIONS, RATING_FACTS };
enum { RATED_FROM = 5 };                 /* with fewer cases an agency is not ranked */
typedef struct rating_fact { int64_t good, n; } rating_fact;          /* 0 <= good <= n <= 1,000,000 */
typedef struct rating_interval { int64_t low, high; } rating_interval;
typedef struct rating_limits { int64_t commend_from, warn_below, suspend_below; } rating_limits; /* lower end at least; upper end below */

typedef struct rating_rule { const char *code, *label, *says; int64_t weight; } rating_rule; /* the weights come to 1000 */
extern const rating_rule rating_rules[RATING_FACTS];

rating_interval rating_wilson(rating_fact f);    /* n = 0: 0 to 1000 */
int64_t rating_share(rating_fact f);             /* good of n, rounded down; n = 0: 0 */
/* The mean of the ends by weight; no fact at all: 0 to 1000. */
rating_interval rating_score(const rating_fact f[RATING_FACTS]);
/* "commend", "warn", "suspend", or empty: what the thresholds propose. Never of an agency that is not ranked. */
str rating_proposes(const rating_limits *l, int64_t cases, rating_interval score);
#endif
