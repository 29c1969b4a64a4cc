/* SPDX-License-Identifier: Apache-2.0 */
/* agreement_rights.h: who may see and write what of an agreement; the acts ask here, the page of the flow's rights shows it. */
#ifndef AGREEMENT_RIGHTS_H
#define AGREEMENT_RIGHTS_H

#include "room/pair/pair.h"

enum { AGREEMENT_TERMS = 1, AGREEMENT_DECISION = 2, AGREEMENT_LACKS = 4 };
/* Its own parties, or everybody who may, as the table says. */
bool agreement_reads(const ctx *c, const agreement *a);
/* The actor writes all of these groups at the step where it is. A former agency reads it and writes nothing. */
MUST_CHECK err agreement_writes(ctx *c, const agreement *a, unsigned groups, bool *out);
#endif
