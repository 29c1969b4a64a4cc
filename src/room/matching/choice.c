/* SPDX-License-Identifier: Apache-2.0 */
/* choice.c: the agencies of a need, judged by facts. */
#include "room/matching/choice.h"

#include <stdlib.h>

const char *const choice_reason_code[] = {
    [CHOICE_NOT_ACTIVE] = "not_active", [CHOICE_NOT_OFFERED] = "not_offered", [CHOICE_ASKED_BEFORE] = "asked_before",
    [CHOICE_EXCLUDED] = "excluded", [CHOICE_SAME_OWNER] = "same_owner", [CHOICE_AWAY] = "away", [CHOICE_NO_CAPACITY] = "no_capacity",
    [CHOICE_FULL] = "full", [CHOICE_OTHERS_FIRST] = "others_first", [CHOICE_CHOSEN] = "chosen",
};
_Static_assert(countof(choice_reason_code) == CHOICE_CHOSEN + 1, "every reason has a code");

/* {0}: the rating in words, {1}: places taken, {2}: places there are */
static const char *const sentences[] = {
    [CHOICE_NOT_ACTIVE] = N_("It is suspended or has left the alliance."),
    [CHOICE_NOT_OFFERED] = N_("It does not offer this service."),
    [CHOICE_ASKED_BEFORE] = N_("It was asked about this need before."),
    [CHOICE_EXCLUDED] = N_("The enterprise wishes not to be served by it."),
    [CHOICE_SAME_OWNER] = N_("It states the same legal representative or shareholder as the enterprise: a conflict of interest."),
    [CHOICE_AWAY] = N_("It takes no needs for the time being."),
    [CHOICE_NO_CAPACITY] = N_("It has not said how many agreements it can carry."),
    [CHOICE_FULL] = N_("It is full: {1} of {2} places are taken."),
    [CHOICE_OTHERS_FIRST] = N_("It would do, but others come first: {0}, {1} of {2} places taken."),
    [CHOICE_CHOSEN] = N_("It offers this service: {0}, {1} of {2} places taken, no conflict of interest."),
};
_Static_assert(countof(sentences) == CHOICE_CHOSEN + 1, "every reason has a sentence");

int choice_reason_of(str code)
{
    for (int i = 0; i <= CHOICE_CHOSEN; i++)
        if (str_eqz(code, choice_reason_code[i])) return i;
    return -1;
}

static int64_t taken(const candidate *k) { return k->running + k->pending; }

static choice_reason judge(const candidate *k)
{
    const bool holds[] = {
        [CHOICE_NOT_ACTIVE] = !k->is_active,     [CHOICE_NOT_OFFERED] = !k->is_offered, [CHOICE_ASKED_BEFORE] = k->is_asked,
        [CHOICE_EXCLUDED] = k->is_excluded,      [CHOICE_SAME_OWNER] = k->is_same_owner, [CHOICE_AWAY] = k->is_away,
        [CHOICE_NO_CAPACITY] = k->capacity <= 0, [CHOICE_FULL] = taken(k) >= k->capacity,
    };
    int i = 0;
    while (i < countof(holds) && !holds[i]) i++;
    return (choice_reason)i; /* none of them: others first, until it is chosen */
}

static int sign(int64_t a, int64_t b) { return (a > b) - (a < b); }
static int64_t standing(const candidate *k) { return k->rating == RATING_NONE ? RATING_NEUTRAL : k->rating; }

/* Shares of capacity are compared as exact fractions: taken/capacity against taken/capacity. */
static int by_merit(const void *x, const void *y)
{
    const candidate *a = *(const candidate *const *)x, *b = *(const candidate *const *)y;
    int d = sign(standing(b), standing(a));
    if (!d) d = sign(taken(a) * b->capacity, taken(b) * a->capacity);
    if (!d) d = sign(a->pending, b->pending);
    return d ? d : sign(a->agency, b->agency);
}

void choice_make(candidate *all, int n, int most)
{
    assert(most <= NEED_AGENCIES_MOST);
    const candidate *best[NEED_AGENCIES_MOST + 1];
    int have = 0;
    for (int i = 0; i < n; i++) {
        all[i].place = 0;
        all[i].reason = judge(&all[i]);
        if (all[i].reason != CHOICE_OTHERS_FIRST) continue;
        best[have++] = &all[i];
        qsort(best, (size_t)have, sizeof *best, by_merit);
        if (have > most) have = most;
    }
    for (int i = 0; i < have; i++) {
        candidate *k = &all[best[i] - all];
        k->reason = CHOICE_CHOSEN;
        k->place = i + 1;
    }
}

str choice_rating_words(const ctx *c, int64_t rating)
{
    if (rating == RATING_NONE) return tr(c->lang, N_("not rated yet"));
    err e = {.arg = {str_fmt(c->a, "%lld.%02lld", (long long)rating / 100, (long long)rating % 100)}};
    return err_text(c->a, e, tr(c->lang, N_("rated {0} of 100")));
}

str choice_words(const ctx *c, const candidate *k)
{
    err e = {.arg = {choice_rating_words(c, k->rating), str_fmt(c->a, "%lld", (long long)taken(k)), str_fmt(c->a, "%lld", (long long)k->capacity)}};
    return err_text(c->a, e, tr(c->lang, sentences[k->reason]));
}
