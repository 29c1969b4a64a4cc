/* SPDX-License-Identifier: Apache-2.0 */
/* fetch.h: a request of ours to another server whose address stands in the configuration: never one that a person typed. */
#ifndef FETCH_H
#define FETCH_H

#include "base/base.h"

/* GET, or POST of `form` if it has bytes; `user` and `password` (may be empty) by HTTP Basic. HTTPS with the system's certificates, or plain
 * HTTP to this machine. No redirect, 10 seconds, 1 MB. ERR_BUSY with a sentence if there is no answer or not 200. Waits: on a worker. */
MUST_CHECK err fetch(arena *a, str url, str form, str user, str password, str *body);
/* https://…, or http:// to 127.0.0.1, [::1] or localhost. */
bool fetch_may(str url);

#endif
