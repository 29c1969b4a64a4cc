/* SPDX-License-Identifier: Apache-2.0 */
/* turn.h: inside the floor: acts wait for their turn at the writer, which commits them in groups. */
#ifndef STORE_TURN_H
#define STORE_TURN_H

#include "store/engine.h"

/* Waits until the act is committed, has failed, or had to wait too long (ERR_BUSY). */
MUST_CHECK err turn_wait(struct store *s, ctx *c, const action *act, void *in);

/* What the writer runs for one act, in its transaction. */
MUST_CHECK err act_parts(struct store *s, ctx *c, const action *act, void *in);

#endif
