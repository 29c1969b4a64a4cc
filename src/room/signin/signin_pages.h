/* SPDX-License-Identifier: Apache-2.0 */
/* signin_pages.h: inside the room: its tables of routes. */
#ifndef SIGNIN_PAGES_H
#define SIGNIN_PAGES_H
#include "web/room.h"
extern const route signin_routes[], own_routes[], factor_routes[], foreign_routes[];
#endif
