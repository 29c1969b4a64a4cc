/* SPDX-License-Identifier: Apache-2.0 */
/* portal.h: the public's pages: what the zone offers, where money went, progress by number; no login. R30. */
#ifndef PORTAL_H
#define PORTAL_H
#include "web/room.h"
extern const room portal_room;
#endif
