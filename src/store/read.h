/* SPDX-License-Identifier: Apache-2.0 */
/* read.h: inside the floor: a text as it is read: opened if it was sealed, copied into the arena. */
#ifndef STORE_READ_H
#define STORE_READ_H
#include "store/store.h"
str read_text(ctx *c, arena *a, str stored);
#endif
