/* SPDX-License-Identifier: Apache-2.0 */
/* contract.h: inside the room: the agreement's text as it is signed, its PDF, and whether a paper in hand is ours. R8, R10; feature E3.
 *
 * The text is written from the standard template when the agency sends it to be signed; the clause on fees is the template's. Both sign
 * the SHA-256 of its canonical JSON, which is what the page shows; the PDF carries it and is kept as it was first made. */
#ifndef PAIR_CONTRACT_H
#define PAIR_CONTRACT_H

#include "room/pair/pair.h"

typedef struct contract_text { int64_t agreement, round, frozen_at, pdf_doc; str text, sha256, pdf_sha256; } contract_text;
extern const shape contract_text_shape;
MUST_CHECK err contract_last(ctx *c, int64_t agreement, contract_text *out, bool *found);

/* Inside an act: writes the text of the agreement as it stands now. */
MUST_CHECK err contract_freeze(ctx *c, const agreement *a);
/* Inside an act: this person signs for "enterprise" or "agency" what was shown; `seen` may be empty (a program that read the text by
 * JSON): ERR_CONFLICT where it is another text. */
MUST_CHECK err contract_sign(ctx *c, int64_t agreement, str party, str seen, str ip);
/* Into the agreement's page: map "contract" with the text, its hash and its signatures. */
MUST_CHECK err contract_show(ctx *c, const agreement *a, view *into);
typedef struct contract_copy { int64_t id, round, document; str sha256; } contract_copy; /* the PDF of a round */
extern const action contract_print;
/* A signed text (canonical JSON) with its signatures (list of {party, name, signed_at}; NULL: a copy to read before) as a PDF. */
MUST_CHECK err contract_pdf(req *r, str text, str sha256, const view *signatures, str *pdf);
extern const route contract_routes[];
#endif
