/* SPDX-License-Identifier: Apache-2.0 */
/* amount.h: what a policy pays, as data: fixed, per item, rate with cap, table. Whole fen, rounded down; no doubles.
 *
 *   {"kind":"fixed","fen":20000000}
 *   {"kind":"per_item","each_fen":300000,"most":10}              most: items counted at most; 0 or absent: all
 *   {"kind":"rate","rate_bp":5000,"cap_fen":10000000}            basis points of the base amount
 *   {"kind":"table","rows":[{"code":"national","label":"国家级","en":"National","fen":30000000}, …]}   one row, by grade */
#ifndef AMOUNT_H
#define AMOUNT_H

#include "base/base.h"

enum { AMOUNT_ROWS_MAX = 24 };
typedef struct amount_rule {
    enum { AMOUNT_FIXED, AMOUNT_PER_ITEM, AMOUNT_RATE, AMOUNT_TABLE } kind;
    int64_t fen;            /* fixed; each; cap of a rate */
    int64_t most;           /* per item: items counted at most; 0: all */
    int64_t rate_bp;        /* 1/10000 */
    struct { str code, label, en; int64_t fen; } rows[AMOUNT_ROWS_MAX];
    int row_n;
} amount_rule;

MUST_CHECK err amount_rule_read(arena *a, const view *json, amount_rule *out);  /* ERR_INPUT says what is wrong with it */
/* quantity ≥ 1 matters to per_item only; base_fen to a rate; grade to a table. `explained`: how it came about, in `l`. */
MUST_CHECK err amount_compute(arena *a, const amount_rule *r, int64_t quantity, int64_t base_fen, str grade, lang l, int64_t *out, str *explained);
MUST_CHECK err amount_most(const amount_rule *r, int64_t quantity, int64_t *out);  /* the most it can come to */
bool amount_wants_base(const amount_rule *r);
void amount_grades(const amount_rule *r, lang l, view *out);     /* {code, label} of a table; else nothing */
/* Agency and enterprise together never exceed the standard; the error names both figures. R18. */
MUST_CHECK err amount_split_check(arena *a, int64_t standard_fen, int64_t agency_fen, int64_t enterprise_fen);
#endif
