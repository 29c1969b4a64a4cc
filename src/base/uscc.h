/* SPDX-License-Identifier: Apache-2.0 */
/* uscc.h: unified social credit codes, GB 32100-2015, with the organisation code of GB 11714 inside.
 *
 * Letters have other values in the two checks: in the outer one the place in the 31-letter alphabet, in the inner one
 * A=10 … Z=35. A wrong inner check is a warning, not an error: real codes with it exist (domain.md 3). */
#ifndef USCC_H
#define USCC_H

#include "base/base.h"

typedef enum { USCC_OK, USCC_ORG_CHECK, USCC_LENGTH, USCC_LETTER, USCC_CHECK } uscc_verdict;
#define USCC_VERDICTS (USCC_CHECK + 1)

/* The verdict on a code as typed; `normal` gets it without spaces and hyphens in capitals (18 characters) when it is OK or
 * ORG_CHECK. `at`: the wrong character's place from 1, for USCC_LETTER. */
uscc_verdict uscc_check(arena *a, str typed, str *normal, int *at);
str uscc_says(arena *a, str typed, uscc_verdict v, int at);      /* English sentence: why it is bad, for commands */
MUST_CHECK err uscc_read(arena *a, str typed, str *normal);      /* for forms: ERR_INPUT at "uscc"; ORG_CHECK passes */
char uscc_check_digit(str first17);
char uscc_org_digit(str first8);                                 /* GB 11714, of places 9–16 */
#endif
