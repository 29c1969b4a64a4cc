/* SPDX-License-Identifier: Apache-2.0 */
/* patent.h: the numbers that prove an outcome: patents (ZC 0006-2003 with its check digit, and
 * those before), software copyright, layouts, plant varieties, high-tech certificates.
 *
 * Each kind has one normal form, which can be claimed once for ever; what people may write in
 * several ways (prefix, points, spaces, small or full-width letters, a leading zero) is the same
 * number.
 */
#ifndef PATENT_H
#define PATENT_H

#include "base/base.h"

extern const struct choice outcome_kinds[]; /* code and label of every kind; ends with {0} */
bool outcome_kind_known(str kind);

/* How the numbers of a kind are written: in words, by an example, and by what reads them. */
typedef struct { const char *pattern, *example; err (*read)(arena *a, str typed, str *normal); } outcome_format;
const outcome_format *outcome_format_of(str kind); /* NULL: no such kind */

/* The number of an outcome of this kind. `normal`: a patent's 13 (old: 9) characters without
 * prefix and point; 2018SR503328; a certificate's digits; BS.185559220; CNA…; GR201821200123; else
 * what was typed, in capitals, without spaces. ERR_INPUT at "outcome_number" says what a right one
 * looks like; a patent's type must be that of the kind. */
MUST_CHECK err outcome_number(arena *a, str kind, str typed, str *normal);
/* A patent application number of any type, ZL or CN in front or not: NULL if right, else the
 * message id of why not. */
const char *patent_check(arena *a, str typed, str *normal);
/* CN or ZL, 7 to 9 digits, a letter of the kind (A B C U Y S) and maybe a digit: the number of a
 * printed document, which proves no application. */
bool patent_is_publication(arena *a, str typed);
char patent_check_digit(str digits);        /* of 12 digits (since 2003-10-01) or 8 (before) */

#endif
