/* SPDX-License-Identifier: Apache-2.0 */
/* paper.h: the five papers of a month: claim, report, request, notice, letter. Each is frozen at issue: its number, its
 * lines, what came back since the former one, and the texts it is printed from. R19, R31.
 *
 * Money is fen. A paper never changes; a mistake is put right by the next one. */
#ifndef SUBSIDY_PAPER_H
#define SUBSIDY_PAPER_H

#include "web/room.h"

typedef struct official_paper {
    int64_t id;
    str kind;                      /* claim, report, request, notice, letter */
    str number;                    /* given at issue, without gaps in a kind and year */
    int64_t month, batch, application; /* batch 0: of a single one; application 0: of a batch */
    int64_t former;                /* the paper this one follows on; 0: none */
    int64_t count, total_fen;
    str snapshot;                  /* canonical JSON: everything that is printed */
    str sha256;                    /* of the snapshot */
    str head;                      /* of the record when it was issued */
    int64_t issued_day, issued_by, issued_at;
} official_paper;
extern const shape official_paper_shape;

/* Both inside an act. The lines are the applications' rows as they are now. ERR_FAULT: former total + joined - returned is
 * not this total, which is a bug of ours. `kind`: report, request, notice, letter. */
MUST_CHECK err paper_issue(ctx *c, str kind, int64_t batch, const int64_t *applications, int n, int64_t *paper);
MUST_CHECK err paper_issue_claim(ctx *c, int64_t application, int64_t *paper);

/* Officers all; a claim also the parties of its application; else ERR_MISSING. */
MUST_CHECK err paper_get(ctx *c, int64_t id, official_paper *out);
/* What pdf_in_child is given: from the frozen snapshot only, so the bytes are the same each time. */
MUST_CHECK err paper_describe(ctx *c, const official_paper *p, view **out);
str paper_kind_name(lang l, str kind);
/* Inside an act: the next number of a kind in today's year; no gaps, since it goes with the transaction. */
MUST_CHECK err paper_take_number(ctx *c, str kind, int64_t *year, int64_t *out);
/* list `name` of the papers of a batch, or of an application: [{id, kind, number, issued_day, count, total_fen}]. */
MUST_CHECK err paper_of_batch(ctx *c, int64_t batch, view *into, str name);
MUST_CHECK err paper_of_application(ctx *c, int64_t application, view *into, str name);

extern const route paper_routes[];
#endif
