/* SPDX-License-Identifier: Apache-2.0 */
/* matching.h: an enterprise's needs and the agencies that answer them, what agencies offer, and mentoring, one helps one. R7.
 *
 * A need goes open → offered → accepted → matched (or withdrawn, expired, closed). Several agencies answer it at once and the periods are the
 * zone's settings, so it does not run on a flow file; its moves stand in one table in need.c. */
#ifndef MATCHING_H
#define MATCHING_H

#include "web/room.h"

extern const room matching_room;
#endif
