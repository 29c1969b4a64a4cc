/* SPDX-License-Identifier: Apache-2.0 */
/* clearing.h: every alert of a batch is cleared with a note by whoever signs it off; without it the batch does not move. Feature H2. */
#ifndef SUBSIDY_CLEARING_H
#define SUBSIDY_CLEARING_H

#include "room/subsidy/subsidy.h"

typedef struct clearing_in { str alert, why; } clearing_in; /* alert: its key */
extern const shape clearing_in_shape;

/* Inside the act, when what goes back alone has gone: of `alerts` (as the batch rested before), those whose organisation goes on need a note.
 * Keeps the notes given (list of clearing_in); ERR_INPUT names every alert that has none, now or from before. An alert whose sum has changed
 * since its note wants a new one. */
MUST_CHECK err clearing_need(ctx *c, const batch *b, const list *alerts, const list *given);
/* list "alerts" of {kind, name, organisation, key, now_fen, before_fen, cleared} as it rests now, and list "clearings": every note, oldest first. */
MUST_CHECK err clearing_show(ctx *c, const batch *b, bool waits, view *into);
#endif
