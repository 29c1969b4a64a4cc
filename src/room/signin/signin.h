/* SPDX-License-Identifier: Apache-2.0 */
/* signin.h: how somebody proves who he is: password, second factor, again before what moves money; and one's own account.
 * table second_factor(zone_id, person_id, sealed, last_step, made_at), recovery_code(zone_id, person_id, hash, used_at). */
#ifndef SIGNIN_H
#define SIGNIN_H

#include "web/room.h"

extern const room signin_room;

/* web_hooks.identify: account_identify, and whether the role still has to set up a second factor. */
err signin_identify(ctx *c, str cookie, str bearer, web_session *out);

#endif
