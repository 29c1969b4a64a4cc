/* SPDX-License-Identifier: Apache-2.0 */
/* admission.h: an agency's admission to the alliance and its standing afterwards, on admission.bpmn; enterprises' classes by date. R2–R4, A1, A3, A4.
 * An agency that was a member before has no case until it applies; its state is then all there is. */
#ifndef ADMISSION_H
#define ADMISSION_H

#include "web/room.h"

extern const room admission_room;

/* ERR_CONFLICT names the line and the day: evidence of an admitted agency has expired, so it takes no new agreements (A3). */
MUST_CHECK err admission_evidence_check(ctx *c, int64_t org);

/* Inside an act of the alliance: what another room decided about the agency's standing, "warn", "suspend" or "reinstate". It goes through the
 * agency's case where there is one; an agency without a case only changes its state. Where the standing does not allow it nothing happens. */
MUST_CHECK err admission_follow(ctx *c, int64_t agency, const char *decision, str note);

typedef struct enterprise_class { str class, certificate; int64_t from_day, until_day, doc; str note; } enterprise_class; /* until_day 0: open */
/* The class that counted for a day, by what is known now; ERR_MISSING if none. */
MUST_CHECK err enterprise_class_on(ctx *c, int64_t org, int64_t day, enterprise_class *out);
#endif
