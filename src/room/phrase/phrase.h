/* SPDX-License-Identifier: Apache-2.0 */
/* phrase.h: reusable phrases of an office: reasons and notes that are written again and again, put in and still edited. Feature of the desks.
 * table phrase(zone_id, id, org_id, text, made_by, made_day, ended_day). */
#ifndef PHRASE_H
#define PHRASE_H

#include "web/room.h"

extern const room phrase_room;

/* list "phrases" of the reader's office, {id, text}; and where the address says ?phrase=ID, that text as "note": the note's field begins with it. */
MUST_CHECK err phrase_show(req *r, view *v);
#endif
