/* SPDX-License-Identifier: Apache-2.0 */
/* password.h: inside the room: a changed password, of which the owner is told. */
#ifndef PASSWORD_H
#define PASSWORD_H
#include "store/store.h"
extern const action password_change;   /* of account_secret */
#endif
