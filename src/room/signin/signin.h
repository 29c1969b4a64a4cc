/* SPDX-License-Identifier: Apache-2.0 */
/* signin.h: how somebody proves who he is: password, second factor, again before what moves money; and one's own account.
 * table foreign_login(zone_id, issuer, subject, person_id, made_at), second_factor(zone_id, person_id, sealed, last_step, made_at), recovery_code(zone_id, person_id, hash, used_at). */
#ifndef SIGNIN_H
#define SIGNIN_H

#include "web/room.h"

extern const room signin_room;

/* A provider of sign-ins elsewhere (OpenID Connect: a province's one login), from the configuration. */
typedef struct provider {
    str issuer;                  /* https://… ; its /.well-known/openid-configuration says the rest */
    str client, secret;          /* as it knows us */
    str redirect;                /* https://zone.example/login/other/back, exactly as it is registered there */
    str label;                   /* what people call it */
} provider;

/* web_hooks.identify: account_identify, and whether the role still has to set up a second factor. */
err signin_identify(ctx *c, str cookie, str bearer, web_session *out);

#endif
