/* SPDX-License-Identifier: Apache-2.0 */
/* seal.h: the sealed scan beside an issued paper, and the steps that wait for it. Office rule "Sealing". */
#ifndef SUBSIDY_SEAL_H
#define SUBSIDY_SEAL_H

#include "room/subsidy/paper.h"

typedef struct seal_in { int64_t paper, scan; } seal_in;
extern const shape seal_in_shape;
extern const action paper_seal;

/* Inside an act, before a batch goes on: ERR_CONFLICT names the paper of it that the zone wants sealed and that is not. */
MUST_CHECK err seal_need(ctx *c, int64_t batch);
/* list "sealed" of a paper's scans; "may_seal": this reader's office issued it; "seal_wanted": the next step waits for it. */
MUST_CHECK err seal_show(ctx *c, const official_paper *p, view *into);
extern const route seal_routes[];
#endif
