/* SPDX-License-Identifier: Apache-2.0 */
/* config.h: the file of a server's own settings: name = value, a line each, # begins a comment. What the zone decides stands at /settings. */
#ifndef CONFIG_H
#define CONFIG_H
#include "room/signin/signin.h"
typedef struct server_config {
    provider provider;           /* of sign-ins; issuer empty: none */
    str clamd;                   /* the socket of a virus scanner; empty: none */
} server_config;

/* `file` NULL: nothing is set. An unknown name, a name twice, or half of what a provider needs is refused with the line. */
MUST_CHECK err config_load(arena *a, const char *file, server_config *out);
MUST_CHECK err config_read(arena *a, str text, server_config *out);
#endif
