/* SPDX-License-Identifier: Apache-2.0 */
/* uscc.h: unified social credit codes, GB 32100-2015, and the organisation code of GB 11714 inside.
 *
 * Letters have other values in the two checks: in the outer one their place in the alphabet of 31,
 * in the inner one A=10 … Z=35. A wrong inner check is a warning, not an error: real codes with it
 * exist (domain.md 3).
 */
#ifndef USCC_H
#define USCC_H

#include "base/base.h"

typedef enum { USCC_OK, USCC_ORG_CHECK, USCC_LENGTH, USCC_LETTER, USCC_CHECK } uscc_verdict;
#define USCC_VERDICTS (USCC_CHECK + 1)

/* The verdict on a code; `normal` gets it in capitals without spaces and hyphens (18 characters if
 * it is OK or ORG_CHECK). `at`: the wrong character's place from 1 for USCC_LETTER, else 0. Letters
 * and digits of full width are wrong here, as they are in a file or a command. */
uscc_verdict uscc_check(arena *a, str typed, str *normal, int *at);
/* Why a code is bad, or what is odd about it, as an English sentence for commands; OK: empty. */
str uscc_says(arena *a, str typed, uscc_verdict v, int at);

/* For forms: ERR_INPUT at "uscc" says what is wrong and where; ORG_CHECK passes. An input method's
 * full-width characters are read as meant. */
MUST_CHECK err uscc_read(arena *a, str typed, str *normal);
/* Of a code that uscc_read took: NULL, or the message id of a warning to show beside it. */
const char *uscc_warning(str normal);

char uscc_check_digit(str first17);  /* '\0' if a character cannot stand in a code */
char uscc_org_digit(str first8);     /* GB 11714, of places 9–16; '\0' likewise */

#endif
