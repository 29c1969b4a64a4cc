/* SPDX-License-Identifier: Apache-2.0 */
/* rating_formula.c: the Wilson interval and the score in whole numbers. */
#include "room/rating/rating_formula.h"

/* z = 1.96: its square is 38416 / 10000. */
enum { ONE = 10000, ZZ = 38416, N_MOST = 1000000 };

const rating_rule rating_rules[RATING_FACTS] = {
    [FACT_SUCCESS] = {"success", N_("Success"), N_("Cases that reached their outcome and were paid, of all that ended"), 300},
    [FACT_TIMELINESS] = {"timeliness", N_("Timeliness"), N_("Successful cases whose outcome came within the term of the agreement"), 150},
    [FACT_FIRST_PASS] = {"first_pass", N_("First-pass rate"), N_("Applications decided without having been sent back, of all that were decided"), 150},
    [FACT_SATISFACTION] = {"satisfaction", N_("Satisfaction"), N_("Answers of the enterprises with four or five of five levels, of all answers; no answer does not count"), 200},
    [FACT_PRICE] = {"price", N_("Price discipline"), N_("Cases whose fee kept to the price guide without a special approval"), 100},
    [FACT_OBJECTIONS] = {"objections", N_("Without upheld objection"), N_("Cases in a public notice against which no objection was upheld"), 100},
};

/* The root rounded up: an interval is never made narrower than it is. */
static int64_t root_up(int64_t x)
{
    int64_t low = 0, high = 3037000499; /* the largest whose square is an int64 */
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (middle * middle >= x) high = middle;
        else low = middle + 1;
    }
    return low;
}

/* (good + zz/2 ∓ z·sqrt(good·bad/n + zz/4)) / (n + zz), both sides times 10,000. */
rating_interval rating_wilson(rating_fact f)
{
    assert(f.good >= 0 && f.good <= f.n && f.n <= N_MOST);
    if (!f.n) return (rating_interval){0, 1000};
    int64_t spread = f.good * (f.n - f.good) * ONE / f.n;         /* good·bad/n, times 10,000 */
    int64_t half = root_up(ZZ * (spread + ZZ / 4));               /* z·sqrt(…), times 10,000 */
    int64_t middle = ONE * f.good + ZZ / 2, whole = ONE * f.n + ZZ;
    int64_t low = middle > half ? 1000 * (middle - half) / whole : 0, high = (1000 * (middle + half) + whole - 1) / whole;
    return (rating_interval){low, high > 1000 ? 1000 : high};
}

int64_t rating_share(rating_fact f) { return f.n ? 1000 * f.good / f.n : 0; }

rating_interval rating_score(const rating_fact f[RATING_FACTS])
{
    int64_t low = 0, high = 0, weight = 0;
    for (int i = 0; i < RATING_FACTS; i++) {
        if (!f[i].n) continue;
        rating_interval w = rating_wilson(f[i]);
        low += rating_rules[i].weight * w.low;
        high += rating_rules[i].weight * w.high;
        weight += rating_rules[i].weight;
    }
    return weight ? (rating_interval){low / weight, (high + weight - 1) / weight} : (rating_interval){0, 1000};
}

/* To blame somebody even the upper end must lie below; to praise, the lower end above. */
str rating_proposes(const rating_limits *l, int64_t cases, rating_interval score)
{
    if (cases < RATED_FROM) return (str){0};
    if (score.high < l->suspend_below) return S("suspend");
    if (score.high < l->warn_below) return S("warn");
    return score.low >= l->commend_from ? S("commend") : (str){0};
}
