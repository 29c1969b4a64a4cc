/* SPDX-License-Identifier: Apache-2.0 */
/* outcome_parts.h: inside the room: what its files share. */
#ifndef OUTCOME_PARTS_H
#define OUTCOME_PARTS_H

#include "room/outcome/outcome.h"
#include "room/pair/pair.h"

str outcome_href(ctx *c, int64_t id);
void outcome_show_formats(ctx *c, view *v); /* list "formats" of {kind, pattern, example}: how numbers are written */
typedef struct outcome_live { int64_t id, obtained_day; str state; } outcome_live;
extern const shape outcome_live_shape;
typedef struct outcome_holding { int64_t id; str agreement_number; } outcome_holding;
extern const shape outcome_holding_shape;
/* ERR_CONFLICT that names the agreement under which the number is confirmed. */
MUST_CHECK err outcome_held_elsewhere(ctx *c, str kind, str normal, str number);
/* Inside an act: number and day are checked, then it is added under n->id, unless it stands under the agreement already.
 * ERR_CONFLICT: it does, with another day. */
MUST_CHECK err outcome_put(ctx *c, const agreement *m, const outcome_new *n, int64_t entry, bool *there);
/* ERR_CONFLICT where the same bytes prove an outcome of another agreement. */
MUST_CHECK err outcome_proof_free(ctx *c, int64_t proof, int64_t agreement);

/* A table of outcomes, as read from its file; what became of each row is the result and stands in the store. */
typedef struct entry_row { int64_t line; str agreement, kind, number, obtained, reason, arg0, arg1; } entry_row; /* reason: why the file gave none */
typedef struct entry_new { str file_name; list rows; int64_t id; } entry_new; /* of entry_row; id: result */
extern const shape entry_new_shape;
extern const action entry_take;
enum { ENTRY_ROWS = 2000 };

extern const route outcome_routes[], entry_routes[];
#endif
