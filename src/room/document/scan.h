/* SPDX-License-Identifier: Apache-2.0 */
/* scan.h: inside the room: a virus scanner beside the server, if the configuration names one: clamd at a Unix socket. */
#ifndef SCAN_H
#define SCAN_H
#include "base/base.h"
/* ERR_INPUT with the virus's name; ERR_BUSY where the scanner is named and does not answer: unseen, nothing is taken. Waits. */
MUST_CHECK err scan_bytes(arena *a, const char *socket_path, str bytes);
#endif
