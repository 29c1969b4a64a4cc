/* SPDX-License-Identifier: Apache-2.0 */
/* deficiency_row.h: inside the room: an item as it is stored. */
#ifndef DEFICIENCY_ROW_H
#define DEFICIENCY_ROW_H

#include "room/deficiency/deficiency.h"

typedef struct deficiency {
    int64_t id, case_id, owner_org, round, raised_by, raised_day, answered_by, answered_day;
    bool is_late;
    str step, item, reason, clause, text, late_reason, state, answer;
} deficiency;
extern const shape deficiency_shape;
extern const struct choice deficiency_reasons[];
#endif
