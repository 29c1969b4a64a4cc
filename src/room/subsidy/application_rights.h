/* SPDX-License-Identifier: Apache-2.0 */
/* application_rights.h: inside the room: who may see and write what of an application; the acts ask here. */
#ifndef APPLICATION_RIGHTS_H
#define APPLICATION_RIGHTS_H

#include "flow/rights.h"
#include "room/subsidy/subsidy.h"

enum { APP_FACTS = 1, APP_FILES = 2, APP_CONFIRMATION = 4, APP_DECISION = 8, APP_LACKS = 16 };
extern const flow_rights application_rights;

/* His own, or everybody's, as the table says. */
bool application_reads(const ctx *c, const application *a);
/* The actor writes all of these groups at the step where it is; he may read it. */
MUST_CHECK err application_writes(ctx *c, const application *a, unsigned groups, bool *out);
/* Each field that is needed and not there is noted wrong, with what the table says. */
void application_missing(ctx *c, const application *a);
#endif
