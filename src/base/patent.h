/* SPDX-License-Identifier: Apache-2.0 */
/* patent.h: the numbers that prove an outcome: patents (ZC 0006-2003 with its check digit, and before), software copyright,
 * layouts, plant varieties, high-tech certificates. Each kind has one normal form, which can be claimed once for ever. */
#ifndef PATENT_H
#define PATENT_H

#include "base/base.h"

extern const struct choice outcome_kinds[];      /* code and label of every kind; ends with {0} */
bool outcome_kind_known(str kind);
/* The number of an outcome of this kind; `normal` has no prefix, dot or space. ERR_INPUT at "outcome_number" says what a right
 * one looks like. */
MUST_CHECK err outcome_number(arena *a, str kind, str typed, str *normal);
/* A patent application number of any type, ZL or CN in front or not: NULL if right, else an English sentence why not. */
const char *patent_check(arena *a, str typed, str *normal);
char patent_check_digit(str digits);             /* of 12 digits (since 2003-10-01) or 8 (before) */
#endif
