/* SPDX-License-Identifier: Apache-2.0 */
/* pair_flow.h: inside the room: forms and the flow's part, for the pages. */
#ifndef PAIR_FLOW_H
#define PAIR_FLOW_H
#include "room/pair/pair.h"
extern const shape agreement_start_shape, agreement_draft_shape, agreement_move_shape, agreement_price_shape;
extern const flow_kind pair_flow;
#endif
