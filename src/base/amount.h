/* SPDX-License-Identifier: Apache-2.0 */
/* amount.h: what a policy pays, as data. Whole fen, rounded down; no doubles.
 *
 *   {"kind":"fixed","fen":20000000}
 *   {"kind":"per_item","each_fen":300000,"most":10}          most: items paid for; 0 or absent: all
 *   {"kind":"rate","rate_bp":5000,"cap_fen":10000000}        basis points of the base amount
 *   {"kind":"table","rows":[{"code":"national","label":"国家级","en":"National","fen":30000000}, …]}
 *                                                            the row of the grade
 *   {"kind":"table","by":"base","rows":[{"at_least_fen":0,"fen":100}, …]}
 *                                                            the last row that the base reaches
 *
 * Other names in a rule are ignored; a number that is none is an error, never taken as absent.
 */
#ifndef AMOUNT_H
#define AMOUNT_H

#include "base/base.h"

enum { AMOUNT_ROWS_MAX = 24 };
typedef struct amount_rule {
    enum { AMOUNT_FIXED, AMOUNT_PER_ITEM, AMOUNT_RATE, AMOUNT_TABLE } kind;
    int64_t fen;            /* fixed; each; cap of a rate */
    int64_t most;           /* per item: items counted at most; 0: all */
    int64_t rate_bp;        /* 1/10000 */
    bool by_base;           /* table: rows rise in at_least_fen; else they have codes */
    struct { str code, label, en; int64_t at_least_fen, fen; } rows[AMOUNT_ROWS_MAX];
    int row_n;
} amount_rule;

/* ERR_INPUT says what is wrong with it. */
MUST_CHECK err amount_rule_read(arena *a, const view *json, amount_rule *out);
/* What the rule pays. `quantity` ≥ 1 matters to per_item only; `base_fen` to a rate and a table by
 * base; `grade` to a table by code. ERR_INPUT at the argument's name. `explained`: how it came
 * about, in `l`. */
MUST_CHECK err amount_compute(arena *a, const amount_rule *r, int64_t quantity, int64_t base_fen,
                              str grade, lang l, int64_t *out, str *explained);
/* The most it can come to. */
MUST_CHECK err amount_most(const amount_rule *r, int64_t quantity, int64_t *out);
/* The rule in words, for people: what it pays and at most how much. */
str amount_words(arena *a, const amount_rule *r, lang l);
bool amount_wants_base(const amount_rule *r);
/* Adds {code, label} of each row of a table by code to a list; of other rules nothing. */
void amount_grades(const amount_rule *r, lang l, view *out);

/* Neither part is negative and both together never exceed the policy's standard; the error names
 * the three figures. Requirement R18. */
MUST_CHECK err amount_split_check(arena *a, int64_t standard_fen, int64_t agency_fen,
                                  int64_t enterprise_fen);

#endif
